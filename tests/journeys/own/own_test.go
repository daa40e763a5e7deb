// Package own_test walks a participant's own pages: what comes next, a yes to a step, a goal, a consent taken back, who has read.
package own_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"strings"
	"testing"

	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

func TestAParticipantGoesTheirOwnWay(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	b := harness.Start(t)
	b.ScriptOff()
	want := func(yes bool, words string) {
		t.Helper()
		if text := b.Text("body"); strings.Contains(text, words) != yes {
			t.Errorf("%q at %s: want %v, and it says:\n%.2000s", words, b.URL(), yes, text)
		}
	}
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	want(true, "Hej Samira")
	want(true, " klockan ")
	b.Click(`.glow form[action$="/kan-inte"] button`) // ill today: one press on the first page, whatever comes next
	want(true, "Jag kan inte komma")
	want(true, "vill ha en annan tid")
	if talks := b.Text(`section:has(form[action^="/min/moten/talk."])`); !strings.Contains(talks, ", 10.00") { // about a week ahead; others may come before it
		t.Errorf("the talks are at:\n%s", talks)
	}
	b.Click(`a[href^="/min/forslag?om=meeting"]`) // ill, of a meeting: one press from the time, and about that time
	b.Fill(`textarea[name="words"]`, "Jag är sjuk och kan inte komma")
	b.Click("main form button")
	want(true, "Förslaget är sparat")
	want(true, "Mötet")
	want(true, "Jag är sjuk och kan inte komma")
	b.Go(url + "/min/tider")
	b.Click(`a[href^="/min/forslag?om=work"]`)
	if v := b.Text(`select[name="thing"] option:checked`); !strings.HasPrefix(v, "Arbetsplats: ") {
		t.Errorf("asked about %q", v)
	}
	b.Go(url + "/min")
	want(true, "Din plats ifrågasätts inte")
	want(true, "Det jag är med i")
	day, _, _ := strings.Cut(b.Text(".own-when"), " klockan")
	want(false, "Nästa gång: "+day) // it stands above already
	b.Width(1280)
	b.Check(t, "own")
	b.Width(360)
	b.Check(t, "own")
	if n := packed(b.Source()); n > 15_000 {
		t.Errorf("the page is %d bytes packed", n)
	}

	b.Click(`form[action="/min/steg"] button[value="later"]`)
	want(true, "Inget har sparats eller skickats")
	want(true, "Vill du gå till steg")
	b.Click(`form[action="/min/steg"] button[value="yes"]`)
	want(true, "Nu är du i ett nytt steg")
	want(false, "Vill du gå till steg")

	b.Click(`main a[href="/min/mal"]`)
	b.Click("main form button")
	want(true, "Skriv målet med egna ord")
	b.Check(t, "own-goal-fault")
	b.Fill(`textarea[name="words"]`, "Jag vill sy igen")
	b.Click("main form button")
	want(true, "Jag vill sy igen")
	want(true, "Du skrev det själv")

	b.Click(`main a[href="/min/samtycken"]`)
	want(true, "Arbetsförmedlingen")
	b.Check(t, "own-consents")
	b.Click(`main a[href^="/min/samtycken/"]`)
	want(true, "slutar genast att se")
	b.Check(t, "own-consent-end")
	b.Click("main form button")
	want(true, "taget tillbaka")
	want(true, "Får inte se något nu")

	b.Go(url + "/min")
	b.Click(`main a[href="/min/allt"]`)
	want(true, "Det du är med i")
	b.Check(t, "own-everything")
	b.Click(`main a[href="/min/allt?papper=ja"]`)
	want(true, "Jag vill sy igen")
	b.Check(t, "own-everything-paper")
	b.Go(url + "/min?lang=ar")
	b.Check(t, "own-ar")
	b.Width(1280)
	b.Check(t, "own-ar")
	b.Go(url + "/min/lasningar?lang=sv")
	want(true, "Vem har läst om mig")
	b.Click(`form[action="/min/ut"] button`)
	b.Go(url + "/min")
	if strings.HasSuffix(b.URL(), "/min") {
		t.Error("the session is still open")
	}
}

// packed is how many bytes the page is on the wire.
func packed(page string) int {
	var to bytes.Buffer
	z := gzip.NewWriter(&to)
	_, _ = z.Write([]byte(page))
	_ = z.Close()
	return to.Len()
}
