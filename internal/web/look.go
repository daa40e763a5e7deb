package web

import (
	"net/http"
	"net/url"
	"strings"

	"sluss/internal/web/ui"
)

// cookieLook keeps how the reader wants pages to look until the browser is closed: the size of the text, and its contrast.
const cookieLook = "look"

// look settles how the pages look that a person reads alone: as chosen by a link now, or before. It answers the request itself when
// something was just chosen.
func (q *Request) look(w http.ResponseWriter) bool {
	if q.route.Needs.Audience.posted() {
		return false
	}
	if c, err := q.Cookie(cookieLook); err == nil {
		text, contrast, _ := strings.Cut(c.Value, ".")
		q.Look = ui.Look{}.With(ui.LookText, text).With(ui.LookContrast, contrast)
	}
	query, chosen := q.URL.Query(), q.Look
	for _, name := range []string{ui.LookText, ui.LookContrast} {
		chosen = chosen.With(name, query.Get(name))
	}
	if q.Method != http.MethodGet || !query.Has(ui.LookText) && !query.Has(ui.LookContrast) {
		return false
	}
	http.SetCookie(w, &http.Cookie{Name: cookieLook, Value: chosen.Text + "." + chosen.Contrast, Path: "/", HttpOnly: true, Secure: q.kit.Secure, SameSite: http.SameSiteLaxMode})
	query.Del(ui.LookText)
	query.Del(ui.LookContrast)
	http.Redirect(w, q.Request, local((&url.URL{Path: q.URL.Path, RawQuery: query.Encode()}).String()), http.StatusSeeOther)
	return true
}
