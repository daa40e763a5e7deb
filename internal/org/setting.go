package org

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Settings are what a unit has decided for itself, as they hold on one day. Each is a dated row with who and why.
type Settings struct {
	PerMonth     int          // group starts a month
	Weekday      time.Weekday // on which day
	Weeks        []int        // in which weeks of the month, 1 the first
	StartAt      clock.LocalTime
	StartUntil   clock.LocalTime
	Places       int     // places per start, about
	Calls        int     // how many are called, since not all come
	Steps        []Step  // the steps of the plan, in the unit's own words
	SilenceDays  int     // after how many days without contact somebody hears of it
	AwayDays     int     // after how many days away without a word
	Remind       string  // when people are reminded of their times, of Reminders; each may choose another for themself
	OfferDays    int     // how many days an offered place in an activity is held for an answer
	OwnStartDays int     // within how many days of the group start the individual start is to be
	Reviewer     id.Post // who answers what people wonder about readings at the unit; 0 for nobody named
	LogSample    int     // how many readings of a round of the log check are drawn by chance
	AnswerDays   int     // within how many working days what somebody thinks is answered
	OpinionDays  int     // for how many days what nobody that is known has written is kept once it is answered
	ReportYears  int     // for how many years a report of misconditions is kept once it is closed
	Promise      string  // the promise, in the unit's own words; "" is the product's
}

// Step is one step of the plan.
type Step struct {
	Name  string `json:"name"`
	About string `json:"about"`
}

// Defaults are the settings of a unit that has decided nothing yet.
func Defaults() Settings {
	return Settings{PerMonth: 2, Weekday: time.Tuesday, Weeks: []int{1, 3}, StartAt: "09:30", StartUntil: "11:30", Places: 10, Calls: 13,
		SilenceDays: 28, AwayDays: 14, OfferDays: 7, OwnStartDays: 14, LogSample: 10, AnswerDays: MostAnswer, OpinionDays: 90, ReportYears: 10, Remind: RemindNever, Steps: []Step{
			{"Landa", "Vi lär känna varandra och ser vad som är viktigt för dig"},
			{"Prova", "Du provar arbete och studier i lugn takt"},
			{"Ta plats", "Arbete eller studier, och vi finns kvar"},
		}}
}

// The names of the settings, as stored.
const (
	SetPerMonth   = "start.per_month"
	SetWeekday    = "start.weekday"
	SetWeeks      = "start.weeks"
	SetStartAt    = "start.at"
	SetStartUntil = "start.until"
	SetPlaces     = "start.places"
	SetCalls      = "start.calls"
	SetSteps      = "plan.steps"
	SetSilence    = "contact.silence_days"
	SetAway       = "attendance.away_days"
	SetOwnStart   = "start.own_within_days"
	SetRemind     = "contact.remind"
	SetOffer      = "place.offer_days"
	SetPromise    = "place.promise"
	SetReviewer   = "log.reviewer"
	SetLogSample  = "log.sample"
	SetAnswer     = "opinion.answer_days"
	SetOpinions   = "opinion.keep_days"
	SetReports    = "report.keep_years"
)

// When people are reminded of their times, as stored; their names are texts remind.choice.*.
const (
	RemindNever   = "none"
	RemindEvening = "evening" // the evening before
	RemindMorning = "morning" // the same morning
)

// Reminders are what one can choose among, in the order of the form.
var Reminders = []string{RemindNever, RemindEvening, RemindMorning}

// Reminds tells whether it is one of Reminders.
func Reminds(choice string) bool { return slices.Contains(Reminders, choice) }

// SettingsAt gives a unit's settings as they hold on a day.
func SettingsAt(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, day clock.Date) (Settings, error) {
	s := Defaults()
	rows, err := store.All(ctx, tx, store.Q(`SELECT name, value FROM setting
	 WHERE area_id = $1 AND unit_id = $2 AND from_on <= $3 ORDER BY from_on`), []any{area, unit, string(day)},
		func(r *store.Cursor) (kv [2]string, err error) {
			err = r.Scan(&kv[0], &kv[1])
			return kv, err
		})
	for _, kv := range rows {
		s.set(kv[0], kv[1])
	}
	return s, err
}

// set takes one stored value; later ones win. What does not read as it should leaves the value as it was.
func (s *Settings) set(name, value string) {
	n, err := strconv.Atoi(value)
	number := func(to *int) {
		if err == nil {
			*to = n
		}
	}
	switch name {
	case SetPerMonth:
		number(&s.PerMonth)
	case SetWeekday:
		if err == nil {
			s.Weekday = time.Weekday(n)
		}
	case SetWeeks:
		s.Weeks = ints(value)
	case SetStartAt:
		s.StartAt = clock.LocalTime(value)
	case SetStartUntil:
		s.StartUntil = clock.LocalTime(value)
	case SetPlaces:
		number(&s.Places)
	case SetCalls:
		number(&s.Calls)
	case SetSilence:
		number(&s.SilenceDays)
	case SetAway:
		number(&s.AwayDays)
	case SetOwnStart:
		number(&s.OwnStartDays)
	case SetRemind:
		if Reminds(value) {
			s.Remind = value
		}
	case SetOffer:
		number(&s.OfferDays)
	case SetLogSample:
		number(&s.LogSample)
	case SetAnswer:
		number(&s.AnswerDays)
	case SetOpinions:
		number(&s.OpinionDays)
	case SetReports:
		number(&s.ReportYears)
	case SetReviewer:
		if s.Reviewer.UnmarshalText([]byte(value)) != nil {
			s.Reviewer = 0
		}
	case SetPromise:
		s.Promise = value
	case SetSteps:
		var steps []Step
		if json.Unmarshal([]byte(value), &steps) == nil && len(steps) > 0 {
			s.Steps = steps
		}
	}
}

func ints(s string) []int {
	var list []int
	for _, w := range strings.Fields(s) {
		if n, err := strconv.Atoi(w); err == nil {
			list = append(list, n)
		}
	}
	return list
}

// Decide writes one setting from a day on, with why. Only the head of the unit.
func Decide(ctx context.Context, tx *store.Tx, actor *access.Actor, name, value string, from clock.Date, why string) error {
	if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
		return err
	}
	if strings.TrimSpace(why) == "" {
		return fault.Form{{Kind: fault.Invalid, Key: "org.setting.why", Field: "why"}}
	}
	return PutSetting(ctx, tx, actor.Area(), actor.Unit(), name, value, from, why, actor.Post(), actor.Now())
}

// PutSetting writes one setting without asking who; for making an area.
func PutSetting(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, name, value string, from clock.Date, why string, by id.Post, at clock.Instant) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO setting (area_id, unit_id, name, from_on, value, why, post_id, at)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
	 ON CONFLICT (area_id, unit_id, name, from_on) DO UPDATE SET value = excluded.value, why = excluded.why, post_id = excluded.post_id, at = excluded.at`),
		area, unit, name, string(from), value, why, by, int64(at))
	return changed(ctx, tx, area, err)
}
