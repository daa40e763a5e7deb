-- demand: what somebody with the right to has required of a person, by what law, and how one appeals
-- +goose Up
-- thing and ref_id are what it is about: referral, place, placement, task, or own words and 0; agency_id is 0 for one that is not in the area.
-- state: open, then ended (nobody requires it any more) or wrong (it was written down by mistake), since ended_on
CREATE TABLE demand (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  demand_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  thing text NOT NULL,
  ref_id {int} NOT NULL,
  agency_id {int} NOT NULL,
  law text NOT NULL,
  sealed {blob} NOT NULL,
  since_on text NOT NULL,
  appeal_on text NOT NULL, -- the last day to appeal, '' where no decision says one
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  state text NOT NULL,
  ended_on text NOT NULL,
  ended_by {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, demand_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};
-- +goose Down
DROP TABLE demand;
