-- contact: notes, and the meetings agreed with a person
-- +goose Up
CREATE TABLE note (
  area_id {int} NOT NULL,
  note_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  post_id {int} NOT NULL,
  on_date text NOT NULL,
  kind text NOT NULL,
  corrects_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  state text NOT NULL,
  signed_at {int} NOT NULL,
  held text NOT NULL, -- why the person is not shown it, '' for one that they are
  held_post_id {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, note_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {strict};
CREATE INDEX note_person ON note (area_id, person_id, on_date, note_id);
CREATE INDEX note_post ON note (area_id, post_id, state);

CREATE TABLE appointment (
  area_id {int} NOT NULL,
  appointment_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  post_id {int} NOT NULL,
  on_date text NOT NULL,
  at text NOT NULL,
  how text NOT NULL,
  room_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  state text NOT NULL,
  state_on text NOT NULL,
  moved_to_id {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, appointment_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {strict};
CREATE INDEX appointment_person ON appointment (area_id, person_id, on_date, at, appointment_id);
CREATE INDEX appointment_post ON appointment (area_id, post_id, on_date, at);
CREATE INDEX appointment_unit ON appointment (area_id, unit_id, on_date);
-- +goose Down
