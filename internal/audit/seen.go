package audit

import (
	"sluss/internal/clock"
	"sluss/internal/id"
)

// seen remembers which lines of lists are findable already today, so that a list that is opened again writes its
// disclosure and nothing more. What it has forgotten is written again, which changes nothing. For one goroutine.
type seen struct {
	day   clock.Date
	lines map[line]struct{}
}

// line is one person in the lists of one post.
type line struct {
	area   id.Area
	person id.Person
	post   id.Post
}

// mostLines bounds what is remembered, at some 6 MB.
const mostLines = 100_000

// unseen gives those of a list who are not findable yet; of an opened record everybody.
func (s *seen) unseen(d *Disclosure) []Person {
	if !d.List || s.day != d.At.Date() {
		return d.People
	}
	var list []Person
	for _, p := range d.People {
		if _, there := s.lines[line{d.Area, p.ID, d.Post}]; !there {
			list = append(list, p)
		}
	}
	return list
}

// add remembers a list whose rows have been committed.
func (s *seen) add(d *Disclosure) {
	if !d.List {
		return
	}
	if day := d.At.Date(); s.day != day || len(s.lines) > mostLines {
		s.day, s.lines = day, map[line]struct{}{}
	}
	for _, p := range d.People {
		s.lines[line{d.Area, p.ID, d.Post}] = struct{}{}
	}
}
