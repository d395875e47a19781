"""The national option lists.

Codes and Vietnamese words as in the national import sheet. Where a label is translated, its first alias is
the national list's own wording: that is what the entry keeps as written when a clerk picks from the list.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .contract import Option, OptionList
from .countries import COUNTRY
from .ethnic_groups import ETHNIC

__all__ = [
    "BIRTHKIND",
    "COUNTRY",
    "DEATHDOC",
    "DECLARE",
    "ETHNIC",
    "GENDER",
    "IDTYPE",
    "MARSTATUS",
    "PURPOSE",
    "RECOG",
    "REG_CMC",
    "REG_KH",
    "REG_KS",
    "REG_KT",
    "RESIDENCE",
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

_NO_INFORMATION = Option("0", _("No information"), ("Không có thông tin",))

# The 3 of marriages is not confirmed: taken by analogy with the four columns for a registration abroad.
REG_KH = OptionList(
    "REG_KH",
    (
        _NO_INFORMATION,
        Option("1", _("Registered for the first time"), ("Đăng ký lần đầu", "Đăng ký mới", "Lần đầu", "Mới")),
        Option("2", _("Registered again"), ("Đăng ký lại",)),
        Option(
            "3",
            _("Entry of a marriage already registered with a foreign authority"),
            ("Ghi vào sổ việc kết hôn đã đăng ký tại cơ quan có thẩm quyền nước ngoài",),
        ),
    ),
)

REG_KT = OptionList(
    "REG_KT",
    (
        _NO_INFORMATION,
        Option("1", _("Registered on time"), ("Đúng hạn", "Đăng ký đúng hạn")),
        Option("2", _("Registered again"), ("Đăng ký lại",)),
        Option(
            "3",
            _("Entry of a death already registered with a foreign authority"),
            (
                "Ghi vào sổ việc khai tử tại cơ quan có thẩm quyền ở nước ngoài",
                "Ghi vào sổ việc khai tử đã đăng ký tại cơ quan có thẩm quyền nước ngoài",
            ),
        ),
        Option("4", _("Registered late"), ("Quá hạn", "Đăng ký quá hạn")),
    ),
)

REG_CMC = OptionList(
    "REG_CMC",
    (
        _NO_INFORMATION,
        Option("1", _("Newly registered"), ("Đăng ký mới",)),
        Option(
            "2",
            _("Entry of a recognition already registered with a foreign authority"),
            (
                "Ghi vào sổ việc nhận cha, mẹ, con đã đăng ký tại cơ quan có thẩm quyền ở nước ngoài",
                "Ghi vào sổ việc nhận cha, mẹ, con đã đăng ký tại cơ quan có thẩm quyền nước ngoài",
            ),
        ),
    ),
)

RECOG = OptionList(
    "RECOG",
    (
        Option("1", _("A father recognises a child"), ("Cha nhận con", "Bố nhận con")),
        Option("2", _("A mother recognises a child"), ("Mẹ nhận con",)),
        Option("3", _("A child recognises the father"), ("Con nhận cha", "Con nhận bố")),
        Option("4", _("A child recognises the mother"), ("Con nhận mẹ",)),
    ),
)

# The national sheet wants the words here; the codes are those of the national form.
MARSTATUS = OptionList(
    "MARSTATUS",
    (
        Option("1", _("Divorced"), ("Đã ly hôn", "Ly hôn")),
        Option("2", _("Marriage annulled"), ("Đã hủy việc kết hôn", "Đã huỷ việc kết hôn", "Hủy kết hôn")),
        Option("3", _("Marriage recognised"), ("Đã được công nhận việc kết hôn", "Công nhận việc kết hôn")),
        Option("4", _("No information"), ("Không có thông tin",)),
    ),
)

PURPOSE = OptionList(
    "PURPOSE",
    (
        Option(
            "1",
            _("To marry in Viet Nam, a Vietnamese citizen"),
            ("Để đăng ký kết hôn trong nước (với người Việt Nam)", "Để ĐKKH trong nước (với người Việt Nam)"),
        ),
        Option(
            "2",
            _("To marry in Viet Nam, a foreigner"),
            (
                "Để đăng ký kết hôn trong nước (với người nước ngoài)",
                "Để ĐKKH trong nước (với người nước ngoài)",
            ),
        ),
        Option(
            "3",
            _("To marry abroad, a Vietnamese citizen"),
            (
                "Để đăng ký kết hôn ở nước ngoài (với người Việt Nam)",
                "Để ĐKKH ở nước ngoài (với người Việt Nam)",
            ),
        ),
        Option(
            "4",
            _("To marry abroad, a foreigner"),
            (
                "Để đăng ký kết hôn ở nước ngoài (với người nước ngoài)",
                "Để ĐKKH ở nước ngoài (với người nước ngoài)",
            ),
        ),
        Option("5", _("Another purpose"), ("Mục đích khác",)),
    ),
)

DEATHDOC = OptionList(
    "DEATHDOC",
    (
        _NO_INFORMATION,
        Option("1", _("Death notice"), ("Giấy báo tử",)),
        Option("2", _("Certificate of an execution"), ("Giấy xác nhận việc thi hành án tử hình",)),
        Option(
            "3",
            _("Judgment in force that declares somebody dead"),
            (
                "Bản án, quyết định có hiệu lực của Tòa án tuyên bố chết",
                "Bản án, quyết định có hiệu lực của Tòa án tuyên bố một người là đã chết",
            ),
        ),
        Option(
            "4",
            _("Statement of the police or forensic finding"),
            (
                "Văn bản xác nhận của công an / kết quả giám định pháp y",
                "Văn bản xác nhận của cơ quan công an",
                "Kết quả giám định của cơ quan giám định pháp y",
            ),
        ),
        Option(
            "5",
            _("Statement of the district health authority on the cause"),
            ("Văn bản xác định nguyên nhân chết của cơ quan y tế cấp huyện",),
        ),
        Option("6", _("Minutes confirming the death"), ("Biên bản xác nhận việc chết",)),
        Option("7", _("Statement of witnesses"), ("Văn bản xác nhận của người làm chứng",)),
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
        _NO_INFORMATION,
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
