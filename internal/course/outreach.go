package course

import (
	"context"
	"regexp"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/site"
	"sluss/internal/store"
)

type outreachTag struct{}

// OutreachID is the id of an outreach.
type OutreachID = id.Of[outreachTag]

// Outreach is something that another unit sends to people on its own register, with one address for all of them. Whom it was sent to is
// not known here: there are only counts.
type Outreach struct {
	ID      OutreachID
	Name    string
	Code    string // the end of its address
	On      clock.Date
	Sent    int // as whoever sent it has told; 0 until then
	Visits  int
	Answers int // of those who went on from its page and asked to start, or to be called
	People  int // the population that month; 0 where it is not known
	Version int
}

// mostSent is how many one outreach can be sent to.
const mostSent = 100_000

var outreachCode = regexp.MustCompile(`^[a-z0-9]{3,12}$`)

func (x *Outreach) check() error {
	var form fault.Form
	if x.Name = strings.TrimSpace(x.Name); x.Name == "" {
		form.Add("name", "outreach.name.needed")
	} else if len([]rune(x.Name)) > mostTitle {
		form.Add("name", "form.long", mostTitle)
	}
	if x.Code = strings.ToLower(strings.TrimSpace(x.Code)); !outreachCode.MatchString(x.Code) {
		form.Add("code", "outreach.code.wrong")
	}
	if x.On == "" {
		form.Add("on", "outreach.on.needed")
	}
	form = append(form, x.counted()...)
	return form.Err()
}

func (x *Outreach) counted() (form fault.Form) {
	if x.Sent < 0 || x.Sent > mostSent {
		form.Add("sent", "form.number", 0, mostSent)
	}
	return form
}

// Reach begins an outreach with an address of its own.
func (d *Desk) Reach(ctx context.Context, actor *access.Actor, x Outreach) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if err := x.check(); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`INSERT INTO outreach (area_id, outreach_id, unit_id, name, code, on_date, sent, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
		 ON CONFLICT (area_id, unit_id, code) DO NOTHING`), actor.Area(), id.New[outreachTag](actor.Now()), actor.Unit(), x.Name, x.Code, string(x.On), x.Sent)
		if err == nil && n == 0 {
			return fault.Form{{Kind: fault.Invalid, Key: "outreach.code.taken", Field: "code"}}
		}
		return err
	})
}

// Sent notes how many it was sent to, as whoever sent it tells. Stale when it was changed meanwhile, or is another unit's.
func (d *Desk) Sent(ctx context.Context, actor *access.Actor, k OutreachID, version, sent int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if err := (&Outreach{Sent: sent}).counted().Err(); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE outreach SET sent = $5, version = version + 1 WHERE area_id = $1 AND unit_id = $2 AND outreach_id = $3 AND version = $4`),
			actor.Area(), actor.Unit(), k, version, sent)
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

// OutreachOf gives a unit's outreaches with what has been counted, the latest first.
func OutreachOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) ([]Outreach, error) {
	return store.All(ctx, tx, store.Q(`SELECT o.outreach_id, o.name, o.code, o.on_date, o.sent, o.version,
	  coalesce((SELECT sum(v.n) FROM visit v WHERE v.area_id = $1 AND v.unit_id = $2 AND v.page = '`+site.Outreach+`' || o.code), 0),
	  coalesce((SELECT sum(v.n) FROM visit v WHERE v.area_id = $1 AND v.unit_id = $2 AND v.page = '`+site.Answered+`' || o.code), 0),
	  coalesce((SELECT p.people FROM population p WHERE p.area_id = $1 AND p.unit_id = $2 AND p.month <= o.on_date ORDER BY p.month DESC LIMIT 1), 0)
	 FROM outreach o WHERE o.area_id = $1 AND o.unit_id = $2 ORDER BY o.on_date DESC, o.outreach_id DESC`), []any{area, unit}, func(r *store.Cursor) (x Outreach, err error) {
		err = r.Scan(&x.ID, &x.Name, &x.Code, &x.On, &x.Sent, &x.Version, &x.Visits, &x.Answers, &x.People)
		return x, err
	})
}

// Coded tells whether the unit has an outreach of the code.
func Coded(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, code string) (bool, error) {
	var n int
	err := tx.One(ctx, store.Q(`SELECT count(*) FROM outreach WHERE area_id = $1 AND unit_id = $2 AND code = $3`), []any{area, unit, code}, &n)
	return n > 0, err
}

// Few is the least number that is shown of people; fewer could tell who they are.
const Few = 5
