package signin

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/store"
)

// What the tests, which stand outside because they use the demo's people, see of the inside.
var (
	ErrInvite, ErrNone, ErrKey, ErrWrong, ErrOver, ErrNoLetter = errInvite, errNone, errKey, errWrong, errOver, errNoLetter
	ErrNobody, ErrTaken, ErrNotSure                            = errNobody, errTaken, errNotSure
	ErrEIDDown, ErrEIDNo, ErrEIDNobody                         = errEIDDown, errEIDNo, errEIDNobody

	WorkerOf, Spend, Keep, CheckPIN, WaitAfter, PlainNumber, PlainDigits = workerOf, spend, keep, checkPIN, waitAfter, plainNumber, plainDigits
)

const Guarded = guarded

// Use is use.
func (v Invited) Use(ctx context.Context, tx *store.Tx, now clock.Instant) error {
	return v.use(ctx, tx, now)
}

// Token is the token of the invitation.
func (v Invited) Token() string { return v.token }

// Opened is opened.
var Opened = (*Desk).opened
