package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"fursa/feeds/fetch"
)

// names is a resolver that answers each question for an address with the next
// of some answers, and goes on with the last; all other questions with nothing.
func names(t *testing.T, answers ...[]string) *net.Resolver {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	go func() {
		question := make([]byte, 1500)
		for {
			n, from, err := server.ReadFrom(question)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(question[:n]) != nil {
				continue
			}
			m.Response, m.Additionals = true, nil
			if m.Questions[0].Type == dnsmessage.TypeA {
				for _, address := range answers[0] {
					m.Answers = append(m.Answers, dnsmessage.Resource{
						Header: dnsmessage.ResourceHeader{Name: m.Questions[0].Name, Class: dnsmessage.ClassINET},
						Body:   &dnsmessage.AResource{A: [4]byte(net.ParseIP(address).To4())},
					})
				}
				answers = answers[min(1, len(answers)-1):]
			}
			if text, err := m.Pack(); err == nil {
				_, _ = server.WriteTo(text, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", server.LocalAddr().String())
	}}
}

// A name that leads elsewhere than it did is judged by where it leads now.
func TestNamesThatRebind(t *testing.T) {
	served := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close") // so that the name is looked up again
		fmt.Fprint(w, "here")
	})
	u, err := url.Parse(served)
	if err != nil {
		t.Fatal(err)
	}
	o := local()
	o.Timeout = 5 * time.Second
	o.Resolver = names(t, []string{"127.0.0.1"}, []string{"10.0.0.7"}, []string{"169.254.169.254", "192.168.0.1"})
	g, address := fetch.New(o), "http://rebinding.example:"+u.Port()+"/"
	if got, err := g.Get(t.Context(), fetch.Request{URL: address}); err != nil || string(got.Body) != "here" {
		t.Errorf("at first: %q, %v", got.Body, err)
	}
	for range 2 {
		if _, err := g.Get(t.Context(), fetch.Request{URL: address}); !errors.Is(err, fetch.ErrAddress) {
			t.Errorf("rebound: %v", err)
		}
	}
	o.AllowLoopback, o.Resolver = false, names(t, []string{"127.0.0.1"})
	if _, err := fetch.New(o).Get(t.Context(), fetch.Request{URL: "http://local.example:8080/"}); !errors.Is(err, fetch.ErrAddress) {
		t.Errorf("a name of this machine: %v", err)
	}
}
