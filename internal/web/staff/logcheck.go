package staff

import (
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/logcheck"
	"sluss/internal/org"
	"sluss/internal/reading"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const logChecks = "/arbete/loggkontroll"

// logCheckRoutes are the routes of the log check.
func (p *Pages) logCheckRoutes() []web.Route {
	one := logChecks + "/{person}/{reading}"
	return []web.Route{
		{Method: "GET", Pattern: logChecks, Needs: web.ManyPeople(access.Identity, access.Read), Handle: p.getLogCheck},
		{Method: "POST", Pattern: logChecks, Needs: web.NoPerson(), Handle: p.postDraw},
		{Method: "POST", Pattern: logChecks + "/klar", Needs: web.NoPerson(), Handle: p.postSign},
		{Method: "GET", Pattern: one, Needs: web.OnePerson(access.Identity, access.Read), Handle: p.getChecked},
		{Method: "POST", Pattern: one, Needs: web.OnePerson(access.Identity, access.Read, access.Write), Handle: p.postChecked},
	}
}

type logCheckPage struct {
	ui.Page
	logcheck.State
	Names org.Names
	Now   bool // the next round is to begin today at the latest
}

// listed is how the lists of the round's days were looked through.
func (p logCheckPage) listed() ui.Table {
	num := func(key string) ui.Col { return ui.Col{Text: p.L.T(key), Short: p.L.T(key), Num: true} }
	t := ui.Table{Caption: p.L.T("logcheck.lists"), Hidden: true, Stack: true, Cols: []ui.Col{{Text: p.L.T("logcheck.who")}, num("logcheck.lists.people"), num("logcheck.lists.opened"),
		num("logcheck.lists.searches"), num("logcheck.lists.lists"), num("logcheck.lists.files")}}
	for _, x := range p.Lists {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(postName(p.L, p.Names, x.Post)), ui.T(p.L.Number(x.People)), ui.T(p.L.Number(x.Opened)), ui.T(p.L.Number(x.Searches)),
			ui.T(p.L.Number(x.Lists)), ui.T(p.L.Number(x.Files))}})
	}
	return t
}

func (p *Pages) logCheckPage(r *web.Request) (page logCheckPage, err error) {
	page.Page = r.Page("logcheck.title")
	if page.State, err = p.LogCheck.State(r.Context(), r.Actor); err != nil {
		return page, err
	}
	page.Now = page.Next <= r.Actor.Today()
	page.Names, err = p.names(r)
	return page, err
}

func (p *Pages) getLogCheck(r *web.Request) (web.Answer, error) {
	page, err := p.logCheckPage(r)
	return web.Show(logCheckView(page)), err
}

func (p *Pages) postDraw(r *web.Request) (web.Answer, error) {
	return web.Saved(logChecks, "logcheck.drawn"), p.LogCheck.Draw(r.Context(), r.Actor)
}

func (p *Pages) postSign(r *web.Request) (web.Answer, error) {
	var round logcheck.RoundID
	if round.UnmarshalText([]byte(r.Form.Raw("round"))) != nil {
		return web.Answer{}, fault.Missing
	}
	return web.Saved(logChecks, "logcheck.signed"), p.LogCheck.Sign(r.Context(), r.Actor, round)
}

type checkedPage struct {
	ui.Page
	logcheck.Reading
	Names   org.Names
	Path    string
	Finding string // as chosen
	Typed   string
	Faults  fault.Form
}

func checkedPath(x logcheck.Reading) string {
	return logChecks + "/" + x.Who.String() + "/" + x.ID.String()
}

func checkedOf(r *web.Request) (who id.Person, x logcheck.ReadingID, err error) {
	if who, err = r.Person(); err == nil && x.UnmarshalText([]byte(r.PathValue("reading"))) != nil {
		err = fault.Missing
	}
	return who, x, err
}

func (p *Pages) checkedPage(r *web.Request) (page checkedPage, err error) {
	who, x, err := checkedOf(r)
	if err != nil {
		return page, err
	}
	if page.Reading, err = p.LogCheck.Reading(r.Context(), r.Actor, who, x); err != nil {
		return page, err
	}
	page.Page, page.Path = r.Page("logcheck.one"), checkedPath(page.Reading)
	page.Finding, page.Typed = page.Reading.Finding, page.Note
	page.Names, err = p.names(r)
	return page, err
}

func (p *Pages) getChecked(r *web.Request) (web.Answer, error) {
	page, err := p.checkedPage(r)
	return web.Show(checkedView(page)), err
}

func (p *Pages) postChecked(r *web.Request) (web.Answer, error) {
	who, x, err := checkedOf(r)
	if err != nil {
		return web.Answer{}, err
	}
	finding, note := r.Form.Raw("finding"), r.Form.Text("note")
	faults := r.Form.Faults
	if len(faults) == 0 {
		err = p.LogCheck.Judge(r.Context(), r.Actor, who, x, r.Form.Version(), finding, note)
		if faults = fault.Fields(err); faults == nil {
			return web.Saved(logChecks, "logcheck.saved"), err
		}
	}
	page, err := p.checkedPage(r)
	page.Finding, page.Typed, page.Faults, page.Failed = finding, note, faults, true
	return web.Again(checkedView(page)), err
}

// done is how many of the open round have been looked at.
func (p logCheckPage) done() (n int) {
	for _, r := range p.List {
		if r.Finding != "" {
			n++
		}
	}
	return n
}

// firstly is how a button looks that is what the page is for now, or else is not.
func firstly(now bool) string {
	if now {
		return ""
	}
	return "secondary"
}

func findingKind(finding string) string {
	if finding == logcheck.Look {
		return "open"
	}
	return "line"
}

func (p checkedPage) reader() string { return postName(p.L, p.Names, p.Post) }

// before are the rounds but the one that is open to the reader.
func (p logCheckPage) before() []logcheck.Round {
	return slices.DeleteFunc(slices.Clone(p.Rounds), func(r logcheck.Round) bool { return p.Open != nil && r.ID == p.Open.ID })
}

func (p logCheckPage) title(x logcheck.Reading) string {
	return p.L.T("logcheck.about", postName(p.L, p.Names, x.Post), p.L.Apart(x.Name))
}

func (p logCheckPage) period(r logcheck.Round) string {
	return p.L.T("logcheck.period", p.L.Date(r.From), p.L.Date(r.To.Add(-1)))
}

func roleName(l *i18n.Lang, r access.Role) string { return l.T("role." + org.Roles[r]) }

// whyWords says why a reading stands in a round.
func whyWords(l *i18n.Lang, w logcheck.Why) string {
	var list []string
	for _, n := range w.Names() {
		list = append(list, l.T("logcheck.why."+n))
	}
	return l.List(list...)
}

// said is a line of the log in words.
type said struct{ What, When, Why, Right string }

// actWords says what was done, when, why and by what right, for who checks it.
func actWords(l *i18n.Lang, a reading.Act) said {
	key := "logcheck.did." + strconv.Itoa(int(a.Action))
	if a.List {
		key = "logcheck.did.list"
	}
	return said{What: l.T(key, categoryWords(l, a.Categories)), When: l.T("logcheck.at", a.Times(l)),
		Why: codeWords(l, "logcheck.purpose.", int(a.Purpose)), Right: codeWords(l, "logcheck.ground.", int(a.Ground))}
}

func categoryWords(l *i18n.Lang, c access.Category) string {
	if c == access.Everything {
		return l.T("logcheck.kind.all")
	}
	var list []string
	for _, n := range strings.Split(c.String(), "+") {
		list = append(list, l.T("logcheck.kind."+n))
	}
	return strings.Join(list, l.T("date.comma")+" ")
}

func codeWords(l *i18n.Lang, prefix string, n int) string {
	if key := prefix + strconv.Itoa(n); l.Has(key) {
		return l.T(key)
	}
	return l.T(prefix + "0")
}

// checkLines tells on Today that a round of the log check is to be begun, or signed.
func (m *morning) checkLines(r *web.Request) []todo {
	if !m.check.Waits {
		return nil
	}
	key := "logcheck.today.begin"
	if m.check.Begun {
		key = "logcheck.today.sign"
	}
	return []todo{{since: m.check.Since, line: ui.Line{Who: ui.Link{Text: r.L.T("logcheck.title"), Href: logChecks}, What: r.L.T(key),
		Do: []templ.Component{ui.Button{Text: r.L.T("logcheck.today.do"), Href: logChecks, Variant: "secondary", Size: "sm", Label: r.L.List(r.L.T("logcheck.today.do"), r.L.T("logcheck.title"))}}}}}
}

// lateLines tells the head, on Today, what of the log's safekeeping is late, and whom to tell. A program that cannot say is told of in
// its own log, and Today is shown.
func (p *Pages) lateLines(r *web.Request) (list []todo) {
	if p.Watch == nil || r.Actor.Role() != access.Head {
		return nil
	}
	late, err := p.Watch.Late(r.Context())
	if err != nil {
		slog.ErrorContext(r.Context(), "safekeeping of the log", "error", err)
	}
	for _, x := range late {
		list = append(list, todo{since: x.Since.Date(), line: ui.Line{Who: ui.Link{Text: r.L.T("watch.late.log")},
			What: r.L.T("watch.late."+x.What, when(r.Page("nav.today"), x.Since)), Why: r.L.T("watch.late.do")}})
	}
	return list
}
