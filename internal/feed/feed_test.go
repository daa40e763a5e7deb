package feed_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/feed"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// read is what a program that knows nothing of this one makes of a calendar.
func read(t *testing.T, text []byte) []ical.Event {
	t.Helper()
	if bytes.Contains(bytes.ReplaceAll(text, []byte("\r\n"), nil), []byte("\n")) {
		t.Error("a line does not end as it should")
	}
	for line := range bytes.SplitSeq(text, []byte("\r\n")) {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	c, err := ical.NewDecoder(bytes.NewReader(text)).Decode()
	must(t, err)
	return c.Events()
}

func TestAnotherProgramReadsTheSameTimesOnBothSidesOfSummerTime(t *testing.T) {
	title := `Köket; "åäö", ` + strings.Repeat("långt namn ", 12) + `\n`
	list := read(t, feed.Calendar("Mina tider", clock.Instant(demotest.Monday.UnixMilli()), []feed.Event{
		{UID: "o1@x", On: "2026-10-24", At: "09:00", Until: "11:00", Title: title, Sequence: 3},
		{UID: "o2@x", On: "2026-10-26", At: "09:00", Until: "11:00", Title: "Tid", Cancelled: true},
	}))
	if len(list) != 2 {
		t.Fatalf("%d events", len(list))
	}
	for i, want := range []struct{ from, until string }{{"2026-10-24T07:00:00Z", "2026-10-24T09:00:00Z"}, {"2026-10-26T08:00:00Z", "2026-10-26T10:00:00Z"}} {
		from, err := list[i].DateTimeStart(nil)
		must(t, err)
		until, err := list[i].DateTimeEnd(nil)
		must(t, err)
		if got := from.UTC().Format(time.RFC3339); got != want.from || until.UTC().Format(time.RFC3339) != want.until {
			t.Errorf("from %s until %s, want %+v", got, until.UTC(), want)
		}
	}
	if got, err := list[0].Props.Text(ical.PropSummary); err != nil || got != title {
		t.Errorf("the title came back as %q, %v", got, err)
	}
	if s, _ := list[1].Status(); s != ical.EventCancelled || list[0].Props.Get(ical.PropSequence).Value != "3" {
		t.Errorf("status %s, sequence %v", s, list[0].Props.Get(ical.PropSequence))
	}
}

// get reads the calendar of an address as its owner.
func get(t *testing.T, w *demotest.World, in *signin.Desk, token string) (text []byte, err error) {
	t.Helper()
	actor, err := in.FindFeed(t.Context(), token, "test")
	if err != nil {
		return nil, err
	}
	actor.Declare(feed.Need, 1)
	err = w.Store.Read(t.Context(), func(tx *store.Tx) error {
		list, err := feed.Of(t.Context(), tx, actor, feed.Titles{Time: "Tid", Meeting: "Möte", Activity: "Aktivitet", Talk: "Samtal"}, "sv")
		text = feed.Calendar("Mina tider", actor.Now(), list)
		return err
	})
	return text, err
}

func TestAFeedTellsWhenAndNothingElse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		in, ctx, karin := &signin.Desk{Store: s, Vault: w.Vault, Clock: w.Clock()}, t.Context(), w.Actor(t, "karin")
		who := w.Participant(t, "karin", "lena", "Samira", "Haddad")
		plan := &schedule.Desk{Store: s}
		x, err := (&activity.Desk{Store: s}).Add(ctx, karin, activity.Type{Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Må bra i vardagen", Purpose: "Att orka"}}}, "Den behövs")
		must(t, err)
		must(t, (&activity.Desk{Store: s}).Decide(ctx, karin, x, 1, activity.Runs, "Nu"))
		run, err := plan.Plan(ctx, karin, schedule.Run{Activity: x, Entry: schedule.Rolling, From: karin.Today(), To: karin.Today().Add(21), Weeks: 1, Places: 8},
			[]schedule.Turn{{Weekday: time.Tuesday, At: "09:00", Until: "11:00", Leaders: []id.Post{w.Place.Posts["lena"]}}})
		must(t, err)
		places := &place.Desk{Store: s}
		k, err := places.Wish(ctx, karin, who, x, "")
		must(t, err)
		must(t, places.Offer(ctx, karin, who, k, 1, place.Offer{Run: run, From: karin.Today()}))
		must(t, places.Answer(ctx, karin, who, k, 2, true))
		_, err = (&contact.Desk{Store: s}).Plan(ctx, w.Actor(t, "lena"), who, contact.Form{On: karin.Today().Add(3), At: "10:00", How: "here", About: "Om ekonomin"})
		must(t, err)
		mine, err := in.RenewFeed(ctx, w.Themself(t, who))
		must(t, err)
		hers, err := in.RenewFeed(ctx, w.Actor(t, "lena"))
		must(t, err)

		text, err := get(t, w, in, mine)
		must(t, err)
		before := read(t, text)
		for _, secret := range []string{"Samira", "Haddad", "Lena", "bra", "ekonomi", "Vuxenslussen", "Sluss:", "LOCATION", "DESCRIPTION"} {
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("the person's calendar tells of %s", secret)
			}
		}
		if len(before) != 4 {
			t.Errorf("%d times in the person's calendar", len(before))
		}
		if text, err = get(t, w, in, hers); err != nil || bytes.Contains(text, []byte("Samira")) || bytes.Contains(text, []byte("ekonomi")) || len(read(t, text)) != 4 {
			t.Errorf("the worker's calendar: %v\n%s", err, text)
		}

		var first schedule.Occasion
		must(t, s.Read(ctx, func(tx *store.Tx) error {
			list, err := schedule.Occasions(ctx, tx, karin, clock.Span{From: karin.Today(), To: clock.Forever})
			first = list[0]
			return err
		}))
		must(t, plan.Cancel(ctx, karin, first.ID, first.Version, false, "Studiebesök"))
		text, err = get(t, w, in, mine)
		must(t, err)
		after := read(t, text)
		if st, _ := after[0].Status(); len(after) != len(before) || st != ical.EventCancelled || after[0].Props.Get(ical.PropUID).Value != before[0].Props.Get(ical.PropUID).Value ||
			after[0].Props.Get(ical.PropSequence).Value <= before[0].Props.Get(ical.PropSequence).Value {
			t.Errorf("what was called off is not the same thing, changed and called off:\n%s", text)
		}

		again, err := in.RenewFeed(ctx, w.Themself(t, who))
		must(t, err)
		if _, err := get(t, w, in, mine); !fault.Is(err, fault.NotFound) {
			t.Errorf("the address before still opens: %v", err)
		}
		for _, wrong := range []string{"", "x", again + "x", again[:len(again)-1]} {
			if _, err := get(t, w, in, wrong); !fault.Is(err, fault.NotFound) {
				t.Errorf("%q opens: %v", wrong, err)
			}
		}
		must(t, s.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(ctx, store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, who)
			return err
		}))
		if _, err := get(t, w, in, again); !fault.Is(err, fault.NotFound) {
			t.Errorf("the calendar of one who is protected opens: %v", err)
		}
		if _, err := in.RenewFeed(ctx, w.Themself(t, who)); !fault.Is(err, fault.Conflict) {
			t.Errorf("one who is protected gets an address: %v", err)
		}
		must(t, in.CloseFeed(ctx, w.Actor(t, "lena")))
		if _, err := get(t, w, in, hers); !fault.Is(err, fault.NotFound) {
			t.Errorf("a closed address opens: %v", err)
		}
	})
}
