-- What a pace is measured from is never rewritten.
CREATE TRIGGER never_rewritten BEFORE UPDATE OR DELETE ON reports_bookatjoining
  FOR EACH ROW EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON reports_bookatjoining
  FOR EACH STATEMENT EXECUTE FUNCTION civreg_refuse();

-- A book handed over from a unit outside of a campaign brings what it holds; that was no work done in the campaign.
CREATE FUNCTION civreg_book_came_from_outside() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO reports_bookatjoining (campaign_id, book_id, day, counted)
  SELECT c.id, new.id, local::date + (local::time >= c.cutoff)::int,
    greatest(new.declared, (SELECT coalesce(sum(n), 0) FROM digitization_booktally
                            WHERE book_id = new.id
                              AND status IN ('entered', 'checked', 'approved', 'transferred')
                              AND standing IN ('normal', 'cancelled_in_book', 'unreadable_accepted')))
  FROM reports_campaign c,
    LATERAL (SELECT (clock_timestamp() - coalesce((SELECT clock_offset FROM communes_installation LIMIT 1), interval '0'))
                    AT TIME ZONE 'Asia/Ho_Chi_Minh' AS local) AS now
  WHERE NOT c.closed
    AND EXISTS (SELECT FROM reports_campaignunit WHERE campaign_id = c.id AND unit_id = new.custodian_id)
    AND NOT EXISTS (SELECT FROM reports_campaignunit WHERE campaign_id = c.id AND unit_id = old.custodian_id);
  RETURN NULL;
END $$;
CREATE TRIGGER came_from_outside AFTER UPDATE OF custodian_id ON digitization_book
  FOR EACH ROW WHEN (old.custodian_id IS DISTINCT FROM new.custodian_id)
  EXECUTE FUNCTION civreg_book_came_from_outside();
REVOKE EXECUTE ON FUNCTION civreg_book_came_from_outside() FROM PUBLIC;
