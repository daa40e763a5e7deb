package begin

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

// free gives an address on this machine that nothing listens at.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return fmt.Sprintf("localhost:%d", l.Addr().(*net.TCPAddr).Port)
}

func TestBehindAProxyCookiesAndHeadersAreStrict(t *testing.T) {
	db, token := made(t)
	at := free(t)
	_, stop := harness.Real(t, "--db", db, "serve", "--listen", at, "--origin", "https://sluss.example.se", "--proxy", "127.0.0.0/8,::1/128")
	defer stop()
	for _, path := range []string{"", "arbete/in", "in/" + token, "no-such-page"} {
		r, err := http.NewRequest(http.MethodGet, "http://"+at+"/"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Forwarded-Proto", "https")
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if !strings.HasPrefix(a.Header.Get("Strict-Transport-Security"), "max-age=63072000") {
			t.Errorf("/%s has no HSTS", path)
		}
		for _, c := range a.Cookies() {
			if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.SameSite == http.SameSiteNoneMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("/%s sets %s", path, c)
			}
		}
	}
	if s, _, _ := get(t, http.DefaultClient, "http://"+at+"/"); s != http.StatusForbidden {
		t.Errorf("past the proxy it is answered with %d", s)
	}
	if s, _, _ := get(t, http.DefaultClient, "http://"+at+"/readyz"); s != http.StatusOK {
		t.Errorf("ready is answered with %d", s)
	}
}

func TestFiguresTellOfRoutesNeverOfAddresses(t *testing.T) {
	db, token := made(t)
	at := free(t)
	url := serve(t, db, "--metrics", at)
	get(t, http.DefaultClient, url+"in/"+token)
	get(t, http.DefaultClient, url+"healthz")
	if s, _, _ := get(t, http.DefaultClient, url+"metrics"); s != http.StatusNotFound {
		t.Errorf("figures are open to everybody: %d", s)
	}
	_, _, body := get(t, http.DefaultClient, "http://"+at+"/metrics")
	for _, want := range []string{`sluss_request_seconds_count{route="GET /in/{token}",status="2xx"} 1`, "sluss_writes_total", "sluss_log_commits_total",
		"sluss_oldest_job_seconds", "sluss_log_unsequenced"} {
		if !strings.Contains(body, want) {
			t.Errorf("figures lack %s", want)
		}
	}
	if strings.Contains(body, token) {
		t.Error("an invitation stands among the figures")
	}
}

func TestLogOfRequestsHoldsNoAddressAndNoName(t *testing.T) {
	db, token := made(t)
	url, stop := harness.Real(t, "--db", db, "serve", "--listen", "localhost:0")
	get(t, http.DefaultClient, url+"in/"+token)
	get(t, http.DefaultClient, url+"?q=Nour+Darwish")
	r := stop()
	if r.Code != 0 {
		t.Errorf("stopped with %d", r.Code)
	}
	if !strings.Contains(r.Err, `"route":"/in/{token}"`) {
		t.Errorf("the log lacks the request:\n%s", r.Err)
	}
	for _, word := range []string{token, "Darwish", "Anna", "127.0.0.1"} {
		if strings.Contains(r.Err, word) {
			t.Errorf("the log holds %q", word)
		}
	}
}

func TestInstallationIsBackedUpExaminedAndRestored(t *testing.T) {
	db, token := made(t)
	dir := filepath.Dir(db)
	url := serve(t, db)
	if r := harness.Run(t, "--db", db, "doctor"); r.Code != 1 || !strings.Contains(r.Out, "WRONG\tbackup") {
		t.Errorf("without a backup doctor ended with %d:\n%s", r.Code, r.Out)
	}
	harness.Must(t, "keys", "make", filepath.Join(dir, "bk"))
	file := filepath.Join(dir, "one.age")
	harness.Must(t, "--db", db, "backup", file, "--to", filepath.Join(dir, "bk.pub"))
	if out := harness.Must(t, "--db", db, "doctor"); !regexp.MustCompile(`(?m)^setting\tdb\t.*\(flag\)$`).MatchString(out) {
		t.Errorf("doctor does not tell where a setting comes from:\n%s", out)
	}
	fresh := filepath.Join(dir, "new.db")
	var told struct {
		Keys   string
		Rows   map[string]int64
		Logged int64
	}
	out := harness.Must(t, "--json", "--db", fresh, "--keys", db+".key", "restore", file, "--identity", filepath.Join(dir, "bk"))
	if err := json.Unmarshal([]byte(out), &told); err != nil || told.Keys != "open" || told.Rows["worker"] != 1 || told.Rows["disclosure"] != told.Logged {
		t.Errorf("restore told %s (%v)", out, err)
	}
	if r := harness.Run(t, "--db", fresh, "restore", file, "--identity", filepath.Join(dir, "bk")); r.Code != 2 {
		t.Errorf("restoring over a database ended with %d", r.Code)
	}
	harness.Must(t, "keys", "make", filepath.Join(dir, "other"))
	if r := harness.Run(t, "--db", db, "restore", file, "--identity", filepath.Join(dir, "other"), "--drill"); r.Code == 0 {
		t.Error("a drill with another identity went well")
	}
	if r := harness.Run(t, "--db", db, "doctor"); r.Code != 1 || !strings.Contains(r.Out, "WRONG\tdrill") {
		t.Errorf("after a drill that failed doctor ended with %d:\n%s", r.Code, r.Out)
	}
	harness.Must(t, "--db", db, "restore", file, "--identity", filepath.Join(dir, "bk"), "--drill")
	if r := harness.Run(t, "--db", db, "doctor"); strings.Contains(r.Out, "WRONG\tdrill") {
		t.Errorf("after a drill that went well doctor says:\n%s", r.Out)
	}
	second, _ := harness.Real(t, "--db", fresh, "--keys", db+".key", "serve", "--listen", "localhost:0")
	for _, u := range []string{url, second} {
		if s, _, _ := get(t, http.DefaultClient, u+"in/"+token); s != http.StatusOK {
			t.Errorf("the invitation is answered with %d at %s", s, u)
		}
	}
	if err := os.Chmod(db+".key", 0o644); err != nil {
		t.Fatal(err)
	}
	if r := harness.Run(t, "--db", db, "doctor"); r.Code != 1 || !strings.Contains(r.Out, "WRONG\tkey file") {
		t.Errorf("with a key file that others read doctor ended with %d", r.Code)
	}
}

func TestCommandsRefuseWhileAnotherProcessServes(t *testing.T) {
	db, _ := made(t)
	serve(t, db)
	r := harness.Run(t, "--db", db, "staff", "invite", "--email", "anna.berg@example.se")
	if r.Code != 2 || !strings.Contains(r.Err, "/arbete/verksamheten") {
		t.Errorf("ended with %d: %s", r.Code, r.Err)
	}
}

func TestEveryCommandHasHelpWithAnExample(t *testing.T) {
	for _, c := range []string{"serve", "setup", "area add", "area list", "unit add", "unit list", "staff add", "staff invite", "staff end", "staff list",
		"doctor", "backup", "restore", "keys list", "keys make"} {
		out := harness.Must(t, append(strings.Fields(c), "--help")...)
		if !strings.Contains(out, "Example") {
			t.Errorf("%s --help has no example", c)
		}
	}
}
