"""The pages of reports, its API, and the health of the whole."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports import api, health
from reports.digest import views as digest
from reports.papers import views as papers
from reports.recognition import views as recognition
from reports.room import views as room
from reports.support import views as support

app_name = "reports"

room_urls: list[URLPattern] = [
    path("tien-do/", room.dashboard, name="dashboard"),
    path("tien-do/bieu-do/", room.multiples, name="multiples"),
    path("tien-do/man-hinh-lon/", room.screen, name="screen"),
    path("tien-do/tai-ve/", room.dashboard_file, name="dashboard_file"),
    path("tien-do/<slug:slug>/", room.commune, name="commune"),
]
support_urls: list[URLPattern] = [
    path("tien-do/<slug:slug>/de-nghi/", support.ask, name="ask_support"),
    path("tien-do/<slug:slug>/phuong-tien/", support.state_means, name="state_means"),
    path("ho-tro/", support.board, name="support"),
    path("ho-tro/<int:request_id>/", support.support_request, name="support_request"),
    path("ho-tro/<int:request_id>/tra-loi/", support.answer, name="answer_support"),
    path("ho-tro/<int:request_id>/giao/", support.deliver, name="deliver_support"),
    path("ho-tro/<int:request_id>/ket-thuc/", support.close, name="close_support"),
    path("ho-tro/<int:request_id>/rut/", support.withdraw, name="withdraw_support"),
]
recognition_urls: list[URLPattern] = [
    path("bieu-duong/", recognition.recognition, name="recognition"),
    path("bieu-duong/phu-luc/", recognition.annex, name="recognition_annex"),
    path("bieu-duong/tep/", recognition.as_file, name="recognition_file"),
]
digest_urls: list[URLPattern] = [
    path("tong-hop/", digest.newest_digest, name="digest"),
    path("tong-hop/<str:day>/", digest.digest_of_day, name="digest_of_day"),
]
paper_urls: list[URLPattern] = [
    path("bien-ban/", papers.papers, name="papers"),
    path("bien-ban/lap/", papers.make_paper, name="make_paper"),
    path("bien-ban/<int:paper_id>/", papers.paper, name="paper"),
    path("bien-ban/<int:paper_id>.pdf", papers.paper_pdf, name="paper_pdf"),
]
machine_urls: list[URLPattern] = [
    path("api/v1/progress/", api.Progress.as_view(), name="api_progress"),
    path("healthz", health.healthz, name="healthz"),
]
urlpatterns: list[URLPattern] = [
    *room_urls,
    *support_urls,
    *recognition_urls,
    *digest_urls,
    *paper_urls,
    *machine_urls,
]
