-- How late a school's data is, by the district's clock alone: a school's own clock may be hours ahead.
ALTER TABLE cursor ADD COLUMN level_at bigint; -- all that the school had then is here
ALTER TABLE cursor ADD COLUMN mark_head bigint; -- while something is missing: what it said to have at `mark_at`
ALTER TABLE cursor ADD COLUMN mark_at bigint;
UPDATE cursor SET level_at = CASE WHEN seq >= head THEN seen_at ELSE least(told_at, seen_at) END;

-- Orders to a journal that was given up: nobody answers them any more.
UPDATE command SET outcome = 'given-up', done_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint
  FROM school WHERE school.school = command.school AND command.epoch < school.epoch AND command.done_at IS NULL;
