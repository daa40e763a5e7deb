package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"sluss/internal/store"
)

const (
	clients      = 16
	overload     = 2000 // clients that ask at once, where some 64 are worked on
	feltEach     = 100  // requests a second
	publicAtOnce = 16   // as the program answers at a time
	desksMost    = 1000
)

// measuring is one run and what it was asked for.
type measuring struct {
	dir, program  string
	only          string // names of steps, commas between; "" is all
	secs, rounds  int
	small, large  int
	smallD, largD []desk
}

// figure is what one page cost in the rounds, in microseconds of CPU.
type figure []float64

func (f figure) median() float64 { return quantile(slices.Clone(f), 0.5) }

func (f figure) String() string {
	return fmt.Sprintf("%.0f (%.0f to %.0f)", f.median(), slices.Min(f), slices.Max(f))
}

func (m *measuring) path(n int) string { return filepath.Join(m.dir, fmt.Sprintf("%d.db", n)) }

// prepare seeds what is missing, sums its flow, and picks who asks.
func (m *measuring) prepare(ctx context.Context, n int) ([]desk, error) {
	if _, err := os.Stat(m.path(n)); os.IsNotExist(err) {
		if err := seed(ctx, m.path(n), n); err != nil {
			return nil, err
		}
		if err := sumFlow(ctx, m.program, m.path(n)); err != nil {
			return nil, err
		}
	}
	db, err := store.Open(ctx, m.path(n))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return desks(ctx, db, desksMost)
}

func (m *measuring) all(ctx context.Context) (err error) {
	if m.smallD, err = m.prepare(ctx, m.small); err != nil {
		return err
	}
	if m.largD, err = m.prepare(ctx, m.large); err != nil {
		return err
	}
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("%s, %s, %d cores (%s), load average before %s\n\n", time.Now().Format("2006-01-02 15:04"), runtime.Version(), runtime.NumCPU(), cpuName(), strings.Join(strings.Fields(string(load))[:3], " "))
	fmt.Printf("%d and %d people, %d rounds of %d s, %d clients\n\n| what | measured |\n| --- | --- |\n", m.small, m.large, m.rounds, m.secs, clients)
	for _, step := range m.steps() {
		if m.only != "" && !slices.Contains(strings.Split(m.only, ","), step.name) {
			continue
		}
		if err := step.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// step is a part of a run that can be asked for alone.
type step struct {
	name string
	do   func(context.Context) error
}

func (m *measuring) steps() []step {
	return []step{{"start", m.start}, {"limit", m.limited}, {"growth", m.growth}, {"felt", m.felt}, {"crowd", m.crowded}, {"town", m.town}}
}

func cpuName() string {
	b, _ := os.ReadFile("/proc/cpuinfo")
	for l := range strings.Lines(string(b)) {
		if k, v, ok := strings.Cut(l, ":"); ok && strings.TrimSpace(k) == "model name" {
			return strings.TrimSpace(v)
		}
	}
	return "unknown"
}

func say(what, format string, args ...any) {
	fmt.Printf("| %s | %s |\n", what, fmt.Sprintf(format, args...))
}

// serve starts the program on a fresh copy.
func (m *measuring) serve(ctx context.Context, n int, name string) (*server, error) {
	to := filepath.Join(m.dir, "run-"+name+".db")
	if err := copyDB(m.path(n), to); err != nil {
		return nil, err
	}
	s, err := launch(ctx, m.program, "--db", to, "serve", "--listen", "localhost:0")
	if err == nil {
		s.settle()
	}
	return s, err
}

func (m *measuring) start(ctx context.Context) error {
	var ready []float64
	var idle float64
	for range 3 {
		s, err := m.serve(ctx, m.large, "start")
		if err != nil {
			return err
		}
		ready, idle = append(ready, float64(s.ready.Milliseconds())), s.memory("VmRSS")
		if err := s.stop(); err != nil {
			return err
		}
	}
	info, err := os.Stat(m.program)
	if err != nil {
		return err
	}
	say("start", "ready in %.0f ms, idle %.0f MB, program %.0f MB", quantile(ready, 0.5), idle, float64(info.Size())/1e6)
	return nil
}

// cost asks for one page for a while and gives CPU microseconds for each.
func (m *measuring) cost(s *server, list []desk, page string, d time.Duration, turn int) (float64, error) {
	before := s.cpu()
	t := closed(s.base, clients, d, func(n int) target { n += turn * 7919; return list[n%len(list)].ask(page, n) })
	if t.wrong > 0 || t.n == 0 {
		return 0, fmt.Errorf("%s: %d answered, %d wrong: %s", page, t.n, t.wrong, t.sample)
	}
	return (s.cpu() - before) * 1e6 / float64(t.n), nil
}

// limited is W1 to W3: the program and the limit in turn on the same people.
func (m *measuring) limited(ctx context.Context) error {
	own, err := m.serve(ctx, m.large, "sluss")
	if err != nil {
		return err
	}
	defer own.stop()
	to := filepath.Join(m.dir, "run-limit.db")
	if err := copyDB(m.path(m.large), to); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	low, err := launch(ctx, self, "-limit", to)
	if err != nil {
		return err
	}
	defer low.stop()
	for i, page := range []string{"list", "view", "create"} {
		a, b, err := m.inTurn(side{own, m.largD}, side{low, m.largD}, page)
		if err != nil {
			return err
		}
		say(fmt.Sprintf("W%d %s", i+1, page), "%v µs; limit %v µs; %.2f × limit", a, b, a.median()/b.median())
	}
	say("W6 16 clients", "%.0f MB at most", own.memory("VmHWM"))
	return nil
}

// warm is how much longer than a second a page is asked for before it counts: the first search by name in an area reads
// all its names.
var warm = map[string]time.Duration{"name": 20 * time.Second}

// side is a server with those who ask it.
type side struct {
	server *server
	desks  []desk
}

func (m *measuring) inTurn(one, two side, page string) (a, b figure, err error) {
	for turn := range m.rounds + 1 {
		d := time.Duration(m.secs) * time.Second
		if turn == 0 {
			d = warm[page] + time.Second // not counted
		}
		for i, s := range []side{one, two} {
			us, err := m.cost(s.server, s.desks, page, d, turn)
			if err != nil {
				return nil, nil, err
			}
			switch {
			case turn == 0:
			case i == 0:
				a = append(a, us)
			default:
				b = append(b, us)
			}
		}
	}
	return a, b, nil
}

// growth is W5: each page with few people and with many, in turn.
func (m *measuring) growth(ctx context.Context) error {
	few, err := m.serve(ctx, m.small, "few")
	if err != nil {
		return err
	}
	defer few.stop()
	many, err := m.serve(ctx, m.large, "many")
	if err != nil {
		return err
	}
	defer many.stop()
	for _, page := range pages {
		a, b, err := m.inTurn(side{few, m.smallD}, side{many, m.largD}, page)
		if err != nil {
			return err
		}
		say("W5 "+page, "%v µs → %v µs; %.2f ×", a, b, b.median()/a.median())
	}
	return nil
}

// day is a mix of staff work, one page in hundredths.
var day = []struct {
	page  string
	share int
}{{"view", 38}, {"list", 14}, {"mine", 16}, {"queue", 10}, {"create", 5}, {"number", 4}, {"name", 3}, {"starts", 4}, {"start", 4}, {"flow", 2}}

func mixed(n int) string {
	x := n * 61 % 100
	for _, d := range day {
		if x < d.share {
			return d.page
		}
		x -= d.share
	}
	return "view"
}

func (m *measuring) felt(ctx context.Context) error {
	s, err := m.serve(ctx, m.large, "felt")
	if err != nil {
		return err
	}
	defer s.stop()
	ask := func(n int) target { return m.largD[n*31%len(m.largD)].ask(mixed(n), n) }
	open(s.base, feltEach, 2*time.Second, ask)
	t := open(s.base, feltEach, time.Duration(max(10, m.secs*m.rounds))*time.Second, func(n int) target { return ask(n + 1000) })
	if t.wrong > 0 {
		return fmt.Errorf("felt: %d wrong: %s", t.wrong, t.sample)
	}
	say("felt", "%d requests at %d a second: p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, most %.0f ms", t.n, feltEach, quantile(t.times, 0.5), quantile(t.times, 0.95), quantile(t.times, 0.99), quantile(t.times, 1))
	return nil
}

// crowded is what happens when far more ask than can be answered.
func (m *measuring) crowded(ctx context.Context) error {
	s, err := m.serve(ctx, m.large, "crowd")
	if err != nil {
		return err
	}
	defer s.stop()
	t := closed(s.base, overload, time.Duration(max(5, m.secs))*time.Second, func(n int) target { return m.largD[n%len(m.largD)].ask(mixed(n), n) })
	say("W6 overload", "%d clients: %d answered, %d told to come back, %d otherwise %s; %.0f MB at most", overload, t.n, t.shed, t.wrong, t.sample, s.memory("VmHWM"))
	return nil
}

// town is staff at work while far more ask for the pages for everybody than are answered at a time: nobody, ten times as many, and all
// that the machine can hold. Those who ask have the same processors, so that staff wait longer here than they would.
func (m *measuring) town(ctx context.Context) error {
	s, err := m.serve(ctx, m.large, "town")
	if err != nil {
		return err
	}
	defer s.stop()
	d := time.Duration(max(10, m.secs)) * time.Second
	ask := func(n int) target { return m.largD[n*31%len(m.largD)].ask(mixed(n), n) }
	open(s.base, feltEach/2, 2*time.Second, ask)
	for _, many := range []int{0, 10 * publicAtOnce, overload} {
		var public, staff tried
		var both sync.WaitGroup
		if many > 0 {
			both.Go(func() {
				public = closed(s.base, many, d, func(int) target { return target{method: http.MethodGet, path: "/"} })
			})
		}
		both.Go(func() { staff = open(s.base, feltEach/2, d, func(n int) target { return ask(n + 1000) }) })
		both.Wait()
		if staff.wrong > 0 {
			return fmt.Errorf("town: %d wrong: %s", staff.wrong, staff.sample)
		}
		say("door: "+fmt.Sprint(many)+" ask at once", "%d answered, %d told to come back, %d otherwise %s; staff: %d answered, %d told to come back, p50 %.0f ms, p95 %.0f ms, p99 %.0f ms",
			public.n, public.shed, public.wrong, public.sample, staff.n, staff.shed, quantile(staff.times, 0.5), quantile(staff.times, 0.95), quantile(staff.times, 0.99))
	}
	return nil
}
