package site

import (
	"context"
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Longest is how many characters a text may have.
const Longest = 6000

// Draft is a text on its way to everybody. Seen is the version that the writer had before them.
type Draft struct {
	Field Field
	Lang  string
	Words string
	Until clock.Date // of a notice in Swedish: the last day that it is shown; "" for none
	Seen  int
}

// Dated tells whether the text can have a last day.
func (d Draft) Dated() bool { return d.Field == Notice && d.Lang == "sv" }

// Check says what is wrong with a draft; has tells whether there is a Swedish text already.
func (d *Draft) Check(has bool) error {
	var form fault.Form
	d.Words = strings.TrimSpace(strings.ReplaceAll(d.Words, "\r\n", "\n"))
	if !d.Field.Known() || !i18n.KnownPublic(d.Lang) {
		return fault.Missing
	}
	if utf8.RuneCountInString(d.Words) > Longest {
		form.Add("words", "form.long", Longest)
	}
	if d.Lang != "sv" && d.Words != "" && !has {
		form.Add("words", "site.swedish.first")
	}
	if !d.Dated() {
		d.Until = ""
	}
	if d.Field == Title && len(d.Field.Blocks(d.Words)) > 1 {
		form.Add("words", "site.title.one")
	}
	for _, b := range d.Field.Blocks(d.Words) {
		if d.Field.Headed() && (b.Head == "" || b.Body == "") {
			form.Add("words", "site.headed", b.Head)
			break
		}
	}
	return form.Err()
}

var editors = []access.Role{access.Coordinator, access.Head}

// Publish makes the draft the text that everybody reads. Only the coordinator and the head. Empty words give the text
// that the product comes with, in Swedish, or Swedish again in another language. A changed text waits for its review.
// Stale when somebody has published meanwhile.
func (d *Desk) Publish(ctx context.Context, actor *access.Actor, x Draft) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, editors...); err != nil {
			return err
		}
		all, err := TextsOf(ctx, tx, actor.Area(), actor.Unit())
		if err != nil {
			return err
		}
		if err := x.Check(all.Get(x.Field, "sv").Words != ""); err != nil {
			return err
		}
		if all.Get(x.Field, x.Lang).No != x.Seen {
			return fault.Stale
		}
		return Put(ctx, tx, actor.Area(), actor.Unit(), Text{Field: x.Field, Lang: x.Lang, No: x.Seen + 1, Words: x.Words, Until: x.Until, Post: actor.Post(), At: actor.Now()})
	})
}

// Review notes that a native speaker has read the newest version. Only the coordinator and the head. Stale when it is not
// the version that was seen.
func (d *Desk) Review(ctx context.Context, actor *access.Actor, f Field, lang string, seen int, by string) error {
	if by = oneLine(by); by == "" {
		return fault.Form{{Kind: fault.Invalid, Key: "site.review.who", Field: "by"}}
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, editors...); err != nil {
			return err
		}
		all, err := TextsOf(ctx, tx, actor.Area(), actor.Unit())
		if err != nil {
			return err
		}
		t := all.Get(f, lang)
		if t.No != seen || !t.NeedsReview() {
			return fault.Stale
		}
		t.No, t.ReviewedBy, t.Post, t.At = seen+1, by, actor.Post(), actor.Now()
		return Put(ctx, tx, actor.Area(), actor.Unit(), t)
	})
}

// Put writes a version without asking who; for making an area. Stale when the version is there.
func Put(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, t Text) error {
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO site_text (area_id, unit_id, field, lang, no, words, until_on, reviewed_by, post_id, at)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (area_id, unit_id, field, lang, no) DO NOTHING`),
		area, unit, string(t.Field), t.Lang, t.No, t.Words, string(t.Until), t.ReviewedBy, t.Post, int64(t.At))
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}
