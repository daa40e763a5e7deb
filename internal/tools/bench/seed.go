package main

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"slices"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// row is one line of a table, in the order of its columns.
type row struct {
	table  int
	values []any
}

// chunk is the rows of some people of one unit, made apart from the writing.
type chunk chan []row

const chunkPeople = 500

// seed fills a new database with people. It says how long it took.
func seed(ctx context.Context, path string, people int) error {
	began := time.Now()
	for _, end := range []string{"", "-wal", "-shm", ".key", ".lock"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	places, err := ground(ctx, path, people)
	if err != nil {
		return err
	}
	if err := pour(path, places); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "seeded %d people in %d units in %.0f s, %d MB\n", people, len(places), time.Since(began).Seconds(), info.Size()>>20)
	return nil
}

// place is one unit with what its people need.
type place struct {
	area     id.Area
	keys     *vault.Area
	unit     id.Unit
	agencies []id.Agency
	posts    []id.Post
	people   int
	first    int // number of the first of its people within the area
	seed     int
	now      clock.Instant
}

// ground makes schema, keys, areas and agencies by the program's own verbs.
func ground(ctx context.Context, path string, people int) ([]*place, error) {
	db, err := store.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	if err := db.Migrate(ctx); err != nil {
		return nil, err
	}
	keys, err := demo.Keys(path + ".key")
	if err != nil {
		return nil, err
	}
	desk := &org.Desk{Store: db, Vault: keys}
	now := clock.Clock(clock.System).Now()
	var places []*place
	for i, n := range sizes(people) {
		var list []*place
		err := db.Write(ctx, func(tx *store.Tx) (err error) {
			list, err = area(ctx, tx, desk, i, n, now)
			return err
		})
		if err != nil {
			return nil, err
		}
		places = append(places, list...)
	}
	return places, nil
}

func area(ctx context.Context, tx *store.Tx, d *org.Desk, i, people int, now clock.Instant) ([]*place, error) {
	m := org.Municipalities()[i*101%areas]
	a := org.Area{ID: id.Area(i + 1), Municipality: m.Code, Name: m.Name}
	if err := d.CreateArea(ctx, tx, a, now); err != nil {
		return nil, err
	}
	keys, err := d.Vault.Area(ctx, tx, a.ID)
	if err != nil {
		return nil, err
	}
	var agencies []id.Agency
	for j, kind := range []string{org.KindMunicipality, org.KindEmployment, org.KindInsurance, org.KindRegion} {
		g := org.Agency{ID: id.Agency(j + 1), Kind: kind, Name: m.Name + " " + kind}
		if err := org.AddAgency(ctx, tx, a.ID, g); err != nil {
			return nil, err
		}
		agencies = append(agencies, g.ID)
	}
	var list []*place
	first := 0
	for j, n := range unitsOf(people) {
		p := &place{area: a.ID, keys: keys, unit: id.Unit(j + 1), agencies: agencies, people: n, first: first, seed: i*16 + j, now: now}
		if err := p.unitRows(ctx, tx, d); err != nil {
			return nil, err
		}
		list = append(list, p)
		first += n
	}
	return list, nil
}

// unitRows makes a unit with rooms, workers, posts and their sessions.
func (p *place) unitRows(ctx context.Context, tx *store.Tx, d *org.Desk) error {
	u := org.Unit{ID: p.unit, Agency: p.agencies[0], Kind: org.UnitGateway, Name: fmt.Sprintf("Slussen %d", p.unit), Phone: "0300-55 01 00"}
	if err := org.AddUnit(ctx, tx, p.area, u); err != nil {
		return err
	}
	for i := range 3 {
		r := org.Room{ID: int64(p.unit)*10 + int64(i), Name: fmt.Sprintf("Rum %d", i+1), Seats: 8 + 6*i}
		if err := org.AddRoom(ctx, tx, p.area, p.unit, r); err != nil {
			return err
		}
	}
	for i := range max(2, p.people/perPost) {
		post := id.Post(int64(p.unit)*100000 + int64(i))
		role := access.Coach
		if i == 0 {
			role = access.Coordinator
		}
		name := givenNames[(p.seed+i)%len(givenNames)] + " " + familyNames[(p.seed+i*7)%len(familyNames)]
		if err := d.AddWorker(ctx, tx, p.area, id.Worker(post), name, "", ""); err != nil {
			return err
		}
		x := org.Post{ID: post, Worker: id.Worker(post), Unit: p.unit, Role: role, Title: "Coach", Phone: "0300-55 01 24", Languages: []string{"sv"}, From: "2024-01-01"}
		if err := org.AddPost(ctx, tx, p.area, x); err != nil {
			return err
		}
		if err := p.session(ctx, tx, post); err != nil {
			return err
		}
		p.posts = append(p.posts, post)
	}
	return nil
}

// token is the secret of a post's only session; the measuring client knows how it is made.
func token(area id.Area, post id.Post) [32]byte {
	var t [32]byte
	copy(t[:], fmt.Sprintf("measure %d %d", area, post))
	return t
}

// cookie is what a browser would send.
func cookie(area id.Area, post id.Post) string {
	t := token(area, post)
	return "sluss=" + area.String() + "." + base64.RawURLEncoding.EncodeToString(t[:])
}

// pour writes the people: sealing goes on two ahead of the one writer.
func pour(path string, places []*place) error {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=foreign_keys(0)&_pragma=cache_size(-400000)"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	order := make(chan chunk, 8)
	go makeRows(places, order)
	w := &writer{db: db}
	for c := range order {
		if err := w.take(<-c); err != nil {
			return err
		}
	}
	if err := w.end(); err != nil {
		return err
	}
	for _, s := range []string{"PRAGMA journal_mode(WAL)"} {
		if _, err := db.Exec(s); err != nil {
			return err
		}
	}
	return nil
}

// makeRows makes chunks beside one another and gives them on in order.
func makeRows(places []*place, order chan<- chunk) {
	busy := make(chan struct{}, runtime.NumCPU()+1)
	for _, p := range places {
		before := 0
		for people := range slices.Chunk(p.arrivals(), chunkPeople) {
			c := make(chunk, 1)
			order <- c
			busy <- struct{}{}
			go func(before int) {
				defer func() { <-busy }()
				c <- p.rows(before, people)
			}(before)
			before += len(people)
		}
	}
	close(order)
}
