package main

import (
	"encoding/json"
	"fmt"
	"os"

	"sluss/internal/course"
	"sluss/internal/i18n"
)

type barometerCmd struct {
	File string `arg:"" type:"existingfile" help:"The employment service's forecast of occupations, yrkesbarometer.json."`
	Yes  bool   `help:"Save it; without it nothing is saved."`
	Lang string `default:"sv" enum:"sv,en,ar" help:"The language of the texts."`
}

// Help gives the examples.
func (barometerCmd) Help() string {
	return `The file comes twice a year, at https://data.arbetsformedlingen.se/prognoser/yrkesbarometer.json (CC0 1.0).

Examples:
  sluss barometer yrkesbarometer.json
  sluss barometer yrkesbarometer.json --yes`
}

// barometerRead is what the command answers with.
type barometerRead struct {
	Edition   string           `json:"edition"`
	Before    string           `json:"before"`
	Rows      int              `json:"rows"`
	Forecasts int              `json:"forecasts"`
	New       []string         `json:"new"`
	Same      int              `json:"same"`
	Renamed   []string         `json:"renamed"`
	Gone      []string         `json:"gone"`
	Unused    []string         `json:"unused_fields"`
	Refused   []course.Refused `json:"refused"`
	Saved     bool             `json:"saved"`
}

// Run shows what an edition of the forecast would change, and with --yes saves it. Rows that cannot be used are told of and left out.
func (c barometerCmd) Run(g *globals) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := course.ReadBarometer(f)
	if err != nil {
		return err
	}
	h, err := g.open(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	l, d := i18n.Get(c.Lang), &course.Desk{Store: h.store}
	change, err := d.Compare(g.ctx, b)
	if err != nil {
		return inWords(l, err)
	}
	out := barometerRead{Edition: b.Edition, Before: change.Before.Name, Rows: b.Rows, Forecasts: len(b.Forecasts), New: change.New, Same: change.Same, Renamed: change.Renamed,
		Gone: change.Gone, Unused: b.Unused, Refused: b.Refused}
	if out.Saved = c.Yes && len(b.Forecasts) > 0; out.Saved {
		if err := d.Save(g.ctx, b, h.clock.Now()); err != nil {
			return inWords(l, err)
		}
	}
	return out.print(g, l)
}

func (o barometerRead) print(g *globals, l *i18n.Lang) error {
	wrong := error(nil)
	if len(o.Refused) > 0 || o.Forecasts == 0 {
		wrong = errWrong
	}
	if g.JSON {
		if err := json.NewEncoder(os.Stdout).Encode(o); err != nil {
			return err
		}
		return wrong
	}
	fmt.Println(l.T("course.cli.sum", o.Rows, o.Edition, o.Forecasts))
	if o.Before != "" {
		fmt.Println(l.T("course.cli.before", o.Before))
	}
	fmt.Println(l.T("course.cli.occupations", len(o.New), o.Same))
	for _, x := range []struct {
		key  string
		list []string
	}{{"course.cli.renamed", o.Renamed}, {"course.cli.gone", o.Gone}, {"course.cli.unused", o.Unused}} {
		for _, name := range x.list {
			fmt.Println(l.T(x.key, name))
		}
	}
	for n, r := range o.Refused {
		if n == shownRefusals {
			fmt.Println(l.T("intray.cli.more", len(o.Refused)-n))
			break
		}
		fmt.Println(l.T("course.cli.row", r.Row, l.T(r.Key), r.Value))
	}
	if !o.Saved {
		fmt.Fprintln(os.Stderr, l.T("intray.cli.nothing"))
	}
	return wrong
}
