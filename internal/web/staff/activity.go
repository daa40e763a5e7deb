package staff

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/competence"
	"sluss/internal/evaluation"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const activities = "/arbete/aktiviteter"

func activityHref(a activity.ID) string { return activities + "/" + a.String() }

// catalogue is the unit's activities with everything that tells whether they can run.
type catalogue struct {
	Types   []activity.Type
	Reasons map[activity.ID]string
	Board   competence.Board
	Posts   []org.Post
	Names   org.Names
	Today   clock.Date
}

func (p *Pages) catalogue(r *web.Request) (c catalogue, err error) {
	c.Today = r.Actor.Today()
	if c.Names, err = p.names(r); err != nil {
		return c, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if c.Types, err = activity.All(r.Context(), tx, r.Actor); err != nil {
			return err
		}
		if c.Reasons, err = activity.Reasons(r.Context(), tx, r.Actor); err != nil {
			return err
		}
		if c.Board, err = competence.Read(r.Context(), tx, r.Actor); err != nil {
			return err
		}
		c.Posts, err = activity.Leading(r.Context(), tx, r.Actor)
		return err
	})
	return c, err
}

// stand is where one activity stands today.
func (c catalogue) stand(t activity.Type) activity.Standing {
	return t.Stand(c.Board, c.Posts, c.Today)
}

// get finds an activity; Missing when it is not the unit's.
func (c catalogue) get(a activity.ID) (activity.Type, error) {
	i := slices.IndexFunc(c.Types, func(t activity.Type) bool { return t.ID == a })
	if i < 0 {
		return activity.Type{}, fault.Missing
	}
	return c.Types[i], nil
}

// missing tells what would open an activity: whom to train in what, and whether that is planned.
func (c catalogue) missing(l *i18n.Lang, t activity.Type) []string {
	s := c.stand(t)
	if s.Missing == 0 || t.Method == 0 {
		return nil
	}
	list := []string{l.T("activity.missing", s.Missing, c.Board.Method(t.Method))}
	for _, x := range c.Board.Training(t.Method) {
		list = append(list, l.T("activity.training", c.Names.Post(x.Post).First(), x.By))
	}
	if len(list) == 1 {
		list = append(list, l.T("activity.training.none"))
	}
	return list
}

// activitiesPage is the catalogue by where each activity stands.
type activitiesPage struct {
	ui.Page
	catalogue
	Change bool // the reader may change it
}

func (p *Pages) getActivities(r *web.Request) (web.Answer, error) {
	c, err := p.catalogue(r)
	return web.Show(activitiesView(activitiesPage{r.Page("activity.title"), c, mayPlan(r.Actor)})), err
}

// mayPlan tells whether somebody may change activities and the schedule: all but the reception.
func mayPlan(a *access.Actor) bool { return slices.Contains(access.Caseworkers, a.Role()) }

func (p activitiesPage) in(s activity.State) (list []activity.Type) {
	for _, t := range p.Types {
		if t.State == s {
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b activity.Type) int { return strings.Compare(a.In(p.L.Tag).Name, b.In(p.L.Tag).Name) })
	return list
}

// activityPage is one activity: what it is, who can lead it, and what was decided about it.
type activityPage struct {
	ui.Page
	catalogue
	Type      activity.Type
	Decisions []activity.Decision
	Thought   evaluation.View
	State     string
	Why       string
	Change    bool
	Faults    fault.Form
}

func (p *Pages) getActivity(r *web.Request) (web.Answer, error) {
	page, err := p.activity(r)
	return web.Show(activityView(page)), err
}

func (p *Pages) activity(r *web.Request) (page activityPage, err error) {
	var a activity.ID
	if err := pathID(r, "activity", &a); err != nil {
		return page, err
	}
	if page.catalogue, err = p.catalogue(r); err != nil {
		return page, err
	}
	if page.Type, err = page.get(a); err != nil {
		return page, err
	}
	page.Page, page.Change = r.Titled(page.Type.In(r.L.Tag).Name), mayPlan(r.Actor)
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		if page.Decisions, err = activity.Decisions(r.Context(), tx, r.Actor, a); err != nil || !page.Change {
			return err
		}
		page.Thought, err = evaluation.Of(r.Context(), tx, r.Actor, a)
		return err
	})
	return page, err
}

func (p *Pages) postActivityDecide(r *web.Request) (web.Answer, error) {
	var a activity.ID
	if err := pathID(r, "activity", &a); err != nil {
		return web.Answer{}, err
	}
	to, why := r.Form.Choice("state", stateCodes()...), r.Form.Text("why")
	err := r.Form.Faults.Err()
	if err == nil {
		err = p.Activity.Decide(r.Context(), r.Actor, a, r.Form.Version(), activity.State(to), why)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(activityHref(a), "activity.decided"), err
	}
	page, err := p.activity(r)
	page.Faults, page.Failed, page.State, page.Why = faults, true, r.Form.Raw("state"), r.Form.Raw("why")
	return web.Again(activityView(page)), err
}

func stateCodes() (list []string) {
	for _, s := range activity.States {
		list = append(list, string(s))
	}
	return list
}

// states are those that the activity can be decided into.
func (p activityPage) states() (list []ui.Option) {
	for _, s := range activity.States {
		if s == p.Type.State || p.Type.State == activity.Ended && s != activity.Looked {
			continue
		}
		list = append(list, ui.Option{Value: string(s), Text: p.L.T("activity.to." + string(s)), Good: p.L.T("activity.to." + string(s) + ".good")})
	}
	return list
}

// facts are what the activity is.
func (p activityPage) facts() []ui.Fact {
	l, t := p.L, p.Type
	w := t.In(l.Tag)
	method := p.Board.Method(t.Method)
	if t.Method == 0 {
		method = l.T("activity.method.none")
	}
	list := []ui.Fact{{Term: l.T("activity.content"), Text: w.Content}, {Term: l.T("activity.leads"), Text: w.Leads}, {Term: l.T("activity.method"), Text: method},
		{Term: l.T("activity.together"), Text: l.T("activity.together.is", t.Together)}, {Term: l.T("activity.size"), Text: l.T("activity.size.is", t.Size)},
		{Term: l.T("activity.caseload"), Text: ledWords(l, t)},
		{Term: l.T("activity.needs"), Text: codes(l, "room.has.", t.Needs)}, {Term: l.T("activity.access"), Text: codes(l, "activity.access.", t.Access)},
		{Term: l.T("activity.languages"), Text: codes(l, "person.lang.", t.Languages)}}
	return slices.DeleteFunc(list, func(f ui.Fact) bool { return f.Text == "" })
}

// ledWords tells of an activity that is led person by person; "" of a group.
func ledWords(l *i18n.Lang, t activity.Type) string {
	if t.Caseload == 0 {
		return ""
	}
	return l.T("activity.caseload.is", t.Caseload)
}

// codes joins the words of codes.
func codes(l *i18n.Lang, prefix string, list []string) string {
	words := make([]string, len(list))
	for i, c := range list {
		words[i] = l.T(prefix + c)
	}
	return l.List(words...)
}

// leaders are those who can lead the activity, with until when; nobody for one without a method.
func (p activityPage) leaders() (list []ui.Fact) {
	if p.Type.Method == 0 {
		return nil
	}
	for _, c := range p.Board.Of(p.Type.Method) {
		if !c.Leads(p.Today) {
			continue
		}
		until := p.L.T("competence.forever")
		if c.To < clock.Forever {
			until = p.L.T("competence.until", c.To)
		}
		list = append(list, ui.Fact{Term: p.Names.Post(c.Post).Name, Text: until})
	}
	return list
}

// activityForm is an activity to write.
type activityForm struct {
	ui.Page
	Type    activity.Type
	Methods []competence.Method
	Why     string
	Typed   map[string]string // numbers as they were typed
	Stored  []ui.Fact
	Faults  fault.Form
}

func (p *Pages) getActivityNew(r *web.Request) (web.Answer, error) {
	c, err := p.catalogue(r)
	t := activity.Type{Together: 2, Size: 8, Languages: []string{"sv"}, Words: map[string]activity.Words{}}
	return web.Show(activityEdit(activityForm{Page: r.Page("activity.new"), Type: t, Methods: c.Board.Methods})), err
}

func (p *Pages) getActivityEdit(r *web.Request) (web.Answer, error) {
	page, err := p.activity(r)
	return web.Show(activityEdit(activityForm{Page: page.Page, Type: page.Type, Methods: page.Board.Methods})), err
}

func (p *Pages) postActivity(r *web.Request) (web.Answer, error) {
	t, why := readActivity(r), r.Form.Text("why")
	if r.PathValue("activity") != "" {
		if err := pathID(r, "activity", &t.ID); err != nil {
			return web.Answer{}, err
		}
	}
	fresh := t.ID == 0
	err := r.Form.Faults.Err()
	switch {
	case err != nil:
	case fresh:
		t.ID, err = p.Activity.Add(r.Context(), r.Actor, t, why)
	default:
		err = p.Activity.Change(r.Context(), r.Actor, t)
	}
	faults := fault.Fields(err)
	if faults == nil && !errors.Is(err, fault.Stale) {
		return web.Saved(activityHref(t.ID), "form.saved"), err
	}
	return p.activityAgain(r, t, why, fresh, faults)
}

// activityAgain shows the form with what was typed; when somebody changed it meanwhile, beside what is stored.
func (p *Pages) activityAgain(r *web.Request, t activity.Type, why string, fresh bool, faults fault.Form) (web.Answer, error) {
	f := activityForm{Page: r.Page("activity.new"), Type: t, Why: why, Faults: faults,
		Typed: map[string]string{"together": r.Form.Raw("together"), "size": r.Form.Raw("size"), "caseload": r.Form.Raw("caseload")}}
	if fresh {
		c, err := p.catalogue(r)
		f.Methods, f.Failed, f.Type.ID = c.Board.Methods, true, 0
		return web.Again(activityEdit(f)), err
	}
	now, err := p.activity(r)
	if err != nil {
		return web.Answer{}, err
	}
	f.Page, f.Methods, f.Failed = now.Page, now.Board.Methods, true
	if len(faults) > 0 {
		return web.Again(activityEdit(f)), nil
	}
	w := now.Type.In(r.L.Tag)
	f.Type.Version, f.Stored = now.Type.Version, append([]ui.Fact{{Term: r.L.T("activity.name"), Text: w.Name}, {Term: r.L.T("activity.purpose"), Text: w.Purpose}}, now.facts()...)
	return web.Differs(activityEdit(f)), nil
}

// activityLanguages are those an activity can be held in.
var activityLanguages = []string{"sv", "en", "ar", "so", "uk", "fa", "ti", "fi", "sgn"}

func readActivity(r *web.Request) activity.Type {
	f := r.Form
	t := activity.Type{Existed: f.Bool("existed"), Together: f.Int("together", 1, activity.MostTogether), Size: f.Int("size", 1, activity.MostSize), Caseload: f.Int("caseload", 0, activity.MostCaseload),
		Needs: f.Choices("needs", org.Features...), Access: f.Choices("access", activity.Adaptations...), Languages: f.Choices("languages", activityLanguages...),
		Words: map[string]activity.Words{}, Version: f.Version()}
	if m := f.Raw("method"); m != "" && t.Method.UnmarshalText([]byte(m)) != nil {
		f.Faults.Add("method", "form.choose")
	}
	for _, lang := range i18n.All() {
		end := langEnd(lang.Tag)
		t.Words[lang.Tag] = activity.Words{Name: f.Line("name" + end), Purpose: f.Text("purpose" + end), Content: f.Text("content" + end), Leads: f.Text("leads" + end)}
	}
	return t
}

// langEnd is what a field's name ends in for a language; Swedish has the plain name.
func langEnd(lang string) string {
	if lang == "sv" {
		return ""
	}
	return "_" + lang
}

// at gives a field of the form with what stands in it.
func (p activityForm) at(name, value string) ui.Field {
	f := ui.Field{Name: name, Label: p.L.T("activity." + name), Value: value, Error: ui.Fault(p.L, p.Faults, name)}
	if p.L.Has("activity." + name + ".good") {
		f.Good = p.L.T("activity." + name + ".good")
	}
	return f
}

// words gives the field of one of the activity's texts in a language.
func (p activityForm) words(name, lang string) ui.Field {
	w := p.Type.Words[lang]
	value := map[string]string{"name": w.Name, "purpose": w.Purpose, "content": w.Content, "leads": w.Leads}[name]
	f := p.at(name, value)
	f.Name, f.Lang, f.Required = name+langEnd(lang), lang, lang == "sv" && (name == "name" || name == "purpose")
	f.Error = ui.Fault(p.L, p.Faults, f.Name)
	return f
}

func (p activityForm) number(name string, n int) ui.Field {
	value := strconv.Itoa(n)
	if v, ok := p.Typed[name]; ok {
		value = v
	}
	return p.at(name, value)
}

// caseload is for those who lead person by person; 0 for a group.
func (p activityForm) caseload() ui.Field {
	f := p.number("caseload", p.Type.Caseload)
	f.Good = p.L.T("activity.caseload.good")
	return f
}

func (p activityForm) many(name string, values []string) ui.Field {
	f := p.at(name, "")
	f.Values = values
	return f
}

func (p activityForm) methods() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("activity.method.none")}}
	for _, m := range p.Methods {
		list = append(list, ui.Option{Value: m.ID.String(), Text: m.Name})
	}
	return list
}

func chosenMethod(m competence.MethodID) string {
	if m == 0 {
		return ""
	}
	return m.String()
}

func (p activityForm) action() string {
	if p.Type.ID == 0 {
		return activities + "/ny"
	}
	return activityHref(p.Type.ID) + "/andra"
}

// offeringTabs are the views of what the unit offers; the register of workplaces is for who works with people.
func offeringTabs(l *i18n.Lang, here string, register bool) []ui.Tab {
	list := []ui.Tab{{Text: l.T("activity.tab"), Href: activities}, {Text: l.T("competence.title"), Href: competences}}
	if register {
		list = append(list, ui.Tab{Text: l.T("workplace.title"), Href: workplaces})
	}
	for i := range list {
		list[i].Current = list[i].Href == here
	}
	return list
}

// postName names a post of the unit, also one that has ended.
func postName(l *i18n.Lang, n org.Names, p id.Post) string {
	if name := n.Post(p).Name; name != "" {
		return name
	}
	return l.T("activity.former")
}
