"""The database folds and sorts as Python does: whoever is found by the one is found by the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from civreg.lib.vietnamese import fold, sort_key

pytestmark = pytest.mark.django_db

# Everything PostgreSQL can hold: no NUL, no half surrogates; of the planes without alphabets one letter in 97.
LETTERS = [chr(place) for place in range(1, 0x20000) if not 0xD800 <= place < 0xE000]
LETTERS += [chr(place) for place in range(0x20000, 0x110000, 97)]
VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
MARKS = "".join(map(chr, range(0x0300, 0x0370)))
ODD = "ðÐ’`´‘–‑ \t\n\u00a0\u2003\u200b\x01æŒßẞﬃłØĿǅςΣſıİѓЁΐᾂが゙각각กำ☃𝒜\u0378\u0590\u1aff\U0001e08f\U0010ffff"
# Half of the texts are of letters and marks that meet in names or fight with each other, half of anything at all.
TEXTS = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + MARKS + ODD), max_size=12) | st.text(
    st.characters(min_codepoint=1, exclude_categories=["Cs"]), max_size=12
)


def in_sql(texts: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return every text with what the database folds and sorts it to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text, civreg_fold(text), civreg_sort_key(text) FROM unnest(%s::text[]) AS text",
            [list(texts)],
        )
        return cursor.fetchall()


def in_python(texts: Iterable[str]) -> list[tuple[str, str, str]]:
    return [(text, fold(text), sort_key(text)) for text in texts]


def test_every_letter_there_is_folds_and_sorts_alike() -> None:
    texts = ["".join(LETTERS[at : at + 100]) for at in range(0, len(LETTERS), 100)]
    assert in_sql(texts) == in_python(texts)


def test_every_mark_on_every_vietnamese_letter_folds_and_sorts_alike() -> None:
    texts = [f"{letter}{mark}{letter.upper()}{mark}" for letter in VIETNAMESE for mark in MARKS]
    assert in_sql(texts) == in_python(texts)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=20, max_size=60))
@example(
    [
        "",
        " ",
        "Nguyễn Thị Thuỷ",
        unicodedata.normalize("NFD", "Đặng Ước"),
        "か\u3099 e\u0301か e\u0301",
        "a \u0301 b",
    ]
)
def test_any_text_folds_and_sorts_alike(texts: list[str]) -> None:
    assert in_sql(texts) == in_python(texts)


def test_nothing_stays_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT civreg_fold(NULL), civreg_sort_key(NULL)")
        assert cursor.fetchone() == (None, None)


@pytest.mark.parametrize("collation", ["C", "POSIX", "ucs_basic"])
def test_the_collation_of_a_column_changes_nothing(collation: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"""SELECT civreg_fold('Œuvre ÉA ĐÀO' COLLATE "{collation}")""")
        assert cursor.fetchone() == ("oeuvre ea dao",)
        cursor.execute(f"""SELECT civreg_sort_key('Œuvre ÉA ĐÀO' COLLATE "{collation}")""")
        assert cursor.fetchone() == (sort_key("Œuvre ÉA ĐÀO"),)


def test_indexes_and_parallel_queries_may_rest_on_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT proname, provolatile::text, proparallel::text, proisstrict FROM pg_proc
            WHERE oid IN ('civreg_fold(text)'::regprocedure, 'civreg_sort_key(text)'::regprocedure)
            ORDER BY proname
            """
        )
        assert cursor.fetchall() == [("civreg_fold", "i", "s", True), ("civreg_sort_key", "i", "s", True)]


def test_the_database_puts_names_in_dictionary_order() -> None:
    names = [
        "Bùi Văn An",
        "Bùi Văn Ân",
        "Đặng Thị Ba",
        "Đặng Thị Bà",
        "Đặng Thị Bá",
        "Đỗ An",
        "Hà An",
        "Hạ An",
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT array_agg(name ORDER BY civreg_sort_key(name) COLLATE "C") FROM unnest(%s::text[]) AS name""",
            [names[::-1]],
        )
        assert cursor.fetchone() == (names,)
