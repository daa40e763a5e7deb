package main

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/export"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/sheet"
)

type exportCmd struct {
	List string `arg:"" help:"The list: queue, participants, startlist or starts."`
	Unit string `required:"" help:"The gateway whose list it is." placeholder:"NAME"`
	Out  string `required:"" help:"The file to write, as xlsx or csv." placeholder:"FILE"`
	As   string `help:"The e-mail of the worker who takes it out; the unit's head unless named." placeholder:"EMAIL"`
	On   string `help:"The day of a start list; the next start unless named." placeholder:"DATE"`
	Lang string `default:"sv" enum:"sv,en,ar" help:"The language of the headings."`
}

// Help gives the examples.
func (exportCmd) Help() string {
	return `Everybody in the list is noted in the log as taken out, in the name of --as or the unit's head.

Examples:
  sluss export queue --unit Vuxenslussen --out kö.xlsx
  sluss export startlist --unit Vuxenslussen --on 2026-10-20 --out lista.csv`
}

// Run writes a list to a file once the log holds that it was taken out.
func (c exportCmd) Run(g *globals) error {
	l := i18n.Get(c.Lang)
	list, err := export.Find(c.List)
	if err != nil {
		return inWords(l, err)
	}
	if _, err := writer(c.Out); err != nil {
		return err
	}
	h, err := g.open(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	actor, err := h.enter(g.ctx, c.Unit, c.As, "sluss export")
	if err != nil {
		return err
	}
	actor.Declare(export.Everything, access.Export)
	d := &export.Desk{Store: h.store}
	on, err := day(c.On)
	if err != nil {
		return inWords(l, err)
	}
	file := &tableFile{path: c.Out}
	defer file.drop()
	if err := d.Take(g.ctx, actor, list, l, on, file.write); err != nil {
		return inWords(l, err)
	}
	epoch, shown := actor.Shown()
	if err := h.log.Append(g.ctx, actor.Area(), epoch, shown); err != nil {
		return err
	}
	return file.keep()
}

func day(text string) (clock.Date, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	d, err := sheet.ParseDate(text)
	if f := fault.Of(err); f != nil {
		return "", f
	}
	return d, err
}
