-- Copies of the book's columns in a record can never differ from the book's (a plain copy went wrong in handovers).
ALTER TABLE digitization_record ADD CONSTRAINT record_follows_its_book
  FOREIGN KEY (book_id, kind, place_id, custodian_id)
  REFERENCES digitization_book (id, kind, place_id, custodian_id) ON UPDATE CASCADE;

-- Tally: how many entries of a book are in each status and standing, exact at commit, also for COPY and psql.
-- One statement per change and rows in key order: two savers of different books share no lock.
ALTER TABLE digitization_booktally SET (fillfactor = 50);

CREATE FUNCTION civreg_tally_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO digitization_booktally AS t (book_id, status, standing, n, last_at)
  SELECT book_id, status, standing, count(*), max(entered_at) FROM fresh GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (book_id, status, standing)
  DO UPDATE SET n = t.n + excluded.n, last_at = greatest(t.last_at, excluded.last_at);
  RETURN NULL;
END $$;

CREATE FUNCTION civreg_tally_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Gains first by upsert, losses then by update: CHECK (n >= 0) refuses the proposed row of an upsert, so a loss
  -- would never reach ON CONFLICT.
  WITH moved AS (
    SELECT book_id, status, standing, sum(d)::int AS d, max(entered_at) AS last_at FROM (
      SELECT book_id, status, standing, 1 AS d, entered_at FROM fresh
      UNION ALL SELECT book_id, status, standing, -1, NULL FROM stale) AS both_sides
    GROUP BY 1, 2, 3 HAVING sum(d) <> 0),
  gained AS (
    INSERT INTO digitization_booktally AS t (book_id, status, standing, n, last_at)
    SELECT book_id, status, standing, d, last_at FROM moved WHERE d > 0 ORDER BY 1, 2, 3
    ON CONFLICT (book_id, status, standing)
    DO UPDATE SET n = t.n + excluded.n, last_at = greatest(t.last_at, excluded.last_at) RETURNING 1)
  UPDATE digitization_booktally AS t SET n = t.n + lost.d
  FROM (SELECT * FROM moved WHERE d < 0 ORDER BY 1, 2, 3) AS lost
  WHERE (t.book_id, t.status, t.standing) = (lost.book_id, lost.status, lost.standing);
  RETURN NULL;
END $$;

CREATE FUNCTION civreg_tally_delete() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE digitization_booktally AS t SET n = t.n - gone.d
  FROM (SELECT book_id, status, standing, count(*) AS d FROM stale GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) AS gone
  WHERE (t.book_id, t.status, t.standing) = (gone.book_id, gone.status, gone.standing);
  RETURN NULL;
END $$;

CREATE TRIGGER tally_insert AFTER INSERT ON digitization_record
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_tally_insert();
CREATE TRIGGER tally_update AFTER UPDATE ON digitization_record
  REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_tally_update();
CREATE TRIGGER tally_delete AFTER DELETE ON digitization_record
  REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION civreg_tally_delete();

CREATE FUNCTION civreg_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'civreg: % on % is refused', tg_op, tg_table_name USING ERRCODE = 'CV000';
END $$;
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON digitization_record
  FOR EACH STATEMENT EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON digitization_recordevent
  FOR EACH STATEMENT EXECUTE FUNCTION civreg_refuse();

-- Recounting, for the nightly reconcile: corrects what differs and says how many tallies did (must be 0).
CREATE FUNCTION civreg_recount_tally() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE corrected integer;
BEGIN
  -- Writers wait for the moment of the recount: a tally corrected from an older snapshot would lose their work.
  LOCK TABLE digitization_record IN SHARE ROW EXCLUSIVE MODE;
  WITH truth AS (
    SELECT book_id, status, standing, count(*)::int AS n, max(entered_at) AS last_at
    FROM digitization_record GROUP BY 1, 2, 3),
  repaired AS (
    INSERT INTO digitization_booktally AS t (book_id, status, standing, n, last_at)
    SELECT coalesce(truth.book_id, old.book_id), coalesce(truth.status, old.status),
           coalesce(truth.standing, old.standing), coalesce(truth.n, 0), coalesce(truth.last_at, old.last_at)
    FROM truth FULL JOIN digitization_booktally AS old
      ON (old.book_id, old.status, old.standing) = (truth.book_id, truth.status, truth.standing)
    WHERE coalesce(truth.n, 0) <> coalesce(old.n, 0)
    ON CONFLICT (book_id, status, standing) DO UPDATE SET n = excluded.n RETURNING 1)
  SELECT count(*) INTO corrected FROM repaired;
  RETURN corrected;
END $$;

-- An entry's life: the same moves as digitization/models/states.py, whoever sends the UPDATE.
CREATE FUNCTION civreg_guard_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  words_changed boolean := (new.number_raw, new.number, new.suffix, new.number_year, new.page_no, new.position,
      new.registration_date, new.registration_place, new.signer_name, new.signer_position, new.recorder_name,
      new.remarks, new.head_states, new.content)
    IS DISTINCT FROM (old.number_raw, old.number, old.suffix, old.number_year, old.page_no, old.position,
      old.registration_date, old.registration_place, old.signer_name, old.signer_position, old.recorder_name,
      old.remarks, old.head_states, old.content);
BEGIN
  IF old.status IN ('approved', 'transferred') AND (words_changed OR new.standing <> old.standing) THEN
    RAISE EXCEPTION 'civreg: an approved entry is frozen' USING ERRCODE = 'CV025';
  END IF;
  IF new.status <> old.status THEN
    IF old.status || '>' || new.status NOT IN (
        'entered>checked', 'entered>returned', 'checked>approved', 'checked>returned', 'checked>entered',
        'returned>entered', 'approved>transferred', 'approved>entered', 'transferred>entered') THEN
      RAISE EXCEPTION 'civreg: no way from % to %', old.status, new.status USING ERRCODE = 'CV001';
    END IF;
    IF new.status IN ('checked', 'approved') THEN
      PERFORM 1 FROM digitization_recordevent AS e WHERE e.record_id = new.id
        AND e.actor_id = CASE new.status WHEN 'checked' THEN new.checked_by_id ELSE new.approved_by_id END
        AND e.verb IN ('enter', 'import', 'correct');
      IF found THEN
        RAISE EXCEPTION 'civreg: nobody checks or approves their own typing' USING ERRCODE = 'CV024';
      END IF;
    END IF;
    IF new.status = 'checked' AND new.checked_by_id IS NULL
      OR new.status = 'approved' AND (new.approved_by_id IS NULL OR new.open_warnings > 0) THEN
      RAISE EXCEPTION 'civreg: % needs a person and no open warning', new.status USING ERRCODE = 'CV002';
    END IF;
  END IF;
  IF words_changed OR new.status <> old.status OR new.standing <> old.standing THEN
    new.version := old.version + 1;
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_record BEFORE UPDATE ON digitization_record
  FOR EACH ROW EXECUTE FUNCTION civreg_guard_record();

-- A book's total is always its last confirmed statement.
CREATE FUNCTION civreg_confirm_total() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'UPDATE' AND (old.decision <> 'pending'
      OR (new.book_id, new.total, new.basis, new.reason, new.by_id, new.at)
        IS DISTINCT FROM (old.book_id, old.total, old.basis, old.reason, old.by_id, old.at)) THEN
    RAISE EXCEPTION 'civreg: a stated total is never rewritten' USING ERRCODE = 'CV003';
  END IF;
  IF new.decision = 'confirmed' THEN
    UPDATE digitization_book SET total = new.total, basis = new.basis WHERE id = new.book_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER confirm_total AFTER INSERT OR UPDATE ON digitization_booktotal
  FOR EACH ROW EXECUTE FUNCTION civreg_confirm_total();
