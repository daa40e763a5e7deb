package forecast

import (
	"math"
	"strconv"
	"strings"

	"sluss/internal/clock"
)

// Names are the lines in the order they are told.
func (f Forecast) Names() []string {
	list := []string{Line, Wait, Inside}
	for i := range f.Steps {
		list = append(list, InStep(i+1))
	}
	list = append(list, Paused, Load, Held, Came, Began, Gone, Work, Studies, Other)
	for _, a := range f.Places.List {
		if _, ok := f.Lines[a.taken()]; ok {
			list = append(list, a.taken(), a.free(), a.waiting())
			if len(a.Shared.Units) > 0 {
				list = append(list, a.Led())
			}
		}
	}
	return list
}

// title is what a line is called in a table: that of an activity by the activity's name.
func (f Forecast) title(line string) string {
	if what, named, ok := strings.Cut(line, " "); ok {
		if a := f.Places.Get(named); a != nil {
			return what + " " + a.In("sv").Name
		}
	}
	return line
}

// Rows is the forecast as a plain table: a row for each line and month.
func (f Forecast) Rows() [][]string {
	rows := [][]string{{"line", "month", "q05", "q25", "q50", "q75", "q95"}}
	dates := f.Dates()
	for _, name := range f.Names() {
		for i := range f.Lines[name].Q50 {
			row := []string{f.title(name), string(dates[i])}
			for _, v := range f.Lines[name].At(i) {
				row = append(row, number(v))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// number has one decimal; a wait beyond what can be seen is "more".
func number(v float64) string {
	switch {
	case math.IsInf(v, 1):
		return "more"
	case math.IsNaN(v):
		return ""
	}
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

// Report is a forecast as data. What lies beyond what can be seen is null.
type Report struct {
	Unit     string                `json:"unit"`
	From     clock.Date            `json:"from"`
	Scenario Scenario              `json:"scenario"`
	Now      Plan                  `json:"now"`
	Plan     Plan                  `json:"plan"`
	Runs     int                   `json:"replications"`
	Seed     uint64                `json:"seed"`
	Basis    Basis                 `json:"learnt_from"`
	TooFew   string                `json:"too_few,omitempty"`
	Dates    []clock.Date          `json:"dates"`
	Lines    map[string]ReportBand `json:"lines"`
	Past     Past                  `json:"past"`
	Places   []ReportPlaces        `json:"activities"`
	Untold   string                `json:"activities_too_few,omitempty"`
}

// ReportPlaces is an activity as data. Its lines are "taken", "free" and "waiting", each with a space and its id.
type ReportPlaces struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	State    string     `json:"state"`
	Places   int        `json:"places"`
	Caseload int        `json:"caseload,omitempty"` // of each who leads it person by person
	Held     int        `json:"held"`
	Waiting  int        `json:"waiting"`
	Since    clock.Date `json:"learnt_since"`
	Asked    int        `json:"asked"`
	Had      int        `json:"had"`
	Shared   []string   `json:"shared_with,omitempty"` // units whose people the same people lead
	There    int        `json:"held_there,omitempty"`
	Waits    int        `json:"waiting_there,omitempty"`
}

// ReportBand is a Band as data.
type ReportBand struct {
	Q05 []*float64 `json:"q05"`
	Q25 []*float64 `json:"q25"`
	Q50 []*float64 `json:"q50"`
	Q75 []*float64 `json:"q75"`
	Q95 []*float64 `json:"q95"`
}

// Report gives the forecast as data.
func (f Forecast) Report() Report {
	r := Report{Unit: f.Unit.Name, From: f.From, Scenario: f.Scenario, Now: f.Now, Plan: f.Plan, Runs: f.Runs, Seed: f.Seed, Basis: f.Basis, TooFew: f.TooFew,
		Dates: f.Dates(), Lines: map[string]ReportBand{}, Past: f.Past,
		Places: []ReportPlaces{}, Untold: f.Places.TooFew}
	for _, a := range f.Places.List {
		p := ReportPlaces{ID: a.ID.String(), Name: a.In("sv").Name, State: string(a.State), Places: a.Places, Caseload: a.Caseload, Held: a.Held, Waiting: a.Waiting,
			Since: a.Since, Asked: a.Asked, Had: a.Had, There: a.Shared.Held, Waits: a.Shared.Waiting}
		for _, u := range a.Shared.Units {
			p.Shared = append(p.Shared, u.Name)
		}
		r.Places = append(r.Places, p)
	}
	for _, name := range f.Names() {
		if b, ok := f.Lines[name]; ok {
			r.Lines[name] = ReportBand{nulls(b.Q05), nulls(b.Q25), nulls(b.Q50), nulls(b.Q75), nulls(b.Q95)}
		}
	}
	return r
}

func nulls(x []float64) []*float64 {
	out := make([]*float64, len(x))
	for i, v := range x {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			out[i] = &x[i]
		}
	}
	return out
}
