"""The task force sets up a campaign with the file of its plan, a leader signs in it, and it is closed for good."""

from __future__ import annotations

from walks.conftest import Someone
from walks.people import PHONE

# Before the demonstration's own campaign, so that this one is never the current one.
CAMPAIGN = {
    "title": "Đợt làm thử",
    "basis": "Kế hoạch số 00/KH-UBND (minh họa)",
    "starts": "01/11/2024",
    "deadline": "31/12/2024",
}
PLAN = {"number": "00/KH-UBND", "dated": "30/10/2024", "subject": "Số hóa sổ hộ tịch (văn bản minh họa)"}
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def test_a_campaign_lives_from_its_plan_to_its_end(someone: Someone) -> None:
    task_force, leader = someone("taskforce"), someone("leader.hop-nhat", screen=PHONE)
    task_force.goes_to("/tien-do/")
    task_force.clicks("Kế hoạch")
    task_force.clicks("Lập đợt cao điểm")
    task_force.fills(CAMPAIGN)
    task_force.clicks("Lập đợt")
    assert task_force.sees("Đợt làm thử")
    path = "/" + task_force.page.url.split("/", 3)[3]

    task_force.clicks("Thêm văn bản")
    task_force.fills(PLAN)
    task_force.page.set_input_files(
        "[name=file]", {"name": "ke hoach.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    task_force.clicks("Lưu")
    link = task_force.page.locator("a[href*='/van-ban/']", has_text="Tải tệp").get_attribute("href")
    kept = task_force.context.request.get(f"{task_force.address}{link}")
    assert (kept.body(), kept.headers["cache-control"]) == (PDF, "private, no-store")

    leader.goes_to(f"{path}cam-ket/hop-nhat/")
    leader.fills({"per_day": "12", "position": "Chủ tịch UBND xã"})
    leader.page.check("[name=agreed]")
    leader.clicks("Ký cam kết")
    assert leader.sees("tự ký trên phần mềm")
    assert not leader.scrolls_sideways()

    task_force.goes_to(path)
    task_force.clicks("Đóng đợt")
    assert task_force.sees("Không mở lại được.")
    task_force.fills({"reason": "Chỉ làm thử"})
    task_force.clicks("Đóng hẳn đợt này")
    assert task_force.sees("Đợt này đã đóng lúc")
    assert not task_force.may("Sửa")
    task_force.goes_to(f"/tien-do/?dot={path.strip('/').rpartition('/')[2]}")
    assert task_force.sees("Đợt này không còn việc phải làm.")
