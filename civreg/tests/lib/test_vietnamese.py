"""Vietnamese text: kept as the book has it, found however it is typed, sorted as a dictionary does."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civreg.lib.vietnamese import clean, fold, has_control_characters, sort_key

VIETNAMESE = st.text("aàảãáạăằâầđeẻêễghiịklmnoòôơợpqrstuưứvxyỷ AĂÂĐÊÔƠƯNT", max_size=30)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn \u00a0Văn\tMinh\n", "Nguyễn Văn Minh"),
        (unicodedata.normalize("NFD", "Phạm Thị Hoà"), "Phạm Thị Hoà"),
        ("Ðặng Văn ðức", "Đặng Văn đức"),
        ("Guðrún", "Guðrún"),
        ("Thuỷ Thủy", "Thuỷ Thủy"),
        ("A\u200bB", "A\u200bB"),
    ],
)
def test_text_is_cleaned_without_being_improved(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=40))
def test_folding_does_not_care_about_composition(text: str) -> None:
    assert (
        fold(unicodedata.normalize("NFD", text))
        == fold(unicodedata.normalize("NFC", text))
        == fold(clean(text))
    )


@given(VIETNAMESE)
def test_folded_vietnamese_is_plain_lower_case_latin(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(text.upper())


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("Ðoàn", "Đoàn"), ("PHÚC LAI", "phúc  lai"), ("khoẻ", "khỏe")],
)
def test_spellings_of_one_name_are_found_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_foreign_letters_fold_as_the_database_folds_them() -> None:
    assert fold("Łukasz Søren Cœur") == "lukasz soren coeur"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1fb", "a\u200bb", "\ufeffa", "a\u202eb", "a\x85b", "\ud800"])
def test_what_no_reader_can_see_is_noticed(text: str) -> None:
    assert has_control_characters(text)


@pytest.mark.parametrize(
    "text", ["", "Nguyễn Văn Minh", "dòng 1\r\ndòng 2\t", unicodedata.normalize("NFD", "Hoà")]
)
def test_ordinary_text_holds_no_control_characters(text: str) -> None:
    assert not has_control_characters(text)


@pytest.mark.parametrize(
    "in_order",
    [
        "An Àn Ản Ãn Án Ạn Ánh Ăn Ân Dung Đoan Em Ê Ếch O Ô Ơ U Ư",
        "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y",
        "ma mà mả mã má mạ",
        "12a 7 An",
    ],
)
def test_words_stand_in_dictionary_order(in_order: str) -> None:
    words = in_order.split()
    backwards = words[::-1]
    assert sorted(backwards, key=sort_key) == words


def test_names_are_ordered_by_all_letters_before_any_tone() -> None:
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
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names


def test_tones_are_compared_syllable_by_syllable() -> None:
    assert sort_key("ba bà") < sort_key("bà ba")


@given(VIETNAMESE)
def test_case_and_composition_do_not_change_the_place(text: str) -> None:
    assert sort_key(text) == sort_key(text.upper()) == sort_key(unicodedata.normalize("NFD", text))


def test_a_short_name_comes_before_its_continuations() -> None:
    assert sort_key("Án") < sort_key("An Bình") < sort_key("Anh")
