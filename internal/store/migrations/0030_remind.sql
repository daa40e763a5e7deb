-- reminders of times that somebody has: what the person has chosen, and each one that was made
-- +goose Up
CREATE TABLE reminder_choice (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  choice text NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, person_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {keyed};

-- what: occasion, meeting, start; one for each time as it stood when it was made. Or changed, undone: one for each change of the schedule, with
-- the first time that it concerns. sent_at is when it was handed to the mail server, 0
-- until then
CREATE TABLE reminder (
  area_id {int} NOT NULL,
  reminder_id {int} NOT NULL,
  person_id {int} NOT NULL,
  what text NOT NULL,
  ref_id {int} NOT NULL,
  on_date text NOT NULL,
  at text NOT NULL,
  sent_at {int} NOT NULL,
  PRIMARY KEY (area_id, reminder_id),
  UNIQUE (area_id, person_id, what, ref_id, on_date, at),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
-- +goose Down
DROP TABLE reminder;
DROP TABLE reminder_choice;
