package site

import (
	"context"
	"strings"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

const textColumns = `t.field, t.lang, t.no, t.words, t.until_on, t.reviewed_by, t.post_id, t.at`

func scanText(r *store.Cursor) (t Text, err error) {
	err = r.Scan(&t.Field, &t.Lang, &t.No, &t.Words, &t.Until, &t.ReviewedBy, &t.Post, &t.At)
	return t, err
}

// TextsOf gives the newest version of each of a unit's texts.
func TextsOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) (Texts, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+textColumns+` FROM site_text t
	 WHERE t.area_id = $1 AND t.unit_id = $2 AND t.no = (SELECT max(n.no) FROM site_text n
	  WHERE n.area_id = t.area_id AND n.unit_id = t.unit_id AND n.field = t.field AND n.lang = t.lang)`), []any{area, unit}, scanText)
}

// mostVersions is how many versions a page shows.
const mostVersions = 50

// Versions gives the versions of a text, newest first.
func Versions(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, f Field, lang string) ([]Text, error) {
	return store.All(ctx, tx, store.Q(`SELECT `+textColumns+` FROM site_text t
	 WHERE t.area_id = $1 AND t.unit_id = $2 AND t.field = $3 AND t.lang = $4 ORDER BY t.no DESC LIMIT 0 + $5`),
		[]any{area, unit, string(f), lang, mostVersions}, scanText)
}

// Gateway is a gateway as everybody finds it.
type Gateway struct {
	Area  org.Area
	Unit  org.Unit
	Short string // its name in addresses
}

// Path is where its front page is.
func (g Gateway) Path() string { return "/v/" + g.Short }

// Gateways gives the gateways of every area here, in the order they were made.
func Gateways(ctx context.Context, tx *store.Tx) ([]Gateway, error) {
	areas, err := org.Areas(ctx, tx)
	if err != nil {
		return nil, err
	}
	var list []Gateway
	taken := map[string]bool{}
	for _, a := range areas {
		units, err := org.Units(ctx, tx, a.ID)
		if err != nil {
			return nil, err
		}
		for _, u := range units {
			if u.Kind != org.UnitGateway {
				continue
			}
			short := shortName(u.Name)
			if short == "" || taken[short] { // two municipalities may each have a Slussen
				short = shortName(u.Name + " " + a.Name)
			}
			if taken[short] {
				short += "-" + u.ID.String()
			}
			taken[short] = true
			list = append(list, Gateway{a, u, short})
		}
	}
	return list, nil
}

// Named gives the gateway of a short name; Missing when there is none.
func Named(ctx context.Context, tx *store.Tx, short string) (Gateway, error) {
	list, err := Gateways(ctx, tx)
	for _, g := range list {
		if g.Short == short {
			return g, nil
		}
	}
	if err == nil {
		err = fault.Missing
	}
	return Gateway{}, err
}

// shortName writes a name with the letters that addresses are typed with.
func shortName(s string) string {
	plain := strings.NewReplacer("å", "a", "ä", "a", "ö", "o", " ", "-").Replace(i18n.Fold(s))
	return strings.Trim(strings.Map(func(r rune) rune {
		if r == '-' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, plain), "-")
}
