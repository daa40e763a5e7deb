package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"sluss/internal/web"
	"sluss/internal/web/own"
	"sluss/internal/web/staff"
)

// atTable is where what a person does on their own pages is done together with staff: at the table, in the person's language.
var atTable = map[string]string{
	"/min/steg":                                 "/bordet/steg",
	"/min/mal":                                  "/bordet/mal",
	"/min/mal/{goal}":                           "/bordet/mal/{goal}",
	"/min/behov":                                "/bordet/behov",
	"/min/uppgift/{task}":                       "/bordet",
	"/min/insats/{measure}":                     "/bordet/insats/{measure}/gor",
	"/min/anpassning":                           "/min-plats/bordet/anpassning",
	"/min/onskemal":                             "/bordet/onskemal",
	"/min/onskemal/{place}/tillbaka":            "/bordet/onskemal/{place}/tillbaka",
	"/min/tider/{occasion}/kan-inte":            "/bordet/tider/{occasion}/kan-inte",
	"/min/tider/{occasion}/kan":                 "/bordet/tider/{occasion}/kan",
	"/min/moten/{time}/kan-inte":                "/bordet/moten/{time}/kan-inte",
	"/min/moten/{time}/kan":                     "/bordet/moten/{time}/kan",
	"/min/paminnelser":                          "/bordet/paminnelser",
	"/min/tyck-till":                            "/bordet/tyck-till",
	"/min/underlag/{statement}/sett":            "/underlag/{statement}/bordet/visat",
	"/min/underlag/{statement}/kommentar":       "/underlag/{statement}/bordet/kommentar",
	"/min/anteckningar/{note}/kommentar":        "/bordet/anteckningar/{note}/kommentar",
	"/min/coach":                                "/bordet/coach/onskan",
	"/min/coach/{wish}/tillbaka":                "/bordet/coach/onskan/tillbaka",
	"/min/sagt/{thing}":                         "/bordet/sagt/{thing}",
	"/min/sagt/{thing}/tillbaka":                "/bordet/sagt/{thing}/tillbaka",
	"/min/dela":                                 "/bordet/dela",
	"/min/dela/ny":                              "/bordet/dela/ny",
	"/min/dela/{link}/slut":                     "/bordet/dela/{link}/slut",
	"/min/vad-jag-tycker/{place}":               "/bordet/utvardering/{place}",
	"/min/vad-jag-tycker/{place}/tillbaka":      "/bordet/utvardering/{place}/tillbaka",
	"/min/samtycken/{zone}":                     "/bordet/samtycken/{zone}",
	"/min/platser/{place}/svar":                 "/bordet/platser/{place}/svar",
	"/min/platser/{place}/trad":                 "/bordet/platser/{place}/trad",
	"/min/jobb/{occupation}/kurs/{course}":      "/bordet/kurser/{course}",
	"/min/onskemal/arbete":                      "/bordet/onskemal/arbete",
	"/min/onskemal/arbete/{placement}/tillbaka": "/bordet/onskemal/arbete/{placement}/tillbaka",
	"/min/tillsammans":                          "/bordet/tillsammans",
	"/min/tillsammans/{enquiry}":                "/bordet/tillsammans/{enquiry}",
	"/min/forslag":                              "/bordet/forslag",
	"/min/forslag/{proposal}/tillbaka":          "/bordet/forslag/{proposal}/tillbaka",
	"/min/berattelse":                           "/berattelse",
	"/min/berattelse/ja":                        "/berattelse/ja",
	"/min/berattelse/tillbaka":                  "/berattelse/tillbaka",
}

// aloneOnly is what nobody does for the person, and why.
var aloneOnly = map[string]string{
	"/min/ut":             "ends the person's own session",
	"/min/kalender/ny":    "makes an address for the person's own telephone",
	"/min/kalender/stang": "closes that address",
	"/min/fragor/ny":      "is about who has read, and goes past the staff who sit at the table",
}

func TestWhatAPersonDoesAloneIsDoneTogetherTooUnlessThereIsAGround(t *testing.T) {
	var together []string
	for _, r := range (&staff.Pages{}).Routes() {
		if part, ok := strings.CutPrefix(r.Pattern, "/arbete/person/{person}"); ok && r.Method == "POST" {
			together = append(together, part)
		}
	}
	acts := map[string]bool{}
	for _, r := range (&own.Pages{}).Routes() {
		if r.Method != "POST" || r.Needs.Audience != web.Own {
			continue
		}
		acts[r.Pattern] = true
		n, twin := 0, ""
		if to, ok := atTable[r.Pattern]; ok {
			n, twin = n+1, to
		}
		if _, ok := aloneOnly[r.Pattern]; ok {
			n++
		}
		if n != 1 {
			t.Errorf("%s stands in %d of the two lists", r.Pattern, n)
		}
		if twin != "" && !slices.Contains(together, twin) {
			t.Errorf("%s is done together at %s, which is no route", r.Pattern, twin)
		}
	}
	for _, m := range []map[string]string{atTable, aloneOnly} {
		for act := range maps.Keys(m) {
			if !acts[act] {
				t.Errorf("%s is no act of a person's", act)
			}
		}
	}
}
