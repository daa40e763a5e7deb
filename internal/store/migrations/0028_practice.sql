-- how each unit works now: what holds, what changed and why, with every version; and which version each post has last looked at
-- +goose Up
-- a version is a row and is never changed; it holds from from_on until a later one does
CREATE TABLE practice_version (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  no {int} NOT NULL,
  holds text NOT NULL,
  changed text NOT NULL,
  from_on text NOT NULL,
  post_id {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id, no),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};

CREATE TABLE practice_seen (
  area_id {int} NOT NULL,
  post_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  no {int} NOT NULL,
  PRIMARY KEY (area_id, post_id, unit_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};
-- +goose Down
DROP TABLE practice_seen;
DROP TABLE practice_version;
