"""Pictures of pages reach their book: several at once, a bad one told in words, a cut line gone on with."""

from __future__ import annotations

import re

from PIL import Image
from playwright.sync_api import FilePayload, expect

from digitization.tests.scans.pictures import drawn, jpeg
from walks.conftest import Someone
from walks.people import PHONE, Person

RECEIVED = re.compile("Đã nhận, trang")
SLOW = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 600_000}


def picture(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def small(seed: int) -> bytes:
    return jpeg(seed, drawn(seed, (950, 1300)))


def chooses(person: Person, *files: FilePayload, at: str = "#files") -> None:
    person.page.set_input_files(at, list(files))


def sees_pages(person: Person, address: str, many: int) -> None:
    """Load the page until the worker is through with the pictures."""
    for _look in range(40):
        person.goes_to(address)
        if person.page.locator("[name^=page-]").count() == many:
            return
        person.page.wait_for_timeout(500)
    raise AssertionError(f"{many} pictures were never ready")


def test_files_sent_together_arrive_and_the_bad_one_is_told_in_words(officer: Person, book: int) -> None:
    address = f"/so/{book}/anh/"
    officer.goes_to(address)
    page = officer.page
    told = page.locator("[data-upload-list] li")
    chooses(
        officer,
        picture("KS.1998.01.P001.jpg", small(1)),
        picture("danh sach.jpg", b"MZ not a picture"),
        picture("KS.1998.01.P003.jpg", small(3)),
    )
    expect(page.get_by_role("link", name="Xem các trang")).to_be_visible()
    expect(told).to_have_count(3)
    expect(told.filter(has_text="danh sach.jpg")).to_contain_text("không phải JPEG, PNG, TIFF hay PDF")
    expect(told.filter(has_text=RECEIVED)).to_have_count(2)
    assert not officer.scrolls_sideways()
    sees_pages(officer, address, 2)
    page.locator("[name^=page-]").last.fill("4")
    officer.clicks("Xác nhận số trang")
    assert officer.sees("Đã xác nhận 2 trang")
    assert [box.input_value() for box in page.locator("[name^=page-]").all()] == ["1", "4"]
    assert officer.sees("Số trang đã quét 2")


def test_a_file_cut_in_the_middle_goes_on_when_the_line_is_back(officer: Person, book: int) -> None:
    officer.goes_to(f"/so/{book}/anh/")
    page = officer.page
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    heavy = jpeg(picture=Image.effect_noise((1500, 2000), 90).convert("RGB"), quality=92)
    assert len(heavy) > 1_500_000
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.headers.get("upload-offset", "")))
    chooses(officer, picture("KS.1998.01.P020.jpg", heavy))
    told = page.locator("[data-upload-list] li")
    expect(told).to_contain_text(re.compile("[1-9][0-9]%"))
    assert 0 < float(page.locator("[data-upload-list] progress").evaluate("bar => bar.value")) < 1
    line.send("Network.emulateNetworkConditions", SLOW | {"offline": True})
    expect(told).to_contain_text("Mất kết nối. Sẽ tự gửi tiếp")
    line.send("Network.emulateNetworkConditions", SLOW)
    expect(told).to_contain_text("Đã nhận, trang 20", timeout=30_000)
    # What had arrived was not sent again: the file began once.
    assert asked.count("0") == 1
    line.detach()
    officer.troubles.clear()


def test_a_phone_photographs_page_after_page(someone: Someone, book: int) -> None:
    officer = someone("officer.hop-nhat", screen=PHONE)
    officer.goes_to(f"/so/{book}/anh/")
    page = officer.page
    page.fill("[name=page]", "30")
    shutter = "[data-upload-form] input[capture]"
    chooses(officer, picture("image.jpg", small(30)), at=shutter)
    expect(page.locator("[name=page]")).to_have_value("31")
    chooses(officer, picture("image.jpg", small(31)), at=shutter)
    told = page.locator("[data-upload-list] li")
    expect(told.filter(has_text=RECEIVED)).to_have_count(2)
    expect(told.first).to_contain_text("trang 31")
    # The same photo once more is no page, and page 32 is still to come.
    chooses(officer, picture("image.jpg", small(31)), at=shutter)
    expect(told.first).to_contain_text("đã có trong sổ, là trang 31")
    expect(page.locator("[name=page]")).to_have_value("32")
    assert not officer.scrolls_sideways()
