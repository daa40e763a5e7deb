package course

import (
	"regexp"
	"strconv"
	"strings"

	"sluss/internal/clock"
)

// OccupationID is the official id of an occupation of the forecast, as i5zY_AwC_RGf.
type OccupationID string

var occupationID = regexp.MustCompile(`^[0-9A-Za-z]{4}_[0-9A-Za-z]{3}_[0-9A-Za-z]{3}$`)

// Occupation is one occupation of the forecast, as its file names it, in Swedish.
type Occupation struct {
	ID       OccupationID
	SSYK     string // the official code, or several
	SSYKName string
	Name     string // in the plural, as "Kockar"
	Field    string
	About    string // which part of the code's group it is, where it is not all of it
}

// Situation is how the forecast sees the recruiting to an occupation.
type Situation string

// The situations. Difficult is what the forecast calls a paradox: employers do not find people though there are some.
const (
	Shortage   Situation = "shortage"
	Difficult  Situation = "difficult"
	Balance    Situation = "balance"
	Surplus    Situation = "surplus"
	Unassessed Situation = ""
)

// Situations are the situations, the shortest of people first.
var Situations = []Situation{Shortage, Difficult, Balance, Unassessed, Surplus}

// Country is the code of the whole country in place of a county.
const Country = "00"

// Forecast is what the forecast says of an occupation in a county, word for word.
type Forecast struct {
	Occupation OccupationID
	County     string // the official code; Country for the whole of it
	Situation  Situation
	Chances    string // small, medium, large, or "" where no assessment is made
	Recruiting string // the forecast's own sentences on how short of people the occupation is
	Prospects  string // and on the chances of getting work
	Edition    string
}

// Edition is one edition of the forecast that has been read in.
type Edition struct {
	Name      string // as 2025-2: the second of 2025
	At        clock.Instant
	Forecasts int
}

// Old tells whether the edition is more than a year old: it is named after half a year, and the same half of a later year has begun.
func (e Edition) Old(today clock.Date) bool {
	begun := string(today)[:min(len(today), 4)] + "-1"
	if string(today) >= begun[:4]+"-07-01" {
		begun = begun[:4] + "-2"
	}
	year, half, ok := strings.Cut(e.Name, "-")
	n, err := strconv.Atoi(year)
	return ok && err == nil && begun >= strconv.Itoa(n+1)+"-"+half
}

// County gives the county of a municipality by its official code.
func County(municipality string) string {
	if len(municipality) != 4 {
		return Country
	}
	return municipality[:2]
}
