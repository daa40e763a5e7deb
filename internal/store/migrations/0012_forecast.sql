-- scenarios that somebody has saved to compare: what would be done otherwise at a gateway, and nothing about anyone
-- +goose Up
CREATE TABLE forecast_scenario (
  area_id {int} NOT NULL,
  scenario_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  name text NOT NULL,
  starts {int} NOT NULL,
  places {int} NOT NULL,
  calls {int} NOT NULL,
  coaches {int} NOT NULL,
  caseload {int} NOT NULL,
  from_on text NOT NULL,
  arrivals {int} NOT NULL,
  slower {int} NOT NULL,
  open_activity text NOT NULL DEFAULT '',
  led_activity text NOT NULL DEFAULT '',
  leaders {int} NOT NULL DEFAULT 0,
  post_id {int} NOT NULL,
  at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, scenario_id),
  UNIQUE (area_id, unit_id, name),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};
-- the forecast that a unit lets everybody read: rough numbers of everybody together, as they were foreseen on a day
CREATE TABLE forecast_shown (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  on_date text NOT NULL,
  figures text NOT NULL,
  post_id {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};
-- +goose Down
DROP TABLE forecast_shown;
DROP TABLE forecast_scenario;
