package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"sluss/internal/audit"
)

type verifyCmd struct {
	Against string `help:"A copy of the checkpoints that was kept elsewhere; the file beside the key file unless named." placeholder:"FILE"`
	Public  string `help:"The public key the checkpoints are signed with; the file beside the key file unless named." placeholder:"FILE"`
}

// Help tells what it answers.
func (verifyCmd) Help() string {
	return `Reads the whole log of disclosures, also while the gateway is served, and holds it against its tree, the checkpoints in the
database and those outside it. Ends with 0 when all is as it was left, 1 when something is not, and 2 when it cannot tell.

Example: sluss --db gateway.db verify --against /media/witness/gateway.db.checkpoints`
}

// verdict is what is told of an area's log.
type verdict struct {
	Area        string        `json:"area"`
	Rows        int64         `json:"rows"`
	Waiting     int64         `json:"waiting"`
	Checkpoints int64         `json:"checkpoints"`
	Outside     int64         `json:"outside"`
	Covered     int64         `json:"covered"`
	Wrong       []wrongInside `json:"wrong"`
}

// wrongInside is one thing that is wrong in a log.
type wrongInside struct {
	First int64  `json:"first"`
	Last  int64  `json:"last"`
	Row   string `json:"row,omitempty"`
	Text  string `json:"text"`
}

// Run verifies and prints a line for each area, and one for each thing that is wrong.
func (c verifyCmd) Run(g *globals) error {
	keys, err := g.keyFile()
	if err != nil && c.Public == "" {
		return err
	}
	if c.Public == "" {
		c.Public = audit.PublicKey(signer(keys))
	}
	known, err := audit.OpenVerifiers(c.Public)
	if err != nil {
		return fmt.Errorf("without the public key nothing can be told: %w", err)
	}
	against, err := c.outside(g)
	if err != nil {
		return err
	}
	h, err := g.look(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	list, err := audit.Verify(g.ctx, h.store, known, against)
	if err != nil {
		return err
	}
	return tellVerdicts(g, list)
}

// outside gives what opens the file of checkpoints; nil when there is none and none was named.
func (c verifyCmd) outside(g *globals) (func() (io.ReadCloser, error), error) {
	path := c.Against
	if path == "" {
		var err error
		if path, err = g.checkpoints(); err != nil {
			return nil, err
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
	}
	return func() (io.ReadCloser, error) { return os.Open(path) }, nil
}

func tellVerdicts(g *globals, list []audit.Verdict) error {
	wrong, blind := false, false
	var rows []verdict
	for _, v := range list {
		out := verdict{v.Area.String(), v.Rows, v.Waiting, v.Checkpoints, v.Outside, v.Covered, []wrongInside{}}
		for _, f := range v.Findings {
			w := wrongInside{First: f.First, Last: f.Last, Text: f.What}
			if f.Row != 0 {
				w.Row = f.Row.String()
			}
			out.Wrong = append(out.Wrong, w)
		}
		wrong = wrong || len(v.Findings) > 0
		blind = blind || v.Rows > 0 && v.Outside == 0
		rows = append(rows, out)
	}
	err := tell(g, rows)
	switch {
	case err != nil:
		return err
	case wrong:
		return errWrong
	case blind:
		return errors.New("no checkpoint from outside the database: name one with --against; without it nothing can be told of who writes in the database")
	}
	return nil
}

func tell(g *globals, rows []verdict) error {
	if g.JSON {
		return g.tell(rows, "")
	}
	for _, v := range rows {
		fmt.Printf("area %s\t%d rows\t%d waiting\t%d checkpoints, %d outside, which cover %d rows\n", v.Area, v.Rows, v.Waiting, v.Checkpoints, v.Outside, v.Covered)
		for _, w := range v.Wrong {
			at := "WRONG"
			switch {
			case w.Last > w.First:
				at += fmt.Sprintf("\tthe first is one of rows %d to %d", w.First, w.Last)
			case w.First >= 0:
				at += fmt.Sprintf("\trow %d", w.First)
			}
			if w.Row != "" {
				at += "\tid " + w.Row
			}
			fmt.Printf("%s\t%s\n", at, w.Text)
		}
	}
	return nil
}
