-- lists on their way in: what was handed over, sealed by a key of its own, until it is saved or seven days have gone
-- state: staging, columns, checking, ready, saving, stopped, done, gone. checked_to and saved_to are rows of the file.
-- +goose Up
CREATE TABLE intray (
  area_id {int} NOT NULL,
  intray_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  post_id {int} NOT NULL,
  key_wrapped {blob} NOT NULL,
  sealed {blob} NOT NULL,
  columns text NOT NULL,
  kind text NOT NULL,
  since_1904 {int} NOT NULL,
  state text NOT NULL,
  why text NOT NULL,
  rows {int} NOT NULL,
  checked_to {int} NOT NULL,
  saved_to {int} NOT NULL,
  at {int} NOT NULL,
  ends_at {int} NOT NULL,
  done_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, intray_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {strict};
CREATE INDEX intray_unit ON intray (area_id, unit_id, intray_id);

-- one row of the file; mark is a keyed index of who it is about, other_row an earlier row about the same person
CREATE TABLE intray_row (
  area_id {int} NOT NULL,
  intray_id {int} NOT NULL,
  row_no {int} NOT NULL,
  sealed {blob} NOT NULL,
  mark {blob},
  verdict text NOT NULL,
  other_row {int} NOT NULL,
  why text NOT NULL,
  PRIMARY KEY (area_id, intray_id, row_no),
  FOREIGN KEY (area_id, intray_id) REFERENCES intray (area_id, intray_id)
) {strict};
CREATE INDEX intray_row_mark ON intray_row (area_id, intray_id, mark, row_no);

-- how many rows have come to each verdict, when they were checked and when they were saved
CREATE TABLE intray_count (
  area_id {int} NOT NULL,
  intray_id {int} NOT NULL,
  saved {int} NOT NULL,
  verdict text NOT NULL,
  n {int} NOT NULL,
  PRIMARY KEY (area_id, intray_id, saved, verdict),
  FOREIGN KEY (area_id, intray_id) REFERENCES intray (area_id, intray_id)
) {strict};

-- what a unit chose for columns with the same headings before; the headings are a keyed index
CREATE TABLE intray_columns (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  headings {blob} NOT NULL,
  columns text NOT NULL,
  PRIMARY KEY (area_id, unit_id, headings)
) {strict};

-- people without a number who came by a list, so that the same list does not make them once more
CREATE TABLE intray_mark (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  mark {blob} NOT NULL,
  person_id {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id, mark),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
-- +goose Down
