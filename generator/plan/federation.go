package plan

import (
	"cmp"
	"strings"

	"fursa/feeds/snapshot"
	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// federationPath is the page that shows the other catalogues.
const federationPath = "federation"

// mostNamed is how many of a peer's refused listings, and of its unmapped terms,
// its page names.
const mostNamed = 20

// FederationPage is seen by the template «federation»: the catalogues whose
// listings are shown here too.
type FederationPage struct {
	Page
	Peers []PeerView
}

// PeerView is another catalogue.
type PeerView struct {
	// Name leads to the catalogue; Anchor is the name of its file.
	Name   Link
	Anchor string
	// Problem says why what is shown is older than it should be, or nothing is.
	Problem string
	Facts   []Fact
	// Refused are listings that were not taken, with the reason; More says how
	// many others there are.
	Refused []RefusedView
	More    string
	// Unmapped are the labels of its terms that stand for none of ours.
	Unmapped []Text
	// Files are what is kept of it.
	Files []Link
}

// RefusedView is a listing that was not taken, and why.
type RefusedView struct{ ID, Why string }

func (e *edition) federation() []Output {
	if len(e.Peers) == 0 {
		return nil
	}
	return []Output{e.render(e.file(federationPath), "federation", func() any { return e.federationPage() })}
}

func (e *edition) federationPage() FederationPage {
	p := FederationPage{Page: e.page(federationPath, e.T("federation.title"), e.T("federation.intro"))}
	p.Crumbs = e.crumbs()
	p.Styles = e.path(e.moreStyles)
	for _, peer := range e.Peers {
		p.Peers = append(p.Peers, e.peerView(peer))
	}
	return p
}

func (e *edition) peerView(p *catalogue.Peer) PeerView {
	v := PeerView{Anchor: p.Name, Problem: e.peerProblem(p), Name: Link{Text: e.peerName(p), URL: p.Value.URL}}
	add := func(label string, values ...Value) {
		v.Facts = append(v.Facts, Fact{Label: e.T("federation." + label), Values: values})
	}
	count := func(label string, n int) {
		if n > 0 {
			add(label, Value{Text: e.N("count.listings", n)})
		}
	}
	shown := Value{Text: e.N("count.listings", len(p.Listings))}
	if len(p.Listings) > 0 {
		shown.URL = e.href("search") + "?" + query("origins", p.Name)
	}
	add("shown", shown)
	count("twice", len(p.Twice))
	count("waiting", p.Waiting)
	count("declined", p.Declined)
	count("unwanted", p.Unwanted)
	count("beyond", p.Beyond)
	count("blocked", p.Blocked)
	count("ended", p.Ended)
	if !p.State.Fetched.IsZero() {
		add("fetched", Value{Text: e.Date(when.DateOf(p.State.Fetched.In(e.Zone)))})
	}
	if l := p.State.Licence; l != nil {
		add("licence", Value{Text: cmp.Or(l.Name, l.URL), URL: l.URL})
	}
	e.addRefused(&v, p)
	for _, label := range p.Unmapped[:min(len(p.Unmapped), mostNamed)] {
		v.Unmapped = append(v.Unmapped, e.foreignWords(label))
	}
	if p.Block == nil && !p.State.Fetched.IsZero() {
		at := snapshotPath(p.Name)
		v.Files = []Link{{Text: snapshot.ItemsName, URL: e.path(at + snapshot.ItemsName)}, {Text: snapshot.StateName, URL: e.path(at + snapshot.StateName)}}
	}
	return v
}

// foreignWords is a label in the edition's language, else in any that it has.
func (e *edition) foreignWords(label schema.Text) Text {
	if text := label[""]; text != "" {
		return Text{Text: text}
	}
	return e.words(label)
}

// peerProblem says why what is shown of a peer is not what it publishes now.
func (e *edition) peerProblem(p *catalogue.Peer) string {
	switch {
	case p.Block != nil:
		return joined(" ", e.T("federation.is-blocked"), p.Block.Why)
	case p.Trusts() == catalogue.TrustOff:
		return e.T("federation.is-off")
	case p.State.Version == 0:
		return e.T("federation.never")
	case p.State.Problem != nil:
		return e.T("federation.last-good", "why", e.refusal(p.State.Problem.Reason))
	}
	return ""
}

// refusal is why something was not taken, in words.
func (e *edition) refusal(r snapshot.Reason) string { return e.T("federation.reason-" + string(r)) }

// addRefused names the listings that were not taken: when they were pulled, and
// by our own rules.
func (e *edition) addRefused(v *PeerView, p *catalogue.Peer) {
	all := make([]RefusedView, 0, len(p.State.Refused)+len(p.Refused))
	for _, r := range p.State.Refused {
		all = append(all, RefusedView{r.ID, e.refusal(r.Why)})
	}
	for _, r := range p.Refused {
		all = append(all, RefusedView{r.ID, e.refusal(r.Why)})
	}
	total := max(p.State.Counts.Refused, len(p.State.Refused)) + len(p.Refused)
	v.Refused = all[:min(len(all), mostNamed)]
	if left := total - len(v.Refused); left > 0 {
		v.More = e.N("count.more", left)
	}
	for i := range v.Refused {
		v.Refused[i].ID = strings.TrimPrefix(v.Refused[i].ID, p.Value.ID)
	}
}

// snapshotPath is the folder in which what is kept of a peer is published, so that
// a fresh clone goes on from there.
func snapshotPath(peer string) string { return "fursa/peers/" + peer + "/" }

// snapshotOutputs are what is kept of peers. Of one that is blocked it is how it
// stood, and none of its listings.
func (s *site) snapshotOutputs() []Output {
	var outputs []Output
	for _, x := range s.Snapshots {
		at := snapshotPath(x.Peer)
		outputs = append(outputs, bytesOutput(at+snapshot.StateName, IndexClass, x.State))
		if !s.isBlocked(x.Peer) {
			outputs = append(outputs, bytesOutput(at+snapshot.ItemsName, IndexClass, x.Items))
		}
	}
	return outputs
}

func (s *site) isBlocked(peer string) bool {
	for _, p := range s.Peers {
		if p.Name == peer {
			return p.Block != nil
		}
	}
	return true
}
