package public

import (
	"fmt"
	"testing"

	"sluss/internal/clock"
)

func TestOneAddressSendsSoManyFormsAndThenWaits(t *testing.T) {
	var l limit
	now := clock.Instant(1e12)
	for i := range mostForms {
		if !l.allow("192.0.2.1", now) {
			t.Fatalf("form %d refused", i+1)
		}
	}
	if l.allow("192.0.2.1", now) {
		t.Error("one too many taken")
	}
	if !l.allow("192.0.2.2", now) {
		t.Error("another address refused")
	}
	if !l.allow("192.0.2.1", now.Add(formsWithin)) {
		t.Error("refused after the time")
	}
	if len(l.forms) != 1 {
		t.Errorf("%d marks are kept after the time", len(l.forms))
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
	var l limit
	for i := range mostAddresses {
		l.allow(fmt.Sprint("a", i), 1)
	}
	if l.allow("b", 1) || !l.allow("a1", 1) {
		t.Error("a new address is taken, or an old one refused")
	}
}
