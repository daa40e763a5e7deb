package public

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"sluss/internal/clock"
)

// How many forms are taken from one network address, and in how long; of how many addresses at a time.
const (
	mostForms     = 10
	formsWithin   = 10 * time.Minute
	mostAddresses = 10_000
)

// limit counts forms by address. It keeps no address: a mark by a key that is made anew, and all marks thrown away, each
// time the span of time is over.
type limit struct {
	mu    sync.Mutex
	ends  clock.Instant
	key   [32]byte
	forms map[[32]byte]int
}

// allow counts a form from an address, and tells whether it may be taken.
func (l *limit) allow(from string, now clock.Instant) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.forms == nil || now >= l.ends {
		_, _ = rand.Read(l.key[:])
		l.forms, l.ends = map[[32]byte]int{}, now.Add(formsWithin)
	}
	h := hmac.New(sha256.New, l.key[:])
	h.Write([]byte(network(from)))
	mark := [32]byte(h.Sum(nil))
	if l.forms[mark] == 0 && len(l.forms) >= mostAddresses {
		return false
	}
	l.forms[mark]++
	return l.forms[mark] <= mostForms
}

// network is what one subscriber has: an address, or of the newer kind a whole net of them.
func network(from string) string {
	a, err := netip.ParseAddr(from)
	if err != nil || a.Unmap().Is4() {
		return from
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return from
	}
	return p.String()
}
