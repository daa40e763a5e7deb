package ui

import (
	"context"
	"io"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

// headers are the headers rendered so far, by language and menu: the same for everybody but for a few words and the tokens
// of their forms, which have holes there. They are half of a page.
var headers sync.Map

// hole stands around the name of one; no text has this character.
const hole = "\uE000"

// header gives the page's header.
func (p Page) header() templ.Component {
	key, ok := p.menuKey()
	if !ok {
		return header(p)
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		parts, err := p.headerParts(ctx, key)
		for i, s := range parts {
			if i%2 == 1 {
				s = templ.EscapeString(p.fill(s))
			}
			if err == nil {
				_, err = io.WriteString(w, s)
			}
		}
		return err
	})
}

// menuKey tells one menu from another; ok is false where what waits is counted in it, or nobody is signed in.
func (p Page) menuKey() (key string, ok bool) {
	var b strings.Builder
	b.WriteString(p.L.Tag)
	for _, n := range p.Nav {
		if n.N > 0 {
			return "", false
		}
		b.WriteString(" " + n.Key)
		if n.Current {
			b.WriteByte('*')
		}
	}
	return b.String(), p.Who != ""
}

// headerParts gives the header as text and names of holes in turn.
func (p Page) headerParts(ctx context.Context, key string) ([]string, error) {
	if parts, ok := headers.Load(key); ok {
		return parts.([]string), nil
	}
	named := func(s string) string { return hole + s + hole }
	p.Who, p.Unit, p.Token, p.Submission = named("who"), named("unit"), named("token"), named("once")
	var b strings.Builder
	if err := header(p).Render(ctx, &b); err != nil {
		return nil, err
	}
	parts := strings.Split(b.String(), hole)
	headers.Store(key, parts)
	return parts, nil
}

func (p Page) fill(name string) string {
	switch name {
	case "who":
		return p.Who
	case "unit":
		return p.Unit
	case "token":
		return p.Token
	default:
		return p.Submission
	}
}
