package past

import (
	"context"

	"sluss/internal/intake"
	"sluss/internal/outcome"
)

// left lets somebody leave: most to work or studies, some to something else.
func left(s *soul) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, s.coach)
		if err != nil {
			return err
		}
		e, err := d.enrolment(ctx, a, s)
		if err != nil {
			return err
		}
		if e.State == intake.Paused {
			d.on(d.soon(30, 60), left(s))
			return nil
		}
		f := d.exit()
		f.Version, f.On = e.Version, d.today
		if _, err := d.outcome().Leave(ctx, a, s.id, f); err != nil {
			return err
		}
		for _, months := range []int{1, 3, 6, 12} {
			if d.chance(0.985) || d.today.AddMonths(months) < d.Until.Date().Add(-45) {
				d.on(d.today.AddMonths(months).Add(d.rnd.IntN(6)), followed(s, months))
			}
		}
		if f.Kind != outcome.Deceased {
			d.player.left = append(d.player.left, s)
		}
		return nil
	}
}

func (d day) exit() outcome.Form {
	f := outcome.Form{Before: "assistance", Words: outcome.Words{View: pick(d.player, views)}}
	switch n := d.rnd.IntN(100); {
	case n < 50:
		f.Reason, f.Kind, f.After = outcome.Work, pick(d.player, []string{"permanent", "fixed", "fixed", "hourly"}), "wage"
		f.Subsidy, f.Sector, f.Municipal = pick(d.player, []string{"none", "none", "none", "nystart", "intro", "lonebidrag"}), pick(d.player, outcome.Sectors), outcome.No
		f.Where = pick(d.player, list("Café Bryggan", "Återbruket", "Ekhamra bygg", "Hemtjänsten", "Lagret vid kajen"))
	case n < 79:
		f.Reason, f.Kind, f.StudyAid, f.After = outcome.Studies, pick(d.player, outcome.StudyKinds), outcome.Yes, "studyaid"
		if f.Kind == "sfi" || f.Kind == "course" {
			f.StudyAid, f.After = outcome.No, "assistance"
		}
	case n < 84:
		f.Reason, f.To, f.After = outcome.Redirected, "Vårdcentralen Ekhamra", "assistance"
	default:
		f.Reason, f.Kind, f.After = outcome.Other, pick(d.player, []string{"programme", "sick", "sick", "parental", "moved", "choice"}), pick(d.player, []string{"sickness", "parental", "unknown"})
	}
	if d.chance(0.1) {
		f.View, f.NoView, f.WhyNot = "", "declined", "Ville inte säga något om tiden just nu."
	}
	return f
}

// followed asks how it went, so many months after.
func followed(s *soul, months int) deed {
	return func(ctx context.Context, d day) error {
		a, err := d.as(ctx, s.coach)
		if err != nil {
			return err
		}
		c, err := d.outcome().Open(ctx, a, s.id)
		if err != nil {
			return err
		}
		if c.Exit == nil {
			return nil
		}
		for _, f := range c.Exit.FollowUps {
			if f.Months == months && f.State == outcome.Open && f.DueOn <= d.today {
				return d.outcome().FollowUp(ctx, a, s.id, outcome.Answer{FollowUp: f.ID, Version: f.Version, Answer: d.goes(*c.Exit, months)})
			}
		}
		return nil
	}
}

func (d day) goes(x outcome.Exit, months int) string {
	if d.chance(0.08) {
		return outcome.Unreached
	}
	if months == 1 {
		if d.chance(0.92) {
			return outcome.Yes
		}
		return outcome.No
	}
	if d.chance(0.75) && (x.Reason == outcome.Work || x.Reason == outcome.Studies) {
		return string(x.Reason)
	}
	return pick(d.player, []string{"work", "search", "sick", "back"})
}
