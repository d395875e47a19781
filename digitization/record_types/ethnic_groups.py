"""The 54 ethnic groups of Vietnam, in the order and with the codes of the official list.

Source: General Statistics Office, decision 121-TCTK/PPCĐ of 2 March 1979, in today's spelling. The names are
proper names and stand as they are in every language; only the two extra lines of the national software
(55 and 00) have labels to translate. Spellings met in registers and in the national drop-down are aliases.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .contract import Option, OptionList

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("Kinh",),
    ("Tày",),
    ("Thái",),
    ("Hoa", "Hán"),
    ("Khơ-me", "Khmer", "Khơ Me", "Khơme"),
    ("Mường",),
    ("Nùng",),
    ("Mông", "HMông", "H'Mông", "H\u2019Mông", "H-Mông", "Hơ Mông", "Mèo", "Mông (HMông)"),
    ("Dao",),
    ("Gia-rai", "Gia Rai", "Jrai"),
    ("Ngái",),
    ("Ê-đê", "Ê Đê", "Êđê"),
    ("Ba-na", "Ba Na", "Bana"),
    ("Xơ-đăng", "Xơ Đăng", "Xê Đăng", "Sê Đăng"),
    ("Sán Chay", "Cao Lan", "Sán Chỉ", "Sán Chí", "Sán Chay (Cao Lan - Sán Chỉ)", "Cao Lan - Sán Chỉ"),
    ("Cơ-ho", "Cơ Ho", "K'Ho", "Kơ Ho"),
    ("Chăm", "Chàm"),
    ("Sán Dìu",),
    ("Hrê", "H'rê"),
    ("Mnông", "M'nông", "Mơ Nông"),
    ("Ra-glai", "Raglai", "Ra Glai", "RaGlay", "Ra-glay"),
    ("Xtiêng", "X'tiêng", "S'tiêng", "Stiêng"),
    ("Bru - Vân Kiều", "Bru Vân Kiều", "Bru-Vân Kiều", "Vân Kiều"),
    ("Thổ",),
    ("Giáy", "Nhắng"),
    ("Cơ-tu", "Cơ Tu", "Ka Tu"),
    ("Gié-Triêng", "Giẻ-Triêng", "Gié Triêng", "Giẻ Triêng"),
    ("Mạ",),
    ("Khơ-mú", "Khơ Mú", "Khơmú"),
    ("Co", "Cor"),
    ("Tà-ôi", "Tà Ôi", "Pa Cô"),
    ("Chơ-ro", "Chơ Ro", "Châu Ro"),
    ("Kháng",),
    ("Xinh-mun", "Xinh Mun"),
    ("Hà Nhì",),
    ("Chu-ru", "Chu Ru"),
    ("Lào",),
    ("La Chí",),
    ("La Ha",),
    ("Phù Lá",),
    ("La Hủ",),
    ("Lự",),
    ("Lô Lô",),
    ("Chứt",),
    ("Mảng",),
    ("Pà Thẻn",),
    ("Cơ Lao", "Cờ Lao"),
    ("Cống",),
    ("Bố Y",),
    ("Si La",),
    ("Pu Péo",),
    ("Brâu",),
    ("Ơ Đu",),
    ("Rơ-măm", "Rơ Măm"),
)

# Names that older books give to more than one people: a person decides, the check only suggests.
DOUBTFUL: dict[str, tuple[str, ...]] = {"man": ("09", "18"), "viet": ("01",)}

ETHNIC = OptionList(
    "ETHNIC",
    (
        *(Option(f"{at:02}", name, tuple(aliases)) for at, (name, *aliases) in enumerate(_GROUPS, start=1)),
        Option("55", _("Foreigner"), ("Người nước ngoài", "Ngoại kiều")),
        Option("00", _("Ethnic group not known"), ("Không xác định", "Không có thông tin")),
    ),
)
