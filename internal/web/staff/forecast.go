package staff

import (
	"cmp"
	"io"
	"iter"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/flow"
	"sluss/internal/forecast"
	"sluss/internal/id"
	"sluss/internal/sheet"
	"sluss/internal/web"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

type forecastPage struct {
	ui.Page
	Units    []ui.Tab
	Faults   fault.Form
	Say      [][]ui.Link
	Now      string
	Note     string
	Canal    chart.Canal
	Twin     ui.Table
	TooFew   string
	Controls []control
	Name     ui.Field // to save under
	Weeks    ui.Field // what it would take
	Needed   string
	Unit     string
	Day      string
	First    []future // what one asks about first
	More     []future
	Legend   []string
	Costs    []string
	Alarms   []string
	Trial    string
	Tried    ui.Table
	Assumed  []string
	Kept     ui.Table // saved futures
	Forget   []forgetting
	Of       string // the unit, in hidden fields
	Own      bool   // it is the reader's, who may save there
	Against  string
	Csv      string
	Showing  shownAhead

	Places                  ui.Table // each activity today and in a year
	PlacesFirst, PlacesMore []future
	PlacesSay, PlacesFew    string
}

// future is one line in one or two futures beside each other.
type future struct {
	ID, Title string
	Fans      []fan
	Table     ui.Table
}

// fan is one picture with its heading and what it says at the end.
type fan struct {
	Title, Text string
	Chart       chart.Fan
}

// forgetting is a saved scenario that can be removed.
type forgetting struct {
	Name string
	ID   string
	V    int
}

func (p *Pages) getForecast(r *web.Request) (web.Answer, error) {
	query := r.URL.Query()
	a := readAhead(func(_, word string) string { return query.Get(word) }, r.Actor.Today())
	page, err := p.forecastPage(r, a, "")
	if err != nil {
		return web.Answer{}, err
	}
	if page.Failed {
		return web.Again(forecastShow(page)), nil
	}
	return web.Show(forecastShow(page)), nil
}

// postForecast turns the form into an address, or saves it under a name.
func (p *Pages) postForecast(r *web.Request) (web.Answer, error) {
	a := readAhead(func(name, _ string) string { return r.Form.Line(name) }, r.Actor.Today())
	name := r.Form.Line("name")
	a.faults = append(a.faults, r.Form.Faults...)
	if len(a.faults) == 0 && r.Form.Raw("do") == "save" {
		if unit, err := aheadUnit(r, a); err != nil || unit != r.Actor.Unit() { // one saves at one's own
			return web.Answer{}, fault.Missing
		}
		_, err := p.Forecast.Save(r.Context(), r.Actor, name, a.s)
		if err == nil {
			return web.Saved(a.path(ahead), "forecast.saved"), nil
		}
		if a.faults = fault.Fields(err); a.faults == nil {
			return web.Answer{}, err
		}
	}
	if len(a.faults) == 0 {
		return web.To(a.path(ahead)), nil
	}
	page, err := p.forecastPage(r, a, r.Form.Raw("name"))
	return web.Again(forecastShow(page)), err
}

func (p *Pages) postForget(r *web.Request) (web.Answer, error) {
	var s forecast.ScenarioID
	if s.UnmarshalText([]byte(r.Form.Raw("framtid"))) != nil {
		return web.Answer{}, fault.Missing
	}
	if err := p.Forecast.Forget(r.Context(), r.Actor, s, r.Form.Version()); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(ahead+"#sparade", "forecast.forgotten"), nil
}

// forecastPage plays the futures that are asked for and writes the page. With faults the form is kept and nothing is changed.
func (p *Pages) forecastPage(r *web.Request, a aheadAsk, name string) (forecastPage, error) {
	asked := a
	if len(a.faults) > 0 {
		asked = a.calm()
	}
	v, err := p.foresee(r, asked)
	if faults := fault.Fields(err); len(a.faults) == 0 && len(faults) > 0 { // an activity that is not there
		a.faults = faults
		asked = a.calm()
		v, err = p.foresee(r, asked)
	}
	if err != nil {
		return forecastPage{}, err
	}
	page := forecastPage{Page: r.Page("forecast.title"), Faults: a.faults, Now: r.L.T("flow.now", r.L.Month(v.now.From)), Of: a.typed["enhet"], Against: a.typed["mot"]}
	page.Failed = len(a.faults) > 0
	page.Unit, page.Day = v.now.Unit.Name, r.L.Date(r.Actor.Today())
	page.Units, page.Note, page.Canal, page.Twin = v.units(), v.flow.note(), v.flow.canal(), v.flow.canalTwin()
	page.Controls = a.controls(r.L, v.now.Now, v.now.Places)
	page.Name = ui.Field{Name: "name", Label: r.L.T("forecast.field.name"), Value: name, Error: ui.Fault(r.L, a.faults, "name")}
	page.Weeks = a.field(r.L, "weeks", r.L.T("forecast.good.weeks"))
	page.Kept, page.Forget = v.savedTable()
	page.Own = v.flow.own && !v.flow.front
	if page.Showing, err = p.shownAhead(r, v); err != nil {
		return forecastPage{}, err
	}
	if v.now.TooFew != "" {
		page.TooFew = r.L.T(v.now.TooFew)
		return page, nil
	}
	list := v.futures()
	page.Say, page.First, page.More, page.Legend = v.sentences(), list[:2], list[2:], v.legend()
	page.Costs, page.Alarms, page.Assumed = v.costs(), v.alarms(), v.assumed()
	v.places(&page)
	page.Trial, page.Tried = v.trialText(), v.trialTable()
	page.Needed, page.Csv = v.needed(), asked.path(ahead+"/csv")
	return page, nil
}

// foresee asks for the present future, the one that is compared with it, and how well one has seen before.
func (p *Pages) foresee(r *web.Request, a aheadAsk) (v aheadView, err error) {
	unit, err := aheadUnit(r, a)
	if err != nil {
		return v, err
	}
	v = aheadView{L: r.L, ask: a}
	f, err := p.Flow.See(r.Context(), r.Actor, unit, flowMonths)
	if err != nil {
		return v, err
	}
	v.flow = flowView{L: r.L, Figures: f, own: unit == r.Actor.Unit(), front: r.Actor.Role() == access.Reception}
	if v.saved, err = p.Forecast.Saved(r.Context(), r.Actor, unit); err != nil {
		return v, err
	}
	ask := forecast.Ask{Unit: unit, Months: a.months, Runs: forecast.Runs, Seed: 1, Scenario: v.against()}
	if v.now, err = p.Forecast.See(r.Context(), r.Actor, ask); err != nil || v.now.TooFew != "" {
		return v, err
	}
	ask.Scenario = a.s
	if v.then, err = p.Forecast.See(r.Context(), r.Actor, ask); err != nil {
		return v, err
	}
	if v.trial, err = p.Forecast.Try(r.Context(), r.Actor, unit); err != nil {
		return v, err
	}
	if a.weeks > 0 {
		need, err := p.Forecast.Need(r.Context(), r.Actor, ask, a.weeks)
		v.need = need
		return v, err
	}
	return v, nil
}

// aheadUnit is the gateway that is looked at: one at a time, since each has its own starts and coaches.
func aheadUnit(r *web.Request, a aheadAsk) (id.Unit, error) {
	text := a.typed["enhet"]
	if text == "" {
		return r.Actor.Unit(), nil
	}
	var u id.Unit
	if u.UnmarshalText([]byte(text)) != nil || u == flow.AllUnits {
		return u, fault.Missing
	}
	return u, nil
}

// getForecastCsv gives both futures as rows.
func (p *Pages) getForecastCsv(r *web.Request) (web.Answer, error) {
	query := r.URL.Query()
	a := readAhead(func(_, word string) string { return query.Get(word) }, r.Actor.Today())
	if len(a.faults) > 0 {
		return web.Answer{}, a.faults
	}
	a.weeks = 0
	v, err := p.foresee(r, a)
	if err != nil {
		return web.Answer{}, err
	}
	if v.now.TooFew != "" {
		return web.Answer{}, fault.New(fault.Conflict, v.now.TooFew)
	}
	t := sheet.Table{Sheet: r.L.T("forecast.title"), Heading: []string{r.L.T("forecast.col.future"), "line", "month", "q05", "q25", "q50", "q75", "q95"}, Rows: v.rows()}
	return web.File(r.L.T("forecast.file")+"-"+string(r.Actor.Today())+".csv", "text/csv; charset=utf-8", func(w io.Writer) error { return sheet.WriteCSV(w, t) }), nil
}

func (v aheadView) rows() iter.Seq2[[]sheet.Cell, error] {
	return func(yield func([]sheet.Cell, error) bool) {
		for i, f := range []forecast.Forecast{v.now, v.then} {
			if i == 1 && !v.changed() {
				return
			}
			for _, row := range f.Rows()[1:] {
				cells := []sheet.Cell{sheet.Text(cmp.Or(v.nameOf(i), "-"))}
				for _, c := range row {
					cells = append(cells, sheet.Text(c))
				}
				if !yield(cells, nil) {
					return
				}
			}
		}
	}
}
