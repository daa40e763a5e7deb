package own

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/attendance"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/consent"
	"sluss/internal/enquiry"
	"sluss/internal/evaluation"
	"sluss/internal/i18n"
	"sluss/internal/newcoach"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/reading"
	"sluss/internal/schedule"
	"sluss/internal/signin"
	"sluss/internal/site"
	"sluss/internal/statement"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/ui"
)

// around is who and what stands around the person: their units, and who is their coach.
type around struct {
	names org.Names
	unit  org.Unit // the newest of those they are with; a zero one for none
	coach org.Post // a zero one for nobody
}

// own opens what the person may see of themself, lets f read more of it in the same snapshot, and gives what stands around them.
// The names of units and colleagues are read before: a read inside another could wait for itself.
func (p *Pages) own(r *web.Request, f func(*store.Tx, access.Access) error) (me around, err error) {
	return p.ownOf(r, access.OwnView, f)
}

// ownOf is own for a page that shows more than others.
func (p *Pages) ownOf(r *web.Request, c access.Category, f func(*store.Tx, access.Access) error) (me around, err error) {
	names, err := p.Org.Names(r.Context(), r.Actor)
	if err != nil {
		return me, err
	}
	err = p.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(r.Context(), tx, r.Actor, c, access.Read)
		if err != nil {
			return err
		}
		if me, err = aroundOf(r, tx, a, names); err != nil {
			return err
		}
		return f(tx, a)
	})
	return me, err
}

func aroundOf(r *web.Request, tx *store.Tx, a access.Access, names org.Names) (around, error) {
	me := around{names: names}
	units, coach, err := access.Around(r.Context(), tx, r.Actor, a)
	if err != nil {
		return me, err
	}
	for _, u := range me.names.Units {
		if len(units) > 0 && u.ID == units[0] {
			me.unit = u
		}
	}
	me.coach = me.names.Post(coach)
	return me, nil
}

// homePage is the person's first page: their way.
type homePage struct {
	ui.Page
	around
	way.Way
	Waits       []way.Wait
	Messages    []enquiry.Enquiry // the newest first
	Writes      bool              // there is somebody at the gateway to write to
	Interpreter bool              // the person is known to want one
	today       clock.Date
	Recent      reading.Recent
	Coming      *attendance.Time // the next time in an activity; nil for none
	Activity    string           // its name
	AtWork      placement.ID     // where it is a day at a workplace; 0 else
	Times       []away.Time      // that are not in activities
	Takes       bool             // the person has or had a place in some activity
	Open        int              // questions about the plan that wait for the person
	Talks       bool             // there is somebody to ask about the plan, or something has been asked
	Questions   int              // that the person has asked
	Thinks      int              // activities that they can say what they think of, and have not
	Agencies    int              // agencies that may see something
	Stated      statement.Mine   // of the person's hours
	Placed      []placement.Own  // at workplaces, now and ahead
	Proposed    []way.Proposal   // by the person, the newest first
	Answered    clock.Instant    // why they get no other coach, of late; 0 for nothing
	Letter      signin.Given
	Demands     acts.Demands // what is required of the person
	Sure        bool         // the person may decide what binds
	Day         []site.Block // the first day, to who has it before them
	DayIn       *i18n.Lang   // the language that it is told in
	Brief       bool         // the session is on a computer that others use
	Sv          *i18n.Lang
}

// answerStays is how many days the first page tells of an answer about another coach.
const answerStays = 60

func (p *Pages) getHome(r *web.Request) (web.Answer, error) {
	page := homePage{Sv: i18n.Get("sv")}
	var given string
	me, err := p.ownOf(r, access.OwnView|way.WaitsNeed|away.Own, func(tx *store.Tx, a access.Access) (err error) {
		page.Agencies = 0
		if page.Interpreter, err = person.WantsInterpreter(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if given, err = person.GivenName(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if page.Way, err = way.Of(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if err := page.required(r, tx, a); err != nil {
			return err
		}
		if page.Waits, err = way.WaitsOf(r.Context(), tx, r.Actor, a, page.Way); err != nil {
			return err
		}
		shared, err := consent.Own(r.Context(), tx, r.Actor, a)
		if err != nil {
			return err
		}
		for _, s := range shared {
			if s.Yes.ID != 0 || len(s.Laws) > 0 {
				page.Agencies++
			}
		}
		if page.Recent, err = reading.RecentOf(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if err := page.coming(r, tx, a); err != nil {
			return err
		}
		if page.Proposed, _, err = way.ProposalsOf(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		asked, err := newcoach.OwnOf(r.Context(), tx, r.Actor, a)
		if err != nil {
			return err
		}
		if page.Answered = 0; len(asked) > 0 && asked[0].State == newcoach.Declined && asked[0].Answered.Date() > r.Actor.Today().Add(-answerStays) {
			page.Answered = asked[0].Answered
		}
		if page.Letter, err = signin.GivenOwn(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if err := page.together(r, tx, a); err != nil {
			return err
		}
		if page.Stated, err = statement.Own(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if page.Placed, err = placement.Mine(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		page.atWork(r)
		if page.Times, err = away.Times(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		page.unread()
		thinks, err := evaluation.Asked(r.Context(), tx, r.Actor, a)
		if err != nil {
			return err
		}
		page.Thinks = 0
		for _, m := range thinks {
			if m.On == "" {
				page.Thinks++
			}
		}
		list, err := reading.Asked(r.Context(), tx, r.Actor, a)
		if page.Questions = len(list); err != nil {
			return err
		}
		return page.firstDay(r, tx)
	})
	if err != nil {
		return web.Answer{}, err
	}
	page.around, page.Brief, page.Sure, page.today = me, r.Shared(), r.Sure(), r.Actor.Today()
	page.Page = p.page(r, page.around, "own.hello", given)
	page.Demands.Page, page.Demands.Names, page.Demands.Say = page.Page, page.names, sayPath
	return web.Show(home(page)).Refresh(r.Rest()), nil
}

// together counts what waits for the person's answer of what others ask about the plan.
func (p *homePage) together(r *web.Request, tx *store.Tx, a access.Access) error {
	v, err := enquiry.Of(r.Context(), tx, r.Actor, a)
	p.Open, p.Talks, p.Messages, p.Writes = 0, len(v.Sides)+len(v.List) > 0, v.List, len(v.Sides) > 0
	for _, e := range v.List {
		if e.To == enquiry.Themself && e.Waits() {
			p.Open++
		}
	}
	return err
}

// firstDay reads how the first day is, for who waits for it.
func (p *homePage) firstDay(r *web.Request, tx *store.Tx) error {
	if p.Day = nil; p.State != way.Waiting && p.State != way.Called {
		return nil
	}
	all, err := site.TextsOf(r.Context(), tx, r.Actor.Area(), r.Actor.Unit())
	p.Day, p.DayIn = all.Told(r.L, site.Day)
	return err
}

// coming finds the next time in an activity that the person has not said no to.
func (p *homePage) coming(r *web.Request, tx *store.Tx, a access.Access) error {
	v, err := attendance.Mine(r.Context(), tx, r.Actor, a)
	p.Coming, p.AtWork = nil, 0
	for _, t := range v.Times {
		if p.Coming == nil && t.State == schedule.Planned && t.Word == nil && !t.Resting && !t.Begun(r.Actor.Now()) {
			p.Coming, p.Activity = &t, v.Types[t.Activity].In(r.L.Tag).Name
		}
	}
	p.Takes = len(v.Times) > 0
	return err
}

// atWorkNext is the next day at a workplace; "" for none.
func atWorkNext(r *web.Request, x placement.Own) clock.Date {
	if x.State != placement.Agreed {
		return ""
	}
	return x.NextOn(r.Actor.Today(), r.Actor.Now().LocalTime())
}

// atWork makes a day at a workplace what happens next, when it comes before any time in an activity.
func (p *homePage) atWork(r *web.Request) {
	for _, x := range p.Placed {
		on := atWorkNext(r, x)
		if p.State != way.Paused && on != "" && (p.Coming == nil || on < p.Coming.On || on == p.Coming.On && x.Terms.At < p.Coming.At) {
			p.Coming = &attendance.Time{Occasion: schedule.Occasion{On: on, At: x.Terms.At, Until: x.Until}}
			p.AtWork = x.ID
			p.Activity = r.L.T("placement.at", r.L.T("placement.kind."+x.Kind), r.L.Apart(x.At))
		}
	}
}

// activityFirst tells whether what happens next of all is a time in an activity, and no meeting comes before it.
func (p homePage) activityFirst() bool {
	next := p.Next()
	return p.Coming != nil && (next == nil || p.Coming.On < next.On || p.Coming.On == next.On && p.Coming.At < next.At)
}

// told tells whether the next time of an activity stands on the page already, as the next time of all.
func (p homePage) told(x way.Place) bool {
	return p.Coming != nil && p.Activity == x.Name(p.L.Tag) && p.Coming.On == x.On && p.Coming.At == x.At
}

// whom names who the person meets or who does something: the worker as one says it, else somebody at the unit.
func (me around) whom(l *i18n.Lang, o org.Post) string {
	if o.ID == 0 || o.NameHidden {
		return l.T("own.somebody")
	}
	return o.First()
}

// place says in a sentence whom one meets and where.
func (me around) place(l *i18n.Lang, m way.Meeting) string { return acts.Meet(l, me.names, me.unit, m) }

// first is what happens next of all, when it is not in an activity; nil else.
func (p homePage) first() *away.Time {
	for i, t := range p.Times {
		m := p.Next()
		if p.activityFirst() && t.Kind == away.Work && t.On == p.Coming.On && t.At == p.Coming.At && p.Coming.ID == 0 ||
			!p.activityFirst() && m != nil && t.Kind == away.Kind(m.Kind) && t.On == m.On && t.At == m.At {
			return &p.Times[i]
		}
	}
	return nil
}

// cannotAt is where the press goes that says that one does not come to what happens next; "" when there is no press for it.
func (p homePage) cannotAt(t *away.Time) string {
	switch {
	case t != nil:
		return meetings + "/" + t.Key.String() + "/kan-inte"
	case p.activityFirst():
		return times + "/" + p.Coming.ID.String() + "/kan-inte"
	default:
		return ""
	}
}

// aways is what says who has read what the person has told.
func (p homePage) aways() acts.Aways { return acts.Aways{Page: p.Page, Names: p.names} }

// task says what is to be done, in the language of the page where it has been said in one's own.
func (p homePage) task(t way.Task) string {
	if p.L.Spoken() != "sv" && t.Other != "" {
		return t.Other
	}
	return t.Words
}

// who says who does something as the person reads it.
func (p homePage) who(w plan.Who) string {
	switch w {
	case plan.Self:
		return p.L.T("ui.who.self")
	case plan.Together:
		return p.L.T("ui.who.together")
	default:
		return p.L.Apart(p.whom(p.L, p.coach))
	}
}

// flight is the steps as a picture.
func (p homePage) flight() []ui.Step {
	list := make([]ui.Step, len(p.Steps))
	for i := range p.Steps {
		list[i].Name = p.stepName(i + 1)
		if i+1 == p.Here {
			list[i].Here = p.L.T("own.here")
		}
	}
	return list
}

// stepName is the unit's own name of a step; the product's are said in the language of the page.
func (p homePage) stepName(n int) string {
	own := org.Defaults().Steps
	if n <= len(own) && p.Steps[n-1] == own[n-1] {
		return p.L.T("plan.step." + string(rune('0'+n)))
	}
	return p.Steps[n-1].Name
}

func (p homePage) stepNames() string {
	var list []string
	for i := range p.Steps {
		list = append(list, p.stepName(i+1))
	}
	return strings.Join(list, ", ")
}

// promised is the promise and the language it is said in: the unit's own words, or ours; in Swedish until the language of
// the page has been reviewed.
func (p homePage) promised() (text string, spoken *i18n.Lang) {
	if p.Promise != "" {
		return p.Promise, p.Sv
	}
	l := p.L.Binds()
	return l.T("plan.promise.text", p.whom(l, p.coach)), l
}
