"""The pages of reports, its API, and the health of the whole."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports import api, health
from reports.papers import views as papers
from reports.past import acts
from reports.past import views as past
from reports.room import views as room

app_name = "reports"

past_urls: list[URLPattern] = [
    path("tien-do/lich-su/", past.history, name="history"),
    path("tien-do/lich-su/tep/", past.history_file, name="history_file"),
    path("tien-do/lich-su/chot-ngay/", acts.freeze_moment, name="freeze_moment"),
    path("tien-do/lich-su/tinh-lai/", acts.rebuild_days, name="rebuild_days"),
    path("tien-do/ngay/<str:day>/", past.day, name="day"),
    path("tien-do/ngay/<str:day>/dinh-chinh/", acts.correct, name="correct_day"),
    path("tien-do/so-sanh/", past.compare, name="compare"),
    path("tien-do/so-sanh/tep/", past.comparison_file, name="comparison_file"),
]
room_urls: list[URLPattern] = [
    path("tien-do/", room.dashboard, name="dashboard"),
    path("tien-do/<slug:slug>/", room.commune, name="commune"),
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
urlpatterns: list[URLPattern] = past_urls + room_urls + paper_urls + machine_urls
