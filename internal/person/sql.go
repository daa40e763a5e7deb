package person

import (
	"context"
	"crypto/rand"
	"strings"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/pnr"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/vault"
)

const (
	identityFields = 3 // given, family, number
	contactFields  = 6 // phone, email, street, postcode, city, when
	needsFields    = 2 // access, targets
)

func place(column string, p ID) vault.Place {
	return vault.Place{Table: "person", Column: column, Row: int64(p)}
}

func sealIdentity(k vault.Person, p ID, i Identity) []byte {
	return k.Seal(place("identity", p), i.Given, i.Family, i.Number.Reveal())
}

func sealContact(k vault.Person, p ID, c Contact) []byte {
	return k.Seal(place("contact", p), c.Phone, c.Email, c.Street, c.Postcode, c.City, c.ReachWhen)
}

func sealNeeds(k vault.Person, p ID, n Needs) []byte {
	return k.Seal(place("needs", p), n.Access, strings.Join(n.Targets, " "))
}

// nameless stands in a list for a name that cannot be opened while the key file of protected people is not here.
const nameless = "•••"

// NameOf opens a sealed identity and gives the name, for a noun's list that has selected p.identity.
func NameOf(a access.Access, sealed []byte) (string, error) {
	key := a.Key(access.Identity)
	if key.Closed() {
		return nameless, nil
	}
	f, err := key.Open(place("identity", a.Person()), 2, sealed)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(f[0] + " " + f[1]), nil
}

// IdentityOf opens a sealed identity whole, for a list that leaves the product.
func IdentityOf(a access.Access, sealed []byte, today clock.Date) (Identity, error) {
	return openIdentity(a.Key(access.Identity), a.Person(), sealed, today)
}

// NeedsOf opens sealed needs and gives what somebody needs to come at all, for a noun's list that has selected p.needs.
func NeedsOf(a access.Access, sealed []byte) (string, error) {
	f, err := a.Key(access.Health).Open(place("needs", a.Person()), needsFields, sealed)
	if err != nil {
		return "", err
	}
	return f[0], nil
}

// ContactOf opens a sealed contact, for a noun's list that has selected p.contact.
func ContactOf(a access.Access, sealed []byte) (Contact, error) {
	f, err := a.Key(access.Contact).Open(place("contact", a.Person()), contactFields, sealed)
	if err != nil {
		return Contact{}, err
	}
	return Contact{Phone: f[0], Email: f[1], Street: f[2], Postcode: f[3], City: f[4], ReachWhen: f[5]}, nil
}

func openIdentity(k vault.Person, p ID, sealed []byte, today clock.Date) (Identity, error) {
	if k.Closed() {
		return Identity{Given: nameless}, nil
	}
	f, err := k.Open(place("identity", p), identityFields, sealed)
	if err != nil {
		return Identity{}, err
	}
	i := Identity{Given: f[0], Family: f[1]}
	if f[2] != "" {
		i.Number, err = pnr.Parse(f[2], today)
	}
	return i, err
}

// row is a record as it lies, sealed.
type row struct {
	identity, contact, needs []byte
	birth, sex, version      int
	protected, merged        int
	interpreter              bool
	lang, reach              string
}

const rowColumns = `p.identity, p.contact, p.needs, p.birth_year, p.sex, p.language, p.interpreter, p.reach, p.protected, p.merged, p.version`

func (r *row) dest() []any {
	return []any{&r.identity, &r.contact, &r.needs, &r.birth, &r.sex, &r.lang, &r.interpreter, &r.reach, &r.protected, &r.merged, &r.version}
}

var opening = access.OpeningWith(store.Q(`, ` + rowColumns))

// Open decides as access.Open does and gives the record along with the access.
func Open(ctx context.Context, tx *store.Tx, actor *access.Actor, who ID, c access.Category, act access.Action, why access.Purpose) (Person, access.Access, error) {
	var r row
	a, err := opening.Open(ctx, tx, actor, who, c, act, why, r.dest()...)
	if err != nil {
		return Person{}, a, err
	}
	p, err := r.open(actor, a)
	return p, a, err
}

// load reads those parts of a record that the access covers; the others are empty.
func load(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Person, error) {
	var r row
	err := tx.One(ctx, store.Q(`SELECT `+rowColumns+` FROM person p WHERE p.area_id = $1 AND p.person_id = $2`), []any{actor.Area(), a.Person()}, r.dest()...)
	if err != nil {
		return Person{ID: a.Person()}, err
	}
	return r.open(actor, a)
}

// open gives those parts of a record that the access covers; the others are empty.
func (r *row) open(actor *access.Actor, a access.Access) (p Person, err error) {
	p = Person{ID: a.Person(), Protection: Protection(r.protected), Merged: r.merged != 0, Version: r.version}
	if a.May(access.Identity) {
		if p.Identity, err = openIdentity(a.Key(access.Identity), p.ID, r.identity, actor.Today()); err != nil {
			return p, err
		}
		p.BirthYear, p.Sex = r.birth, Sex(r.sex)
	}
	if a.May(access.Contact) {
		if p.Contact, err = ContactOf(a, r.contact); err != nil {
			return p, err
		}
		p.Language, p.Reach, p.Interpreter = r.lang, r.reach, r.interpreter
	}
	if a.May(access.Health) {
		f, err := a.Key(access.Health).Open(place("needs", p.ID), needsFields, r.needs)
		if err != nil {
			return p, err
		}
		p.Access, p.Targets = f[0], strings.Fields(f[1])
	}
	return p, nil
}

// nextSeq is the number of the next writing of an identity. Each reads the one before, so whoever sees a number sees
// those below it too: that is what the roster in memory is kept fresh by. On PostgreSQL two who read the same are not both
// let through, as all is serializable.
const nextSeq = `coalesce((SELECT n.identity_seq FROM person n WHERE n.area_id = $1 ORDER BY n.identity_seq DESC LIMIT 1), 0) + 1`

// insert makes the record, with a key of its own.
func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, p *Person) (access.Access, error) {
	wrapped, key, err := actor.Keys().NewPerson(p.ID)
	if err != nil {
		return access.Access{}, err
	}
	idx, err := index(actor, p.Number)
	if err != nil {
		return access.Access{}, err
	}
	alias := newAlias()
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO person (area_id, person_id, alias, key_wrapped, identity, contact, needs, number_index,
	 birth_year, sex, language, interpreter, reach, protected, weeded_at, changed_on, version, identity_seq)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, $15, 1, `+nextSeq+`)`),
		actor.Area(), p.ID, alias[:], wrapped, sealIdentity(key, p.ID, p.Identity), sealContact(key, p.ID, p.Contact), sealNeeds(key, p.ID, p.Needs), idx,
		p.BirthYear, int(p.Sex), p.Language, store.Flag(p.Interpreter), p.Reach, int(p.Protection), string(actor.Today())); err != nil {
		return access.Access{}, err
	}
	return access.Created(ctx, tx, actor, p.ID, alias, key)
}

func index(actor *access.Actor, n pnr.Number) (any, error) {
	if n.IsZero() {
		return nil, nil
	}
	return actor.Keys().Number(n.Reveal())
}

func byNumber(ctx context.Context, tx *store.Tx, area id.Area, index any) (p ID, alias audit.Alias, wrapped, identity []byte, protected bool, err error) {
	var a []byte
	var prot int
	err = tx.One(ctx, store.Q(`SELECT person_id, alias, key_wrapped, identity, protected FROM person
	 WHERE area_id = $1 AND number_index = $2`), []any{area, index}, &p, &a, &wrapped, &identity, &prot)
	copy(alias[:], a)
	return p, alias, wrapped, identity, prot != 0, err
}

// update writes the parts that changed; the version must be the one that was read.
func update(ctx context.Context, tx *store.Tx, actor *access.Actor, p *Person, version int, index any, identity, contact, needs []byte) error {
	if err := regroup(ctx, tx, actor, p); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE person SET identity = $4, contact = $5, needs = $6, number_index = $7, birth_year = $8, sex = $9,
	 language = $10, interpreter = $11, reach = $12, changed_on = $13, version = version + 1, identity_seq = `+nextSeq+`
	 WHERE area_id = $1 AND person_id = $2 AND version = $3`), actor.Area(), p.ID, version, identity, contact, needs, index,
		p.BirthYear, int(p.Sex), p.Language, store.Flag(p.Interpreter), p.Reach, string(actor.Today()))
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

// regroup marks the person's way as changed when what counts are grouped by is about to be another.
func regroup(ctx context.Context, tx *store.Tx, actor *access.Actor, p *Person) error {
	var year int
	var sex Sex
	err := tx.One(ctx, store.Q(`SELECT birth_year, sex FROM person WHERE area_id = $1 AND person_id = $2`), []any{actor.Area(), p.ID}, &year, &sex)
	if err != nil || year == p.BirthYear && sex == p.Sex {
		return err
	}
	return thread.Stale(ctx, tx, actor.Area(), p.ID, "", actor.Now())
}

func newAlias() audit.Alias {
	var a audit.Alias
	_, _ = rand.Read(a[:])
	return a
}

// Touch notes that something about the person changed today.
func Touch(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE person SET changed_on = $3 WHERE area_id = $1 AND person_id = $2 AND changed_on <> $3`),
		actor.Area(), a.Person(), string(actor.Today()))
	return err
}

// Read adds those parts of a record that the access covers to what has been read of it.
func Read(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, to *Person) error {
	p, err := load(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	to.ID = p.ID
	if a.May(access.Identity) {
		to.Identity = p.Identity
	}
	if a.May(access.Contact) {
		to.Contact = p.Contact
	}
	if a.May(access.Health) {
		to.Needs = p.Needs
	}
	return nil
}
