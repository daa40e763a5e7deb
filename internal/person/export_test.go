package person

import "sluss/internal/id"

// Kept gives how many people of each area a desk has in memory.
func (d *Desk) Kept() map[id.Area]int {
	kept := map[id.Area]int{}
	for a, r := range d.rosters.areas {
		kept[a] = len(r.list)
	}
	return kept
}

// AtMost bounds what a desk keeps.
func (d *Desk) AtMost(people int) { d.rosters.most = people }

// Looked has a desk behave as if an area with so many people had been searched.
func (d *Desk) Looked(area id.Area, people int) {
	r := d.rosters.of(area)
	r.list = make([]signed, people)
	d.rosters.fit(area, r, people)
}
