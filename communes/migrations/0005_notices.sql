-- A notice is never rewritten: it is only withdrawn, once, by somebody and with a reason.
CREATE FUNCTION civreg_guard_notice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept communes_notice := new;
BEGIN
  IF old.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'civreg: a notice is withdrawn once' USING ERRCODE = 'CV006';
  END IF;
  kept.withdrawn_at := old.withdrawn_at;
  kept.withdrawn_by_id := old.withdrawn_by_id;
  kept.withdrawn_why := old.withdrawn_why;
  IF kept IS DISTINCT FROM old THEN
    RAISE EXCEPTION 'civreg: what was sent is never rewritten' USING ERRCODE = 'CV006';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_notice BEFORE UPDATE ON communes_notice
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_notice();

-- Nobody is added to those a notice was sent to.
CREATE FUNCTION civreg_guard_addresses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM communes_notice n WHERE n.id IN (SELECT notice_id FROM added)
             AND n.addressed < (SELECT count(*) FROM communes_noticeunit u WHERE u.notice_id = n.id)) THEN
    RAISE EXCEPTION 'civreg: a notice goes to the units it was sent to' USING ERRCODE = 'CV006';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_addresses AFTER INSERT ON communes_noticeunit
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION civreg_guard_addresses();
