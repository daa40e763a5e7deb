-- the way out: exits, what happens after them, and pauses
-- +goose Up
CREATE TABLE exit (
  area_id {int} NOT NULL,
  exit_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  enrolment_id {int} NOT NULL,
  reason text NOT NULL,
  kind text NOT NULL,
  subsidy text NOT NULL,
  sector text NOT NULL,
  municipal {int} NOT NULL,
  study_aid {int} NOT NULL,
  left_on text NOT NULL,
  income_before text NOT NULL,
  income_after text NOT NULL,
  no_view text NOT NULL,
  sealed {blob} NOT NULL,
  post_id {int} NOT NULL,
  at {int} NOT NULL,
  undone_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, exit_id),
  UNIQUE (area_id, enrolment_id, undone_at),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, enrolment_id) REFERENCES enrolment (area_id, enrolment_id)
) {strict};
CREATE INDEX exit_unit ON exit (area_id, unit_id, left_on);
CREATE INDEX exit_person ON exit (area_id, person_id, exit_id);

-- what is asked after an exit: at one month whether it holds, then how it goes
CREATE TABLE followup (
  area_id {int} NOT NULL,
  followup_id {int} NOT NULL,
  exit_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  months {int} NOT NULL,
  due_on text NOT NULL,
  state text NOT NULL,
  answer text NOT NULL,
  answered_on text NOT NULL,
  sealed {blob} NOT NULL,
  post_id {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, followup_id),
  UNIQUE (area_id, exit_id, months),
  FOREIGN KEY (area_id, exit_id) REFERENCES exit (area_id, exit_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
CREATE INDEX followup_person ON followup (area_id, person_id, exit_id, months);
CREATE INDEX followup_due ON followup (area_id, unit_id, state, due_on);

CREATE TABLE pause (
  area_id {int} NOT NULL,
  pause_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  enrolment_id {int} NOT NULL,
  reason text NOT NULL,
  sealed {blob} NOT NULL,
  began_on text NOT NULL,
  expected_on text NOT NULL,
  ended_on text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, pause_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, enrolment_id) REFERENCES enrolment (area_id, enrolment_id)
) {strict};
CREATE INDEX pause_unit ON pause (area_id, unit_id, ended_on, expected_on);
CREATE INDEX pause_enrolment ON pause (area_id, enrolment_id, ended_on);
-- +goose Down
