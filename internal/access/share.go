package access

import (
	"context"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

type (
	zoneTag    struct{}
	consentTag struct{}
)

// Zone is a secrecy zone: one branch of an agency. An agency's first zone has the agency's own id.
type Zone = id.Of[zoneTag]

// ConsentID is the id of a consent.
type ConsentID = id.Of[consentTag]

// Consent is a person's yes to one zone.
type Consent struct {
	ID          ConsentID
	Zone        Zone
	Purpose     string
	Categories  Category
	Span        clock.Span
	WithdrawnAt clock.Instant // Never when it has not been taken back
	GivenAt     clock.Instant
	Post        id.Post // who wrote it down
	How         string
	Witness     id.Post // the second person of one on paper, 0 at the table
	TextVersion int
	Lang        string
}

// Share writes a consent of the person.
func Share(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, c Consent) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO consent (area_id, person_id, consent_id, zone_id, purpose, categories, from_on, to_on, withdrawn_at,
	  given_at, post_id, how, witness_post_id, text_version, lang) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`),
		area, person, c.ID, c.Zone, c.Purpose, int(c.Categories), string(c.Span.From), string(c.Span.To), int64(Never),
		int64(c.GivenAt), c.Post, c.How, c.Witness, c.TextVersion, c.Lang)
	return err
}

// Withdraw takes back the person's consents to a zone at the instant, and tells how many there were; zone 0 is all zones.
// What has been taken back already keeps its instant.
func Withdraw(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, zone Zone, now clock.Instant, paper bool) (int64, error) {
	n, err := tx.Exec(ctx, store.Q(`UPDATE consent SET withdrawn_at = $4, withdrawn_paper = $5 WHERE area_id = $1 AND person_id = $2 AND (zone_id = $3 OR $3 = 0)
	 AND withdrawn_at > $4`), area, person, int64(zone), int64(now), store.Flag(paper))
	if err != nil || n == 0 {
		return n, err
	}
	return n, Raise(ctx, tx, area, now)
}

type lawfulTag struct{}

// LawfulID is the id of a legal ground.
type LawfulID = id.Of[lawfulTag]

// Lawful is what a law gives a zone about a person without a yes.
type Lawful struct {
	ID         LawfulID
	Zone       Zone
	Categories Category
	Law        string // a code
	Span       clock.Span
	EndedAt    clock.Instant
	Post       id.Post // who wrote it down
	Sealed     []byte  // who decided, and the number of the decision, by the person's key
}

// GiveByLaw writes a legal ground.
func GiveByLaw(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, l Lawful) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO legal_ground (area_id, person_id, legal_ground_id, zone_id, categories, law, from_on, to_on, ended_at, post_id, ended_by, sealed)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)`),
		area, person, l.ID, l.Zone, int(l.Categories), l.Law, string(l.Span.From), string(l.Span.To), int64(Never), l.Post, l.Sealed)
	return err
}

// EndByLaw ends a legal ground at the instant, and tells how many there were; id 0 ends all of the person's. by is the post that ends it.
func EndByLaw(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, l LawfulID, by id.Post, now clock.Instant) (int64, error) {
	n, err := tx.Exec(ctx, store.Q(`UPDATE legal_ground SET ended_at = $4, ended_by = $5 WHERE area_id = $1 AND person_id = $2 AND (legal_ground_id = $3 OR $3 = 0)
	 AND ended_at > $4`), area, person, int64(l), int64(now), by)
	if err != nil || n == 0 {
		return n, err
	}
	return n, Raise(ctx, tx, area, now)
}

// Bar says that a kind of agency never gets the categories during the span.
func Bar(ctx context.Context, tx *store.Tx, area id.Area, kind string, c Category, span clock.Span, now clock.Instant) error {
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO barred (area_id, kind, categories, from_on, to_on) VALUES ($1, $2, $3, $4, $5)`),
		area, kind, int(c), string(span.From), string(span.To)); err != nil {
		return err
	}
	return Raise(ctx, tx, area, now)
}

// BarredFrom gives what the agency of the actor's post never gets today, whoever says yes.
func BarredFrom(ctx context.Context, tx *store.Tx, actor *Actor) (all Category, err error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT b.categories FROM post o JOIN unit u ON u.area_id = o.area_id AND u.unit_id = o.unit_id
	  JOIN agency g ON g.area_id = u.area_id AND g.agency_id = u.agency_id
	  JOIN barred b ON b.area_id = g.area_id AND b.kind = g.kind AND b.from_on <= $3 AND b.to_on > $3 WHERE o.area_id = $1 AND o.post_id = $2`),
		[]any{actor.area, actor.post, string(actor.today)}, func(r *store.Cursor) (c Category, err error) {
			err = r.Scan(&c)
			return c, err
		})
	for _, c := range list {
		all |= c
	}
	return all, err
}

// ConsentsOf gives a person's consents, newest first.
func ConsentsOf(ctx context.Context, tx *store.Tx, actor *Actor, a Access) ([]Consent, error) {
	a.Must(Collaboration)
	return store.All(ctx, tx, store.Q(`SELECT consent_id, zone_id, purpose, categories, from_on, to_on, withdrawn_at, given_at, post_id, how,
	  witness_post_id, text_version, lang FROM consent WHERE area_id = $1 AND person_id = $2 ORDER BY consent_id DESC`), []any{actor.area, a.person},
		func(r *store.Cursor) (c Consent, err error) {
			err = r.Scan(&c.ID, &c.Zone, &c.Purpose, &c.Categories, &c.Span.From, &c.Span.To, &c.WithdrawnAt, &c.GivenAt, &c.Post, &c.How,
				&c.Witness, &c.TextVersion, &c.Lang)
			return c, err
		})
}

// LawfulOf gives what laws give about a person, newest first.
func LawfulOf(ctx context.Context, tx *store.Tx, actor *Actor, a Access) ([]Lawful, error) {
	a.Must(Collaboration)
	return store.All(ctx, tx, store.Q(`SELECT legal_ground_id, zone_id, categories, law, from_on, to_on, ended_at, post_id, sealed FROM legal_ground
	 WHERE area_id = $1 AND person_id = $2 ORDER BY legal_ground_id DESC`), []any{actor.area, a.person}, func(r *store.Cursor) (l Lawful, err error) {
		err = r.Scan(&l.ID, &l.Zone, &l.Categories, &l.Law, &l.Span.From, &l.Span.To, &l.EndedAt, &l.Post, &l.Sealed)
		return l, err
	})
}

// Live tells whether a consent gives anything now.
func (c Consent) Live(now clock.Instant) bool {
	return c.WithdrawnAt > now && c.Span.From <= now.Date() && now.Date() < c.Span.To
}

// Live tells whether a legal ground gives anything now.
func (l Lawful) Live(now clock.Instant) bool {
	return l.EndedAt > now && l.Span.From <= now.Date() && now.Date() < l.Span.To
}

// NewConsentID makes a consent's id.
func NewConsentID(now clock.Instant) ConsentID { return id.New[consentTag](now) }

// NewLawfulID makes a legal ground's id.
func NewLawfulID(now clock.Instant) LawfulID { return id.New[lawfulTag](now) }

// NewZone makes a zone's id.
func NewZone(now clock.Instant) Zone { return id.New[zoneTag](now) }
