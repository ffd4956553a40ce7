package web

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"syscall"
)

// dialTo connects to a host with the guarded dialer, and to a proxy with the other.
func dialTo(host string, guarded, other *net.Dialer) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if name, _, err := net.SplitHostPort(address); err == nil && strings.EqualFold(name, host) {
			return guarded.DialContext(ctx, network, address)
		}
		return other.DialContext(ctx, network, address)
	}
}

// mayConnect refuses a connection to an address that the name of a host on the web
// never has. A host that is given as such an address is meant so.
func mayConnect(host string) func(network, address string, _ syscall.RawConn) error {
	_, err := netip.ParseAddr(host)
	meant := err == nil || ownComputer(host)
	return func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		ip := to.Addr().Unmap()
		if !meant && (ip.IsLoopback() || ip.IsUnspecified() || ip.IsLinkLocalUnicast() || ip.IsMulticast()) {
			return fmt.Errorf("the name leads to %s, which is no address of a site", ip)
		}
		return nil
	}
}
