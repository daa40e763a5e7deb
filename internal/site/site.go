// Package site is what a gateway tells everybody: its own words in each language with every version kept, by which address
// it is found, and how often its pages are read.
package site

import (
	"slices"
	"strings"
	"sync"

	"sluss/internal/clock"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Desk is where the gateways' own words are kept.
type Desk struct {
	Store *store.Store
	Clock clock.Clock

	mu    sync.Mutex
	reads map[read]int
}

// Field is one of the texts that a gateway may have in its own words.
type Field string

// The fields, as stored; their names are texts site.field.*.
const (
	Notice    Field = "notice"    // something that holds just now; shown first
	Title     Field = "title"     // the heading of the front page
	Lede      Field = "lede"      // what the gateway is
	In        Field = "in"        // how one comes in, in steps
	Day       Field = "day"       // the first day, in steps
	Support   Field = "support"   // what support there is
	Questions Field = "questions" // questions and their answers
	Hours     Field = "hours"     // when the door is open
	Find      Field = "find"      // how one finds there
	Ask       Field = "ask"       // whom one calls
	Lacks     Field = "lacks"     // what of the pages is hard to use yet, in the statement on accessibility
)

// Fields are all of them, in the order of the page.
var Fields = []Field{Notice, Title, Lede, In, Day, Support, Hours, Find, Ask, Questions, Lacks}

// Headed tells that the text is several pieces, each with a heading.
func (f Field) Headed() bool { return slices.Contains([]Field{In, Day, Support, Questions}, f) }

// Known tells whether there is such a field.
func (f Field) Known() bool { return slices.Contains(Fields, f) }

// Block is a piece of a text: a heading and what stands under it. A text without headings has blocks of Body alone.
type Block struct {
	Head string `json:"head,omitempty"`
	Body string `json:"body"`
	Lang string `json:"lang,omitempty"` // of Body, where it is not that of the rest
}

// Blocks splits a text at its empty lines. Where the field has headings, the first line of each piece is one.
func (f Field) Blocks(words string) []Block {
	var list []Block
	for _, piece := range strings.Split(words, "\n\n") {
		piece = strings.TrimSpace(piece)
		switch head, body, _ := strings.Cut(piece, "\n"); {
		case piece == "":
		case f.Headed():
			list = append(list, Block{Head: oneLine(head), Body: oneLine(body)})
		default:
			list = append(list, Block{Body: oneLine(piece)})
		}
	}
	return list
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Words writes blocks as one edits them.
func Words(blocks []Block) string {
	parts := make([]string, len(blocks))
	for i, b := range blocks {
		parts[i] = strings.TrimSpace(b.Head + "\n" + b.Body)
	}
	return strings.Join(parts, "\n\n")
}

// Text is one version of a text in one language.
type Text struct {
	Field      Field
	Lang       string
	No         int // 1 for the first version; 0 for none
	Words      string
	Until      clock.Date // the last day that it is shown, of a notice in Swedish and with it in every language; "" for as long as it stands
	ReviewedBy string     // the native speaker who has read this version; "" for nobody
	Post       id.Post
	At         clock.Instant
}

// NeedsReview tells that a native speaker is yet to read the text. Swedish, the language of the house, needs none.
func (t Text) NeedsReview() bool {
	return t.Words != "" && t.ReviewedBy == "" && t.Lang != "sv" && t.Lang != i18n.Easy
}

// Texts are the newest versions of a gateway's texts.
type Texts []Text

// Get gives the newest version; one with No 0 where there is none.
func (x Texts) Get(f Field, lang string) Text {
	for _, t := range x {
		if t.Field == f && t.Lang == lang {
			return t
		}
	}
	return Text{Field: f, Lang: lang}
}

// Over tells whether a text is shown no longer, since the last day of its Swedish one has passed.
func (x Texts) Over(f Field, today clock.Date) bool {
	until := x.Get(f, "sv").Until
	return until != "" && until < today
}

// On gives the texts that are shown on a day.
func (x Texts) On(day clock.Date) (list Texts) {
	for _, t := range x {
		if !x.Over(t.Field, day) {
			list = append(list, t)
		}
	}
	return list
}

// Told gives what stands for a field to who reads l, and the language that it is in: the gateway's own words, else the product's.
func (x Texts) Told(l *i18n.Lang, f Field) ([]Block, *i18n.Lang) {
	if t, ok := x.Show(f, l.Tag); ok {
		return f.Blocks(t.Words), i18n.Get(t.Lang)
	}
	return Standard(l, f), l
}

// Show gives the text to show to who reads the language: in it, else in Swedish and in no third language. ok is false
// where the gateway has no words of its own.
func (x Texts) Show(f Field, lang string) (t Text, ok bool) {
	if sv := x.Get(f, "sv"); sv.Words == "" {
		return sv, false
	} else if t = x.Get(f, lang); t.Words == "" {
		t = sv
	}
	return t, true
}
