// Package pnr is the Swedish personal identity number: read as people write it, checked, and never shown by mistake.
//
// A Number keeps its digits behind a pointer that neither fmt, log/slog nor encoding/json follows. Who wants the digits
// says so with Reveal or Dashed, and is easily found by searching for those two words.
package pnr

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"unique"

	"sluss/internal/clock"
)

// hidden stands for a number wherever somebody prints one.
const hidden = "••••••••-••••"

// Number is a checked personal identity number or coordination number. Two numbers are equal (==) when their digits are;
// the zero Number is no number.
type Number struct{ digits unique.Handle[string] }

// IsZero tells whether there is no number.
func (n Number) IsZero() bool { return n == Number{} }

// Reveal gives the twelve digits, or "" for no number.
func (n Number) Reveal() string {
	if n.IsZero() {
		return ""
	}
	return n.digits.Value()
}

// Dashed gives the digits as YYYYMMDD-NNNN, or "" for no number.
func (n Number) Dashed() string {
	if n.IsZero() {
		return ""
	}
	d := n.digits.Value()
	return d[:8] + "-" + d[8:]
}

// Masked gives ••••••-NNNN: enough to tell two people of one name apart, too little to look anybody up by.
func (n Number) Masked() string {
	if n.IsZero() {
		return ""
	}
	return "••••••-" + n.digits.Value()[8:]
}

// String hides the number.
func (n Number) String() string { return hidden }

// GoString hides the number.
func (n Number) GoString() string { return hidden }

// Format hides the number whatever the verb.
func (n Number) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, hidden) }

// LogValue hides the number.
func (n Number) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalJSON hides the number.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText hides the number, also as the key of a map.
func (n Number) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// Coordination tells whether it is a coordination number (samordningsnummer), whose day is raised by sixty.
func (n Number) Coordination() bool { return !n.IsZero() && n.digits.Value()[6] >= '6' }

// BirthDate is the day of birth the number tells, or "" where a coordination number leaves it open or has one
// that is not in the calendar.
func (n Number) BirthDate() clock.Date {
	if n.IsZero() {
		return ""
	}
	d, err := birthDate(n.digits.Value())
	if err != nil {
		return ""
	}
	return d
}

// Sex is the sex the number tells; people may be of another than their number says.
type Sex int

// The sexes of a number; Unknown is that of no number.
const (
	Unknown Sex = iota
	Female
	Male
)

// Sex is told by the last digit but one: even for women, odd for men.
func (n Number) Sex() Sex {
	if n.IsZero() {
		return Unknown
	}
	if n.digits.Value()[10]%2 == 0 {
		return Female
	}
	return Male
}

// birthDate is the date of twelve digits, also of a coordination number. clock.ErrDate when it is not in the calendar.
func birthDate(d string) (clock.Date, error) {
	day, _ := strconv.Atoi(d[6:8])
	if day > 60 {
		day -= 60
	}
	return clock.ParseDate(fmt.Sprintf("%s-%s-%02d", d[:4], d[4:6], day))
}
