package schedule_test

import (
	"fmt"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// full gives a schedule of a thousand occasions a week for eight weeks.
func full(b *testing.B) (plant, *access.Actor) {
	p := planted(b, storetest.Open(b, storetest.SQLite(b)))
	karin := p.Actor(b, "karin")
	room, lena := p.rooms["Sal Bryggan"], p.Place.Posts["lena"]
	r := p.six()
	r.To = r.From.Add(7 * 8)
	run, err := p.d.Plan(b.Context(), karin, r, []schedule.Turn{p.turn(1, "09:00", "10:00", "Sal Bryggan", "lena")})
	must(b, err)
	turn := p.occasions(b, 7)[0].Turn
	must(b, p.Store.Write(b.Context(), func(tx *store.Tx) error {
		for i := range 8 * 1000 {
			at := fmt.Sprintf("%02d:00", 8+i%9)
			_, err := tx.Exec(b.Context(), store.Q(`INSERT INTO occasion (area_id, occasion_id, unit_id, run_id, turn_id, activity_id, on_date, at, until, zone,
			 room_id, leaders, state, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'planned', 1)`), karin.Area(), int64(i+1), karin.Unit(), run, turn,
				p.talk, string(karin.Today().Add(i/1000*7+i%5)), at, at[:3]+"45", schedule.Zone, room, lena.String())
			if err != nil {
				return err
			}
		}
		return nil
	}))
	return p, karin
}

func BenchmarkWeekOfAThousandOccasions(b *testing.B) {
	p, karin := full(b)
	for b.Loop() {
		must(b, p.Store.Read(b.Context(), func(tx *store.Tx) error {
			list, err := schedule.Occasions(b.Context(), tx, karin, clock.Span{From: karin.Today(), To: karin.Today().Add(7)})
			if len(list) < 1000 {
				b.Fatal(len(list))
			}
			return err
		}))
	}
}

func BenchmarkEightWeeksAheadOfAThousandOccasionsEach(b *testing.B) {
	p, karin := full(b)
	for b.Loop() {
		must(b, p.Store.Read(b.Context(), func(tx *store.Tx) error {
			_, err := schedule.Ahead(b.Context(), tx, karin, karin.Today(), 8)
			return err
		}))
	}
}

func BenchmarkTryARunInAFullHouse(b *testing.B) {
	p, karin := full(b)
	samar := []schedule.Turn{{Weekday: 2, At: "13:00", Until: "15:00", Room: p.rooms["Sal Slussporten"], Leaders: []id.Post{p.Place.Posts["samar"]}}}
	for b.Loop() {
		x, err := p.d.Try(b.Context(), karin, p.six(), samar)
		must(b, err)
		if len(x.Clashes) > 0 {
			b.Fatal(x.Clashes)
		}
	}
}
