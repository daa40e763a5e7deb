package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/intray"
)

type importCmd struct {
	File  string `arg:"" help:"The list: xlsx or csv."`
	Unit  string `required:"" help:"The gateway whose queue it is for." placeholder:"NAME"`
	Yes   bool   `help:"Save the good rows; without it nothing is saved."`
	As    string `help:"The e-mail of the worker in whose right it is saved; the unit's head unless named." placeholder:"EMAIL"`
	Sheet string `help:"The sheet of the workbook; the first with rows unless named." placeholder:"NAME"`
	Wrong string `help:"Where to write the rows that must be mended, as xlsx or csv." placeholder:"FILE"`
	Lang  string `default:"sv" enum:"sv,en,ar" help:"The language of the texts."`
}

// Help gives the examples.
func (importCmd) Help() string {
	return `Examples:
  sluss import lista.xlsx --unit Vuxenslussen
  sluss import lista.xlsx --unit Vuxenslussen --yes --wrong rätta.xlsx`
}

// imported is what the command answers with.
type imported struct {
	Rows    int       `json:"rows"`
	New     int       `json:"new"`
	Known   int       `json:"known"`
	Returns int       `json:"returns"`
	Refused []refusal `json:"refused"`
}

type refusal struct {
	Row    int    `json:"row"` // the file's own number, headings counted
	Column string `json:"column"`
	Code   string `json:"code"`
	Text   string `json:"text"`
}

// Run shows what a list would do, and with --yes does it.
func (c importCmd) Run(g *globals) error {
	h, err := g.open(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	actor, err := h.enter(g.ctx, c.Unit, c.As, "sluss import")
	if err != nil {
		return err
	}
	actor.Declare(access.Everything, access.Read, access.Write)
	l := i18n.Get(c.Lang)
	d := &intray.Desk{Store: h.store, Vault: h.vault, Clock: h.clock}
	list, err := c.receive(g.ctx, d, actor)
	if err != nil {
		return inWords(l, err)
	}
	defer func() { c.leave(g, d, actor, list) }()
	i, err := c.work(g.ctx, d, actor, list, l)
	if err != nil {
		return inWords(l, err)
	}
	out, err := c.result(g, d, actor, i, l)
	if err != nil {
		return err
	}
	return out.print(g, c, l)
}

// receive reads the file into the tray.
func (c importCmd) receive(ctx context.Context, d *intray.Desk, actor *access.Actor) (intray.ID, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if info.IsDir() {
		return 0, fmt.Errorf("%s is a folder, not a list", c.File)
	}
	return d.Receive(ctx, actor, intray.File{Content: f, Size: info.Size(), Name: filepath.Base(c.File), Sheet: c.Sheet, Ignore: true})
}

// leave removes the list unless its saving is to go on when the gateway is served again.
func (c importCmd) leave(g *globals, d *intray.Desk, actor *access.Actor, list intray.ID) {
	i, err := d.Open(context.WithoutCancel(g.ctx), actor, list)
	if err == nil && i.State != intray.Saving && i.State != intray.Gone {
		err = d.Throw(context.WithoutCancel(g.ctx), actor, list, i.Version)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sluss: the list is not removed yet; it is after seven days:", err)
	}
}

// work looks the rows through, and saves them when the command was told to.
func (c importCmd) work(ctx context.Context, d *intray.Desk, actor *access.Actor, list intray.ID, l *i18n.Lang) (i intray.Import, err error) {
	if i, err = d.Open(ctx, actor, list); err != nil {
		return i, err
	}
	if i.State == intray.Columns {
		return i, fault.New(fault.Invalid, "intray.columns.name")
	}
	for n, column := range i.Columns {
		if column == intray.Ignored && i.Headings[n] != "" {
			fmt.Fprintln(os.Stderr, l.T("intray.left.out", i.Headings[n]))
		}
	}
	if i, err = c.through(ctx, d, actor, i, l, "intray.progress.check", d.Check); err != nil || !c.Yes {
		return i, err
	}
	if err = d.Confirm(ctx, actor, list, i.Version); err != nil {
		return i, err
	}
	i, err = c.through(ctx, d, actor, i, l, "intray.progress.save", d.Save)
	if err == nil && i.State == intray.Stopped {
		err = fault.New(fault.Forbidden, i.Why)
	}
	return i, err
}

type stepper func(context.Context, areaID, intray.ID, time.Duration) (bool, error)

// through runs one of the desk's long works to its end, and tells a terminal how far it is.
func (c importCmd) through(ctx context.Context, d *intray.Desk, actor *access.Actor, i intray.Import, l *i18n.Lang, key string, f stepper) (intray.Import, error) {
	shown := terminal(os.Stderr)
	for done := false; !done; {
		if err := ctx.Err(); err != nil {
			return i, err
		}
		var err error
		if done, err = f(ctx, actor.Area(), i.ID, 500*time.Millisecond); err != nil {
			return i, err
		}
		if i, err = d.Open(ctx, actor, i.ID); err != nil {
			return i, err
		}
		if shown {
			n := i.Checked.All()
			if i.State == intray.Saving || i.State == intray.Done {
				n = i.Saved.All()
			}
			fmt.Fprintf(os.Stderr, "\r%s", l.T(key, n, i.Rows))
		}
	}
	if shown {
		fmt.Fprintln(os.Stderr)
	}
	return i, nil
}

// result gathers what the list came to.
func (c importCmd) result(g *globals, d *intray.Desk, actor *access.Actor, i intray.Import, l *i18n.Lang) (imported, error) {
	n := i.Checked
	if i.State == intray.Done {
		n = i.Saved
	}
	out := imported{Rows: i.Rows, New: n[intray.New], Known: n[intray.Known] + n[intray.Waiting], Returns: n[intray.Return], Refused: []refusal{}}
	if n.Bad() == 0 {
		return out, nil
	}
	for after, more := 0, true; more; {
		lines, err := d.Lines(g.ctx, actor, i.ID, intray.Wrong, after, 500)
		if err != nil {
			return out, err
		}
		for _, x := range lines {
			after = x.Row
			for _, f := range x.Faults {
				out.Refused = append(out.Refused, refusal{x.Row, i.ColumnName(f, l), f.Key, l.T(f.Key, f.Args...)})
			}
		}
		more = len(lines) == 500
	}
	if c.Wrong == "" {
		return out, nil
	}
	t, err := d.Mend(g.ctx, actor, i.ID, l)
	if err != nil {
		return out, err
	}
	file := &tableFile{path: c.Wrong}
	defer file.drop()
	if err := file.write(t); err != nil {
		return out, err
	}
	return out, file.keep()
}

const shownRefusals = 50 // in words; JSON has them all

func (o imported) print(g *globals, c importCmd, l *i18n.Lang) error {
	wrong := error(nil)
	if len(o.Refused) > 0 {
		wrong = errWrong
	}
	if g.JSON {
		if err := json.NewEncoder(os.Stdout).Encode(o); err != nil {
			return err
		}
		return wrong
	}
	fmt.Println(l.T("intray.cli.sum", o.Rows, o.New, o.Known, o.Returns))
	for n, r := range o.Refused {
		if n == shownRefusals {
			fmt.Println(l.T("intray.cli.more", len(o.Refused)-n))
			break
		}
		fmt.Println(l.T("intray.cli.row", r.Row, r.Column, r.Text))
	}
	if !c.Yes {
		fmt.Fprintln(os.Stderr, l.T("intray.cli.nothing"))
	}
	return wrong
}

// inWords gives a refusal in the language, anything else as it is.
func inWords(l *i18n.Lang, err error) error {
	if f := fault.Of(err); f != nil {
		return fmt.Errorf("%s", l.T(f.Key, f.Args...))
	}
	if f := fault.Fields(err); len(f) > 0 {
		return fmt.Errorf("%s", l.T(f[0].Key, f[0].Args...))
	}
	return err
}
