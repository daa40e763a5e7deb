-- a person's place in an activity: what they would like, what was offered, from when to when, and the goal it serves
-- +goose Up
CREATE TABLE place (
  area_id {int} NOT NULL,
  place_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  activity_id {int} NOT NULL,
  run_id {int} NOT NULL,
  goal_id {int} NOT NULL,
  state text NOT NULL,
  wished_on text NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_with {int} NOT NULL,
  was_to text NOT NULL,
  answer_by text NOT NULL, -- the last day to answer an offer, empty of what is not offered
  asked_at {int} NOT NULL, -- when it was last offered, 0 for never
  freed_at {int} NOT NULL, -- when the place that was last offered became free
  moved_at {int} NOT NULL, -- when the wish was moved before the others, 0 of one that stands by its date
  moved_by {int} NOT NULL,
  own_on text NOT NULL, -- the day the person wished for it on their own page, until somebody has talked with them about it
  unclear_on text NOT NULL, -- since when the person does not see the thread, empty when they do
  sealed {blob} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, place_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, activity_id) REFERENCES activity (area_id, activity_id)
) {strict};
CREATE INDEX place_person ON place (area_id, person_id, place_id);
CREATE INDEX place_run ON place (area_id, run_id, state);
CREATE INDEX place_activity ON place (area_id, activity_id, state);

-- how much of the week a place is, from a day on; a later row of the same day stands in place of the one before, and none is changed
CREATE TABLE place_extent (
  area_id {int} NOT NULL,
  extent_id {int} NOT NULL,
  place_id {int} NOT NULL,
  person_id {int} NOT NULL,
  from_on text NOT NULL,
  sealed {blob} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, extent_id),
  FOREIGN KEY (area_id, place_id) REFERENCES place (area_id, place_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
CREATE INDEX place_extent_person ON place_extent (area_id, person_id);
-- +goose Down
DROP TABLE place_extent;
DROP TABLE place;
