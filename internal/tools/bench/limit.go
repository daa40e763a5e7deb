package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// limit serves the three hot pages with their duties and nothing around them: session, rule, names opened, the
// disclosure durable before the first byte, a bare page. It is what the program is measured against, on the same rows.
type limit struct {
	readers chan *bare
	writes  chan *change
	keys    map[id.Area]*vault.Area
}

// bare is a connection with its statements.
type bare struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// change is what one page wants written before it is sent.
type change struct {
	do   func(*bare) error
	done chan error
}

const limitReaders, limitBatch = 3, 64

func serveLimit(ctx context.Context, path string) error {
	debug.SetGCPercent(200)
	l := &limit{readers: make(chan *bare, limitReaders), writes: make(chan *change, 256), keys: map[id.Area]*vault.Area{}}
	if err := l.openKeys(ctx, path); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-4096)")
	if err != nil {
		return err
	}
	defer db.Close()
	for range limitReaders + 1 {
		c, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		b := &bare{c, map[string]*sql.Stmt{}}
		if len(l.readers) < limitReaders {
			l.readers <- b
			continue
		}
		go l.own(b)
	}
	return l.listen(ctx)
}

func (l *limit) listen(ctx context.Context) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /arbete/deltagare", l.list)
	mux.HandleFunc("GET /arbete/person/{person}", l.view)
	mux.HandleFunc("POST /arbete/ko/ny", l.create)
	n, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("ready http://%s/\n", n.Addr())
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		_ = srv.Close()
	}()
	if err := srv.Serve(n); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func (l *limit) openKeys(ctx context.Context, path string) error {
	db, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer db.Close()
	v, err := vault.Open(path+".key", vault.ProtectedBeside(path+".key"))
	if err != nil {
		return err
	}
	return db.Read(ctx, func(tx *store.Tx) (err error) {
		for i := id.Area(1); i <= areas && err == nil; i++ {
			l.keys[i], err = v.Area(ctx, tx, i)
		}
		return err
	})
}

// own runs what waits in one transaction and answers after its commit.
func (l *limit) own(b *bare) {
	for first := range l.writes {
		batch := []*change{first}
		for len(batch) < limitBatch && len(l.writes) > 0 {
			batch = append(batch, <-l.writes)
		}
		err := b.exec("BEGIN IMMEDIATE")
		for _, c := range batch {
			if err == nil {
				err = c.do(b)
			}
		}
		if err == nil {
			err = b.exec("COMMIT")
		} else {
			_ = b.exec("ROLLBACK")
		}
		for _, c := range batch {
			c.done <- err
		}
	}
}

func (l *limit) write(do func(*bare) error) error {
	c := &change{do, make(chan error, 1)}
	l.writes <- c
	return <-c.done
}

func (b *bare) stmt(text string) (*sql.Stmt, error) {
	if s := b.stmts[text]; s != nil {
		return s, nil
	}
	s, err := b.conn.PrepareContext(context.Background(), text)
	b.stmts[text] = s
	return s, err
}

func (b *bare) exec(text string, args ...any) error {
	s, err := b.stmt(text)
	if err == nil {
		_, err = s.Exec(args...)
	}
	return err
}

// who is the worker of a request.
type who struct {
	area id.Area
	post int64
	unit int64
	now  clock.Instant
	day  string
}

// read gives f a snapshot with the worker of the session in it.
func (l *limit) read(r *http.Request, f func(*bare, who) error) (w who, err error) {
	c, err := r.Cookie("sluss")
	if err != nil {
		return w, err
	}
	a, t, _ := strings.Cut(c.Value, ".")
	if err := w.area.UnmarshalText([]byte(a)); err != nil {
		return w, err
	}
	token, err := base64.RawURLEncoding.DecodeString(t)
	if err != nil {
		return w, err
	}
	hash := sha256.Sum256(token)
	w.now = clock.Clock(clock.System).Now()
	w.day = string(w.now.Date())
	b := <-l.readers
	defer func() { l.readers <- b }()
	if err := b.exec("BEGIN"); err != nil {
		return w, err
	}
	defer func() { err = errors.Join(err, b.exec("ROLLBACK")) }()
	s, err := b.stmt(`SELECT s.post_id, o.unit_id FROM session s JOIN post o ON o.area_id = s.area_id AND o.post_id = s.post_id
	 WHERE s.area_id = $1 AND s.token_hash = $2 AND s.ended_at > $3 AND s.ends_at > $3 AND o.ended_at > $3`)
	if err != nil {
		return w, err
	}
	if err := s.QueryRow(int64(w.area), hash[:], int64(w.now)).Scan(&w.post, &w.unit); err != nil {
		return w, err
	}
	return w, f(b, w)
}

// seen is one person on a page.
type seen struct {
	id      int64
	alias   []byte
	wrapped []byte
	sealed  []byte
	on      string
}

const (
	limitRule = ` p.weeded_at = 0 AND p.protected = 0 AND (SELECT 1 FROM tie t WHERE t.area_id = $1 AND t.person_id = p.person_id AND t.unit_id = $2
	 AND t.from_on <= $3 AND t.to_on > $3 AND t.ended_at > $4 LIMIT 1) = 1`
	limitColumns = `SELECT p.person_id, p.alias, p.key_wrapped, p.identity, p.changed_on FROM `
	limitList    = limitColumns + `enrolment e JOIN person p ON p.area_id = e.area_id AND p.person_id = e.person_id
	 WHERE e.area_id = $1 AND e.unit_id = $2 AND e.state = 'active' AND (e.state_on, e.enrolment_id) < ($5, $6) AND` + limitRule + ` ORDER BY e.state_on DESC, e.enrolment_id DESC LIMIT 50`
	limitView = limitColumns + `person p WHERE p.area_id = $1 AND p.person_id = $5 AND` + limitRule
)

func (l *limit) page(w http.ResponseWriter, r *http.Request, text string, own ...any) {
	var list []seen
	a, err := l.read(r, func(b *bare, a who) error {
		s, err := b.stmt(text)
		if err != nil {
			return err
		}
		rows, err := s.Query(append([]any{int64(a.area), a.unit, a.day, int64(a.now)}, own...)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var x seen
			if err := rows.Scan(&x.id, &x.alias, &x.wrapped, &x.sealed, &x.on); err != nil {
				return err
			}
			list = append(list, x)
		}
		return rows.Err()
	})
	if err != nil || len(list) == 0 {
		http.Error(w, fmt.Sprint("nothing: ", err), http.StatusNotFound)
		return
	}
	body, aliases, err := l.render(a, list)
	if err == nil {
		err = l.write(func(b *bare) error { return disclose(b, a, aliases) })
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(body))
}

func (l *limit) render(a who, list []seen) (body string, aliases []byte, err error) {
	var b strings.Builder
	b.WriteString("<!doctype html><html lang=sv><title>Deltagare</title><table>")
	for _, x := range list {
		key, err := l.keys[a.area].Open(id.Person(x.id), x.wrapped)
		if err != nil {
			return "", nil, err
		}
		name, err := key.Open(vault.Place{Table: "person", Column: "identity", Row: x.id}, 2, x.sealed)
		if err != nil {
			return "", nil, err
		}
		fmt.Fprintf(&b, `<tr><td><a href="/arbete/person/%s">%s %s</a><td>%s`, id.Person(x.id), html.EscapeString(name[0]), html.EscapeString(name[1]), x.on)
		aliases = append(aliases, x.alias...)
	}
	b.WriteString("</table></html>")
	return b.String(), aliases, nil
}

func disclose(b *bare, a who, aliases []byte) error {
	return b.exec(`INSERT INTO disclosure (area_id, disclosure_id, epoch, at, post_id, unit_id, action, purpose, ground, categories, route, listed, people)
	 VALUES ($1, $2, 1, $3, $4, $5, 1, 1, 1, 1, '', 1, $6)`, int64(a.area), int64(id.New[limit](a.now)), int64(a.now), a.post, a.unit, aliases)
}

func (l *limit) list(w http.ResponseWriter, r *http.Request) {
	on, last := string(clock.Forever), int64(1<<62)
	if v := r.URL.Query().Get("efter"); v != "" {
		var i id.Person
		_ = i.UnmarshalText([]byte(r.URL.Query().Get("id")))
		on, last = v, int64(i)
	}
	l.page(w, r, limitList, on, last)
}

func (l *limit) view(w http.ResponseWriter, r *http.Request) {
	var p id.Person
	_ = p.UnmarshalText([]byte(r.PathValue("person")))
	l.page(w, r, limitView, int64(p))
}

func (l *limit) create(w http.ResponseWriter, r *http.Request) {
	a, err := l.read(r, func(*bare, who) error { return r.ParseForm() })
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	p := id.NewPerson(a.now)
	wrapped, key, err := l.keys[a.area].NewPerson(p)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	alias := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(p)), uint64(a.now))
	err = l.write(func(b *bare) error {
		at := func(column string) vault.Place { return vault.Place{Table: "person", Column: column, Row: int64(p)} }
		return errors.Join(
			b.exec(`INSERT INTO person (area_id, person_id, alias, key_wrapped, identity, contact, needs, birth_year, sex, language, interpreter, reach, protected, weeded_at, changed_on, version, identity_seq)
			 VALUES ($1, $2, $3, $4, $5, $6, $7, 1980, 1, 'sv', 0, 'phone', 0, 0, $8, 1, $2)`, int64(a.area), int64(p), alias, wrapped,
				key.Seal(at("identity"), r.PostForm.Get("given"), r.PostForm.Get("family"), ""), key.Seal(at("contact"), r.PostForm.Get("phone")), key.Seal(at("needs"), ""), a.day),
			b.exec(`INSERT INTO tie (area_id, person_id, unit_id, from_on, to_on, ended_at) VALUES ($1, $2, $3, $4, '9999-12-31', $5)`, int64(a.area), int64(p), a.unit, a.day, int64(access.Never)),
			b.exec(`INSERT INTO referral (area_id, referral_id, person_id, unit_id, kind, agency_id, from_unit_id, reason, sealed, received_on, order_on, moved, reply_by, replied_on, again,
			 asked_on, state, state_on, version) VALUES ($1, $2, $2, $3, 'remiss', 1, 0, 'work', $4, $5, $5, 0, '', '', 0, '', 'waiting', $5, 1)`, int64(a.area), int64(p), a.unit,
				key.Seal(vault.Place{Table: "referral", Column: "sealed", Row: int64(p)}, r.PostForm.Get("why")), a.day),
			b.exec(`INSERT INTO thread_event (area_id, person_id, on_date, event_id, at, kind, code, unit_id, post_id, agency_id, goal_id, ref_id)
			 VALUES ($1, $2, $3, $2, $4, 'referral.received', 'remiss', $5, $6, 1, 0, $2)`, int64(a.area), int64(p), a.day, int64(a.now), a.unit, a.post),
			disclose(b, a, alias))
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/arbete/person/"+p.String(), http.StatusSeeOther)
}
