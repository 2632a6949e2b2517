package catalogue

import (
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"fursa/schema"
)

// Blocked finds what blocklists block. Its zero value blocks nothing.
type Blocked struct {
	// hosts are by their names, addresses by their form for comparison.
	hosts, addresses map[string]blocked
}

// blocked is an entry with the slug of its list.
type blocked struct {
	block schema.Block
	list  string
}

// NewBlocked reads blocklists. Of entries that block the same the first counts.
func NewBlocked(lists []*Record[schema.Blocklist]) *Blocked {
	b := &Blocked{hosts: map[string]blocked{}, addresses: map[string]blocked{}}
	for _, l := range lists {
		for _, entry := range l.Value.Block {
			into, key := b.addresses, comparable(entry.ID)
			if key == "" {
				into, key = b.hosts, comparableHost(entry.ID)
			}
			if _, known := into[key]; !known && key != "" {
				into[key] = blocked{entry, l.Slug()}
			}
		}
	}
	return b
}

// Blocks says whether one of some addresses (a peer's, and ids and pages of
// providers and listings) is blocked, and by which entry of which list. An
// address is blocked where an entry is it or a folder of it, or is its host or
// a domain above that.
//
// Addresses are compared as what they lead to: http and https are the same, and
// so are a port and none where it is the usual one, capitals and small letters
// of a host, a host with letters of any script and its form in ASCII, a letter
// and the percent sign with its number, and a folder with or without a slash at
// its end. "www." is part of a host's name like any other.
func (b *Blocked) Blocks(addresses ...string) (block schema.Block, list string, ok bool) {
	if len(b.hosts)+len(b.addresses) == 0 {
		return schema.Block{}, "", false
	}
	for _, a := range addresses {
		key := comparable(a)
		if key == "" {
			continue
		}
		if found, ok := b.find(key); ok {
			return found.block, found.list, true
		}
	}
	return schema.Block{}, "", false
}

// SameAddress says whether two entries of blocklists block the same.
func SameAddress(a, b string) bool {
	key := comparable(a)
	return key == comparable(b) && (key != "" || comparableHost(a) == comparableHost(b))
}

// find looks for an entry that blocks an address in its form for comparison;
// the widest, where there are several.
func (b *Blocked) find(key string) (blocked, bool) {
	host, _, _ := strings.Cut(key, "/")
	host, _, _ = strings.Cut(host, "?")
	host, _, _ = strings.Cut(host, "#")
	name, _ := splitPort(host)
	for i := len(name) - 1; i >= 0; i-- {
		if i == 0 || name[i-1] == '.' {
			if found, ok := b.hosts[name[i:]]; ok {
				return found, true
			}
		}
	}
	for i := len(host); i <= len(key); i++ {
		if i == len(key) || strings.IndexByte("/?#&", key[i]) >= 0 {
			if found, ok := b.addresses[key[:i]]; ok {
				return found, true
			}
		}
	}
	return blocked{}, false
}

// comparable is an address in the form in which addresses are compared: host,
// port where it is not the usual one, path, query and fragment; empty for what
// is no address of the web. It takes addresses that are not in order too, as
// browsers do: else such a one would get by.
func comparable(address string) string {
	if address = strings.TrimSpace(address); strings.ContainsAny(address, "\t\n\r\\") {
		address = strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(address)
	}
	scheme, rest, ok := strings.Cut(address, "://")
	usual := "443"
	switch strings.ToLower(scheme) {
	case "https":
	case "http":
		usual = "80"
	default:
		ok = false
	}
	if !ok {
		return ""
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, rest := rest[:end], rest[end:]
	name, port := splitPort(authority[strings.LastIndexByte(authority, '@')+1:])
	host := comparableHost(name)
	if host == "" {
		return ""
	}
	if port = strings.TrimLeft(port, "0"); port != "" && port != usual {
		host += ":" + port
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	folder, query, _ := strings.Cut(rest, "?")
	key := host + strings.TrimSuffix(path.Clean("/"+plainEscapes(folder)), "/")
	if query != "" {
		key += "?" + plainEscapes(query)
	}
	if fragment != "" {
		key += "#" + plainEscapes(fragment)
	}
	return key
}

// splitPort takes a port from a host.
func splitPort(host string) (name, port string) {
	i := strings.LastIndexByte(host, ':')
	if i < 0 || strings.IndexByte(host[i:], ']') >= 0 {
		return host, ""
	}
	return host[:i], host[i+1:]
}

// comparableHost is a host's name in small letters of ASCII, without a dot at
// its end.
func comparableHost(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	if strings.IndexFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		lookup := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))
		if ascii, err := lookup.ToASCII(name); err == nil {
			name = ascii
		}
	}
	return strings.TrimRight(strings.ToLower(name), ".")
}

// plainEscapes writes each letter of a part of an address in one way: itself
// where it can stand there, else as a percent sign and its number, as do those
// that would mean something else if they stood there.
func plainEscapes(part string) string {
	const means, never = "/?#%&=+", "\"<>^{|}`"
	if strings.IndexFunc(part, func(r rune) bool { return r <= ' ' || r >= 0x7f }) < 0 && !strings.ContainsAny(part, "%"+never) {
		return part
	}
	var b strings.Builder
	for i := 0; i < len(part); i++ {
		c, escaped := part[i], false
		if c == '%' && i+2 < len(part) {
			if n, err := strconv.ParseUint(part[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(n), true
				i += 2
			}
		}
		if c <= ' ' || c >= 0x7f || strings.IndexByte(never, c) >= 0 ||
			escaped && strings.IndexByte(means, c) >= 0 || !escaped && c == '%' {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
