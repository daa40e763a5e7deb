package org

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Names are the names of everything in an area's organisation that a page may mention.
type Names struct {
	Area     Area
	Agencies []Agency
	Units    []Unit
	Posts    []Post // live ones, of the whole area
	Rooms    []Room // of one unit
	posts    map[id.Post]int
}

// NamesOf reads the names of an area, with the rooms of one unit.
func NamesOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, now clock.Instant) (n Names, err error) {
	if n.Area, err = GetArea(ctx, tx, area); err != nil {
		return n, err
	}
	if n.Agencies, err = Agencies(ctx, tx, area); err != nil {
		return n, err
	}
	if n.Units, err = Units(ctx, tx, area); err != nil {
		return n, err
	}
	if n.Posts, err = AllPosts(ctx, tx, area, now); err != nil {
		return n, err
	}
	n.posts = make(map[id.Post]int, len(n.Posts))
	for i, p := range n.Posts {
		n.posts[p.ID] = i
	}
	n.Rooms, err = Rooms(ctx, tx, area, unit, now)
	return n, err
}

// Agency names an agency; "" for none.
func (n Names) Agency(a id.Agency) string {
	for _, x := range n.Agencies {
		if x.ID == a {
			return x.Name
		}
	}
	return ""
}

// Unit names a unit; "" for none.
func (n Names) Unit(u id.Unit) string {
	for _, x := range n.Units {
		if x.ID == u {
			return x.Name
		}
	}
	return ""
}

// Post gives a live post; a zero one when it has ended.
func (n Names) Post(p id.Post) Post {
	if i, ok := n.posts[p]; ok {
		return n.Posts[i]
	}
	return Post{}
}

// Room names a room; "" for none.
func (n Names) Room(r int64) string {
	for _, x := range n.Rooms {
		if x.ID == r {
			return x.Name
		}
	}
	return ""
}

// Coaches are the live posts at a unit whose holders meet participants.
func (n Names) Coaches(u id.Unit) []Post {
	var list []Post
	for _, p := range n.Posts {
		if p.Unit == u && p.Role != access.Reception {
			list = append(list, p)
		}
	}
	return list
}
