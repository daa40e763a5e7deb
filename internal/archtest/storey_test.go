package archtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// storeys are the packages from the ground up; a package imports only what stands before it. Those in one line may
// import each other, as the compiler lets them.
var storeys = [][]string{
	{"clock", "fault", "config"},
	{"id", "requirement", "calendar", "pnr", "i18n", "sheet", "sim", "survival", "eventlog", "tree", "few"},
	{"store", "mail", "oidc"},
	{"vault", "job"},
	{"audit"},
	{"access"},
	{"thread"},
	{"org", "signin"},
	{"competence"},
	{"activity"},
	{"schedule"},
	{"person", "lawful", "consent"},
	{"referral", "site", "comment", "newcoach"},
	{"opinion", "sarah", "practice", "workplace", "course", "story"},
	{"intake", "application"},
	{"conflict", "contact"},
	{"plan"},
	{"enquiry"},
	{"place", "placement"},
	{"document", "myplace", "evaluation"},
	{"proposal", "demand"},
	{"way"},
	{"attendance", "away", "trusted"},
	{"statement", "project"},
	{"outcome"},
	{"reading"},
	{"glass", "logcheck"},
	{"feed", "remind"},
	{"retention", "extract"},
	{"flow", "forecast"},
	{"intray", "export"},
	{"backup", "watch"},
	{"demo"},
	{"demo/past"},
	{"worker"},
	{"web/asset"},
	{"web/ui/chart"},
	{"web/ui"},
	{"web"},
	{"web/readlog", "web/calendar", "web/everything", "web/together", "web/hours", "web/jobs", "web/trust", "web/stories", "web/firstday", "web/evaluations", "web/needs", "web/proposals", "web/acts"},
	{"web/staff", "web/own", "web/public", "web/api"},
}

// free are test helpers and build-time programs: nothing of the program may import them.
var free = []string{"store/storetest", "demo/demotest", "oidc/oidctest", "pnr/testnumbers", "archtest", "tools"}

func storeyOf(name string) int {
	for i, s := range storeys {
		for _, p := range s {
			if p == name {
				return i
			}
		}
	}
	return -1
}

func isFree(name string) bool {
	for _, f := range free {
		if in(name, f) {
			return true
		}
	}
	return false
}

func TestImportsPointDown(t *testing.T) {
	h := read(t)
	for _, f := range h.server() {
		from, ok := strings.CutPrefix(f.pkg, "internal/")
		if !ok || isFree(from) {
			continue
		}
		own := storeyOf(from)
		if own < 0 {
			t.Errorf("%s: internal/%s stands on no storey; write it into the list", f.path, from)
			continue
		}
		for p, n := range f.imports() {
			to, ok := strings.CutPrefix(p, "sluss/internal/")
			switch {
			case !ok:
			case isFree(to) && !(in(from, "demo") && to == "pnr/testnumbers"):
				t.Errorf("%s: the program imports %s", h.at(n), to)
			case !isFree(to) && (storeyOf(to) < 0 || storeyOf(to) > own):
				t.Errorf("%s: internal/%s imports upward: %s", h.at(n), from, to)
			}
		}
	}
}

func TestTheWebKitKnowsNoNoun(t *testing.T) {
	h := read(t)
	first, last := storeyOf("org"), storeyOf("demo")
	for _, f := range h.server() {
		if f.pkg != "internal/web" && !in(f.pkg, "internal/web/ui") {
			continue
		}
		for p, n := range f.imports() {
			s := storeyOf(strings.TrimPrefix(p, "sluss/internal/"))
			if s >= first && s <= last && p != "sluss/internal/signin" {
				t.Errorf("%s: the kit imports the noun %s", h.at(n), p)
			}
		}
	}
}

func TestTheThreeSitesDoNotImportEachOther(t *testing.T) {
	h := read(t)
	for _, f := range h.files {
		for p, n := range f.imports() {
			for _, site := range []string{"staff", "own", "public", "api"} {
				if in(p, "sluss/internal/web/"+site) && in(f.pkg, "internal/web") && !in(f.pkg, "internal/web/"+site) {
					t.Errorf("%s imports %s", h.at(n), p)
				}
			}
		}
	}
}

func TestOnlyStoreImportsADriver(t *testing.T) {
	h := read(t)
	for _, f := range h.server() {
		for p, n := range f.imports() {
			for _, d := range []string{"modernc.org/sqlite", "zombiezen.com/go/sqlite", "github.com/jackc", "github.com/pressly/goose", "github.com/mattn", "github.com/lib/pq"} {
				if strings.HasPrefix(p, d) && f.pkg != "internal/store" {
					t.Errorf("%s imports the driver %s", h.at(n), p)
				}
			}
		}
	}
}

func TestTheServerStartsNoProgramAndGuessesNoSecret(t *testing.T) {
	h := read(t)
	// Retries wait a random time, the demo's history and a forecast's futures are drawn from a seed: none is a secret.
	may := map[string]string{"internal/store": "math/rand/v2", "internal/demo/past": "math/rand/v2", "internal/forecast": "math/rand/v2"}
	for _, f := range h.server() {
		for p, n := range f.imports() {
			if (p == "os/exec" || p == "math/rand" || p == "math/rand/v2" || p == "unsafe" || p == "C") && may[f.pkg] != p {
				t.Errorf("%s imports %s", h.at(n), p)
			}
		}
	}
}

func TestTestNumbersAreForTheDemoAndTests(t *testing.T) {
	h := read(t)
	for _, f := range h.files {
		for p, n := range f.imports() {
			if p == "sluss/internal/pnr/testnumbers" && !f.test && !forTests(f.pkg) && !in(f.pkg, "internal/demo") && !in(f.pkg, "internal/tools") {
				t.Errorf("%s imports the test numbers", h.at(n))
			}
		}
	}
}

func TestEveryStoreyStands(t *testing.T) {
	h := read(t)
	for _, f := range free {
		if _, err := os.Stat(filepath.Join(h.root, "internal", f)); err != nil {
			t.Errorf("%s is listed as for tests, but is not there", f)
		}
	}
}
