package sim

import (
	"math"
	"strconv"
)

// Report is what a run gives: figures and series over the replications. It holds nothing about the machine or the moment,
// so equal models, seeds and replications give equal reports.
type Report struct {
	Model        string   `json:"model"`
	Note         string   `json:"note,omitempty"`
	Unit         string   `json:"unit"`
	Horizon      float64  `json:"horizon"`
	Warmup       float64  `json:"warmup"`
	Replications int      `json:"replications"`
	Seed         uint64   `json:"seed"`
	Events       int64    `json:"events"`
	Kept         int      `json:"quantiles_from"` // replications that the figures' quantiles are taken from
	Figures      []Figure `json:"figures"`
	Grid         []Number `json:"grid,omitempty"`
	Series       []Series `json:"series,omitempty"`
}

// Number is a float64 that JSON writes as null when it is not a number.
type Number float64

// MarshalJSON writes the shortest text that reads back as the same number, or null.
func (n Number) MarshalJSON() ([]byte, error) {
	x := float64(n)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, x, 'g', -1, 64), nil
}

// Figure is one number over the replications.
type Figure struct {
	Name  string `json:"name"`
	Unit  string `json:"unit"`
	About string `json:"about"`
	N     int    `json:"n"` // replications that have the figure
	Mean  Number `json:"mean"`
	SE    Number `json:"se"` // standard error of Mean
	Bands
}

// Bands are quantiles over the replications.
type Bands struct {
	Q05 Number `json:"q05"`
	Q25 Number `json:"q25"`
	Q50 Number `json:"q50"`
	Q75 Number `json:"q75"`
	Q95 Number `json:"q95"`
}

// Series is a figure over time: each list has one number for each point of Report.Grid. States are as they are at the
// point; counts, and means such as the wait, are of what happened since the point before.
type Series struct {
	Name  string   `json:"name"`
	Unit  string   `json:"unit"`
	About string   `json:"about"`
	Mean  []Number `json:"mean"`
	SE    []Number `json:"se"`
	Q05   []Number `json:"q05"`
	Q25   []Number `json:"q25"`
	Q50   []Number `json:"q50"`
	Q75   []Number `json:"q75"`
	Q95   []Number `json:"q95"`
}

// Figure finds a figure by name.
func (r *Report) Figure(name string) (Figure, bool) {
	for _, f := range r.Figures {
		if f.Name == name {
			return f, true
		}
	}
	return Figure{}, false
}

// Line finds a series by name.
func (r *Report) Line(name string) (Series, bool) {
	for _, s := range r.Series {
		if s.Name == name {
			return s, true
		}
	}
	return Series{}, false
}

func (t *table) report() *Report {
	m := &t.p.model
	r := &Report{
		Model: m.Name, Note: m.Note, Unit: m.Unit, Horizon: m.Horizon, Warmup: m.Warmup,
		Replications: t.o.Replications, Seed: t.o.Seed, Events: t.events,
		Kept: len(t.keptF.rows) / max(1, t.keptF.width),
	}
	buf := make([]float32, 0, keptFigures)
	for i, f := range t.p.figures {
		n, mean, se := t.figures.of(i)
		buf = t.keptF.column(i, buf)
		r.Figures = append(r.Figures, Figure{f.name, f.unit, f.about, n, Number(mean), Number(se), bands(buf)})
	}
	for _, at := range t.p.Grid() {
		r.Grid = append(r.Grid, Number(at))
	}
	for i := range t.p.series {
		r.Series = append(r.Series, t.line(i, buf))
	}
	return r
}

func (t *table) line(i int, buf []float32) Series {
	f := &t.p.series[i]
	s := Series{Name: f.name, Unit: f.unit, About: f.about}
	for g := range t.p.grid {
		column := i*t.p.grid + g
		_, mean, se := t.series.of(column)
		buf = t.keptS.column(column, buf)
		b := bands(buf)
		s.Mean, s.SE = append(s.Mean, Number(mean)), append(s.SE, Number(se))
		s.Q05, s.Q25, s.Q50 = append(s.Q05, b.Q05), append(s.Q25, b.Q25), append(s.Q50, b.Q50)
		s.Q75, s.Q95 = append(s.Q75, b.Q75), append(s.Q95, b.Q95)
	}
	return s
}

func bands(x []float32) Bands {
	q := func(p float64) Number { return Number(quantile(x, p)) }
	return Bands{q(0.05), q(0.25), q(0.5), q(0.75), q(0.95)}
}
