package org

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// The bounds of what a unit can decide.
const (
	MostPlaces  = 60
	MostCalls   = 120
	LeastSilent = 7
	MostSilent  = 365
	MostOwn     = 120
	LeastOffer  = 2
	MostOffer   = 31
	LeastSample = 5
	MostSample  = 50
	LeastAnswer = 1
	MostAnswer  = 10 // what everybody is promised
	LeastKept   = 30 // who wrote reads the answer so long
	MostKept    = 730
	LeastYears  = 5
	MostYears   = 30
	MostSteps   = 6
	mostPromise = 1000
	mostStep    = 40
	mostAbout   = 200
)

// Rhythm is the rhythm of the group starts.
func (s Settings) Rhythm() calendar.Rhythm {
	return calendar.Rhythm{PerMonth: s.PerMonth, Weekday: s.Weekday, Weeks: s.Weeks}
}

// Check says what is wrong with the settings, by the fields of a form: permonth, weekday, weeks, at, until, places,
// calls, own, silence, away, remind, offer, logsample, answer, reports, steps, promise.
func (s Settings) Check() error {
	form := fault.Fields(s.Rhythm().Check())
	if s.StartAt == "" {
		form.Add("at", "org.setting.at")
	}
	if s.StartUntil <= s.StartAt {
		form.Add("until", "org.setting.until")
	}
	within(&form, "places", s.Places, 1, MostPlaces)
	within(&form, "calls", s.Calls, 1, MostCalls)
	if s.Calls < s.Places {
		form.Add("calls", "org.setting.calls")
	}
	within(&form, "own", s.OwnStartDays, 1, MostOwn)
	within(&form, "silence", s.SilenceDays, LeastSilent, MostSilent)
	within(&form, "away", s.AwayDays, LeastSilent, MostSilent)
	if !Reminds(s.Remind) {
		form.Add("remind", "form.choose")
	}
	within(&form, "offer", s.OfferDays, LeastOffer, MostOffer)
	within(&form, "logsample", s.LogSample, LeastSample, MostSample)
	within(&form, "answer", s.AnswerDays, LeastAnswer, MostAnswer)
	within(&form, "opinions", s.OpinionDays, LeastKept, MostKept)
	within(&form, "reports", s.ReportYears, LeastYears, MostYears)
	s.checkWords(&form)
	return form.Err()
}

func within(form *fault.Form, field string, n, least, most int) {
	if n < least || n > most {
		form.Add(field, "form.number", least, most)
	}
}

func (s Settings) checkWords(form *fault.Form) {
	if len(s.Steps) < 2 || len(s.Steps) > MostSteps {
		form.Add("step1", "org.setting.steps", 2, MostSteps)
	}
	for i, x := range s.Steps {
		field := "step" + strconv.Itoa(i+1)
		if x.Name == "" || utf8.RuneCountInString(x.Name) > mostStep {
			form.Add(field, "org.setting.step", mostStep)
		}
		if utf8.RuneCountInString(x.About) > mostAbout {
			form.Add("about"+strconv.Itoa(i+1), "form.long", mostAbout)
		}
	}
	if utf8.RuneCountInString(s.Promise) > mostPromise {
		form.Add("promise", "form.long", mostPromise)
	}
}

// setNames are the settings in the order they are shown.
var setNames = []string{SetPerMonth, SetWeekday, SetWeeks, SetStartAt, SetStartUntil, SetPlaces, SetCalls, SetOwnStart, SetSilence, SetAway, SetRemind, SetOffer, SetLogSample, SetAnswer, SetOpinions, SetReports, SetSteps, SetPromise}

// value gives a setting as it is stored.
func (s Settings) value(name string) string {
	switch name {
	case SetPerMonth:
		return strconv.Itoa(s.PerMonth)
	case SetWeekday:
		return strconv.Itoa(int(s.Weekday))
	case SetWeeks:
		weeks := make([]string, len(s.Weeks))
		for i, w := range s.Weeks {
			weeks[i] = strconv.Itoa(w)
		}
		return strings.Join(weeks, " ")
	case SetStartAt:
		return string(s.StartAt)
	case SetStartUntil:
		return string(s.StartUntil)
	case SetPlaces:
		return strconv.Itoa(s.Places)
	case SetCalls:
		return strconv.Itoa(s.Calls)
	case SetOwnStart:
		return strconv.Itoa(s.OwnStartDays)
	case SetSilence:
		return strconv.Itoa(s.SilenceDays)
	case SetAway:
		return strconv.Itoa(s.AwayDays)
	case SetRemind:
		return s.Remind
	case SetOffer:
		return strconv.Itoa(s.OfferDays)
	case SetLogSample:
		return strconv.Itoa(s.LogSample)
	case SetAnswer:
		return strconv.Itoa(s.AnswerDays)
	case SetOpinions:
		return strconv.Itoa(s.OpinionDays)
	case SetReports:
		return strconv.Itoa(s.ReportYears)
	case SetSteps:
		text, _ := json.Marshal(s.Steps) // strings alone; it cannot fail
		return string(text)
	default:
		return s.Promise
	}
}

// Decided is a set of settings with when they begin and why.
type Decided struct {
	Settings
	From clock.Date
	Why  string
	Seen int // Seen of the settings that the form was made from
}

// DecideAll writes what differs from the settings as they would be on the day. Only the head of the unit; not for days
// that have been; Stale when somebody else has decided something since.
func (d *Desk) DecideAll(ctx context.Context, actor *access.Actor, c Decided) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		if err := c.check(actor.Today()); err != nil {
			return err
		}
		seen, err := Seen(ctx, tx, actor.Area(), actor.Unit())
		if err != nil {
			return err
		}
		if seen != c.Seen {
			return fault.Stale
		}
		before, err := SettingsAt(ctx, tx, actor.Area(), actor.Unit(), c.From)
		if err != nil {
			return err
		}
		return c.write(ctx, tx, actor, before)
	})
}

func (c Decided) check(today clock.Date) error {
	form := fault.Fields(c.Settings.Check())
	if c.From < today || c.From > today.Add(2*366) {
		form.Add("from", "org.setting.from")
	}
	if strings.TrimSpace(c.Why) == "" {
		form.Add("why", "org.setting.why")
	}
	return form.Err()
}

func (c Decided) write(ctx context.Context, tx *store.Tx, actor *access.Actor, before Settings) error {
	for _, name := range setNames {
		if c.value(name) == before.value(name) {
			continue
		}
		if err := PutSetting(ctx, tx, actor.Area(), actor.Unit(), name, c.value(name), c.From, strings.TrimSpace(c.Why), actor.Post(), actor.Now()); err != nil {
			return err
		}
	}
	return nil
}

// Seen is what the unit's decisions were last changed at; a form carries it as its version.
func Seen(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) (int, error) {
	var at int
	err := tx.One(ctx, store.Q(`SELECT coalesce(max(at), 0) FROM setting WHERE area_id = $1 AND unit_id = $2`), []any{area, unit}, &at)
	return at, err
}

// Decision is one setting that was decided, by whom and why.
type Decision struct {
	Name     string // one of the Set constants
	From     clock.Date
	Why      string
	By       string // the worker's name
	At       clock.Instant
	Settings // only the named one is set
}

// Decisions gives every decision of a unit, the latest first.
func Decisions(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) ([]Decision, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT s.name, s.from_on, s.value, s.why, s.at, coalesce(w.name, '') FROM setting s
	 LEFT JOIN post o ON o.area_id = s.area_id AND o.post_id = s.post_id
	 LEFT JOIN worker w ON w.area_id = o.area_id AND w.worker_id = o.worker_id
	 WHERE s.area_id = $1 AND s.unit_id = $2 ORDER BY s.from_on DESC, s.at DESC, s.name`), []any{area, unit},
		func(r *store.Cursor) (d Decision, err error) {
			var value string
			err = r.Scan(&d.Name, &d.From, &value, &d.Why, &d.At, &d.By)
			d.set(d.Name, value)
			return d, err
		})
	return slices.DeleteFunc(list, func(d Decision) bool { return !slices.Contains(setNames, d.Name) }), err
}
