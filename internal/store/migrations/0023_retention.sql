-- rounds of weeding: whom a round concerns, who proposed it and who decided, and what became of each
-- state: proposed, decided, dropped. of each person: in, out (taken out by somebody), back (came back, or a newer note), done.
-- +goose Up
CREATE TABLE weeding_round (
  area_id {int} NOT NULL,
  round_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  state text NOT NULL,
  proposed_on text NOT NULL,
  proposed_by {int} NOT NULL,
  decided_on text NOT NULL,
  decided_by {int} NOT NULL,
  due_on text NOT NULL,
  rule text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, round_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id),
  FOREIGN KEY (area_id, proposed_by) REFERENCES post (area_id, post_id)
) {keyed};
CREATE INDEX weeding_round_unit ON weeding_round (area_id, unit_id, state);

CREATE TABLE weeding (
  area_id {int} NOT NULL,
  round_id {int} NOT NULL,
  person_id {int} NOT NULL,
  last_on text NOT NULL,
  latest_on text NOT NULL,
  state text NOT NULL,
  done_on text NOT NULL,
  PRIMARY KEY (area_id, round_id, person_id),
  FOREIGN KEY (area_id, round_id) REFERENCES weeding_round (area_id, round_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {keyed};
CREATE INDEX weeding_person ON weeding (area_id, person_id, state);
-- +goose Down
DROP TABLE weeding;
DROP TABLE weeding_round;
