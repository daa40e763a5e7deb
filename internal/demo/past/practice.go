package past

import (
	"context"

	"sluss/internal/practice"
	"sluss/internal/store"
)

// practiced has omar write how they work, and five months later what they changed and why.
func (p *player) practiced(ctx context.Context) error {
	until := p.Until.Date()
	const before = `När någon uteblir ringer coachen efter en vecka.
Vi pratar om varför, och bokar en ny tid.
Efter tre uteblivna tider skickar vi brev.`
	const now = `När någon uteblir ringer den som väntade samma dag, före klockan tre.
Vi frågar hur det är. Vi frågar inte varför.
Svarar ingen skickar vi ett sms, och ringer igen dagen efter.
Efter två veckor utan kontakt tar coachen upp det på måndagsmötet. Ingen skrivs ut för att vi inte har fått tag i dem.`
	return p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		for i, v := range []struct {
			ago int
			practice.Draft
		}{
			{170, practice.Draft{Holds: before}},
			{16, practice.Draft{Holds: now, Changed: `Vi ringer samma dag i stället för efter en vecka. Flera deltagare berättade att en vecka var lång: ju längre de var borta, desto svårare var det att komma tillbaka.
Breven är borta. De kändes som en varning.`}},
		} {
			omar, err := day{p, tx, until.Add(-v.ago)}.as(ctx, "omar")
			if err != nil {
				return err
			}
			v.From, v.Seen = omar.Today(), i
			if err := (&practice.Desk{Store: p.Org.Store.In(tx)}).Write(ctx, omar, v.Draft); err != nil {
				return err
			}
		}
		return nil
	})
}
