"""A new kind is one file and one line in the list; everything else derives from its declaration."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from digitization.record_types import ALL

SOURCE = Path(__file__).resolve().parents[3]
ROOM = Path("digitization/record_types")
# The kinds themselves, the list of them, their national columns; who invents data for the demonstration.
MAY_NAME_A_KIND = ("digitization/record_types/", "reports/demonstration/")
NATIONALITY = '''
"""QT, a kind nobody has declared before."""
from django.utils.translation import gettext_lazy as _
from .checks import C01, checks_of_every_kind, must_be_given
from .checks.shape import shape_of
from .contract import Entry, Group, Need, People, RecordType
from .entries import person_of
from .fields import birth_date, full_name, line
from .head import head

GROUPS = (
    Group(code="registration", label=_("Registration"), fields=head()),
    Group(code="person", label=_("Person"), fields=(
        full_name("citizen", Need.MUST), birth_date("citizen"), line("decision_no", _("Number")))),
)


def people(entry: Entry) -> People:
    return People(subject=person_of(entry, "citizen"))


NATIONALITY = RecordType(
    code="QT", label=_("Nationality"), book_label=_("Nationality register"), on_paper="Quốc tịch", groups=GROUPS,
    shape=shape_of(GROUPS), checks=(*checks_of_every_kind(GROUPS), must_be_given(C01, "citizen_full_name")),
    people=people,
    sample={"number": "3", "page_no": "2", "registration_date": {"on": "1999-02-03", "written": "3/2/1999"},
            "registration_place": "UBND tỉnh Phú Thọ", "signer_name": "Bùi Văn Thạch",
            "signer_position": "Chủ tịch", "citizen_full_name": "Ninh Thị Quyên",
            "citizen_birth_date": {"on": "1970", "written": "1970"}},
)
'''
PAGES = "digitization/tests/record_types/test_pages_of_every_kind.py"


def test_a_new_kind_takes_a_file_and_a_line(tmp_path: Path) -> None:
    copy = tmp_path / "civreg"
    left_out = shutil.ignore_patterns(
        ".git", ".venv", ".civreg", "__pycache__", "fonts", "pictures", ".*_cache"
    )
    shutil.copytree(SOURCE, copy, ignore=left_out)
    (copy / ROOM / "nationality.py").write_text(NATIONALITY, encoding="utf-8")
    listed = copy / ROOM / "__init__.py"
    text = listed.read_text(encoding="utf-8").replace("    BIRTH,\n", "    BIRTH,\n    NATIONALITY,\n", 1)
    text = text.replace("from .parentage", "from .nationality import NATIONALITY\nfrom .parentage", 1)
    listed.write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", PAGES, "-k", "QT"],
        cwd=copy,
        env={
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST_", "CIVREG_", "DJANGO_"))
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert re.search(r"\b[1-9]\d* passed", ran.stdout), ran.stdout


def test_nobody_but_the_kinds_themselves_knows_a_kind_by_its_code() -> None:
    codes = {kind.code for kind in ALL} - {"KS"}
    named = {
        f"{path.relative_to(SOURCE)}: {node.value}"
        for floor in ("civreg", "communes", "digitization", "reports")
        for path in (SOURCE / floor).rglob("*.py")
        if "tests" not in path.parts and not str(path.relative_to(SOURCE)).startswith(MAY_NAME_A_KIND)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in codes
    }
    assert named == set()
