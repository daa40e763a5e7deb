package pnr_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/pnr"
)

const today clock.Date = "2026-03-24"

func must(t *testing.T, text string) pnr.Number {
	t.Helper()
	n, err := pnr.Parse(text, today)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return n
}

func TestNumberTellsWhatItKnows(t *testing.T) {
	n := must(t, "850709-9805")
	if n.Reveal() != "198507099805" || n.Dashed() != "19850709-9805" || n.Masked() != "••••••-9805" {
		t.Errorf("got %s, %s, %s", n.Reveal(), n.Dashed(), n.Masked())
	}
	if n.BirthDate() != "1985-07-09" || n.Sex() != pnr.Female || n.Coordination() {
		t.Errorf("got %s, %d, %v", n.BirthDate(), n.Sex(), n.Coordination())
	}
	c := must(t, "19730288-9931")
	if c.BirthDate() != "1973-02-28" || c.Sex() != pnr.Male || !c.Coordination() {
		t.Errorf("got %s, %d, %v", c.BirthDate(), c.Sex(), c.Coordination())
	}
}

func TestCoordinationNumberMayLackADateOfTheCalendar(t *testing.T) {
	for _, d := range []string{"191500722390", "191711602399", "200302912381"} {
		if n := must(t, d); n.BirthDate() != "" || !n.Coordination() || n.Reveal() != d {
			t.Errorf("%s: %q, %v", d, n.BirthDate(), n.Coordination())
		}
	}
}

func TestNoNumberTellsNothing(t *testing.T) {
	var n pnr.Number
	if !n.IsZero() || n.Reveal()+n.Dashed()+n.Masked()+string(n.BirthDate()) != "" || n.Sex() != pnr.Unknown || n.Coordination() {
		t.Error("the zero number tells something")
	}
}

func TestEqualNumbersAreEqualHoweverWritten(t *testing.T) {
	if must(t, "850709-9805") != must(t, "19850709 9805") {
		t.Error("one number, two values")
	}
	if must(t, "850709-9805") == must(t, "19730288-9931") {
		t.Error("two numbers, one value")
	}
}

// shown and unshown are how numbers lie about in programs; fmt calls no method of an unexported field.
type shown struct {
	N pnr.Number
	P *pnr.Number
	L []pnr.Number
	M map[pnr.Number]int
}

type unshown struct {
	n pnr.Number
	l []pnr.Number
	m map[pnr.Number]pnr.Number
	a any
}

func TestNoWayOfPrintingShowsDigits(t *testing.T) {
	n := must(t, "850709-9805")
	values := []any{n, &n, []pnr.Number{n}, shown{n, &n, []pnr.Number{n}, map[pnr.Number]int{n: 1}},
		unshown{n, []pnr.Number{n}, map[pnr.Number]pnr.Number{n: n}, n}, &unshown{n: n}, map[string]unshown{"x": {n: n}}}
	for i, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%t", "%T", "%p", "%08.3f"} {
			noDigits(t, fmt.Sprintf("%d %s", i, verb), fmt.Sprintf(verb, v))
		}
		noDigits(t, "slog text", logged(v, func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) }))
		noDigits(t, "slog json", logged(v, func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) }))
		if j, err := json.Marshal(v); err == nil {
			noDigits(t, "json", string(j))
		}
		var g bytes.Buffer
		if err := gob.NewEncoder(&g).Encode(v); err == nil {
			noDigits(t, "gob", g.String())
		}
	}
	noDigits(t, "error", fmt.Errorf("read %v: %w", n, errors.New("x")).Error())
	noDigits(t, "print", fmt.Sprint(n, n)+fmt.Sprintln(n))
}

func TestPrintedNumberIsDots(t *testing.T) {
	n := must(t, "850709-9805")
	j, err := json.Marshal(struct{ N pnr.Number }{n})
	if err != nil || string(j) != `{"N":"••••••••-••••"}` || fmt.Sprint(n) != "••••••••-••••" || n.String() != "••••••••-••••" {
		t.Errorf("got %s, %v, %s", j, err, n.String())
	}
}

func TestErrorTellsNoDigits(t *testing.T) {
	_, err := pnr.Parse("850709-9806", today)
	noDigits(t, "error", fmt.Sprintf("%v %+v", err, err))
}

func logged(v any, h func(*bytes.Buffer) slog.Handler) string {
	var b bytes.Buffer
	slog.New(h(&b)).Info("x", "v", v)
	return b.String()
}

func noDigits(t *testing.T, how, s string) {
	t.Helper()
	for _, part := range []string{"850709", "9805", "3835303730393938"} {
		if strings.Contains(s, part) && !strings.Contains(s, "0x") {
			t.Errorf("%s shows %s in %s", how, part, s)
		}
	}
	if strings.Contains(s, "85070998") {
		t.Errorf("%s shows the number in %s", how, s)
	}
}
