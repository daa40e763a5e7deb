package past

import (
	"context"
	"fmt"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/workplace"
)

// workplaces are the invented places of the register, each kept by a coach.
var workplaces = []struct {
	workplace.Form
	keeper string
}{
	{workplace.Form{Words: workplace.Words{Name: "Strandköket, Ekhamra skolor", Does: "Skala, duka, diska och packa mat till förskolorna.", Where: "Strandvägen 4. Buss 2 till Skolan, gå in på gården.",
		Languages: "svenska, arabiska", Contacts: []workplace.Contact{{Name: "Berit Askelund", Role: "kökschef", Phone: "070-174 06 51"}}}, Features: []workplace.Feature{"stepfree", "interpreter", "transit"}, Places: 2}, "lena"},
	{workplace.Form{Words: workplace.Words{Name: "Ekhamra bibliotek", Does: "Ställa upp böcker, plasta in, ta emot skolklasser.", Where: "Torget 1, mitt emot busstationen.", Languages: "svenska, engelska",
		Contacts: []workplace.Contact{{Name: "Jonas Wikner", Role: "bibliotekarie", Email: "jonas.wikner@example.se"}}}, Features: []workplace.Feature{"quiet", "stepfree", "sitting", "calm"}, Places: 2}, "samar"},
	{workplace.Form{Words: workplace.Words{Name: "Återbruket", Does: "Laga cyklar, sortera kläder och stå i butiken.", Where: "Hamngatan 12. En trappa upp.", Languages: "svenska, tigrinja, somaliska",
		Good: "Man väljer själv om man vill möta kunder.", Contacts: []workplace.Contact{{Name: "Selam Tesfay", Role: "handledare", Phone: "070-174 06 52"}, {Name: "Göran Lund", Role: "föreståndare", Phone: "070-174 06 53"}}},
		Features: []workplace.Feature{"interpreter", "transit"}, Places: 4}, "ibrahim"},
	{workplace.Form{Words: workplace.Words{Name: "Parkförvaltningen", Does: "Rabatter, löv och bänkar, tillsammans två och två.", Where: "Samling vid förrådet, Ågatan 3.", Contacts: []workplace.Contact{{Name: "Mikael Roos", Phone: "070-174 06 54"}}},
		Features: []workplace.Feature{"quiet", "calm"}, Places: 3}, "lena"},
}

// placements writes down the register, and lets some of each coach's participants come a different way into work.
func (p *player) placements(ctx context.Context) error {
	var at []workplace.ID
	err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
		at = nil
		for _, w := range workplaces {
			d := day{p, tx, p.Until.Date()}
			a, err := d.as(ctx, w.keeper)
			if err != nil {
				return err
			}
			f := w.Form
			f.Holder = p.place.Posts[w.keeper]
			k, err := (&workplace.Desk{Store: d.db()}).Write(ctx, a, f)
			if err != nil {
				return err
			}
			at = append(at, k)
		}
		return nil
	})
	if err != nil {
		return err
	}
	me, err := p.first(ctx)
	if err != nil {
		return err
	}
	for n, coach := range p.coaches {
		who, err := p.active(ctx, coach)
		if err != nil {
			return err
		}
		who = slices.DeleteFunc(who, func(x id.Person) bool { return x == me })
		if n == 0 && me != 0 {
			who = append([]id.Person{me}, who...)
		}
		for i, person := range who[:min(len(who), 4)] {
			err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
				return day{p, tx, p.Until.Date()}.tries(ctx, coach, person, at[(2*n+i)%len(at)], i)
			})
			if err != nil && fault.Of(err) == nil && fault.Fields(err) == nil { // somebody may stand aside from this coach
				return fmt.Errorf("a placement: %w", err)
			}
		}
	}
	return nil
}

// tries lets one person go as far as their number says: one is there, one waits to say yes, one wishes, one has ended.
func (d day) tries(ctx context.Context, coach string, who id.Person, at workplace.ID, n int) error {
	a, err := d.as(ctx, coach)
	if err != nil {
		return err
	}
	desk := &placement.Desk{Store: d.db()}
	k, err := desk.Wish(ctx, a, who, []string{"Laga mat till många", "Vara bland böcker", "Något med händerna", "Vara ute"}[n], "Jag vill se om jag orkar, och träffa folk")
	if err != nil || n == 2 {
		return err
	}
	f := placement.Form{K: k, Version: 1, Terms: terms(at, d.today), Talks: []clock.Date{d.today, d.today.Add(28)}}
	v, err := (&plan.Desk{Store: d.db()}).Open(ctx, a, who, plan.Need|access.Identity|access.Contact|access.Assessment, access.Read)
	if err != nil {
		return err
	}
	if goals := v.OpenGoals(); len(goals) > 0 {
		f.Goal = goals[0].ID
	}
	if n != 1 {
		f.Yes = placement.Yes{By: placement.Bys[0], How: plan.AtTable, On: d.today}
	}
	if _, err = desk.Write(ctx, a, who, f); err != nil || n != 3 {
		return err
	}
	talk := placement.TalkForm{On: d.today, Said: "Det går bra. Jag är trött efteråt men glad.", Heard: "Kommer i tid och frågar när något är oklart."}
	if err := desk.Talk(ctx, a, who, k, 2, talk); err != nil {
		return err
	}
	return desk.End(ctx, a, who, k, 3, placement.Ending{On: d.today, Next: "longer", Words: "Några timmar till i veckan från nästa månad", View: "Det var roligare än jag trodde."})
}

func terms(at workplace.ID, today clock.Date) placement.Terms {
	return placement.Terms{Kind: "training", Workplace: at, From: today.Add(-14), To: today.Add(42), Days: "24", At: "09:00", Until: "12:00", Safety: "shared", Insurer: "municipality",
		Purpose: "Jag vill prova att ha tider att passa", Hours: "Rast när det behövs", Supervisor: "Den som är kontakt på platsen", Duties: "Kommunens avtal gäller på vägen till och från platsen också.",
		MayKnow: "Jag vill gärna få en sak i taget förklarad.", Why: "Orken räcker till två förmiddagar nu.", Next: "Fler timmar, eller ett vanligt jobb på deltid"}
}
