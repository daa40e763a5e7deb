package intray

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/referral"
	"sluss/internal/sheet"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// File is a list as it is handed over.
type File struct {
	Content io.ReaderAt
	Size    int64  // bytes
	Name    string // what the file is called, without folders
	Sheet   string // the sheet to read; the first with rows if ""
	Ignore  bool   // columns nobody knows are left out instead of asked about
	Kind    referral.Kind
}

// Receive takes a list in hand: its rows are kept sealed until they are saved or seven days have gone. Nothing is put in
// the queue. An invalid fault says why a file cannot be read, or that it has no rows under its headings.
func (d *Desk) Receive(ctx context.Context, actor *access.Actor, f File) (ID, error) {
	r, err := sheet.Read(f.Content, f.Size, f.Name, sheet.Options{Sheet: f.Sheet, MaxColumns: 200})
	if err != nil {
		return 0, err
	}
	head, err := heading(r)
	if err != nil {
		return 0, err
	}
	if _, err := r.Peek(1); err != nil {
		return 0, err
	}
	i, err := d.begin(ctx, actor, f, head.Cells, r.Sheet)
	if err != nil {
		return 0, err
	}
	if err := d.stage(ctx, actor, &i, r); err != nil {
		return 0, errors.Join(err, d.remove(context.WithoutCancel(ctx), i.area, i.ID))
	}
	return i.ID, d.staged(ctx, actor, i)
}

// heading finds the row of headings. One that we know is enough where no row has more: the others can be asked about.
func heading(r *sheet.Reader) (sheet.Row, error) {
	head, err := r.Heading(known)
	if err == nil || fault.Of(err) == nil || fault.Of(err).Key != "sheet.heading" {
		return head, err
	}
	rows, perr := r.Peek(30)
	if perr != nil {
		return head, perr
	}
	at := slices.IndexFunc(rows, func(row sheet.Row) bool { return slices.ContainsFunc(row.Cells, known) })
	if at < 0 {
		return head, err
	}
	for range at {
		if _, err := r.Next(); err != nil {
			return head, err
		}
	}
	return r.Next()
}

// begin makes the list with its own key.
func (d *Desk) begin(ctx context.Context, actor *access.Actor, f File, heads []string, name string) (i Import, err error) {
	i = Import{ID: id.New[intrayTag](actor.Now()), Unit: actor.Unit(), Post: actor.Post(), Name: filepath.Base(f.Name), Sheet: name, Headings: heads, Kind: f.Kind, area: actor.Area()}
	if i.Kind == "" {
		i.Kind = referral.Remiss
	}
	wrapped, key, err := actor.Keys().NewOwn("intray", int64(i.ID))
	if err != nil {
		return i, err
	}
	i.key, i.Columns = key, arrange(heads)
	index, err := headIndex(actor.Keys(), heads)
	if err != nil {
		return i, err
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if old, err := remembered(ctx, tx, actor, index); err != nil {
			return err
		} else if len(old) == len(core(heads)) {
			copy(i.Columns, old)
		}
		if f.Ignore {
			leaveOut(i.Columns)
		}
		if err := insert(ctx, tx, actor, i, wrapped); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, i.area, sweepJob, payload{i.ID}, actor.Now().Add(Kept))
	})
	return i, err
}

// headIndex is the same for lists with the same headings; what a file of rows to mend has added makes no difference.
func headIndex(keys *vault.Area, heads []string) ([]byte, error) {
	var parts []string
	for _, h := range core(heads) {
		parts = append(parts, sheet.Fold(h))
	}
	return keys.Index("headings", strings.Join(parts, "\x00"))
}

// core is the headings without the last one when it only says what is wrong.
func core(heads []string) []string {
	if n := len(heads) - 1; n > 0 {
		if c, _ := columnOf(heads[n]); c == Mended {
			return heads[:n]
		}
	}
	return heads
}

func leaveOut(columns []Column) {
	for i, c := range columns {
		if c == Undecided {
			columns[i] = Ignored
		}
	}
}

const stagePiece = 250 // rows; some ms of work

// stage keeps the rows of the file, sealed.
func (d *Desk) stage(ctx context.Context, actor *access.Actor, i *Import, r *sheet.Reader) error {
	rows := make([]sheet.Row, 0, stagePiece)
	for end := false; !end; {
		rows = rows[:0]
		for len(rows) < stagePiece && !end {
			row, err := r.Next()
			if end = errors.Is(err, io.EOF); end {
				break
			}
			if err != nil {
				return err
			}
			rows = append(rows, row)
			i.since1904 = i.since1904 || shifted(row)
		}
		if err := d.keep(ctx, *i, rows); err != nil {
			return err
		}
		i.Rows += len(rows)
	}
	if i.Rows == 0 {
		return fault.New(fault.Invalid, "intray.norows")
	}
	return nil
}

// shifted tells whether a number in the row would be another day in a workbook that counts from 1904.
func shifted(row sheet.Row) bool {
	for n, c := range row.Cells {
		if len(c) != 5 || strings.Trim(c, "0123456789") != "" {
			continue
		}
		own, err := row.Date(n)
		plain, other := sheet.ParseDate(c)
		if err == nil && other == nil {
			return own != plain
		}
	}
	return false
}

func (d *Desk) keep(ctx context.Context, i Import, rows []sheet.Row) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		for _, r := range rows {
			cells := r.Cells[:min(len(r.Cells), len(i.Headings))]
			if err := insertRow(ctx, tx, i, r.Number, cells); err != nil {
				return err
			}
		}
		return nil
	})
}

// staged opens the list for the check, or for somebody to say what the columns are.
func (d *Desk) staged(ctx context.Context, actor *access.Actor, i Import) error {
	to := Columns
	if whole(i.Columns) {
		to = Checking
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		since := 0
		if i.since1904 {
			since = 1
		}
		if _, err := tx.Exec(ctx, store.Q(`UPDATE intray SET state = $3, rows = $4, since_1904 = $5 WHERE area_id = $1 AND intray_id = $2`),
			i.area, i.ID, string(to), i.Rows, since); err != nil {
			return err
		}
		if to != Checking {
			return nil
		}
		return job.Enqueue(ctx, tx, i.area, checkJob, payload{i.ID}, actor.Now())
	})
}
