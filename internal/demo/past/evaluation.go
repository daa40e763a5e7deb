package past

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/evaluation"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/store"
)

// remarks are what some write of what they take part in.
var remarks = []string{"Det är lugnt här, ingen skyndar på mig.", "Jag vill gärna prata mer och lyssna mindre.", "Fikat gör mycket.", "Bra att man får gå när det blir för mycket.", "Jag förstår mer svenska nu.", "Rummet är kallt."}

// evaluations lets most of those who have a place say what they think of it, on the last day of the month before, and those who have stepped
// out on the day before they did.
func (p *player) evaluations(ctx context.Context) error {
	me, err := p.first(ctx)
	if err != nil {
		return err
	}
	type seat struct {
		who   id.Person
		place place.ID
		to    clock.Date
	}
	var seats []seat
	err = p.Org.Store.Read(ctx, func(tx *store.Tx) error {
		seats, err = store.All(ctx, tx, store.Q(`SELECT person_id, place_id, to_on FROM place WHERE area_id = $1 AND unit_id = $2 AND state = 'held' ORDER BY activity_id, place_id`),
			[]any{demo.AreaID, p.place.Units[p.unit]}, func(r *store.Cursor) (x seat, err error) {
				err = r.Scan(&x.who, &x.place, &x.to)
				return x, err
			})
		return err
	})
	for i, x := range seats {
		if err != nil {
			return err
		}
		if x.who == me {
			continue
		}
		err = p.Org.Store.Write(ctx, func(tx *store.Tx) error {
			d := day{p, tx, p.Until.Date().Month().Add(-1)}
			if x.to != "" {
				d.today = min(d.today, x.to.Add(-1))
			}
			karin, err := d.as(ctx, p.leader)
			if err != nil {
				return err
			}
			f := evaluation.Form{Answers: [3]string{"yes", "yes", evaluation.Words[i%7/3]}, Show: true}
			if i%5 == 0 {
				f.Line = remarks[i/5%len(remarks)]
			}
			return (&evaluation.Desk{Store: d.db()}).Answer(ctx, karin, x.who, x.place, evaluation.AtTable, f)
		})
		if fault.Of(err) != nil { // they came later than that, or cannot be asked
			err = nil
		}
	}
	return err
}
