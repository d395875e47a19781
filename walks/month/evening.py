"""The pages of an evening against the recount: where the room does not tell the truth, it is written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from civreg.lib.clock import VIETNAM
from communes.models import Unit
from walks.month import looking, story
from walks.month.story import Story
from walks.month.truth import Recount, Sums, gained, of_unit, sums
from walks.people import Person


@dataclass(frozen=True, slots=True)
class Untrue:
    """A number of a page that the recount does not confirm."""

    day: int
    page: str
    what: str
    said: object
    true: object


@dataclass
class Evening:
    """One evening: the recounts at all cut-offs so far, and the one of this moment."""

    story: Story
    n: int
    closed: dict[int, Recount]
    now: Recount
    moment: datetime
    found: list[Untrue] = field(default_factory=list)
    compared: int = 0

    def same(self, page: str, what: str, said: object, true: object) -> None:
        """Compare one number."""
        self.compared += 1
        if said != true:
            self.found.append(Untrue(self.n, page, what, said, true))

    @property
    def open_n(self) -> int:
        """Return which day is open."""
        return self.n + 1

    @property
    def days_left(self) -> int:
        """Return the days left, the open one among them."""
        return max(story.DAYS - self.open_n + 1, 0)

    def required(self, sums: Sums) -> int | None:
        """Return what each day left must bring."""
        if not sums.remaining:
            return 0
        return -(-sums.remaining // self.days_left) if self.days_left else None

    def pace(self, unit: int | None = None) -> int | None:
        """Return the average of the last seven closed days in the books kept now."""
        base = max(self.n - 7, min(self.closed))
        if base == self.n:
            return None
        gain = gained(self.closed[base], self.closed[self.n], self.now, unit)
        return int(gain / (self.n - base))

    def closed_pace(self, unit: int | None = None) -> int | None:
        """Return the same in the books kept at the last cut-off, by their totals of then."""
        base = max(self.n - 7, min(self.closed))
        if base == self.n:
            return None
        end = self.closed[self.n]
        return int(gained(self.closed[base], end, end, unit) / (self.n - base))

    def gains(self) -> list[int]:
        """Return today so far, yesterday, the same day last week, as far as they can be known."""
        told = [gained(self.closed[self.n], self.now, self.now)]
        for end in (self.n, self.n - 6):
            if end - 1 in self.closed:
                told.append(gained(self.closed[end - 1], self.closed[end], self.now))
        return told


def dashboard(person: Person, evening: Evening) -> None:
    """Compare headline, facts and table of the dashboard."""
    person.goes_to("/tien-do/")
    whole = sums(evening.now[pk] for pk in evening.now)
    head(person, evening, "Tiến độ", whole, None)
    evening.same("Tiến độ", "hôm nay · hôm qua · tuần trước", looking.lately(person), evening.gains())
    told = {line.slug: line for line in looking.lines(person, "#units table")}
    evening.same("Tiến độ", "xã trong bảng", sorted(told), sorted(u.slug for u in evening.story.units))
    for unit in evening.story.units:
        _row(evening, unit, told[unit.slug])
    foot = looking.lines(person, "#units table", "tfoot tr")[0]
    evening.same("Tiến độ", "Cộng: đã số hóa", foot.n("da"), whole.done)
    evening.same("Tiến độ", "Cộng: còn lại", foot.n("con-lai"), whole.remaining)


def head(person: Person, evening: Evening, page: str, true: Sums, unit: Unit | None) -> None:
    """Compare headline, legend and facts above a page."""
    evening.same(page, "đã số hóa / phải số hóa", looking.headline(person), (true.done, true.total))
    checked = true.checked - true.approved
    entered = true.done - true.declared_only - true.checked
    declared = [true.declared_only] if true.declared_only else []
    returned = min(true.returned, true.remaining)
    legend = [true.approved, checked, entered, *declared, true.remaining, returned]
    evening.same(page, "chú giải của thanh", looking.legend(person), legend)
    facts = looking.numbers(person, "#live-head .facts >> nth=0 >> .fact strong")
    if unit is None:
        complete = sum(of_unit(evening.now, u.pk).complete for u in evening.story.units)
        told = [facts[0] if evening.days_left else 0, *facts[1:]]
        true_facts = [evening.days_left, evening.required(true), evening.pace(), complete]
        evening.same(page, "ngày còn lại, cần, đang, xã xong", told, true_facts)
    else:
        evening.same(page, "cần, đang", facts[1:3], [evening.required(true), evening.pace(unit.pk)])


def _row(evening: Evening, unit: Unit, line: looking.Said) -> None:
    true, page = of_unit(evening.now, unit.pk), f"Tiến độ: {unit.name}"
    evening.same(page, "phải số hóa", line.n("tong"), true.total)
    evening.same(page, "đã số hóa", line.n("da"), true.done)
    evening.same(page, "còn lại", line.n("con-lai"), true.remaining)
    evening.same(page, "tỷ lệ (phần nghìn)", line.n("ty-le"), true.done * 1000 // true.total)
    evening.same(page, "cần mỗi ngày", line.n("can"), evening.required(true) if true.remaining else None)
    evening.same(page, "đang mỗi ngày", line.n("dang"), evening.pace(unit.pk))
    evening.same(page, "gần nhất", line.cells["gan-nhat"], _last(true.heard_at, evening.moment))
    word = line.cells["trang-thai"]
    began = evening.story.at(0, 17)
    idle = evening.moment - max(true.heard_at or began, began)
    stalled = not true.complete and true.remaining > 0 and idle >= timedelta(hours=72)
    evening.same(page, f"dừng ({word})", "Dừng" in word or "Đình" in word, stalled)
    evening.same(page, f"xong ({word})", word.startswith(("Hoàn thành", "Xong", "Đã xong")), true.complete)


def _last(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "–"
    local, today = at.astimezone(VIETNAM), now.astimezone(VIETNAM)
    same_day = local.date() == today.date()
    return f"hôm nay {local:%H:%M}" if same_day else f"{local:%d/%m/%Y}"


def commune(person: Person, evening: Evening, unit: Unit) -> None:
    """Compare the head of a commune's page."""
    person.goes_to(f"/tien-do/{unit.slug}/")
    head(person, evening, f"Trang xã {unit.name}", of_unit(evening.now, unit.pk), unit)


def history(person: Person, evening: Evening) -> None:
    """Compare every line of the history with the recount at its cut-off."""
    person.goes_to("/tien-do/lich-su/")
    told = {line.slug: line for line in looking.lines(person, ".table-close") if "/ngay/" in line.link}
    for n, books in evening.closed.items():
        day, true = evening.story.day(n), sums(books.values())
        line = told.get(day.isoformat())
        if line is None:
            evening.same("Lịch sử", f"{day}", "không có", "có")
            continue
        before = evening.closed.get(n - 1)
        gain = true.done - sums(before.values()).done if before else None
        evening.same(
            "Lịch sử", f"{day} đã số hóa, phải số hóa", (line.n(2), line.n(3)), (true.done, true.total)
        )
        evening.same("Lịch sử", f"{day} so với hôm trước", line.n(5), gain)
        label = "tính lại" if n == story.POWER_CUT else "chốt"
        evening.same("Lịch sử", f"{day} nhãn ({line.cells['1']})", label in line.cells["1"].lower(), True)


def past_day(person: Person, evening: Evening, n: int) -> None:
    """Compare the page of one closed day."""
    person.goes_to(f"/tien-do/ngay/{evening.story.day(n).isoformat()}/")
    books = evening.closed[n]
    whole = sums(books.values())
    evening.same("Ngày", "đã số hóa / phải số hóa", looking.headline(person), (whole.done, whole.total))
    told = {line.title: line for line in looking.lines(person, "#don-vi table")}
    for unit in evening.story.units:
        true, line = of_unit(books, unit.pk), told[unit.title]
        said = [line.n(place) for place in (1, 2, 3, 5, 6, 7, 8, 9)]
        counted = [true.books, true.total, true.done, true.checked, true.approved, true.transferred]
        evening.same(f"Ngày: {unit.name}", "các cột", said, [*counted, true.returned, true.remaining])


def digest(person: Person, evening: Evening) -> None:
    """Compare the digest of the day just closed; a gain of a day is what was done in it, not what changed hands."""
    day, books = evening.story.day(evening.n), evening.closed[evening.n]
    person.goes_to(f"/tong-hop/{day.isoformat()}/")
    whole = sums(books.values())
    evening.same("Tổng hợp", "đã số hóa / phải số hóa", looking.headline(person), (whole.done, whole.total))
    before = evening.closed.get(evening.n - 1)
    facts = looking.numbers(person, ".facts >> nth=0 >> .fact strong")
    gain = gained(before, books, books) if before else None
    evening.same(
        "Tổng hợp", "thêm, cần, đang", facts[:3], [gain, evening.required(whole), evening.closed_pace()]
    )
    told = {line.slug: line for line in _units_of_digest(person)}
    for unit in evening.story.units:
        true, line, page = of_unit(books, unit.pk), told[unit.slug], f"Tổng hợp: {unit.name}"
        evening.same(
            page, "phải, đã, còn", [line.n(k) for k in (2, 3, 6)], [true.total, true.done, true.remaining]
        )
        made = gained(before, books, books, unit.pk) if before else None
        evening.same(page, "tăng trong ngày", line.n(5), made)
        evening.same(page, "đang mỗi ngày", line.n(8), evening.closed_pace(unit.pk))


def _units_of_digest(person: Person) -> Iterator[looking.Said]:
    tables = person.page.locator("main table")
    person.page.evaluate("document.querySelectorAll('main table').forEach((t, i) => t.dataset.place = i)")
    for place in range(tables.count()):
        for line in looking.lines(person, f"main table[data-place='{place}']"):
            if line.link.startswith("/tien-do/"):
                yield line


def recognition(person: Person, evening: Evening) -> None:
    """Compare who finished ahead, within the campaign."""
    person.goes_to("/bieu-duong/")
    began, last_day_begins = evening.story.at(0, 17), evening.story.at(story.DAYS - 1, 17)
    true = [
        (of.last_at, unit.slug)
        for unit in evening.story.units
        if (of := of_unit(evening.now, unit.pk)).complete
        and of.last_at
        and began <= of.last_at < last_day_begins
        and not of.declared_only
    ]
    heads = looking.lines(person, "main section:first-of-type table")
    evening.same(
        "Biểu dương", "về đích sớm", [line.slug for line in heads], [slug for _, slug in sorted(true)]
    )


def screen(person: Person, evening: Evening) -> None:
    """Compare headline and tiles of the big screen."""
    person.goes_to("/tien-do/man-hinh-lon/")
    head(person, evening, "Màn hình lớn", sums(evening.now.values()), None)
    tiles = person.page.locator("a.tile")
    told = {
        tile.get_attribute("id") or "": tile.locator(".tile-share").text_content() for tile in tiles.all()
    }
    for unit in evening.story.units:
        true = of_unit(evening.now, unit.pk)
        share = looking.number(told[f"o-{unit.slug}"] or "")
        evening.same(f"Màn hình lớn: {unit.name}", "tỷ lệ", share, true.done * 100 // true.total)
