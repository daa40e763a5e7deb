package staff

import (
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/intray"
	"sluss/internal/referral"
	"sluss/internal/sheet"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const xlsxKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// intraysPage is where a list is handed over.
type intraysPage struct {
	ui.Page
	Faults fault.Form
	Kind   string
	Lists  []intray.Import
	Table  ui.Table
	Known  ui.Table
}

func (p *Pages) intraysPage(r *web.Request) (page intraysPage, err error) {
	page = intraysPage{Page: r.Page("intray.title"), Kind: string(referral.Remiss), Known: columnTable(r.L)}
	page.Lists, err = p.Intray.Newest(r.Context(), r.Actor)
	page.Table = intrayTable(r.L, page.Lists)
	return page, err
}

func (p *Pages) getIntrays(r *web.Request) (web.Answer, error) {
	page, err := p.intraysPage(r)
	return web.Show(intrays(page)), err
}

// postIntray takes a list in hand and looks through as much of it as can be done at once; a job does the rest.
func (p *Pages) postIntray(r *web.Request) (web.Answer, error) {
	kind := referral.Kind(one(r.Form, "kind", kindCodes()))
	list, err := p.receive(r, kind)
	if err == nil {
		if _, err := p.Intray.Check(r.Context(), r.Actor.Area(), list, 2*time.Second); err != nil {
			return web.Answer{}, err
		}
		return web.To(intrayPath(list, "")), nil
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Answer{}, err
	}
	for _, f := range faults {
		f.Field = "list"
	}
	page, err := p.intraysPage(r)
	page.Failed, page.Faults, page.Kind = true, faults, string(kind)
	return web.Again(intrays(page)), err
}

func (p *Pages) receive(r *web.Request, kind referral.Kind) (intray.ID, error) {
	content, size, name, ok := r.Form.File("list")
	if !ok {
		return 0, fault.New(fault.Invalid, "intray.file.needed")
	}
	return p.Intray.Receive(r.Context(), r.Actor, intray.File{Content: content, Size: size, Name: name, Kind: kind})
}

func kindCodes() []string {
	list := make([]string, len(referral.Kinds))
	for i, k := range referral.Kinds {
		list[i] = string(k)
	}
	return list
}

// getTemplate gives an empty list with the headings that are understood.
func (p *Pages) getTemplate(r *web.Request) (web.Answer, error) {
	l := r.L
	if l.Tag != "en" { // the headings that are understood are Swedish and English
		l = i18n.Get("sv")
	}
	var heading []string
	for _, c := range intray.Choices {
		if c != intray.Given && c != intray.Family {
			heading = append(heading, l.T("intray.column."+string(c)))
		}
	}
	return web.File(r.L.T("intray.template.file"), xlsxKind, func(w io.Writer) error {
		return sheet.WriteXLSX(w, sheet.Table{Sheet: r.L.T("intray.unnamed"), Heading: heading})
	}), nil
}

// intrayPage is one list on its way in.
type intrayPage struct {
	ui.Page
	intray.Import
	Faults  fault.Form
	Arrange bool // the columns are shown to be chosen
	Fields  []columnField
	Options []ui.Option
	Facts   []ui.Fact
	Tabs    []ui.Tab
	Filter  intray.Filter
	Table   ui.Table
	NRows   int
	Next    string
	Follow  bool
	Mine    bool
}

// columnField is one column to choose for.
type columnField struct{ Name, Heading, Good, Value string }

func intrayPath(list intray.ID, sub string) string { return "/arbete/import/" + list.String() + sub }

func (p *Pages) getIntray(r *web.Request) (web.Answer, error) {
	page, err := p.intrayPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	a := web.Show(intrayView(page))
	if page.Follow && (page.State == intray.Checking || page.State == intray.Saving) {
		a = a.Refresh(3)
	}
	return a, nil
}

func (p *Pages) intrayPage(r *web.Request) (page intrayPage, err error) {
	list, err := web.PathID[any](r, "import")
	if err != nil {
		return page, err
	}
	if page.Import, err = p.Intray.Open(r.Context(), r.Actor, intray.ID(list)); err != nil {
		return page, err
	}
	i, q := page.Import, r.URL.Query()
	page.Page, page.Follow, page.Mine = r.Titled(intrayTitle(r.L, i)), q.Get("folj") != "", i.Post == r.Actor.Post()
	page.Arrange = i.Here() && (i.State == intray.Columns || i.State == intray.Ready && q.Get("kolumner") != "")
	if page.Arrange {
		return page, p.columns(r, &page)
	}
	page.Facts = countFacts(r.L, i)
	if !i.Here() || i.State == intray.Checking || i.State == intray.Staging {
		return page, nil
	}
	return page, p.lines(r, &page)
}

// columns fills the fields where each column is chosen, with what stands first in it.
func (p *Pages) columns(r *web.Request, page *intrayPage) error {
	first, err := p.Intray.First(r.Context(), r.Actor, page.ID, 3)
	if err != nil {
		return err
	}
	l := r.L
	page.Options = []ui.Option{{Value: string(intray.Undecided), Text: l.T("intray.columns.ask")}, {Value: string(intray.Ignored), Text: l.T("intray.columns.leave")}}
	for _, c := range intray.Choices {
		page.Options = append(page.Options, ui.Option{Value: string(c), Text: l.T("intray.column." + string(c))})
	}
	for n, h := range page.Headings {
		f := columnField{Name: intray.Field(n), Heading: h, Value: string(page.Columns[n])}
		if strings.TrimSpace(h) == "" {
			f.Heading = l.T("intray.columns.empty", n+1)
		}
		var cells []string
		for _, row := range first {
			if c := strings.TrimSpace(row[n]); c != "" {
				cells = append(cells, clip(c, 40))
			}
		}
		if len(cells) > 0 {
			f.Good = l.T("intray.columns.first", strings.Join(cells, " · "))
		}
		page.Fields = append(page.Fields, f)
	}
	return nil
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

const linesOnPage = 50

// lines fills the table of rows.
func (p *Pages) lines(r *web.Request, page *intrayPage) error {
	q, i := r.URL.Query(), page.Import
	page.Filter = intray.Filter(q.Get("visa"))
	switch page.Filter {
	case intray.Wrong, intray.Fresh, intray.Old, intray.All:
	default:
		page.Filter = intray.All
		if i.Checked.Bad() > 0 {
			page.Filter = intray.Wrong
		}
	}
	after, _ := strconv.Atoi(q.Get("efter"))
	lines, err := p.Intray.Lines(r.Context(), r.Actor, i.ID, page.Filter, max(after, 0), linesOnPage)
	if err != nil {
		return err
	}
	page.Table, page.NRows, page.Tabs = lineTable(r, i, lines, page.Filter), len(lines), lineTabs(r.L, i, page.Filter)
	if len(lines) == linesOnPage {
		page.Next = intrayPath(i.ID, "?"+url.Values{"visa": {string(page.Filter)}, "efter": {strconv.Itoa(lines[len(lines)-1].Row)}}.Encode())
	}
	return nil
}

// actOn runs an act on the list of the address.
func (p *Pages) actOn(r *web.Request, f func(intray.ID, int) error) (intray.ID, error) {
	list, err := web.PathID[any](r, "import")
	if err != nil {
		return 0, err
	}
	return intray.ID(list), f(intray.ID(list), r.Form.Version())
}

func (p *Pages) postColumns(r *web.Request) (web.Answer, error) {
	var columns []intray.Column
	for n := 0; r.Form.Raw(intray.Field(n)) != ""; n++ {
		columns = append(columns, intray.Column(r.Form.Raw(intray.Field(n))))
	}
	kind := referral.Kind(one(r.Form, "kind", kindCodes()))
	list, err := p.actOn(r, func(list intray.ID, v int) error {
		return p.Intray.Arrange(r.Context(), r.Actor, list, v, columns, kind)
	})
	if err == nil {
		if _, err := p.Intray.Check(r.Context(), r.Actor.Area(), list, 2*time.Second); err != nil {
			return web.Answer{}, err
		}
		return web.To(intrayPath(list, "")), nil
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Answer{}, err
	}
	page, err := p.intrayPage(r)
	if err == nil && !page.Arrange && page.Here() {
		page.Arrange = true
		err = p.columns(r, &page)
	}
	page.Failed, page.Faults, page.Kind = true, faults, kind
	for n := range page.Fields {
		page.Fields[n].Value = r.Form.Raw(page.Fields[n].Name)
	}
	return web.Again(intrayView(page)), err
}

func (p *Pages) postConfirm(r *web.Request) (web.Answer, error) {
	list, err := p.actOn(r, func(list intray.ID, v int) error { return p.Intray.Confirm(r.Context(), r.Actor, list, v) })
	return web.Saved(intrayPath(list, "?folj=1"), "intray.confirmed"), err
}

func (p *Pages) postStop(r *web.Request) (web.Answer, error) {
	list, err := p.actOn(r, func(list intray.ID, v int) error { return p.Intray.Stop(r.Context(), r.Actor, list, v) })
	return web.To(intrayPath(list, "")), err
}

func (p *Pages) postContinue(r *web.Request) (web.Answer, error) {
	list, err := p.actOn(r, func(list intray.ID, v int) error { return p.Intray.Continue(r.Context(), r.Actor, list, v) })
	return web.Saved(intrayPath(list, "?folj=1"), "intray.continued"), err
}

func (p *Pages) postThrow(r *web.Request) (web.Answer, error) {
	_, err := p.actOn(r, func(list intray.ID, v int) error { return p.Intray.Throw(r.Context(), r.Actor, list, v) })
	return web.Saved("/arbete/import", "intray.thrown"), err
}

// postMend gives the rows to mend as a file.
func (p *Pages) postMend(r *web.Request) (web.Answer, error) {
	list, err := web.PathID[any](r, "import")
	if err != nil {
		return web.Answer{}, err
	}
	t, err := p.Intray.Mend(r.Context(), r.Actor, intray.ID(list), r.L)
	return web.File(r.L.T("intray.mend.file"), xlsxKind, func(w io.Writer) error { return sheet.WriteXLSX(w, t) }), err
}
