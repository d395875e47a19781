"""The pages of reports, its API, and the health of the whole."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports import api, health
from reports.papers import views as papers
from reports.room import views as room

app_name = "reports"

room_urls: list[URLPattern] = [
    path("tien-do/", room.dashboard, name="dashboard"),
    path("tien-do/theo-xa/", room.breakdown, name="breakdown"),
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
urlpatterns: list[URLPattern] = room_urls + paper_urls + machine_urls
