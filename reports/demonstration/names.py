"""Invented persons with names as they were given in the midlands, generation by generation.

Only the stock of family, middle and given names is real; no list of persons was used.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def pick(rng: Random, pool: Sequence[str]) -> str:
    """Return one of the pool; several times faster than ``rng.choice``, which the seed calls a million times."""
    return pool[int(rng.random() * len(pool))]


def _weighted(text: str) -> tuple[str, ...]:
    """Read "Nguyễn*9, Hà" as nine times the one and once the other."""
    pool: list[str] = []
    for part in text.split(","):
        name, _, times = part.strip().partition("*")
        pool += [name] * int(times or 1)
    return tuple(pool)


FAMILIES = _weighted(
    "Nguyễn*26, Trần*11, Lê*9, Phạm*7, Hà*6, Đỗ*6, Bùi*5, Vũ*5, Hoàng*5, Đinh*4, Lương*3, Đặng*3, Phan*3, Tạ*3, "
    "Trịnh*2, Dương*2, Đào*2, Cao*2, Chu*2, Khổng*2, Kiều, Lưu, Mai, Ngô*2, Phùng, Quách, Tống, Triệu, Vi, Hán, Thiều"
)
CAO_LAN_FAMILIES = _weighted("Trần*6, Lâm*5, Ninh*4, Sầm*3, Hoàng*3, Lý*3, Tiêu*2, Âu*2, Đàm, Nịnh, Hà, Lục")

_MALE_MIDDLES = {
    0: _weighted("Văn*16, Đức, Hữu, Bá, Đình, Xuân*2, Quang"),
    1976: _weighted("Văn*9, Đức*3, Xuân*2, Quang*2, Hữu*2, Mạnh*2, Ngọc*2, Đình, Công, Tiến, Thanh, Minh"),
    1996: _weighted(
        "Văn*4, Đức*3, Quang*3, Minh*4, Tuấn*2, Hoàng*2, Anh*2, Gia*2, Duy*2, Quốc, Thành, Hải, Bảo, Việt"
    ),
}
_FEMALE_MIDDLES = {
    0: _weighted("Thị*20"),
    1976: _weighted("Thị*14, Thị Thu*2, Thị Hồng*2, Thị Thanh*2, Thị Bích, Thị Ngọc, Thu, Hồng, Thanh"),
    1996: _weighted(
        "Thị*4, Thị Thu*2, Thu*3, Ngọc*3, Phương*3, Minh*2, Khánh*3, Thùy*2, Bảo*2, Thị Hồng, Hà*2, Thảo, Mai, Quỳnh"
    ),
}
_MALE_GIVEN = {
    0: _weighted(
        "Bính, Sửu, Thân, Mão, Thìn, Quyết, Thuận, Lợi, Khoái, Chiến, Thắng, Tước, Nhạ, Đoài, Khuê, Tiệp, Lạc, Sinh, "
        "Thạch, Lập, Thụ, Kiểm, Chuyên, Bảng, Hòe, Giáp, Phúc, Lộc, Thọ, Ngữ, Sách, Tuất, Bình, Hợi, Đạo, Khang, Cự"
    ),
    1960: _weighted(
        "Hùng*3, Dũng*3, Tuấn*2, Cường*2, Thắng*2, Chiến*2, Bình*2, Hải*2, Sơn*2, Thành*2, Hòa, Toàn, Quyết, Việt, "
        "Khánh, Luyện, Quý, Tân, Hưng, Trung*2, Thủy, Ba, Tư, Năm, Lực, Tình, Đông, Nam*2, Long, Vinh, Quân, Tâm"
    ),
    1990: _weighted(
        "Anh*3, Huy*3, Minh*3, Đạt*2, Nam*2, Phúc*2, Khôi*2, Bảo*2, Long*2, Duy, Khánh*2, Kiên, Hiếu*2, Đức*2, "
        "Thành, Trung, Hoàng*2, Quân, Sơn, Tùng*2, Linh, Thái, Lâm, Vũ, Phong*2, Hưng, Khải, Nhật, Dương"
    ),
}
_FEMALE_GIVEN = {
    0: _weighted(
        "Lụa, Nhàn, Mùi, Tỵ, Hợi, Nụ, Bưởi, Mận, Đào, Sen, Vân, Tý, Cúc, Thơm, Nhài, Chắt, Gấm, Thoa, Xuyến, Len, "
        "Nhung, Là, Vóc, Bích, Ngọ, Dần, Lai, Mai, Quế, Chanh, Tuyết, Thảo, Hòa, Yến, Khuyên, Sáu, Bảy, Hiền"
    ),
    1960: _weighted(
        "Hương*3, Lan*3, Hoa*3, Thủy*3, Hằng*3, Hà*2, Loan*2, Nga*2, Hạnh*2, Huệ*2, Thu*2, Bình, Liên*2, Phượng, "
        "Oanh, Nguyệt, Thanh, Minh, Hồng, Dung*2, Yến*2, Vân*2, Tuyết, Thúy, Mai, Xuân, Hoàn, Thìn, Luyến, Tâm, Quyên"
    ),
    1990: _weighted(
        "Linh*4, Trang*4, Anh*4, Ngân*2, Chi*3, My*2, Vy*2, Hà*2, Thảo*2, Nhi*3, Hương, Huyền*2, Ngọc*2, Phương*2, "
        "Mai, Nga, Dung, Thư*2, Châu, Hân*2, Diệp, An*2, Giang*2, Quỳnh, Nhung, Uyên, Yến, Duyên, Lan"
    ),
}


def _of(pools: dict[int, tuple[str, ...]], year: int) -> tuple[str, ...]:
    return next(pool for since, pool in reversed(pools.items()) if year >= since)


def family(rng: Random, *, cao_lan: bool = False) -> str:
    """Return a family name."""
    return pick(rng, CAO_LAN_FAMILIES if cao_lan else FAMILIES)


def man(rng: Random, born: int, *, of: str = "") -> str:
    """Return the full name of a man born in a year; ``of`` is his family name."""
    return f"{of or family(rng)} {pick(rng, _of(_MALE_MIDDLES, born))} {pick(rng, _of(_MALE_GIVEN, born))}"


def woman(rng: Random, born: int, *, of: str = "") -> str:
    """Return the full name of a woman born in a year; ``of`` is her family name."""
    return (
        f"{of or family(rng)} {pick(rng, _of(_FEMALE_MIDDLES, born))} {pick(rng, _of(_FEMALE_GIVEN, born))}"
    )
