-- somebody's plan as a coordinated individual plan, where the municipality and the region have decided on one
-- +goose Up
CREATE TABLE plan_coordinated (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  coordinated_id {int} NOT NULL,
  plan_id {int} NOT NULL,
  lead_id {int} NOT NULL, -- the agency that answers for the whole
  on_date text NOT NULL,
  how text NOT NULL, -- how the person said yes
  post_id {int} NOT NULL,
  at {int} NOT NULL,
  ended_on text NOT NULL, -- '' while it holds
  PRIMARY KEY (area_id, person_id, coordinated_id),
  FOREIGN KEY (area_id, plan_id) REFERENCES plan (area_id, plan_id),
  FOREIGN KEY (area_id, lead_id) REFERENCES agency (area_id, agency_id)
) {keyed};
CREATE UNIQUE INDEX plan_coordinated_now ON plan_coordinated (area_id, plan_id) WHERE ended_on = '';
-- +goose Down
DROP TABLE plan_coordinated;
