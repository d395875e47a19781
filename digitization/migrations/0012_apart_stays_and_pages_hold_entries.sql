-- Why two entries are two, and who said so, is never rewritten: a statement only ends, once.
CREATE OR REPLACE FUNCTION civreg_guard_told_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept digitization_toldapart := new;
BEGIN
  IF old.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'civreg: a statement that two entries are two ends once' USING ERRCODE = 'CV006';
  END IF;
  kept.ended_at := old.ended_at;
  kept.ended_by_id := old.ended_by_id;
  IF kept IS DISTINCT FROM old THEN
    RAISE EXCEPTION 'civreg: why two entries are two is never rewritten' USING ERRCODE = 'CV006';
  END IF;
  RETURN new;
END $$;
CREATE OR REPLACE TRIGGER guard_told_apart BEFORE UPDATE ON digitization_toldapart
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_told_apart();

-- Until now 0 entries a page were taken as 1.
UPDATE digitization_book SET per_page = 1 WHERE per_page = 0;
