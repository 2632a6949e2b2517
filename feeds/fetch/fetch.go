// Package fetch gets what stands at a URL, politely and safely: the address is
// somebody else's, and so is the server behind it.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"code.dny.dev/ssrf"
	"github.com/hashicorp/go-retryablehttp"
)

// Options are how a Getter behaves. The zero value is that of the public
// network, with sensible bounds.
type Options struct {
	// UserAgent says who asks.
	UserAgent string
	// AllowLoopback lets a server on this machine answer, on any port: for
	// trials and tests.
	AllowLoopback bool
	// Anywhere lets any server answer, in private networks too: for addresses
	// that nobody but the person at the keyboard has chosen.
	Anywhere bool
	// Resolver looks up names; nil is the machine's own.
	Resolver *net.Resolver
	// Timeout is that of one answer with its body; 0 is a minute.
	Timeout time.Duration
	// Attempts are how often something that may pass is tried; 0 is 3.
	Attempts int
	// Pause is the first of the pauses between attempts, each with jitter, the
	// next ones longer; 0 is a second. A server that asks for more than Longest
	// is left alone; 0 is a minute.
	Pause, Longest time.Duration
	// PerHost are how many requests a host has at a time, PerSecond how many it
	// gets a second; 0 is 2 and 10.
	PerHost, PerSecond int
}

// Request is what is wanted. ETag and LastModified are those of an answer that
// is at hand.
type Request struct {
	URL                string
	Accept             string
	ETag, LastModified string
	// Max is how many bytes an answer may have, decompressed; 0 is 32 MiB.
	Max int64
}

// Response is an answer. Where it is NotModified, there is no Body.
type Response struct {
	// URL is where redirects led.
	URL                string
	Body               []byte
	NotModified        bool
	ContentType        string
	ETag, LastModified string
}

// StatusError is an answer that is none.
type StatusError struct {
	URL  string
	Code int
}

func (e StatusError) Error() string {
	return fmt.Sprintf("%s answers %d %s", e.URL, e.Code, http.StatusText(e.Code))
}

// TooLongError is an answer of more bytes than were wanted.
type TooLongError struct {
	URL string
	Max int64
}

func (e TooLongError) Error() string {
	return fmt.Sprintf("%s answers with more than %d bytes", e.URL, e.Max)
}

// Errors of what is not asked at all.
var (
	// ErrAddress is an address within a private network, or this machine.
	ErrAddress = errors.New("an address that is not public")
	// ErrURL is what is neither an http nor an https address.
	ErrURL = errors.New("want an address that begins with https:// or http://")
	// ErrRedirects are too many of them, or one from https to http.
	ErrRedirects = errors.New("redirected too often, or from https to http")
)

const (
	redirects   = 3
	defaultMax  = 32 << 20
	headerBytes = 64 << 10
)

// Getter gets. It may be used by several goroutines at once.
type Getter struct {
	options Options
	client  *retryablehttp.Client
	hosts   hosts
}

// New is a Getter with some options.
func New(o Options) *Getter {
	o.Timeout = either(o.Timeout, time.Minute)
	o.Attempts = either(o.Attempts, 3)
	o.Pause = either(o.Pause, time.Second)
	o.Longest = either(o.Longest, time.Minute)
	o.PerHost = either(o.PerHost, 2)
	o.PerSecond = either(o.PerSecond, 10)
	g := &Getter{options: o, client: retryablehttp.NewClient()}
	g.hosts.most, g.hosts.perSecond = o.PerHost, o.PerSecond
	g.client.HTTPClient = &http.Client{Transport: transport(o), CheckRedirect: g.redirected}
	g.client.Logger = nil
	g.client.RetryMax = o.Attempts - 1
	g.client.RetryWaitMin, g.client.RetryWaitMax = o.Pause, 2*o.Pause
	g.client.CheckRetry = g.again
	g.client.Backoff = retryablehttp.RateLimitLinearJitterBackoff
	g.client.ErrorHandler = retryablehttp.PassthroughErrorHandler
	return g
}

func either[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

// transport checks each address when its socket connects: a name may lead
// elsewhere than it did when it was looked at. No proxy: behind one, nobody
// could check.
func transport(o Options) *http.Transport {
	options := []ssrf.Option{ssrf.WithPorts(80, 443, 8080, 8443)}
	if o.AllowLoopback {
		options = []ssrf.Option{
			ssrf.WithAnyPort(),
			ssrf.WithAllowedV4Prefixes(netip.MustParsePrefix("127.0.0.0/8")),
			ssrf.WithAllowedV6Prefixes(netip.MustParsePrefix("::1/128")),
		}
	}
	dialer := net.Dialer{Timeout: 10 * time.Second, Resolver: o.Resolver}
	if !o.Anywhere {
		dialer.Control = ssrf.New(options...).Safe
	}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  o.Timeout,
		MaxResponseHeaderBytes: headerBytes,
		MaxIdleConns:           100,
		IdleConnTimeout:        30 * time.Second,
	}
}

func (g *Getter) redirected(request *http.Request, via []*http.Request) error {
	if len(via) > redirects || via[len(via)-1].URL.Scheme == "https" && request.URL.Scheme != "https" {
		return ErrRedirects
	}
	return usable(request.URL)
}

func usable(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return fmt.Errorf("%w: %s", ErrURL, u.Redacted())
	}
	return nil
}

// again says whether another attempt may do better.
func (g *Getter) again(ctx context.Context, response *http.Response, err error) (bool, error) {
	final := refused(err) || errors.Is(err, ErrRedirects) || errors.Is(err, ErrURL) ||
		response != nil && retryablehttp.RateLimitLinearJitterBackoff(0, 0, 0, response) > g.options.Longest
	retry, _ := retryablehttp.DefaultRetryPolicy(ctx, response, err)
	return retry && !final && ctx.Err() == nil, nil
}

func refused(err error) bool {
	return errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedPort) || errors.Is(err, ssrf.ErrProhibitedNetwork)
}

// Get gets one answer: 200 with its body, or 304 to a condition. All others are
// errors: a StatusError, a TooLongError, one of this package's, or the network's.
func (g *Getter) Get(ctx context.Context, r Request) (Response, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return Response{}, fmt.Errorf("%w: %s", ErrURL, r.URL)
	}
	if err := usable(u); err != nil {
		return Response{}, err
	}
	release, err := g.hosts.enter(ctx, u.Host)
	if err != nil {
		return Response{}, err
	}
	defer release()
	ctx, cancel := context.WithTimeout(ctx, time.Duration(g.options.Attempts)*(g.options.Timeout+g.options.Longest))
	defer cancel()
	response, err := g.do(ctx, r)
	if refused(err) {
		return Response{}, fmt.Errorf("%s: %w", r.URL, ErrAddress)
	}
	if err != nil {
		return Response{}, err
	}
	return response, nil
}

func (g *Getter) do(ctx context.Context, r Request) (Response, error) {
	request, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, r.URL, nil)
	if err != nil {
		return Response{}, err
	}
	for name, value := range map[string]string{
		"User-Agent": g.options.UserAgent, "Accept": r.Accept, "If-None-Match": r.ETag, "If-Modified-Since": r.LastModified,
	} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	response, err := g.client.Do(request)
	if err != nil {
		return Response{}, err
	}
	defer response.Body.Close()
	// A body that trickles is one that does not come.
	late := time.AfterFunc(g.options.Timeout, func() { response.Body.Close() })
	defer late.Stop()
	return read(response, r)
}

func read(response *http.Response, r Request) (Response, error) {
	answer := Response{
		URL:         response.Request.URL.String(),
		ContentType: response.Header.Get("Content-Type"),
		ETag:        response.Header.Get("ETag"), LastModified: response.Header.Get("Last-Modified"),
	}
	if response.StatusCode == http.StatusNotModified && r.ETag+r.LastModified != "" {
		answer.NotModified = true
		return answer, nil
	}
	if response.StatusCode != http.StatusOK {
		return Response{}, StatusError{answer.URL, response.StatusCode}
	}
	most := either(r.Max, defaultMax)
	body, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if err != nil {
		return Response{}, fmt.Errorf("%s: %w", answer.URL, err)
	}
	if int64(len(body)) > most {
		return Response{}, TooLongError{answer.URL, most}
	}
	answer.Body = body
	return answer, nil
}
