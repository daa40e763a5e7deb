package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestServeIsOnlyForThisMachineWithoutTLS(t *testing.T) {
	const origin = "https://sluss.example.se"
	cert, key := certificate(t, t.TempDir(), 1)
	for _, c := range []struct {
		what string
		s    serving
		ok   bool
	}{
		{"this machine", serving{Listen: "localhost:8080"}, true},
		{"this machine by number", serving{Listen: "127.0.0.1:0"}, true},
		{"every network", serving{Listen: ":8080"}, false},
		{"every network by number", serving{Listen: "0.0.0.0:8080"}, false},
		{"a name", serving{Listen: "sluss.example.se:80", Origin: origin}, false},
		{"TLS", serving{Listen: ":443", Origin: origin, TLSCert: cert, TLSKey: key}, true},
		{"TLS without an address for browsers", serving{Listen: ":443", TLSCert: cert, TLSKey: key}, false},
		{"TLS with half a pair", serving{Listen: ":443", Origin: origin, TLSCert: cert}, false},
		{"a proxy", serving{Listen: ":8080", Origin: origin, Proxy: []string{"10.0.0.5/32"}}, true},
		{"a proxy that is no network", serving{Listen: ":8080", Origin: origin, Proxy: []string{"proxy"}}, false},
		{"a proxy without an address for browsers", serving{Listen: ":8080", Proxy: []string{"10.0.0.5/32"}}, false},
		{"an address for browsers in clear", serving{Listen: "localhost:1", Origin: "http://sluss.example.se"}, false},
		{"an address for browsers with a path", serving{Listen: "localhost:1", Origin: origin + "/x"}, false},
	} {
		if _, err := c.s.check(); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

func TestProxyAloneIsHeardAndOnlyByTLS(t *testing.T) {
	f, err := serving{Listen: ":8080", Origin: "https://sluss.example.se", Proxy: []string{"10.0.0.0/24", "fd00::/8"}}.check()
	if err != nil {
		t.Fatal(err)
	}
	h := f.only(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	for _, c := range []struct {
		from, proto string
		want        int
	}{
		{"10.0.0.7:4711", "https", http.StatusTeapot},
		{"[::ffff:10.0.0.7]:4711", "https", http.StatusTeapot},
		{"[fd00::1]:4711", "https", http.StatusTeapot},
		{"10.0.0.7:4711", "http", http.StatusForbidden},
		{"10.0.0.7:4711", "", http.StatusForbidden},
		{"10.0.1.7:4711", "https", http.StatusForbidden},
		{"127.0.0.1:4711", "https", http.StatusForbidden},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.from
		r.Header.Set("X-Forwarded-For", "10.0.0.7")
		r.Header.Set("X-Forwarded-Proto", c.proto)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != c.want {
			t.Errorf("from %s by %q: %d, not %d", c.from, c.proto, w.Code, c.want)
		}
	}
}

func TestChangedCertificateIsUsedAndABrokenOneIsNot(t *testing.T) {
	dir := t.TempDir()
	cert, key := certificate(t, dir, 1)
	p := &pair{cert: cert, key: key}
	if got := number(t, p); got != 1 {
		t.Fatalf("serves certificate %d", got)
	}
	certificate(t, dir, 2)
	later := time.Now().Add(time.Hour)
	for _, f := range []string{cert, key} {
		if err := os.Chtimes(f, later, later); err != nil {
			t.Fatal(err)
		}
	}
	p.looked = time.Time{}
	if got := number(t, p); got != 2 {
		t.Errorf("after a change it serves certificate %d", got)
	}
	if err := os.WriteFile(cert, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.looked = time.Time{}
	if got := number(t, p); got != 2 {
		t.Errorf("with a broken file it serves certificate %d", got)
	}
}

func number(t *testing.T, p *pair) int64 {
	t.Helper()
	c, err := p.get()
	if err != nil {
		t.Fatal(err)
	}
	x, err := x509.ParseCertificate(c.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	return x.SerialNumber.Int64()
}

// certificate writes a certificate of its own making with a number, for localhost.
func certificate(t *testing.T, dir string, n int64) (cert, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	tpl := &x509.Certificate{SerialNumber: big.NewInt(n), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, tpl, tpl, k.Public(), k)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for file, b := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: raw}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}
