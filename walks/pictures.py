"""Take the pictures of the documentation from the whole demonstration district: ``python -m walks.pictures``."""

from __future__ import annotations

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from walks.births import BIRTH, YEAR
from walks.browsing import CHROMIUM, arguments
from walks.people import OFFICE, PHONE, Person
from walks.product import SOURCE, Product

FOLDER = SOURCE / "docs" / "pictures"
# The clerk has come as far as the father.
HALF_TYPED = {name: text for name, text in BIRTH.items() if not name.startswith("father")}


def take_all(product: Product, browser: Browser) -> None:
    """Write the four pictures."""
    task_force = _somebody("taskforce", product, browser)
    task_force.goes_to("/tien-do/")
    _keep(task_force, "dashboard")
    task_force.begins_a_walk(PHONE)
    task_force.goes_to("/tien-do/")
    _keep(task_force, "phone")
    officer = _somebody("officer.hop-nhat", product, browser)
    books = officer.reads("/api/v1/books/?unit=hop-nhat&kind=KS")
    book = min(books, key=lambda line: line["counted"] / (line["total"] or 1))
    officer.goes_to(f"/nhap-lieu/{book['id']}/moi/")
    officer.fills({name: text.replace(YEAR, str(book["year"])) for name, text in HALF_TYPED.items()})
    _keep(officer, "entry")
    chairman = _somebody("chairman", product, browser)
    chairman.goes_to("/bien-ban/")
    chairman.fills({"unit": "hop-nhat"})
    chairman.clicks("Lập biên bản")
    chairman.page.set_viewport_size({"width": 900, "height": 1273})
    _keep(chairman, "paper")


def _somebody(name: str, product: Product, browser: Browser) -> Person:
    person = Person(browser.new_context(viewport=OFFICE), product.address)
    person.logs_in(name)
    return person


def _keep(person: Person, name: str) -> None:
    """Write what the screen shows, in few colours: the pages have no more."""
    FOLDER.mkdir(exist_ok=True)
    shown = Image.open(BytesIO(person.page.screenshot())).convert("RGB")
    shown.quantize(64, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    """Install the district in a folder of its own, take the pictures, and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="civreg-walk-"))
    product = Product(folder / "home")
    try:
        product.install("district")
        product.start()
        with sync_playwright() as driver:
            take_all(product, driver.chromium.launch(executable_path=CHROMIUM, args=arguments()))
    finally:
        product.leave()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
