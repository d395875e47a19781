-- Copies of the book's columns in a record can never differ from the book's (a plain copy went wrong in handovers).
ALTER TABLE digitization_record ADD CONSTRAINT record_follows_its_book
  FOREIGN KEY (book_id, kind, place_id, custodian_id)
  REFERENCES digitization_book (id, kind, place_id, custodian_id) ON UPDATE CASCADE;

-- Tally: how many entries of a book are in each status and standing, exact at commit, also for COPY and psql.
-- One upsert per change, gains and losses together, its rows in key order: two savers of different books share no
-- lock, and any number of savers of one book wait for each other in the same order instead of locking each other out.
-- last_at is the latest entered_at of the entries a row has ever counted: it is never lowered here, where that would
-- cost every save a look at the entries; the recount below lowers it.
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
  -- CHECK (n >= 0) looks at the proposed row even where ON CONFLICT then updates another: a loss is proposed as 0,
  -- and the update takes what it is from ``moved``.
  WITH moved AS (
    SELECT book_id, status, standing, sum(d)::int AS d, max(entered_at) AS last_at FROM (
      SELECT book_id, status, standing, 1 AS d, entered_at FROM fresh
      UNION ALL SELECT book_id, status, standing, -1, NULL FROM stale) AS both_sides
    GROUP BY 1, 2, 3 HAVING sum(d) <> 0)
  INSERT INTO digitization_booktally AS t (book_id, status, standing, n, last_at)
  SELECT book_id, status, standing, greatest(d, 0), last_at FROM moved ORDER BY 1, 2, 3
  ON CONFLICT (book_id, status, standing) DO UPDATE
  SET n = t.n + (SELECT m.d FROM moved AS m
                 WHERE (m.book_id, m.status, m.standing) = (t.book_id, t.status, t.standing)),
      last_at = greatest(t.last_at, excluded.last_at);
  RETURN NULL;
END $$;

CREATE FUNCTION civreg_tally_delete() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  WITH gone AS (SELECT book_id, status, standing, count(*)::int AS d FROM stale GROUP BY 1, 2, 3)
  INSERT INTO digitization_booktally AS t (book_id, status, standing, n)
  SELECT book_id, status, standing, 0 FROM gone ORDER BY 1, 2, 3
  ON CONFLICT (book_id, status, standing) DO UPDATE
  SET n = t.n - (SELECT g.d FROM gone AS g
                 WHERE (g.book_id, g.status, g.standing) = (t.book_id, t.status, t.standing));
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

-- Recounting, for the nightly reconcile: corrects what differs, last_at too, and says how many tallies it changed.
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
           coalesce(truth.standing, old.standing), coalesce(truth.n, 0), truth.last_at
    FROM truth FULL JOIN digitization_booktally AS old
      ON (old.book_id, old.status, old.standing) = (truth.book_id, truth.status, truth.standing)
    WHERE (coalesce(truth.n, 0), truth.last_at) IS DISTINCT FROM (old.n, old.last_at)
    ORDER BY 1, 2, 3
    ON CONFLICT (book_id, status, standing) DO UPDATE SET n = excluded.n, last_at = excluded.last_at RETURNING 1)
  SELECT count(*) INTO corrected FROM repaired;
  RETURN corrected;
END $$;

-- An entry's life: the same moves as digitization/models/states.py, whoever sends the UPDATE.
-- An INSERT is not guarded: restoring, the demonstration and tests put in entries in any state. Whoever can send the
-- runtime role's SQL could invent an approved entry so; it would lack the events and versions of a real one.
CREATE FUNCTION civreg_guard_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  words_changed boolean := (new.book_id, new.series, new.number_raw, new.number, new.suffix, new.twin, new.twin_reason,
      new.number_year, new.page_no, new.position, new.registration_date, new.registration_place, new.signer_name,
      new.signer_position, new.recorder_name, new.remarks, new.head_states, new.content, new.content_version)
    IS DISTINCT FROM (old.book_id, old.series, old.number_raw, old.number, old.suffix, old.twin, old.twin_reason,
      old.number_year, old.page_no, old.position, old.registration_date, old.registration_place, old.signer_name,
      old.signer_position, old.recorder_name, old.remarks, old.head_states, old.content, old.content_version);
  moves boolean := new.status <> old.status;
  kept digitization_record;
BEGIN
  -- Counted here alone: a version somebody sets could hide a change from those who hold the entry open.
  new.version := old.version + (words_changed OR moves OR new.standing <> old.standing)::int;

  IF (new.id, new.entered_by_id, new.entered_at) IS DISTINCT FROM (old.id, old.entered_by_id, old.entered_at) THEN
    RAISE EXCEPTION 'civreg: who typed an entry, and when, is never rewritten' USING ERRCODE = 'CV003';
  END IF;
  IF old.status IN ('approved', 'transferred') THEN
    -- The whole row stands still, a later column too, but for what the two ways out write and for a handover of the
    -- book (the foreign key keeps custodian_id true).
    kept := new;
    kept.status := old.status;
    kept.version := old.version;
    kept.custodian_id := old.custodian_id;
    IF new.status = 'transferred' THEN
      kept.transferred_version := old.transferred_version;
    ELSIF new.status = 'entered' THEN
      kept.checked_by_id := old.checked_by_id;
      kept.approved_by_id := old.approved_by_id;
    END IF;
    IF kept IS DISTINCT FROM old THEN
      RAISE EXCEPTION 'civreg: an approved entry is frozen' USING ERRCODE = 'CV025';
    END IF;
  END IF;
  IF words_changed AND new.status <> 'entered' THEN
    RAISE EXCEPTION 'civreg: changed words must be checked again' USING ERRCODE = 'CV005';
  END IF;
  IF new.transferred_version IS DISTINCT FROM old.transferred_version
      AND (moves AND new.status = 'transferred' AND new.transferred_version = new.version) IS NOT TRUE THEN
    RAISE EXCEPTION 'civreg: only a transfer notes the version transferred' USING ERRCODE = 'CV002';
  END IF;
  IF old.status = 'checked' AND new.status IN ('checked', 'approved')
      AND new.checked_by_id IS DISTINCT FROM old.checked_by_id THEN
    RAISE EXCEPTION 'civreg: a checked entry keeps who checked it' USING ERRCODE = 'CV002';
  END IF;

  IF moves THEN
    IF old.status || '>' || new.status NOT IN (
        'entered>checked', 'entered>returned', 'checked>approved', 'checked>returned', 'checked>entered',
        'returned>entered', 'approved>transferred', 'approved>entered', 'transferred>entered') THEN
      RAISE EXCEPTION 'civreg: no way from % to %', old.status, new.status USING ERRCODE = 'CV001';
    END IF;
    IF new.status IN ('checked', 'approved', 'transferred') AND new.standing IN ('duplicate', 'withdrawn') THEN
      RAISE EXCEPTION 'civreg: a % entry goes no further', new.standing USING ERRCODE = 'CV004';
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

-- Only confirm_total, which runs as the owner, writes a total. The runtime role is known by what it may not do.
CREATE TRIGGER total_comes_from_a_statement BEFORE UPDATE ON digitization_book
  FOR EACH ROW WHEN ((new.total, new.basis) IS DISTINCT FROM (old.total, old.basis)
    AND NOT has_table_privilege('public.digitization_book', 'TRUNCATE'))
  EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER no_total_before_a_statement BEFORE INSERT ON digitization_book
  FOR EACH ROW WHEN ((new.total IS NOT NULL OR new.basis <> '')
    AND NOT has_table_privilege('public.digitization_book', 'TRUNCATE'))
  EXECUTE FUNCTION civreg_refuse();

-- A trigger needs no right to run its function, but whoever may execute one can hang it on a table of their own and
-- let it write as the owner. The runtime role gets what an app declares (database_functions), at the end of migrate.
REVOKE EXECUTE ON FUNCTION civreg_tally_insert(), civreg_tally_update(), civreg_tally_delete(), civreg_refuse(),
  civreg_recount_tally(), civreg_guard_record(), civreg_confirm_total() FROM PUBLIC;
