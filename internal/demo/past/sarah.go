package past

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/sarah"
	"sluss/internal/store"
)

// reports has lena report two things that have gone wrong: one that is closed, and one that the head has begun to look into.
func (p *player) reports(ctx context.Context) error {
	until := p.Until.Date()
	return p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		first, err := day{p, tx, until.Add(-60)}.reported(ctx, sarah.Form{Happened: until.Add(-61), Words: sarah.Words{
			What: "En deltagare i rullstol kom inte ut när larmet gick. Dörren till gården var låst.", Led: "Ingen skadades, men personen blev rädd.", Done: "Vi låste upp och ställde en av oss vid dörren."}})
		if err != nil {
			return err
		}
		for i, s := range []sarah.StepForm{{State: sarah.Looking, Words: "Jag har gått igenom vägarna ut med fastighetsskötaren."}, {State: sarah.Measures, Words: "Låset är bytt mot ett som öppnas inifrån. Vi övar utrymning två gånger om året."},
			{State: sarah.Closed, Words: "Dörren går nu att öppna inifrån utan nyckel. Det var inte allvarligt nog att anmäla. Tack för att du sa till."}} {
			if err := (day{p, tx, until.Add(-58 + 9*i)}).looked(ctx, first, i+1, s); err != nil {
				return err
			}
		}
		second, err := day{p, tx, until.Add(-4)}.reported(ctx, sarah.Form{Words: sarah.Words{What: "Brev med kallelser låg framme på kopiatorn över helgen.", Done: "Jag lade dem i ett låst skåp."}, Happened: until.Add(-6)})
		if err != nil {
			return err
		}
		return day{p, tx, until.Add(-1)}.looked(ctx, second, 1, sarah.StepForm{State: sarah.Looking, Words: "Jag ser efter i loggen vem som skrev ut, och varför de blev liggande."})
	})
}

func (d day) reported(ctx context.Context, f sarah.Form) (r sarah.ID, err error) {
	var lena *access.Actor
	if lena, err = d.as(ctx, "lena"); err == nil {
		r, err = (&sarah.Desk{Store: d.db()}).Make(ctx, lena, f)
	}
	return r, err
}

func (d day) looked(ctx context.Context, r sarah.ID, version int, s sarah.StepForm) error {
	omar, err := d.as(ctx, "omar")
	if err != nil {
		return err
	}
	return (&sarah.Desk{Store: d.db()}).Step(ctx, omar, r, version, s)
}
