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
-- +goose Down
