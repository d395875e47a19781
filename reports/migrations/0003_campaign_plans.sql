-- A closed campaign is never changed, nor is anything that belongs to it.
CREATE FUNCTION civreg_guard_closed_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.closed THEN
    RAISE EXCEPTION 'civreg: a closed campaign is never changed' USING ERRCODE = 'CV007';
  END IF;
  RETURN coalesce(new, old);
END $$;
CREATE TRIGGER guard_closed BEFORE UPDATE OR DELETE ON reports_campaign
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_closed_campaign();

-- FOR SHARE waits for a closing under way: what belongs to a campaign is written before it or refused.
CREATE FUNCTION civreg_guard_part_of_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ended boolean;
BEGIN
  SELECT closed INTO ended FROM reports_campaign
  WHERE id = CASE WHEN tg_op = 'DELETE' THEN old.campaign_id ELSE new.campaign_id END FOR SHARE;
  IF tg_op = 'UPDATE' AND new.campaign_id <> old.campaign_id OR ended THEN
    RAISE EXCEPTION 'civreg: a closed campaign is never changed' USING ERRCODE = 'CV007';
  END IF;
  RETURN coalesce(new, old);
END $$;
CREATE TRIGGER guard_closed BEFORE INSERT OR UPDATE OR DELETE ON reports_campaignunit
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_part_of_campaign();
CREATE TRIGGER guard_closed BEFORE INSERT OR UPDATE OR DELETE ON reports_campaignbook
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_part_of_campaign();
CREATE TRIGGER guard_closed BEFORE INSERT OR UPDATE OR DELETE ON reports_milestone
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_part_of_campaign();
CREATE TRIGGER guard_closed BEFORE INSERT OR UPDATE OR DELETE ON reports_campaigndocument
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_part_of_campaign();
CREATE TRIGGER guard_closed BEFORE INSERT OR UPDATE OR DELETE ON reports_commitment
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_part_of_campaign();
CREATE TRIGGER guard_closed BEFORE INSERT OR UPDATE OR DELETE ON reports_campaignchange
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_part_of_campaign();
CREATE TRIGGER guard_closed BEFORE INSERT OR UPDATE OR DELETE ON reports_bookatclosing
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_part_of_campaign();

-- The last figures stay. Asked once a statement, and never locking: the roll-up and a closing wait for each other.
CREATE FUNCTION civreg_guard_last_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM reports_campaign WHERE closed AND id IN (SELECT campaign_id FROM fresh)) THEN
    RAISE EXCEPTION 'civreg: the figures of a closed campaign stand' USING ERRCODE = 'CV007';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_insert AFTER INSERT ON reports_unitprogress
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_guard_last_figures();
CREATE TRIGGER guard_update AFTER UPDATE ON reports_unitprogress
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_guard_last_figures();
CREATE TRIGGER guard_insert AFTER INSERT ON reports_unitpace
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_guard_last_figures();
CREATE TRIGGER guard_update AFTER UPDATE ON reports_unitpace
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_guard_last_figures();

-- What was signed and who moved a goal is never rewritten, whoever asks.
CREATE FUNCTION civreg_never_rewritten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'civreg: % on % is refused', tg_op, tg_table_name USING ERRCODE = 'CV007';
END $$;
CREATE TRIGGER never_rewritten BEFORE UPDATE OR DELETE ON reports_commitment
  FOR EACH ROW EXECUTE FUNCTION civreg_never_rewritten();
CREATE TRIGGER never_rewritten BEFORE UPDATE OR DELETE ON reports_campaignchange
  FOR EACH ROW EXECUTE FUNCTION civreg_never_rewritten();
CREATE TRIGGER never_rewritten BEFORE UPDATE OR DELETE ON reports_bookatclosing
  FOR EACH ROW EXECUTE FUNCTION civreg_never_rewritten();

-- From the second one on a commitment says why it was changed.
CREATE FUNCTION civreg_guard_commitment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.reason = '' AND EXISTS (SELECT FROM reports_commitment
                                 WHERE campaign_id = new.campaign_id AND unit_id = new.unit_id) THEN
    RAISE EXCEPTION 'civreg: a changed commitment has a reason' USING ERRCODE = 'CV007';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_commitment BEFORE INSERT ON reports_commitment
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_commitment();

-- A document is withdrawn, once; nothing else of it ever changes.
CREATE FUNCTION civreg_guard_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept reports_campaigndocument := new;
BEGIN
  kept.withdrawn := old.withdrawn;
  IF kept IS DISTINCT FROM old OR old.withdrawn THEN
    RAISE EXCEPTION 'civreg: a document stays as it was added' USING ERRCODE = 'CV007';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_document BEFORE UPDATE ON reports_campaigndocument
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_document();
