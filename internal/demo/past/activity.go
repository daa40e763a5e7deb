package past

import (
	"context"
	"fmt"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/competence"
)

// trained is that somebody of the demo is trained in a method; months is how long it holds from today, 0 for ever.
type trained struct {
	method, key string
	level       competence.Level
	months      int
	evidence    string
}

var schooled = []trained{
	{"Supported Employment", "lena", competence.Trains, 0, "Utbildning till SE-coach, 15 hp"},
	{"Supported Employment", "ibrahim", competence.Leads, 0, "Grundkurs, fem dagar"},
	{"Supported Employment", "samar", competence.Leads, 0, "Grundkurs, fem dagar"},
	{"Hälsoskola", "samar", competence.Leads, 14, "Ledarintyg"},
	{"Hälsoskola", "ibrahim", competence.Leads, 3, "Ledarintyg"},
	{"Suggestopedi", "karin", competence.Leads, 20, "Kurs för språkledare"},
	{"Grön Kvist", "lena", competence.Knows, 0, ""},
}

// offer is one activity of the demo: what it is, where it has stood, and why.
type offer struct {
	activity.Type
	method   string
	begun    string // why it was looked into
	standing []stood
}

// stood is a decision so many months before today.
type stood struct {
	ago int
	to  activity.State
	why string
}

func words(sv, en, ar activity.Words) map[string]activity.Words {
	return map[string]activity.Words{"sv": sv, "en": en, "ar": ar}
}

// offering plans what Vuxenslussen offers: when its methods were learned, its activities begun and decided about.
func (p *player) offering(from clock.Date) {
	p.on(from.Add(30), learn)
	for _, o := range offers {
		p.on(from.Add(40), begin(o))
	}
}

// learn writes who is trained in what, and who is to be.
func learn(ctx context.Context, d day) error {
	a, err := d.as(ctx, d.leader)
	if err != nil {
		return err
	}
	desk, methods := &competence.Desk{Store: d.db()}, map[string]competence.MethodID{}
	for _, x := range schooled {
		if methods[x.method] == 0 {
			m, err := desk.AddMethod(ctx, a, x.method)
			if err != nil {
				return err
			}
			methods[x.method] = m.ID
		}
		c := competence.Competence{Post: d.place.Posts[x.key], Method: methods[x.method], Level: x.level, From: d.today, Evidence: x.evidence, PaidBy: "unit"}
		if x.months > 0 {
			c.To = d.Until.Date().AddMonths(x.months)
		}
		if err := desk.Add(ctx, a, c); err != nil {
			return fmt.Errorf("%s learns %s: %w", x.key, x.method, err)
		}
	}
	d.on(d.Until.Date().Add(-21), func(ctx context.Context, d day) error {
		a, err := d.as(ctx, d.leader)
		if err != nil {
			return err
		}
		return (&competence.Desk{Store: d.db()}).PlanTraining(ctx, a, competence.Training{Post: d.place.Posts["samar"], Method: methods["Suggestopedi"],
			By: d.Until.Date().AddMonths(4), PaidBy: "project"})
	})
	return nil
}

// begin begins an activity and puts the decisions about it in the agenda.
func begin(o offer) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, d.leader)
		if err != nil {
			return err
		}
		if o.method != "" {
			if o.Method, err = methodNamed(ctx, d, a, o.method); err != nil {
				return err
			}
		}
		x, err := (&activity.Desk{Store: d.db()}).Add(ctx, a, o.Type, o.begun)
		if err != nil {
			return err
		}
		for _, s := range o.standing {
			d.on(max(d.today.Add(1), d.Until.Date().AddMonths(-s.ago)), decide(x, s))
		}
		return nil
	}
}

func methodNamed(ctx context.Context, d day, a *access.Actor, name string) (competence.MethodID, error) {
	list, err := competence.Methods(ctx, d.tx, a)
	for _, m := range list {
		if m.Name == name {
			return m.ID, nil
		}
	}
	return 0, err
}

func decide(x activity.ID, s stood) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, d.leader)
		if err != nil {
			return err
		}
		t, err := activity.Get(ctx, d.tx, a, x)
		if err != nil {
			return err
		}
		return (&activity.Desk{Store: d.db()}).Decide(ctx, a, x, t.Version, s.to, s.why)
	}
}
