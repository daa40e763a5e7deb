package journeys

import (
	"os"
	"testing"

	"sluss/tests/journeys/harness"
)

func TestZZ(t *testing.T) {
	b := harness.Start(t)
	url := "http://127.0.0.1:18431"
	signIn(b, url, "omar")
	for _, lang := range []string{"sv", "ar"} {
		for _, w := range []int64{1280, 360} {
			b.Width(w)
			b.Go(url + "/arbete/flode/framat?starter=3&coacher=1&veckor=6&lang=" + lang)
			name := os.Getenv("SLUSS_SHOTS") + "/a-" + lang + map[int64]string{1280: "-w", 360: "-n"}[w] + ".png"
			b.Shot(name)
			b.Check(t, "x-"+lang)
		}
	}
	b.Width(1280)
	b.Go(url + "/arbete/flode/framat?lang=sv")
	b.Shot(os.Getenv("SLUSS_SHOTS") + "/plain.png")
	b.Check(t, "plain")
	b.Validate(t)
}
