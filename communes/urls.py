"""The pages of communes."""

from __future__ import annotations

from django.urls import URLPattern, path

from communes.views import accounts, door, guides, units

app_name = "communes"

door_urls: list[URLPattern] = [
    path("", door.home, name="home"),
    path("dang-nhap/", door.login, name="login"),
    path("dang-xuat/", door.logout, name="logout"),
    path("mat-khau/", door.password, name="password"),
    path("mat-khau/xong/", door.password_done, name="password_done"),
    path("ngon-ngu/", door.language, name="language"),
    path("huong-dan/", guides.own_guide, name="guide"),
    path("huong-dan/<slug:slug>/", guides.guide_page, name="guide_page"),
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
]
unit_urls: list[URLPattern] = [
    path("quan-tri/don-vi/", units.unit_list, name="units"),
    path("quan-tri/don-vi/moi/", units.new_unit, name="new_unit"),
    path("quan-tri/don-vi/<int:pk>/", units.unit, name="unit"),
    path("quan-tri/don-vi/<int:pk>/ke-tiep/", units.add_succession, name="add_succession"),
]
urlpatterns = door_urls + account_urls + unit_urls
