package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/application"
	"sluss/internal/attendance"
	"sluss/internal/audit"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/competence"
	"sluss/internal/conflict"
	"sluss/internal/consent"
	"sluss/internal/contact"
	"sluss/internal/course"
	"sluss/internal/demand"
	"sluss/internal/document"
	"sluss/internal/enquiry"
	"sluss/internal/evaluation"
	"sluss/internal/export"
	"sluss/internal/flow"
	"sluss/internal/forecast"
	"sluss/internal/glass"
	"sluss/internal/intake"
	"sluss/internal/intray"
	"sluss/internal/lawful"
	"sluss/internal/logcheck"
	"sluss/internal/myplace"
	"sluss/internal/newcoach"
	"sluss/internal/opinion"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/practice"
	"sluss/internal/project"
	"sluss/internal/proposal"
	"sluss/internal/reading"
	"sluss/internal/referral"
	"sluss/internal/remind"
	"sluss/internal/retention"
	"sluss/internal/sarah"
	"sluss/internal/schedule"
	"sluss/internal/signin"
	"sluss/internal/site"
	"sluss/internal/statement"
	"sluss/internal/store"
	"sluss/internal/story"
	"sluss/internal/trusted"
	"sluss/internal/vault"
	"sluss/internal/web/api"
	"sluss/internal/web/own"
	"sluss/internal/web/public"
	"sluss/internal/web/staff"
	"sluss/internal/workplace"
)

// house is everything that is open while a command runs.
type house struct {
	store *store.Store
	vault *vault.Vault
	log   *audit.Log
	clock clock.Clock
	org   *org.Desk
	in    *signin.Desk
	areas []org.Area // as they were when it was opened
}

// checkpoints is the file outside the database that the log's checkpoints are added to.
func (g *globals) checkpoints() (string, error) {
	keys, err := g.keyFile()
	if err != nil {
		return "", err
	}
	name := strings.TrimSuffix(filepath.Base(keys), ".key") + ".checkpoints"
	if g.Checkpoints != "" {
		return filepath.Join(g.Checkpoints, name), nil
	}
	return filepath.Join(filepath.Dir(keys), name), nil
}

// signer is where the key lies that checkpoints are signed with: beside the key file.
func signer(keys string) string { return keys + ".log" }

// notes is the file beside a SQLite database where its backups are noted; a process that serves holds the database
// itself. PostgreSQL has no such file.
func (g *globals) notes() string {
	if strings.HasPrefix(g.DB, "postgres") {
		return ""
	}
	return strings.TrimPrefix(g.DB, "sqlite:") + ".backups"
}

// open opens the database and the keys. A database without a key file gets one only when it is empty.
func (g *globals) open(ctx context.Context) (*house, error) {
	path, err := g.keyFile()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, g.DB)
	if err != nil {
		return nil, err
	}
	h := &house{store: db, clock: clock.System}
	if err := h.ready(ctx, path, g.protectedFile(path)); err != nil {
		db.Close()
		return nil, err
	}
	return h, nil
}

// look opens the database to read, beside a process that serves it: nothing is migrated or written. It refuses another
// schema than the program's own. The vault is nil when the key file cannot be opened.
func (g *globals) look(ctx context.Context) (*house, error) {
	if err := g.there(); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, g.DB)
	if err != nil {
		return nil, err
	}
	h := &house{store: db, clock: clock.System}
	have, err := db.Version(ctx)
	if err == nil && have != store.Newest() {
		err = fmt.Errorf("the database has schema %d and this program %d; run: sluss migrate", have, store.Newest())
	}
	if err == nil {
		err = h.readAreas(ctx)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	if path, err := g.keyFile(); err == nil {
		h.vault, _ = vault.Open(path, g.protectedFile(path))
	}
	h.org = &org.Desk{Store: db, Vault: h.vault}
	return h, nil
}

// there refuses a SQLite file that does not exist: to look must not make one.
func (g *globals) there() error {
	if strings.HasPrefix(g.DB, "postgres") {
		return nil
	}
	if _, err := os.Stat(strings.TrimPrefix(g.DB, "sqlite:")); err != nil {
		return fmt.Errorf("no database at %s; name it with --db", g.DB)
	}
	return nil
}

func (h *house) readAreas(ctx context.Context) error {
	return h.store.Read(ctx, func(tx *store.Tx) (err error) {
		h.areas, err = org.Areas(ctx, tx)
		return err
	})
}

func (h *house) ready(ctx context.Context, keys, protected string) (err error) {
	if err := h.migrate(ctx); err != nil {
		return err
	}
	if err := h.readAreas(ctx); err != nil {
		return err
	}
	if h.vault, err = openKeys(keys, protected, len(h.areas) == 0); err != nil {
		return err
	}
	if err := h.store.Write(ctx, func(tx *store.Tx) error { return access.Seed(ctx, tx) }); err != nil {
		return err
	}
	if err := h.opens(ctx); err != nil {
		return err
	}
	if err := h.settle(ctx); err != nil {
		return err
	}
	h.log = audit.NewLog(ctx, h.store)
	h.org = &org.Desk{Store: h.store, Vault: h.vault}
	h.in = &signin.Desk{Store: h.store, Vault: h.vault, Clock: h.clock}
	return nil
}

// migrate brings a SQLite database, or an empty one, to this program's schema. On PostgreSQL that is a step of its own, since
// other processes may serve the same database.
func (h *house) migrate(ctx context.Context) error {
	have, err := h.store.Version(ctx)
	if err != nil {
		return err
	}
	if h.store.Postgres() && 0 < have && have < store.Newest() {
		return fmt.Errorf("the database has schema %d and this program %d; run: sluss migrate", have, store.Newest())
	}
	return h.store.Migrate(ctx)
}

// opens makes sure that the key file is the one of every area in the database.
func (h *house) opens(ctx context.Context) error {
	return h.store.Read(ctx, func(tx *store.Tx) error {
		for _, a := range h.areas {
			if _, err := h.vault.Area(ctx, tx, a.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// pages makes the staff's pages.
func (h *house) pages() *staff.Pages {
	return &staff.Pages{
		Clock:     h.clock,
		Org:       h.org,
		Person:    &person.Desk{Store: h.store},
		Referral:  &referral.Desk{Store: h.store},
		Intake:    &intake.Desk{Store: h.store},
		Outcome:   &outcome.Desk{Store: h.store},
		Signin:    h.in,
		Contact:   &contact.Desk{Store: h.store},
		Comment:   &comment.Desk{Store: h.store},
		NewCoach:  &newcoach.Desk{Store: h.store},
		Retention: &retention.Desk{Store: h.store},
		Flow:      &flow.Desk{Store: h.store},
		Forecast:  &forecast.Desk{Store: h.store},
		Intray:    &intray.Desk{Store: h.store, Vault: h.vault, Clock: h.clock},
		Export:    &export.Desk{Store: h.store},
		Plan:      &plan.Desk{Store: h.store},
		Enquiry:   &enquiry.Desk{Store: h.store},
		MyPlace:   &myplace.Desk{Store: h.store},

		Activity:   &activity.Desk{Store: h.store},
		Schedule:   &schedule.Desk{Store: h.store},
		Competence: &competence.Desk{Store: h.store},
		Reading:    &reading.Desk{Store: h.store},
		Consent:    &consent.Desk{Store: h.store},
		Glass:      &glass.Desk{Store: h.store},
		LogCheck:   &logcheck.Desk{Store: h.store},
		Conflict:   &conflict.Desk{Store: h.store},
		Lawful:     &lawful.Desk{Store: h.store},
		Demand:     &demand.Desk{Store: h.store},
		Place:      &place.Desk{Store: h.store},
		Remind:     &remind.Desk{Store: h.store},
		Attendance: &attendance.Desk{Store: h.store},
		Away:       &away.Desk{Store: h.store},
		Statement:  &statement.Desk{Store: h.store},
		Workplace:  &workplace.Desk{Store: h.store},
		Placement:  &placement.Desk{Store: h.store},

		Site:  &site.Desk{Store: h.store, Clock: h.clock},
		Asked: &application.Desk{Store: h.store, Vault: h.vault, Clock: h.clock},

		Opinion: h.opinions(), Sarah: &sarah.Desk{Store: h.store}, Practice: &practice.Desk{Store: h.store}, Project: &project.Desk{Store: h.store}, Document: &document.Desk{Store: h.store}, Course: &course.Desk{Store: h.store}, Trusted: &trusted.Desk{Store: h.store}, Story: &story.Desk{Store: h.store}, Evaluation: &evaluation.Desk{Store: h.store}, Proposal: &proposal.Desk{Store: h.store},
	}
}

// own makes a person's own pages.
func (h *house) own() *own.Pages {
	return &own.Pages{Org: h.org, Signin: h.in, Clock: h.clock, Reading: &reading.Desk{Store: h.store}, Store: h.store, Plan: &plan.Desk{Store: h.store}, Consent: &consent.Desk{Store: h.store}, Enquiry: &enquiry.Desk{Store: h.store},
		Attendance: &attendance.Desk{Store: h.store}, Away: &away.Desk{Store: h.store}, Opinion: h.opinions(), Statement: &statement.Desk{Store: h.store}, Place: &place.Desk{Store: h.store}, Placement: &placement.Desk{Store: h.store}, Remind: &remind.Desk{Store: h.store}, Document: &document.Desk{Store: h.store}, Course: &course.Desk{Store: h.store}, Trusted: &trusted.Desk{Store: h.store}, Story: &story.Desk{Store: h.store}, Evaluation: &evaluation.Desk{Store: h.store}, Proposal: &proposal.Desk{Store: h.store}, MyPlace: &myplace.Desk{Store: h.store}, Comment: &comment.Desk{Store: h.store}, NewCoach: &newcoach.Desk{Store: h.store}}
}

func (h *house) opinions() *opinion.Desk {
	return &opinion.Desk{Store: h.store, Vault: h.vault, Clock: h.clock}
}

// public makes the pages for everybody, on the desks of the staff's.
func (h *house) public(p *staff.Pages) *public.Pages {
	return &public.Pages{Clock: h.clock, Org: h.org, Site: p.Site, Application: p.Asked, Opinion: p.Opinion}
}

// api makes what systems of other agencies call, on the desks of the staff's.
func (h *house) api(p *staff.Pages) *api.Pages {
	return &api.Pages{Signin: h.in, Application: p.Asked, Clock: h.clock}
}
