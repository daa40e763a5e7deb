package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"sluss/internal/clock"
)

// Rate is how much is taken from one network address, and in how long.
type Rate struct {
	Most   int
	Within time.Duration
	Crowd  bool // whether a new address is let in when there is no room to count more of them
}

const mostAddresses = 10_000

// Limit counts what comes, by address. It keeps no address: a mark by a key that is made anew, and all marks thrown away,
// each time the span of time is over. The zero Limit is ready.
type Limit struct {
	mu    sync.Mutex
	ends  clock.Instant
	key   [32]byte
	taken map[[32]byte]int
}

// Allow counts one more from an address, and tells whether it may be taken.
func (l *Limit) Allow(from string, now clock.Instant, r Rate) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.taken == nil || now >= l.ends {
		_, _ = rand.Read(l.key[:])
		l.taken, l.ends = map[[32]byte]int{}, now.Add(r.Within)
	}
	m := l.mark(from)
	if l.taken[m] == 0 && len(l.taken) >= mostAddresses {
		return r.Crowd
	}
	l.taken[m]++
	return l.taken[m] <= r.Most
}

// Forgive takes back what Allow counted last of an address: it was no burden.
func (l *Limit) Forgive(from string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if m := l.mark(from); l.taken[m] > 0 {
		l.taken[m]--
	}
}

func (l *Limit) mark(from string) [32]byte {
	h := hmac.New(sha256.New, l.key[:])
	h.Write([]byte(network(from)))
	return [32]byte(h.Sum(nil))
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
