-- attendance: who was here at an occasion, with every correction; what somebody told of not coming; whose list is marked
-- +goose Up
-- one row for each version of a fact; latest is 1 for the one that holds, list_no is the marking of the whole list it came with
CREATE TABLE attendance (
  area_id {int} NOT NULL,
  occasion_id {int} NOT NULL,
  person_id {int} NOT NULL,
  version {int} NOT NULL,
  latest {int} NOT NULL,
  unit_id {int} NOT NULL,
  mark text NOT NULL,
  list_no {int} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, occasion_id, person_id, version),
  FOREIGN KEY (area_id, occasion_id) REFERENCES occasion (area_id, occasion_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {keyed};
CREATE INDEX attendance_person ON attendance (area_id, person_id, latest);

-- post_id is 0 for what the person wrote; ahead is 1 when it came before the occasion began; stands is 0 of what was taken back
CREATE TABLE attendance_word (
  area_id {int} NOT NULL,
  word_id {int} NOT NULL,
  occasion_id {int} NOT NULL,
  person_id {int} NOT NULL,
  latest {int} NOT NULL,
  stands {int} NOT NULL,
  ahead {int} NOT NULL,
  paper {int} NOT NULL, -- typed in from a paper
  sealed {blob} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, word_id),
  FOREIGN KEY (area_id, occasion_id) REFERENCES occasion (area_id, occasion_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
CREATE INDEX attendance_word_person ON attendance_word (area_id, person_id, occasion_id, latest);

-- who marked the whole list last; done is 0 when the marking was taken back
CREATE TABLE attendance_list (
  area_id {int} NOT NULL,
  occasion_id {int} NOT NULL,
  version {int} NOT NULL,
  done {int} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, occasion_id),
  FOREIGN KEY (area_id, occasion_id) REFERENCES occasion (area_id, occasion_id)
) {keyed};
-- +goose Down
DROP TABLE attendance_list;
DROP TABLE attendance_word;
DROP TABLE attendance;
