// Package agency_test walks a worker's way in by their agency's own sign-in: a certified OpenID provider with a login page.
package agency_test

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluss/internal/pnr/testnumbers"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

// provider serves an OpenID provider that leads back to the address, tells at the other who has signed out, and gives its own.
func provider(t *testing.T, back, out string) (issuer string) {
	t.Helper()
	if _, err := os.Stat("../../../node_modules/oidc-provider"); err != nil {
		t.Fatal("the provider is not installed: npm ci")
	}
	c := exec.Command("node", "provider.mjs", back, out)
	said, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	lines := bufio.NewScanner(said)
	if !lines.Scan() {
		t.Fatal("the provider says nothing")
	}
	return lines.Text()
}

// free is a port that nobody listens at.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o400); err != nil {
		t.Fatal(err)
	}
	return path
}

// atProvider signs in on the provider's own page, unless it knows the browser.
func atProvider(t *testing.T, b *harness.Browser, issuer, name string) {
	t.Helper()
	if strings.HasPrefix(b.URL(), issuer) {
		b.Fill(`input[name="login"]`, name)
		b.Click("button[type=submit]")
	}
}

// each runs a journey on both databases; at gives the arguments of a command on the one in hand.
func each(t *testing.T, f func(t *testing.T, at func(args ...string) []string)) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	on := func(dsn string) func(t *testing.T) {
		return func(t *testing.T) {
			db := []string{"--db", dsn, "--keys", filepath.Join(t.TempDir(), "keys")}
			f(t, func(args ...string) []string { return append(slices.Clone(db), args...) })
		}
	}
	t.Run("sqlite", on(filepath.Join(t.TempDir(), "sluss.db")))
	t.Run("postgres", on(storetest.Postgres(t)))
}

func TestAWorkerComesInByTheirAgency(t *testing.T) { each(t, byAgency) }

func byAgency(t *testing.T, at func(args ...string) []string) {
	port := free(t)
	origin := "http://localhost:" + port
	link := strings.TrimSpace(harness.Must(t, at("setup", "--municipality", "1415", "--unit", "Slussen", "--head", "Anna Berg", "--email", "anna.berg@example.se", "--origin", origin)...))
	issuer := provider(t, origin+"/arbete/in/svar", origin+"/arbete/in/utloggad")
	settings := file(t, "oidc.toml", fmt.Sprintf("[[provider]]\nagency = %q\nissuer = %q\nclient_id = \"sluss\"\nsecret_file = %q\namr = [\"mfa\"]\n",
		"Stenungsund", issuer, file(t, "secret", "a secret between two\n")))
	if out := harness.Must(t, at("agency", "oidc", settings, "--origin", origin)...); !strings.Contains(out, origin+"/arbete/in/svar\tanswers") {
		t.Errorf("the check says %q", out)
	}
	harness.Real(t, at("serve", "--listen", "localhost:"+port, "--oidc", settings)...)
	b := harness.Start(t)
	b.ScriptOff()
	b.Go(origin + "/arbete/in?lang=sv")
	b.Check(t, "agency-door")
	b.ClickText("Logga in via Stenungsund")
	atProvider(t, b, issuer, "weak")
	if s := b.Text("#faults"); !strings.Contains(s, "inte att lita på") {
		t.Errorf("a password alone is told %q", s)
	}
	b.Forget()
	b.Go(origin + "/arbete/in?lang=sv")
	b.ClickText("Logga in via Stenungsund")
	atProvider(t, b, issuer, "anna")
	if s := b.Text("#faults"); !strings.Contains(s, "inte kopplat") {
		t.Errorf("an account of nobody is told %q at %s", s, b.URL())
	}
	b.Check(t, "agency-nobody")

	b.Go(link + "?lang=sv")
	b.Check(t, "agency-invite")
	b.ClickText("Logga in via Stenungsund")
	atProvider(t, b, issuer, "anna")
	if b.URL() != origin+"/arbete" {
		t.Fatalf("the agency leads back to %s:\n%s", b.URL(), b.Text("main"))
	}
	b.Forget()
	b.Width(360)
	b.Go(origin + "/arbete/in?lang=ar")
	b.Check(t, "agency-door-ar")
	b.Go(origin + "/arbete/in?lang=sv")
	b.ClickText("Logga in via Stenungsund")
	atProvider(t, b, issuer, "anna")
	if b.URL() != origin+"/arbete" {
		t.Fatalf("the next time the agency leads back to %s:\n%s", b.URL(), b.Text("main"))
	}
	b.Go(issuer + "/session/end")
	b.Click("button[value=yes]")
	b.Go(origin + "/arbete")
	if b.URL() != origin+"/arbete/in" {
		t.Errorf("who has signed out at the agency comes to %s", b.URL())
	}
	b.Go(origin + "/arbete/in/svar?code=x&state=y")
	if s := b.Text("#faults"); !strings.Contains(s, "inte att lita på") {
		t.Errorf("an answer to no question is told %q", s)
	}
}

func TestAPersonComesInWithAnEIdentification(t *testing.T) { each(t, byEID) }

func byEID(t *testing.T, at func(args ...string) []string) {
	port := free(t)
	origin, number := "http://localhost:"+port, testnumbers.All()[300]
	harness.Must(t, at("setup", "--municipality", "1415", "--unit", "Slussen", "--head", "Anna Berg", "--email", "anna.berg@example.se", "--origin", origin)...)
	harness.Must(t, at("import", file(t, "lista.csv", "Namn;Personnummer;Telefon\nRut Ek;"+number+";070-174 06 21\n"), "--unit", "Slussen", "--yes")...)
	issuer := provider(t, origin+"/in/svar", "")
	settings := file(t, "oidc.toml", fmt.Sprintf("[[person]]\nname = \"BankID\"\nissuer = %q\nclient_id = \"sluss\"\nsecret_file = %q\namr = [\"mfa\"]\n",
		issuer, file(t, "secret", "a secret between two\n")))
	if out := harness.Must(t, at("agency", "oidc", settings, "--origin", origin)...); !strings.Contains(out, origin+"/in/svar\tanswers") {
		t.Errorf("the check says %q", out)
	}
	harness.Real(t, at("serve", "--listen", "localhost:"+port, "--oidc", settings)...)
	b := harness.Start(t)
	b.Go(origin + "/in?lang=ar")
	b.Width(360)
	b.Check(t, "eid-door-ar")
	b.Width(1280)
	b.ScriptOff()
	b.Go(origin + "/in?lang=sv")
	b.Check(t, "eid-door")
	b.ClickText("Logga in med BankID")
	atProvider(t, b, issuer, testnumbers.All()[301])
	if s := b.Text("#faults"); !strings.Contains(s, "ingen egen sida") {
		t.Errorf("whom nobody here knows is told %q at %s", s, b.URL())
	}
	b.Check(t, "eid-nobody")
	b.Forget()
	b.Go(origin + "/in?lang=sv")
	b.ClickText("Logga in med BankID, och logga ut mig efter tre minuter")
	atProvider(t, b, issuer, number)
	if s := b.Text("h1"); b.URL() != origin+"/min" || !strings.Contains(b.Text("main"), "Rut") {
		t.Fatalf("the broker leads to %s: %q\n%s", b.URL(), s, b.Text("main"))
	}
}

func TestTheDoorStandsWhenTheProviderIsDown(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	db := filepath.Join(t.TempDir(), "sluss.db")
	harness.Must(t, "--db", db, "setup", "--municipality", "1415", "--unit", "Slussen", "--head", "Anna Berg", "--email", "anna.berg@example.se")
	settings := file(t, "oidc.toml", "[[provider]]\nagency = \"Stenungsund\"\nissuer = \"http://127.0.0.1:"+free(t)+"\"\nclient_id = \"sluss\"\namr = [\"mfa\"]\n")
	if r := harness.Run(t, "--db", db, "agency", "oidc", settings); r.Code != 1 || !strings.Contains(r.Out, "does not answer") {
		t.Errorf("the check ends with %d: %s", r.Code, r.Out)
	}
	url, _ := harness.Real(t, "--db", db, "serve", "--listen", "localhost:0", "--oidc", settings)
	b := harness.Start(t)
	b.Go(url + "arbete/in?lang=sv")
	b.ClickText("Logga in via Stenungsund")
	if s := b.Text("#faults"); !strings.Contains(s, "svarar inte just nu") {
		t.Errorf("the door says %q at %s", s, b.URL())
	}
	if !b.Has("#passkey button") {
		t.Error("the door has no way in by passkey")
	}
	b.Check(t, "agency-down")
}

func TestSettingsThatAskTooLittleStopTheProgram(t *testing.T) {
	db := filepath.Join(t.TempDir(), "sluss.db")
	harness.Must(t, "--db", db, "setup", "--municipality", "1415", "--unit", "Slussen", "--head", "Anna Berg", "--email", "anna.berg@example.se")
	for words, text := range map[string]string{
		"more than a password": "agency = \"Stenungsund\"\nissuer = \"https://login.example.se\"\nclient_id = \"sluss\"\n",
		"no agency is called":  "agency = \"Ingen\"\nissuer = \"https://login.example.se\"\nclient_id = \"sluss\"\namr = [\"mfa\"]\n",
		"only https":           "agency = \"Stenungsund\"\nissuer = \"http://login.example.se\"\nclient_id = \"sluss\"\namr = [\"mfa\"]\n",
		"is no setting":        "agency = \"Stenungsund\"\nrole = \"head\"\n",
	} {
		if r := harness.Run(t, "--db", db, "serve", "--listen", "localhost:0", "--oidc", file(t, "oidc.toml", "[[provider]]\n"+text)); r.Code != 2 || !strings.Contains(r.Err, words) {
			t.Errorf("%s: ended with %d: %s", words, r.Code, r.Err)
		}
	}
}
