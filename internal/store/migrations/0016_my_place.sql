-- my place: what somebody and the gateway have agreed about the place, and what the gateway adapts; each version is kept
-- +goose Up
CREATE TABLE my_place (
  area_id {int} NOT NULL,
  place_id {int} NOT NULL,
  person_id {int} NOT NULL,
  enrolment_id {int} NOT NULL,
  version {int} NOT NULL,
  lang text NOT NULL,
  sealed {blob} NOT NULL,
  how text NOT NULL,
  on_date text NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, enrolment_id, version),
  UNIQUE (area_id, place_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, enrolment_id) REFERENCES enrolment (area_id, enrolment_id)
) {keyed};
CREATE INDEX my_place_person ON my_place (area_id, person_id);

-- one row for each version of what is adapted; latest is 1 for the one that holds
CREATE TABLE adaptation (
  area_id {int} NOT NULL,
  row_id {int} NOT NULL,
  adaptation_id {int} NOT NULL,
  version {int} NOT NULL,
  latest {int} NOT NULL,
  person_id {int} NOT NULL,
  enrolment_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  responsible_id {int} NOT NULL,
  lang text NOT NULL,
  sealed {blob} NOT NULL,
  leader {int} NOT NULL,
  how text NOT NULL,
  asked_on text NOT NULL,
  due_on text NOT NULL,
  answer text NOT NULL,
  answered_on text NOT NULL,
  done_on text NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, row_id),
  UNIQUE (area_id, adaptation_id, version),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, enrolment_id) REFERENCES enrolment (area_id, enrolment_id)
) {strict};
CREATE INDEX adaptation_person ON adaptation (area_id, person_id, enrolment_id);
CREATE INDEX adaptation_due ON adaptation (area_id, unit_id, latest, done_on, due_on);
-- +goose Down
