package signin_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// TestTheDoorTakesAsLongForNobodysNumber tries a letter's number and nobody's in turn, 1,000 pairs, and asks how often the first took
// longer: half of the times where time tells nothing. It measures, so it is a proof of its own and not run with the tests.
func TestTheDoorTakesAsLongForNobodysNumber(t *testing.T) {
	if os.Getenv("SLUSS_PROVE") == "" {
		t.Skip("measures time; SLUSS_PROVE runs it")
	}
	x := lettersIn(t, storetest.Open(t, storetest.SQLite(t)))
	known, _ := x.given()
	fresh := func() {
		must[struct{}](t)(struct{}{}, x.w.Store.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), store.Q(`UPDATE sign_in_letter SET tries = 0, wait_until = 0`))
			return err
		}))
	}
	took := func(number string) time.Duration {
		fresh()
		from := time.Now()
		if _, err := x.try(number, "11112222"); err == nil {
			t.Fatal("a wrong secret opened the door")
		}
		return time.Since(from)
	}
	const pairs = 1000
	var of [2][]time.Duration
	for i := range pairs + 50 {
		numbers, order := [2]string{known, "00000000"}, rand.Perm(2)
		var pair [2]time.Duration
		for _, k := range order {
			pair[k] = took(numbers[k])
		}
		if i >= 50 { // the first ones warm up
			of[0], of[1] = append(of[0], pair[0]), append(of[1], pair[1])
		}
	}
	slices.Sort(of[0])
	slices.Sort(of[1])
	longer := 0.0 // of all pairs of one of each, how many have the known one longer
	for _, d := range of[0] {
		at, _ := slices.BinarySearch(of[1], d)
		longer += float64(at) / pairs / pairs
	}
	t.Logf("known %v (%v–%v), nobody's %v (%v–%v): the known one is longer in %.1f %% of all pairs", of[0][pairs/2], of[0][pairs/4], of[0][3*pairs/4],
		of[1][pairs/2], of[1][pairs/4], of[1][3*pairs/4], 100*longer)
	// To count at a letter writes a page more than to count at none, some 15 µs. A letter waits after five tries, so nobody can take the mean of more;
	// what five can tell is less than this.
	if longer < 0.35 || longer > 0.65 {
		t.Errorf("the time tells whose number it is: %.3f", longer)
	}
}
