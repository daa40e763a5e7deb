package staff

import (
	"testing"

	"sluss/internal/i18n"
	"sluss/internal/org"
)

func TestAnAgencyWithABranchIsOneNameInEveryLanguage(t *testing.T) {
	p := org.Party{Name: "Ekhamra kommun", Zone: org.Zone{Branch: "Ekonomiskt bistånd"}}
	for tag, want := range map[string]string{"sv": "Ekhamra kommun, Ekonomiskt bistånd", "ar": "\u2068Ekhamra kommun, Ekonomiskt bistånd\u2069"} {
		if got := called(i18n.Get(tag), p); got != want {
			t.Errorf("%s: %q", tag, got)
		}
	}
	if got := called(i18n.Get("sv"), org.Party{Name: "Regionen"}); got != "Regionen" {
		t.Errorf("without a branch: %q", got)
	}
}
