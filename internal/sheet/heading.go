package sheet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Headings is what each of the caller's columns is called in people's files: its own name, and the words for it in
// Swedish and English. Case, blanks, punctuation and the dots and rings of å, ä, ö do not matter.
type Headings map[string][]string

// Fold writes a heading in one way, for comparing.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(s))
}

// Name gives the caller's column for a heading; a remark in brackets after it is looked past if need be.
func (h Headings) Name(heading string) (string, bool) {
	short, _, _ := strings.Cut(heading, "(")
	for _, s := range []string{Fold(heading), Fold(short)} {
		if s == "" {
			continue
		}
		for name, words := range h {
			for _, w := range append([]string{name}, words...) {
				if Fold(w) == s {
					return name, true
				}
			}
		}
	}
	return "", false
}

// Known tells whether the heading is one of them.
func (h Headings) Known(heading string) bool {
	_, ok := h.Name(heading)
	return ok
}

// Columns gives the place, from 0, of each of the caller's columns in a row of headings. Of two with one meaning the
// first counts. The unknown are the headings that nobody asked for.
func (h Headings) Columns(heading []string) (at map[string]int, unknown []string) {
	at = map[string]int{}
	for i, cell := range heading {
		name, ok := h.Name(cell)
		_, twice := at[name]
		switch {
		case ok && !twice:
			at[name] = i
		case strings.TrimSpace(cell) != "":
			unknown = append(unknown, cell)
		}
	}
	return at, unknown
}

// FindHeading tells which of the first rows holds the headings: the one with most known, the first of equals. -1 when
// none has two known headings, or one that stands alone in its row.
func FindHeading(rows []Row, known func(string) bool) int {
	best, most := -1, 0
	for i, row := range rows {
		hits, filled := 0, 0
		for _, c := range row.Cells {
			if strings.TrimSpace(c) != "" {
				filled++
			}
			if known(c) {
				hits++
			}
		}
		if hits > most && (hits > 1 || filled == 1) {
			best, most = i, hits
		}
	}
	return best
}

// titleRows is how far down the headings are looked for.
const titleRows = 30

// Heading gives the row of headings among the first thirty rows, and leaves the reader at the row after it. Returns a
// fault sheet.heading when there is none.
func (r *Reader) Heading(known func(string) bool) (Row, error) {
	rows, err := r.Peek(titleRows)
	if err != nil {
		return Row{}, err
	}
	i := FindHeading(rows, known)
	if i < 0 {
		return Row{}, refuse("sheet.heading")
	}
	r.peeked = r.peeked[i+1:]
	return rows[i], nil
}
