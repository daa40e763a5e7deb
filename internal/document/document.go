// Package document keeps files that belong to one person: a certificate, a CV, a plan from elsewhere. A file lies in the database in
// pieces, each sealed by the person's key to its file, its number and whether it is the last, so that one that is missing, moved or
// from another file is found. What is kept the person sees themself, and it goes with the person's key.
package document

import (
	"path"
	"strconv"
	"strings"
	"unicode"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is a document's id.
type ID = id.Of[tag]

// Most is how large a file may be, in bytes; mostKept how many a person may have.
const (
	Most     = 25 << 20
	mostKept = 100
)

// Need is what the list of somebody's documents shows.
const Need = access.Identity | access.Documents

// Desk keeps documents.
type Desk struct{ Store *store.Store }

// Document is one file, without what it holds.
type Document struct {
	ID      ID
	Title   string // what it is, in the words of who put it in
	File    string // what it is called where it is fetched to
	Kind    Kind
	Size    int64
	Post    id.Post
	At      clock.Instant
	Removed Removed
	Version int
	pieces  int
}

// Removed tells of a document that was removed; its At is 0 for one that is kept.
type Removed struct {
	At   clock.Instant
	Post id.Post
	Why  string
}

// The states of a document, as stored.
const (
	arriving = "arriving"
	kept     = "kept"
	removed  = "removed"
)

func place(column string, d ID) vault.Place {
	return vault.Place{Table: "document", Column: column, Row: int64(d)}
}

// pieceBytes is how much of a file one piece holds.
const pieceBytes = 256 << 10

func piecesOf(size int64) int { return int((size + pieceBytes - 1) / pieceBytes) }

// piecePlace is where a piece lies: the last of a file has a place that no other has, so that a file cut short does not end.
func piecePlace(d ID, piece, of int) vault.Place {
	column := "sealed " + strconv.Itoa(piece)
	if piece == of-1 {
		column += " last"
	}
	return vault.Place{Table: "document_piece", Column: column, Row: int64(d)}
}

// longestName is how long the name of a file may be.
const longestName = 100

// fileName makes a name to fetch a file under: without folders, without what cannot be seen or turns the text about, and with the end
// that is true.
func fileName(name string, k Kind) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`/:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
	if r := []rune(name); len(r) > longestName {
		name = string(r[:longestName])
	}
	if name = strings.Trim(name, " ."); name == "" {
		name = "dokument"
	}
	return name + k.end()
}
