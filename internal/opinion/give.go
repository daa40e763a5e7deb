package opinion

import (
	"context"
	"encoding/base32"
	"strings"

	"sluss/internal/access"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// MostADay is how many opinions an area takes on its pages for everybody in one day, those that were thrown away apart.
const MostADay = 200

// ErrFull tells that no more are taken today, from anybody.
var ErrFull = fault.New(fault.Unavailable, "public.full")

// Staff are the roles that type in what somebody tells them: all that work at a gateway.
var Staff = append([]access.Role{access.Reception}, access.Caseworkers...)

// Give takes what somebody has written on the pages for everybody, and gives the code by which the answer is read: the same for
// the second press of the same button, which changes nothing. It looks nobody up. ErrFull when the area has had as many as it
// takes in a day; Conflict when there is nobody to answer. What a program wrote in the trap is given a code and not kept.
func (d *Desk) Give(ctx context.Context, area id.Area, unit id.Unit, f Form, trapped bool) (code string, err error) {
	if err := f.Check(); err != nil {
		return "", err
	}
	now := d.Clock.Now()
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		keys, err := d.Vault.Area(ctx, tx, area)
		if err != nil {
			return err
		}
		var mark []byte
		if code, mark, err = codeOf(keys, f.Press); err != nil || trapped {
			return err
		}
		g := given{area: area, unit: unit, now: now, how: Web, form: f, code: mark, press: f.Press}
		if err := d.unknown(ctx, tx, keys, g); err != nil {
			return err
		}
		var today int
		err = tx.One(ctx, store.Q(`SELECT count(*) FROM opinion WHERE area_id = $1 AND on_date = $2 AND how = 'web' AND state <> 'spam'`), []any{area, string(now.Date())}, &today)
		if err == nil && today > MostADay {
			err = ErrFull
		}
		return err
	})
	return code, err
}

// GiveFor takes what somebody has told a worker, who they are not written down, and gives the code by which the answer is read.
func (d *Desk) GiveFor(ctx context.Context, actor *access.Actor, f Form) (code string, err error) {
	if err := f.Check(); err != nil {
		return "", err
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, Staff...); err != nil {
			return err
		}
		var mark []byte
		if code, mark, err = codeOf(actor.Keys(), f.Press); err != nil {
			return err
		}
		return d.unknown(ctx, tx, actor.Keys(), given{area: actor.Area(), unit: actor.Unit(), now: actor.Now(), how: Desked, form: f, code: mark, press: f.Press})
	})
	return code, err
}

// GiveOwn takes what a person has written on their own pages, about the unit they came to last. Conflict when they are with none,
// and when there is nobody to answer.
func (d *Desk) GiveOwn(ctx context.Context, actor *access.Actor, f Form) error {
	return d.named(ctx, actor, Own, f, func(tx *store.Tx) (access.Access, error) {
		return access.OpenOwn(ctx, tx, actor, access.Identity, access.Write)
	})
}

// GiveWith is the same, said together with staff at the table or written on a form: how is Table or Paper. Staff do not see the answer.
func (d *Desk) GiveWith(ctx context.Context, actor *access.Actor, who id.Person, how How, f Form) error {
	return d.named(ctx, actor, how, f, func(tx *store.Tx) (access.Access, error) {
		return access.Open(ctx, tx, actor, who, access.Identity, access.Write, access.ForTogether)
	})
}

// named writes an opinion of a person.
func (d *Desk) named(ctx context.Context, actor *access.Actor, how How, f Form, open func(*store.Tx) (access.Access, error)) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(tx)
		if err != nil {
			return err
		}
		if err := f.Check(); err != nil {
			return err
		}
		g, err := namedConcern(ctx, tx, actor, a, how, f)
		if err != nil {
			return err
		}
		o := id.New[tag](actor.Now())
		g.press = []byte(o.String())
		return put(ctx, tx, o, g, []byte{}, a.Key(access.Identity))
	})
}

var errNowhere = fault.New(fault.Conflict, "opinion.nowhere")

// namedConcern finds who is to answer the person.
func namedConcern(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, how How, f Form) (g given, err error) {
	g = given{area: actor.Area(), unit: actor.Unit(), who: a.Person(), now: actor.Now(), how: how, form: f, code: []byte{}}
	if g.unit == 0 {
		return g, errNowhere
	}
	_, coach, err := access.Around(ctx, tx, actor, a)
	if err != nil {
		return g, err
	}
	p, err := panel(ctx, tx, g.area, g.now, g.unit, actor, g.who)
	if err != nil {
		return g, err
	}
	if f.Post != 0 && !of(p.Posts, f.Post, g.unit) {
		return g, fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "about"}}
	}
	var ok bool
	if g.to, ok = Receiver(Concern{Unit: g.unit, About: f.About, Post: f.Post, Coach: coach}, p); !ok {
		return g, errNobody
	}
	return g, nil
}

func of(posts []org.Post, post id.Post, unit id.Unit) bool {
	for _, o := range posts {
		if o.ID == post {
			return o.Unit == unit
		}
	}
	return false
}

// given is an opinion before it is written.
type given struct {
	area  id.Area
	unit  id.Unit
	who   id.Person
	to    id.Post
	now   clock.Instant
	how   How
	form  Form
	code  []byte
	press []byte
}

// unknown writes an opinion of nobody that is known, sealed by a key of its own.
func (d *Desk) unknown(ctx context.Context, tx *store.Tx, keys *vault.Area, g given) error {
	p, err := panel(ctx, tx, g.area, g.now, g.unit, nil, 0)
	if err != nil {
		return err
	}
	var ok bool
	if g.to, ok = Receiver(Concern{Unit: g.unit, About: g.form.About}, p); !ok {
		return errNobody
	}
	o := id.New[tag](g.now)
	wrapped, key, err := keys.NewOwn("opinion", int64(o))
	if err != nil {
		return err
	}
	return put(ctx, tx, o, g, wrapped, key)
}

func put(ctx context.Context, tx *store.Tx, o ID, g given, wrapped []byte, key vault.Person) error {
	f := g.form
	set, err := org.SettingsAt(ctx, tx, g.area, g.unit, g.now.Date())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO opinion (area_id, opinion_id, unit_id, person_id, kind, about, about_post, how, to_post, key_wrapped, sealed, code, press,
	  at, on_date, due_on, answer, state, answered_at, changed, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'waiting', 0, '', 1) ON CONFLICT (area_id, press) DO NOTHING`),
		g.area, o, g.unit, g.who, string(f.Kind), string(f.About), f.Post, string(g.how), g.to, wrapped, key.Seal(place("sealed", o), f.Text, f.Reach), g.code, g.press,
		int64(g.now), string(g.now.Date()), string(calendar.After(g.now.Date(), set.AnswerDays)), []byte{})
	return err
}

// letters are those of a code: none that is taken for another.
var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

const codeBytes = 15 // 120 bits, 24 letters

// codeOf makes the code of a press, which nobody can make without the area's key, and the mark it is found by.
func codeOf(keys *vault.Area, press []byte) (code string, mark []byte, err error) {
	mac, err := keys.Index("opinion code", string(press))
	if err != nil {
		return "", nil, err
	}
	code = letters.EncodeToString(mac[len(mac)-codeBytes:]) // what it begins with is the same for all
	mark, err = keys.Index("opinion", code)
	return code, mark, err
}

// Spell writes a code as one reads it: in groups of four.
func Spell(code string) string {
	var groups []string
	for ; len(code) > 4; code = code[4:] {
		groups = append(groups, code[:4])
	}
	return strings.Join(append(groups, code), "-")
}

// typed reads a code as somebody has written it.
func typed(s string) string {
	s = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "").Replace(strings.ToUpper(s))
	return s
}
