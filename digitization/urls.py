"""The pages of digitization, by what a clerk comes for."""

from __future__ import annotations

from django.urls import path

from digitization.api import books, entries, kinds, records
from digitization.checking import apart, cross, pages, queues
from digitization.declaring import views as declaring
from digitization.entry import autosave, suggesting
from digitization.entry import views as entry
from digitization.entry.alike import alike
from digitization.entry.shorthand import shorthand
from digitization.inventory import against_the_paper as paper
from digitization.inventory import scanning
from digitization.inventory import views as inventory
from digitization.lists import exporting, keeping, searching
from digitization.lists import pages as lists
from digitization.rules.views import rules
from digitization.scans import leafing, sending, serving
from digitization.scans import views as scans
from digitization.sharing import views as sharing
from digitization.sharing import work

app_name = "digitization"

urlpatterns = [
    # books and their totals
    path("so/", inventory.books, name="books"),
    path("so/moi/", inventory.new_book, name="new_book"),
    path("so/tong-so/", inventory.pending_totals, name="pending_totals"),
    path("so/tong-so/<int:total_id>/", inventory.decide_total, name="decide_total"),
    path("so/quet/<int:unit_id>/", scanning.decide, name="decide_scan_duty"),
    path("so/<int:book_id>/", inventory.book, name="book"),
    path("so/<int:book_id>/doi-chieu/", paper.against_the_paper, name="against_the_paper"),
    path("so/<int:book_id>/doi-chieu/khong-co/", paper.absent, name="state_absent"),
    path(
        "so/<int:book_id>/doi-chieu/khong-co/<int:statement_id>/bo/", paper.not_absent, name="withdraw_absent"
    ),
    path("so/<int:book_id>/mo-ta/", inventory.describe, name="describe_book"),
    path("so/<int:book_id>/tong-so/", inventory.state_total, name="state_total"),
    path("so/<int:book_id>/nghiem-thu/", inventory.accept_book, name="accept_book"),
    path("so/<int:book_id>/nghiem-thu/rut-lai/", inventory.withdraw_acceptance, name="withdraw_acceptance"),
    # what the national system is declared to hold
    path("khai-bao/", declaring.declare_unit, name="declare_unit"),
    path("khai-bao/tep/<slug:key>/", declaring.proof, name="proof"),
    path("so/<int:book_id>/khai-bao/", declaring.declare_book, name="declare_book"),
    # pictures of pages
    path("so/<int:book_id>/anh/", scans.book_scans, name="book_scans"),
    path("so/<int:book_id>/anh/gui/", sending.send_files, name="send_scans"),
    path("so/<int:book_id>/anh/bat-dau/", sending.start, name="start_upload"),
    path("so/<int:book_id>/anh/so-trang/", scans.confirm_pages, name="confirm_pages"),
    path("so/<int:book_id>/anh/tinh-trang/", scans.say_pages, name="say_pages"),
    path("so/<int:book_id>/to/", leafing.leaf, name="leaf"),
    path("anh/<slug:key>/xoay/", scans.turn, name="turn_scan"),
    path("anh/<slug:key>/bo-ra/", scans.take_out, name="take_out_scan"),
    path("anh/<slug:key>/dua-lai/", scans.bring_back, name="bring_back_scan"),
    path("anh/dang-gui/<slug:key>/", sending.piece, name="upload_piece"),
    path("anh/<slug:key>/giu-anh-nay/", scans.prefer, name="prefer_scan"),
    path("anh/<slug:key>/<slug:variant>/", serving.scan, name="scan"),
    # typing
    path("nhap-lieu/go-tat/", shorthand, name="shorthand"),
    path("nhap-lieu/<int:book_id>/moi/", entry.enter, name="enter"),
    path("nhap-lieu/<int:book_id>/giu/", autosave.keep, name="keep"),
    path("nhap-lieu/<int:book_id>/mang-theo/", entry.carry, name="carry"),
    path("nhap-lieu/<int:book_id>/goi-y/", suggesting.suggest, name="suggest"),
    path("nhap-lieu/<int:book_id>/truoc/", entry.before, name="before"),
    path("nhap-lieu/<int:book_id>/giong/", alike, name="alike"),
    path("ho-so/<int:record_id>/sua/", entry.correct, name="correct"),
    path("ho-so/<int:record_id>/sua/giu/", autosave.keep_correction, name="keep_correction"),
    path("nhap-do/<int:draft_id>/", entry.resume, name="resume"),
    path("nhap-do/<int:draft_id>/bo/", entry.discard, name="discard"),
    # sharing work out, and one's own work
    path("nhap-lieu/tiep/", sharing.next_for_me, name="next_for_me"),
    path("viec-cua-toi/", work.my_work, name="my_work"),
    path("chia-viec/", sharing.sharing, name="sharing"),
    path("chia-viec/nguoi/<int:person_id>/", work.work_of, name="work_of"),
    path("chia-viec/<int:range_id>/thu-hoi/", sharing.take_range_back, name="take_range_back"),
    path("chia-viec/<int:range_id>/tra-lai/", sharing.hand_back_range, name="hand_back_range"),
    path("chia-viec/<int:range_id>/xong/", sharing.finish_range, name="finish_range"),
    path("so/<int:book_id>/chia-viec/", sharing.share_book, name="share_book"),
    # finding entries
    path("ho-so/", lists.records, name="records"),
    path("ho-so/cot/", keeping.choose_columns, name="choose_columns"),
    path("ho-so/bo-loc/", keeping.saved_filters, name="saved_filters"),
    path("ho-so/bo-loc/giu/", keeping.save_filter, name="save_filter"),
    path("ho-so/bo-loc/<int:filter_id>/ten/", keeping.rename_filter, name="rename_filter"),
    path("ho-so/bo-loc/<int:filter_id>/bo/", keeping.drop_filter, name="drop_filter"),
    path("ho-so/xuat/", exporting.export, name="export"),
    path("tim/", searching.search, name="search"),
    # an entry
    path("ho-so/<int:record_id>/", pages.record, name="record"),
    path("ho-so/<int:record_id>/dung-nhu-so/", pages.accept, name="accept"),
    path("ho-so/<int:record_id>/khac-nhau/", apart.tell, name="tell_apart"),
    path("khac-nhau/<int:statement_id>/rut-lai/", apart.take_back, name="take_back_apart"),
    path("doi-chieu/", cross.cross_checks, name="cross_checks"),
    path("ho-so/<int:record_id>/tinh-trang/<slug:verb>/", pages.turn, name="turn"),
    # the rules
    path("quy-tac/", rules, name="rules"),
    # for machines
    path("api/v1/kinds/", kinds.Kinds.as_view(), name="api_kinds"),
    path("api/v1/kinds/<slug:code>/", kinds.OneKind.as_view(), name="api_kind"),
    path("api/v1/books/", books.Books.as_view(), name="api_books"),
    path("api/v1/books/<int:book_id>/", books.OneBook.as_view(), name="api_book"),
    path("api/v1/books/<int:book_id>/entries/", entries.Entries.as_view(), name="api_entries"),
    path("api/v1/records/", records.Records.as_view(), name="api_records"),
    path("api/v1/records/<int:record_id>/", records.OneRecord.as_view(), name="api_record"),
    # lists that wait, and the verbs that move entries
    path("kiem-tra/", queues.checking, name="checking"),
    path("kiem-tra/dung/", queues.check, name="check"),
    path("kiem-tra/tra-lai/", queues.send_back, name="send_back"),
    path("tra-lai/", queues.returned, name="returned"),
    path("phe-duyet/", queues.approving, name="approving"),
    path("phe-duyet/duyet/", queues.approve, name="approve"),
    path("phe-duyet/mo-lai/", queues.reopen, name="reopen"),
    path("chuyen/", queues.transferring, name="transferring"),
    path("chuyen/da-chuyen/", queues.transfer, name="transfer"),
]
