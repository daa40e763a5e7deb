package reading

import (
	"testing"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/org"
)

func TestWhoAnswersHasNothingToDoWithTheReading(t *testing.T) {
	post := func(n int, worker, unit int, role access.Role) org.Post {
		return org.Post{ID: id.Post(n), Worker: id.Worker(worker), Unit: id.Unit(unit), Role: role}
	}
	lena := post(1, 1, 1, access.Coach)
	head, coordinator := post(2, 2, 1, access.Head), post(3, 3, 1, access.Coordinator)
	otherHead, otherCoordinator, otherCoach := post(4, 4, 2, access.Head), post(5, 5, 2, access.Coordinator), post(6, 6, 2, access.Coach)
	all := []org.Post{lena, head, coordinator, otherHead, otherCoordinator, otherCoach}
	for name, c := range map[string]struct {
		reader org.Post
		named  id.Post
		posts  []org.Post
		barred []id.Post
		want   id.Post
	}{
		"the one who is named":                    {lena, 3, all, nil, 3},
		"nobody named: the head of another unit":  {lena, 0, all, nil, 4},
		"named, but it is the reader":             {coordinator, 3, all, nil, 4},
		"named, but it leads the reader's unit":   {lena, 2, all, nil, 4},
		"named, but the post has ended":           {lena, 99, all, nil, 4},
		"named at another unit":                   {lena, 6, all, nil, 6},
		"no other head: another unit coordinator": {lena, 0, []org.Post{lena, head, coordinator, otherCoordinator}, nil, 5},
		"one unit alone: its coordinator":         {lena, 0, []org.Post{lena, head, coordinator}, nil, 3},
		"one unit alone and the coordinator read": {coordinator, 0, []org.Post{lena, head, coordinator}, nil, 0},
		"the head read":                           {head, 0, all, nil, 4},
		"the reader leads another unit too":       {lena, 0, []org.Post{lena, head, coordinator, post(7, 1, 2, access.Head)}, nil, 3},
		"the reader's head leads another unit":    {lena, 0, []org.Post{lena, head, coordinator, post(7, 2, 2, access.Head)}, nil, 3},
		"barred from a protected person":          {lena, 3, all, []id.Post{3, 4}, 5},
		"all barred":                              {lena, 3, all, []id.Post{3, 4, 5}, 0},
	} {
		barred := map[id.Post]bool{}
		for _, o := range c.barred {
			barred[o] = true
		}
		if got, ok := Answerer(c.reader, c.named, c.posts, barred); got != c.want || ok != (c.want != 0) {
			t.Errorf("%s: %d %v, want %d", name, got, ok, c.want)
		}
	}
}
