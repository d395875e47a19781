"""The pages of communes."""

from __future__ import annotations

from django.urls import URLPattern, path

from communes.api import schema
from communes.api import units as api_units
from communes.notices import views as notices
from communes.views import accounts, documentation, door, guides, own_account, units

app_name = "communes"

door_urls: list[URLPattern] = [
    path("", door.home, name="home"),
    path("dang-nhap/", door.login, name="login"),
    path("dang-xuat/", door.logout, name="logout"),
    path("phien/", door.session, name="session"),
    path("mat-khau/", door.password, name="password"),
    path("mat-khau/xong/", door.password_done, name="password_done"),
    path("ngon-ngu/", door.language, name="language"),
    path("huong-dan/", guides.own_guide, name="guide"),
    path("huong-dan/<slug:slug>/", guides.guide_page, name="guide_page"),
    path("tai-khoan/", own_account.own_account, name="own_account"),
    path("tai-khoan/thu-dien-tu/", own_account.own_mail, name="own_mail"),
    path("tai-khoan/ma-truy-cap/", own_account.new_token, name="new_token"),
    path("tai-khoan/ma-truy-cap/<int:pk>/thu-hoi/", own_account.revoke_token, name="revoke_token"),
]
account_urls: list[URLPattern] = [
    path("quan-tri/tai-khoan/", accounts.account_list, name="accounts"),
    path("quan-tri/tai-khoan/moi/", accounts.new_account, name="new_account"),
    path("quan-tri/tai-khoan/<int:pk>/", accounts.account, name="account"),
    path("quan-tri/tai-khoan/<int:pk>/mat-khau/", accounts.reset_password, name="reset_password"),
    path("quan-tri/tai-khoan/<int:pk>/phan-cong/", accounts.add_posting, name="add_posting"),
    path(
        "quan-tri/tai-khoan/<int:pk>/phan-cong/<int:posting>/ket-thuc/",
        accounts.end_posting,
        name="end_posting",
    ),
    path(
        "quan-tri/tai-khoan/<int:pk>/ma-truy-cap/<int:token>/thu-hoi/",
        accounts.revoke_token,
        name="revoke_token_of",
    ),
]
unit_urls: list[URLPattern] = [
    path("quan-tri/don-vi/", units.unit_list, name="units"),
    path("quan-tri/don-vi/moi/", units.new_unit, name="new_unit"),
    path("quan-tri/don-vi/<int:pk>/", units.unit, name="unit"),
    path("quan-tri/don-vi/<int:pk>/ke-tiep/", units.add_succession, name="add_succession"),
]
notice_urls: list[URLPattern] = [
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/moi/", notices.new_notice, name="new_notice"),
    path("thong-bao/<int:pk>/", notices.notice, name="notice"),
    path("thong-bao/<int:pk>/tep/", notices.notice_file, name="notice_file"),
    path("thong-bao/<int:pk>/nhac-lai/", notices.remind, name="remind"),
    path("thong-bao/<int:pk>/rut-lai/", notices.withdraw_notice, name="withdraw_notice"),
    path("thong-bao/<int:pk>/bao-cao/<slug:unit>/", notices.report_notice, name="report_notice"),
]
machine_urls: list[URLPattern] = [
    path("api/", documentation.page, name="api"),
    path("api/v1/schema/", schema.Schema.as_view(), name="api_schema"),
    path("api/v1/units/", api_units.Units.as_view(), name="api_units"),
    path("api/v1/units/<slug:slug>/", api_units.OneUnit.as_view(), name="api_unit"),
]
urlpatterns = door_urls + account_urls + unit_urls + notice_urls + machine_urls
