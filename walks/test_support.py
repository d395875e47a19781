"""A commune asks for support, the district promises and delivers, and the commune closes with what it brought."""

from __future__ import annotations

from walks.conftest import Someone
from walks.people import PHONE, Person

WHAT = "Máy quét phẳng khổ A3"


def asks(officer: Person) -> str:
    """Ask from the page of the commune; returns the path of the request."""
    officer.goes_to("/tien-do/hop-nhat/")
    officer.page.locator("#ho-tro summary", has_text="Đề nghị hỗ trợ").click()
    officer.page.select_option("#ho-tro [name=kind]", label="Thiết bị")
    officer.fills(
        {"what": WHAT, "quantity": "1", "needed_by": "12/12/2024", "why": "Máy A4 không quét được sổ cũ."}
    )
    officer.clicks("Gửi đề nghị")
    assert officer.sees("Chờ trả lời")
    return officer.page.url.removeprefix(officer.address)


def test_a_request_goes_from_asking_to_closing(officer: Person, someone: Someone) -> None:
    task_force, leader = someone("taskforce"), someone("leader.hop-nhat")
    officer.goes_to("/tien-do/hop-nhat/")
    officer.page.locator("#ho-tro summary", has_text="Cập nhật phương tiện").click()
    officer.fills({"computers": "4", "scanners": "1", "line": "50", "staff": "5"})
    officer.clicks("Lưu, tính đến hôm nay")
    assert officer.sees("phương tiện tính đến 05/12/2024")

    path = asks(officer)
    assert not officer.may("Gửi trả lời")

    # The district finds it on its board, and is asked for the day when it forgets it.
    task_force.goes_to("/tien-do/")
    task_force.clicks("Hỗ trợ")
    task_force.clicks(WHAT)
    task_force.page.fill("#id_answer_words", "Mượn máy của Phòng Tư pháp.")
    task_force.clicks("Gửi trả lời")
    assert task_force.sees("Ghi ngày hẹn giao.")
    assert task_force.page.input_value("#id_answer_words") == "Mượn máy của Phòng Tư pháp."
    task_force.page.fill("#id_answer_promised_for", "06/12/2024")
    task_force.clicks("Gửi trả lời")
    assert task_force.sees("Hẹn giao ngày 06/12/2024.")
    task_force.page.fill("#id_deliver_came_on", "05/12/2024")
    task_force.page.fill("#id_deliver_words", "Đã giao 01 máy.")
    task_force.clicks("Ghi nhận đã giao")
    assert task_force.sees("sau khi giao chưa có ngày nào đã chốt")

    # The leader reads it on a phone, and closes it; what was measured stays with it.
    leader.page.set_viewport_size(PHONE)
    leader.goes_to(path)
    assert not leader.scrolls_sideways()
    leader.page.fill("#id_close_words", "Quét xong quyển 1975 ngay trong tối.")
    leader.clicks("Kết thúc")
    assert leader.sees("Số đo lúc kết thúc đề nghị.")
    assert not leader.may("Kết thúc")

    task_force.goes_to("/ho-tro/")
    assert task_force.sees("Đã kết thúc")


def test_what_a_request_says_is_not_for_everybody(officer: Person, someone: Someone) -> None:
    path = asks(officer)
    province, neighbour = someone("province"), someone("officer.soc-dang")
    for stranger in (province, neighbour):
        stranger.goes_to("/tien-do/hop-nhat/")
        assert not stranger.sees(WHAT)
        assert stranger.sees("Đề nghị đang mở")
        stranger.expected.add(404)
        assert stranger.goes_to(path).status == 404
    officer.goes_to(path)
    officer.page.fill("#id_withdraw_words", "Đã mượn được máy.")
    officer.clicks("Rút")
    assert officer.sees("Đã rút")


def test_recognition_is_read_on_a_phone_and_printed(someone: Someone) -> None:
    province = someone("province", screen=PHONE)
    province.goes_to("/bieu-duong/")
    assert province.sees("Xã Sóc Đăng")
    assert not province.scrolls_sideways()
    province.clicks("Phụ lục để in")
    assert "Danh sách đơn vị được đề nghị biểu dương" in province.page.inner_text("main")
