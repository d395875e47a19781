-- Folding and sorting of Vietnamese text: civreg/lib/folding.py in SQL. The two agree on every text, on every server:
-- nothing leans on its locale, on the version of its Unicode, or on a file somebody may change (as unaccent's rules).
-- Columns and indexes may rest on these functions: who changes what they answer derives those again in the same
-- migration. PL/pgSQL, because SQL functions that cannot be inlined take five to twenty times as long.

-- Every letter of the alphabets before its marks (NFD); other scripts stay as they are.
CREATE FUNCTION civreg_taken_apart(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  strange CONSTANT text := '[^'
    '\u0001-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u052f\u1e00-\u1f15\u1f18-\u1f1d'
    '\u1f20-\u1f45\u1f48-\u1f4d\u1f50-\u1f57\u1f59\u1f5b\u1f5d\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fc4'
    '\u1fc6-\u1fd3\u1fd6-\u1fdb\u1fdd-\u1fef\u1ff2-\u1ff4\u1ff6-\u1ffe\u2000-\u2064\u2126\u212a\u212b\u2190-\u22ff'
    ']+';
BEGIN
  IF words COLLATE "C" !~ strange THEN
    RETURN normalize(words, NFD);
  END IF;
  RETURN (
    SELECT string_agg(normalize(known, NFD) || coalesce(other[1], ''), '' ORDER BY place)
    FROM ROWS FROM (
      regexp_split_to_table(words COLLATE "C", strange), regexp_matches(words COLLATE "C", strange, 'g')
    ) WITH ORDINALITY AS runs (known, other, place));
END $$;

-- Lower case, one kind of apostrophe and hyphen, and the letters Unicode does not take apart. ASCII, the marks and đ
-- are left to the callers, who are quicker with them.
CREATE FUNCTION civreg_base_letters(letters text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  letters := translate(letters,
      'ÆØÞĦĲĿŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǄǅǇǈǊǋǤǱǲǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿΑΒΓΔΕΖΗ'
      'ΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϏϘϚϜϞϠϢϤϦϨϪϬϮϴϷϹϺϽϾϿЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪ'
      'ѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮłøħıſς',
      'æoþhĳŀlŋœŧɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǆǆǉǉǌǌǥǳǳƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷϳαβγδεζη'
      'θικλμνξοπρστυφχψωϗϙϛϝϟϡϣϥϧϩϫϭϯθϸϲϻͻͼͽђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫ'
      'ѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯlohisσ');
  letters := translate(letters, '´ʻʼ‘’′‐‑‒–—−', $to$''''''------$to$);
  IF letters COLLATE "C" ~ '[æœþßẞﬀﬁﬂﬃﬄﬅﬆ]' THEN
    letters := replace(replace(replace(replace(replace(letters COLLATE "C",
      'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ß', 'ss'), 'ẞ', 'ss');
    letters := replace(replace(replace(replace(replace(replace(replace(letters COLLATE "C",
      'ﬀ', 'ff'), 'ﬁ', 'fi'), 'ﬂ', 'fl'), 'ﬃ', 'ffi'), 'ﬄ', 'ffl'), 'ﬅ', 'st'), 'ﬆ', 'st');
  END IF;
  RETURN letters;
END $$;

CREATE FUNCTION civreg_fold(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  unmarked text COLLATE "C" :=
    regexp_replace(public.civreg_taken_apart(words) COLLATE "C", '[\u0300-\u036f]+', '', 'g');
  plain text COLLATE "C" := lower(translate(unmarked, 'đĐðÐ`', E'dddd\''));
BEGIN
  IF octet_length(plain) <> length(plain) THEN
    plain := public.civreg_base_letters(plain);
  END IF;
  RETURN btrim(regexp_replace(plain,
    '[\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'));
END $$;

-- To be compared with COLLATE "C".
CREATE FUNCTION civreg_sort_key(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  apart text COLLATE "C" := btrim(regexp_replace(public.civreg_taken_apart(words) COLLATE "C",
    '[\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'));
  -- Of the marks breve, circumflex and horn stay, under the names that sort them.
  marked text COLLATE "C" :=
    regexp_replace(apart, '[\u0300\u0301\u0303-\u0305\u0307-\u031a\u031c-\u036f]+', '', 'g');
  letters text COLLATE "C" := lower(replace(
    translate(marked, E'ĐðÐ`\u0306\u0302\u031b', E'đđđ\'\u0300\u0301\u0302'), 'đ', E'd\u0300'));
  tones text COLLATE "C" := regexp_replace(apart, '[^ \u0300\u0309\u0303\u0301\u0323]+', '', 'g');
BEGIN
  IF letters ~ '[^\u0001-\u007f\u0300-\u0302]' THEN
    letters := public.civreg_base_letters(letters);
  END IF;
  RETURN letters || E'\x01' || translate(tones, E'\u0300\u0309\u0303\u0301\u0323', '12345');
END $$;
