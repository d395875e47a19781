-- Who was given what by whom is never rewritten: a range only ends, once.
CREATE FUNCTION civreg_guard_range() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept digitization_workrange := new;
BEGIN
  IF old.state <> 'open' THEN
    RAISE EXCEPTION 'civreg: a range ends once' USING ERRCODE = 'CV006';
  END IF;
  kept.state := old.state;
  kept.ended_by_id := old.ended_by_id;
  kept.ended_at := old.ended_at;
  IF kept IS DISTINCT FROM old THEN
    RAISE EXCEPTION 'civreg: what was given to whom is never rewritten' USING ERRCODE = 'CV006';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_range BEFORE UPDATE ON digitization_workrange
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_range();

-- Where everybody stopped before this was remembered: the entry they typed last in each book.
INSERT INTO digitization_bookmark (user_id, book_id, record_id, at)
SELECT DISTINCT ON (entered_by_id, book_id) entered_by_id, book_id, id, entered_at
FROM digitization_record ORDER BY entered_by_id, book_id, entered_at DESC, id DESC;
