package i18n

import (
	"regexp"
	"strings"
	"testing"
)

var threads = regexp.MustCompile(`(?i)\btråden\b`)

func TestTheThreadIsCalledOneThingInArabic(t *testing.T) {
	named := 0
	for k, sv := range Get("sv").texts {
		for _, form := range Get("ar").texts[k].sayings() {
			if threads.MatchString(sv.whole()) && !strings.Contains(sv.whole(), "tas upp") { // to take it up again is a saying of its own
				if named++; !strings.Contains(form, "خيط") {
					t.Errorf("%s calls the thread something else: %s", k, form)
				}
			}
			if strings.Contains(form, "الصلة") {
				t.Errorf("%s says what once stood for the thread: %s", k, form)
			}
		}
	}
	if named < 15 {
		t.Errorf("only %d texts name the thread", named)
	}
}
