"""The picture of the page beside the words: leafing, where an entry stands in it, and turning a page that lies."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageStat

from communes.models import Role
from digitization import scan_duty
from digitization.crops import Box, leaf_of, link
from digitization.models import BookPage, PageState, Record, RecordScan, Scan
from digitization.models.scans import WHOLE, labels_showing, pages_in, sort_of, tidy_label
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from digitization.scans import keeping, pages, receiving, working
from digitization.tests.lists.reading import as_user
from digitization.tests.making import make_book, make_commune, make_entry, make_person, make_record
from digitization.tests.scans.pictures import drawn, jpeg

BEHIND_THE_PAGE = {"HX-Request": "true"}
UPPER, LOWER = Box(0, 0, WHOLE, 5000), Box(5000, 0, WHOLE, 5000)


def picture_of(cast: Any, page: str, seed: int, size: tuple[int, int] = (300, 420)) -> Scan:
    data = jpeg(picture=drawn(seed, size))
    scan = receiving.take_whole(book=cast.book, by=cast.lan, name="anh.jpg", chunks=[data], page=page)
    while working.work_on_one():
        pass
    scan.refresh_from_db()
    return scan


def leaf(user: Any, book: Any, page: str) -> dict[str, Any]:
    answer = as_user(user).get(reverse("digitization:leaf", args=[book.pk]), {"trang": page})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    told: dict[str, Any] = answer.json()
    return told


# -- parts of a picture ---------------------------------------------------------------------------------


@st.composite
def boxes(draw: Any) -> Box:
    left, top = draw(st.integers(0, WHOLE - 1)), draw(st.integers(0, WHOLE - 1))
    return Box(top, left, draw(st.integers(1, WHOLE - left)), draw(st.integers(1, WHOLE - top)))


@given(boxes())
def test_a_part_is_read_as_it_was_written(box: Box) -> None:
    assert Box.read(box.text) == box


@given(boxes(), st.sampled_from([90, 180, 270]))
def test_a_part_turned_and_turned_back_is_the_same(box: Box, degrees: int) -> None:
    turned = box.turned(degrees)
    assert Box.read(turned.text) == turned
    assert turned.turned(360 - degrees) == box


def test_a_part_turns_with_its_picture() -> None:
    # A strip along the upper edge comes to lie along the right one.
    assert Box(0, 0, WHOLE, 2000).turned(90) == Box(0, WHOLE - 2000, 2000, WHOLE)


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "0,0,0,5", "5000,0,5001,10", "-1,0,5,5", "0,0,1e3,4", "٠,٠,٥,٥", "0,0,10001,1"]
)
def test_what_is_no_part_of_a_picture_is_left_out(text: str) -> None:
    assert Box.read(text) is None


# -- labels of pages ------------------------------------------------------------------------------------


def test_the_open_book_in_one_picture_shows_both_pages() -> None:
    assert [tidy_label(text) for text in ("023–024", "23 - 24", "23-25", "24-23")] == [
        "23-24",
        "23-24",
        "23-25",
        "24-23",
    ]
    assert (pages_in("23"), pages_in("23-24"), pages_in("bìa"), pages_in("2A")) == ((23,), (23, 24), (), ())
    assert "23-24" in labels_showing("24") and "23-24" in labels_showing("23")
    assert sort_of("22") < sort_of("23-24") < sort_of("25") < sort_of("bìa")


# -- leafing --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_leads_to_the_pages_around_it(cast: Any) -> None:
    for seed, page in enumerate(("1", "2", "5"), 1):
        picture_of(cast, page, seed)
    told = leaf(cast.lan, cast.book, "002")
    assert (told["page"], told["before"], told["after"], len(told["pictures"])) == ("2", "1", "5", 1)
    assert (told["guessed"], told["typed"]) == (True, 0)
    assert told["slots"] == [UPPER.text, LOWER.text]
    BookPage.objects.create(
        book=cast.book,
        label="4",
        sort=sort_of("4"),
        state=PageState.BLANK,
        by=cast.lan,
        at="2024-12-01T00:00Z",
    )
    without = leaf(cast.lan, cast.book, "4")
    assert (without["pictures"], without["said"], without["before"], without["after"]) == (
        [],
        "Trang trắng",
        "2",
        "5",
    )
    assert leaf(cast.lan, cast.book, "")["pictures"] == []


@pytest.mark.django_db
def test_an_open_book_is_leafed_by_single_pages(cast: Any) -> None:
    picture_of(cast, "1", 1)
    picture_of(cast, "2-3", 2, (600, 420))
    picture_of(cast, "4", 3)
    assert leaf(cast.lan, cast.book, "1")["after"] == "2"
    assert leaf(cast.lan, cast.book, "4")["before"] == "3"
    left, right = leaf(cast.lan, cast.book, "2"), leaf(cast.lan, cast.book, "3")
    assert left["pictures"] == right["pictures"] != []
    assert left["slots"][0] == "0,0,5000,5000" and right["slots"][0] == "5000,0,5000,5000"
    assert pages.reckoning_of(cast.book).scanned == 4


@pytest.mark.django_db
def test_it_shows_no_page_of_another_commune(cast: Any) -> None:
    picture_of(cast, "1", 1)
    stranger = make_person("stranger", Role.OFFICER, make_commune("Ca Đình", "ca-dinh", parent=cast.district))
    address = reverse("digitization:leaf", args=[cast.book.pk])
    assert as_user(stranger).get(address, {"trang": "1"}).status_code == 404
    turn = reverse("digitization:turn_scan", args=[Scan.objects.get().key])
    assert as_user(stranger).post(turn, {"by": "90"}).status_code == 404
    assert as_user(cast.lan).post(turn, {"by": "45"}).status_code == 400


# -- where an entry stands ------------------------------------------------------------------------------


def typed(cast: Any, number: int, page: str, **more: str) -> Record:
    form = write(BY_CODE[cast.book.kind], make_entry(cast.book, number)) | {"page_no": page, **more}
    address = reverse("digitization:enter", args=[cast.book.pk])
    data = {**form, "intent": str(uuid4()), "then": "next"}
    answer = as_user(cast.lan).post(address, data, headers=BEHIND_THE_PAGE)
    assert answer.status_code == 200, answer.content
    return Record.objects.latest("pk")


@pytest.mark.django_db
def test_an_entry_keeps_the_part_of_the_picture_it_was_typed_from(cast: Any) -> None:
    scan = picture_of(cast, "3", 1)
    record = typed(cast, 7, "3", picture=scan.key, part=UPPER.text)
    assert (leaf_of(record).page, leaf_of(record).key, leaf_of(record).box) == ("3", scan.key, UPPER.text)
    page = as_user(cast.lan).get(reverse("digitization:record", args=[record.pk])).content.decode()
    assert f'data-key="{scan.key}" data-part="{UPPER.text}"' in page


@pytest.mark.django_db
def test_the_next_page_is_taken_to_look_like_the_one_before(cast: Any) -> None:
    first, parts = picture_of(cast, "3", 1), (Box(900, 0, WHOLE, 4000), Box(5200, 0, WHOLE, 4100))
    for number, part in enumerate(parts, 7):
        typed(cast, number, "3", picture=first.key, part=part.text)
    picture_of(cast, "4", 2)
    told = leaf(cast.lan, cast.book, "4")
    assert (told["slots"], told["guessed"]) == ([part.text for part in parts], False)
    assert leaf(cast.lan, cast.book, "3")["typed"] == 2
    assert [leaf_of(record).place for record in Record.objects.order_by("pk")] == [0, 1]


@pytest.mark.django_db
def test_a_picture_of_another_book_is_never_tied_to_an_entry(cast: Any) -> None:
    scan = picture_of(cast, "3", 1)
    other = make_record(make_book(cast.soc_dang, kind="KT"), cast.lan)
    link(other, scan.key, UPPER)
    link(other, "0" * 32, UPPER)
    assert not RecordScan.objects.exists()


@pytest.mark.django_db
def test_correcting_without_the_ruler_keeps_what_was_shown(cast: Any) -> None:
    scan, better = picture_of(cast, "3", 1), picture_of(cast, "3", 2)
    record = typed(cast, 7, "3", picture=scan.key, part=UPPER.text)
    link(record, scan.key, None)
    assert leaf_of(record).box == UPPER.text
    link(record, better.key, None)
    assert (leaf_of(record).key, leaf_of(record).box) == (better.key, "")
    pages.prefer(scan)
    assert leaf_of(record).key == ""


@pytest.mark.django_db
def test_the_database_refuses_a_part_outside_of_the_picture(cast: Any) -> None:
    scan, record = picture_of(cast, "3", 1), make_record(cast.book, cast.lan)
    for part in ({"left": 1, "top": 0, "width": WHOLE, "height": 5}, {"left": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RecordScan.objects.create(record=record, scan=scan, **part)


@pytest.mark.django_db
def test_a_book_without_pictures_has_the_desk_as_it_was(cast: Any, client: Client) -> None:
    client.force_login(cast.lan)
    address = reverse("digitization:enter", args=[cast.book.pk])
    assert "data-leaf=" not in client.get(address).content.decode()
    picture_of(cast, "3", 1)
    assert "data-leaf=" in client.get(address).content.decode()


@pytest.mark.django_db
def test_a_unit_that_has_to_scan_takes_the_open_book_and_the_picture_typed_from(cast: Any) -> None:
    scan_duty.decide(by=cast.thu, unit=cast.soc_dang, required=True, reason="Đã đủ máy quét", intent=uuid4())
    open_book, unconfirmed = picture_of(cast, "2-3", 1, (600, 420)), picture_of(cast, "4", 2)
    Scan.objects.filter(pk=unconfirmed.pk).update(confirmed=False)
    first, second, third = (typed(cast, number, page) for number, page in ((7, "3"), (8, "4"), (9, "5")))
    assert scan_duty.without_a_needed_scan([first, second, third]) == {second.pk, third.pk}
    link(second, unconfirmed.key, UPPER)
    assert scan_duty.without_a_needed_scan([first, second, third]) == {third.pk}
    pages.take_out(unconfirmed, by=cast.lan)
    pages.take_out(open_book, by=cast.lan)
    assert scan_duty.without_a_needed_scan([first, second]) == {first.pk, second.pk}


@pytest.mark.django_db
def test_a_picture_of_another_page_is_not_what_an_entry_was_typed_from(cast: Any) -> None:
    scan = picture_of(cast, "3", 1)
    elsewhere = typed(cast, 7, "4", picture=scan.key, part=UPPER.text)
    assert leaf_of(elsewhere).key == ""
    record = typed(cast, 8, "3", picture=scan.key, part=UPPER.text)
    assert leaf_of(record).key == scan.key
    # The page was wrong, and is corrected: the picture shows another one now.
    Record.objects.filter(pk=record.pk).update(page_no="5")
    record.refresh_from_db()
    assert (leaf_of(record).page, leaf_of(record).key) == ("5", "")
    picture_of(cast, "6", 2)
    assert leaf(cast.lan, cast.book, "6")["guessed"]


@pytest.mark.django_db
def test_a_part_shown_before_somebody_turned_the_picture_is_left_out(cast: Any) -> None:
    scan, record = picture_of(cast, "3", 1), typed(cast, 7, "3")
    pages.turn(scan.pk, 90)
    link(record, f"{scan.key}/0", UPPER)
    assert (leaf_of(record).key, leaf_of(record).box) == (scan.key, "")
    link(record, f"{scan.key}/90", UPPER)
    assert leaf_of(record).box == UPPER.text


@pytest.mark.django_db
def test_the_same_form_sent_late_changes_no_picture(cast: Any) -> None:
    scan, better = picture_of(cast, "3", 1), picture_of(cast, "3", 2)
    form = write(BY_CODE[cast.book.kind], make_entry(cast.book, 7)) | {"page_no": "3", "intent": str(uuid4())}
    address, lan = reverse("digitization:enter", args=[cast.book.pk]), as_user(cast.lan)
    sent = form | {"picture": scan.key, "part": UPPER.text}
    assert lan.post(address, sent, headers=BEHIND_THE_PAGE).status_code == 200
    record = Record.objects.get()
    Record.objects.filter(pk=record.pk).update(remarks="Đã xem lại")
    link(record, better.key, LOWER)
    assert lan.post(address, sent, headers=BEHIND_THE_PAGE).status_code == 200
    assert (leaf_of(record).key, leaf_of(record).box) == (better.key, LOWER.text)


@pytest.mark.django_db
def test_an_entry_of_page_003_stands_on_the_picture_of_page_3(cast: Any) -> None:
    picture_of(cast, "3", 1)
    make_record(cast.book, cast.lan, 23, page_no="003")
    below = make_record(cast.book, cast.lan, 24, page_no="3")
    assert leaf(cast.lan, cast.book, "3")["typed"] == 2
    assert leaf_of(below).place == 1


# -- turning --------------------------------------------------------------------------------------------


def served(scan: Scan) -> Image.Image:
    return Image.open(io.BytesIO(keeping.variant(scan, "read").read_bytes())).convert("L")


@pytest.mark.django_db
def test_a_page_lying_on_its_side_is_turned_for_everybody(cast: Any) -> None:
    picture = Image.new("RGB", (1000, 600), "white")
    picture.paste((0, 0, 0), (0, 0, 1000, 100))
    scan = receiving.take_whole(
        book=cast.book, by=cast.lan, name="a.jpg", chunks=[jpeg(picture=picture)], page="3"
    )
    working.work_on_one()
    record = make_record(cast.book, cast.lan, page_no="3")
    link(record, scan.key, Box(0, 0, WHOLE, 2000))
    original = keeping.original(scan).read_bytes()
    address = reverse("digitization:turn_scan", args=[scan.key])
    answer = as_user(cast.lan).post(address, {"by": "90"}, headers=BEHIND_THE_PAGE)
    assert answer.status_code == 204
    assert leaf(cast.lan, cast.book, "3")["pictures"][0]["turning"] == 90
    while working.work_on_one():
        pass
    scan.refresh_from_db()
    told = leaf(cast.lan, cast.book, "3")["pictures"][0]
    assert told["turning"] == 0 and told["read"].endswith("?v=90")
    turned = served(scan)
    # What was black along the upper edge is now black along the right one.
    assert turned.size == (600, 1000)
    right, left = (ImageStat.Stat(turned.crop((x, 400, x + 10, 600))).mean[0] for x in (585, 5))
    assert right < 60 and left > 200
    assert leaf_of(record).box == Box(0, WHOLE - 2000, 2000, WHOLE).text
    assert keeping.original(scan).read_bytes() == original


@pytest.mark.django_db
def test_a_page_that_cannot_be_turned_stays_as_it_is(cast: Any) -> None:
    scan, record = picture_of(cast, "3", 1), make_record(cast.book, cast.lan, page_no="3")
    link(record, scan.key, UPPER)
    keeping.original(scan).unlink()
    pages.turn(scan.pk, 90)
    while working.work_on_one():
        pass
    scan.refresh_from_db()
    assert (scan.turned, scan.turned_as_served, scan.state) == (0, 0, "ready")
    assert leaf_of(record).box == UPPER.text
    assert served(scan).size == (300, 420)
