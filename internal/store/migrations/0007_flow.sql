-- flow: marks of ways that changed in the past, the sums of closed days, and sums of those
-- +goose Up
CREATE TABLE thread_stale (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  mark_id {int} NOT NULL,
  from_on text NOT NULL,
  PRIMARY KEY (area_id, person_id, mark_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {keyed};

CREATE TABLE flow_state (
  area_id {int} NOT NULL PRIMARY KEY REFERENCES area (area_id),
  closed_on text NOT NULL,
  clearing {int} NOT NULL,
  version {int} NOT NULL
) {keyed};

CREATE TABLE flow_day (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  kind text NOT NULL,
  on_date text NOT NULL,
  code text NOT NULL,
  sex {int} NOT NULL,
  age {int} NOT NULL,
  n {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id, kind, on_date, code, sex, age),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};
CREATE INDEX flow_day_on ON flow_day (area_id, unit_id, on_date);

-- three kinds of sums of flow_day: total by month, group by month, sex and age, and now, over all closed days
CREATE TABLE flow_sum (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  part text NOT NULL,
  month text NOT NULL,
  kind text NOT NULL,
  code text NOT NULL,
  sex {int} NOT NULL,
  age {int} NOT NULL,
  n {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id, part, month, kind, code, sex, age),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};
-- +goose Down
