package public

import (
	"github.com/a-h/templ"

	"sluss/internal/i18n"
)

// tongue marks words that are in another language than the page.
func tongue(p page, x piece) templ.Attributes { return tongueOf(p, x.L) }

func tongueOf(p page, l *i18n.Lang) templ.Attributes {
	if l.Tag == p.L.Tag {
		return nil
	}
	return templ.Attributes{"lang": l.Tag, "dir": l.Dir}
}

// promiseLang is the language of the promise: Swedish until a native speaker has read it, or where it is the unit's own.
func (p frontPage) promiseLang() *i18n.Lang {
	if p.Promise != "" {
		return i18n.Get("sv")
	}
	return p.L.Binds()
}
