"""Somebody presses twice, and both requests with their file are under way at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, local
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from civreg.lib import private_files
from communes.models import Role
from digitization.declaring import proofs
from digitization.models import Declaration, Proof
from digitization.tests.making import make_book, make_commune, make_person
from digitization.tests.test_inventory_pages import as_user

PDF = b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two who keep a file wait for each other, after each has seen that it is not there yet."""
    both, met = Barrier(2), local()

    def flush(folder: Path) -> None:
        private_files.flush(folder)
        if not getattr(met, "once", False):
            met.once = True
            both.wait(10)

    monkeypatch.setattr(proofs, "flush", flush)


def test_pressing_twice_with_a_file_declares_once(
    committed_database: str, side_by_side: None, shelf: Path
) -> None:
    commune = make_commune()
    book, lan = make_book(commune), make_person("lan", Role.OFFICER, commune)
    clients = [as_user(lan), as_user(lan)]
    form = {"day": "20/11/2024", "note": "", "intent": str(uuid4()), f"n-{book.pk}-": "12"}

    def press(which: int) -> int:
        try:
            file = SimpleUploadedFile("bao-cao.pdf", PDF)
            return int(clients[which].post("/khai-bao/", {**form, "file": file}).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, range(2)))
    assert answers == [302, 302]
    declaration = Declaration.objects.get()
    assert (declaration.n, declaration.proof) == (12, Proof.objects.get())
    files = [path for path in shelf.rglob("*") if path.is_file()]
    assert files == [proofs.path_of(Proof.objects.get())]
    assert files[0].read_bytes() == PDF
