package staff

import (
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
)

// promise is what the unit promises everybody who comes: in its own words, or the product's with the coach's name.
type promise struct {
	Own   string   // "" for the product's
	Coach org.Post // zero when there is none
}

// promised gives the promise to somebody with the coach.
func (p *Pages) promised(r *web.Request, coach id.Post) (promise, error) {
	s, err := p.settings(r)
	if err != nil {
		return promise{}, err
	}
	n, err := p.names(r)
	return promise{s.Promise, n.Post(coach)}, err
}

// in gives the promise and the language it is said in: Swedish until somebody has reviewed it in the reader's own.
func (p promise) in(l *i18n.Lang) (text string, spoken *i18n.Lang) {
	if p.Own != "" {
		return p.Own, i18n.Get("sv")
	}
	l = l.Binds()
	return l.T("plan.promise.text", firstName(l, p.Coach)), l
}

// firstName is the coach's first name, or a word for staff where nobody is named.
func firstName(l *i18n.Lang, coach org.Post) string {
	if coach.Name == "" {
		return l.T("plan.staff")
	}
	return coach.First()
}
