package past

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/demo"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/proposal"
	"sluss/internal/store"
)

// proposals are what the named participants propose, in order: one waits for an answer, and one has been answered no.
var proposals = []struct {
	key, words, because string
	no                  string // the reason; "" while it waits
}{
	{"samira", "أريد أن نلتقي بعد الظهر.", "أنام قليلًا وأكون متعبة في الصباح.", ""},
	{"ulrika", "Jag vill börja på körens övningar redan nu.", "Jag sjöng förut och mådde bra av det.",
		"Kören är full fram till jul. Jag har skrivit upp dig, och vi kan prata om något annat så länge."},
	{"ulrika", "Jag vill ringa skolan själv, men sitta hos dig när jag gör det.", "", ""},
}

func (p *player) propose(ctx context.Context) error {
	return p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		keys, err := p.Org.Vault.Area(ctx, tx, demo.AreaID)
		if err != nil {
			return err
		}
		found, err := demo.FindParticipants(ctx, tx, keys)
		if err != nil {
			return err
		}
		d := day{p, tx, p.Until.Date()}
		for i := range proposals {
			if who := found[proposals[i].key]; who != 0 {
				if err := d.proposes(ctx, who, i); err != nil && !fault.Is(err, fault.Conflict) {
					return err // who has no plan proposes nothing
				}
			}
		}
		return nil
	})
}

func (d day) proposes(ctx context.Context, who id.Person, n int) error {
	x, desk := proposals[n], &proposal.Desk{Store: d.db()}
	keys, err := d.Org.Vault.Area(ctx, d.tx, demo.AreaID)
	if err != nil {
		return err
	}
	me, err := access.EnterOwn(ctx, d.tx, keys, demo.AreaID, who, min(d.today.At("08:20"), d.Until), "demo")
	if err != nil {
		return err
	}
	me.Declare(access.OwnView, access.Read, access.Write)
	k, err := desk.ProposeOwn(ctx, me, proposal.Form{Thing: string(proposal.New), Words: x.words, Because: x.because})
	if err != nil || x.no == "" {
		return err
	}
	key, err := d.coachOf(ctx, who)
	if err != nil || key == "" {
		return err
	}
	coach, err := d.as(ctx, key)
	if err != nil {
		return err
	}
	return desk.Answer(ctx, coach, who, k, proposal.Reply{Words: x.no, Version: 1})
}
