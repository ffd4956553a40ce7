package preview

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
)

// nextPorts is how many ports are tried if the default one is taken.
const nextPorts = 20

// ParseAddr parses an address to listen on, "127.0.0.1:8080", "localhost:8080" or
// "[::1]:8080"; port 0 is any free one. A host other than loopback is an error,
// since the preview is only for this machine.
func ParseAddr(text string) (netip.AddrPort, error) {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("%q is not an address; write it as 127.0.0.1:8080", text)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("%q is not a port; write a number up to 65535", port)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.IsLoopback() {
		return netip.AddrPort{}, fmt.Errorf("%q is not a loopback address; the preview listens only on 127.0.0.1 or [::1]; to publish a site, use `allclear build`", host)
	}
	return netip.AddrPortFrom(ip.Unmap(), uint16(number)), nil
}

// listen listens on the address, or on one of the next ports if NextPort is set.
func listen(o Options) (net.Listener, error) {
	addr, err := ParseAddr(o.Addr)
	if err != nil {
		return nil, err
	}
	listener, taken := net.Listen("tcp", addr.String())
	if taken == nil {
		return listener, nil
	}
	if o.NextPort {
		for next := range uint16(nextPorts) {
			port := addr.Port() + 1 + next
			listener, err := net.Listen("tcp", netip.AddrPortFrom(addr.Addr(), port).String())
			if err == nil {
				o.Note(fmt.Sprintf("port %d is taken; using %d", addr.Port(), port))
				return listener, nil
			}
		}
	}
	return nil, fmt.Errorf("can't listen on %s: %w; choose another address with --addr", addr, taken)
}
