package web

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"
)

// Options say how much is read of a site. A bound that is zero has the value of
// [Defaults].
type Options struct {
	InsecureHTTP bool // plain http is allowed for every host

	Requests int           // of the site, redirects included
	Answer   int64         // bytes of one answer
	Total    int64         // bytes of all answers
	Time     time.Duration // of one request and its answer
}

// Defaults are bounds that suit a site with years of history.
var Defaults = Options{Requests: 1000, Answer: 64 << 20, Total: 512 << 20, Time: 30 * time.Second}

// Bounds that no caller changes.
const (
	maxRedirects   = 5
	maxConnections = 4 // at a time, to be gentle with the host
	maxHeader      = 256 << 10
	maxAddress     = 2048
)

// ErrAddress means that a text is not the address of a site.
var ErrAddress = errors.New("is not the address of a site; write it like https://status.example.com")

// ErrPlainHTTP means that an address begins with http:// and that this was not allowed.
var ErrPlainHTTP = errors.New("it would be read over plain http, where anyone on the way can change it; use https")

// The errors of a site that gives too much.
var (
	ErrTooManyRequests = errors.New("the site needs more requests than are made")
	ErrTooLarge        = errors.New("the answer is too large")
)

// Site is a published site. It may be used by several goroutines.
type Site struct {
	base   *url.URL // its path ends with a slash
	o      Options
	client *http.Client

	mu       sync.Mutex
	requests int
	bytes    int64
}

// Open parses the address of a site, https://status.example.com or with a path,
// and connects to nothing yet.
func Open(address string, o Options) (*Site, error) {
	base, err := url.Parse(address)
	if err != nil || base.Scheme != "https" && base.Scheme != "http" || base.Hostname() == "" || base.User != nil || len(address) > maxAddress {
		return nil, fmt.Errorf("%q %w", short(address), ErrAddress)
	}
	if base.Scheme == "http" && !o.InsecureHTTP && !ownComputer(base.Hostname()) {
		return nil, fmt.Errorf("%s: %w", base.Host, ErrPlainHTTP)
	}
	base.Host = strings.ToLower(base.Host)
	base.RawQuery, base.ForceQuery, base.Fragment, base.RawFragment = "", false, "", ""
	if !strings.HasSuffix(base.Path, "/") {
		base = base.JoinPath("/")
	}
	return &Site{base: base, o: o.withDefaults(), client: newClient(base)}, nil
}

// Address is the address of the site, and ends with a slash.
func (s *Site) Address() string { return s.base.String() }

// Close ends the connections that wait for a next request.
func (s *Site) Close() { s.client.CloseIdleConnections() }

// resolve is the address of a path below the site's.
func (s *Site) resolve(name string) (*url.URL, error) {
	name = strings.TrimPrefix(name, "/")
	if clean := path.Clean("/" + name); strings.TrimSuffix(clean, "/") != strings.TrimSuffix("/"+name, "/") {
		return nil, fmt.Errorf("%q is not a path of the site", short(name))
	}
	u := *s.base
	u.Path, u.RawPath = u.Path+name, ""
	return &u, nil
}

func (o Options) withDefaults() Options {
	if o.Requests == 0 {
		o.Requests = Defaults.Requests
	}
	if o.Answer == 0 {
		o.Answer = Defaults.Answer
	}
	if o.Total == 0 {
		o.Total = Defaults.Total
	}
	if o.Time == 0 {
		o.Time = Defaults.Time
	}
	return o
}

// newClient makes a client that connects to a site's host, or to the proxy that
// the environment names, and follows no redirect by itself.
func newClient(base *url.URL) *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	guarded := &net.Dialer{Timeout: dialer.Timeout, Control: mayConnect(base.Hostname())}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxConnsPerHost = maxConnections
	transport.MaxResponseHeaderBytes = maxHeader
	transport.DialContext = dialTo(base.Hostname(), guarded, dialer)
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// ownComputer reports whether a host is this computer by its name.
func ownComputer(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.Unmap().IsLoopback()
}

func short(s string) string {
	if len(s) > 100 {
		return strings.ToValidUTF8(s[:100], "") + "…"
	}
	return s
}
