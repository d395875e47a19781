-- The words of all names typed so far, each with what is left of it when one letter is dropped: a search looks a
-- misspelt word up here. Exact at commit, also for COPY and psql. New words are few after the first weeks; they are
-- added in their order, so that two savers of the same new words wait for each other instead of locking each other out.
CREATE FUNCTION civreg_spellings(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT array_agg(DISTINCT spelling) FROM (
    SELECT word AS spelling
    UNION ALL SELECT overlay(word PLACING '' FROM place FOR 1) FROM generate_series(1, length(word)) AS place) AS every
$$;

CREATE FUNCTION civreg_note_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO digitization_nameword (word, spellings)
  SELECT word, civreg_spellings(word)
  FROM (SELECT DISTINCT string_to_table(names_fold, ' ') AS word FROM fresh) AS words
  WHERE word NOT IN ('', '|') AND length(word) <= 40
    AND NOT EXISTS (SELECT FROM digitization_nameword AS known WHERE known.word = words.word)
  ORDER BY word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER note_words_insert AFTER INSERT ON digitization_record
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION civreg_note_words();

-- For each row here, so that the many changes that leave the names alone cost nothing.
CREATE FUNCTION civreg_note_changed_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO digitization_nameword (word, spellings)
  SELECT word, civreg_spellings(word)
  FROM (SELECT DISTINCT string_to_table(new.names_fold, ' ') AS word) AS words
  WHERE word NOT IN ('', '|') AND length(word) <= 40
    AND NOT EXISTS (SELECT FROM digitization_nameword AS known WHERE known.word = words.word)
  ORDER BY word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER note_words_update AFTER UPDATE OF names_fold ON digitization_record
  FOR EACH ROW WHEN (new.names_fold IS DISTINCT FROM old.names_fold)
  EXECUTE FUNCTION civreg_note_changed_words();

REVOKE EXECUTE ON FUNCTION civreg_spellings(text), civreg_note_words(), civreg_note_changed_words() FROM PUBLIC;

-- What was typed before this migration.
INSERT INTO digitization_nameword (word, spellings)
SELECT word, civreg_spellings(word)
FROM (SELECT DISTINCT string_to_table(names_fold, ' ') AS word FROM digitization_record) AS words
WHERE word NOT IN ('', '|') AND length(word) <= 40;
