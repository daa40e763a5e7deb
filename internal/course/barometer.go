package course

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Barometer is an edition of the employment service's forecast as its file gives it (yrkesbarometer.json), read and not yet saved.
type Barometer struct {
	Edition     string
	Rows        int
	Occupations []Occupation
	Forecasts   []Forecast
	Refused     []Refused
	Unused      []string // names of fields that are not known here, in order
}

// Refused is a row that cannot be used, and the key of the text that says why.
type Refused struct {
	Row   int // 1 for the first
	Key   string
	Value string // what stood there
}

// line is a row of the file.
type line struct {
	Field      string  `json:"yrkesomrade"`
	Name       string  `json:"yb_yrke"`
	ID         string  `json:"yb_concept_id"`
	County     string  `json:"lan"`
	SSYK       string  `json:"ssyk"`
	SSYKName   string  `json:"ssyk_text"`
	About      *string `json:"yb_beskrivning"`
	Chances    *string `json:"jobbmojligheter"`
	Situation  *string `json:"rekryteringssituation"`
	Prospects  string  `json:"text_jobbmojligheter"`
	Recruiting string  `json:"text_rekryteringssituation"`
	Edition    string  `json:"omgang"`
}

// spare are fields of the file that its sentences say already, or that say nothing to a reader.
var spare = []string{"antal_ssyk", "del_av_ssyk", "paradox", "prognos", "hogsta_bedomningsniva", "delvis_helt", "taxonomi_version"}

var used = []string{"yrkesomrade", "yb_yrke", "yb_concept_id", "lan", "ssyk", "ssyk_text", "yb_beskrivning", "jobbmojligheter", "rekryteringssituation",
	"text_jobbmojligheter", "text_rekryteringssituation", "omgang"}

// counties are the official codes.
var counties = strings.Fields("00 01 03 04 05 06 07 08 09 10 12 13 14 17 18 19 20 21 22 23 24 25")

var situations = map[string]Situation{"": Unassessed, "brist": Shortage, "paradox": Difficult, "balans": Balance, "överskott": Surplus}

var chances = map[string]string{"": "", "små": "small", "medelstora": "medium", "stora": "large"}

var (
	ssykCodes   = regexp.MustCompile(`^[0-9]{4}([ ,;]+[0-9]{4})*$`)
	editionName = regexp.MustCompile(`^20[0-9]{2}-[12]$`)
)

// ReadBarometer reads the file. A row that cannot be used is among Refused with why; nothing is left out without a word. An error is a
// file that is not a list of rows.
func ReadBarometer(r io.Reader) (Barometer, error) {
	var b Barometer
	d := json.NewDecoder(r)
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return b, fmt.Errorf("the file is not a JSON list of rows")
	}
	known, seen, odd := map[OccupationID]Occupation{}, map[string]bool{}, map[string]bool{}
	for d.More() {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return b, fmt.Errorf("row %d: %w", b.Rows+1, err)
		}
		b.Rows++
		b.take(raw, known, seen, odd)
	}
	if _, err := d.Token(); err != nil {
		return b, fmt.Errorf("the file ends after row %d, in the middle of the list", b.Rows)
	}
	b.Unused = slices.Sorted(maps.Keys(odd))
	return b, nil
}

// take reads one row. known are the occupations so far, seen the rows, odd the names of fields that are not known.
func (b *Barometer) take(raw json.RawMessage, known map[OccupationID]Occupation, seen, odd map[string]bool) {
	var x line
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || json.Unmarshal(raw, &x) != nil {
		b.refuse("course.row.unread", string(raw[:min(len(raw), 80)]))
		return
	}
	for name := range fields {
		if !slices.Contains(used, name) && !slices.Contains(spare, name) {
			odd[name] = true
		}
	}
	key, value := x.fault(b.Edition, known, seen)
	if key != "" {
		b.refuse(key, value)
		return
	}
	b.Edition = x.Edition
	seen[x.ID+" "+x.County] = true
	if o := x.occupation(); known[o.ID].ID == "" {
		known[o.ID] = o
		b.Occupations = append(b.Occupations, o)
	}
	b.Forecasts = append(b.Forecasts, Forecast{Occupation: OccupationID(x.ID), County: x.County, Situation: situations[or(x.Situation)], Chances: chances[or(x.Chances)],
		Recruiting: strings.TrimSpace(x.Recruiting), Prospects: strings.TrimSpace(x.Prospects), Edition: x.Edition})
}

func (b *Barometer) refuse(key, value string) {
	b.Refused = append(b.Refused, Refused{Row: b.Rows, Key: key, Value: value})
}

// fault gives the key of the text on what is wrong with a row, and what stood there; "" when nothing is.
func (x line) fault(edition string, known map[OccupationID]Occupation, seen map[string]bool) (key, value string) {
	_, situation := situations[or(x.Situation)]
	_, chance := chances[or(x.Chances)]
	o := known[OccupationID(x.ID)]
	switch {
	case !occupationID.MatchString(x.ID):
		return "course.row.id", x.ID
	case strings.TrimSpace(x.Name) == "":
		return "course.row.name", x.ID
	case !slices.Contains(counties, x.County):
		return "course.row.county", x.County
	case !ssykCodes.MatchString(x.SSYK):
		return "course.row.ssyk", x.SSYK
	case !editionName.MatchString(x.Edition):
		return "course.row.edition", x.Edition
	case edition != "" && x.Edition != edition:
		return "course.row.editions", x.Edition
	case !situation:
		return "course.row.situation", *x.Situation
	case !chance:
		return "course.row.chances", *x.Chances
	case strings.TrimSpace(x.Recruiting) == "":
		return "course.row.words", x.Name
	case seen[x.ID+" "+x.County]:
		return "course.row.twice", x.Name + " " + x.County
	case o.ID != "" && o != x.occupation():
		return "course.row.differs", x.Name
	}
	return "", ""
}

func (x line) occupation() Occupation {
	return Occupation{ID: OccupationID(x.ID), SSYK: strings.Join(strings.FieldsFunc(x.SSYK, func(r rune) bool { return strings.ContainsRune(" ,;", r) }), " "),
		SSYKName: strings.TrimSpace(x.SSYKName), Name: strings.TrimSpace(x.Name), Field: strings.TrimSpace(x.Field), About: strings.TrimSpace(or(x.About))}
}

func or(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
