package past

import (
	"context"
	"fmt"

	"sluss/internal/access"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/contact"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
)

// recent is the day from which the demo plays every single meeting; before that it would only take time.
func (d day) recent() clock.Date { return d.Until.Date().Add(-150) }

// agreedTime agrees a time with somebody and later tells how it went; then another is agreed.
func agreedTime(s *soul) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		on := d.soon(5, 16)
		for !calendar.Working(on) {
			on = on.Add(1)
		}
		f := contact.Form{Both: true, On: on, At: pick(d.player, []clock.LocalTime{"09:00", "10:00", "11:00", "13:00", "14:30"}), How: pick(d.player, []string{"here", "here", "phone", "elsewhere"}),
			About: pick(d.player, list("Hur går det med praktiken?", "Dagar i veckan", "Ansökan till hösten", "Vad vill du göra härnäst?", ""))}
		made, err := d.contact().Plan(ctx, a, s.id, f)
		if fault.Fields(err) != nil {
			return nil // they have agreed on that time already
		}
		if err != nil {
			return fmt.Errorf("agree a time %s: %w", on, err)
		}
		if on < d.Until.Date() {
			d.on(on, met(s, made))
		}
		return nil
	})
}

// met tells how an agreed time went, with a note now and then; a few lose touch for a while.
func met(s *soul, m contact.AppointmentID) deed {
	return alive(s, func(ctx context.Context, d day, a *access.Actor, _ intake.Enrolment) error {
		tell := d.contact().Met
		if d.chance(0.12) {
			tell = d.contact().Missed
		}
		if err := tell(ctx, a, s.id, m, 1); err != nil {
			return fmt.Errorf("tell of a time: %w", err)
		}
		if d.chance(0.35) {
			if err := noted(ctx, d, a, s.id); err != nil {
				return err
			}
		}
		next := d.soon(3, 12)
		if d.chance(0.07) {
			next = d.soon(30, 45)
		}
		d.on(next, agreedTime(s))
		return nil
	})
}

// noted writes what was said at a meeting. One kind tells of somebody else too, and of one kind the person says something.
func noted(ctx context.Context, d day, a *access.Actor, who id.Person) error {
	const tired, other = "Trött i dag. Vi bestämde kortare dagar i två veckor.", "Praktikplatsen hörde av sig. Handledaren är sjukskriven. Provar en vecka till."
	n := contact.NoteForm{On: d.today, Kind: "meeting", Text: pick(d.player, list("Vi gick igenom veckan. Tre dagar känns lagom just nu.", other, tired, "Ansökan är skickad. Vi ses när svaret kommer."))}
	if n.Text == other {
		n.Held = contact.Third
	}
	k, err := d.contact().Sign(ctx, a, who, n)
	if err == nil && n.Text == tired {
		err = (&comment.Desk{Store: d.contact().Store}).Say(ctx, a, who, comment.Thing{Kind: comment.Note, Ref: int64(k)}, "Jag var inte trött. Jag hade ont i ryggen efter bussen.", false)
	}
	return err
}
