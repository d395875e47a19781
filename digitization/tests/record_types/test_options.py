"""The national lists, and words of registers found in them."""

from __future__ import annotations

import pytest
from django.utils.functional import Promise

from digitization.record_types.contract import OptionList
from digitization.record_types.entries import words_of
from digitization.record_types.matching import match
from digitization.record_types.options import (
    BIRTHKIND,
    COUNTRY,
    DECLARE,
    ETHNIC,
    GENDER,
    IDTYPE,
    REG_KS,
    RESIDENCE,
)

# Codes of Angola, Burundi and Malaysia, but also Áo, Bỉ and Mỹ typed without their marks.
NAMES_WITHOUT_MARKS = ("AO", "BI", "MY")
LISTS = [BIRTHKIND, COUNTRY, DECLARE, ETHNIC, GENDER, IDTYPE, REG_KS, RESIDENCE]


@pytest.mark.parametrize(
    ("options", "words", "code"),
    [
        (GENDER, "1", "1"),
        (GENDER, "nam", "1"),
        (GENDER, "NỮ", "2"),
        (GENDER, "nu", "2"),
        (GENDER, "Female", "2"),
        (ETHNIC, "Cao Lan", "15"),
        (ETHNIC, "sán chỉ", "15"),
        (ETHNIC, "H'Mông", "08"),
        (ETHNIC, "Mèo", "08"),
        (ETHNIC, "Gia Rai", "10"),
        (ETHNIC, "RaGlay", "21"),
        (ETHNIC, "khmer", "05"),
        (COUNTRY, "Việt Nam", "VN"),
        (COUNTRY, "VN", "VN"),
        (COUNTRY, "viet nam", "VN"),
        (COUNTRY, "Mỹ", "US"),
        (COUNTRY, "Úc", "AU"),
        (COUNTRY, "Campuchia", "KH"),
        (IDTYPE, "CMND", "1"),
        (IDTYPE, "căn cước công dân", "4"),
        (REG_KS, "Đăng ký quá hạn", "4"),
    ],
)
def test_it_finds_what_the_words_mean(options: OptionList, words: str, code: str) -> None:
    found = match(options, words)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (ETHNIC, "Mán"),
        (ETHNIC, "Việt"),
        (COUNTRY, "MY"),
        (COUNTRY, "Việt Nam Cộng hòa"),
        (GENDER, ""),
        (GENDER, "?"),
    ],
)
def test_it_does_not_guess_what_could_mean_two_things_or_nothing(options: OptionList, words: str) -> None:
    assert match(options, words) is None


@pytest.mark.parametrize("options", LISTS, ids=lambda options: options.name)
def test_every_option_is_found_by_its_code_and_its_own_words(options: OptionList) -> None:
    assert len({option.code for option in options.options}) == len(options.options)
    for option in options.options:
        assert match(options, words_of(option)) is option
        if option.code not in NAMES_WITHOUT_MARKS:
            assert match(options, option.code) is option


@pytest.mark.parametrize("options", LISTS, ids=lambda options: options.name)
def test_every_translated_option_has_the_words_of_the_national_list(options: OptionList) -> None:
    assert all(option.aliases for option in options.options if isinstance(option.label, Promise))


def test_the_lists_are_complete() -> None:
    assert [option.code for option in ETHNIC.options] == [f"{at:02}" for at in range(1, 55)] + ["55", "00"]
    assert len(COUNTRY.options) == 249
