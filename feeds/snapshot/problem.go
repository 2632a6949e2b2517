package snapshot

import "fmt"

// Reason is why something of a peer's was not taken. As text it is a name that
// stays the same in every language and version.
type Reason string

// The reasons for which a peer's last good snapshot stays.
const (
	// Unpinned is a Fursa catalogue whose file names no id or no key.
	Unpinned Reason = "unpinned"
	// Unknown is a format that nobody here reads.
	Unknown Reason = "unknown-format"
	// Unreachable is a peer that does not answer, or answers with an error.
	Unreachable Reason = "unreachable"
	// Unreadable is an answer that is not what it should be.
	Unreadable Reason = "unreadable"
	// TooMuch is more than a peer may send.
	TooMuch Reason = "too-much"
	// Loop is a feed whose pages go in circles, or in no order.
	Loop Reason = "loop"
	// Mismatch is a manifest that is not that of its files, twice.
	Mismatch Reason = "mismatch"
	// Unsigned is a manifest that nobody signed.
	Unsigned Reason = "unsigned"
	// KeyChanged is a manifest signed by a key that the pinned one does not
	// vouch for.
	KeyChanged Reason = "key-changed"
	// Other is a catalogue that calls itself by another id.
	Other Reason = "other-catalogue"
)

// The reasons for which a peer is held until somebody looks at it.
const (
	Backwards Reason = "backwards"
	Emptied   Reason = "emptied"
	Changed   Reason = "changed"
)

// The reasons for which a listing is refused.
const (
	NotTheirs Reason = "not-theirs"
	NoRecord  Reason = "no-record"
	TooLarge  Reason = "too-large"
	BadItem   Reason = "bad-item"
	// BreaksRule is a listing that breaks a rule of the schemas.
	BreaksRule Reason = "breaks-rule"
	// The following are of what no Fursa catalogue publishes.
	NoID      Reason = "no-id"
	NoTitle   Reason = "no-title"
	NoDate    Reason = "no-date"
	NoPlace   Reason = "no-place"
	LongTitle Reason = "long-title"
	Twice     Reason = "twice"
)

// Problem is a Reason, with what it was found in.
type Problem struct {
	Reason Reason `json:"reason"`
	Detail string `json:"detail,omitempty"`
}

func (p Problem) Error() string {
	if p.Detail == "" {
		return p.Reason.Words()
	}
	return fmt.Sprintf("%s: %s", p.Reason.Words(), p.Detail)
}

// Holds says whether a peer is held for this.
func (r Reason) Holds() bool { return r == Backwards || r == Emptied || r == Changed }

// Words are the reason in plain English.
func (r Reason) Words() string {
	switch r {
	case Unpinned:
		return "its file names no id or no key, so nobody can tell it from somebody else"
	case Unknown:
		return "its format can't be pulled"
	case Unreachable:
		return "it can't be reached"
	case Unreadable:
		return "what it sends can't be read"
	case TooMuch:
		return "it sends more than is taken"
	case Loop:
		return "the pages of its feed are in no order that comes to an end"
	case Mismatch:
		return "what it publishes is not what its manifest and its signature say"
	case Unsigned:
		return "what it publishes is not signed"
	case KeyChanged:
		return "it is signed with another key, for which the one that you know does not vouch"
	case Other:
		return "it calls itself by another id"
	case Backwards:
		return "it goes back to what it published earlier"
	case Emptied:
		return "all its listings have gone at once"
	case Changed:
		return "too many of its listings have changed or gone at once"
	case NotTheirs:
		return "it is not the peer's own"
	case NoRecord:
		return "it has no record"
	case TooLarge:
		return "it is too large"
	case BadItem:
		return "it can't be read"
	case BreaksRule:
		return "its record breaks a rule"
	case NoID:
		return "it has no id of its own"
	case NoTitle:
		return "it has no title"
	case NoDate:
		return "it does not say when it is"
	case NoPlace:
		return "it does not say where it is, nor that it is online"
	case LongTitle:
		return "its title is longer than a title may be"
	case Twice:
		return "another one has its id"
	}
	return string(r)
}
