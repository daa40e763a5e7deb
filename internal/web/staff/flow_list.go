package staff

import (
	"net/url"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/flow"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

type flowListPage struct {
	ui.Page
	Back   string
	Text   string // how many, and when
	Hidden bool
	Table  ui.Table
	Empty  bool
	Next   string
}

// flowWords are the numbers as they stand in addresses.
var flowWords = map[flow.What]string{flow.InQueue: "ko", flow.OnWay: "kallade-och-bokade", flow.InLine: "vantar", flow.Inside: "deltar", flow.OnPause: "paus",
	flow.WhoCame: "kom", flow.WhoCalled: "kallade", flow.WhoBegan: "borjade", flow.WhoGone: "lamnade-kon", flow.WhoBack: "ater",
	flow.ToWork: "arbete", flow.ToStudies: "studier", flow.ToOther: "annat"}

// flowAddress is what the address of a list tells.
type flowAddress struct {
	What        flow.What
	Month, Unit string // as in the address; "" is today and the reader's own
	After       string
}

func flowListPath(a flowAddress) string {
	word := flowWords[a.What]
	if word == "" {
		word = strings.NewReplacer("step", "steg-", "into", "till-steg-").Replace(string(a.What))
	}
	q := url.Values{"vad": {word}}
	for name, v := range map[string]string{"manad": a.Month, "enhet": a.Unit, "efter": a.After} {
		if v != "" {
			q.Set(name, v)
		}
	}
	return "/arbete/flode/lista?" + q.Encode()
}

// flowWhat reads the word of an address.
func flowWhat(word string) (flow.What, int) {
	for w, s := range flowWords {
		if s == word {
			return w, 0
		}
	}
	if n, ok := strings.CutPrefix(word, "steg-"); ok && len(n) == 1 {
		return flow.What("step" + n), int(n[0] - '0')
	}
	if n, ok := strings.CutPrefix(word, "till-steg-"); ok && len(n) == 1 {
		return flow.What("into" + n), int(n[0] - '0')
	}
	return "", 0
}

func (p *Pages) getFlowList(r *web.Request) (web.Answer, error) {
	unit, err := flowUnit(r)
	if err != nil {
		return web.Answer{}, err
	}
	query := r.URL.Query()
	what, step := flowWhat(query.Get("vad"))
	ask := flow.Ask{Unit: unit, What: what}
	if m := query.Get("manad"); m != "" {
		if ask.Month, err = clock.ParseDate(m + "-01"); err != nil {
			return web.Answer{}, fault.Missing
		}
	}
	if ask.After, err = flowPlace(query.Get("efter")); err != nil {
		return web.Answer{}, err
	}
	list, err := p.Flow.People(r.Context(), r.Actor, ask)
	if err != nil {
		return web.Answer{}, err
	}
	page := flowListPage{Page: r.Titled(flowTitle(r, what, step)), Back: "/arbete/flode", Hidden: list.Hidden, Empty: len(list.People) == 0}
	if u := query.Get("enhet"); u != "" {
		page.Back += "?" + url.Values{"enhet": {u}}.Encode()
	}
	page.Text = r.L.T("flow.list.today", list.Total)
	if ask.Month != "" {
		page.Text = r.L.T("flow.list.month", list.Total, r.L.Month(ask.Month))
	}
	page.Table = flowTable(r, page.Title, list.People)
	if list.More {
		page.Next = flowListPath(flowAddress{what, query.Get("manad"), query.Get("enhet"), string(list.Next.Since) + "." + list.Next.Person.String()})
	}
	return web.Show(flowList(page)), nil
}

func flowTitle(r *web.Request, what flow.What, step int) string {
	switch {
	case step > 0 && strings.HasPrefix(string(what), "into"):
		return r.L.T("flow.list.into", step)
	case step > 0:
		return r.L.T("flow.list.step", step)
	case what == "":
		return r.L.T("nav.flow")
	}
	if what == flow.WhoBack {
		return r.L.T("flow.back")
	}
	return r.L.T("flow.list." + string(what))
}

// flowPlace reads where a page of the list begins.
func flowPlace(s string) (p flow.Place, err error) {
	if s == "" {
		return p, nil
	}
	day, who, _ := strings.Cut(s, ".")
	if p.Since, err = clock.ParseDate(day); err != nil {
		return p, fault.Missing
	}
	if p.Person.UnmarshalText([]byte(who)) != nil {
		return p, fault.Missing
	}
	return p, nil
}

func flowTable(r *web.Request, caption string, people []flow.Listed) ui.Table {
	t := ui.Table{Caption: caption, Hidden: true, Cols: []ui.Col{{Text: r.L.T("flow.col.name")}, {Text: r.L.T("flow.col.since")}}}
	for _, x := range people {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: x.Name, Href: personPath(x.Person, "")}, ui.T(r.L.Date(x.Since))}})
	}
	return t
}
