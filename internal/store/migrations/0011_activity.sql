-- activities: what a unit offers and who can lead it; its schedule of occasions in rooms, with what was changed and why
-- +goose Up
CREATE TABLE method (
  area_id {int} NOT NULL,
  method_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (area_id, method_id),
  UNIQUE (area_id, unit_id, name),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};

CREATE TABLE competence (
  area_id {int} NOT NULL,
  competence_id {int} NOT NULL,
  post_id {int} NOT NULL,
  method_id {int} NOT NULL,
  level text NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  evidence text NOT NULL,
  paid_by text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, competence_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, method_id) REFERENCES method (area_id, method_id)
) {strict};
CREATE INDEX competence_post ON competence (area_id, post_id);

-- who is to be trained in what, and by when
CREATE TABLE training (
  area_id {int} NOT NULL,
  training_id {int} NOT NULL,
  post_id {int} NOT NULL,
  method_id {int} NOT NULL,
  by_on text NOT NULL,
  paid_by text NOT NULL,
  state text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, training_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, method_id) REFERENCES method (area_id, method_id)
) {strict};
CREATE INDEX training_post ON training (area_id, post_id);

-- its name and what it is for are the unit's own texts, in unit_text
CREATE TABLE activity (
  area_id {int} NOT NULL,
  activity_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  state text NOT NULL,
  existed {int} NOT NULL,
  method_id {int} NOT NULL,
  together {int} NOT NULL,
  size {int} NOT NULL,
  caseload {int} NOT NULL DEFAULT 0, -- how many people each of those who lead it has; 0 when it is led in a group
  needs text NOT NULL,
  access text NOT NULL,
  languages text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, activity_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};
CREATE INDEX activity_unit ON activity (area_id, unit_id);

-- each change of where an activity stands, with its reason
CREATE TABLE activity_decision (
  area_id {int} NOT NULL,
  activity_id {int} NOT NULL,
  decision_id {int} NOT NULL,
  state text NOT NULL,
  why text NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, activity_id, decision_id),
  FOREIGN KEY (area_id, activity_id) REFERENCES activity (area_id, activity_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {strict};

-- one round of an activity: from a day to another, in cycles of so many weeks
CREATE TABLE run (
  area_id {int} NOT NULL,
  run_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  activity_id {int} NOT NULL,
  entry text NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  weeks {int} NOT NULL,
  places {int} NOT NULL,
  shown {int} NOT NULL DEFAULT 0, -- everybody reads of it on the gateway's own page
  version {int} NOT NULL,
  PRIMARY KEY (area_id, run_id),
  FOREIGN KEY (area_id, activity_id) REFERENCES activity (area_id, activity_id)
) {strict};
CREATE INDEX run_unit ON run (area_id, unit_id, to_on);

-- what comes back in a run
CREATE TABLE turn (
  area_id {int} NOT NULL,
  turn_id {int} NOT NULL,
  run_id {int} NOT NULL,
  PRIMARY KEY (area_id, turn_id),
  FOREIGN KEY (area_id, run_id) REFERENCES run (area_id, run_id)
) {strict};
CREATE INDEX turn_run ON turn (area_id, run_id);

-- how a turn comes back since a change, 0 as it was planned: on a weekday in one week of the run's cycle, or with 0 in every week
CREATE TABLE turn_pattern (
  area_id {int} NOT NULL,
  turn_id {int} NOT NULL,
  change_id {int} NOT NULL,
  week {int} NOT NULL,
  weekday {int} NOT NULL,
  at text NOT NULL,
  until text NOT NULL,
  room_id {int} NOT NULL,
  leaders text NOT NULL,
  state text NOT NULL,
  PRIMARY KEY (area_id, turn_id, change_id),
  FOREIGN KEY (area_id, turn_id) REFERENCES turn (area_id, turn_id)
) {strict};

-- one time that an activity is held: a date and the time on the wall in its zone, which hold over summer time
CREATE TABLE occasion (
  area_id {int} NOT NULL,
  occasion_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  run_id {int} NOT NULL,
  turn_id {int} NOT NULL,
  activity_id {int} NOT NULL,
  on_date text NOT NULL,
  at text NOT NULL,
  until text NOT NULL,
  zone text NOT NULL,
  room_id {int} NOT NULL,
  leaders text NOT NULL,
  state text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, occasion_id),
  FOREIGN KEY (area_id, run_id) REFERENCES run (area_id, run_id),
  FOREIGN KEY (area_id, turn_id) REFERENCES turn (area_id, turn_id)
) {strict};
CREATE INDEX occasion_unit ON occasion (area_id, unit_id, on_date, at);
CREATE INDEX occasion_turn ON occasion (area_id, turn_id, on_date);
CREATE INDEX occasion_run ON occasion (area_id, run_id, on_date);

-- a change of one occasion or several: why, by whom, how each was before, and whether it was taken back
CREATE TABLE occasion_change (
  area_id {int} NOT NULL,
  change_id {int} NOT NULL,
  occasion_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  kind text NOT NULL,
  why text NOT NULL,
  was_on text NOT NULL,
  was_at text NOT NULL,
  was_until text NOT NULL,
  was_room_id {int} NOT NULL,
  was_leaders text NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  undone_at {int} NOT NULL,
  PRIMARY KEY (area_id, change_id, occasion_id),
  FOREIGN KEY (area_id, occasion_id) REFERENCES occasion (area_id, occasion_id)
) {strict};
CREATE INDEX occasion_change_unit ON occasion_change (area_id, unit_id, at);
CREATE INDEX occasion_change_of ON occasion_change (area_id, occasion_id);

-- who is to hear of a change, until they have
CREATE TABLE occasion_notice (
  area_id {int} NOT NULL,
  post_id {int} NOT NULL,
  change_id {int} NOT NULL,
  seen_at {int} NOT NULL,
  PRIMARY KEY (area_id, post_id, change_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};

-- when a colleague is there on a weekday; with no row it is the house's own hours
CREATE TABLE work_hours (
  area_id {int} NOT NULL,
  post_id {int} NOT NULL,
  weekday {int} NOT NULL,
  at text NOT NULL,
  until text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, post_id, weekday),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};
-- +goose Down
