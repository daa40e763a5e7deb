package own_test

import (
	"regexp"
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

var (
	sheet = regexp.MustCompile(`href="(/arbete/person/[^"?]*/blanketter/[^"?]+)`)
	leaf  = regexp.MustCompile(`/Type\s*/Page\b`)
)

func TestEachSheetOfSomebodyWhoReadsArabicIsOnePageWithAPlaceToSign(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	b := harness.Start(t)
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/in"]:has(input[value="samar"]) button`)
	b.Go(url + "/arbete/deltagare")
	b.ClickText("Samira Haddad")
	person := strings.TrimPrefix(b.URL(), url)
	b.Go(url + person + "/blanketter")
	sheets := []string{person + "/plan/papper", person + "/min-plats/papper", person + "/min-plats/blankett"}
	for _, m := range sheet.FindAllStringSubmatch(b.Source(), -1) {
		sheets = append(sheets, m[1])
	}
	if len(sheets) < 25 {
		t.Fatalf("only %d sheets: %v", len(sheets), sheets)
	}
	for _, path := range sheets {
		most := 1
		if strings.HasSuffix(path, "/behov") {
			most = 2 // thirteen questions
		}
		if strings.HasSuffix(path, "/plan/papper") {
			most = 2 // what is required of her is on a sheet of its own
		}
		b.Go(url + path)
		if n := len(leaf.FindAll(b.Paper(), -1)); n < 1 || n > most {
			t.Errorf("%s is %d pages", path, n)
		}
		if !b.Has(".signs") {
			t.Errorf("%s has no place to sign", path)
		}
		if !b.Has(`main [lang="ar"]`) {
			t.Errorf("%s says nothing in Arabic", path)
		}
	}
}
