package extract

import (
	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/store"
)

// label begins the key of what a value is.
const label = "extract.is."

// kind is how what a column holds is said.
type kind int

// The kinds.
const (
	words kind = iota
	rowNumber
	sealed
	answers
	day
	instant
	hour
	flag
	number
	code
	codes
	unit
	agency
	post
	offer
	named
	weekdays
	workplaceAt
	categories
)

// column is one column that is shown.
type column struct {
	name   string // in the schema, or as the statement calls it
	label  string // the end of a text extract.is.*
	kind   kind
	prefix string          // of codes
	need   access.Category // of what is sealed
	fields []string        // of what is sealed: the end of a label; "-ground" is not shown, nor "", which stands elsewhere
	joined bool            // it is another table's
	alone  bool            // for the person alone
}

// table is one table of the schema. Its statement takes the area and the person, and gives the columns in the order of shown; the first
// numbers the rows where something is sealed.
type table struct {
	name, part string
	who        Audience
	says       comment.Kind // what the person says of a row is kept as; "" where nothing is said of one
	once       string       // the column that is empty until somebody has written something to say it of; "" for none
	query      store.SQL
	shown      []column
	hidden     map[string]Ground // the other columns, with the ground
}

// Ground is why something that is kept about a person is not in the extract; each but the first two stands in it by the text
// extract.why.*.
type Ground string

// The grounds.
const (
	Technical Ground = "technical" // keys, numbers of rows, versions: it says nothing
	Elsewhere Ground = "elsewhere" // the same stands in another place of the extract, or on the page of who has read
	Third     Ground = "third"     // it is about somebody else
	Looked    Ground = "looked"    // free words written without the person: given out when somebody has seen that no one else is in them
	Work      Ground = "work"      // work that is not finished
	Later     Ground = "later"     // a decision says that it is shown on a later day
	Check     Ground = "check"     // the log is checked: about workers
)

// Withheld are the grounds that the person is told of.
var Withheld = []string{string(Looked), string(Third), string(Work), string(Later), string(Check)}

func of(name, label string, k kind) column { return column{name: name, label: label, kind: k} }

func coded(name, label, prefix string) column {
	return column{name: name, label: label, kind: code, prefix: prefix}
}

func row(name string) column { return column{name: name, kind: rowNumber} }

// said is a sealed column with its fields in order.
func said(name string, need access.Category, fields ...string) column {
	return column{name: name, kind: sealed, need: need, fields: fields}
}

// from is a column of another table.
func (c column) from() column {
	c.joined = true
	return c
}

// self is a column for the person alone.
func (c column) self() column {
	c.alone = true
	return c
}
