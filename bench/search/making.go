package main

func (b *bench) making(c *corpus) error { return nil }
