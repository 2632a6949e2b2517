package convert

import (
	"encoding/json"
	"strings"
	"sync"

	"fursa/schema"
)

// property is as much of a JSON Schema as says which words a field may hold.
type property struct {
	Ref        string              `json:"$ref"`
	Defs       map[string]property `json:"$defs"`
	Properties map[string]property `json:"properties"`
	Items      *property           `json:"items"`
	Enum       []string            `json:"enum"`
}

// enum is the words that a field of a listing may hold, by its name in files
// ("cost.per"), in the order of the schema; nil where it may hold any.
func enum(name string) []string {
	n := read("opportunity.schema.json")
	for part := range strings.SplitSeq(name, ".") {
		n = n.Properties[part]
		if _, def, ok := strings.Cut(n.Ref, "#/$defs/"); ok {
			n = read("common.schema.json").Defs[def]
		}
	}
	if n.Items != nil {
		n = *n.Items
	}
	return n.Enum
}

// published are the schemas' files, read once.
var published = sync.OnceValue(schema.Files)

func read(file string) (p property) {
	// What doesn't fit, such as words that are numbers, doesn't matter here.
	_ = json.Unmarshal(published()[file], &p)
	return p
}
