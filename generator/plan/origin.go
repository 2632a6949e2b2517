package plan

import (
	"cmp"
	"slices"

	"fursa/feeds"
	"fursa/generator/catalogue"
)

// peerName is what a peer calls itself, in the edition's language if it says so,
// else what its file calls it.
func (e *edition) peerName(p *catalogue.Peer) string {
	if name := p.State.Name[e.lang]; name != "" {
		return name
	}
	v, _, _ := p.Record.In(e.lang)
	return v.Name
}

// originOf says from which other catalogues a listing comes; nothing of our own
// that nobody else lists.
func (e *edition) originOf(l *catalogue.Listing) string {
	var names []string
	if l.IsForeign() {
		names = append(names, e.peerName(l.Origin.Peer))
	}
	for _, o := range l.Also {
		if name := e.peerName(o.Peer); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	switch {
	case len(names) == 0:
		return ""
	case l.IsForeign():
		return e.T("origin.from", "names", e.List(names))
	}
	return e.T("origin.also", "names", e.List(names))
}

// originName is the name of an origin that listings can be filtered by.
func (e *edition) originName(name string) string {
	if name == catalogue.OwnOrigin {
		return e.view.Name
	}
	i := slices.IndexFunc(e.Peers, func(p *catalogue.Peer) bool { return p.Name == name })
	return e.peerName(e.Peers[i])
}

// originLabels are the names of origins; one whose peer has gone has none.
func (e *edition) originLabels(names []string) []Value {
	var values []Value
	for _, name := range names {
		if name == catalogue.OwnOrigin || slices.ContainsFunc(e.Peers, func(p *catalogue.Peer) bool { return p.Name == name }) {
			values = append(values, Value{Text: e.originName(name)})
		}
	}
	return values
}

// providerURL is the absolute address of a provider's page.
func (e *edition) providerURL(p *catalogue.Provider) string {
	if p.Origin != nil {
		return p.Origin.URL
	}
	return e.url(e.file(p.Path()))
}

// source is the catalogue that an item of a feed comes from.
func (e *edition) source(o *catalogue.Origin) *feeds.Source {
	return &feeds.Source{
		ID: cmp.Or(o.Peer.Value.ID, o.Peer.Value.URL), Title: e.peerName(o.Peer), URL: o.Peer.Value.URL, Updated: o.Peer.State.Fetched,
	}
}
