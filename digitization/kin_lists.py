"""Pairs of entries about one person, unit by unit, as the page of cross-checks lists them. One question for each list.

A pair is listed for every unit that keeps one of the two, until somebody says that they are two, or one is corrected.
The index by person leads from each entry of the unit to those of the district.
"""

from __future__ import annotations

from civreg.lib.statements import rows_of
from digitization.kin import BIRTHS, DEATHS, DISTRICT_OF_U, not_told_apart
from digitization.record_types.others import WORDS_OF_DEATH

MOST = 100
_SAME_PERSON = f"""
  b.subject_fold <> '' AND b.subject_fold = a.subject_fold
  AND b.subject_born_earliest = a.subject_born_earliest AND b.subject_born_latest = a.subject_born_latest
  AND a.standing NOT IN ('duplicate', 'withdrawn') AND b.standing NOT IN ('duplicate', 'withdrawn')
  AND {not_told_apart("a.id", "b.id")}
  AND (SELECT {DISTRICT_OF_U} FROM communes_unit AS u WHERE u.id = a.custodian_id)
    = (SELECT {DISTRICT_OF_U} FROM communes_unit AS u WHERE u.id = b.custodian_id)
"""
_BIRTHS_TWICE = f"""
SELECT a.id, b.id FROM digitization_record AS a JOIN digitization_record AS b ON {_SAME_PERSON}
WHERE a.custodian_id = %(unit)s AND a.kind = ANY(%(births)s) AND b.kind = ANY(%(births)s)
  AND (a.id < b.id OR b.custodian_id <> a.custodian_id) AND a.id <> b.id
  AND (a.second_fold = b.second_fold AND a.second_fold <> ''
       OR a.subject_born_earliest = a.subject_born_latest AND (a.second_fold = '' OR b.second_fold = ''))
ORDER BY greatest(a.id, b.id) DESC, least(a.id, b.id) DESC LIMIT {MOST + 1}
"""
_UNMARKED = f"""
  a.subject_born_earliest = a.subject_born_latest
  AND a.kind = ANY(%(these)s) AND b.kind = ANY(%(others)s) AND a.custodian_id = %(unit)s AND {_SAME_PERSON}
"""
_DEATHS_UNMARKED = f"""
SELECT death, birth FROM (
  SELECT a.id AS death, b.id AS birth, b.remarks, a.number_year, a.number
  FROM digitization_record AS a JOIN digitization_record AS b
    ON {_UNMARKED.replace("%(these)s", "%(deaths)s").replace("%(others)s", "%(births)s")}
  UNION
  SELECT b.id, a.id, a.remarks, b.number_year, b.number
  FROM digitization_record AS a JOIN digitization_record AS b
    ON {_UNMARKED.replace("%(these)s", "%(births)s").replace("%(others)s", "%(deaths)s")}) AS pair
WHERE civreg_fold(remarks) !~ %(noted)s
ORDER BY number_year, number, death, birth LIMIT {MOST + 1}
"""

Pair = tuple[int, int]


def births_twice(unit: int) -> list[Pair]:
    """Return births that seem to be one, the unit's first, what was typed last on top.

    One more than ``MOST`` tells that there are more.
    """
    return _asked(_BIRTHS_TWICE, unit)


def deaths_unmarked(unit: int) -> list[Pair]:
    """Return deaths with the birth of the same person that has no note of it: either may be the unit's."""
    return _asked(_DEATHS_UNMARKED, unit)


def _asked(statement: str, unit: int) -> list[Pair]:
    noted = "|".join(WORDS_OF_DEATH)
    asked = {"unit": unit, "births": BIRTHS, "deaths": DEATHS, "noted": noted}
    return [(one, other) for one, other in rows_of(statement, asked)]
