package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// tried is what a client saw.
type tried struct {
	n      int
	shed   int       // told to come back later, with a page that says so
	wrong  int       // answered otherwise than a page of this kind is
	times  []float64 // ms
	sample string    // of what was wrong
}

func (t *tried) add(o tried) {
	t.n, t.shed, t.wrong, t.times = t.n+o.n, t.shed+o.shed, t.wrong+o.wrong, append(t.times, o.times...)
	if t.sample == "" {
		t.sample = o.sample
	}
}

func newClient(most int) *http.Client {
	return &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{MaxIdleConns: most, MaxIdleConnsPerHost: most, DisableCompression: true}}
}

// send asks once, reads the answer whole, and notes how long it took since asked.
func (t *tried) send(c *http.Client, base string, q target, asked time.Time) {
	r, err := http.NewRequest(q.method, base+q.path, strings.NewReader(q.body))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Cookie", q.cookie)
	if q.method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := c.Do(r)
	if err != nil {
		t.fault(err.Error())
		return
	}
	body, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	switch {
	case err != nil:
		t.fault(err.Error())
	case answer.StatusCode == http.StatusServiceUnavailable && len(body) > 20:
		t.shed++
	case answer.StatusCode >= 400 || answer.StatusCode == http.StatusSeeOther && answer.Header.Get("Location") == "/arbete/in":
		t.fault(fmt.Sprintf("%s %s: %s", q.method, q.path, answer.Status))
	default:
		t.n++
		t.times = append(t.times, float64(time.Since(asked).Microseconds())/1000)
	}
}

func (t *tried) fault(text string) {
	t.wrong++
	t.sample = text
}

// closed keeps clients busy for a time, each asking again as soon as it is answered.
func closed(base string, clients int, d time.Duration, next func(n int) target) tried {
	c := newClient(clients)
	defer c.CloseIdleConnections()
	var n atomic.Int64
	return gather(clients, func(_ int, t *tried) {
		for end := time.Now().Add(d); time.Now().Before(end); {
			t.send(c, base, next(int(n.Add(1))), time.Now())
		}
	})
}

// open sends so many requests a second whether or not the earlier ones are answered. A request's time counts from when
// it was to be sent, so that a stall shows in all that came meanwhile.
func open(base string, perSecond int, d time.Duration, next func(n int) target) tried {
	c := newClient(256)
	defer c.CloseIdleConnections()
	start, gap := time.Now(), time.Second/time.Duration(perSecond)
	return gather(int(d/gap), func(i int, t *tried) {
		at := start.Add(time.Duration(i) * gap)
		time.Sleep(time.Until(at))
		t.send(c, base, next(i), at)
	})
}

// gather runs n beside one another and adds up what they saw.
func gather(n int, f func(i int, t *tried)) tried {
	parts := make([]tried, n)
	var all sync.WaitGroup
	for i := range parts {
		all.Go(func() { f(i, &parts[i]) })
	}
	all.Wait()
	var sum tried
	for _, p := range parts {
		sum.add(p)
	}
	return sum
}
