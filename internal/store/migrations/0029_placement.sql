-- a register of workplaces with whom one turns to there, and people's time at them: praktik, work training, tasters, from wish to end
-- +goose Up
-- the words, and the names of others in them, are sealed by a key of the workplace's own
CREATE TABLE workplace (
  area_id {int} NOT NULL,
  workplace_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  holder_id {int} NOT NULL, -- the post that keeps in touch with it
  places {int} NOT NULL,    -- at a time
  features text NOT NULL,   -- codes with a space between
  ended_on text NOT NULL,   -- empty while it takes people
  key_wrapped {blob} NOT NULL,
  sealed {blob} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, workplace_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id),
  FOREIGN KEY (area_id, holder_id) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {strict};
CREATE INDEX workplace_unit ON workplace (area_id, unit_id);

CREATE TABLE placement (
  area_id {int} NOT NULL,
  placement_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  workplace_id {int} NOT NULL, -- 0 of a wish
  goal_id {int} NOT NULL,
  state text NOT NULL,
  kind text NOT NULL,
  wished_on text NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,     -- the last day agreed; it ends nothing
  days text NOT NULL,      -- 1 is Monday, as 135
  at text NOT NULL,
  until text NOT NULL,
  safety text NOT NULL,    -- who answers for the work environment
  insurer text NOT NULL,
  yes_on text NOT NULL,    -- the person's yes to what stands now
  yes_by text NOT NULL,
  yes_how text NOT NULL,
  due_on text NOT NULL,    -- when the coach is to talk with the person; empty for never
  own_on text NOT NULL,    -- the day the person wished for it on their own page, until somebody has talked with them about it
  ended_on text NOT NULL,
  next text NOT NULL,
  ended_with {int} NOT NULL, -- the time at the unit that took it along
  was_state text NOT NULL,   -- before that
  post_id {int} NOT NULL,    -- who wrote it last; 0 for the person themself
  sealed {blob} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, placement_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
CREATE INDEX placement_person ON placement (area_id, person_id, placement_id);
CREATE INDEX placement_workplace ON placement (area_id, unit_id, state, workplace_id);

-- a day when the coach, the person and the workplace talk, and what was said
CREATE TABLE placement_talk (
  area_id {int} NOT NULL,
  talk_id {int} NOT NULL,
  placement_id {int} NOT NULL,
  person_id {int} NOT NULL,
  due_on text NOT NULL,
  held_on text NOT NULL, -- empty until then
  post_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  PRIMARY KEY (area_id, talk_id),
  FOREIGN KEY (area_id, placement_id) REFERENCES placement (area_id, placement_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {strict};
CREATE INDEX placement_talk_person ON placement_talk (area_id, person_id, placement_id, due_on);
-- +goose Down
DROP TABLE placement_talk;
DROP TABLE placement;
DROP TABLE workplace;
