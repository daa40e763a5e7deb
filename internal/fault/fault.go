// Package fault is the one vocabulary of refusals that a person can do something about. Everything else is ours to fix.
package fault

import (
	"errors"
	"strings"
)

// Kind tells which page answers a fault.
type Kind int

// The kinds. Invalid is a form to mend, Forbidden a right one lacks, NotFound also what one may not know of,
// Conflict something that changed meanwhile, Unavailable something that should work again soon.
const (
	Invalid Kind = iota + 1
	Forbidden
	NotFound
	Conflict
	Unavailable
)

// Fault is a refusal: its kind, the key of its text, the text's arguments, and the form field it concerns if any.
type Fault struct {
	Kind  Kind
	Key   string
	Field string
	Args  []any
}

// Error gives the key, never an argument: what a person typed stays out of logs.
func (f *Fault) Error() string { return f.Key }

// New makes a fault.
func New(k Kind, key string, args ...any) *Fault { return &Fault{Kind: k, Key: key, Args: args} }

// Missing is the answer to what is not there and to what one may not know of; the two are not told apart.
var Missing = New(NotFound, "fault.missing")

// Stale is the answer to a change of something that somebody else changed meanwhile.
var Stale = New(Conflict, "fault.stale")

// Of finds the fault in an error, or nil.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// Is tells whether err is a fault of the kind.
func Is(err error, k Kind) bool {
	f := Of(err)
	return f != nil && f.Kind == k
}

// Form collects the faults of a form's fields, in the order of the form.
type Form []*Fault

// Add notes a fault at a field.
func (f *Form) Add(field, key string, args ...any) {
	*f = append(*f, &Fault{Kind: Invalid, Key: key, Field: field, Args: args})
}

// Err is nil for a form without faults.
func (f Form) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// Error joins the keys.
func (f Form) Error() string {
	keys := make([]string, len(f))
	for i, x := range f {
		keys[i] = x.Field + ": " + x.Key
	}
	return strings.Join(keys, ", ")
}

// Fields finds the form faults in an error; a single invalid fault counts as a form of one.
func Fields(err error) Form {
	var form Form
	if errors.As(err, &form) {
		return form
	}
	if f := Of(err); f != nil && f.Kind == Invalid {
		return Form{f}
	}
	return nil
}
