package sheet_test

import (
	"slices"
	"testing"

	"sluss/internal/fault"
	"sluss/internal/sheet"
)

func TestNamesAreParted(t *testing.T) {
	for _, c := range [][3]string{
		{"Andersson, Anna", "Anna", "Andersson"}, {"Anna Andersson", "Anna", "Andersson"}, {"Anna Maria Andersson", "Anna Maria", "Andersson"}, {"ANDERSSON Anna Maria", "Anna Maria", "ANDERSSON"},
		{"ANNA ANDERSSON", "ANNA", "ANDERSSON"}, {"Anna von Platen", "Anna", "von Platen"}, {"Juan de la Cruz", "Juan", "de la Cruz"}, {"Anna De Geer", "Anna", "De Geer"}, {"von Platen, Anna", "Anna", "von Platen"},
		{"Amina", "Amina", ""}, {"", "", ""}, {" ,", "", ""}, {"  Anna\u00a0 Svensson-Öberg ", "Anna", "Svensson-Öberg"}, {"Anna\u200b Berg", "Anna", "Berg"}, {"Berg, Anna, Lo", "Anna  Lo", "Berg"},
		{"J Svensson", "J", "Svensson"}, {"NGUYEN VAN Anh", "Anh", "NGUYEN VAN"}, {"محمد أحمد", "محمد", "أحمد"},
	} {
		if g, f := sheet.SplitName(c[0]); g != c[1] || f != c[2] {
			t.Errorf("%q: %q, %q", c[0], g, f)
		}
	}
}

var words = sheet.Headings{
	"number":   {"Personnummer", "Pnr", "Person nr", "Personal identity number"},
	"name":     {"Namn", "För- och efternamn"},
	"given":    {"Förnamn", "Tilltalsnamn", "First name"},
	"referred": {"Remissdatum", "Datum för remiss", "Referral date"},
	"by":       {"Handläggare", "Soc.sekr", "Case worker"},
}

func TestHeadingsAreKnownHoweverWritten(t *testing.T) {
	for s, want := range map[string]string{"PERSONNUMMER": "number", " Person-nr. ": "number", "personnr": "number", "För-\noch efternamn": "name", "FORNAMN": "given", "fo\u0308rnamn": "given", "Handläggare:": "by", "Socsekr": "by",
		"Personnummer (ååååmmdd-nnnn)": "number", "number": "number"} {
		if got, ok := words.Name(s); !ok || got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
	for _, s := range []string{"", " ", "()", "Telefon", "Personnummer barn"} {
		if words.Known(s) {
			t.Errorf("%q is known", s)
		}
	}
}

func TestColumnsTellWhatWasNotAskedFor(t *testing.T) {
	at, unknown := words.Columns([]string{"Pnr", "Telefon", "Namn", "", "Personnummer"})
	if len(at) != 2 || at["number"] != 0 || at["name"] != 2 || !slices.Equal(unknown, []string{"Telefon", "Personnummer"}) {
		t.Errorf("got %v, %v", at, unknown)
	}
}

func TestHeadingIsFoundUnderTitles(t *testing.T) {
	r := read(t, "Remisser till Vuxenslussen;;;\r\n;;;\r\nUtskrivet 2026-03-24;Namn\r\nPersonnummer;Namn;Remissdatum;Handläggare\r\n19850709-9805;Anna Berg;24/3-2026;Bo Ek\r\n", sheet.Options{})
	h, err := r.Heading(words.Known)
	if err != nil || h.Number != 4 || len(h.Cells) != 4 {
		t.Fatalf("got %+v, %v", h, err)
	}
	row, err := r.Next()
	if err != nil || row.Number != 5 || row.Cell(1) != "Anna Berg" || row.Cell(9) != "" || row.Cell(-1) != "" {
		t.Errorf("got %+v, %v", row, err)
	}
	if d, err := row.Date(2); err != nil || d != "2026-03-24" {
		t.Errorf("got %q, %v", d, err)
	}
}

func TestTableWithoutHeadingsIsRefused(t *testing.T) {
	for _, s := range []string{"a;b\nc;d\n", "Anna;Namn\nBo;x\n"} {
		if _, err := read(t, s, sheet.Options{}).Heading(words.Known); fault.Of(err) == nil || fault.Of(err).Key != "sheet.heading" {
			t.Errorf("%q: %v", s, err)
		}
	}
	if _, err := read(t, "Personnummer\n850709-9805\n", sheet.Options{}).Heading(words.Known); err != nil {
		t.Errorf("a single column: %v", err)
	}
}
