package peers_test

import (
	"context"
	"encoding/binary"
	"net"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"fursa/feeds/fetch"
	"fursa/feeds/snapshot"
)

// A peer may lead its name elsewhere once it is known.
func TestARebindingPeer(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.url = strings.Replace(c.url, "127.0.0.1", "rebinding.example", 1)
	c.put("stars", "Stars")
	c.publish()
	through := func(address string) {
		p.Get = fetch.New(fetch.Options{AllowLoopback: true, Attempts: 1, PerSecond: 1000, Resolver: names(address)}).Get
	}
	through("127.0.0.1")
	check(t, "at first", snapshot.Reason(""), reason(p.pull(c.source())))
	through("192.168.7.7")
	r := p.pull(c.source())
	check(t, "rebound", snapshot.Unreachable, reason(r))
	if !strings.Contains(r.Problem.Detail, "not public") {
		t.Error(r.Problem)
	}
	check(t, "listings", map[string]string{"stars": "Stars"}, p.titles("kuopio"))
}

// names is a resolver by which every name leads to an address.
func names(address string) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go answerNames(theirs, address)
		return ours, nil
	}}
}

// answerNames answers one question of a resolver over a stream: each message
// has its length before it.
func answerNames(conn net.Conn, address string) {
	defer conn.Close() //nolint:errcheck // the resolver has hung up
	question := make([]byte, 1500)
	n, err := conn.Read(question)
	var m dnsmessage.Message
	if err != nil || n < 2 || m.Unpack(question[2:n]) != nil {
		return
	}
	m.Response, m.Additionals = true, nil
	if m.Questions[0].Type == dnsmessage.TypeA {
		m.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: m.Questions[0].Name, Class: dnsmessage.ClassINET},
			Body:   &dnsmessage.AResource{A: [4]byte(net.ParseIP(address).To4())},
		}}
	}
	if text, err := m.Pack(); err == nil {
		_, _ = conn.Write(binary.BigEndian.AppendUint16(nil, uint16(len(text))))
		_, _ = conn.Write(text)
	}
}
