package past

import (
	"context"
	"fmt"
	"time"

	"sluss/internal/access"
	"sluss/internal/demo"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/opinion"
	"sluss/internal/store"
)

// voiced is what somebody has said what they think of; how long ago, in days, and how it was answered, if it was.
type voiced struct {
	ago     int
	kind    opinion.Kind
	words   string
	after   int // days
	answer  string
	changed string
}

var voices = []voiced{
	{75, opinion.Complaint, "Jag satt i väntrummet i fyrtio minuter och ingen sa något.", 6, "Förlåt. Det ska inte gå till så. Nu kommer receptionen ut och berättar om det drar ut på tiden.",
		"Receptionen går ut till den som har väntat i tio minuter."},
	{52, opinion.Praise, "Ni ringde när jag inte orkade komma. Det gjorde att jag vågade komma tillbaka.", 3, "Tack för att du skrev. Vi har läst upp det för alla som ringer, utan att veta vem du är.", ""},
	{40, opinion.Wish, "Finns det någon plats där man kan sitta tyst en stund?", 8, "Ja, nu gör det det. Det lilla rummet är ledigt varje förmiddag.", "Det lilla rummet är tyst rum till klockan tolv."},
	{30, opinion.Complaint, "Kallelsen var svår att förstå.", 20, "Tack. Vi skriver om den nu, och ber två av er läsa den först.", "Kallelsen skrivs om, och två deltagare läser den innan den används."},
	{2, opinion.Praise, "Killen som håller i köket är bäst.", 0, "", ""},
}

// opinions lets some say what they think, without saying who they are, and the head answer; and one of lena's participants.
func (p *player) opinions(ctx context.Context) error {
	for i, v := range voices {
		if err := p.voiced(ctx, i, v); err != nil {
			return err
		}
	}
	who, err := p.caseload(ctx, "lena")
	if err != nil || len(who) == 0 {
		return err
	}
	return p.Org.Store.Write(ctx, func(tx *store.Tx) error { return day{p, tx, p.Until.Date()}.thinks(ctx, who[0]) })
}

func (p *player) voiced(ctx context.Context, i int, v voiced) error {
	on := p.Until.Date().Add(-v.ago)
	if err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		at := on.At("15:40").Time()
		d := &opinion.Desk{Store: p.Org.Store.In(tx), Vault: p.Org.Vault, Clock: func() time.Time { return at }}
		_, err := d.Give(ctx, demo.AreaID, p.place.Units[p.unit], opinion.Form{Kind: v.kind, About: opinion.House, Words: opinion.Words{Text: v.words}, Press: fmt.Append(nil, "demo ", i)}, false)
		return err
	}); err != nil || v.answer == "" || on.Add(v.after) > p.Until.Date() {
		return err
	}
	return p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		d := day{p, tx, on.Add(v.after)}
		omar, err := d.as(ctx, "omar")
		if err != nil {
			return err
		}
		list, err := opinion.ToAnswer(ctx, tx, omar)
		if err != nil || len(list) == 0 {
			return err
		}
		return (&opinion.Desk{Store: d.db()}).Answer(ctx, omar, list[0].ID, 1, opinion.Reply{Answer: v.answer, Changed: v.changed})
	})
}

func (d day) thinks(ctx context.Context, who id.Person) error {
	keys, err := d.Org.Vault.Area(ctx, d.tx, demo.AreaID)
	if err != nil {
		return err
	}
	me, err := access.EnterOwn(ctx, d.tx, keys, demo.AreaID, who, min(d.today.At("08:15"), d.Until), "demo")
	if err != nil {
		return err
	}
	me.Declare(access.OwnView, access.Read, access.Write)
	err = (&opinion.Desk{Store: d.db()}).GiveOwn(ctx, me, opinion.Form{Kind: opinion.Wish, About: opinion.House, Words: opinion.Words{Text: "Jag vill kunna komma på eftermiddagar ibland."}})
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) { // with nobody to answer
		return nil
	}
	return err
}
