package main

import (
	"database/sql"
	"errors"
	"strconv"
	"strings"
)

// The tables that the people fill.
const (
	tPerson = iota
	tTie
	tReferral
	tStart
	tCalled
	tEnrolment
	tAssignment
	tEvent
)

var columns = []struct{ table, names string }{
	tPerson: {"person", "area_id, person_id, alias, key_wrapped, identity, contact, needs, number_index, birth_year, sex, language, interpreter, reach, protected, weeded_at, changed_on, version, identity_seq"},
	tTie:    {"tie", "area_id, person_id, unit_id, from_on, to_on, ended_at"},
	tReferral: {"referral", "area_id, referral_id, person_id, unit_id, kind, agency_id, from_unit_id, reason, sealed, received_on, order_on, moved, reply_by, replied_on, again, asked_on, " +
		"state, state_on, version"},
	tStart:  {"start", "area_id, start_id, unit_id, on_date, at, until, room_id, leaders, places, calls, state, version"},
	tCalled: {"called", "area_id, start_id, person_id, referral_id, place, called_on, extra, sealed, answer, answered_on, letter_on, mail_on, reminded_on, here, moved_to, version"},
	tEnrolment: {"enrolment", "area_id, enrolment_id, person_id, unit_id, referral_id, start_id, sealed, state, state_on, meets_on, meets_at, room_id, coach_id, began_on, left_on, " +
		"version"},
	tAssignment: {"assignment", "area_id, person_id, post_id, from_on, to_on, ended_at, at"},
	tEvent:      {"thread_event", "area_id, person_id, on_date, event_id, at, kind, code, unit_id, post_id, agency_id, goal_id, ref_id"},
}

// writer puts rows into the database in large transactions.
type writer struct {
	db    *sql.DB
	tx    *sql.Tx
	stmts []*sql.Stmt
	rows  int
}

func (w *writer) take(rows []row) error {
	if w.tx == nil {
		if err := w.begin(); err != nil {
			return err
		}
	}
	for _, r := range rows {
		if _, err := w.stmts[r.table].Exec(r.values...); err != nil {
			return err
		}
	}
	if w.rows += len(rows); w.rows > 400000 {
		return w.end()
	}
	return nil
}

func (w *writer) begin() (err error) {
	if w.tx, err = w.db.Begin(); err != nil {
		return err
	}
	w.stmts = nil
	for _, c := range columns {
		marks := make([]string, strings.Count(c.names, ",")+1)
		for i := range marks {
			marks[i] = "$" + strconv.Itoa(i+1)
		}
		st, err := w.tx.Prepare("INSERT INTO " + c.table + " (" + c.names + ") VALUES (" + strings.Join(marks, ",") + ")")
		if err != nil {
			return err
		}
		w.stmts = append(w.stmts, st)
	}
	return nil
}

func (w *writer) end() error {
	if w.tx == nil {
		return nil
	}
	var errs error
	for _, st := range w.stmts {
		errs = errors.Join(errs, st.Close())
	}
	errs = errors.Join(errs, w.tx.Commit())
	w.tx, w.rows = nil, 0
	return errs
}
