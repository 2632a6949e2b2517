package main

import (
	"encoding/json"
	"testing"

	"fursa/schema"
)

// A review has room for as many ids as its schema says.
func TestMostReviewed(t *testing.T) {
	var tree struct {
		Properties map[string]struct{ MaxItems int }
	}
	if err := json.Unmarshal(schema.Files()["review.schema.json"], &tree); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"accepted", "refused"} {
		if most := tree.Properties[list].MaxItems; most != mostReviewed {
			t.Errorf("%s has room for %d, not %d", list, most, mostReviewed)
		}
	}
}
