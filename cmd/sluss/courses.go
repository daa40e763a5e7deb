package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"sluss/internal/course"
	"sluss/internal/i18n"
)

type coursesCmd struct {
	File string `arg:"" type:"existingfile" help:"The list of courses: csv or xlsx."`
	Unit string `required:"" help:"The gateway whose courses they are." placeholder:"NAME"`
	Yes  bool   `help:"Save it; without it nothing is saved."`
	As   string `help:"The e-mail of the worker in whose right it is saved; the unit's head unless named." placeholder:"EMAIL"`
	Lang string `default:"sv" enum:"sv,en,ar" help:"The language of the texts."`
}

// Help tells the form of the file, and gives the examples.
func (coursesCmd) Help() string {
	return `The first row holds the headings, in any order. "Kurs" and "Ges av" must be there. The others may be left out: "Slag" (utbildning or prova),
"Var", "Veckor" and "Dagar i veckan" (numbers), "Längd" (what more there is to say of it), "Börjar", "Svenska", "Leder till", "Gratis" (ja or nej),
"Kostnad", "Länk" (https) and "Yrken" (codes of four digits, with spaces between). A text in another language has the language after the
heading, as "Kostnad arabiska", "Kostnad engelska" or "Kostnad lätt svenska"; without such columns what is told already is kept, where its
Swedish is the same.
A course with the same name, given by the same, is written anew; none is taken away.

Examples:
  sluss courses kurser.csv --unit Vuxenslussen
  sluss courses kurser.csv --unit Vuxenslussen --yes`
}

// coursesRead is what the command answers with.
type coursesRead struct {
	Rows    int              `json:"rows"`
	New     []string         `json:"new"`
	Changed []string         `json:"changed"`
	Same    []string         `json:"same"`
	Unused  []string         `json:"unused_columns"`
	Refused []course.Refused `json:"refused"`
	Saved   bool             `json:"saved"`
}

// Run shows what a list of courses would change, and with --yes saves it. Rows that cannot be used are told of and left out.
func (c coursesCmd) Run(g *globals) error {
	l := i18n.Get(c.Lang)
	list, err := c.read()
	if err != nil {
		return inWords(l, err)
	}
	h, err := g.open(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	actor, err := h.enter(g.ctx, c.Unit, c.As, "sluss courses")
	if err != nil {
		return err
	}
	x, err := (&course.Desk{Store: h.store}).Take(g.ctx, actor, list, c.Yes)
	if err != nil {
		return inWords(l, err)
	}
	return coursesRead{list.Rows, x.New, x.Changed, x.Same, list.Unused, append(list.Refused, x.Refused...), c.Yes}.print(g, l)
}

func (c coursesCmd) read() (course.List, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return course.List{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return course.List{}, err
	}
	return course.ReadList(f, info.Size(), filepath.Base(c.File))
}

func (o coursesRead) print(g *globals, l *i18n.Lang) error {
	wrong := error(nil)
	if len(o.Refused) > 0 || o.Rows == 0 {
		wrong = errWrong
	}
	if g.JSON {
		if err := json.NewEncoder(os.Stdout).Encode(o); err != nil {
			return err
		}
		return wrong
	}
	fmt.Println(l.T("course.list.sum", o.Rows, len(o.New), len(o.Changed), len(o.Same)))
	for _, name := range o.Unused {
		fmt.Println(l.T("course.cli.unused", name))
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
