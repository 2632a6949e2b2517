package feeds

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// The states of an item of a change feed.
const (
	RPDEUpdated = "updated"
	RPDEDeleted = "deleted"
)

// RPDEPage is one page of a change feed: Realtime Paged Data Exchange 1.1,
// section 4.
type RPDEPage struct {
	// Next is the absolute address of the page that follows; that of the page
	// itself, with no items, at the end.
	Next  string     `json:"next"`
	Items []RPDEItem `json:"items"`
	// License is the address of the data's licence.
	License string `json:"license,omitempty"`
}

// RPDEItem is one change.
type RPDEItem struct {
	// State is RPDEUpdated or RPDEDeleted.
	State string `json:"state"`
	// Kind is a type of the data, or a name for several.
	Kind string `json:"kind"`
	ID   RPDEID `json:"id"`
	// Modified rises from item to item.
	Modified RPDEModified `json:"modified"`
	// Data is an object; nil where the item is deleted.
	Data json.RawMessage `json:"data,omitempty"`
}

// RPDEID is the id of an item. The standard allows a number: it is read as its
// digits.
type RPDEID string

// UnmarshalJSON reads a text or a whole number.
func (id *RPDEID) UnmarshalJSON(data []byte) error { return textOrNumber(data, (*string)(id)) }

// RPDEModified is when an item changed: an integer that rises, or, with other
// publishers, a text of which only they know the order. It is kept as it is
// written.
type RPDEModified string

// MarshalJSON writes digits as a number.
func (m RPDEModified) MarshalJSON() ([]byte, error) {
	if json.Valid([]byte(m)) && len(m) > 0 && (m[0] >= '0' && m[0] <= '9') {
		return []byte(m), nil
	}
	return json.Marshal(string(m))
}

// UnmarshalJSON reads a text or a whole number.
func (m *RPDEModified) UnmarshalJSON(data []byte) error { return textOrNumber(data, (*string)(m)) }

func textOrNumber(data []byte, into *string) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, into)
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil || bytes.ContainsAny(data, ".eE-") {
		return fmt.Errorf("want a text or a whole number, not %.40s", data)
	}
	*into = n.String()
	return nil
}

// WriteRPDE writes a page.
func WriteRPDE(w io.Writer, p RPDEPage) error {
	if p.Items == nil {
		p.Items = []RPDEItem{} // required, also where there are none
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(p)
}

// ReadRPDE reads a page. It fails where that is none: no next address, no list
// of items, an item without id, kind or state, or one deleted that has data.
func ReadRPDE(file []byte) (RPDEPage, error) {
	var p RPDEPage
	if err := json.Unmarshal(file, &p); err != nil {
		return RPDEPage{}, fmt.Errorf("this is no page of an RPDE feed: %w", err)
	}
	if p.Next == "" || p.Items == nil {
		return RPDEPage{}, errors.New("this is no page of an RPDE feed: it has no «next» or no «items»")
	}
	for i, item := range p.Items {
		if err := item.check(); err != nil {
			return RPDEPage{}, fmt.Errorf("item %d: %w", i+1, err)
		}
	}
	return p, nil
}

func (i RPDEItem) check() error {
	switch {
	case i.ID == "" || i.Kind == "" || i.Modified == "":
		return errors.New("it has no «id», «kind» or «modified»")
	case i.State == RPDEUpdated && (len(i.Data) == 0 || i.Data[0] != '{'):
		return errors.New("it is updated, and has no «data»")
	case i.State == RPDEDeleted && len(i.Data) > 0 && string(i.Data) != "null":
		return errors.New("it is deleted, and has «data»")
	case i.State != RPDEUpdated && i.State != RPDEDeleted:
		return fmt.Errorf("its state is %.40q, neither updated nor deleted", i.State)
	}
	return nil
}
