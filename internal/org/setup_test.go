package org_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

var monday = clock.Instant(time.Date(2026, 10, 12, 8, 40, 0, 0, clock.Stockholm).UnixMilli())

func desk(t *testing.T, s *store.Store) *org.Desk {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "keys")
	if err := vault.Create(keys); err != nil {
		t.Fatal(err)
	}
	if err := vault.Create(vault.ProtectedBeside(keys)); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(keys, vault.ProtectedBeside(keys))
	if err != nil {
		t.Fatal(err)
	}
	return &org.Desk{Store: s, Vault: v}
}

var begun = org.Setup{Municipality: "1415", Unit: "Slussen", Head: org.Newcomer{Name: " Anna  Berg", Email: "Anna.Berg@example.se"}}

func TestSetupMakesAHeadWithAPost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := desk(t, s)
		area, post, err := d.Begin(t.Context(), begun, monday)
		if err != nil {
			t.Fatal(err)
		}
		if area.Name != "Stenungsund" || post.Name != "Anna Berg" || post.Email != "anna.berg@example.se" || post.Role != access.Head {
			t.Errorf("made %+v and %+v", area, post)
		}
		if _, _, err := d.Begin(t.Context(), begun, monday); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second setup of the same municipality: %v", err)
		}
	})
}

func TestSetupThatIsRefusedLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d, bad := desk(t, s), begun
		bad.Head.Email = "anna"
		if _, _, err := d.Begin(t.Context(), bad, monday); len(fault.Fields(err)) != 1 {
			t.Errorf("a head without an address: %v", err)
		}
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			areas, err := org.Areas(t.Context(), tx)
			if len(areas) != 0 {
				t.Errorf("left %v", areas)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestSameEmailIsTheSameWorkerWithAPostMore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := desk(t, s)
		area, head, err := d.Begin(t.Context(), begun, monday)
		if err != nil {
			t.Fatal(err)
		}
		err = s.Write(t.Context(), func(tx *store.Tx) error {
			u, err := org.AddNamedUnit(t.Context(), tx, area.ID, org.Unit{Kind: org.UnitGateway, Name: "Ungdomsslussen"}, org.KindMunicipality, monday)
			if err != nil {
				return err
			}
			p, err := d.Employ(t.Context(), tx, area.ID, u.ID, org.Newcomer{Name: "Anna Berg", Email: "ANNA.BERG@example.se", Role: access.Coordinator}, monday)
			if err == nil && (p.Worker != head.Worker || p.Title != "Samordnare") {
				t.Errorf("made %+v", p)
			}
			if err != nil {
				return err
			}
			_, err = d.Employ(t.Context(), tx, area.ID, u.ID, org.Newcomer{Name: "Anna Berg", Email: "anna.berg@example.se", Role: access.Coach}, monday)
			if f := fault.Fields(err); len(f) != 1 || f[0].Key != "org.staff.there" {
				t.Errorf("a second post at the same unit: %v", err)
			}
			n, err := org.EndWorker(t.Context(), tx, area.ID, head.Worker, monday)
			if n != 2 {
				t.Errorf("%d posts ended", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
