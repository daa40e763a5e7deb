package forecast

import (
	"math"
	"strconv"

	"sluss/internal/clock"
)

// Names are the lines in the order they are told.
func (f Forecast) Names() []string {
	list := []string{Line, Wait, Inside}
	for i := range f.Steps {
		list = append(list, InStep(i+1))
	}
	return append(list, Paused, Load, Held, Came, Began, Gone, Work, Studies, Other)
}

// Rows is the forecast as a plain table: a row for each line and month.
func (f Forecast) Rows() [][]string {
	rows := [][]string{{"line", "month", "q05", "q25", "q50", "q75", "q95"}}
	dates := f.Dates()
	for _, name := range f.Names() {
		for i := range f.Lines[name].Q50 {
			row := []string{name, string(dates[i])}
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
		Dates: f.Dates(), Lines: map[string]ReportBand{}, Past: f.Past}
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
