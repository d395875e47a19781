"""The national option lists, and finding the option that the words of a register mean.

Codes and Vietnamese words as in the national import sheet. Where a label is translated, its first alias is
the national list's own wording: that is what the entry keeps as written when a clerk picks from the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from civreg.lib.vietnamese import fold

from .contract import Option, OptionList
from .countries import COUNTRY
from .ethnic_groups import ETHNIC

__all__ = [
    "BIRTHKIND",
    "COUNTRY",
    "DECLARE",
    "ETHNIC",
    "GENDER",
    "IDTYPE",
    "REG_KS",
    "RESIDENCE",
    "match",
]

GENDER = OptionList(
    "GENDER",
    (
        Option("1", pgettext_lazy("gender", "Male"), ("Nam", "Trai", "Con trai")),
        Option("2", pgettext_lazy("gender", "Female"), ("Nữ", "Gái", "Con gái")),
        Option(
            "3",
            pgettext_lazy("gender", "Not determined"),
            ("Chưa xác định được giới tính", "Không xác định"),
        ),
    ),
)

REG_KS = OptionList(
    "REG_KS",
    (
        Option("1", _("Registered on time"), ("Đăng ký đúng hạn", "Đúng hạn")),
        Option("2", _("Registered again"), ("Đăng ký lại",)),
        Option(
            "3",
            _("Entry of a birth already registered with a foreign authority"),
            ("Ghi vào sổ việc khai sinh đã đăng ký tại cơ quan có thẩm quyền nước ngoài",),
        ),
        Option("4", _("Registered late"), ("Đăng ký quá hạn", "Quá hạn")),
        Option("5", _("Original birth certificate issued"), ("Cấp bản chính giấy khai sinh",)),
        Option("6", _("Kind of registration not known"), ("Không xác định", "Không có thông tin")),
    ),
)

BIRTHKIND = OptionList(
    "BIRTHKIND",
    (
        Option("1", _("Both parents are known"), ("Đã xác định được cả cha lẫn mẹ",)),
        Option("2", _("The mother is not known"), ("Chưa xác định được mẹ",)),
        Option("3", _("The father is not known"), ("Chưa xác định được cha",)),
        Option("4", _("Neither parent is known"), ("Chưa xác định được cả cha lẫn mẹ",)),
        Option("5", _("Abandoned child"), ("Trẻ bị bỏ rơi",)),
    ),
)

RESIDENCE = OptionList(
    "RESIDENCE",
    (
        Option("0", _("No information"), ("Không có thông tin",)),
        Option("1", _("Permanent residence"), ("Thường trú",)),
        Option("2", _("Temporary residence"), ("Tạm trú",)),
        Option("3", _("Present place of living"), ("Nơi đang sinh sống", "Nơi ở hiện tại")),
    ),
)

# 9 and 10 came with the Identity Act of 2023 and leave for the national sheet as 4 and 8.
IDTYPE = OptionList(
    "IDTYPE",
    (
        Option("0", _("Left blank"), ("Để trống",)),
        Option("1", _("People's identity card (CMND)"), ("Chứng minh nhân dân", "CMND", "CMT")),
        Option("2", _("Passport"), ("Hộ chiếu",)),
        Option("3", _("Permanent residence card"), ("Thẻ thường trú",)),
        Option(
            "4",
            _("Citizen identity card (CCCD)"),
            ("Thẻ căn cước công dân", "Căn cước công dân", "CCCD"),
        ),
        Option(
            "5",
            _("People's Army identity card"),
            ("Giấy chứng minh quân đội nhân dân", "Chứng minh quân đội"),
        ),
        Option(
            "6",
            _("Army officer's identity card"),
            ("Giấy chứng minh sĩ quan quân đội", "Chứng minh sĩ quan"),
        ),
        Option(
            "7",
            _("People's Police identity card"),
            ("Giấy chứng minh công an nhân dân", "Chứng minh công an"),
        ),
        Option("8", _("Another paper"), ("Giấy tờ khác",)),
        Option("9", _("Identity card (from 2024)"), ("Thẻ căn cước", "Căn cước")),
        Option("10", _("Identity certificate (from 2024)"), ("Giấy chứng nhận căn cước",)),
    ),
)

DECLARE = OptionList(
    "DECLARE",
    (
        Option("1", _("Declared"), ("Tuyên bố",)),
        Option("2", _("Declaration revoked"), ("Hủy tuyên bố", "Huỷ tuyên bố")),
    ),
)


def match(options: OptionList, words: str) -> Option | None:
    """Return the option these words mean, None when the list does not know them or cannot tell two apart.

    Words are a code, the label in English or Vietnamese, or an alias; letter case, diacritics and the place
    of tone marks do not matter where only one option fits.
    """
    wanted = words.strip()
    index = _index(options)
    keys = (wanted, wanted.casefold(), _folded(wanted))
    return next((index[key] for key in keys if key in index), None)


_INDEXES: dict[str, dict[str, Option | None]] = {}


def _index(options: OptionList) -> dict[str, Option | None]:
    """Return the look-up table of a list, made once: lists are known by their names."""
    if options.name not in _INDEXES:
        _INDEXES[options.name] = _build(options)
    return _INDEXES[options.name]


def _build(options: OptionList) -> dict[str, Option | None]:
    index: dict[str, Option | None] = {}
    for option in options.options:
        for spelling in _spellings(option):
            _note(index, _folded(spelling), option)
    for option in options.options:
        for spelling in _spellings(option):
            index[spelling.casefold()] = option
    for option in options.options:
        # A country code which is also a name without its marks ("MY": Malaysia, or Mỹ) decides nothing.
        index[option.code] = None if index.get(_folded(option.code), option) != option else option
    return index


def _note(index: dict[str, Option | None], key: str, option: Option) -> None:
    index[key] = option if index.get(key, option) is option else None


def _spellings(option: Option) -> Iterator[str]:
    yield from option.aliases
    if not isinstance(option.label, Promise):
        yield option.label
        return
    for language in ("en", "vi"):
        with override(language):
            yield str(option.label)


def _folded(words: str) -> str:
    """Fold further than a search does: hyphens, apostrophes and spaces divide the same word differently."""
    return "".join(letter for letter in fold(words) if letter.isalnum())
