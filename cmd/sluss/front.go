package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"
)

// front is the checked way in: where to listen, by which protocol, and whom to hear.
type front struct {
	listen  string
	secure  bool // browsers come by TLS, here or at the proxy
	tls     *tls.Config
	proxies []netip.Prefix
}

// check says what is wrong with the way in. Without TLS, or a named proxy that has it, only this machine is served.
func (s serving) check() (front, error) {
	f := front{secure: s.TLSCert != "" || len(s.Proxy) > 0}
	host, port, err := net.SplitHostPort(s.Listen)
	switch {
	case err != nil:
		return f, fmt.Errorf("--listen %s: %w", s.Listen, err)
	case (s.TLSCert == "") != (s.TLSKey == ""):
		return f, errors.New("--tls-cert and --tls-key belong together")
	case s.TLSCert != "" && len(s.Proxy) > 0:
		return f, errors.New("either --tls-cert or --proxy: a proxy in front has the certificate")
	case !f.secure && !loopback(s.Listen):
		return f, fmt.Errorf("--listen %s: without TLS only localhost is served; give --tls-cert and --tls-key, or --proxy", s.Listen)
	case f.secure && !strings.HasPrefix(s.Origin, "https://"):
		return f, errors.New("--origin must tell the address that browsers use, as https://sluss.example.se")
	}
	if err := checkOrigin(s.Origin); err != nil {
		return f, err
	}
	if f.listen = s.Listen; host == "localhost" {
		f.listen = net.JoinHostPort("127.0.0.1", port)
	}
	for _, p := range s.Proxy {
		prefix, err := netip.ParsePrefix(p)
		if err != nil {
			return f, fmt.Errorf("--proxy %s is not a network, as 10.0.0.5/32", p)
		}
		f.proxies = append(f.proxies, prefix)
	}
	if s.TLSCert != "" {
		f.tls, err = certificates(s.TLSCert, s.TLSKey)
	}
	return f, err
}

// loopback tells whether an address is reached from this machine only.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err == nil && (host == "localhost" || host == "127.0.0.1" || host == "::1")
}

// checkOrigin refuses an address without TLS that is not this machine's own: passkeys and cookies would not be safe.
func checkOrigin(origin string) error {
	if origin == "" {
		return nil
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Scheme != "https" && !(u.Scheme == "http" && u.Hostname() == "localhost") {
		return fmt.Errorf("--origin %s: write it as https://sluss.example.se, or http://localhost:8080 on this machine", origin)
	}
	return nil
}

// only lets in what comes by the way that was declared. Behind a proxy that is the proxy alone, telling of TLS; what it
// says of the client is believed only to count by, see client.
func (f front) only(next http.Handler) http.Handler {
	if len(f.proxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !f.trusts(r.RemoteAddr) || r.Header.Get("X-Forwarded-Proto") != "https" {
			http.Error(w, "this address is reached through its proxy, by https", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// client is the address that a request comes from: behind a proxy the one that the proxy itself has added.
func (f front) client(r *http.Request) string {
	if len(f.proxies) > 0 {
		list := r.Header.Values("X-Forwarded-For")
		if len(list) > 0 {
			hops := strings.Split(list[len(list)-1], ",")
			return strings.TrimSpace(hops[len(hops)-1])
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func (f front) trusts(remote string) bool {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return false
	}
	for _, p := range f.proxies {
		if p.Contains(at.Addr().Unmap()) {
			return true
		}
	}
	return false
}

// pair is a certificate on disk, read again when either file has changed.
type pair struct {
	cert, key string
	mu        sync.Mutex
	looked    time.Time
	changed   [2]time.Time
	now       *tls.Certificate
}

// lookAgain is how long a certificate is used before its files are looked at.
const lookAgain = time.Second

func certificates(cert, key string) (*tls.Config, error) {
	p := &pair{cert: cert, key: key}
	if _, err := p.get(); err != nil {
		return nil, err
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return p.get() }}, nil
}

// get gives the certificate. When new files do not fit together (one is written before the other) the old one serves on.
func (p *pair) get() (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now != nil && time.Since(p.looked) < lookAgain {
		return p.now, nil
	}
	p.looked = time.Now()
	changed, err := p.times()
	if err == nil && p.now != nil && changed == p.changed {
		return p.now, nil
	}
	var fresh tls.Certificate
	if err == nil {
		fresh, err = tls.LoadX509KeyPair(p.cert, p.key)
	}
	if err != nil && p.now != nil {
		return p.now, nil
	}
	if err != nil {
		return nil, err
	}
	p.now, p.changed = &fresh, changed
	return p.now, nil
}

func (p *pair) times() (t [2]time.Time, err error) {
	for i, file := range []string{p.cert, p.key} {
		info, err := os.Stat(file)
		if err != nil {
			return t, err
		}
		t[i] = info.ModTime()
	}
	return t, nil
}
