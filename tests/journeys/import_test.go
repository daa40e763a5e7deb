package journeys

import (
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

const list = `Kön i oktober;;;;;;
;;;;;;
Personnummer;Namn;Remiss inkom;Telefon;Tolk;Typ;Skonummer
850709-9805;"Andersson, Anna";24/3-2026;070-174 06 05;ja;anvisning;38
19121212-1212;Tolvan Tolvansson;2026-03-24 00:00;;;remiss;
19121212-1213;Fel Siffra;2026-03-24;;;;
;Utan Nummer;46105;;;egen anmälan;
8507099805;Anna Andersson;;;;;
;;2026-01-01;;kanske;brevduva;
`

func TestAListComesIntoTheQueueWithoutScript(t *testing.T) {
	each(t, 0, func(t *testing.T, b *harness.Browser, url string) {
		b.ScriptOff()
		signIn(b, url, "karin")
		b.Go(url + "/arbete/ko")
		b.ClickText("Läs in en lista")
		b.Check(t, "import")
		b.ClickText("Visa hur vi läser listan")
		if !strings.Contains(b.Text("main"), "Välj en fil först") {
			t.Error("nothing asks for the file")
		}
		b.Check(t, "import-nofile")
		b.Choose(`input[type="file"]`, "kön i oktober.csv", []byte(list))
		b.ClickText("Visa hur vi läser listan")
		b.Check(t, "import-columns")
		b.Fill(`select[name="column-6"]`, "Läs inte den här kolumnen")
		b.ClickText("Gå igenom raderna")
		if s := b.Text("main"); !strings.Contains(s, "Sista siffran stämmer inte") || !strings.Contains(s, "Samma person står på rad 4") {
			t.Errorf("the preview says:\n%s", s)
		}
		b.Check(t, "import-preview")
		b.ClickText("Alla")
		b.Width(360)
		b.Check(t, "import-preview-all")
		b.Width(1280)
		b.Check(t, "import-preview-all")
		b.ClickText("Lägg 3 personer i kön")
		follow(b)
		b.Check(t, "import-done")
		b.ClickText("Till kön")
		if s := b.Text("main"); !strings.Contains(s, "Anna Andersson") || !strings.Contains(s, "Tolvan") {
			t.Errorf("the queue says:\n%s", s)
		}
		b.Go(url + "/arbete/import?lang=ar")
		b.Check(t, "import-ar")
		b.Width(360)
		b.Check(t, "import-ar")
		b.Validate(t)
	})
}

// follow asks how far the saving is until it is done.
func follow(b *harness.Browser) {
	for strings.Contains(b.Text("main"), "Visa läget") {
		b.ClickText("Visa läget")
	}
}
