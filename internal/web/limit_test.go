package web

import (
	"fmt"
	"testing"
	"time"

	"sluss/internal/clock"
)

// few is what the tests let in.
var few = Rate{Most: 10, Within: 10 * time.Minute}

func TestOneAddressSendsSoManyFormsAndThenWaits(t *testing.T) {
	var l Limit
	now := clock.Instant(1e12)
	for i := range few.Most {
		if !l.Allow("192.0.2.1", now, few) {
			t.Fatalf("form %d refused", i+1)
		}
	}
	if l.Allow("192.0.2.1", now, few) {
		t.Error("one too many taken")
	}
	if !l.Allow("192.0.2.2", now, few) {
		t.Error("another address refused")
	}
	if !l.Allow("192.0.2.1", now.Add(few.Within), few) {
		t.Error("refused after the time")
	}
	if len(l.taken) != 1 {
		t.Errorf("%d marks are kept after the time", len(l.taken))
	}
}

func TestOneNetOfTheNewerKindIsOneAddress(t *testing.T) {
	if a, b := network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"); a != b {
		t.Error(a, b)
	}
	if network("2001:db8:1:2::1") == network("2001:db8:1:3::1") || network("::ffff:192.0.2.1") == network("::ffff:192.0.2.2") {
		t.Error("two are one")
	}
}

func TestNoMoreAddressesAreCountedThanThereIsRoomFor(t *testing.T) {
	var l Limit
	for i := range mostAddresses {
		l.Allow(fmt.Sprint("a", i), 1, few)
	}
	if l.Allow("b", 1, few) || !l.Allow("a1", 1, few) {
		t.Error("a new address is taken, or an old one refused")
	}
}

func TestWhatIsForgivenIsNotCountedAndACrowdLetsNewOnesIn(t *testing.T) {
	var l Limit
	for range 5 * few.Most {
		if !l.Allow("192.0.2.1", 1, few) {
			t.Fatal("what was forgiven is counted")
		}
		l.Forgive("192.0.2.1")
	}
	for i := range mostAddresses {
		l.Allow(fmt.Sprint("a", i), 1, few)
	}
	if !l.Allow("b", 1, Rate{Most: 1, Within: few.Within, Crowd: true}) {
		t.Error("many addresses shut a new one out")
	}
}
