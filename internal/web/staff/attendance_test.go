package staff

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"sluss/internal/attendance"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/web/ui"
)

// TestTwelvePeopleAreMarkedInAtMostFourteenActions counts on the page itself: everybody is set as here, so that one press marks
// all, and at worst one press for each before it.
func TestTwelvePeopleAreMarkedInAtMostFourteenActions(t *testing.T) {
	p := occasionPage{Page: ui.Page{L: i18n.Get("sv")}}
	p.Marks, p.Expects = true, true
	for i := range 12 {
		p.Roll.Guests = append(p.Roll.Guests, attendance.Guest{Person: id.Person(i + 1), Name: fmt.Sprint("Anna ", i/2), Born: 1970 + i})
	}
	var b strings.Builder
	if err := expected(p).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	people, set, saves := strings.Count(page, `role="radiogroup"`), strings.Count(page, " checked"), strings.Count(page, "<button")
	if people != 12 || set != 12 || saves != 1 || people+saves > 14 {
		t.Errorf("%d people, %d set as here, %d buttons", people, set, saves)
	}
	if !strings.Contains(page, "1970") || strings.Count(page, ">Anna 0<") != 0 {
		t.Error("two with the same name look alike")
	}
}
