package access_test

import (
	"fmt"

	"sluss/internal/access"
)

const (
	social, office, branch = int64(13), int64(21), int64(22) // a unit of another branch of the home agency; units of the partner
	home, partner          = int64(1), int64(2)              // the agencies; 3 on are matters of time

	homeZone, socialZone, partnerZone, otherZone = int64(1), int64(5), int64(2), int64(6)

	officer, socialOfficer = int64(120), int64(121)
	partners               = int64(124)             // the last of those who stand, here and at the partner
	leaving, kept          = int64(640), int64(660) // the first officer of agencies that end, and of those that something is kept from
	some                   = access.Identity | access.Plan
)

// ends are an agency's every end as seen from now.
func ends() []int64 { return []int64{instant + 1, instant, instant - 1} }

// spans are a dated row's every place in time, without an end by an act.
func spans() []row {
	var list []row
	for _, r := range positions() {
		if r.ended == never {
			list = append(list, r)
		}
	}
	return list
}

// makeAgencies makes the home with its units and branches, the partner, agencies that end, and those of whose kind something
// is barred, at every time.
func (w *world) makeAgencies() {
	w.agencies = []agency{{home, "home", never}, {partner, "partner", never}}
	w.units = []unit{{here, home, homeZone}, {there, home, homeZone}, {social, home, socialZone}, {office, partner, partnerZone}, {branch, partner, otherZone}}
	add := func(kind string, ended int64) int64 {
		n := int64(100 + len(w.agencies))
		w.agencies = append(w.agencies, agency{n, kind, ended})
		w.units = append(w.units, unit{n, n, n})
		return n
	}
	for i, at := range ends() {
		w.employ(leaving+int64(i), add("partner", at), access.Officer, always)
	}
	for i, r := range spans() {
		kind := fmt.Sprint("kept", i)
		w.employ(kept+int64(i), add(kind, never), access.Officer, always)
		w.bars = append(w.bars, bar{r.from, r.to, kind, access.Economy})
	}
}

// makePartners makes those who work at the partner and at the other branch, and one at home whose caseload is lent by the
// post of an agency that ends.
func (w *world) makePartners() {
	w.employ(officer, office, access.Officer, always)
	w.employ(socialOfficer, social, access.Officer, always)
	w.employ(122, office, access.Reception, always)
	w.employ(123, branch, access.Officer, always)
	w.also(124, office, access.Head, always, 101)
	for i := range ends() {
		w.employ(690+int64(i), there, access.Coach, always)
		w.covers = append(w.covers, cover{always, leaving + int64(i), 690 + int64(i)})
	}
}

func (w *world) makeShared() {
	for i, r := range positions() {
		w.person(fmt.Sprint("consent ", i), func(h *human) { h.consents = []share{{r, partnerZone, some}} })
		w.person(fmt.Sprint("legal ground ", i), func(h *human) { h.lawful = []share{{r, partnerZone, some}} })
	}
	for i, r := range few() {
		for j, q := range few() {
			w.person(fmt.Sprint("consents ", i, " and ", j), func(h *human) { h.consents = []share{{r, partnerZone, access.Identity}, {q, partnerZone, some}} })
			w.person(fmt.Sprint("consent ", i, " and legal ground ", j), func(h *human) {
				h.consents, h.lawful = []share{{r, partnerZone, some}}, []share{{q, partnerZone, access.Everything}}
			})
		}
	}
	for _, z := range []int64{homeZone, socialZone, otherZone} {
		w.person(fmt.Sprint("consent to the zone ", z), func(h *human) { h.consents = []share{{always, z, some}} })
		w.person(fmt.Sprint("a law for the zone ", z), func(h *human) { h.lawful = []share{{always, z, some}} })
	}
	for i := range ends() {
		w.person(fmt.Sprint("consent and lawful to one that leaves ", i), func(h *human) {
			h.consents, h.lawful = []share{{always, w.unit(w.post_(leaving + int64(i)).unit).zone, some}}, []share{{always, w.unit(w.post_(leaving + int64(i)).unit).zone, some}}
			h.coaches = []to{{always, leaving + int64(i)}}
		})
	}
	for i := range spans() {
		w.person(fmt.Sprint("consent to one that something is kept from ", i), func(h *human) {
			h.consents = []share{{always, w.unit(w.post_(kept + int64(i)).unit).zone, access.Identity | access.Economy}}
		})
	}
	yes := []share{{always, partnerZone, access.Everything}}
	w.person("consent, protected", func(h *human) { h.protected, h.consents = true, yes })
	w.person("consent, protected, the officer named", func(h *human) {
		h.protected, h.consents, h.cleared = true, yes, []to{{always, officer}}
	})
	w.person("consent, weeded", func(h *human) { h.weeded, h.consents, h.lawful = true, yes, yes })
	w.person("consent of the officer's own", func(h *human) { h.number, h.consents = fmt.Sprint("own", officer), yes })
	w.person("consent and tie", func(h *human) { h.consents, h.ties = yes, []tie{{always, here}, {always, office}} })
	w.person("all categories by law", func(h *human) { h.lawful = yes })
}

func (w *world) makeAside() {
	tied := []tie{{always, here}, {always, there}}
	for i, r := range positions() {
		w.person(fmt.Sprint("tied, the worker 101 knows them ", i), func(h *human) { h.ties, h.known = tied, []knows{{r, 101}} })
	}
	for _, worker := range []int64{officer, 103, coverer + inside} {
		w.person(fmt.Sprint("the worker ", worker, " knows them"), func(h *human) {
			h.ties, h.known, h.coaches = tied, []knows{{always, worker}}, []to{{always, lender + inside}}
			h.consents = []share{{always, partnerZone, access.Everything}}
		})
	}
	w.person("known twice, over and live", func(h *human) { h.ties, h.known = tied, []knows{{few()[0], 101}, {always, 101}} })
}

func (w *world) makeGlass() {
	over := row{on(-50), on(-40), never}
	for _, from := range []int64{-10, 0, 1} {
		for _, until := range []int64{-5, 0, 1, 9} {
			w.person(fmt.Sprint("glass from ", from, " until ", until), func(h *human) {
				h.ties = []tie{{over, here}}
				for _, o := range []int64{111, 114, officer, socialOfficer} {
					h.glasses = append(h.glasses, glass{o, instant + from, instant + until})
				}
			})
		}
	}
	open := []glass{{111, instant - 9, instant + 9}, {111, instant - 99, instant - 90}, {officer, instant - 9, instant + 9}, {101, instant - 9, instant + 9}}
	w.person("glass, never anybody's concern", func(h *human) { h.glasses = open })
	w.person("glass, a concern that was taken back", func(h *human) { h.glasses, h.ties = open, []tie{{row{on(-3), on(-3), never}, here}} })
	w.person("glass, a concern from tomorrow", func(h *human) { h.glasses, h.ties = open, []tie{{row{on(1), forever, never}, here}} })
	w.person("glass, a concern from today", func(h *human) { h.glasses, h.ties = open, []tie{{row{on(0), forever, never}, there}} })
	w.person("glass, the partner's concern", func(h *human) { h.glasses, h.ties = open, []tie{{over, office}} })
	w.person("glass, protected", func(h *human) { h.glasses, h.ties, h.protected = open, []tie{{over, here}}, true })
	w.person("glass, weeded", func(h *human) { h.glasses, h.ties, h.weeded = open, []tie{{over, here}}, true })
	w.person("glass, known", func(h *human) { h.glasses, h.ties, h.known = open, []tie{{over, here}}, []knows{{always, 111}} })
	w.person("glass, their own", func(h *human) { h.glasses, h.ties, h.number = open, []tie{{over, here}}, "own111" })
}

// merge makes records of one person.
func (w *world) merge(name string, halves ...func(h *human)) {
	first := int64(1000 + len(w.people))
	for i, f := range halves {
		w.person(fmt.Sprint(name, ", record ", i), func(h *human) {
			f(h)
			for j := range halves {
				if j != i {
					h.merged = append(h.merged, first+int64(j))
				}
			}
		})
	}
}

func (w *world) makeMerged() {
	at := func(units ...int64) func(h *human) {
		return func(h *human) {
			for _, u := range units {
				h.ties = append(h.ties, tie{always, u})
			}
		}
	}
	w.merge("both here", at(here), at(here))
	w.merge("one here and one there", at(here), at(there))
	w.merge("both at both", at(here, there), at(here, there))
	w.merge("one nowhere", at(here), at())
	w.merge("three, one of them there", at(here), at(here), at(there))
	w.merge("one shared", func(h *human) { h.consents = []share{{always, partnerZone, some}} }, at(here))
	w.merge("both shared", func(h *human) { h.consents = []share{{always, partnerZone, some}} }, func(h *human) {
		h.lawful = []share{{always, partnerZone, access.Everything}}
	})
	w.merge("one protected", at(here), func(h *human) { at(here)(h); h.protected, h.cleared = true, []to{{always, 101}} })
	w.merge("one weeded", at(here), func(h *human) { at(here)(h); h.weeded = true })
	w.merge("one known", at(here), func(h *human) { at(here)(h); h.known = []knows{{always, 101}} })
	w.merge("one their own", at(here), func(h *human) { at(here)(h); h.number = "own102" })
}
