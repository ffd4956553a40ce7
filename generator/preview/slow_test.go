package preview

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// withLimits serves a handler on a free port until the test ends.
func withLimits(t *testing.T, h http.Handler, l limits) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	t.Cleanup(func() {
		stop()
		running.Wait()
	})
	serve(ctx, &running, listener, h, l)
	return listener.Addr().String()
}

// connect opens a connection and sends the beginning of a request.
func connect(t *testing.T, addr, beginning string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := io.WriteString(c, beginning); err != nil {
		t.Fatal(err)
	}
	return c
}

// awaitEnd fails if the other side does not end a connection.
func awaitEnd(t *testing.T, c net.Conn) {
	t.Helper()
	if err := c.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	_, err := io.Copy(io.Discard, c)
	if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
		t.Error("the connection does not end")
	}
}

var hello = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") })

func TestAThousandSlowConnectionsKeepNobodyWaitingAndEnd(t *testing.T) {
	addr := withLimits(t, hello, limits{request: 2 * time.Second, response: time.Minute, idle: time.Minute})
	var slow []net.Conn
	for i := range 1000 {
		beginnings := []string{"", "GET", "GET / HTTP/1.1\r\nHost: " + addr + "\r\nX-Slow: ", "GET / HTTP/1.1\r\nHost: " + addr + "\r\nContent-Length: 1000000\r\n\r\n"}
		slow = append(slow, connect(t, addr, beginnings[i%len(beginnings)]))
	}
	response, err := http.Get("http://" + addr)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); string(body) != "hello" || err != nil {
		t.Errorf("the response is %q, %v", body, err)
	}
	for _, c := range slow {
		awaitEnd(t, c)
	}
}

func TestAnIdleConnectionEnds(t *testing.T) {
	addr := withLimits(t, hello, limits{request: time.Minute, response: time.Minute, idle: 50 * time.Millisecond})
	awaitEnd(t, connect(t, addr, "GET / HTTP/1.1\r\nHost: "+addr+"\r\n\r\n"))
}

func TestAReaderThatStopsReadingIsLeft(t *testing.T) {
	left := make(chan error, 1)
	large := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for data := bytes.Repeat([]byte("a"), 1<<20); ; {
			if _, err := w.Write(data); err != nil {
				left <- err
				return
			}
		}
	})
	addr := withLimits(t, large, limits{request: time.Minute, response: 200 * time.Millisecond, idle: time.Minute})
	connect(t, addr, "GET / HTTP/1.1\r\nHost: "+addr+"\r\n\r\n")
	select {
	case <-left:
	case <-time.After(time.Minute):
		t.Error("the preview still waits for the reader")
	}
}

func TestHugeHeadersAreRefused(t *testing.T) {
	addr := withLimits(t, hello, usualLimits)
	c := connect(t, addr, "GET / HTTP/1.1\r\nHost: "+addr+"\r\nX-Large: "+string(bytes.Repeat([]byte("a"), 2*maxHeader)))
	line := make([]byte, len("HTTP/1.1 431"))
	if _, err := io.ReadFull(c, line); err != nil || string(line) != "HTTP/1.1 431" {
		t.Errorf("the response is %q, %v", line, err)
	}
}
