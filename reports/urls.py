"""The pages of reports, its API, and the health of the whole."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports import api, health
from reports.campaigns import commitment_views, document_views, scope_views
from reports.campaigns import views as campaigns
from reports.digest import views as digest
from reports.papers import views as papers
from reports.past import acts
from reports.past import views as past
from reports.recognition import views as recognition
from reports.room import views as room
from reports.support import views as support

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
    path("tien-do/bieu-do/", room.multiples, name="multiples"),
    path("tien-do/man-hinh-lon/", room.screen, name="screen"),
    path("tien-do/tai-ve/", room.dashboard_file, name="dashboard_file"),
    path("tien-do/theo-xa/", room.breakdown, name="breakdown"),
    path("tien-do/<slug:slug>/", room.commune, name="commune"),
]
support_urls: list[URLPattern] = [
    path("tien-do/<slug:slug>/de-nghi/", support.ask, name="ask_support"),
    path("tien-do/<slug:slug>/phuong-tien/", support.state_means, name="state_means"),
    path("ho-tro/", support.board, name="support"),
    path("ho-tro/don-vi/", support.own_support, name="own_support"),
    path("ho-tro/don-vi/<slug:slug>/", support.unit_support, name="unit_support"),
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
campaign_urls: list[URLPattern] = [
    path("dot-so-hoa/", campaigns.campaigns, name="campaigns"),
    path("dot-so-hoa/moi/", campaigns.new_campaign, name="new_campaign"),
    path("dot-so-hoa/<int:pk>/", campaigns.campaign, name="campaign"),
    path("dot-so-hoa/<int:pk>/sua/", campaigns.edit_campaign, name="edit_campaign"),
    path("dot-so-hoa/<int:pk>/don-vi/", campaigns.campaign_units, name="campaign_units"),
    path("dot-so-hoa/<int:pk>/dong/", campaigns.close_campaign, name="close_campaign"),
    path("dot-so-hoa/<int:pk>/van-ban/", document_views.add_document, name="add_document"),
    path(
        "dot-so-hoa/<int:pk>/van-ban/<int:document_id>/", document_views.document_file, name="document_file"
    ),
    path(
        "dot-so-hoa/<int:pk>/van-ban/<int:document_id>/thu-hoi/",
        document_views.withdraw_document,
        name="withdraw_document",
    ),
    path("dot-so-hoa/<int:pk>/moc/", scope_views.campaign_milestones, name="campaign_milestones"),
    path("dot-so-hoa/<int:pk>/moc/<int:milestone_id>/bo/", scope_views.drop_milestone, name="drop_milestone"),
    path("dot-so-hoa/<int:pk>/so/", scope_views.campaign_books, name="campaign_books"),
    path("dot-so-hoa/<int:pk>/so/<int:book_id>/bo/", scope_views.end_exception, name="end_exception"),
    path("dot-so-hoa/<int:pk>/cam-ket/<slug:slug>/", commitment_views.commitment, name="commitment"),
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
    # Before the room: a unit's name stands where these have their words.
    *past_urls,
    *room_urls,
    *campaign_urls,
    *support_urls,
    *recognition_urls,
    *digest_urls,
    *paper_urls,
    *machine_urls,
]
