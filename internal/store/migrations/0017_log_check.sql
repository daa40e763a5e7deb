-- the log check: rounds in which somebody looks through readings, some drawn by chance and some that a rule points at
-- +goose Up
CREATE TABLE log_round (
  area_id {int} NOT NULL,
  round_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  role {int} NOT NULL, -- whose task it is
  from_on text NOT NULL,
  to_on text NOT NULL,
  seed {blob} NOT NULL, -- the draw: with it the same readings are drawn again
  among {int} NOT NULL, -- how many readings there were to draw from
  pointed {int} NOT NULL, -- how many of them a rule pointed at
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  signed_at {int} NOT NULL, -- 0 until it is done
  signed_by {int} NOT NULL,
  PRIMARY KEY (area_id, round_id),
  UNIQUE (area_id, unit_id, role, from_on),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};

-- what one post read about one person on one day, and what whoever checks it came to
CREATE TABLE log_reading (
  area_id {int} NOT NULL,
  round_id {int} NOT NULL,
  reading_id {int} NOT NULL,
  person_id {int} NOT NULL,
  post_id {int} NOT NULL,
  on_date text NOT NULL,
  why {int} NOT NULL,
  finding text NOT NULL, -- '' until somebody has looked
  note {blob} NOT NULL,
  judged_by {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, round_id, reading_id),
  UNIQUE (area_id, round_id, person_id, post_id, on_date),
  FOREIGN KEY (area_id, round_id) REFERENCES log_round (area_id, round_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
CREATE INDEX log_reading_person ON log_reading (area_id, person_id);
-- +goose Down
DROP TABLE log_reading;
DROP TABLE log_round;
