package main

import (
	"fmt"
	"os"

	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/store"
)

type workerID = id.Worker

type staffCmd struct {
	Add    staffAddCmd    `cmd:"" help:"Give somebody a post at a unit."`
	Invite staffInviteCmd `cmd:"" help:"Print a one-time link by which somebody makes their passkey; it is also the way back for one who has lost it."`
	End    staffEndCmd    `cmd:"" help:"End somebody's posts, passkeys and sessions, at once."`
	List   staffListCmd   `cmd:"" help:"List everybody who works in the area."`
}

type staffAddCmd struct {
	Area      string   `help:"The municipality's code, when there are several areas."`
	Unit      string   `required:"" help:"The unit's name."`
	Name      string   `required:"" help:"The worker's name."`
	Email     string   `required:"" help:"The worker's e-mail address."`
	Role      string   `required:"" enum:"head,coordinator,coach,reception,officer" help:"head, coordinator, coach or reception; officer for one who works at another agency."`
	Title     string   `help:"The title, unless it is the role's own."`
	Phone     string   `help:"The work telephone."`
	Languages []string `help:"The languages spoken, as sv,ar,so."`
}

// Help gives the example.
func (staffAddCmd) Help() string {
	return `Example: sluss staff add --unit Slussen --name "Sara Holm" --email sara.holm@example.se --role coach --languages sv,ar`
}

// staffRow is a post as commands answer with it.
type staffRow struct {
	Email string `json:"email"`
	Name  string `json:"name"`
	Role  string `json:"role"`
	Unit  string `json:"unit"`
	From  string `json:"from"`
}

func (r staffRow) String() string {
	return r.Email + "\t" + r.Name + "\t" + r.Role + "\t" + r.Unit + "\t" + r.From
}

// Run gives the post.
func (c staffAddCmd) Run(g *globals) error {
	w, err := g.work(c.Area)
	if err != nil {
		return err
	}
	defer w.store.Close()
	unit, err := w.unit(c.Unit)
	if err != nil {
		return err
	}
	role, _ := org.RoleNamed(c.Role)
	var p org.Post
	err = w.store.Write(g.ctx, func(tx *store.Tx) (err error) {
		p, err = w.org.Employ(g.ctx, tx, w.area.ID, unit.ID, org.Newcomer{Name: c.Name, Email: c.Email, Role: role, Title: c.Title, Phone: c.Phone,
			Languages: c.Languages}, w.clock.Now())
		return err
	})
	if err != nil {
		return said(err)
	}
	row := staffRow{p.Email, p.Name, c.Role, unit.Name, string(p.From)}
	return g.tell(row, row.String())
}

type staffInviteCmd struct {
	Area   string `help:"The municipality's code, when there are several areas."`
	Email  string `required:"" help:"The worker's e-mail address."`
	Origin string `default:"http://localhost:8080" env:"SLUSS_ORIGIN" help:"The address that browsers use."`
}

// Help gives the example.
func (staffInviteCmd) Help() string {
	return "Older links of the same person end.\n\nExample: sluss staff invite --email sara.holm@example.se --origin https://sluss.example.se"
}

// Run prints the link.
func (c staffInviteCmd) Run(g *globals) error {
	w, err := g.work(c.Area)
	if err != nil {
		return err
	}
	defer w.store.Close()
	worker, err := w.worker(g, c.Email)
	if err != nil {
		return err
	}
	return w.invite(g, w.area, worker, c.Origin)
}

func (w *working) worker(g *globals, email string) (id.Worker, error) {
	var worker id.Worker
	var ok bool
	err := w.store.Read(g.ctx, func(tx *store.Tx) (err error) {
		worker, ok, err = org.WorkerByEmail(g.ctx, tx, w.area.ID, email)
		return err
	})
	if err == nil && !ok {
		fmt.Fprintf(os.Stderr, "sluss: nobody works in %s with that e-mail address; see: sluss staff list\n", w.area.Name)
		return 0, errWrong
	}
	return worker, err
}

type staffEndCmd struct {
	Area  string `help:"The municipality's code, when there are several areas."`
	Email string `required:"" help:"The worker's e-mail address."`
}

// Help gives the example.
func (staffEndCmd) Help() string { return "Example: sluss staff end --email sara.holm@example.se" }

// Run ends everything that lets the worker in.
func (c staffEndCmd) Run(g *globals) error {
	w, err := g.work(c.Area)
	if err != nil {
		return err
	}
	defer w.store.Close()
	worker, err := w.worker(g, c.Email)
	if err != nil {
		return err
	}
	ended := struct {
		Posts int `json:"posts"`
	}{}
	err = w.store.Write(g.ctx, func(tx *store.Tx) (err error) {
		if ended.Posts, err = org.EndWorker(g.ctx, tx, w.area.ID, worker, w.clock.Now()); err != nil {
			return err
		}
		return signin.EndWorker(g.ctx, tx, w.area.ID, worker, w.clock.Now())
	})
	if err != nil {
		return said(err)
	}
	return g.tell(ended, fmt.Sprintf("posts ended: %d", ended.Posts))
}

type staffListCmd struct {
	Area string `help:"The municipality's code, when there are several areas."`
}

// Help gives the example.
func (staffListCmd) Help() string { return "Example: sluss staff list --json" }

// Run lists the live posts.
func (c staffListCmd) Run(g *globals) error {
	h, err := g.look(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	area, err := pick(h.areas, c.Area)
	if err != nil {
		return err
	}
	rows := []staffRow{}
	err = h.store.Read(g.ctx, func(tx *store.Tx) error {
		posts, err := org.AllPosts(g.ctx, tx, area.ID, h.clock.Now())
		if err != nil {
			return err
		}
		for _, p := range posts {
			u, err := org.GetUnit(g.ctx, tx, area.ID, p.Unit)
			if err != nil {
				return err
			}
			rows = append(rows, staffRow{p.Email, p.Name, org.Roles[p.Role], u.Name, string(p.From)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return list(g, rows)
}
