package ui

import "testing"

func TestALookTakesWhatIsChosenAndNothingElse(t *testing.T) {
	for _, x := range []struct {
		name, value string
		want        Look
	}{
		{LookText, "larger", Look{"larger", "strong"}},
		{LookText, "plain", Look{"plain", "strong"}},
		{LookText, `x" onload="`, Look{"large", "strong"}},
		{LookText, "", Look{"large", "strong"}},
		{LookContrast, "plain", Look{"large", "plain"}},
		{LookContrast, "larger", Look{"large", "strong"}},
		{"lang", "plain", Look{"large", "strong"}},
	} {
		if got := (Look{"large", "strong"}).With(x.name, x.value); got != x.want {
			t.Errorf("%s=%s gives %+v", x.name, x.value, got)
		}
	}
	if !(Look{}).has(LookText, plain) || (Look{}).has(LookText, "large") || !(Look{Text: "large"}).has(LookText, "large") || len((Look{Text: plain}).attrs()) != 0 {
		t.Error("the choice that holds is not the one that is marked")
	}
}
