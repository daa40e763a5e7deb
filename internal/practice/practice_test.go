package practice

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func each(t *testing.T, f func(t *testing.T, w *demotest.World, d *Desk)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) { f(t, demotest.New(t, s), &Desk{Store: s}) })
}

// newer gives the number of the version that somebody is told of at Vuxenslussen, 0 for none.
func newer(t *testing.T, w *demotest.World, key string) (no int) {
	t.Helper()
	actor := w.Actor(t, key)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		list, err := Newer(t.Context(), tx, actor, w.Place.Units["Vuxenslussen"])
		for _, v := range list {
			no = v.No
		}
		return err
	}))
	return no
}

func TestOnlyTheHeadWritesAndEveryVersionIsKept(t *testing.T) {
	each(t, func(t *testing.T, w *demotest.World, d *Desk) {
		ctx := t.Context()
		first := Draft{Holds: " Vi ringer.\r\nSamma dag. ", From: "2026-10-01"}
		for _, key := range []string{"lena", "karin", "britt", "amina"} {
			if err := d.Write(ctx, w.Actor(t, key), first); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s writes: %v", key, err)
			}
		}
		must(t, d.Write(ctx, w.Actor(t, "omar"), first))
		second := Draft{Holds: "Vi går dit.", Changed: "Alla svarar inte.", From: "2026-10-12", Seen: 1}
		must(t, d.Write(ctx, w.Actor(t, "omar"), second))
		if err := d.Write(ctx, w.Actor(t, "omar"), second); !errors.Is(err, fault.Stale) {
			t.Error("from a page that is no longer the newest: ", err)
		}
		h, err := d.Own(ctx, w.Actor(t, "lena"))
		must(t, err)
		u, omar := w.Place.Units["Vuxenslussen"], w.Place.Posts["omar"]
		if want := (History{{u, 2, "Vi går dit.", "Alla svarar inte.", "2026-10-12", omar, w.Now()}, {u, 1, "Vi ringer.\nSamma dag.", "", "2026-10-01", omar, w.Now()}}); !slices.Equal(h, want) {
			t.Errorf("%+v", h)
		}
	})
}

func TestANewVersionIsToldOfUntilItHasBeenReadPostByPost(t *testing.T) {
	each(t, func(t *testing.T, w *demotest.World, d *Desk) {
		ctx := t.Context()
		read := func(key string, want int) {
			t.Helper()
			list, err := d.Read(ctx, w.Actor(t, key))
			if err != nil || len(list) != want {
				t.Errorf("%s reads %+v %v", key, list, err)
			}
		}
		if n := newer(t, w, "lena"); n != 0 {
			t.Error("before anything is written: ", n)
		}
		must(t, d.Write(ctx, w.Actor(t, "omar"), Draft{Holds: "x", From: "2026-10-01"}))
		for key, want := range map[string]int{"omar": 0, "lena": 1, "britt": 1, "amina": 1} {
			if n := newer(t, w, key); n != want {
				t.Errorf("%s is told of %d", key, n)
			}
		}
		read("lena", 1)
		read("amina", 1)
		read("ida", 0) // at another unit
		for key, want := range map[string]int{"lena": 0, "amina": 0, "karin": 1, "erik": 1} {
			if n := newer(t, w, key); n != want {
				t.Errorf("when two have read it %s is told of %d", key, n)
			}
		}
		must(t, d.Write(ctx, w.Actor(t, "omar"), Draft{Holds: "y", Changed: "z", From: "2026-11-01", Seen: 1}))
		for key, want := range map[string]int{"lena": 2, "karin": 2, "amina": 2} {
			if n := newer(t, w, key); n != want {
				t.Errorf("with a second %s is told of %d", key, n)
			}
		}
		read("lena", 1)
		read("lena", 1)
		if n := newer(t, w, "lena"); n != 0 {
			t.Error("when she has read that too: ", n)
		}
	})
}

func TestADraftIsChecked(t *testing.T) {
	newest := Version{No: 3, From: "2026-10-05"}
	for _, c := range []struct {
		d      Draft
		newest Version
		want   string
	}{
		{Draft{Holds: "x", From: "2026-01-01"}, Version{}, ""},
		{Draft{Holds: "x", Changed: "y", From: "2027-01-01"}, newest, ""},
		{Draft{Holds: "x", Changed: "y", From: "2026-10-05"}, newest, ""},
		{Draft{Holds: "x", Changed: "y", From: "2026-10-04"}, newest, "from"},
		{Draft{Holds: "x", Changed: "y"}, newest, "from"},
		{Draft{Holds: "x", Changed: " ", From: "2026-10-12"}, newest, "changed"},
		{Draft{Holds: " ", Changed: "y", From: "2026-10-12"}, newest, "holds"},
		{Draft{Holds: "Ring 19121212-1212", Changed: "y", From: "2026-10-12"}, newest, "holds"},
		{Draft{Holds: "x", Changed: "(121212+1212)", From: "2026-10-12"}, newest, "changed"},
		{Draft{Holds: strings.Repeat("å", Longest), Changed: "y", From: "2026-10-12"}, newest, ""},
		{Draft{Holds: strings.Repeat("å", Longest+1), Changed: "y", From: "2026-10-12"}, newest, "holds"},
	} {
		got := ""
		if f := fault.Fields(c.d.check(c.newest, "2026-10-12")); len(f) > 0 {
			got = f[0].Field
		}
		if got != c.want {
			t.Errorf("%.60v: %q", c.d, got)
		}
	}
}

func TestWhatHoldsIsTheLastWrittenWhoseDayHasCome(t *testing.T) {
	h := History{{No: 5, From: "2026-12-01"}, {No: 4, From: "2026-11-01"}, {No: 3, From: "2026-10-12"}, {No: 2, From: "2026-10-12"}, {No: 1, From: "2026-01-01"}}
	numbers := func(list []Version) (n []int) {
		for _, v := range list {
			n = append(n, v.No)
		}
		return n
	}
	for _, c := range []struct {
		on              clock.Date
		now             int
		coming, earlier []int
	}{
		{"2025-12-31", 0, []int{1, 3, 4, 5}, []int{2}},
		{"2026-10-11", 1, []int{3, 4, 5}, []int{2}},
		{"2026-10-12", 3, []int{4, 5}, []int{2, 1}},
		{"2026-12-01", 5, nil, []int{4, 3, 2, 1}},
	} {
		now, coming, earlier := h.On(c.on)
		if now.No != c.now || !slices.Equal(numbers(coming), c.coming) || !slices.Equal(numbers(earlier), c.earlier) {
			t.Errorf("%s: %d %v %v", c.on, now.No, numbers(coming), numbers(earlier))
		}
	}
	if now, coming, earlier := (History)(nil).On("2026-10-12"); now.No != 0 || coming != nil || earlier != nil || (History)(nil).Newest().No != 0 {
		t.Error("nothing written is not nothing")
	}
}
