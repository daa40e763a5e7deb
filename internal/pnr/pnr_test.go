package pnr_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
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

// prints gives a number printed in every way, by what way it was. Addresses in memory and times, which hold any digits, differ from one
// time to the next.
func prints(t *testing.T) (said map[string]string, held any) {
	n := must(t, "850709-9805")
	values := []any{n, &n, []pnr.Number{n}, shown{n, &n, []pnr.Number{n}, map[pnr.Number]int{n: 1}},
		unshown{n, []pnr.Number{n}, map[pnr.Number]pnr.Number{n: n}, n}, &unshown{n: n}, map[string]unshown{"x": {n: n}}}
	said = map[string]string{}
	for i, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%t", "%T", "%p", "%08.3f"} {
			said[fmt.Sprintf("%d %s", i, verb)] = fmt.Sprintf(verb, v)
		}
		said[fmt.Sprint("slog text ", i)] = logged(v, func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) })
		said[fmt.Sprint("slog json ", i)] = logged(v, func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) })
		if j, err := json.Marshal(v); err == nil {
			said[fmt.Sprint("json ", i)] = string(j)
		}
		var g bytes.Buffer
		if err := gob.NewEncoder(&g).Encode(v); err == nil {
			said[fmt.Sprint("gob ", i)] = g.String()
		}
	}
	said["error"] = fmt.Errorf("read %v: %w", n, errors.New("x")).Error()
	said["print"] = fmt.Sprint(n, n) + fmt.Sprintln(n)
	return said, values
}

func TestNoWayOfPrintingShowsDigits(t *testing.T) {
	first, held := prints(t)
	second, _ := prints(t)
	runtime.KeepAlive(held)
	for how, s := range first {
		if part := digitsIn(s); part != "" && digitsIn(second[how]) != "" {
			t.Errorf("%s shows %s in %s", how, part, s)
		}
	}
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
	if s := fmt.Sprintf("%v %+v", err, err); digitsIn(s) != "" || strings.Contains(s, "9806") {
		t.Error(s)
	}
}

func logged(v any, h func(*bytes.Buffer) slog.Handler) string {
	var b bytes.Buffer
	slog.New(h(&b)).Info("x", "v", v)
	return b.String()
}

// digitsIn gives what part of the number stands in s, or nothing.
func digitsIn(s string) string {
	for _, part := range []string{"850709", "9805", "3835303730393938"} {
		if strings.Contains(s, part) {
			return part
		}
	}
	return ""
}
