"""Take the pictures of README and guides from the whole demonstration district: ``make pictures``."""

from __future__ import annotations

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from walks.births import BIRTH, YEAR
from walks.browsing import CHROMIUM, arguments
from walks.people import OFFICE, PHONE, Person
from walks.product import SOURCE, Product

README = SOURCE / "docs" / "pictures"
GUIDE = SOURCE / "docs" / "guide" / "pictures"
# Narrower than an office screen: on a printed guide the words must still be read.
DESK = ViewportSize(width=1240, height=700)
SHEET = ViewportSize(width=900, height=1273)
# The clerk has come as far as the father.
HALF_TYPED = {name: text for name, text in BIRTH.items() if not name.startswith("father")}
ODD_NAME = "HÀ 4 QUYẾT"
# Wider pictures are made smaller by the pages that show them.
WIDEST = 1366


class Studio:
    """The running district and a browser; everybody comes in front of the camera once."""

    def __init__(self, product: Product, browser: Browser) -> None:
        self._product, self._browser = product, browser

    def somebody(self, name: str, screen: ViewportSize = DESK) -> Person:
        """Return a person who has logged in, in front of a screen."""
        person = Person(self._browser.new_context(viewport=screen), self._product.address)
        person.begins_a_walk(screen)
        person.logs_in(name)
        return person


def of_the_officer(studio: Studio) -> None:
    """Typing: the form, the box beside a field, a warning."""
    officer = studio.somebody("officer.hop-nhat", OFFICE)
    books = officer.reads("/api/v1/books/?unit=hop-nhat&kind=KS")
    book = min(books, key=lambda line: line["counted"] / (line["total"] or 1))
    words = {name: text.replace(YEAR, str(book["year"])) for name, text in HALF_TYPED.items()}
    officer.goes_to(f"/nhap-lieu/{book['id']}/moi/")
    officer.fills(words)
    keep(officer.page, README, "entry")
    officer.page.set_viewport_size(DESK)
    keep(officer.page, GUIDE, "nhap-lieu")
    officer.page.select_option("[name=signer_name__state]", "not_written")
    officer.page.select_option("[name=recorder_name__state]", "illegible")
    officer.fills({"signer_name": ""})
    keep(officer.page.locator("fieldset").first, GUIDE, "o-nho")
    officer.page.reload()
    officer.fills(words | {"child_full_name": ODD_NAME})
    officer.presses("Lưu")
    keep(officer.page.locator("fieldset").nth(1), GUIDE, "canh-bao")


def of_the_commune(studio: Studio) -> None:
    """What helper and leader see."""
    helper = studio.somebody("helper.hop-nhat")
    helper.goes_to("/so/")
    keep(helper.page, GUIDE, "so")
    leader = studio.somebody("leader.hop-nhat")
    leader.goes_to("/phe-duyet/")
    for box in leader.page.locator("[name=pick]").all()[:3]:
        box.check()
    keep(leader.page, GUIDE, "phe-duyet")


def of_the_district(studio: Studio) -> None:
    """The figures, the totals, a paper, the accounts."""
    task_force = studio.somebody("taskforce", OFFICE)
    task_force.goes_to("/tien-do/")
    keep(task_force.page, README, "dashboard")
    keep(task_force.page, GUIDE, "tien-do")
    task_force.begins_a_walk(PHONE)
    task_force.goes_to("/tien-do/")
    keep(task_force.page, README, "phone")
    keep(task_force.page, GUIDE, "dien-thoai")
    justice = studio.somebody("justice")
    justice.goes_to("/so/tong-so/")
    keep(justice.page, GUIDE, "tong-so")
    province = studio.somebody("province")
    province.goes_to("/tien-do/hop-nhat/")
    keep(province.page, GUIDE, "xa")
    admin = studio.somebody("admin")
    admin.goes_to("/quan-tri/tai-khoan/?role=officer")
    keep(admin.page, GUIDE, "tai-khoan")
    chairman = studio.somebody("chairman")
    chairman.goes_to("/bien-ban/")
    chairman.fills({"unit": "hop-nhat"})
    chairman.clicks("Lập biên bản")
    chairman.page.set_viewport_size(SHEET)
    keep(chairman.page, README, "paper")
    keep(chairman.page, GUIDE, "bien-ban", width=620)


def keep(seen: Page | Locator, folder: Path, name: str, width: int = WIDEST) -> None:
    """Write what the screen shows, in few colours: the pages have no more."""
    folder.mkdir(exist_ok=True)
    shown = Image.open(BytesIO(seen.screenshot())).convert("RGB")
    if shown.width > width:
        shown = shown.resize((width, shown.height * width // shown.width), Image.Resampling.LANCZOS)
    shown.quantize(48, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)


def main() -> None:
    """Install the district in a folder of its own, take the pictures, and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="civreg-walk-"))
    product = Product(folder / "home")
    try:
        product.install("district")
        product.start()
        with sync_playwright() as driver:
            studio = Studio(product, driver.chromium.launch(executable_path=CHROMIUM, args=arguments()))
            for taken in (of_the_officer, of_the_commune, of_the_district):
                taken(studio)
    finally:
        product.leave()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
