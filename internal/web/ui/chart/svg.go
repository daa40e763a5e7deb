// Package chart draws the house's pictures as SVG on the server: each a pure function from numbers and words to a
// component. Every picture says in words what it shows, has no style of its own (the sheet's classes do that), and turns
// around where text runs from the right.
package chart

import (
	"context"
	"html"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"sluss/internal/i18n"
)

// Words name a picture: an id that no other picture on the page has, its title, and what it shows told in words.
type Words struct {
	ID, Title, Desc string
}

// The widths that pictures are drawn for, in the pixels they are shown at.
const (
	whole  = 720.0
	half   = 420.0
	narrow = 328.0
)

// pic is a picture under way. All x are given as if text ran from the left; x turns them where it does not.
type pic struct {
	b    strings.Builder
	w    float64
	rtl  bool
	lang *i18n.Lang
}

// start opens a picture. A picture with links in it is a group, since an image has no inside to those who hear it.
func start(l *i18n.Lang, words Words, suffix, role string, y, w, h float64) *pic {
	p := &pic{w: w, rtl: l.Dir == "rtl", lang: l}
	id := words.ID + suffix
	p.b.WriteString(`<svg viewBox="0 ` + num(y) + " " + num(w) + " " + num(h) + `" role="` + role + `" aria-labelledby="` + id + `t ` + id + `d">`)
	p.b.WriteString(`<title id="` + id + `t">` + esc(words.Title) + `</title><desc id="` + id + `d">` + esc(words.Desc) + `</desc>`)
	return p
}

func (p *pic) end() string {
	p.b.WriteString("</svg>")
	return p.b.String()
}

func (p *pic) x(v float64) float64 {
	if p.rtl {
		return p.w - v
	}
	return v
}

// line is a path under way.
type line struct {
	p *pic
	d strings.Builder
}

func (p *pic) from(x, y float64) *line {
	l := &line{p: p}
	return l.at("M", x, y)
}

func (l *line) at(op string, xy ...float64) *line {
	l.d.WriteString(op)
	for i := 0; i+1 < len(xy); i += 2 {
		if i > 0 {
			l.d.WriteByte(' ')
		}
		l.d.WriteString(num(l.p.x(xy[i])) + " " + num(xy[i+1]))
	}
	return l
}

func (l *line) to(xy ...float64) *line {
	for i := 0; i+1 < len(xy); i += 2 {
		l.at("L", xy[i], xy[i+1])
	}
	return l
}

func (l *line) close() *line {
	l.d.WriteByte('Z')
	return l
}

// draw puts the path in the picture. Attributes come in pairs.
func (l *line) draw(class string, attrs ...string) {
	l.p.b.WriteString(`<path class="` + class + `" d="` + l.d.String() + `"`)
	l.p.attrs(attrs)
	l.p.b.WriteString(`></path>`)
}

func (p *pic) attrs(pairs []string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		p.b.WriteString(" " + pairs[i] + `="` + esc(pairs[i+1]) + `"`)
	}
}

func (p *pic) text(class string, x, y float64, s string, attrs ...string) {
	if s == "" {
		return
	}
	p.b.WriteString(`<text class="` + class + `" x="` + num(p.x(x)) + `" y="` + num(y) + `"`)
	p.attrs(attrs)
	p.b.WriteString(">" + esc(s) + "</text>")
}

// pair writes a number that stands out, and a word after it.
func (p *pic) pair(class string, x, y float64, number, word string) {
	p.b.WriteString(`<text class="` + class + `" x="` + num(p.x(x)) + `" y="` + num(y) + `"><tspan font-weight="650">` + esc(number) + `</tspan> ` + esc(word) + `</text>`)
}

func (p *pic) circle(class string, x, y, r float64) {
	p.b.WriteString(`<circle class="` + class + `" cx="` + num(p.x(x)) + `" cy="` + num(y) + `" r="` + num(r) + `"></circle>`)
}

// rect draws a box from its left edge as seen where text runs from the left.
func (p *pic) rect(class string, x, y, w, h float64, attrs ...string) {
	if p.rtl {
		x = p.w - x - w
	}
	p.b.WriteString(`<rect class="` + class + `" x="` + num(x) + `" y="` + num(y) + `" width="` + num(w) + `" height="` + num(h) + `"`)
	p.attrs(attrs)
	p.b.WriteString(`></rect>`)
}

// linked puts a number in the picture that opens the list behind it. Without an address it is only a number.
func (p *pic) linked(href, label, class string, x, y float64, s string, attrs ...string) {
	if href == "" {
		p.text(class, x, y, s, attrs...)
		return
	}
	p.b.WriteString(`<a href="` + esc(string(templ.URL(href))) + `" aria-label="` + esc(label) + `">`)
	p.text(class, x, y, s, attrs...)
	p.b.WriteString("</a>")
}

// num writes a length with at most one decimal; what is not a number becomes 0, so that no picture ever breaks.
func num(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	v = math.Round(v*10) / 10
	if v == 0 {
		return "0" // never a minus zero
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func esc(s string) string { return html.EscapeString(s) }

// written makes a component of finished markup.
func written(parts ...string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(parts, ""))
		return err
	})
}

// both gives the wide and the narrow variant of a picture.
func both(class, wide, slim, after string) templ.Component {
	return written(`<figure class="`+class+`"><div class="wide-only">`, wide, `</div><div class="narrow-only">`, slim, `</div>`, after, `</figure>`)
}

// none is what stands in place of a picture that has too little to show.
func none(l *i18n.Lang) templ.Component {
	return written(`<p class="muted">`, esc(l.T("ui.chart.none")), `</p>`)
}
