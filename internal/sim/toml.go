package sim

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// ParseTOML reads a model in the format of docs/simulate.md. A word that the format does not have is an error, so that a
// misspelt one is not silently ignored. The model is read, not checked: Program does that.
func ParseTOML(text []byte) (*Model, error) {
	var raw map[string]any
	if _, err := toml.Decode(string(text), &raw); err != nil {
		return nil, placed(err)
	}
	text, err := withoutDates(text, raw)
	if err != nil {
		return nil, err
	}
	var m Model
	meta, err := toml.Decode(string(text), &m)
	if err != nil {
		return nil, placed(err)
	}
	if left := unknown(&meta); len(left) > 0 {
		return nil, fmt.Errorf("the format has no %s (see docs/simulate.md)", strings.Join(left, ", "))
	}
	return &m, nil
}

// placed adds the line, where the parser knows it.
func placed(err error) error {
	var p toml.ParseError
	if errors.As(err, &p) && p.Position.Line > 0 {
		return fmt.Errorf("line %d: %s", p.Position.Line, p.Message)
	}
	return err
}

// unknown lists keys that nothing reads. The parts of a mixture (of) are read and
// checked by hand.
func unknown(meta *toml.MetaData) []string {
	var left []string
	for _, key := range meta.Undecoded() {
		if slices.Contains(key[:len(key)-1], "of") {
			continue
		}
		left = append(left, fmt.Sprintf("%q", key.String()))
	}
	slices.Sort(left)
	return slices.Compact(left)
}

// withoutDates turns each date into a time of the model: units since Start.
func withoutDates(text []byte, raw map[string]any) ([]byte, error) {
	d := dater{unit: fmt.Sprint(raw["unit"])}
	switch start := raw["start"].(type) {
	case time.Time:
		d.start = start
		raw["start"] = start.Format(time.DateOnly)
	case string:
		t, err := time.Parse(time.DateOnly, start)
		if err != nil {
			return nil, fmt.Errorf("start = %q is not a date (YYYY-MM-DD)", start)
		}
		d.start = t
	}
	out := d.walk(raw)
	if d.err != nil {
		return nil, d.err
	}
	if !d.found && d.start.IsZero() {
		return text, nil
	}
	var b bytes.Buffer
	if err := toml.NewEncoder(&b).Encode(out); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// dater reckons dates in the model's unit of time.
type dater struct {
	start time.Time
	unit  string
	found bool
	err   error
}

func (d *dater) walk(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			v[k] = d.walk(x)
		}
	case []map[string]any:
		for i := range v {
			d.walk(v[i])
		}
	case []any:
		for i := range v {
			v[i] = d.walk(v[i])
		}
	case time.Time:
		d.found = true
		return d.time(v)
	}
	return v
}

// time is the number of units from start to t.
func (d *dater) time(t time.Time) float64 {
	if d.start.IsZero() {
		d.err = errors.New("the model names a date, so it needs start = YYYY-MM-DD")
		return 0
	}
	days := dayNumber(t) - dayNumber(d.start)
	switch d.unit {
	case "hour":
		return 24 * days
	case "day":
		return days
	case "week":
		return days / 7
	case "month":
		return monthNumber(t) - monthNumber(d.start)
	case "year":
		return (monthNumber(t) - monthNumber(d.start)) / 12
	}
	d.err = fmt.Errorf("dates can be reckoned in hours, days, weeks, months or years; unit is %q", d.unit)
	return 0
}

// dayNumber counts days with the time of day as a fraction, whatever the zone.
func dayNumber(t time.Time) float64 {
	y, m, d := t.Date()
	hours := float64(t.Hour()) + float64(t.Minute())/60
	return float64(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix())/86400 + hours/24
}

// monthNumber counts months, the day being its part of its own month.
func monthNumber(t time.Time) float64 {
	y, m, d := t.Date()
	length := time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return float64(12*y+int(m)) + float64(d-1)/float64(length)
}

// UnmarshalTOML reads a number (a constant) or a table with dist and its parameters.
func (d *Dist) UnmarshalTOML(v any) error {
	if x, ok := number(v); ok {
		*d = *Constant(x)
		return nil
	}
	table, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf(`a distribution is a number or a table such as { dist = "exponential", mean = 2 }, not %v`, v)
	}
	*d = Dist{Params: map[string]float64{}, Lists: map[string][]float64{}}
	for _, key := range sortedKeys(table) {
		if err := d.set(key, table[key]); err != nil {
			return err
		}
	}
	if d.Kind == "" {
		return fmt.Errorf(`a distribution needs dist = "…", one of %v`, sortedKeys(kinds))
	}
	return nil
}

func (d *Dist) set(key string, v any) error {
	if x, ok := number(v); ok {
		d.Params[key] = x
		return nil
	}
	if text, ok := v.(string); ok && key == "dist" {
		d.Kind = text
		return nil
	}
	if key == "of" {
		return d.setParts(v)
	}
	list, ok := numbers(v)
	if !ok {
		return fmt.Errorf("%q in a distribution is %v; it must be a number or a list of numbers", key, v)
	}
	d.Lists[key] = list
	return nil
}

func (d *Dist) setParts(v any) error {
	var parts []any
	switch v := v.(type) {
	case []any:
		parts = v
	case []map[string]any:
		for _, x := range v {
			parts = append(parts, x)
		}
	}
	for _, x := range parts {
		var part Dist
		if err := part.UnmarshalTOML(x); err != nil {
			return err
		}
		d.Of = append(d.Of, part)
	}
	return nil
}

// UnmarshalTOML reads a number (always the same), a list of [from, value], or a table with cycle and steps.
func (s *Steps) UnmarshalTOML(v any) error {
	if x, ok := number(v); ok {
		*s = Level(x)
		return nil
	}
	if table, ok := v.(map[string]any); ok {
		for key := range table {
			if key != "cycle" && key != "steps" {
				return fmt.Errorf("steps have no %q; they have cycle and steps", key)
			}
		}
		if cycle, given := table["cycle"]; given {
			if s.Cycle, ok = number(cycle); !ok {
				return fmt.Errorf("cycle is %v; it must be a number", cycle)
			}
		}
		v = table["steps"]
	}
	list, _ := v.([]any)
	for _, x := range list {
		pair, ok := numbers(x)
		if !ok || len(pair) != 2 {
			return fmt.Errorf("a step is [from, value], two numbers, not %v", x)
		}
		s.At = append(s.At, Step{pair[0], pair[1]})
	}
	if len(s.At) == 0 {
		return fmt.Errorf("steps are a number, a list such as [[0, 2], [12, 3]], or { cycle = 24, steps = [[8, 2], [16, 0]] }, not %v", v)
	}
	return nil
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

func numbers(v any) ([]float64, bool) {
	list, ok := v.([]any)
	out := make([]float64, 0, len(list))
	for _, x := range list {
		n, isNumber := number(x)
		ok = ok && isNumber
		out = append(out, n)
	}
	return out, ok
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
