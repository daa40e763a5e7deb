package forecast

import (
	"fmt"
	"io"
	"strings"

	"github.com/BurntSushi/toml"

	"sluss/internal/clock"
	"sluss/internal/fault"
)

// Scenario is what is done otherwise than today, or what may come upon us. The zero value is as now. Exits change only
// through something that is done; that they come more slowly is a risk one can look at, not a decision.
type Scenario struct {
	Starts   int        `toml:"starts" json:"starts,omitempty"`     // group starts a month; 0 is as now
	Places   int        `toml:"places" json:"places,omitempty"`     // per group start; 0 is as now
	Calls    int        `toml:"calls" json:"calls,omitempty"`       // called to each start; 0 follows the places
	Coaches  int        `toml:"coaches" json:"coaches,omitempty"`   // so many more coaches
	Caseload int        `toml:"caseload" json:"caseload,omitempty"` // participants a coach can have; 0 is as now
	From     clock.Date `toml:"from" json:"from,omitempty"`         // from when all that is done holds; "" is at once
	Arrivals int        `toml:"arrivals" json:"arrivals,omitempty"` // per cent more, or fewer, who come
	Slower   int        `toml:"slower" json:"slower,omitempty"`     // a risk: exits come so many per cent more slowly
	Open     string     `toml:"open" json:"open,omitempty"`         // an activity that does not run and is opened, by its id or name
	Led      string     `toml:"led" json:"led,omitempty"`           // the activity led person by person that has more who lead it; the first one if left out
	Leaders  int        `toml:"leaders" json:"leaders,omitempty"`   // so many more who lead it
}

// The bounds of a scenario.
const (
	MostStarts   = 5
	MostPlaces   = 60
	MostCalls    = 120
	MostCoaches  = 50
	MostCaseload = 200
	MostArrivals = 300
	MostSlower   = 75
	MostMonths   = 240
	MostLeaders  = 20
)

// IsNow tells whether nothing is otherwise.
func (s Scenario) IsNow() bool {
	s.From = ""
	if s.Leaders == 0 {
		s.Led = ""
	}
	return s == Scenario{}
}

// Check says what is wrong with a scenario, by its fields.
func (s Scenario) Check(today clock.Date) error {
	var form fault.Form
	within := func(field string, n, least, most int) {
		if n < least || n > most {
			form.Add(field, "form.number", least, most)
		}
	}
	within("starts", s.Starts, 0, MostStarts)
	within("places", s.Places, 0, MostPlaces)
	within("calls", s.Calls, 0, MostCalls)
	within("coaches", s.Coaches, 0, MostCoaches)
	within("caseload", s.Caseload, 0, MostCaseload)
	within("arrivals", s.Arrivals, -100, MostArrivals)
	within("slower", s.Slower, 0, MostSlower)
	within("leaders", s.Leaders, 0, MostLeaders)
	if s.From != "" {
		day, err := clock.ParseDate(string(s.From))
		if err != nil || day < today || day > today.AddMonths(MostMonths) {
			form.Add("from", "forecast.fault.from")
		}
	}
	return form.Err()
}

const maxFile = 64 << 10

// ReadScenario reads a scenario in TOML, the fields as in Scenario; docs/forecast.md tells them.
func ReadScenario(r io.Reader) (s Scenario, err error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return s, fmt.Errorf("read the scenario: %w", err)
	}
	if len(text) > maxFile {
		return s, fmt.Errorf("the scenario is larger than %d kB", maxFile>>10)
	}
	meta, err := toml.Decode(string(text), &s)
	if err != nil {
		return s, fmt.Errorf("the scenario: %w", err)
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		var names []string
		for _, k := range extra {
			names = append(names, k.String())
		}
		return s, fmt.Errorf("the scenario has no %s", strings.Join(names, ", "))
	}
	return s, nil
}
