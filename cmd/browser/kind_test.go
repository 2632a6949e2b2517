package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKindsNamed(t *testing.T) {
	var names []string
	some, err := kindsNamed(judged)
	for _, k := range some {
		names = append(names, k.name)
	}
	if diff := cmp.Diff(names, judged); diff != "" || err != nil {
		t.Errorf("Lighthouse is not given what it is to judge (-got +want): %v\n%s", err, diff)
	}
	if all, err := kindsNamed(nil); err != nil || len(all) != len(kinds) {
		t.Errorf("no names: %d kinds, %v", len(all), err)
	}
	if _, err := kindsNamed([]string{"home", "house"}); err == nil {
		t.Error("a house is a kind of page")
	}
}

// Each kind stands for pages of its own, in both languages.
func TestKindsAreThere(t *testing.T) {
	seen := map[string]string{}
	for _, k := range kinds {
		for _, l := range languages {
			path, ok := site.file(site.url(k, l))
			if ok != (k.status == 0) {
				t.Errorf("%s: is there a page %s? %t", k.name, path, ok)
			}
			if other := seen[site.url(k, l)]; other != "" {
				t.Errorf("%s and %s are the same page", k.name, other)
			}
			seen[site.url(k, l)] = k.name
		}
	}
}
