package logcheck

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

func notePlace(r ReadingID) vault.Place {
	return vault.Place{Table: "log_reading", Column: "note", Row: int64(r)}
}

// selectReads gives what posts at the actor's unit opened in the span. Who answers what a person wonders, who reviews an emergency
// and who checks the log is not in it: it would tell that somebody wonders.
func selectReads(ctx context.Context, tx *store.Tx, actor *access.Actor, span clock.Span) (list []*read, err error) {
	_, err = store.All(ctx, tx, store.Q(`SELECT i.person_id, i.post_id, i.on_date, d.at, d.action, d.ground, p.protected FROM person p
	  JOIN disclosure_person i ON i.area_id = p.area_id AND i.person_id = p.person_id AND i.on_date >= $3 AND i.on_date < $4
	  JOIN disclosure d ON d.area_id = i.area_id AND d.disclosure_id = i.disclosure_id
	 WHERE p.area_id = $1 AND p.weeded_at = 0 AND i.opened_id <> 0 AND i.post_id <> 0 AND d.unit_id = $2 AND d.purpose < 100
	 ORDER BY i.person_id, i.on_date, i.post_id`), []any{actor.Area(), actor.Unit(), string(span.From), string(span.To)}, func(c *store.Cursor) (_ struct{}, err error) {
		var n read
		var at clock.Instant
		var act access.Action
		var ground access.Ground
		var protected int
		if err = c.Scan(&n.person, &n.post, &n.on, &at, &act, &ground, &protected); err != nil {
			return struct{}{}, err
		}
		if last := len(list) - 1; last < 0 || list[last].person != n.person || list[last].post != n.post || list[last].on != n.on {
			list = append(list, &read{person: n.person, post: n.post, on: n.on, protected: protected != 0})
		}
		r := list[len(list)-1]
		r.at = append(r.at, at)
		r.worked = r.worked || act != access.Read
		r.emergency = r.emergency || ground == access.ByGlass
		r.left = r.left || ground == access.AsHead
		return struct{}{}, nil
	})
	if err != nil {
		return nil, audit.Unreadable(err)
	}
	return list, others(ctx, tx, actor, list, span)
}

// others marks what a coach read about somebody who had another coach that day, and whom they have never had nor covered for.
func others(ctx context.Context, tx *store.Tx, actor *access.Actor, list []*read, span clock.Span) error {
	type key struct {
		person id.Person
		post   id.Post
		on     clock.Date
	}
	marked, err := store.All(ctx, tx, store.Q(`SELECT DISTINCT i.person_id, i.post_id, i.on_date FROM post o
	  JOIN assignment a ON a.area_id = o.area_id AND a.post_id <> o.post_id
	  JOIN disclosure_person i ON i.area_id = a.area_id AND i.person_id = a.person_id AND i.post_id = o.post_id AND i.on_date >= $3 AND i.on_date < $4
	   AND i.on_date >= a.from_on AND i.on_date < a.to_on AND i.opened_id <> 0
	  JOIN disclosure d ON d.area_id = i.area_id AND d.disclosure_id = i.disclosure_id AND d.at < a.ended_at AND d.at >= a.at
	 WHERE o.area_id = $1 AND o.unit_id = $2 AND o.role = 1
	   AND NOT EXISTS (SELECT 1 FROM assignment b WHERE b.area_id = o.area_id AND b.person_id = a.person_id AND b.post_id = o.post_id)
	   AND NOT EXISTS (SELECT 1 FROM cover c WHERE c.area_id = o.area_id AND c.post_id = a.post_id AND c.to_post_id = o.post_id AND c.from_on <= i.on_date AND c.to_on > i.on_date)`),
		[]any{actor.Area(), actor.Unit(), string(span.From), string(span.To)}, func(c *store.Cursor) (k key, err error) {
			err = c.Scan(&k.person, &k.post, &k.on)
			return k, err
		})
	is := make(map[key]bool, len(marked))
	for _, k := range marked {
		is[k] = true
	}
	for _, r := range list {
		r.other = is[key{r.person, r.post, r.on}]
	}
	return err
}

func insertRound(ctx context.Context, tx *store.Tx, actor *access.Actor, x *drawn, role access.Role, p *part) error {
	round := id.New[roundTag](actor.Now())
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO log_round (area_id, round_id, unit_id, role, from_on, to_on, seed, among, pointed, at, post_id, signed_at, signed_by)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0)`), actor.Area(), round, actor.Unit(), int(role), string(x.span.From), string(x.span.To), x.seed,
		len(p.list), p.pointed, int64(actor.Now()), actor.Post()); err != nil {
		return err
	}
	for _, r := range p.chosen {
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO log_reading (area_id, round_id, reading_id, person_id, post_id, on_date, why, finding, note, judged_by, version)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, 0, 1)`), actor.Area(), round, id.New[readingTag](actor.Now()), r.person, r.post, string(r.on), int(r.why), []byte{}); err != nil {
			return err
		}
	}
	return nil
}

// selectRounds gives the rounds of the actor's unit, the newest first.
func selectRounds(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Round, error) {
	return store.All(ctx, tx, store.Q(`SELECT d.round_id, d.role, d.from_on, d.to_on, d.among, d.pointed, d.at, d.post_id, d.signed_at, d.signed_by,
	  (SELECT count(*) FROM log_reading r WHERE r.area_id = d.area_id AND r.round_id = d.round_id),
	  (SELECT count(*) FROM log_reading r WHERE r.area_id = d.area_id AND r.round_id = d.round_id AND r.finding = 'look')
	 FROM log_round d WHERE d.area_id = $1 AND d.unit_id = $2 ORDER BY d.to_on DESC, d.role DESC LIMIT 0 + $3`), []any{actor.Area(), actor.Unit(), mostRounds},
		func(c *store.Cursor) (r Round, err error) {
			err = c.Scan(&r.ID, &r.Role, &r.From, &r.To, &r.Among, &r.Pointed, &r.At, &r.By, &r.Signed, &r.SignedBy, &r.Readings, &r.Looks)
			return r, err
		})
}

// mostRounds is how many rounds a page tells of: two years of both roles'.
const mostRounds = 48

const readingColumns = `SELECT r.reading_id, r.round_id, r.person_id, r.post_id, r.on_date, r.why, r.finding, r.judged_by, r.version, r.note FROM log_reading r
  JOIN log_round d ON d.area_id = r.area_id AND d.round_id = r.round_id
  JOIN post b ON b.area_id = r.area_id AND b.post_id = r.post_id
  JOIN post o ON o.area_id = r.area_id AND o.post_id = $2 AND o.unit_id = d.unit_id AND o.role = d.role AND o.worker_id <> b.worker_id
 WHERE r.area_id = $1 AND (d.signed_at = 0 OR r.finding = 'look') AND `

func scanReading(c *store.Cursor) (r Reading, err error) {
	err = c.Scan(&r.ID, &r.Round, &r.Who, &r.Post, &r.On, &r.Why, &r.Finding, &r.By, &r.Version, &r.sealed)
	return r, err
}

// selectReadings gives what is the actor's to look at, the oldest first: of rounds that are not signed, and what is to be looked
// into.
func selectReadings(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Reading, error) {
	return store.All(ctx, tx, store.Q(readingColumns+`(d.signed_at = 0 OR d.signed_at > $3) ORDER BY r.on_date, r.reading_id`),
		[]any{actor.Area(), actor.Post(), int64(actor.Now().Add(-lookedInto))}, scanReading)
}

// selectReading gives one of them about the person of the access.
func selectReading(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, r ReadingID) ([]Reading, error) {
	return store.All(ctx, tx, store.Q(readingColumns+`r.person_id = $3 AND r.reading_id = $4`), []any{actor.Area(), actor.Post(), a.Person(), r}, scanReading)
}

// unjudged gives who read about whom in what nobody has looked at of a round.
func unjudged(ctx context.Context, tx *store.Tx, actor *access.Actor, round RoundID) ([]judged, error) {
	return store.All(ctx, tx, store.Q(`SELECT post_id, person_id FROM log_reading WHERE area_id = $1 AND round_id = $2 AND finding = ''`),
		[]any{actor.Area(), round}, func(c *store.Cursor) (j judged, err error) {
			err = c.Scan(&j.post, &j.person)
			return j, err
		})
}
