-- What was published is never rewritten, whoever connects: where one role owns and runs everything, rights alone do
-- not keep it so.
CREATE TRIGGER never_rewritten BEFORE UPDATE OR DELETE ON reports_bookday
  FOR EACH ROW EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON reports_bookday
  FOR EACH STATEMENT EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER never_rewritten BEFORE UPDATE OR DELETE ON reports_dailysnapshot
  FOR EACH ROW EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON reports_dailysnapshot
  FOR EACH STATEMENT EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER never_rewritten BEFORE UPDATE OR DELETE ON reports_snapshotrow
  FOR EACH ROW EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON reports_snapshotrow
  FOR EACH STATEMENT EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER never_rewritten BEFORE UPDATE OR DELETE ON reports_custody
  FOR EACH ROW EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON reports_custody
  FOR EACH STATEMENT EXECUTE FUNCTION civreg_refuse();

-- Who keeps a book since when, in business time: what a day rebuilt later counts a handed over book by.
CREATE FUNCTION civreg_keep_custody() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO reports_custody (book_id, unit_id, former_id, since)
  SELECT new.id, new.custodian_id, CASE tg_op WHEN 'UPDATE' THEN old.custodian_id END,
         clock_timestamp() - coalesce((SELECT clock_offset FROM communes_installation LIMIT 1), interval '0');
  RETURN NULL;
END $$;
CREATE TRIGGER keep_custody AFTER INSERT ON digitization_book
  FOR EACH ROW EXECUTE FUNCTION civreg_keep_custody();
CREATE TRIGGER keep_custody_on_handover AFTER UPDATE OF custodian_id ON digitization_book
  FOR EACH ROW WHEN (old.custodian_id IS DISTINCT FROM new.custodian_id) EXECUTE FUNCTION civreg_keep_custody();
REVOKE EXECUTE ON FUNCTION civreg_keep_custody() FROM PUBLIC;
