"""Freezing the figures of a paper."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from communes.models import Unit
from digitization.models import Status
from digitization.record_types import BY_CODE
from digitization.tests.making import make_book, make_commune, state_total
from digitization.verbs import IntentReused
from reports.models import Campaign, Paper
from reports.papers.freezing import OutsideCampaign, freeze
from reports.papers.page import PaperPage
from reports.progress.frozen import fingerprint
from reports.progress.rollup import roll_up
from reports.tests.making import make_campaign, type_in
from reports.tests.papers.conftest import Inspection


def test_the_figures_are_counted_anew_without_waiting_for_the_roll_up(inspection: Inspection) -> None:
    roll_up()
    type_in(inspection.births, 1, status=Status.APPROVED)
    figures = inspection.freeze().figures
    births = figures["kinds"][0]
    assert (births["kind"], births["total"], births["digitized"]) == ("KS", 60, 47)
    assert (births["checked"], births["approved"], births["remaining"], births["tenths"]) == (27, 11, 13, 783)
    assert (figures["all"]["total"], figures["all"]["digitized"]) == (69, 54)


def test_books_and_what_stands_beside_the_percentage_are_frozen_too(inspection: Inspection) -> None:
    frozen = inspection.freeze().figures["all"]
    assert (frozen["books"], frozen["no_total_books"], frozen["returned"]) == (3, 1, 3)
    assert {"excess", "duplicate", "unreadable", "untotalled", "full_books"} <= frozen.keys()


def test_pace_and_requirement_are_frozen(inspection: Inspection) -> None:
    pace = inspection.freeze().figures["pace"]
    assert (pace["gained"], pace["days"], pace["per_day"], pace["until"]) == (35, 7, 5, "2024-12-05")
    assert (pace["required"], pace["days_left"], pace["deadline"]) == (2, 10, "2024-12-15")


def test_kinds_stand_in_the_national_order(inspection: Inspection) -> None:
    for kind in reversed(BY_CODE):
        make_book(inspection.commune, kind=kind, total=5)
    Campaign.objects.update(kinds=list(BY_CODE))
    assert [row["kind"] for row in inspection.freeze().figures["kinds"]] == list(BY_CODE)


def test_names_and_maker_are_frozen(inspection: Inspection) -> None:
    paper = inspection.freeze()
    Unit.objects.filter(pk=inspection.commune.pk).update(name="Chân Mộng", kind="phường")
    page = PaperPage(Paper.objects.get(pk=paper.pk))
    assert (page.unit_name, page.office_name) == ("xã Hợp Nhất", "huyện Đoan Hùng")
    assert page.frozen["made_by"] == {"username": "chairman", "name": "Trần Văn Chủ"}
    assert page.frozen["demonstration"] is True


def test_an_entry_added_afterwards_changes_nothing_on_the_paper(inspection: Inspection) -> None:
    paper = inspection.freeze()
    type_in(inspection.births, 5)
    state_total(inspection.births, 80)
    roll_up()
    assert Paper.objects.get(pk=paper.pk).figures == paper.figures


def test_the_fingerprint_can_be_verified_from_what_is_stored(inspection: Inspection) -> None:
    stored = Paper.objects.get(pk=inspection.freeze().pk)
    assert stored.sha256 == fingerprint(stored.figures)
    assert PaperPage(stored).intact
    stored.figures["all"]["digitized"] += 1
    assert not PaperPage(stored).intact


def test_the_database_refuses_to_change_or_delete_a_paper(inspection: Inspection) -> None:
    paper = inspection.freeze()
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(sha256="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        paper.delete()


def test_a_replay_makes_one_paper(inspection: Inspection) -> None:
    intent = uuid4()
    first = inspection.freeze(intent)
    type_in(inspection.births, 1)
    assert inspection.freeze(intent) == first
    assert Paper.objects.count() == 1


def test_one_intent_never_makes_papers_of_two_communes(inspection: Inspection) -> None:
    other, intent = make_commune("Sóc Đăng", "soc-dang"), uuid4()
    campaign = make_campaign(inspection.commune, other)
    freeze(by=inspection.chairman, campaign=campaign, unit=other, intent=intent)
    with pytest.raises(IntentReused):
        freeze(by=inspection.chairman, campaign=campaign, unit=inspection.commune, intent=intent)


def test_a_unit_outside_of_the_campaign_has_no_paper(inspection: Inspection) -> None:
    other = make_commune("Sóc Đăng", "soc-dang")
    with pytest.raises(OutsideCampaign):
        freeze(by=inspection.chairman, campaign=inspection.campaign, unit=other, intent=uuid4())
    assert not Paper.objects.exists()


def test_a_commune_without_any_book_is_frozen_as_zeros(inspection: Inspection) -> None:
    empty = make_commune("Phúc Lai", "phuc-lai")
    campaign = make_campaign(empty)
    figures = freeze(by=inspection.chairman, campaign=campaign, unit=empty, intent=uuid4()).figures
    assert figures["kinds"] == []
    assert (figures["all"]["total"], figures["all"]["tenths"], figures["pace"]["per_day"]) == (0, None, None)
