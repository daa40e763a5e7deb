package main

import (
	"slices"
	"testing"

	"sluss/internal/web"
	"sluss/internal/web/own"
	"sluss/internal/web/staff"
)

// onPaper is the form on paper for what a person does on their own pages.
var onPaper = map[string]string{
	"/min/steg":                                 "steg",
	"/min/mal":                                  "mal",
	"/min/mal/{goal}":                           "mal",
	"/min/behov":                                "behov",
	"/min/uppgift/{task}":                       "uppgift",
	"/min/insats/{measure}":                     "trad",
	"/min/platser/{place}/trad":                 "trad",
	"/min/platser/{place}/svar":                 "plats",
	"/min/anpassning":                           "anpassning",
	"/min/onskemal":                             "onskemal",
	"/min/onskemal/{place}/tillbaka":            "angra",
	"/min/onskemal/arbete":                      "arbete",
	"/min/onskemal/arbete/{placement}/tillbaka": "angra",
	"/min/tider/{occasion}/kan-inte":            "kan-inte",
	"/min/tider/{occasion}/kan":                 "kan-inte",
	"/min/tyck-till":                            "tyck-till",
	"/min/underlag/{statement}/kommentar":       "kommentar",
	"/min/anteckningar/{note}/kommentar":        "anteckning",
	"/min/sagt/{thing}":                         "sagt",
	"/min/sagt/{thing}/tillbaka":                "angra",
	"/min/coach":                                "coach",
	"/min/coach/{wish}/tillbaka":                "angra",
	"/min/fragor/ny":                            "vem-har-last",
	"/min/dela":                                 "dela",
	"/min/dela/ny":                              "dela",
	"/min/dela/{link}/slut":                     "angra",
	"/min/vad-jag-tycker/{place}":               "utvardering",
	"/min/vad-jag-tycker/{place}/tillbaka":      "angra",
	"/min/forslag":                              "forslag",
	"/min/forslag/{proposal}/tillbaka":          "angra",
	"/min/berattelse":                           "berattelse",
	"/min/berattelse/ja":                        "berattelse",
	"/min/berattelse/tillbaka":                  "angra",
	"/min/samtycken/{zone}":                     "ta-tillbaka",
	"/min/jobb/{occupation}/kurs/{course}":      "kurs",
	"/min/moten/{time}/kan-inte":                "kan-inte",
	"/min/moten/{time}/kan":                     "kan-inte",
	"/min/paminnelser":                          "paminnelser",
	"/min/tillsammans":                          "fraga",
	"/min/tillsammans/{enquiry}":                "fraga",
}

// offPaper is what has no form, and why.
var offPaper = map[string]string{
	"/min/underlag/{statement}/sett": "the hours themselves are printed, and handed over; that is seen on paper",
	"/min/ut":                        "ends the person's own session",
	"/min/kalender/ny":               "makes an address for the person's own telephone",
	"/min/kalender/stang":            "closes that address",
}

func TestEverythingAPersonDoesOnTheirOwnPagesHasAFormOnPaper(t *testing.T) {
	acts, used := map[string]bool{}, map[string]bool{}
	for _, r := range (&own.Pages{}).Routes() {
		if r.Method != "POST" || r.Needs.Audience != web.Own {
			continue
		}
		acts[r.Pattern] = true
		form, why := onPaper[r.Pattern], offPaper[r.Pattern]
		if (form == "") == (why == "") {
			t.Errorf("%s has the form %q, and none because %q", r.Pattern, form, why)
		}
		if form != "" && !slices.Contains(staff.PaperForms(), form) {
			t.Errorf("%s: there is no form %s", r.Pattern, form)
		}
		used[form] = true
	}
	for _, m := range []map[string]string{onPaper, offPaper} {
		for act := range m {
			if !acts[act] {
				t.Errorf("%s is no act of a person's", act)
			}
		}
	}
	for _, f := range staff.PaperForms() {
		if !used[f] && f != "samtycke" && f != "coach" { // which nobody does alone
			t.Errorf("the form %s is for nothing that a person does", f)
		}
	}
}
