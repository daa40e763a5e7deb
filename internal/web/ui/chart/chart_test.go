package chart

import (
	"context"
	"encoding/xml"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"sluss/internal/i18n"
)

var words = Words{ID: "p", Title: "Kön <nu>", Desc: "Kön & de som väntar"}

func drawn(t interface{ Fatal(...any) }, c templ.Component) string {
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var length = regexp.MustCompile(`-?[0-9]+(?:\.[0-9]+)?`)

// sound tells what is wrong with a picture: broken markup, a length that is none, words missing, style where none may be.
func sound(markup string) string {
	d := xml.NewDecoder(strings.NewReader(markup))
	svgs, ids := 0, map[string]bool{}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err.Error()
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		a := map[string]string{}
		for _, x := range e.Attr {
			a[x.Name.Local] = x.Value
		}
		switch {
		case a["style"] != "":
			return "style on " + e.Name.Local
		case a["id"] != "" && ids[a["id"]]:
			return "twice the id " + a["id"]
		case e.Name.Local == "svg" && a["aria-hidden"] == "" && (a["role"] == "" || a["aria-labelledby"] == ""):
			return "a picture without role and words"
		}
		ids[a["id"]] = a["id"] != ""
		if e.Name.Local == "svg" {
			svgs++
		}
		for _, name := range []string{"d", "x", "y", "cx", "cy", "r", "width", "height", "viewBox", "stroke-width"} {
			if fault := measured(name, a[name]); fault != "" {
				return e.Name.Local + " " + fault
			}
		}
	}
	if svgs > 0 && (!strings.Contains(markup, "<title id=") || !strings.Contains(markup, "<desc id=")) {
		return "no title or desc"
	}
	return ""
}

func measured(name, v string) string {
	if strings.Contains(v, "NaN") || strings.Contains(v, "Inf") || strings.Contains(v, "e+") {
		return name + "=" + v
	}
	for _, n := range length.FindAllString(v, -1) {
		f, err := strconv.ParseFloat(n, 64)
		if err != nil || math.Abs(f) > 5000 {
			return name + "=" + v
		}
		if f < 0 && (name == "width" || name == "height" || name == "r") {
			return name + " below zero"
		}
	}
	return ""
}

func every(l *i18n.Lang, v []float64, n int) map[string]templ.Component {
	m := Months{Words: words, Names: make([]string, len(v)), Series: []Series{{Name: "a", Values: v}, {Name: "b", Values: v}}, Area: true}
	f := Fan{Words: words, Past: v, Median: v, Low50: v, High50: v, Low90: v, High90: v, Ref: v, RefText: "r", Names: make([]string, max(0, 2*len(v)-1))}
	first := 0.0
	if len(v) > 0 {
		first = v[0]
	}
	c := Canal{Words: words, Lake: Basin{Name: "x", Count: n}, Returns: "r", TightOut: n%2 == 0, TightText: "t"}
	for range min(max(n, 0), 6) {
		c.Basins = append(c.Basins, Basin{Name: "Steg", Sub: "Landa", Count: n, Href: "/a?b=1&c=2"})
		c.Gates = append(c.Gates, Gate{Month: n, Tight: len(c.Gates) == 1})
		c.Streams = append(c.Streams, Gate{Month: n, Text: "arbete"})
	}
	th := Thread{Words: words, Begin: Knot{At: first, Text: "b"}, Today: first, Loose: []Knot{{At: first}}}
	for range min(max(n, 0), 4) {
		th.Strands = append(th.Strands, Strand{Name: "Arbeta med mat igen i köket", Knots: []Knot{{At: first, Text: "k"}, {At: 2, Text: "k"}}})
	}
	return map[string]templ.Component{
		"lines": Lines(l, m), "bars": Bars(l, m), "fan": Foresee(l, f), "flow": Flow(l, c), "locks": Flight(l, Locks{Words: words, Steps: n, Here: n - 1}),
		"strip":  Spread(l, Strip{Words: words, P10: first, P25: first, P50: first, P75: first, P90: first, N: n}),
		"seats":  Called(l, Seats{Words: words, Yes: max(0, n), Open: len(v), Places: n, Low: n, High: n + 1, LikelyText: "x"}),
		"thread": Strands(l, th),
	}
}

// TestItIsMarkedWhereItIsTight: once in the wide picture and once in the slim, on the way out too.
func TestItIsMarkedWhereItIsTight(t *testing.T) {
	for i := range 4 {
		c := Canal{Words: words, TightText: "trångt här", TightOut: i == 3}
		for j := range 3 {
			c.Basins = append(c.Basins, Basin{Name: "Steg", Count: 7})
			c.Gates = append(c.Gates, Gate{Month: 2, Tight: i == j})
		}
		s := drawn(t, Flow(i18n.Get("sv"), c))
		if n, plates := strings.Count(s, "trångt här"), strings.Count(s, `class="tight"`); n != 2 || plates != 2 {
			t.Errorf("tight at %d of 3, the last the way out: said %d times on %d plates", i, n, plates)
		}
	}
}

func TestEveryPictureStaysSoundWhateverTheNumbers(t *testing.T) {
	odd := []float64{0, 1, -3, 7.25, 1e4, 250, math.NaN(), math.Inf(1), math.Inf(-1)}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SliceOfN(rapid.SampledFrom(odd), 0, 30).Draw(t, "v")
		n := rapid.IntRange(-1, 40).Draw(t, "n")
		l := i18n.Get(rapid.SampledFrom([]string{"sv", "ar"}).Draw(t, "l"))
		for name, c := range every(l, v, n) {
			if fault := sound("<x>" + drawn(t, c) + "</x>"); fault != "" {
				t.Fatalf("%s: %s", name, fault)
			}
		}
	})
}

func TestTooLittleGivesASentenceInPlaceOfAPicture(t *testing.T) {
	for name, c := range every(i18n.Get("sv"), nil, 0) {
		if got := drawn(t, c); name != "locks" && (strings.Contains(got, "<svg") || !strings.Contains(got, "för lite")) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestSoundPictureCheckHasTeeth(t *testing.T) {
	for _, bad := range []string{
		`<svg viewBox="0 0 1 1"></svg>`, `<svg role="img" aria-labelledby="a"><path d="M0 NaN"></path></svg>`,
		`<svg role="img" aria-labelledby="a" style="x"></svg>`, `<svg role="img" aria-labelledby="a"><p></svg>`,
	} {
		if sound(bad) == "" {
			t.Error("passes:", bad)
		}
	}
}

func TestLineStandsWhereItsNumbersSay(t *testing.T) {
	m := Months{Words: words, Names: []string{"jan", "feb", "mars"}, Series: []Series{{Name: "in", Values: []float64{0, 50, 100}}}}
	got := drawn(t, Lines(i18n.Get("sv"), m))
	if want := `<path class="med s1" d="M40 256L372 137L704 18">`; !strings.Contains(got, want) {
		t.Errorf("no %s in\n%s", want, got)
	}
}

func TestGapBreaksALineAndALoneValueIsADot(t *testing.T) {
	m := Months{Words: words, Series: []Series{{Name: "in", Values: []float64{4, math.NaN(), 4, 4}}}}
	got := drawn(t, Lines(i18n.Get("sv"), m))
	if !strings.Contains(got, `<circle class="dot" cx="40"`) || strings.Contains(got, `class="med s1" d="M40 `) {
		t.Error(got)
	}
}

func TestPicturesTurnWhereTextRunsFromTheRight(t *testing.T) {
	lock := Locks{Words: words, Steps: 3, Here: 1}
	sv, ar := drawn(t, Flight(i18n.Get("sv"), lock)), drawn(t, Flight(i18n.Get("ar"), lock))
	if !strings.Contains(sv, `<path class="gates" d="M235 84L251 117L235 150">`) || !strings.Contains(ar, `<path class="gates" d="M485 84L469 117L485 150">`) {
		t.Errorf("sv %s\nar %s", sv, ar)
	}
	if !strings.Contains(ar, ">2</text>") {
		t.Error("the steps are counted in other digits than dates and times")
	}
}

func TestBoatLiesInThePersonsStepAndTheNextAreCalm(t *testing.T) {
	got := drawn(t, Flight(i18n.Get("sv"), Locks{Words: words, Steps: 4, Here: 1}))
	if strings.Count(got, `class="boat"`) != 1 || strings.Count(got, `class="water calm"`) != 2 {
		t.Error(got)
	}
}

func TestNumbersInTheCanalOpenTheirLists(t *testing.T) {
	c := Canal{Words: words, Basins: []Basin{{Name: "Kö", Count: 46, Href: "/arbete/ko"}}, Gates: []Gate{{Month: 22}}}
	got := drawn(t, Flow(i18n.Get("sv"), c))
	if strings.Count(got, `<a href="/arbete/ko" aria-label="Kö: 46">`) != 2 || !strings.Contains(got, `role="group"`) {
		t.Error(got)
	}
	c.Basins[0].Href = "javascript:alert(1)"
	if strings.Contains(drawn(t, Flow(i18n.Get("sv"), c)), "javascript") {
		t.Error("a link may run script")
	}
}

func TestAxisHasAtMostFourLinesAboveZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.Float64Range(0, 1e7).Draw(t, "most")
		step, top := round(most)
		if top < most || top/step > 4.0001 || step != math.Trunc(step) {
			t.Fatalf("%v gives step %v top %v", most, step, top)
		}
	})
}

func TestLabelsNeverCoverEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ys := rapid.SliceOfN(rapid.Float64Range(20, 250), 1, 4).Draw(t, "ys")
		out := apart(ys, 19, 256)
		for i := range out {
			for j := range out {
				if i != j && math.Abs(out[i]-out[j]) < 18.999 {
					t.Fatalf("%v gives %v", ys, out)
				}
			}
		}
	})
}
