-- who has read about whom, as the person sees it: names that are not shown, readings that are shown later
-- +goose Up
-- each time it was decided that a worker's name is not shown in the log to those it is about, or that it is again
CREATE TABLE name_hidden (
  area_id {int} NOT NULL,
  worker_id {int} NOT NULL,
  at {int} NOT NULL,
  hidden {int} NOT NULL,
  why text NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, worker_id, at),
  FOREIGN KEY (area_id, worker_id) REFERENCES worker (area_id, worker_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};

-- what post_id has read from from_on until to_on is shown to the person on until_on and not before; why is sealed
CREATE TABLE reading_delay (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  delay_id {int} NOT NULL,
  post_id {int} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  until_on text NOT NULL,
  sealed {blob} NOT NULL,
  decided_by {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, delay_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, decided_by) REFERENCES post (area_id, post_id)
) {strict};
-- +goose Down
DROP TABLE reading_delay;
DROP TABLE name_hidden;
