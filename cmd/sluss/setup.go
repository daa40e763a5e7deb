package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/store"
)

type setupCmd struct {
	Municipality string `help:"The municipality's code of four digits."`
	Name         string `help:"What the area is called; the municipality's name unless given."`
	Unit         string `help:"What the gateway is called."`
	Phone        string `help:"The gateway's telephone number."`
	Street       string `help:"Where the gateway is."`
	Head         string `help:"The name of the head of the gateway, who is invited first."`
	Email        string `help:"The head's e-mail address."`
	Origin       string `default:"http://localhost:8080" env:"SLUSS_ORIGIN" help:"The address that browsers will use."`
}

// Help gives the example.
func (setupCmd) Help() string {
	return `Makes everything a new installation begins with: the municipality's area, one gateway, its head, and the head's one-time
invitation. What is not given by a flag is asked for at a terminal.

Example: sluss setup --municipality 1415 --unit "Slussen" --head "Anna Berg" --email anna.berg@example.se`
}

// Run makes the area, the gateway and the head, and prints the invitation.
func (s setupCmd) Run(g *globals) error {
	if err := s.ask(); err != nil {
		return err
	}
	h, err := g.open(g.ctx)
	if err != nil {
		return busy(err)
	}
	defer h.store.Close()
	return s.make(g, h)
}

func (s setupCmd) make(g *globals, h *house) error {
	area, post, err := h.org.Begin(g.ctx, org.Setup{Municipality: s.Municipality, AreaName: s.Name, Unit: s.Unit, Phone: s.Phone, Street: s.Street,
		Head: org.Newcomer{Name: s.Head, Email: s.Email}}, h.clock.Now())
	if err != nil {
		return said(err)
	}
	fmt.Fprintf(os.Stderr, "%s has its gateway %s, with %s as head.\n", area.Name, s.Unit, post.Name)
	fmt.Fprintf(os.Stderr, "Keep a copy of the key file apart from the database: without it nothing about anybody can be read.\n")
	return h.invite(g, area, post.Worker, s.Origin)
}

// ask reads from the terminal what no flag has given. Without a terminal it says which flags are missing.
func (s *setupCmd) ask() error {
	list := []struct {
		to         *string
		flag, text string
	}{
		{&s.Municipality, "--municipality", "The municipality's code of four digits (Härryda is 1401)"},
		{&s.Unit, "--unit", "What the gateway is called"},
		{&s.Head, "--head", "The name of its head"},
		{&s.Email, "--email", "The head's e-mail address"},
	}
	var missing []string
	in := bufio.NewReader(os.Stdin)
	for _, q := range list {
		if *q.to != "" {
			continue
		}
		if !terminal(os.Stdin) {
			missing = append(missing, q.flag)
			continue
		}
		fmt.Fprintf(os.Stderr, "%s: ", q.text)
		line, err := in.ReadString('\n')
		if *q.to = strings.TrimSpace(line); err != nil || *q.to == "" {
			return errors.New("nothing was made")
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("missing: %s", strings.Join(missing, " "))
	}
	return nil
}

// terminal tells whether somebody sits at the file: a terminal, and not the machine's bottomless pit.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && f.Name() != os.DevNull && !isNull(info)
}

func isNull(info os.FileInfo) bool {
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(info, null)
}

// invited is what a command answers with.
type invited struct {
	Link string `json:"link"`
	Ends string `json:"ends"`
}

// invite makes a one-time invitation and prints its address on stdout and what it is for on stderr.
func (h *house) invite(g *globals, area org.Area, worker workerID, origin string) error {
	var token string
	now := h.clock.Now()
	err := h.store.Write(g.ctx, func(tx *store.Tx) (err error) {
		token, err = h.in.Invite(g.ctx, tx, area.ID, worker, now)
		return err
	})
	if err != nil {
		return said(err)
	}
	ends := now.Add(signin.InviteLasts).Time()
	link := strings.TrimSuffix(origin, "/") + "/in/" + token
	fmt.Fprintf(os.Stderr, "The link works once, until %s %s. Give it to that person alone.\n", clock.DateOf(ends), ends.Format("15:04"))
	return g.tell(invited{link, ends.Format("2006-01-02T15:04:05Z07:00")}, link)
}
