package schedule

import (
	"fmt"
	"time"

	"github.com/teambition/rrule-go"

	"sluss/internal/clock"
)

var days = [...]rrule.Weekday{time.Sunday: rrule.SU, time.Monday: rrule.MO, time.Tuesday: rrule.TU, time.Wednesday: rrule.WE,
	time.Thursday: rrule.TH, time.Friday: rrule.FR, time.Saturday: rrule.SA}

// rule is the turn's recurrence in a run. It begins in the week of the run's first day, at the time on the wall, so that
// it stands still when the clocks change.
func (t Turn) rule(r Run) (*rrule.RRule, error) {
	first, every := week(r.From).Add((int(t.Weekday)+6)%7), 1
	if t.Week > 0 {
		first, every = first.Add(7*(t.Week-1)), r.Weeks
	}
	rule, err := rrule.NewRRule(rrule.ROption{Freq: rrule.WEEKLY, Interval: every, Byweekday: []rrule.Weekday{days[t.Weekday]},
		Dtstart: first.At(t.At).Time(), Until: r.To.At("00:00").Time()})
	if err != nil {
		return nil, fmt.Errorf("rule of a turn: %w", err)
	}
	return rule, nil
}

// dates are the days of the turn within the run.
func (t Turn) dates(r Run) ([]clock.Date, error) {
	rule, err := t.rule(r)
	if err != nil {
		return nil, err
	}
	var list []clock.Date
	for _, at := range rule.Between(r.From.At("00:00").Time(), r.To.At("00:00").Time(), true) {
		if d := clock.DateOf(at.In(clock.Stockholm)); d >= r.From && d < r.To {
			list = append(list, d)
		}
	}
	return list, nil
}

// occasions are those that the turns make in the run, and the days that fall away since the house is closed.
func (r Run) occasions(turns []Turn, closed func(clock.Date, clock.LocalTime) bool) (list []Occasion, away []clock.Date, err error) {
	for _, t := range turns {
		dates, err := t.dates(r)
		if err != nil {
			return nil, nil, err
		}
		for _, d := range dates {
			if closed(d, t.Until) {
				away = append(away, d)
				continue
			}
			list = append(list, Occasion{Run: r.ID, Turn: t.ID, Activity: r.Activity, Places: r.Places, On: d, At: t.At, Until: t.Until, Room: t.Room, Leaders: t.Leaders, State: Planned})
		}
	}
	return list, away, nil
}
