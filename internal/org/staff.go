package org

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Newcomer is somebody who is to work at a unit.
type Newcomer struct {
	Name      string
	Email     string
	Role      access.Role
	Title     string // "" is the role's own
	Phone     string
	Languages []string // as in the lang attribute; Swedish when none
}

// Roles are the roles by the names that commands and forms use, in the order of access.Role.
var Roles = []string{access.Coach: "coach", access.Coordinator: "coordinator", access.Head: "head", access.Reception: "reception", access.Officer: "officer", access.System: "system"}

var titles = []string{access.Coach: "Coach", access.Coordinator: "Samordnare", access.Head: "Enhetschef", access.Reception: "Receptionist", access.Officer: "Handläggare"}

// RoleNamed gives the role of a name in Roles; ok is false for any other.
func RoleNamed(name string) (r access.Role, ok bool) {
	i := slices.Index(Roles, name)
	return access.Role(max(i, 0)), i > 0
}

// check tidies what was written and says what is wrong with it, by the fields of a form.
func (n *Newcomer) check() error {
	var form fault.Form
	n.Name, n.Title, n.Phone = oneLine(n.Name), oneLine(n.Title), oneLine(n.Phone)
	n.Email = strings.ToLower(oneLine(n.Email))
	if n.Name == "" {
		form.Add("name", "org.staff.name")
	}
	if !mailable(n.Email) {
		form.Add("email", "org.staff.email")
	}
	if n.Role < access.Coach || n.Role > access.Officer {
		form.Add("role", "form.choose")
	} else if n.Title == "" {
		n.Title = titles[n.Role]
	}
	if len(n.Languages) == 0 {
		n.Languages = []string{"sv"}
	}
	for _, l := range n.Languages {
		if !langTag(l) {
			form.Add("languages", "org.staff.languages")
			break
		}
	}
	return form.Err()
}

// mailable tells whether a text looks like an address for mail; whether it reaches anybody only a letter can tell.
func mailable(s string) bool {
	local, host, ok := strings.Cut(s, "@")
	return ok && local != "" && len(s) <= 254 && strings.Contains(host, ".") && !strings.HasSuffix(host, ".") && !strings.HasPrefix(host, ".") &&
		!strings.ContainsAny(s, " \t<>()[]\\,;:\"") && strings.Count(s, "@") == 1
}

func langTag(s string) bool {
	if len(s) < 2 || len(s) > 3 {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > 200 {
		return string([]rune(s)[:200])
	}
	return s
}

// Employ gives somebody a post at a unit. One who works in the area already, by their e-mail, gets a post more; two live
// posts at the same unit give a conflict.
func (d *Desk) Employ(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, n Newcomer, now clock.Instant) (Post, error) {
	if err := n.check(); err != nil {
		return Post{}, err
	}
	worker, known, err := WorkerByEmail(ctx, tx, area, n.Email)
	if err != nil {
		return Post{}, err
	}
	if !known {
		worker = id.NewWorker(now)
		if err := d.AddWorker(ctx, tx, area, worker, n.Name, n.Email, ""); err != nil {
			return Post{}, err
		}
	}
	posts, err := PostsOf(ctx, tx, area, worker, now)
	if err != nil {
		return Post{}, err
	}
	if slices.ContainsFunc(posts, func(p Post) bool { return p.Unit == unit }) {
		return Post{}, fault.Form{{Kind: fault.Invalid, Key: "org.staff.there", Field: "email"}}
	}
	p := Post{ID: id.NewPost(now), Worker: worker, Unit: unit, Role: n.Role, Name: n.Name, Email: n.Email, Title: n.Title, Phone: n.Phone,
		Languages: n.Languages, From: now.Date(), To: clock.Forever, Live: true}
	return p, AddPost(ctx, tx, area, p)
}

// WorkerByEmail finds who works in the area with the e-mail, written in any case.
func WorkerByEmail(ctx context.Context, tx *store.Tx, area id.Area, email string) (w id.Worker, ok bool, err error) {
	err = tx.One(ctx, store.Q(`SELECT worker_id FROM worker WHERE area_id = $1 AND email = $2 ORDER BY worker_id LIMIT 1`),
		[]any{area, strings.ToLower(oneLine(email))}, &w)
	if store.None(err) {
		return 0, false, nil
	}
	return w, err == nil, err
}

// Worker is somebody who works in the area, whatever their posts.
type Worker struct {
	ID    id.Worker
	Name  string
	Email string
}

// GetWorker gives a worker.
func GetWorker(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker) (Worker, error) {
	w := Worker{ID: worker}
	err := tx.One(ctx, store.Q(`SELECT name, email FROM worker WHERE area_id = $1 AND worker_id = $2`), []any{area, worker}, &w.Name, &w.Email)
	return w, err
}

// EndWorker ends every live post of a worker and tells how many there were.
func EndWorker(ctx context.Context, tx *store.Tx, area id.Area, worker id.Worker, now clock.Instant) (int, error) {
	posts, err := PostsOf(ctx, tx, area, worker, now)
	if err != nil {
		return 0, err
	}
	for _, p := range posts {
		if err := EndPost(ctx, tx, area, p.ID, now); err != nil {
			return 0, err
		}
	}
	return len(posts), nil
}
