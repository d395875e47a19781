"""Plans and directives with their files: looked at, kept byte for byte, taken away by who may see figures."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.test import Client
from PIL import Image

from communes.models import Level, Role, Unit
from digitization.tests.making import LONG_AGO, make_commune, make_district, make_person
from reports.campaigns import files
from reports.models import CampaignDocument
from reports.tests.campaigns.conftest import Room
from reports.tests.making import make_campaign

PLAN = {
    "kind": "plan",
    "number": "00/KH-UBND",
    "dated": "11/11/2024",
    "office": "UBND huyện Đoan Hùng",
    "subject": "Số hóa sổ hộ tịch",
}


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("L", (40, 60), 200).save(out, kind)
    return out.getvalue()


def taken(client: Client, address: str) -> bytes:
    """Take the whole file, as a browser does."""
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def added(client: Client, room: Room, data: bytes | None, name: str = "ke hoach.png", **changes: str) -> int:
    form: dict[str, object] = {**PLAN, **changes}
    if data is not None:
        form["file"] = SimpleUploadedFile(name, data)
    return client.post(f"/dot-so-hoa/{room.campaign.pk}/van-ban/", form).status_code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_a_file_comes_back_byte_for_byte(room: Room, at_task_force: Client, kind: str) -> None:
    data = picture(kind)
    assert added(at_task_force, room, data) == 302
    document = CampaignDocument.objects.get()
    assert (document.sha256, document.bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    answer = at_task_force.get(f"/dot-so-hoa/{room.campaign.pk}/van-ban/{document.pk}/")
    assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined]
    ending = {"PNG": "png", "JPEG": "jpg", "PDF": "pdf"}[kind]
    assert answer["Content-Disposition"] == f'attachment; filename="ke-hoach-00-kh-ubnd-2024-11-11.{ending}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00" + b"\0" * 200,
        b"PK\x03\x04" + b"\0" * 200,
        b"%PDF-1.7\nnothing of a PDF follows",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"",
    ],
    ids=["page", "program", "archive", "false pdf", "broken picture", "empty"],
)
def test_what_is_no_document_is_not_taken_whatever_it_is_called(
    room: Room, at_task_force: Client, data: bytes, shelf: Path
) -> None:
    assert added(at_task_force, room, data, "ke-hoach.pdf") == 422
    assert not CampaignDocument.objects.exists()
    assert [path for path in shelf.rglob("*") if path.is_file()] == []


def test_a_file_too_large_is_not_taken(
    room: Room, at_task_force: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 50)
    assert added(at_task_force, room, picture()) == 422


def test_a_document_may_come_without_a_file(room: Room, at_task_force: Client) -> None:
    assert added(at_task_force, room, None) == 302
    document = CampaignDocument.objects.get()
    assert document.file_kind == ""
    assert at_task_force.get(f"/dot-so-hoa/{room.campaign.pk}/van-ban/{document.pk}/").status_code == 404


def test_the_same_document_is_added_once(room: Room, at_task_force: Client, shelf: Path) -> None:
    added(at_task_force, room, picture())
    assert added(at_task_force, room, picture()) == 422
    assert CampaignDocument.objects.count() == 1
    assert len([path for path in shelf.rglob("*") if path.is_file()]) == 1


def test_pressing_twice_adds_one(room: Room, at_task_force: Client) -> None:
    intent = str(uuid4())
    assert added(at_task_force, room, picture(), intent=intent) == 302
    assert added(at_task_force, room, picture(), intent=intent) == 302
    assert CampaignDocument.objects.count() == 1


def test_a_file_that_was_changed_on_the_disk_is_not_given_out(
    room: Room, at_task_force: Client, shelf: Path
) -> None:
    added(at_task_force, room, picture())
    next(path for path in shelf.rglob("*") if path.is_file()).write_bytes(picture() + b"x")
    document = CampaignDocument.objects.get()
    assert at_task_force.get(f"/dot-so-hoa/{room.campaign.pk}/van-ban/{document.pk}/").status_code == 404


def test_a_helper_takes_no_file_and_a_commune_leader_does(
    room: Room, at_task_force: Client, at_leaders_desk: Client
) -> None:
    added(at_task_force, room, picture())
    address = f"/dot-so-hoa/{room.campaign.pk}/van-ban/{CampaignDocument.objects.get().pk}/"
    assert taken(at_leaders_desk, address) == picture()
    helper = Client()
    helper.force_login(make_person("helper", Role.HELPER, room.hop_nhat))
    assert helper.get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_withdrawn_document_stays_marked_with_its_reason(room: Room, at_task_force: Client) -> None:
    added(at_task_force, room, picture())
    document = CampaignDocument.objects.get()
    address = f"/dot-so-hoa/{room.campaign.pk}/van-ban/{document.pk}/"
    at_task_force.post(f"{address}thu-hoi/", {"reason": ""})
    assert not CampaignDocument.objects.get().withdrawn
    at_task_force.post(f"{address}thu-hoi/", {"reason": "Nhầm đợt"})
    assert CampaignDocument.objects.get().withdrawn
    page = at_task_force.get(f"/dot-so-hoa/{room.campaign.pk}/").content.decode()
    assert "đã thu hồi" in page
    assert "Nhầm đợt" in page
    assert taken(at_task_force, address) == picture()


def test_the_database_lets_nobody_change_a_document(room: Room, at_task_force: Client) -> None:
    added(at_task_force, room, picture())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reports_campaigndocument SET sha256 = 'x'")


def test_another_district_adds_nothing(room: Room, client: Client) -> None:
    other = Unit.objects.create(
        slug="huyen-khac", level=Level.DISTRICT, kind="huyện", name="Khác", valid_from=LONG_AGO
    )
    client.force_login(make_person("other", Role.TASK_FORCE, other))
    assert added(client, room, picture()) == 404


def break_commits(monkeypatch: pytest.MonkeyPatch, *, heard_by_the_server: bool) -> None:
    """Lose the line at the commit of the next document, before or after the server has carried it out."""
    line: Any = connections["default"]
    commit = type(line)._commit

    def broken(self: Any) -> None:
        with self.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM reports_campaigndocument")
            mine = cursor.fetchone()[0] and self is line
        if not mine:
            return commit(self)
        if heard_by_the_server:
            commit(self)
        monkeypatch.setattr(type(line), "_commit", commit)
        self.connection.close()
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(type(line), "_commit", broken)


def files_on(shelf: Path) -> list[bytes]:
    return [path.read_bytes() for path in shelf.rglob("*") if path.is_file()]


@pytest.fixture
def committed_room(committed_database: str) -> Room:
    """Return the campaign in a database in which everything is really committed."""
    district = make_district()
    hop_nhat = make_commune("Hợp Nhất", "hop-nhat")
    people = (
        make_person("taskforce", Role.TASK_FORCE, district),
        make_person("leader", Role.LEADER, hop_nhat),
    )
    return Room(district, hop_nhat, hop_nhat, make_campaign(hop_nhat), *people)


@pytest.fixture
def there(committed_room: Room, client: Client) -> Client:
    """Return the browser of the task force, which is told of a fault as anybody is."""
    client.force_login(committed_room.task_force)
    client.raise_request_exception = False
    return client


def test_a_document_whose_commit_nobody_heard_keeps_its_file(
    committed_room: Room, there: Client, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intent = str(uuid4())
    break_commits(monkeypatch, heard_by_the_server=True)
    assert added(there, committed_room, picture(), intent=intent) == 503
    document = CampaignDocument.objects.get()
    assert taken(there, f"/dot-so-hoa/{committed_room.campaign.pk}/van-ban/{document.pk}/") == picture()
    assert added(there, committed_room, picture(), intent=intent) == 302
    assert files_on(shelf) == [picture()]


def test_a_document_that_was_surely_not_written_down_leaves_no_file(
    committed_room: Room, there: Client, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_commits(monkeypatch, heard_by_the_server=False)
    assert added(there, committed_room, picture()) == 503
    assert not CampaignDocument.objects.exists()
    assert files_on(shelf) == []


def test_a_file_stays_where_nobody_can_tell_whether_its_document_is_there(
    committed_room: Room, there: Client, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: Any) -> None:
        raise OperationalError("could not connect to server")

    break_commits(monkeypatch, heard_by_the_server=True)
    line = type(connections["default"])
    with monkeypatch.context() as patched:
        patched.setattr(line, "connect", away)
        assert added(there, committed_room, picture()) == 503
    assert CampaignDocument.objects.count() == 1
    assert files_on(shelf) == [picture()]
