-- A request for support is moved by its steps and by nothing else: one that is out of turn is refused, whoever sends it.
-- The same moves as communes/models/support.py. The step waits for its turn: two who answer at once do so one after the
-- other, and the second is told when the request has gone elsewhere meanwhile.
CREATE FUNCTION civreg_take_support_step() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  held communes_supportrequest;
BEGIN
  SELECT * INTO STRICT held FROM communes_supportrequest WHERE id = new.request_id FOR UPDATE;
  IF new.state = 'asked' THEN
    IF (new.by_id, new.at) IS DISTINCT FROM (held.asked_by_id, held.asked_at)
        OR EXISTS (SELECT FROM communes_supportstep WHERE request_id = held.id) THEN
      RAISE EXCEPTION 'civreg: a request is asked once' USING ERRCODE = 'CV007';
    END IF;
    RETURN new;
  END IF;
  IF held.state || '>' || new.state NOT IN (
      'asked>agreed', 'asked>refused', 'asked>withdrawn',
      'agreed>agreed', 'agreed>refused', 'agreed>delivered', 'agreed>withdrawn',
      'refused>closed', 'delivered>closed') THEN
    RAISE EXCEPTION 'civreg: no way from % to %', held.state, new.state USING ERRCODE = 'CV007';
  END IF;
  UPDATE communes_supportrequest SET state = new.state, promised_for = coalesce(new.promised_for, promised_for)
  WHERE id = held.id;
  RETURN new;
END $$;
CREATE TRIGGER take_support_step BEFORE INSERT ON communes_supportstep
  FOR EACH ROW EXECUTE FUNCTION civreg_take_support_step();

-- What was asked stays as it was asked; state and promise change from within the trigger above alone.
CREATE FUNCTION civreg_guard_support_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kept communes_supportrequest := new;
BEGIN
  IF tg_op = 'INSERT' THEN
    IF new.state <> 'asked' OR new.promised_for IS NOT NULL THEN
      RAISE EXCEPTION 'civreg: a request begins by being asked' USING ERRCODE = 'CV007';
    END IF;
    RETURN new;
  END IF;
  kept.state := old.state;
  kept.promised_for := old.promised_for;
  IF kept IS DISTINCT FROM old OR pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'civreg: what was asked is never rewritten' USING ERRCODE = 'CV007';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_support_request BEFORE INSERT OR UPDATE ON communes_supportrequest
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_support_request();

CREATE FUNCTION civreg_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'civreg: rows of % are only added', tg_table_name USING ERRCODE = 'CV007';
END $$;
CREATE TRIGGER support_step_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON communes_supportstep
  FOR EACH STATEMENT EXECUTE FUNCTION civreg_only_added();
CREATE TRIGGER means_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON communes_means
  FOR EACH STATEMENT EXECUTE FUNCTION civreg_only_added();

REVOKE EXECUTE ON FUNCTION civreg_take_support_step(), civreg_guard_support_request(), civreg_only_added() FROM PUBLIC;
