"""The tables of digitization: books, entries, and what happened to them."""

from digitization.models.absent import AbsentNumber
from digitization.models.acceptance import BookAcceptance, Verdict
from digitization.models.apart import ApartReason, ToldApart
from digitization.models.book import Basis, Book, BookTally, BookTotal, Decision
from digitization.models.declared import BookPages, Declaration, Proof, ProofKind
from digitization.models.desk import DeskChoice, Shorthand
from digitization.models.exchange import ImportRun
from digitization.models.floods import BookFlood, BookLook
from digitization.models.history import Finding, Intent, RecordEvent, RecordVersion
from digitization.models.lists import ListColumns, ListExport, SavedFilter
from digitization.models.names import NameWord
from digitization.models.record import Draft, Record
from digitization.models.scans import (
    BookPage,
    Hint,
    PageState,
    PictureKind,
    RecordScan,
    Scan,
    ScanDuty,
    ScanProblem,
    ScanState,
    Upload,
)
from digitization.models.sharing import Bookmark, Measure, RangeState, WorkRange
from digitization.models.states import COUNTED_STANDINGS, COUNTED_STATUSES, Standing, Status, Verb

__all__ = [
    "COUNTED_STANDINGS",
    "COUNTED_STATUSES",
    "AbsentNumber",
    "ApartReason",
    "Basis",
    "Book",
    "BookAcceptance",
    "BookFlood",
    "BookLook",
    "BookPage",
    "BookPages",
    "BookTally",
    "BookTotal",
    "Bookmark",
    "Decision",
    "Declaration",
    "DeskChoice",
    "Draft",
    "Finding",
    "Hint",
    "ImportRun",
    "Intent",
    "ListColumns",
    "ListExport",
    "Measure",
    "NameWord",
    "PageState",
    "PictureKind",
    "Proof",
    "ProofKind",
    "RangeState",
    "Record",
    "RecordEvent",
    "RecordScan",
    "RecordVersion",
    "SavedFilter",
    "Scan",
    "ScanDuty",
    "ScanProblem",
    "ScanState",
    "Shorthand",
    "Standing",
    "Status",
    "ToldApart",
    "Upload",
    "Verb",
    "Verdict",
    "WorkRange",
]
