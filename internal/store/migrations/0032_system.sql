-- systems of other agencies that send referrals by themselves: who they are here, the short passes they act by, and what each has sent
-- +goose Up
-- a system has a post at a unit of its agency, from one day to another, and sends to one gateway. Of its secret and its passes
-- only the SHA-256 is kept
CREATE TABLE agency_system (
  area_id {int} NOT NULL,
  post_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  secret_hash {blob} NOT NULL,
  scope text NOT NULL,
  made_by {int} NOT NULL,
  made_at {int} NOT NULL,
  used_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, post_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};

CREATE TABLE system_pass (
  area_id {int} NOT NULL,
  pass_hash {blob} NOT NULL,
  post_id {int} NOT NULL,
  scope text NOT NULL, -- what it is for: all that the system may do, or the part that it asked for
  ends_at {int} NOT NULL,
  PRIMARY KEY (area_id, pass_hash),
  FOREIGN KEY (area_id, post_id) REFERENCES agency_system (area_id, post_id)
) {strict};
CREATE INDEX system_pass_post ON system_pass (area_id, post_id, ends_at);

-- body_hash is keyed: what was sent holds a personal number. referral and person are 0 until somebody has put the person in the queue
CREATE TABLE application_sent (
  area_id {int} NOT NULL,
  application_id {int} NOT NULL,
  post_id {int} NOT NULL,
  body_hash {blob} NOT NULL,
  referral_id {int} NOT NULL,
  person_id {int} NOT NULL,
  PRIMARY KEY (area_id, application_id),
  FOREIGN KEY (area_id, application_id) REFERENCES application (area_id, application_id),
  FOREIGN KEY (area_id, post_id) REFERENCES agency_system (area_id, post_id)
) {strict};
CREATE INDEX application_sent_person ON application_sent (area_id, person_id, post_id);
-- +goose Down
DROP TABLE application_sent;
DROP TABLE system_pass;
DROP TABLE agency_system;
