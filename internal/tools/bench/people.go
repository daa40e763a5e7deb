package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/vault"
)

var (
	givenNames = []string{"Amina", "Bengt", "Cecilia", "David", "Elin", "Farid", "Gunilla", "Hassan", "Inger", "Johan", "Karim", "Lena", "Mohamed", "Nadia", "Olle", "Petra",
		"Qasim", "Rania", "Samir", "Tove", "Ulla", "Viktor", "Wilma", "Yusuf", "Zahra", "Åsa", "Örjan", "Sven", "Leyla", "Mikael", "Hanna"}
	familyNames = []string{"Andersson", "Berg", "Carlsson", "Dahl", "Ek", "Farah", "Gustafsson", "Haddad", "Ibrahim", "Johansson", "Khalil", "Lindgren", "Mohammadi", "Nilsson",
		"Olsson", "Persson", "Rahimi", "Svensson", "Tesfay", "Ulvsson", "Warsame", "Yilmaz", "Öberg", "Åkesson", "Hedlund", "Nyström", "Sandberg"}
	testNumbers = testnumbers.All()
	firstParts  = strings.Fields("Alm Berg Björk Dahl Ek Fors Gran Hag Hed Holm Häll Lind Lund Löv Nord Ny Ros Sand Sjö Skog Ståhl Sten Strand Ström Sund Söder Väst Wall Å Öst")
	secondParts = strings.Fields("berg blad by dahl fors gren gård holm kvist lund man mark qvist sten strand ström vall vik wall bom")
)

// familyName gives one of the common names a third of the time, else one of six hundred made of two parts: in a unit of
// twenty thousand a given and a family name fit a few people, as in a town.
func familyName(intN func(int) int) string {
	if intN(3) == 0 {
		return familyNames[intN(len(familyNames))]
	}
	return firstParts[intN(len(firstParts))] + secondParts[intN(len(secondParts))]
}

// session makes the one session of a post. It counts as used ahead of time, so that no row is touched while measuring.
func (p *place) session(ctx context.Context, tx *store.Tx, post id.Post) error {
	t := token(p.area, post)
	hash := sha256.Sum256(t[:])
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO session (area_id, token_hash, post_id, lang, created_at, last_seen, idle, sure, ends_at, ended_at)
	 VALUES ($1, $2, $3, 'sv', $4, $5, 0, 1, $5, $5)`), p.area, hash[:], post, int64(p.now), int64(access.Never))
	return err
}

// day is so many days before the seeding.
func (p *place) day(ago int) clock.Date { return p.now.Date().Add(-ago) }

// rowID makes an id of a day, with the number of the row in its random bits.
func rowID(on clock.Date, n int) int64 {
	return (on.Time().UnixMilli()-clock.Epoch)<<22 | int64(n)
}

// arrival is one of the unit's people, by number: how many days ago they came, and the group start they were called to,
// counted back from the last held; beyond startsAgo is none.
type arrival struct{ n, ago, start int }

// arrivals gives the unit's people in the order they came, which is the order of their ids and of their rows. Those who
// came at about the same time were called to the same start.
func (p *place) arrivals() []arrival {
	r := rand.New(rand.NewPCG(uint64(p.seed), 1<<32))
	list := make([]arrival, p.people)
	for n := range list {
		list[n] = arrival{n, begins + r.IntN(870), startsAgo + 1}
		if stageOf(n) <= called {
			list[n].ago = 1 + r.IntN(200)
		}
	}
	slices.SortStableFunc(list, func(a, b arrival) int { return b.ago - a.ago })
	been, ahead := 0, 0
	for i := range slices.Backward(list) {
		switch stageOf(list[i].n) {
		case waiting:
		case called:
			if ahead < startsSet*onStart {
				list[i].start = -ahead / onStart
			}
			ahead++
		default:
			list[i].start = 1 + been/onStart
			been++
		}
	}
	return list
}

// begins is within how many days of coming an individual start is held.
const begins = 60

// rows makes everything about some of the unit's people, who came after so many others, and before the first of them its
// group starts.
func (p *place) rows(before int, people []arrival) []row {
	r := rand.New(rand.NewPCG(uint64(p.seed), uint64(before)))
	var list []row
	if before == 0 {
		list = p.starts()
	}
	for i, a := range people {
		s := &soul{place: p, rnd: r, arrival: a, stage: stageOf(a.n), came: p.day(a.ago)}
		list = s.rows(list, p.first+before+i)
	}
	return list
}

func (p *place) startOn(i int) clock.Date { return p.day(14*i + 1) } // negative i is ahead

func (p *place) startID(i int) int64 { return int64(p.unit)*1000 + int64(startsAgo+startsSet-i) }

func (p *place) starts() []row {
	var list []row
	for i := startsAgo; i > -startsSet; i-- {
		state := intake.Held
		if i <= 0 {
			state = intake.Planned
		}
		list = append(list, row{tStart, []any{int64(p.area), p.startID(i), int64(p.unit), string(p.startOn(i)), "09:30", "11:30", int64(p.unit)*10 + 2,
			p.posts[0].String(), 10, onStart, string(state), 1}})
	}
	return list
}

// soul is one person while the rows are made.
type soul struct {
	*place
	arrival
	rnd    *rand.Rand
	stage  stage
	id     id.Person
	key    vault.Person
	came   clock.Date
	coach  id.Post
	ref    int64
	events int
}

func (s *soul) rows(list []row, no int) []row {
	s.id = id.Person(rowID(s.came, no<<2))
	s.ref = int64(s.id) + 1
	s.coach = s.posts[s.n%len(s.posts)]
	list = append(list, s.person(no), s.tie(), s.referral())
	list = append(list, s.event(s.came, thread.Referred, "remiss", s.ref))
	if s.start <= startsAgo {
		list = append(list, s.called())
	}
	if s.stage >= booked {
		list = s.enrolled(list)
	}
	return list
}

func (s *soul) person(no int) row {
	wrapped, key, err := s.keys.NewPerson(s.id)
	if err != nil {
		panic(err)
	}
	s.key = key
	given, family := givenNames[s.rnd.IntN(len(givenNames))], familyName(s.rnd.IntN)
	number, hidden := "", fmt.Sprintf("invented %d", no)
	if no < len(testNumbers) {
		number = testNumbers[no]
		hidden = number
	}
	index, err := s.keys.Index("number", hidden)
	if err != nil {
		panic(err)
	}
	var alias [16]byte
	binary.LittleEndian.PutUint64(alias[:], s.rnd.Uint64())
	binary.LittleEndian.PutUint64(alias[8:], s.rnd.Uint64())
	protected := 0
	if s.rnd.IntN(200) == 0 {
		protected = 1
		if wrapped, err = s.keys.Rewrap(s.id, wrapped, true); err != nil {
			panic(err)
		}
	}
	at := func(column string) vault.Place { return vault.Place{Table: "person", Column: column, Row: int64(s.id)} }
	return row{tPerson, []any{int64(s.area), int64(s.id), alias[:], wrapped, key.Seal(at("identity"), given, family, number),
		key.Seal(at("contact"), "0700-00 00 00", "", "Storgatan 1", "123 45", "Orten", "efter 10"), key.Seal(at("needs"), "Behöver hiss", "assistance longterm"), index,
		1960 + s.rnd.IntN(45), 1 + s.rnd.IntN(2), []string{"sv", "ar", "so"}[s.rnd.IntN(3)], s.rnd.IntN(2), "phone", protected, 0, string(s.came), 1, no + 1}}
}

func (s *soul) tie() row {
	to := clock.Forever
	if s.stage == left {
		to = s.day(s.rnd.IntN(30))
	}
	return row{tTie, []any{int64(s.area), int64(s.id), int64(s.unit), string(s.came), string(to), int64(access.Never)}}
}

func (s *soul) referral() row {
	state := [...]string{"waiting", "called", "started", "started", "started", "started"}[s.stage]
	sealed := s.key.Seal(vault.Place{Table: "referral", Column: "sealed", Row: s.ref}, "Socialtjänsten, 0300-55 00 00", "Har stått utan arbete länge och vill komma igång",
		"Vill arbeta med mat", "", "", "", "", "", "")
	return row{tReferral, []any{int64(s.area), s.ref, int64(s.id), int64(s.unit), "remiss", int64(s.agencies[s.n%len(s.agencies)]), 0, "work", sealed, string(s.came), string(s.came),
		0, "", "", 0, "", state, string(s.came.Add(1)), 1}}
}

func (s *soul) called() row {
	here := 1
	if s.start <= 0 {
		here = -1
	}
	start, on := s.startID(s.start), s.startOn(s.start)
	sealed := s.key.Seal(vault.Place{Table: "called", Column: s.id.String(), Row: start}, "")
	return row{tCalled, []any{int64(s.area), start, int64(s.id), s.ref, s.n % 1000, string(on.Add(-14)), 0, sealed, "yes", string(on.Add(-7)), "", "", "", here, 0, 1}}
}

func (s *soul) enrolled(list []row) []row {
	e := s.ref + 1
	began := s.came.Add(s.rnd.IntN(begins))
	state := [...]string{booked: "booked", active: "active", paused: "paused", left: "left"}[s.stage]
	leftOn := ""
	if s.stage == left {
		leftOn = string(s.day(s.rnd.IntN(30)))
	}
	sealed := s.key.Seal(vault.Place{Table: "enrolment", Column: "sealed", Row: e}, "", "Besök på en arbetsplats")
	list = append(list, row{tEnrolment, []any{int64(s.area), e, int64(s.id), int64(s.unit), s.ref, 0, sealed, state, string(began), string(began), "10:00", int64(s.unit) * 10,
		int64(s.coach), string(began), leftOn, 1}})
	if s.stage != left {
		list = append(list, row{tAssignment, []any{int64(s.area), int64(s.id), int64(s.coach), string(began), string(clock.Forever), int64(access.Never), int64(s.now)}})
	}
	list = append(list, s.event(began, thread.Booked, "group", e), s.event(began, thread.CoachNamed, "", e))
	if s.stage >= active {
		list = append(list, s.event(began.Add(3), thread.Begun, "", e))
	}
	if s.stage == paused {
		list = append(list, s.event(s.day(10), thread.Paused, "", e))
	}
	if s.stage == left {
		list = append(list, s.event(clock.Date(leftOn), thread.Left, "work", e))
	}
	return list
}

func (s *soul) event(on clock.Date, kind thread.Kind, code string, ref int64) row {
	s.events++
	key := rowID(on, (s.first+s.n)<<3|s.events&7)
	return row{tEvent, []any{int64(s.area), int64(s.id), string(on), key, on.Time().UnixMilli(), string(kind), code, int64(s.unit), int64(s.coach), 0, 0, ref}}
}
