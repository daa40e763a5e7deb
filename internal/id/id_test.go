package id_test

import (
	"sync"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/id"
)

const now clock.Instant = 1791787200000

func TestIdsOfOneInstantGrowAndNeverRepeat(t *testing.T) {
	last := id.NewPerson(now)
	for i := range 50000 {
		p := id.NewPerson(now)
		if p <= last {
			t.Fatalf("id %d of the instant is %s, not above %s", i, p, last)
		}
		last = p
	}
}

func TestAnIdOfLongAgoStaysThere(t *testing.T) {
	late, early := id.NewPerson(now), id.NewPerson(now-3600_000)
	if early >= late {
		t.Error("an id of an hour ago is above one of now")
	}
}

func TestIdsNeverRepeatWhenTheClockGoesBackAndForthAmongDays(t *testing.T) {
	const day = 24 * 3600_000
	seen := map[id.Person]bool{}
	for i := range 60000 {
		p := id.NewPerson(now + clock.Instant(i%3)*day)
		if seen[p] {
			t.Fatalf("id %d, %s, was made before", i, p)
		}
		seen[p] = true
	}
}

func TestAMillisecondThatIsFullGoesOnInTheNext(t *testing.T) {
	const day = 24 * 3600_000
	var last id.Person
	for i := range 1<<22 + 1000 {
		p := id.NewPerson(now)
		if p <= last {
			t.Fatalf("id %d of the instant is %s, not above %s", i, p, last)
		}
		last = p
		id.NewPerson(now + day)
	}
}

func TestIdsMadeAtOnceAreDifferent(t *testing.T) {
	var seen sync.Map
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5000 {
				if _, twice := seen.LoadOrStore(id.NewPerson(now), true); twice {
					t.Error("the same id twice")
				}
			}
		})
	}
	all.Wait()
}

func TestOnlyWhatStringWroteIsAnId(t *testing.T) {
	p := id.NewPerson(now)
	var q id.Person
	if err := q.UnmarshalText([]byte(p.String())); err != nil || q != p {
		t.Errorf("%s came back as %s, %v", p, q, err)
	}
	for _, s := range []string{"", "0", "-1", "+1", "01", "A1", "zz", "7 ", " 7", "7\x00", "77777777777777", "١"} {
		if err := q.UnmarshalText([]byte(s)); err == nil {
			t.Errorf("%q is taken for an id", s)
		}
	}
}
