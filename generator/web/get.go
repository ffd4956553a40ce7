package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Response is an answer of the site, of any status.
type Response struct {
	URL    string // that was asked for
	Status int    // 200, 404, …
	Body   []byte // as the site's pages see it: decompressed, unless Accept-Encoding was set

	header http.Header
}

// Header is the value of a header, several of them joined by a comma, as HTTP
// allows; "" if it is not there.
func (r *Response) Header(name string) string { return strings.Join(r.header.Values(name), ", ") }

// Get makes one request for a path below the site's address, with some headers of
// its own. It follows no redirect. The answer may have any status; the errors are
// those of the connection and of the bounds.
func (s *Site) Get(ctx context.Context, path string, headers map[string]string) (*Response, error) {
	u, err := s.resolve(path)
	if err != nil {
		return nil, err
	}
	return s.get(ctx, u, http.MethodGet, headers)
}

// Options is Get for the request with which a browser asks what a script of another
// origin may do.
func (s *Site) Options(ctx context.Context, path string, headers map[string]string) (*Response, error) {
	u, err := s.resolve(path)
	if err != nil {
		return nil, err
	}
	return s.get(ctx, u, http.MethodOptions, headers)
}

// Read reads the document at a path below the site's address, and follows
// redirects of the host. A document that is not there (404 or 410) is
// [fs.ErrNotExist]; another status than 200 is an error.
func (s *Site) Read(ctx context.Context, path string) ([]byte, error) {
	r, err := s.Follow(ctx, path, "", nil)
	if err != nil {
		return nil, err
	}
	if err := r.Problem(); err != nil {
		return nil, fmt.Errorf("%s: %w", r.URL, err)
	}
	return r.Body, nil
}

// Follow makes a request for a path below the site's address, with a query, and
// follows redirects of the host. The answer may have any other status. If it
// leads elsewhere, the error comes with the answer that does.
func (s *Site) Follow(ctx context.Context, path, query string, headers map[string]string) (*Response, error) {
	u, err := s.resolve(path)
	if err != nil {
		return nil, err
	}
	u.RawQuery = query
	var last *Response
	for range maxRedirects + 1 {
		r, err := s.get(ctx, u, http.MethodGet, headers)
		if err != nil {
			return nil, err
		}
		switch r.Status {
		case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		default:
			return r, nil
		}
		if u, err = s.follow(u, r.Header("Location")); err != nil {
			return r, fmt.Errorf("%s: %w", r.URL, err)
		}
		last = r
	}
	return last, fmt.Errorf("%s: it redirects too often", u)
}

// Problem is nil for an answer of status 200. A document that is not there (404
// or 410) is [fs.ErrNotExist].
func (r *Response) Problem() error {
	switch r.Status {
	case http.StatusOK:
		return nil
	case http.StatusNotFound, http.StatusGone:
		return fmt.Errorf("%d: %w", r.Status, fs.ErrNotExist)
	}
	return fmt.Errorf("the answer is %d %s", r.Status, http.StatusText(r.Status))
}

// follow is where a redirect leads, if it stays within the host.
func (s *Site) follow(from *url.URL, location string) (*url.URL, error) {
	to, err := from.Parse(location)
	if err != nil || location == "" || len(location) > maxAddress {
		return nil, errors.New("it redirects to no address")
	}
	to.Host = strings.ToLower(to.Host)
	same := to.Scheme == from.Scheme && to.Host == from.Host
	secured := from.Scheme == "http" && to.Scheme == "https" && to.Host == from.Hostname()
	switch {
	case to.User == nil && (same || secured):
		return to, nil
	case from.Scheme == "https" && to.Scheme == "http" && to.Hostname() == from.Hostname():
		return nil, errors.New("it redirects from https to http")
	}
	return nil, fmt.Errorf("it redirects to another host; if that is the site, name %s", short(to.Scheme+"://"+to.Host))
}

// get makes one request within the site's bounds.
func (s *Site) get(ctx context.Context, u *url.URL, method string, headers map[string]string) (*Response, error) {
	most, err := s.begin()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", u, err)
	}
	timed, cancel := context.WithTimeout(ctx, s.o.Time)
	defer cancel()
	r, err := s.do(timed, u, method, headers, most)
	if err == nil {
		return r, nil
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // it says the address a second time
	}
	if ctx.Err() == nil && timed.Err() != nil {
		err = fmt.Errorf("there is no whole answer within %s", s.o.Time.Round(time.Millisecond))
	}
	return nil, fmt.Errorf("%s: %w", u, err)
}

func (s *Site) do(ctx context.Context, u *url.URL, method string, headers map[string]string, most int64) (*Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "allclear")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := s.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	s.spend(int64(len(body)))
	if err == nil && int64(len(body)) > most {
		err = fmt.Errorf("%w: it has more than %d bytes", ErrTooLarge, most)
	}
	return &Response{URL: u.String(), Status: response.StatusCode, Body: body, header: response.Header}, err
}

// begin counts a request, and says how many bytes its answer may have.
func (s *Site) begin() (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.requests == s.o.Requests {
		return 0, fmt.Errorf("%w: %d", ErrTooManyRequests, s.o.Requests)
	}
	s.requests++
	if s.bytes >= s.o.Total {
		return 0, fmt.Errorf("%w: all of them have more than %d bytes", ErrTooLarge, s.o.Total)
	}
	return min(s.o.Answer, s.o.Total-s.bytes), nil
}

func (s *Site) spend(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bytes += n
}
