"""An example for every rule of verbs, books and workbooks, with the people of the tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from civreg.lib import clock
from communes.models import User
from digitization import scan_duty, workflow
from digitization.declaring.verb import Line, declare
from digitization.exchange.cells import texts_of
from digitization.exchange.header import UnfitHeader
from digitization.exchange.taking_in import take_in
from digitization.floods import flooded, look_through
from digitization.inventory import accepting, stating
from digitization.inventory.absent import gaps_told
from digitization.inventory.coverage import Place, years_of
from digitization.inventory.doubts import doubts_of
from digitization.models import Basis, Book, BookTotal, Decision, PageState, Status
from digitization.record_types import BY_CODE
from digitization.scans.pages import say
from digitization.tests.exchange.sheets import NATIONAL, birth, workbook
from digitization.tests.making import make_book, make_entry, make_record, move
from digitization.tests.rules.examples import LETTERS, Example, Said, Situation
from digitization.verbs import Refused


def said_by(act: Callable[[], Any]) -> Said:
    """Do something and return the rule that refused it, if one did."""
    try:
        act()
    except (Refused, UnfitHeader) as refusal:
        return {(refusal.rule, "E")}
    return set()


def _import(cast: Any, folder: Path, *, by: User, commit: bool = False, **layout: Any) -> str:
    return _sent(cast, workbook(folder / "a.xlsx", birth(), **layout), by=by, commit=commit)


def _sent(cast: Any, path: Path, *, by: User, commit: bool) -> str:
    report = take_in(path, unit=cast.soc_dang, record_type=BY_CODE["KS"], by=by, commit=commit)
    return "\n".join(report.lines())


def _taking_in(who: str) -> Situation:
    return lambda cast, folder: said_by(lambda: _import(cast, folder, by=getattr(cast, who)))


def _typing_number(number: int) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        make_record(cast.book, cast.lan, 5)
        return said_by(lambda: make_record(cast.book, cast.mai, number))

    return situation


def _approving(pages: PageState) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        scan_duty.decide(by=cast.thu, unit=cast.soc_dang, required=True, reason="đủ máy quét", intent=uuid4())
        record = move(make_record(cast.book, cast.lan), Status.CHECKED, checker=cast.mai, leader=cast.binh)
        say(book=cast.book, by=cast.lan, pages=record.page_no, state=pages, note="")
        picked = {record.pk: record.version}
        return said_by(lambda: workflow.approve(by=cast.binh, picked=picked, intent=uuid4()))

    return situation


def _checking(who: str) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        record = make_record(cast.book, cast.lan)
        return said_by(
            lambda: workflow.check(by=getattr(cast, who), picked={record.pk: record.version}, intent=uuid4())
        )

    return situation


def _correcting(status: Status, versions_ago: int) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        record = move(make_record(cast.book, cast.lan, 7), status, checker=cast.mai, leader=cast.binh)
        entry, version = make_entry(cast.book, 7, remarks="khác"), record.version - versions_ago
        return said_by(
            lambda: workflow.correct(by=cast.lan, record=record, version=version, entry=entry, intent=uuid4())
        )

    return situation


def _adding_a_book(closed_on: date) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        book = Book(
            kind="KS",
            place=cast.soc_dang,
            custodian=cast.soc_dang,
            book_no="09",
            opened_year=1977,
            closed_on=closed_on,
        )
        return said_by(lambda: stating.add_book(by=cast.lan, book=book, intent=uuid4()))

    return situation


def _asking_of_totals(*stated: tuple[Basis, int, Decision], total: int, digitized: int) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        statements = [
            BookTotal(
                pk=place, at=clock.now() + timedelta(days=place), basis=basis, total=n, decision=decision
            )
            for place, (basis, n, decision) in enumerate(stated, 1)
        ]
        found = doubts_of(total=total, digitized=digitized, stated=reversed(statements))
        return {(problem.rule, LETTERS[problem.severity]) for problem in found}

    return situation


def _born_on_one_day(children: int) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        book = make_book(cast.soc_dang)
        for _child in range(children):
            make_record(book, cast.lan)
        look_through(book.pk, book.kind)
        told = [flooded(book.kind, flood) for flood in book.floods.all()]
        return {(problem.rule, LETTERS[problem.severity]) for problem in told}

    return situation


def _accepting(status: Status) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        book = make_book(cast.soc_dang, total=1)
        move(make_record(book, cast.lan), status, checker=cast.mai, leader=cast.binh)
        return said_by(lambda: accepting.accept_book(by=cast.thu, book=book, note="", intent=uuid4()))

    return situation


def _stating_a_total(reason: str) -> Situation:
    return lambda cast, folder: said_by(
        lambda: stating.state_total(
            by=cast.lan, book=cast.book, total=120, basis=Basis.COUNTED, reason=reason, intent=uuid4()
        )
    )


def _a_sheet(*fields: str) -> Situation:
    return lambda cast, folder: said_by(lambda: _import(cast, folder, by=cast.lan, fields=fields))


def _a_cell(cell: Any) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        _raw, problems = texts_of(BY_CODE["KS"], {"number": cell})
        return {(problem.rule, LETTERS[problem.severity]) for problem in problems}

    return situation


def _sending(times: int) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        # A workbook made again a second later is another file.
        path = workbook(folder / "a.xlsx", birth())
        told = [_sent(cast, path, by=cast.lan, commit=True) for _time in range(times)]
        return {("I03", "E")} if "(I03)" in told[-1] else set()

    return situation


def _declaring(n: int) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        lines = [Line(cast.book.pk, n, None)]
        say_so = partial(declare, day=clock.today(), lines=lines, note="thống kê", proof=None)
        return said_by(lambda: say_so(by=cast.lan, intent=uuid4()))

    return situation


def _numbers_of_a_year(*numbers: int, absent: set[int]) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        places = [Place("", 1998, number, "") for number in numbers]
        told = gaps_told(years_of(places, from_one=True, absent={1998: absent}))
        return {(problem.rule, LETTERS[problem.severity]) for problem in told}

    return situation


CONFIRMED, PENDING = Decision.CONFIRMED, Decision.PENDING
CLOSING_PAGE = (Basis.CLOSING, 243, CONFIRMED)
WORK: dict[str, Example] = {
    "C02": Example((_taking_in("minh"),), _taking_in("lan")),
    "C06": Example((_typing_number(5),), _typing_number(6)),
    "C23": Example((_approving(PageState.NORMAL),), _approving(PageState.DAMAGED)),
    "C24": Example((_checking("lan"),), _checking("mai")),
    "C25": Example((_correcting(Status.APPROVED, 0),), _correcting(Status.CHECKED, 0)),
    "C26": Example((_correcting(Status.CHECKED, 1),), _correcting(Status.CHECKED, 0)),
}
BOOKS: dict[str, Example] = {
    "B01": Example((_adding_a_book(date(1976, 12, 31)),), _adding_a_book(date(1977, 1, 1))),
    "B02": Example(
        (_asking_of_totals(total=100, digitized=101),), _asking_of_totals(total=100, digitized=100)
    ),
    "B03": Example(
        (
            _asking_of_totals(CLOSING_PAGE, (Basis.COUNTED, 240, PENDING), total=243, digitized=0),
            _asking_of_totals(CLOSING_PAGE, (Basis.COUNTED, 240, CONFIRMED), total=240, digitized=0),
        ),
        _asking_of_totals(CLOSING_PAGE, (Basis.COUNTED, 243, CONFIRMED), total=243, digitized=0),
    ),
    "B04": Example((_accepting(Status.CHECKED),), _accepting(Status.APPROVED)),
    "B05": Example((_stating_a_total(" "),), _stating_a_total("đếm từng trang")),
    "B06": Example((_born_on_one_day(5),), _born_on_one_day(4)),
    "B07": Example((_declaring(101),), _declaring(100)),
    "C09": Example((_numbers_of_a_year(1, 2, 4, absent=set()),), _numbers_of_a_year(1, 2, 4, absent={3})),
}
WORKBOOKS: dict[str, Example] = {
    "I01": Example((_a_sheet("number", "child_full_name"),), _a_sheet(*NATIONAL)),
    "I02": Example((_a_cell(date(2018, 1, 1)), _a_cell(date(2018, 1, 2))), _a_cell("01/2018")),
    "I03": Example((_sending(2),), _sending(1)),
}
