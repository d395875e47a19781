"""The same persons in other entries of the district, found by name and birth: one question for a set of entries.

The district is what belongs to the same unit as the keeper of the entry. Entries that were told apart are left out.
What may be shown of an entry somebody else keeps is decided where it is shown; here are ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from civreg.lib.statements import rows_of
from digitization.record_types import codes_of
from digitization.record_types.contract import LifeEvent
from digitization.record_types.entries import code_of
from digitization.record_types.others import AGAIN, Alike, Marriage, is_noted, marriage_ended, tells_of_death

Columns = Mapping[str, Any]
# What a unit, joined as u, belongs to: two entries are near each other within it.
DISTRICT_OF_U = "CASE WHEN u.level = 'commune' THEN coalesce(u.parent_id, u.id) ELSE u.id END"
# Born on one known day, or the other person of the entry has the same name too: else two names met by chance.
# A question has only the branches its kinds need: most of what it costs for one entry is its planning.
_OF_A_CHILD = """
  SELECT w.*, CASE WHEN w.kind = ANY(%(births)s) THEN 'child' ELSE 'birth' END AS part, r.*
  FROM wanted AS w CROSS JOIN LATERAL (
    SELECT {found} FROM digitization_record AS r
    WHERE r.kind = ANY(%(births)s) AND r.subject_fold <> '' AND r.subject_fold = w.name
      AND r.subject_born_earliest = w.first AND r.subject_born_latest = w.last AND {counts}
      AND (w.kind = ANY(%(births)s) AND (r.second_fold = w.second AND w.second <> ''
                                         OR w.first = w.last AND (w.second = '' OR r.second_fold = ''))
           OR w.kind = ANY(%(deaths)s) AND w.first = w.last)
    LIMIT {most}) AS r"""
_OF_A_HUSBAND = """
  SELECT w.*, CASE WHEN r.second_fold = w.second AND w.second <> '' THEN 'both' ELSE 'husband' END AS part, r.*
  FROM wanted AS w CROSS JOIN LATERAL (
    SELECT {found} FROM digitization_record AS r
    WHERE w.kind = ANY(%(marriages)s) AND r.kind = ANY(%(marriages)s)
      AND r.subject_fold <> '' AND r.subject_fold = w.name
      AND r.subject_born_earliest = w.first AND r.subject_born_latest = w.last AND {counts}
      AND (w.first = w.last OR r.second_fold = w.second AND w.second <> '')
    LIMIT {most}) AS r"""
_OF_A_WIFE = """
  SELECT w.*, CASE WHEN r.subject_fold = w.name THEN 'both' ELSE 'wife' END AS part, r.*
  FROM wanted AS w CROSS JOIN LATERAL (
    SELECT {found} FROM digitization_record AS r
    WHERE w.kind = ANY(%(marriages)s) AND r.kind = ANY(%(marriages)s)
      AND r.second_fold <> '' AND r.second_fold = w.second
      AND r.second_born_earliest = w.second_first AND r.second_born_latest = w.second_last AND {counts}
      AND w.second_first = w.second_last
      AND (r.subject_fold = w.name
           AND r.subject_born_earliest = w.first AND r.subject_born_latest = w.last) IS NOT TRUE
    LIMIT {most}) AS r"""
_FIND = """
WITH wanted AS (
  SELECT w.*, {district} AS district
  FROM unnest(%(at)s::int[], %(kind)s::text[], %(custodian)s::bigint[], %(record)s::bigint[],
      %(name)s::text[], %(first)s::date[], %(last)s::date[],
      %(second)s::text[], %(second_first)s::date[], %(second_last)s::date[])
      AS w(at, kind, custodian, record, name, first, last, second, second_first, second_last)
  JOIN communes_unit AS u ON u.id = w.custodian)
SELECT f.at, f.part, f.id, f.custodian_id = f.custodian, f.reg_earliest, f.reg_latest, f.remarks,
    f.content -> 'marriage_status' ->> 'code',
    coalesce(f.content -> 'annulment_noted_on' ->> 'absent' <> 'not_written',
        f.content ? 'annulment_noted_on'),
    f.content -> 'registration_type' ->> 'code'
FROM ({branches}) AS f
ORDER BY f.at, f.id
"""
_FOUND = (
    "r.id, r.custodian_id, r.subject_fold, r.second_fold, r.reg_earliest, r.reg_latest, r.remarks, r.content"
)
_COUNTS = (
    "r.id <> w.record AND r.standing NOT IN ('duplicate', 'withdrawn') AND {untold} "
    "AND w.district = (SELECT {district} FROM communes_unit AS u WHERE u.id = r.custodian_id)"
)
# No person is registered so often; a sheet that repeats one row a thousand times is not to be compared a million times.
_MOST = 20
BIRTHS, MARRIAGES, DEATHS = (
    codes_of(event) for event in (LifeEvent.BIRTH, LifeEvent.MARRIAGE, LifeEvent.DEATH)
)


def not_told_apart(one: str, other: str) -> str:
    """Return the condition that nobody said of two entries that they are two; ``one`` and ``other`` are their ids."""
    return (
        "NOT EXISTS (SELECT FROM digitization_toldapart AS t WHERE t.ended_at IS NULL "
        f"AND t.first_id = least({one}, {other}) AND t.second_id = greatest({one}, {other}))"
    )


@dataclass(frozen=True, slots=True)
class Kin:
    """The entries of the same persons: births of the child, births of the dead without a note, other marriages."""

    births: tuple[Alike, ...] = ()
    unmarked_births: tuple[Alike, ...] = ()
    marriages: tuple[Marriage, ...] = ()

    def but(self, apart: frozenset[int]) -> dict[str, Any]:
        """Return them by name, without those with these ids."""
        return {
            "births": _without(self.births, apart),
            "unmarked_births": _without(self.unmarked_births, apart),
            "marriages": _without(self.marriages, apart),
        }

    @property
    def ids(self) -> set[int]:
        """Return the ids of all of them that are stored."""
        every: tuple[Alike, ...] = (*self.births, *self.unmarked_births, *self.marriages)
        return {other.record for other in every if other.record}


def kin_of(entries: Sequence[tuple[Columns, int]]) -> dict[int, Kin]:
    """Return the kin of each entry by its place in the list; those without any are left out.

    An entry is its column values and its id, 0 while it is not stored: then those of the same set are found too.
    """
    wanted = [(at, columns, record) for at, (columns, record) in enumerate(entries) if _is_asked(columns)]
    if not wanted:
        return {}
    found: dict[int, list[tuple[str, Alike]]] = defaultdict(list)
    statement = _statement(columns["kind"] for _at, columns, _record in wanted)
    for row in rows_of(statement, _asked(wanted)):
        found[row[0]] += _read(*row[1:])
    for at, part, other in _among_themselves([(at, columns) for at, columns, record in wanted if not record]):
        found[at].append((part, other))
    return {at: _sorted_out(parts) for at, parts in found.items()}


def _statement(kinds: Iterable[str]) -> str:
    marry = {kind in MARRIAGES for kind in kinds}
    branches = ((_OF_A_HUSBAND, _OF_A_WIFE) if True in marry else ()) + (
        (_OF_A_CHILD,) if False in marry else ()
    )
    whole = _FIND.replace("{branches}", " UNION ALL ".join(branches)).replace("{found}", _FOUND)
    whole = whole.replace("{counts}", _COUNTS).replace("{most}", str(_MOST))
    return whole.replace("{district}", DISTRICT_OF_U).replace("{untold}", not_told_apart("r.id", "w.record"))


def _is_asked(columns: Columns) -> bool:
    asks = columns["kind"] in (*BIRTHS, *MARRIAGES, *DEATHS)
    return asks and bool(columns["subject_fold"] or columns["second_fold"])


def _asked(wanted: Sequence[tuple[int, Columns, int]]) -> dict[str, list[Any]]:
    names = {
        **{"kind": "kind", "custodian": "custodian_id", "name": "subject_fold"},
        **{"first": "subject_born_earliest", "last": "subject_born_latest", "second": "second_fold"},
        **{"second_first": "second_born_earliest", "second_last": "second_born_latest"},
    }
    asked = {name: [columns[column] for _at, columns, _record in wanted] for name, column in names.items()}
    kinds = {"births": BIRTHS, "marriages": MARRIAGES, "deaths": DEATHS}
    return {**asked, **kinds, "at": [at for at, *_ in wanted], "record": [record for *_, record in wanted]}


def _read(
    part: str, record: int, near: bool, earliest: Any, latest: Any, margin: str, *codes: Any
) -> Iterator[tuple[str, Alike]]:
    status, annulled, registered = codes
    again = registered == AGAIN
    if part == "child" or (part == "birth" and not tells_of_death(margin)):
        yield part, Alike(record, near, again)
    elif part != "birth":
        ended = marriage_ended(status=status, annulled=annulled, margin=margin)
        yield part, Marriage(record, near, again, whose=part, ended=ended, earliest=earliest, latest=latest)


def _among_themselves(fresh: Sequence[tuple[int, Columns]]) -> Iterator[tuple[int, str, Alike]]:
    """Entries of one sheet that name the same person: a row typed twice, a second marriage."""
    if len(fresh) < 2:
        return
    same: dict[tuple[Any, ...], list[tuple[int, Columns]]] = defaultdict(list)
    for at, columns in fresh:
        for key in _keys(columns):
            same[key].append((at, columns))
    for (part, *_key), several in same.items():
        for at, _columns in several if len(several) > 1 else ():
            for other, columns in several[:_MOST]:
                if other != at:
                    yield at, part, _of_a_row(part, columns)


def _keys(columns: Columns) -> Iterator[tuple[Any, ...]]:
    born = columns["subject_born_earliest"], columns["subject_born_latest"]
    name, second = columns["subject_fold"], columns["second_fold"]
    if columns["kind"] in BIRTHS and name and second and born[0]:
        yield "child", name, *born, second
    if columns["kind"] not in MARRIAGES:
        return
    if name and second and born[0]:
        yield "both", name, *born, second
    elif name and born[0] and born[0] == born[1]:
        yield "husband", name, born[0]


def _of_a_row(part: str, columns: Columns) -> Alike:
    content = columns["content"]
    again = code_of(content, "registration_type") == AGAIN
    if part == "child":
        return Alike(0, True, again)
    ended = marriage_ended(
        status=code_of(content, "marriage_status"),
        annulled=is_noted(content.get("annulment_noted_on")),
        margin=columns["remarks"],
    )
    return Marriage(
        0,
        True,
        again,
        whose=part,
        ended=ended,
        earliest=columns["reg_earliest"],
        latest=columns["reg_latest"],
    )


def _sorted_out(parts: Sequence[tuple[str, Alike]]) -> Kin:
    return Kin(
        births=tuple(other for part, other in parts if part == "child"),
        unmarked_births=tuple(other for part, other in parts if part == "birth"),
        marriages=tuple(other for _part, other in parts if isinstance(other, Marriage)),
    )


def _without(found: tuple[Any, ...], apart: frozenset[int]) -> tuple[Any, ...]:
    return tuple(other for other in found if other.record not in apart) if apart else found
