package chart

import (
	"github.com/a-h/templ"

	"sluss/internal/i18n"
)

// Seats is who is called to a start: how many have said yes, not answered, or asked for another time, against the places,
// and how many will likely come.
type Seats struct {
	Words
	Yes, Open, Other int
	Places           int
	PlacesText       string // "Ungefär 10 platser"
	Low, High        int    // likely to come
	LikelyText       string // "Troligen kommer 8–11"
}

// Called draws a circle for each person called.
func Called(l *i18n.Lang, s Seats) templ.Component {
	if s.Yes+s.Open+s.Other == 0 {
		return none(l)
	}
	return both("chart seats", s.wide(l), s.rows(l, "n", narrow, 46, 24, 18), "")
}

// perRow is how many circles stand in the wide picture's one row; more of them stand in rows without brackets.
const perRow = 16

func (s Seats) wide(l *i18n.Lang) string {
	n := s.Yes + s.Open + s.Other
	if n > perRow {
		return s.rows(l, "w", 576, 44, 20, 15)
	}
	w := max(576, 44*float64(max(n, s.Places))+4)
	p := start(l, s.Words, "w", "img", 0, w, 132)
	if s.Places > 0 {
		end := 44*float64(s.Places) - 5
		p.from(9, 30).to(9, 22, end, 22, end, 30).draw("bracket")
		p.text("s", 9, 14, s.PlacesText)
	}
	if s.Open > 0 {
		p.rect("likely", 44*float64(s.Yes)-3, 42, 44*float64(s.Open)+4, 48, "rx", "6")
	}
	for i := range n {
		s.seat(p, i, 24+44*float64(i), 66, 15)
	}
	if s.High > 0 {
		from, to := 44*float64(max(0, s.Low-1))+9, 44*float64(s.High)-5
		p.from(from, 93).to(from, 100, to, 100, to, 93).draw("bracket")
		if class := "s strong"; to < 220 {
			p.text(class, 9, 119, s.LikelyText)
		} else {
			p.text("e strong", to, 119, s.LikelyText)
		}
	}
	return p.end()
}

func (s Seats) rows(l *i18n.Lang, suffix string, w, pitch, edge, r float64) string {
	n, across := s.Yes+s.Open+s.Other, int((w-2*edge)/pitch)+1
	p := start(l, s.Words, suffix, "img", 0, w, float64((n-1)/across)*pitch+2*edge+2)
	for i := range n {
		s.seat(p, i, edge+pitch*float64(i%across), edge+pitch*float64(i/across), r)
	}
	return p.end()
}

func (s Seats) seat(p *pic, i int, x, y, r float64) {
	switch {
	case i < s.Yes:
		p.circle("yes", x, y, r)
		// A tick does not turn with the page.
		px := p.x(x)
		p.b.WriteString(`<path class="tick" d="M` + num(px-r*0.4) + " " + num(y) + "l" + num(r*0.3) + " " + num(r*0.3) + " " + num(r*0.53) + " " + num(-r*0.6) + `"></path>`)
	case i < s.Yes+s.Open:
		p.circle("ask", x, y, r)
		mark := "?"
		if p.rtl {
			mark = "؟"
		}
		p.text("m", x, y+5, mark)
	default:
		p.circle("later", x, y, r)
		p.from(x-r*0.33, y).to(x+r*0.33, y).draw("arrow")
		p.from(x+r*0.06, y-r*0.27).to(x+r*0.33, y, x+r*0.06, y+r*0.27).draw("arrow")
	}
}
