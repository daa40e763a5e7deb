package past

import (
	"context"
	"strings"

	"sluss/internal/document"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// certificate is what an invented file holds.
const certificate = "Intyg\n\nDen här personen har deltagit i sfi, kurs C, och har läst klart den.\n\nEkhamra vuxenutbildning\n"

// documents keeps a file with the person whom one can be in the demo, and with some of lena's participants.
func (p *player) documents(ctx context.Context) error {
	who, err := p.caseload(ctx, "lena")
	if err != nil {
		return err
	}
	me, err := p.first(ctx)
	if err != nil {
		return err
	}
	if err := p.keep(ctx, "samar", me); err != nil {
		return err
	}
	for _, one := range who[:min(len(who), 3)] {
		if err := p.keep(ctx, "lena", one); err != nil {
			return err
		}
	}
	return nil
}

func (p *player) keep(ctx context.Context, worker string, who id.Person) error {
	if who == 0 {
		return nil
	}
	err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		d := day{p, tx, p.Until.Date()}
		a, err := d.as(ctx, worker)
		if err != nil {
			return err
		}
		_, err = (&document.Desk{Store: d.db()}).Add(ctx, a, who, document.Form{Title: "Intyg från sfi", Name: "intyg.txt", Content: strings.NewReader(certificate), Size: int64(len(certificate))})
		return err
	})
	if fault.Is(err, fault.NotFound) { // not here yet on that day
		err = nil
	}
	return err
}
