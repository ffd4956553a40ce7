package preview

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
)

// ports is how many ports are tried where the default is taken.
const ports = 20

// ParseAddr reads an address to listen on, "127.0.0.1:8080", "localhost:8080"
// or "[::1]:8080"; port 0 is any that is free. The preview is for this machine
// alone, so any other host is an error.
func ParseAddr(text string) (netip.AddrPort, error) {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("%q is no address; write it as 127.0.0.1:8080", text)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("%q is no port; write a number up to 65535", port)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.IsLoopback() {
		return netip.AddrPort{}, fmt.Errorf("%q is not this machine alone; the preview listens on 127.0.0.1 or [::1], and `allclear build` makes a site for others", host)
	}
	return netip.AddrPortFrom(ip.Unmap(), uint16(number)), nil
}

// listen takes the address, or where it may one of the ports after it.
func listen(o Options) (net.Listener, error) {
	addr, err := ParseAddr(o.Addr)
	if err != nil {
		return nil, err
	}
	listener, first := net.Listen("tcp", addr.String())
	if first == nil {
		return listener, nil
	}
	if o.NextPort {
		for next := range uint16(ports) {
			port := addr.Port() + 1 + next
			listener, err := net.Listen("tcp", netip.AddrPortFrom(addr.Addr(), port).String())
			if err == nil {
				o.Note(fmt.Sprintf("port %d is taken; using %d", addr.Port(), port))
				return listener, nil
			}
		}
	}
	return nil, fmt.Errorf("can't listen on %s: %w; name another address with --addr", addr, first)
}
