-- who has read about whom, as the person sees it: names that are not shown, readings that are shown later, questions; the log's witness
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

-- access: a post is to answer what a person wonders about a reading, from the question to the answer
CREATE TABLE review (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  post_id {int} NOT NULL,
  at {int} NOT NULL,
  ended_at {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, post_id, at),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};

-- what a person wonders about what reader_post read on on_date; answered_at is 0 until to_post has answered
CREATE TABLE reading_question (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  question_id {int} NOT NULL,
  on_date text NOT NULL,
  reader_post {int} NOT NULL,
  to_post {int} NOT NULL,
  sealed {blob} NOT NULL,
  asked_at {int} NOT NULL,
  due_on text NOT NULL,
  answer {blob} NOT NULL,
  answered_at {int} NOT NULL,
  version {int} NOT NULL,
  post_id {int} NOT NULL DEFAULT 0, -- who typed it in from a paper, 0 for what the person wrote by themself
  PRIMARY KEY (area_id, person_id, question_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, reader_post) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, to_post) REFERENCES post (area_id, post_id)
) {strict};
CREATE INDEX reading_question_open ON reading_question (area_id, to_post, due_on) WHERE answered_at = 0;

-- the newest checkpoint of the log that was sent to a second organisation, and when one was last asked for
CREATE TABLE witness (
  area_id {int} NOT NULL PRIMARY KEY REFERENCES area (area_id),
  size {int} NOT NULL,
  asked_at {int} NOT NULL,
  sent_at {int} NOT NULL
) {keyed};
-- +goose Down
DROP TABLE witness;
DROP TABLE reading_question;
DROP TABLE review;
DROP TABLE reading_delay;
DROP TABLE name_hidden;
