"""Vietnamese text: kept as the book has it, found however it is typed, sorted as a dictionary does."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civreg.lib.folding import ALPHABETS
from civreg.lib.vietnamese import clean, fold, has_control_characters, sort_key

VIETNAMESE = st.text("aàảãáạăằâầđeẻêễghiịklmnoòôơợpqrstuưứvxyỷ AĂÂĐÊÔƠƯNT", max_size=30)
# Every place of the alphabets that fold takes apart, and words made of them with any marks at all.
KNOWN = "".join(letter for letter in map(chr, range(1, 0x2300)) if re.match(f"[{ALPHABETS}]", letter))
WORDS = st.text(st.sampled_from(KNOWN), max_size=20) | st.text(
    "aăâđeêoôơuưyAĂÂĐ \u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u0328ð`’", max_size=20
)


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


def test_every_place_of_the_alphabets_is_a_letter_for_good_and_stays_among_them() -> None:
    """What is assigned never changes any more, so Python and PostgreSQL agree on it whatever Unicode they know."""
    assert "Cn" not in set(map(unicodedata.category, KNOWN))
    for form in ("NFC", "NFD"):
        assert set("".join(unicodedata.normalize(form, letter) for letter in KNOWN)) <= set(KNOWN)


@given(WORDS)
def test_folding_and_sorting_do_not_care_about_composition(text: str) -> None:
    apart, composed = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))
    assert fold(apart) == fold(composed) == fold(clean(text)) == fold(text)
    assert sort_key(apart) == sort_key(composed) == sort_key(clean(text)) == sort_key(text)


@given(st.text(max_size=40))
def test_cleaned_text_of_any_script_does_not_care_about_composition(text: str) -> None:
    apart, composed = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))
    assert clean(apart) == clean(composed) == clean(text) == unicodedata.normalize("NFC", clean(text))
    assert fold(clean(apart)) == fold(clean(composed))


@given(WORDS | st.text(max_size=40))
def test_folding_twice_changes_nothing_and_a_letter_becomes_three_at_most(text: str) -> None:
    assert fold(fold(text)) == fold(text) == fold(text).strip(" ")
    assert len(fold(text)) <= 3 * len(text)
    assert "  " not in fold(text)


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


# The two places of a tone mark, and the syllables between which the old and the new rule differ.
@pytest.mark.parametrize("tone", ["\u0300", "\u0309", "\u0303", "\u0301", "\u0323"])
@pytest.mark.parametrize("vowels", ["oa", "oe", "uy"])
@pytest.mark.parametrize("consonant", ["", "h", "th", "kh", "ng", "q"])
def test_where_the_tone_mark_stands_does_not_matter(consonant: str, vowels: str, tone: str) -> None:
    old = unicodedata.normalize("NFC", f"{consonant}{vowels[0]}{tone}{vowels[1]}")
    new = unicodedata.normalize("NFC", f"{consonant}{vowels}{tone}")
    assert old != new
    assert fold(f"Bùi {old}") == fold(f"Bùi {new}") == f"bui {consonant}{vowels}"
    assert sort_key(f"Bùi {old} An") == sort_key(f"Bùi {new} An")


@pytest.mark.parametrize(
    "typed", ["H'Bia Niê", "H’Bia Niê", "H`Bia Niê", "H´Bia Niê", "HʼBia Niê", "h‘bia  niê"]
)
def test_every_kind_of_apostrophe_finds_the_same_name(typed: str) -> None:
    assert fold(typed) == "h'bia nie"
    assert sort_key(typed) == sort_key("H'Bia Niê")


@pytest.mark.parametrize("typed", ["Gia-rai", "Gia‑rai", "Gia–rai", "Gia—Rai", "Gia‐rai"])
def test_every_kind_of_hyphen_finds_the_same_name(typed: str) -> None:
    assert fold(typed) == "gia-rai"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Łukasz Søren Cœur", "lukasz soren coeur"),
        ("Straße GROẞ ŒUVRE Þór Guðrún", "strasse gross oeuvre thor gudrun"),
        ("Иван ГЁТЕ Йорк", "иван гете иорк"),
        ("ΟΔΥΣΣΕΎΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ"),
        ("İstanbul ısparta", "istanbul isparta"),
        ("กำพล ガ 김", "กำพล ガ 김"),
        ("a \u0301 b", "a b"),
    ],
)
def test_foreign_letters_fold_to_what_one_would_type(typed: str, folded: str) -> None:
    assert fold(typed) == folded


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


# Family and given names as a list of inhabitants puts them: letters of the whole name first, tones afterwards.
LISTED = """
Âu Thị Bé|Bạch Thị Ái|Bàng A Lử|Bàng Văn An|Bùi Văn An|Bùi Văn Ân|Cao Thị Ưng|Cầm Bá Thước|Chu Thị Ấm|Dương Văn Ổn
Đàm Thị Ê|Đào Duy Anh|Đặng Thị Ba|Đặng Thị Bà|Đặng Thị Bả|Đặng Thị Bã|Đặng Thị Bá|Đặng Thị Bạ|Đinh Công Tráng|Đỗ An
Giàng A Páo|Hà An|Hạ An|Hà Thị Thuỷ|Hoàng Thị Hoa|Hoàng Thị Hoà|Hoàng Thị Hoả|Hoàng Thị Hoạ|Hoàng Thị Hoan|Kiều Ôn
Kiều Ơn|La Thị Ư|Lê Lợi|Lò Thị Ửng|Lý Thị Ý|Mùa A Sử|Nông Thị Yến|Ôn Văn Hùng|Phan Ân|Phan Ấn|Phan Ẩn Danh|Quách Bá
Quách Tấn|Sùng A Tủa|Tạ Đình Đề|Tô Hiệu|Trần Hòa|Trần Huy|Trịnh Uy|Ung Văn Khiêm|Vàng Seo Dìn|Vi Ỷ Lan|Xuân Diệu|Ỷ Lan
"""
INHABITANTS = LISTED.strip().replace("\n", "|").split("|")


def test_a_list_of_inhabitants_stands_in_order() -> None:
    assert sorted(sorted(INHABITANTS), key=sort_key) == INHABITANTS


ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
SYLLABLES = st.lists(
    st.tuples(st.text(ALPHABET, max_size=2), st.sampled_from("aăâeêioôơuưy"), st.sampled_from(TONES)),
    min_size=1,
    max_size=3,
)
Syllables = list[tuple[str, str, str]]


def _in_letters(syllables: Syllables) -> str:
    return unicodedata.normalize("NFC", " ".join("".join(parts) for parts in syllables))


def _by_the_book(syllables: Syllables) -> tuple[list[int], list[int]]:
    """Return what is compared: the places of the letters in the alphabet, a space first, then the tones."""
    words = " ".join(before + vowel for before, vowel, _tone in syllables)
    return [(" " + ALPHABET).index(letter) for letter in words], [TONES.index(tone) for *_, tone in syllables]


@given(SYLLABLES, SYLLABLES)
def test_any_two_names_stand_by_all_their_letters_and_then_by_their_tones(
    one: Syllables, other: Syllables
) -> None:
    keys, places = map(sort_key, map(_in_letters, (one, other))), map(_by_the_book, (one, other))
    assert _order(*keys) == _order(*places)


def _order(one: Any, other: Any) -> int:
    return int(one > other) - int(one < other)


def test_tones_are_compared_syllable_by_syllable() -> None:
    assert sort_key("ba bà") < sort_key("bà ba")


@given(VIETNAMESE)
def test_case_and_composition_do_not_change_the_place(text: str) -> None:
    assert sort_key(text) == sort_key(text.upper()) == sort_key(unicodedata.normalize("NFD", text))


def test_a_short_name_comes_before_its_continuations() -> None:
    assert sort_key("Án") < sort_key("An Bình") < sort_key("Anh")
