package staff

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/logcheck"
	"sluss/internal/org"
	"sluss/internal/retention"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const operation = "/arbete/verksamheten"

// operationPage is what the unit has decided, its rooms, its closed days and those who work there.
type operationPage struct {
	ui.Page
	Unit       org.Unit
	Set        org.Settings
	Head       bool // the reader may change it
	Decides    bool // the reader decides on weeding
	Checks     bool // the reader checks the log
	Rooms      []org.Room
	Closed     []org.Closed
	Shuts      map[int64]schedule.Shut // of them those that something is still planned in, for those who may plan
	Colleagues []org.Post
	Decisions  []org.Decision
	Partners   []org.Agency // others than the unit's own
	Room       org.Room
	First      string // of the days to close, as typed
	Last       string
	Name       string
	Seats      string
	Faults     fault.Form
}

func (p *Pages) getOperation(r *web.Request) (web.Answer, error) {
	page, err := p.operation(r)
	return web.Show(operationView(page)), err
}

func (p *Pages) operation(r *web.Request) (operationPage, error) {
	page := operationPage{Page: r.Page("nav.operation"), Head: r.Actor.Role() == access.Head, Decides: slices.Contains(retention.Deciders, r.Actor.Role()),
		Checks: logcheck.Checks(r.Actor.Role())}
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) error { return page.load(r.Context(), tx, r.Actor) })
	return page, err
}

func (page *operationPage) load(ctx context.Context, tx *store.Tx, a *access.Actor) (err error) {
	if page.Unit, err = org.GetUnit(ctx, tx, a.Area(), a.Unit()); err != nil {
		return err
	}
	if page.Set, err = org.SettingsAt(ctx, tx, a.Area(), a.Unit(), a.Today()); err != nil {
		return err
	}
	if page.Rooms, err = org.Rooms(ctx, tx, a.Area(), a.Unit(), a.Now()); err != nil {
		return err
	}
	if page.Closed, err = org.ClosedFrom(ctx, tx, a.Area(), a.Unit(), a.Today()); err != nil {
		return err
	}
	if err := page.shut(ctx, tx, a); err != nil {
		return err
	}
	if page.Colleagues, err = org.Colleagues(ctx, tx, a.Area(), a.Unit(), a.Now()); err != nil {
		return err
	}
	if page.Decisions, err = org.Decisions(ctx, tx, a.Area(), a.Unit()); err != nil {
		return err
	}
	page.Partners, err = org.Agencies(ctx, tx, a.Area())
	page.Partners = slices.DeleteFunc(page.Partners, func(g org.Agency) bool { return g.ID == page.Unit.Agency })
	return err
}

// shut reads what is planned in the closed days.
func (page *operationPage) shut(ctx context.Context, tx *store.Tx, a *access.Actor) error {
	if !mayPlan(a) {
		return nil
	}
	list, err := schedule.Shuts(ctx, tx, a)
	page.Shuts = map[int64]schedule.Shut{}
	for _, x := range list {
		page.Shuts[x.ID] = x
	}
	return err
}

// refused shows the page again with what was typed in one of its small forms.
func (p *Pages) refused(r *web.Request, faults fault.Form) (web.Answer, error) {
	page, err := p.operation(r)
	page.Faults, page.Failed = faults, true
	page.Room = org.Room{Name: r.Form.Raw("room"), Features: r.Form.Raw("features"), Has: r.Form.All("has"),
		Opens: clock.LocalTime(r.Form.Raw("opens")), Closes: clock.LocalTime(r.Form.Raw("closes"))}
	page.Seats, page.First, page.Last, page.Name = r.Form.Raw("seats"), r.Form.Raw("first"), r.Form.Raw("last"), r.Form.Raw("closedname")
	return web.Again(operationView(page)), err
}

func (p *Pages) postRoom(r *web.Request) (web.Answer, error) {
	room := readRoom(r)
	return p.savedOr(r, "operation.room.added", func() error { return p.Org.OpenRoom(r.Context(), r.Actor, room) })
}

func readRoom(r *web.Request) org.Room {
	return org.Room{Name: r.Form.Line("room"), Seats: r.Form.Int("seats", 1, org.MostSeats), Features: r.Form.Line("features"),
		Has: r.Form.Choices("has", org.Features...), Opens: r.Form.Time("opens"), Closes: r.Form.Time("closes")}
}

// savedOr saves what was typed in one of the page's small forms, or shows the page again.
func (p *Pages) savedOr(r *web.Request, text string, save func() error) (web.Answer, error) {
	if len(r.Form.Faults) > 0 {
		return p.refused(r, r.Form.Faults)
	}
	err := save()
	if faults := fault.Fields(err); faults != nil {
		return p.refused(r, faults)
	}
	return web.Saved(operation, text), err
}

func (p *Pages) postRoomEnd(r *web.Request) (web.Answer, error) {
	room, err := strconv.ParseInt(r.Form.Raw("id"), 10, 64)
	if err != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(operation, "operation.room.ended"), p.Org.CloseRoom(r.Context(), r.Actor, room)
}

func (p *Pages) postClosed(r *web.Request) (web.Answer, error) {
	first, last, name := r.Form.Date("first"), r.Form.Date("last"), r.Form.Line("closedname")
	return p.savedOr(r, "operation.closed.added", func() error { return p.Org.Close(r.Context(), r.Actor, first, last, name) })
}

func (p *Pages) postClosedEnd(r *web.Request) (web.Answer, error) {
	closed, err := strconv.ParseInt(r.Form.Raw("id"), 10, 64)
	if err != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(operation, "operation.closed.ended"), p.Org.Reopen(r.Context(), r.Actor, closed, r.Form.Version())
}

// decidePage is the form of what the head decides.
type decidePage struct {
	ui.Page
	F      map[string]string // what stands in the fields, by name
	Weeks  []string
	Seen   int
	Faults fault.Form
	Now    []ui.Fact // what is stored now, when somebody else changed it meanwhile
}

func (p *Pages) getDecide(r *web.Request) (web.Answer, error) {
	page, set, err := p.decide(r)
	page.F, page.Weeks = setFields(set), strings.Fields(weeksText(set))
	page.F["from"] = string(r.Actor.Today())
	return web.Show(decideView(page)), err
}

func (p *Pages) decide(r *web.Request) (decidePage, org.Settings, error) {
	page, a := decidePage{Page: r.Page("decide.title")}, r.Actor
	if a.Role() != access.Head {
		return page, org.Settings{}, fault.New(fault.Forbidden, "fault.role")
	}
	var set org.Settings
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if page.Seen, err = org.Seen(r.Context(), tx, a.Area(), a.Unit()); err != nil {
			return err
		}
		set, err = org.SettingsAt(r.Context(), tx, a.Area(), a.Unit(), a.Today())
		return err
	})
	return page, set, err
}

func (p *Pages) postDecide(r *web.Request) (web.Answer, error) {
	d := readDecided(r)
	faults, err := r.Form.Faults, error(nil)
	if len(faults) == 0 {
		err = p.Org.DecideAll(r.Context(), r.Actor, d)
		faults = fault.Fields(err)
	}
	stale := err == fault.Stale
	if len(faults) == 0 && !stale {
		return web.Saved(operation, "decide.saved"), err
	}
	page, set, err := p.decide(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.F, page.Weeks, page.Faults, page.Failed = typed(r), r.Form.All("weeks"), faults, true
	if stale {
		page.Now = setFacts(page.Page, set)
		return web.Differs(decideView(page)), nil
	}
	page.Seen = r.Form.Version()
	return web.Again(decideView(page)), nil
}

var decideFields = []string{"permonth", "weekday", "at", "until", "places", "calls", "own", "silence", "away", "remind", "offer", "logsample", "answer", "opinions", "reports", "promise", "from", "why"}

func readDecided(r *web.Request) org.Decided {
	f := r.Form
	d := org.Decided{From: f.Date("from"), Why: f.Text("why"), Seen: f.Version()}
	d.PerMonth = f.Int("permonth", 1, 5)
	d.Weekday = time.Weekday(f.Int("weekday", 1, 5))
	for _, w := range f.Choices("weeks", "1", "2", "3", "4", "5") {
		n, _ := strconv.Atoi(w)
		d.Weeks = append(d.Weeks, n)
	}
	d.StartAt, d.StartUntil = f.Time("at"), f.Time("until")
	d.Places, d.Calls = f.Int("places", 1, org.MostPlaces), f.Int("calls", 1, org.MostCalls)
	d.OwnStartDays, d.SilenceDays = f.Int("own", 1, org.MostOwn), f.Int("silence", org.LeastSilent, org.MostSilent)
	d.AwayDays = f.Int("away", org.LeastSilent, org.MostSilent)
	d.Remind = f.Choice("remind", org.Reminders...)
	d.OfferDays = f.Int("offer", org.LeastOffer, org.MostOffer)
	d.LogSample = f.Int("logsample", org.LeastSample, org.MostSample)
	d.OpinionDays = f.Int("opinions", org.LeastKept, org.MostKept)
	d.AnswerDays, d.ReportYears = f.Int("answer", org.LeastAnswer, org.MostAnswer), f.Int("reports", org.LeastYears, org.MostYears)
	d.Promise = f.Text("promise")
	for i := 1; i <= org.MostSteps; i++ {
		s := org.Step{Name: f.Line("step" + strconv.Itoa(i)), About: f.Line("about" + strconv.Itoa(i))}
		if s.Name != "" || s.About != "" {
			d.Steps = append(d.Steps, s)
		}
	}
	return d
}

// typed gives what was typed, by field.
func typed(r *web.Request) map[string]string {
	m := map[string]string{}
	for _, name := range decideFields {
		m[name] = r.Form.Raw(name)
	}
	for i := 1; i <= org.MostSteps; i++ {
		n := strconv.Itoa(i)
		m["step"+n], m["about"+n] = r.Form.Raw("step"+n), r.Form.Raw("about"+n)
	}
	return m
}

// setFields gives what settings look like in the form, by field.
func setFields(s org.Settings) map[string]string {
	m := map[string]string{"permonth": strconv.Itoa(s.PerMonth), "weekday": strconv.Itoa(int(s.Weekday)), "at": string(s.StartAt), "until": string(s.StartUntil),
		"places": strconv.Itoa(s.Places), "calls": strconv.Itoa(s.Calls), "own": strconv.Itoa(s.OwnStartDays), "silence": strconv.Itoa(s.SilenceDays),
		"away": strconv.Itoa(s.AwayDays), "remind": s.Remind, "offer": strconv.Itoa(s.OfferDays), "logsample": strconv.Itoa(s.LogSample), "answer": strconv.Itoa(s.AnswerDays), "opinions": strconv.Itoa(s.OpinionDays), "reports": strconv.Itoa(s.ReportYears), "promise": s.Promise}
	for i, x := range s.Steps {
		n := strconv.Itoa(i + 1)
		m["step"+n], m["about"+n] = x.Name, x.About
	}
	return m
}

func weeksText(s org.Settings) string {
	var b strings.Builder
	for _, w := range s.Weeks {
		b.WriteString(strconv.Itoa(w) + " ")
	}
	return strings.TrimSpace(b.String())
}

// setFacts is the settings in words.
func setFacts(p ui.Page, s org.Settings) []ui.Fact {
	var facts []ui.Fact
	for _, name := range []string{org.SetPerMonth, org.SetWeekday, org.SetWeeks, org.SetStartAt, org.SetStartUntil, org.SetPlaces, org.SetCalls,
		org.SetOwnStart, org.SetSilence, org.SetAway, org.SetRemind, org.SetOffer, org.SetLogSample, org.SetAnswer, org.SetOpinions, org.SetReports, org.SetSteps, org.SetPromise} {
		facts = append(facts, ui.Fact{Term: p.L.T("set." + name), Text: setWord(p, name, s)})
	}
	return facts
}

// setWord is one setting in words.
func setWord(p ui.Page, name string, s org.Settings) string {
	switch name {
	case org.SetPerMonth:
		return p.L.T("set.permonth", s.PerMonth)
	case org.SetWeekday:
		return p.L.Weekday(int(s.Weekday))
	case org.SetWeeks:
		return weekWords(p, s.Weeks)
	case org.SetStartAt:
		return p.L.Time(s.StartAt)
	case org.SetStartUntil:
		return p.L.Time(s.StartUntil)
	case org.SetPlaces:
		return p.L.Number(s.Places)
	case org.SetCalls:
		return p.L.Number(s.Calls)
	case org.SetOwnStart:
		return p.L.T("set.days", s.OwnStartDays)
	case org.SetSilence:
		return p.L.T("set.days", s.SilenceDays)
	case org.SetAway:
		return p.L.T("set.days", s.AwayDays)
	case org.SetRemind:
		return p.L.T("remind.choice." + s.Remind)
	case org.SetOffer:
		return p.L.T("set.days", s.OfferDays)
	case org.SetLogSample:
		return p.L.Number(s.LogSample)
	case org.SetAnswer:
		return p.L.T("set.workdays", s.AnswerDays)
	case org.SetOpinions:
		return p.L.T("set.days", s.OpinionDays)
	case org.SetReports:
		return p.L.T("set.years", s.ReportYears)
	case org.SetSteps:
		names := make([]string, len(s.Steps))
		for i, x := range s.Steps {
			names[i] = x.Name
		}
		return strings.Join(names, " · ")
	default:
		if s.Promise == "" {
			return p.L.T("set.promise.none")
		}
		return s.Promise
	}
}

func weekWords(p ui.Page, weeks []int) string {
	words := make([]string, len(weeks))
	for i, w := range weeks {
		words[i] = p.L.T("set.week." + strconv.Itoa(w))
	}
	return strings.Join(words, ", ")
}

// span is a closed span in words, first and last day.
func span(p ui.Page, s clock.Span) string {
	last := s.To.Add(-1)
	if last == s.From {
		return p.L.Date(last)
	}
	return p.L.T("operation.closed.span", s.From, last)
}

// upTo gives 1 to most.
func upTo(most int) []int {
	list := make([]int, most)
	for i := range list {
		list[i] = i + 1
	}
	return list
}
