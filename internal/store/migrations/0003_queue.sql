-- the way in: referrals in the queue, group starts with their lists, enrolments with their individual starts;
-- what is most often read by person lies by person
-- +goose Up
CREATE TABLE referral (
  area_id {int} NOT NULL,
  referral_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  kind text NOT NULL,
  agency_id {int} NOT NULL,
  from_unit_id {int} NOT NULL,
  reason text NOT NULL,
  sealed {blob} NOT NULL,
  received_on text NOT NULL,
  order_on text NOT NULL,
  moved {int} NOT NULL,
  reply_by text NOT NULL,
  replied_on text NOT NULL,
  again {int} NOT NULL,
  asked_on text NOT NULL,
  state text NOT NULL,
  state_on text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, referral_id),
  UNIQUE (area_id, referral_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};
CREATE INDEX referral_queue ON referral (area_id, unit_id, state, order_on, referral_id);

CREATE TABLE start (
  area_id {int} NOT NULL,
  start_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  on_date text NOT NULL,
  at text NOT NULL,
  until text NOT NULL,
  room_id {int} NOT NULL,
  leaders text NOT NULL,
  places {int} NOT NULL,
  calls {int} NOT NULL,
  state text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, start_id),
  UNIQUE (area_id, unit_id, on_date, at),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};

CREATE TABLE called (
  area_id {int} NOT NULL,
  start_id {int} NOT NULL,
  person_id {int} NOT NULL,
  referral_id {int} NOT NULL,
  place {int} NOT NULL,
  called_on text NOT NULL,
  extra {int} NOT NULL,
  sealed {blob} NOT NULL,
  answer text NOT NULL,
  answered_on text NOT NULL,
  letter_on text NOT NULL,
  mail_on text NOT NULL,
  reminded_on text NOT NULL,
  here {int} NOT NULL,
  moved_to {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, start_id, person_id),
  FOREIGN KEY (area_id, start_id) REFERENCES start (area_id, start_id),
  FOREIGN KEY (area_id, referral_id) REFERENCES referral (area_id, referral_id)
) {strict};
CREATE INDEX called_referral ON called (area_id, referral_id);

CREATE TABLE enrolment (
  area_id {int} NOT NULL,
  enrolment_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  referral_id {int} NOT NULL,
  start_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  state text NOT NULL,
  state_on text NOT NULL,
  meets_on text NOT NULL,
  meets_at text NOT NULL,
  room_id {int} NOT NULL,
  coach_id {int} NOT NULL,
  began_on text NOT NULL,
  left_on text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, enrolment_id),
  UNIQUE (area_id, enrolment_id),
  UNIQUE (area_id, referral_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, referral_id) REFERENCES referral (area_id, referral_id)
) {keyed};
CREATE INDEX enrolment_unit ON enrolment (area_id, unit_id, state, state_on, enrolment_id);
CREATE INDEX enrolment_coach ON enrolment (area_id, coach_id, state);
-- +goose Down
