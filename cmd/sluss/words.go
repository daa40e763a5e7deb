package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/store"
)

// said turns a refusal into words for the terminal; every other error is left as it is. Refused input ends a command
// with exitWrong, as the contract of the commands has it.
func said(err error) error {
	form := fault.Fields(err)
	if f := fault.Of(err); f != nil && len(form) == 0 {
		form = fault.Form{f}
	}
	if len(form) == 0 {
		return err
	}
	l := i18n.Get("en")
	for _, f := range form {
		text := l.T(f.Key, f.Args...)
		if f.Field != "" {
			text = "--" + f.Field + ": " + text
		}
		fmt.Fprintln(os.Stderr, "sluss:", text)
	}
	return errWrong
}

// tell writes one result on stdout: as JSON when it is asked for, else as the line.
func (g *globals) tell(v any, line string) error {
	if !g.JSON {
		_, err := fmt.Println(line)
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(v)
}

// pick gives the area a command works in: the one with the municipality's code, or the only one.
func pick(areas []org.Area, code string) (org.Area, error) {
	if code == "" && len(areas) == 1 {
		return areas[0], nil
	}
	i := slices.IndexFunc(areas, func(a org.Area) bool { return a.Municipality == code })
	switch {
	case len(areas) == 0:
		return org.Area{}, errors.New("the database is empty; run: sluss setup --help")
	case code == "":
		return org.Area{}, errors.New("there are several areas; name one by its code, as --area 1415")
	case i < 0:
		return org.Area{}, fmt.Errorf("there is no area with the code %s; see: sluss area list", code)
	}
	return areas[i], nil
}

// working is an open house with the area that a command works in.
type working struct {
	*house
	area  org.Area
	units []org.Unit
}

// work opens the house for a command that changes one area.
func (g *globals) work(code string) (*working, error) {
	h, err := g.open(g.ctx)
	if err != nil {
		return nil, busy(err)
	}
	w := &working{house: h}
	err = h.store.Read(g.ctx, func(tx *store.Tx) error {
		areas, err := org.Areas(g.ctx, tx)
		if err != nil {
			return err
		}
		if w.area, err = pick(areas, code); err != nil {
			return err
		}
		w.units, err = org.Units(g.ctx, tx, w.area.ID)
		return err
	})
	if err != nil {
		h.store.Close()
		return nil, err
	}
	return w, nil
}

func (w *working) unit(name string) (org.Unit, error) {
	names := make([]string, len(w.units))
	for i, u := range w.units {
		if names[i] = u.Name; u.Name == name {
			return u, nil
		}
	}
	return org.Unit{}, fmt.Errorf("there is no unit called %q; there are: %s", name, strings.Join(names, ", "))
}

// busy says what to do when another process holds the database.
func busy(err error) error {
	if errors.Is(err, store.ErrLocked) {
		return fmt.Errorf("%w. While it serves, colleagues are added and invited at /arbete/verksamheten", err)
	}
	return err
}
