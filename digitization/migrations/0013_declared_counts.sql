-- A declaration is never above the book's total and goes down only with a note; the newest one stands in the book.
-- The book is locked first: two who declare for it wait for each other, and its total cannot move meanwhile.
CREATE FUNCTION civreg_declare() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  room integer;
  before integer;
BEGIN
  SELECT total INTO room FROM digitization_book WHERE id = new.book_id FOR NO KEY UPDATE;
  IF new.n > room THEN
    RAISE EXCEPTION 'civreg: more is declared for a book than its total' USING ERRCODE = 'CV007';
  END IF;
  SELECT n INTO before FROM digitization_declaration
  WHERE book_id = new.book_id AND (day, revision) < (new.day, new.revision)
  ORDER BY day DESC, revision DESC LIMIT 1;
  IF new.n < before AND new.note = '' THEN
    RAISE EXCEPTION 'civreg: a declaration goes down only with a reason' USING ERRCODE = 'CV007';
  END IF;
  UPDATE digitization_book SET declared = new.n
  WHERE id = new.book_id AND declared <> new.n AND NOT EXISTS (
    SELECT FROM digitization_declaration AS d
    WHERE d.book_id = new.book_id AND (d.day, d.revision) > (new.day, new.revision));
  RETURN NULL;
END $$;
CREATE TRIGGER declare AFTER INSERT ON digitization_declaration
  FOR EACH ROW EXECUTE FUNCTION civreg_declare();

-- Only that trigger, which runs as the owner, writes what is declared for a book.
CREATE TRIGGER declared_comes_from_a_declaration BEFORE UPDATE ON digitization_book
  FOR EACH ROW WHEN (new.declared IS DISTINCT FROM old.declared
    AND NOT has_table_privilege('public.digitization_book', 'TRUNCATE'))
  EXECUTE FUNCTION civreg_refuse();
CREATE TRIGGER nothing_declared_before_a_declaration BEFORE INSERT ON digitization_book
  FOR EACH ROW WHEN (new.declared <> 0 AND NOT has_table_privilege('public.digitization_book', 'TRUNCATE'))
  EXECUTE FUNCTION civreg_refuse();

-- Pages accounted for, book by book: numbers on pictures in use ("23", and both of "23-24"), and pages said to be
-- blank, damaged or lost; each once, and none beyond the book's last page where that is known. Covers are no pages.
CREATE FUNCTION civreg_accounted_pages(books bigint[]) RETURNS TABLE (book_id bigint, n integer)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT b.id, count(DISTINCT shown.page)::int
  FROM unnest(books) AS asked
  JOIN digitization_book AS b ON b.id = asked
  LEFT JOIN LATERAL (
    SELECT part::int AS page FROM (
      SELECT s.page AS label FROM digitization_scan AS s
      WHERE s.book_id = b.id AND s.state = 'ready' AND s.replaced_by_id IS NULL
      UNION
      SELECT p.label FROM digitization_bookpage AS p
      WHERE p.book_id = b.id AND p.state IN ('blank', 'damaged', 'missing')) AS known
    CROSS JOIN LATERAL unnest(CASE WHEN known.label ~ '^[0-9]{1,5}(-[0-9]{1,5})*$'
                                   THEN string_to_array(known.label, '-') END) AS part
    WHERE part::int BETWEEN 1 AND coalesce(b.pages, 99999)) AS shown ON true
  GROUP BY b.id
$$;

-- The row of a book is locked before it is counted anew: whoever comes second sees what the first has committed.
CREATE FUNCTION civreg_count_pages(books bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF coalesce(cardinality(books), 0) = 0 THEN
    RETURN;
  END IF;
  INSERT INTO digitization_bookpages (book_id, scanned)
  SELECT DISTINCT asked, 0 FROM unnest(books) AS asked ORDER BY 1 ON CONFLICT (book_id) DO NOTHING;
  PERFORM 1 FROM digitization_bookpages WHERE book_id = ANY (books) ORDER BY book_id FOR NO KEY UPDATE;
  UPDATE digitization_bookpages AS t SET scanned = found.n
  FROM civreg_accounted_pages(books) AS found WHERE t.book_id = found.book_id AND t.scanned <> found.n;
END $$;

CREATE FUNCTION civreg_pages_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- A picture that is still being worked on shows nothing yet: most inserts end here.
  PERFORM civreg_count_pages(ARRAY(
    SELECT DISTINCT f.book_id FROM fresh AS f WHERE f.state NOT IN ('waiting', 'refused', 'normal')));
  RETURN NULL;
END $$;

CREATE FUNCTION civreg_pages_delete() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM civreg_count_pages(ARRAY(SELECT DISTINCT s.book_id FROM stale AS s));
  RETURN NULL;
END $$;

-- Turning a picture or noting its size moves no page, and takes no lock.
CREATE FUNCTION civreg_pages_of_scans() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM civreg_count_pages(ARRAY(
    SELECT DISTINCT f.book_id FROM fresh AS f JOIN stale AS s ON s.id = f.id
    WHERE (f.page, f.state, f.replaced_by_id) IS DISTINCT FROM (s.page, s.state, s.replaced_by_id)));
  RETURN NULL;
END $$;

CREATE FUNCTION civreg_pages_of_states() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM civreg_count_pages(ARRAY(SELECT f.book_id FROM fresh AS f UNION SELECT s.book_id FROM stale AS s));
  RETURN NULL;
END $$;

CREATE FUNCTION civreg_pages_of_book() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM civreg_count_pages(ARRAY[new.id]);
  RETURN NULL;
END $$;

CREATE TRIGGER pages_insert AFTER INSERT ON digitization_scan
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_pages_insert();
CREATE TRIGGER pages_update AFTER UPDATE ON digitization_scan
  REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_pages_of_scans();
CREATE TRIGGER pages_delete AFTER DELETE ON digitization_scan
  REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION civreg_pages_delete();
CREATE TRIGGER pages_insert AFTER INSERT ON digitization_bookpage
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_pages_insert();
CREATE TRIGGER pages_update AFTER UPDATE ON digitization_bookpage
  REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_pages_of_states();
CREATE TRIGGER pages_delete AFTER DELETE ON digitization_bookpage
  REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION civreg_pages_delete();
CREATE TRIGGER pages_of_book AFTER UPDATE OF pages ON digitization_book
  FOR EACH ROW WHEN (old.pages IS DISTINCT FROM new.pages) EXECUTE FUNCTION civreg_pages_of_book();

-- For the nightly reconcile: corrects pages and declared counts that differ, and says of how many books.
CREATE FUNCTION civreg_recount_books() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  wrong bigint[];
  undeclared integer;
BEGIN
  WITH last AS (
    SELECT DISTINCT ON (book_id) book_id, n FROM digitization_declaration
    ORDER BY book_id, day DESC, revision DESC),
  repaired AS (
    UPDATE digitization_book AS b SET declared = last.n
    FROM last WHERE last.book_id = b.id AND b.declared <> last.n RETURNING 1)
  SELECT count(*) INTO undeclared FROM repaired;
  wrong := ARRAY(
    SELECT f.book_id FROM civreg_accounted_pages(ARRAY(SELECT id FROM digitization_book)) AS f
    LEFT JOIN digitization_bookpages AS t USING (book_id) WHERE f.n <> coalesce(t.scanned, 0));
  PERFORM civreg_count_pages(wrong);
  RETURN cardinality(wrong) + undeclared;
END $$;

REVOKE EXECUTE ON FUNCTION civreg_declare(), civreg_accounted_pages(bigint[]), civreg_count_pages(bigint[]),
  civreg_pages_insert(), civreg_pages_delete(), civreg_pages_of_scans(), civreg_pages_of_states(),
  civreg_pages_of_book(), civreg_recount_books() FROM PUBLIC;

-- Pictures and pages there are already.
SELECT civreg_recount_books();
