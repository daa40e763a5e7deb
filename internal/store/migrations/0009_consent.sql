-- access across agencies: consents, legal grounds, conflicts of interest, broken glass, merged records
-- +goose Up
-- a yes to one zone, for one purpose and some categories; taking it back writes withdrawn_at, and a new yes is a new row
CREATE TABLE consent (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  consent_id {int} NOT NULL,
  zone_id {int} NOT NULL,
  purpose text NOT NULL,
  categories {int} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  withdrawn_at {int} NOT NULL,
  withdrawn_paper {int} NOT NULL DEFAULT 0, -- the taking back was typed in from a paper
  given_at {int} NOT NULL,
  post_id {int} NOT NULL,
  how text NOT NULL,
  witness_post_id {int} NOT NULL, -- the second person of one on paper, 0 at the table
  text_version {int} NOT NULL,
  lang text NOT NULL,
  PRIMARY KEY (area_id, person_id, consent_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, zone_id) REFERENCES zone (area_id, zone_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};
CREATE INDEX consent_zone ON consent (area_id, zone_id, to_on);

-- when a yes was asked for, whatever the answer: it is not asked for again soon
CREATE TABLE consent_asked (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  zone_id {int} NOT NULL,
  asked_on text NOT NULL,
  PRIMARY KEY (area_id, person_id, zone_id, asked_on),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, zone_id) REFERENCES zone (area_id, zone_id)
) {keyed};

-- what a law gives a zone without a yes, by a decision with a span; sealed is who decided and the number of the decision
CREATE TABLE legal_ground (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  legal_ground_id {int} NOT NULL,
  zone_id {int} NOT NULL,
  categories {int} NOT NULL,
  law text NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_at {int} NOT NULL,
  post_id {int} NOT NULL, -- who wrote it down
  ended_by {int} NOT NULL, -- the post that ended it, 0 until then
  sealed {blob} NOT NULL,
  PRIMARY KEY (area_id, person_id, legal_ground_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, zone_id) REFERENCES zone (area_id, zone_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};
CREATE INDEX legal_ground_zone ON legal_ground (area_id, zone_id, to_on);

-- categories that a kind of agency never gets, whoever says yes
CREATE TABLE barred (
  area_id {int} NOT NULL REFERENCES area (area_id),
  kind text NOT NULL,
  categories {int} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  PRIMARY KEY (area_id, kind, from_on)
) {keyed};

-- a worker knows somebody, or is a relative
CREATE TABLE conflict (
  area_id {int} NOT NULL,
  worker_id {int} NOT NULL,
  person_id {int} NOT NULL,
  conflict_id {int} NOT NULL,
  kind text NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_at {int} NOT NULL,
  post_id {int} NOT NULL, -- who wrote it down: the worker, or a head
  ended_by {int} NOT NULL, -- the post that ended it, 0 until then
  PRIMARY KEY (area_id, worker_id, person_id, conflict_id),
  FOREIGN KEY (area_id, worker_id) REFERENCES worker (area_id, worker_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {keyed};

-- a record opened in an emergency, for at most some hours; sealed is why, in words. The unit's head and the post it is told
-- to review it afterwards
CREATE TABLE glass (
  area_id {int} NOT NULL,
  post_id {int} NOT NULL,
  person_id {int} NOT NULL,
  glass_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  reason text NOT NULL,
  sealed {blob} NOT NULL,
  from_at {int} NOT NULL,
  until_at {int} NOT NULL,
  told_post_id {int} NOT NULL, -- who reviews besides the head, 0 for nobody
  finding text NOT NULL,
  note {blob} NOT NULL, -- what the reviewer says, sealed
  reviewed_at {int} NOT NULL, -- 0 until it is done
  reviewer_post_id {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, post_id, person_id, glass_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
CREATE INDEX glass_unit ON glass (area_id, unit_id, from_at);

-- two records that are the same person's, both ways; neither is rewritten
CREATE TABLE merged (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  other_id {int} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, other_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, other_id) REFERENCES person (area_id, person_id)
) {keyed};
-- +goose Down
