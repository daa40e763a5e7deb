package staff

import (
	"errors"
	"slices"

	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/outcome"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// exitPage is one person's way out: pausing, leaving, and what is asked afterwards.
type exitPage struct {
	filled
	outcome.Case
	Who     id.Person
	Tabs    []ui.Tab
	Today   clock.Date
	Reason  outcome.Reason    // the reason that is being written about, "" while none is chosen
	Asked   *outcome.FollowUp // the follow-up that is being answered
	Promise promise
	Voice   voice
}

func (p exitPage) path(part string) string { return personPath(p.Who, "/avslut"+part) }

// on tells whether the person takes part, resting or not.
func (p exitPage) on() bool {
	return p.Enrolled && (p.Enrolment.State == intake.Active || p.Enrolment.State == intake.Paused)
}

// options makes the choices of a closed list; a definition stands beneath a choice that has one.
func options[T ~string](l *i18n.Lang, prefix string, values []T) []ui.Option {
	list := make([]ui.Option, len(values))
	for i, v := range values {
		key := prefix + string(v)
		list[i] = ui.Option{Value: string(v), Text: l.T(key)}
		if l.Has(key + ".good") {
			list[i].Good = l.T(key + ".good")
		}
	}
	return list
}

// blank puts an empty choice first.
func blank(l *i18n.Lang, key string, list []ui.Option) []ui.Option {
	return slices.Insert(list, 0, ui.Option{Text: l.T(key)})
}

// one reads a choice of a closed list; what is not in it is "".
func one[T ~string](f *web.Form, name string, values []T) T {
	if i := slices.Index(values, T(f.Raw(name))); i >= 0 {
		return values[i]
	}
	return ""
}

func (p *Pages) exitPage(r *web.Request) (exitPage, error) {
	who, err := r.Person()
	if err != nil {
		return exitPage{}, err
	}
	c, err := p.Outcome.Open(r.Context(), r.Actor, who)
	if err != nil {
		return exitPage{}, err
	}
	page := exitPage{filled: filled{Page: r.Titled(c.Person.Name()), First: c.Person.Given}, Case: c, Who: who, Tabs: personTabs(r, who), Today: r.Actor.Today()}
	for i := range page.Tabs {
		page.Tabs[i].Current = page.Tabs[i].Href == page.path("")
	}
	page.Path = page.path("")
	page.Promise, err = p.promised(r, c.Enrolment.Coach)
	return page, err
}

func (p *Pages) getExit(r *web.Request) (web.Answer, error) {
	page, err := p.exitPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	query := r.URL.Query()
	page.Path = r.URL.RequestURI()
	if want := outcome.Reason(query.Get("skal")); page.on() && slices.Contains(outcome.Reasons, want) {
		page.Reason = want
	}
	page.ask(query.Get("svara"))
	page.Voice, err = p.saidOf(r, page.Who, page.First, comment.Exit, comment.FollowUp, comment.Pause)
	return web.Show(exitView(page)), err
}

// ask chooses the follow-up to answer: the one named, else the first whose day has come.
func (p *exitPage) ask(name string) {
	if p.Exit == nil {
		return
	}
	for i, f := range p.Exit.FollowUps {
		if f.Askable(p.Today) && (name == f.ID.String() || name == "" && f.State == outcome.Open && f.DueOn <= p.Today) {
			p.Asked = &p.Exit.FollowUps[i]
			return
		}
	}
}

// again shows the page with what was typed, what is wrong with it, and what is stored now.
func (p *Pages) again(r *web.Request, failed error, set func(*exitPage)) (web.Answer, error) {
	faults := fault.Fields(failed)
	stale := errors.Is(failed, fault.Stale)
	if faults == nil && !stale {
		return web.Answer{}, failed
	}
	page, err := p.exitPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Typed, page.Faults, page.Failed, page.Differs = r.Form, faults, true, stale
	set(&page)
	if stale {
		return web.Differs(exitView(page)), nil
	}
	return web.Again(exitView(page)), nil
}

func (p *Pages) postExit(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := r.Form
	reason := one(f, "reason", outcome.Reasons)
	form := outcome.Form{Version: f.Version(), Reason: reason, Kind: one(f, "kind", reason.Kinds()), Subsidy: one(f, "subsidy", outcome.Subsidies),
		Sector: one(f, "sector", outcome.Sectors), Municipal: one(f, "municipal", yesNo), StudyAid: one(f, "aid", yesNo), On: f.Date("on"),
		Before: one(f, "before", outcome.Incomes), After: one(f, "after", outcome.Incomes), NoView: one(f, "noview", outcome.NoViews),
		Words: outcome.Words{Where: f.Line("where"), To: f.Line("to"), View: f.Text("view"), WhyNot: f.Text("whynot")}}
	if err = f.Faults.Err(); err == nil {
		_, err = p.Outcome.Leave(r.Context(), r.Actor, who, form)
	}
	if err != nil {
		return p.again(r, err, func(page *exitPage) { page.Reason = reason; page.ask("") })
	}
	return web.Saved(personPath(who, "/avslut"), "outcome.saved"), nil
}

func (p *Pages) postExitUndo(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var exit outcome.ID
	if exit.UnmarshalText([]byte(r.Form.Raw("exit"))) != nil {
		return web.Answer{}, fault.Missing
	}
	if err := p.Outcome.Undo(r.Context(), r.Actor, who, exit, r.Form.Version()); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, "/avslut"), "outcome.undone"), nil
}

func (p *Pages) postFollowUp(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := r.Form
	n := outcome.Answer{Version: f.Version(), Answer: f.Raw("answer"), Words: f.Text("words")}
	if n.FollowUp.UnmarshalText([]byte(f.Raw("followup"))) != nil {
		return web.Answer{}, fault.Missing
	}
	if err = f.Faults.Err(); err == nil {
		err = p.Outcome.FollowUp(r.Context(), r.Actor, who, n)
	}
	if err != nil {
		return p.again(r, err, func(page *exitPage) { page.ask(n.FollowUp.String()) })
	}
	return web.Saved(personPath(who, "/avslut"), "outcome.answer.saved"), nil
}

func (p *Pages) postPause(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := r.Form
	form := outcome.PauseForm{Version: f.Version(), Reason: one(f, "pause", outcome.PauseReasons), ExpectedOn: f.Date("expected"), Words: f.Text("pausewords")}
	if err = f.Faults.Err(); err == nil {
		err = p.Outcome.Pause(r.Context(), r.Actor, who, form)
	}
	if err != nil {
		return p.again(r, err, func(*exitPage) {})
	}
	return web.Saved(personPath(who, "/avslut"), "outcome.pause.saved"), nil
}

func (p *Pages) postResume(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	if err := p.Outcome.Resume(r.Context(), r.Actor, who, r.Form.Version()); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, "/avslut"), "outcome.resume.saved"), nil
}
