package schema
func Starter(kind Kind) []byte { return nil }
