package staff

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/evaluation"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/needs"
	"sluss/internal/web/ui"
)

// paperForm is a form on paper for what somebody can also do on their own pages: printed, filled in by hand, signed and typed in.
type paperForm struct {
	Name  string   // in the address, and in the keys of its texts
	Typed string   // where it is typed in: what follows the person's own address
	Says  []string // keys of what it means
	Parts []part
	Bound bool // it binds by its Swedish words alone; the other language says so
	Seen  bool // a second worker signs that they were there
}

// part is something that is asked: in Lines that are written on, or in choices that are ticked.
type part struct {
	Key     string
	Choices []string // keys
	Lines   int
}

// paperForms are the forms, in the order of what one does.
var paperForms = []paperForm{
	{Name: "mal", Typed: "/plan/mal", Parts: []part{{Key: "own.goal.words", Lines: 4}}},
	{Name: "behov", Typed: "/bordet/behov", Parts: inventoryParts()},
	{Name: "steg", Typed: "/plan", Parts: []part{{Key: "blank.steg.which", Lines: 1}, {Key: "blank.answer", Choices: []string{"ui.question.yes", "ui.question.later"}}}},
	{Name: "uppgift", Typed: "/plan/fran-papper", Parts: []part{{Key: "blank.uppgift.what", Lines: 2}, {Key: "plan.task.who", Choices: []string{"mine.task.self", "mine.task.together"}}}},
	{Name: "forslag", Typed: "/forslag", Parts: []part{{Key: "blank.forslag.what", Lines: 2}, {Key: "proposal.words", Lines: 4}, {Key: "proposal.because", Lines: 3}}},
	{Name: "onskemal", Typed: "/aktiviteter", Parts: []part{{Key: "mine.wish.which", Lines: 1}, {Key: "mine.wish.because", Lines: 3}}},
	{Name: "kan-inte", Typed: "/tider", Parts: []part{{Key: "blank.when", Lines: 1}, {Key: "blank.reason", Choices: []string{"attendance.own.ill"}}, {Key: "attendance.own.why", Lines: 2}, {Key: "away.when", Lines: 1}}},
	{Name: "anpassning", Typed: "/min-plats/anpassning", Parts: []part{{Key: "myplace.what", Lines: 4}}},
	{Name: "utvardering", Typed: "/bordet/utvardering", Says: []string{"evaluation.free"}, Parts: evaluationParts()},
	{Name: "kommentar", Typed: "/underlag", Parts: []part{{Key: "blank.kommentar.about", Lines: 1}, {Key: "statement.form.words", Lines: 5}}},
	{Name: "anteckning", Typed: "/kontakt", Parts: []part{{Key: "blank.anteckning.which", Lines: 1}, {Key: "comment.say", Lines: 5}}},
	{Name: "sagt", Typed: "/bordet/sagt", Parts: []part{{Key: "blank.sagt.which", Lines: 2}, {Key: "comment.say", Lines: 5}}},
	{Name: "trad", Typed: "/plan", Parts: []part{{Key: "blank.trad.which", Lines: 2}}},
	{Name: "plats", Typed: "/aktiviteter", Parts: []part{{Key: "blank.plats.which", Lines: 1}, {Key: "blank.answer", Choices: []string{"place.yes", "place.no"}}}},
	{Name: "arbete", Typed: "/praktik", Parts: []part{{Key: "own.wish.what", Lines: 2}, {Key: "mine.wish.because", Lines: 3}}},
	{Name: "kurs", Typed: "/aktiviteter", Parts: []part{{Key: "blank.kurs.which", Lines: 1}}},
	{Name: "paminnelser", Typed: "/paminnelser", Parts: []part{{Key: "remind.form", Choices: remindKeys()}}},
	{Name: "fraga", Typed: "/tillsammans", Parts: []part{{Key: "blank.fraga.whom", Lines: 1}, {Key: "enquiry.words", Lines: 4}}},
	{Name: "berattelse", Typed: "/berattelse", Parts: []part{{Key: "story.words", Lines: 12}, {Key: "story.name", Lines: 1}}},
	{Name: "angra", Typed: "/bordet", Parts: []part{{Key: "blank.angra.what", Choices: []string{"blank.angra.wish", "blank.angra.proposal", "blank.angra.comment", "blank.angra.coach", "blank.angra.evaluation", "blank.angra.story", "blank.angra.trusted"}}, {Key: "blank.angra.which", Lines: 1}}},
	{Name: "samtycke", Typed: "/samtycke", Bound: true, Seen: true, Says: []string{"consent.text.no", "consent.text.back", "consent.text.until"},
		Parts: []part{{Key: "blank.samtycke.who", Lines: 1}, {Key: "consent.purpose", Choices: []string{"consent.purpose.plan", "consent.purpose.work", "consent.purpose.health"}},
			{Key: "consent.part", Choices: []string{"own.part.plan", "own.part.thread", "own.part.activities", "own.part.attendance", "own.part.contact"}},
			{Key: "blank.samtycke.until", Lines: 1}}},
	{Name: "ta-tillbaka", Typed: "/samtycke", Bound: true, Parts: []part{{Key: "blank.samtycke.whom", Lines: 1}}},
	{Name: "coach", Typed: "/bordet/coach", Says: []string{"newcoach.as"}, Parts: []part{{Key: "blank.coach.who", Lines: 1}, {Key: "newcoach.words", Lines: 4}}},
	{Name: "dela", Typed: showing, Parts: []part{{Key: "trusted.reader", Lines: 1}, {Key: "trusted.long", Lines: 1}, {Key: "blank.dela.more", Choices: []string{"trusted.helps"}}}},
	{Name: "tyck-till", Typed: "/tyck-till", Parts: []part{{Key: "public.opinion.kind", Choices: []string{"public.opinion.kind.praise", "public.opinion.kind.wish", "public.opinion.kind.complaint"}}, {Key: "public.opinion.words", Lines: 6}}},
	{Name: "vem-har-last", Typed: "/lasningar/fraga", Parts: []part{{Key: "blank.vem-har-last.who", Lines: 2}, {Key: "reading.ask.words", Lines: 4}}},
}

// PaperForms gives the names of the forms, as they stand in addresses.
func PaperForms() (list []string) {
	for _, f := range paperForms {
		list = append(list, f.Name)
	}
	return list
}

// remindKeys are when one can be reminded.
func remindKeys() (list []string) {
	for _, c := range org.Reminders {
		list = append(list, "remind.choice."+c)
	}
	return list
}

// inventoryParts is how somebody has it, as it is asked on their own pages.
func inventoryParts() (list []part) {
	for _, item := range needs.Every {
		x := part{Key: "plan.item." + item, Lines: 2}
		if !slices.Contains(plan.Questions, item) {
			x.Lines = 0
			for n := range plan.Best {
				x.Choices = append(x.Choices, needs.WordKey(item, n+1))
			}
		}
		list = append(list, x)
	}
	return list
}

// evaluationParts are the short questions about an activity.
func evaluationParts() []part {
	list := []part{{Key: "blank.utvardering.about", Lines: 1}}
	for _, q := range evaluation.Questions {
		x := part{Key: "evaluation.ask." + q}
		for _, w := range evaluation.Words {
			x.Choices = append(x.Choices, "evaluation.word."+w)
		}
		list = append(list, x)
	}
	return append(list, part{Key: "evaluation.line", Lines: 2}, part{Key: "blank.utvardering.show", Choices: []string{"evaluation.show"}})
}

const (
	blankForms = "/arbete/blanketter"
	blankNeed  = access.Identity | access.Contact
)

func (p *Pages) blankRoutes() []web.Route {
	const one = "/arbete/person/{person}/blanketter"
	return []web.Route{
		{Method: "GET", Pattern: blankForms, Needs: web.NoPerson(), Handle: p.getBlanks},
		{Method: "GET", Pattern: blankForms + "/{form}", Needs: web.NoPerson(), Handle: p.getBlank},
		{Method: "GET", Pattern: one, Needs: web.OnePerson(blankNeed, access.Read), Handle: p.getBlanksOf},
		{Method: "GET", Pattern: one + "/{form}", Needs: web.OnePerson(blankNeed, access.Export), Handle: p.getBlankOf},
	}
}

// blanksPage is the list of forms: for one person, or to have at the desk.
type blanksPage struct {
	ui.Page
	Who    id.Person // 0 at the desk
	Person person.Person
	Tabs   []ui.Tab
	Langs  []*i18n.Lang
}

func (p *Pages) getBlanks(r *web.Request) (web.Answer, error) {
	return web.Show(blanksView(blanksPage{Page: r.Page("blank.title"), Langs: i18n.Public()})), nil
}

func (p *Pages) getBlanksOf(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	page := blanksPage{Who: who, Tabs: personTabs(r, who)}
	page.Person, err = p.blankFor(r, who, access.Read)
	page.Page = r.Titled(page.Person.Name())
	return web.Show(blanksView(page)), err
}

// blankFor reads whom a form is for, and their language.
func (p *Pages) blankFor(r *web.Request, who id.Person, act access.Action) (about person.Person, err error) {
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		about, _, err = person.Open(r.Context(), tx, r.Actor, who, blankNeed, act, access.ForPlan)
		return err
	})
	return about, err
}

// sheet is the address of a form on paper.
func (p blanksPage) sheet(b paperForm) string {
	if p.Who != 0 {
		return personPath(p.Who, "/blanketter/"+b.Name)
	}
	return blankForms + "/" + b.Name
}

// typed is where a form is typed in.
func (p blanksPage) typed(b paperForm) string {
	return personPath(p.Who, b.Typed)
}

// blankSheet is one form on paper, in Swedish and beside it in another language.
type blankSheet struct {
	ui.Page
	paperForm
	For   string     // the person's name, "" for one at the desk
	House org.Unit   // whom to give it to
	Sv    *i18n.Lang // or easy Swedish
	Other *i18n.Lang // nil for none
}

func (p *Pages) getBlank(r *web.Request) (web.Answer, error) {
	return p.blankSheet(r, "", r.URL.Query().Get("sprak"))
}

func (p *Pages) getBlankOf(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	about, err := p.blankFor(r, who, access.Export)
	if err != nil {
		return web.Answer{}, err
	}
	return p.blankSheet(r, about.Name(), about.Language)
}

func (p *Pages) blankSheet(r *web.Request, name, lang string) (web.Answer, error) {
	i := slices.IndexFunc(paperForms, func(b paperForm) bool { return b.Name == r.PathValue("form") })
	if i < 0 {
		return web.Answer{}, fault.Missing
	}
	x := blankSheet{Page: r.Page("blank.title"), paperForm: paperForms[i], For: name, Sv: i18n.Get("sv")}
	if i18n.Known(lang) && lang != "sv" {
		x.Other = i18n.Get(lang)
	} else if lang == i18n.Easy {
		x.Sv = i18n.Get(lang)
	}
	names, err := p.names(r)
	for _, u := range names.Units {
		if u.ID == r.Actor.Unit() {
			x.House = u
		}
	}
	x.L, x.Title = x.Sv, x.Sv.T("blank.form."+x.Name)
	return web.Show(blankPaper(x)), err
}
