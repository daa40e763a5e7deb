// Package calendar is what the pages of a worker and of a person share about the calendar address: how one makes it, adds it to
// a calendar, and closes it.
package calendar

import (
	"sluss/internal/clock"
	"sluss/internal/feed"
	"sluss/internal/i18n"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/web"
)

// Where the pages are.
const (
	Own   = "/min/kalender"
	Staff = "/arbete/jag/kalender"
)

// Box is what the page tells.
type Box struct {
	At      string        // the page's own address
	Since   clock.Instant // when the address was made, 0 for none
	Address string        // just made; it is shown this once
}

// Read gives the box of the actor of the request.
func Read(r *web.Request, tx *store.Tx, at string) (b Box, err error) {
	b.At = at
	b.Since, err = signin.FeedSince(r.Context(), tx, r.Actor)
	return b, err
}

// Address is the address that a token makes, at the origin that the program is reached at.
func Address(d *signin.Desk, token string) string { return d.Origin() + "/kalender/" + token + ".ics" }

// Titles are what things are called in a calendar.
func Titles(l *i18n.Lang) feed.Titles {
	return feed.Titles{Time: l.T("feed.time"), Meeting: l.T("feed.meeting"), Activity: l.T("feed.activity"), Talk: l.T("feed.talk")}
}
