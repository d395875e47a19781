"""Plans and directives of a campaign: added with their file, withdrawn with a reason, never rewritten."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import Error, transaction
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import User
from reports.campaigns import files
from reports.campaigns.settling import NotPossible, note, settle, why
from reports.models import Campaign, CampaignChange, CampaignDocument

What = CampaignChange.What


def add_document(
    *, by: User, campaign: Campaign, document: CampaignDocument, sent: files.Sent | None, intent: UUID
) -> CampaignDocument:
    """Add a document as filled in, with its file if there is one; a replay of the intent returns the first.

    Raises files.NotTaken where the file is not taken, NotPossible where the document is with the campaign already.
    """
    if sent is None:
        return _add(by, campaign, document, None, intent)
    with files.arrived(sent) as file:
        return _add(by, campaign, document, file, intent)


def withdraw_document(*, by: User, document: CampaignDocument, reason: str, intent: UUID) -> None:
    """Withdraw a document that was added by mistake; it and its file stay, marked. Raises NotPossible."""
    words = why(reason)

    def act(current: Campaign) -> None:
        if not current.documents.filter(pk=document.pk, withdrawn=False).update(withdrawn=True):
            raise NotPossible(_("The document is withdrawn already."))
        note(current, by, What.DOCUMENT_WITHDRAWN, before=_told(document), reason=words)

    body = {"document": document.pk, "reason": words}
    settle(act, by=by, campaign=document.campaign, verb="withdraw_document", intent=intent, body=body)


def _add(
    by: User, campaign: Campaign, document: CampaignDocument, file: files.Arrived | None, intent: UUID
) -> CampaignDocument:
    kept = False

    def act(current: Campaign) -> int:
        nonlocal kept
        document.campaign, document.added_by, document.added_at = current, by, clock.now()
        if _same(document).exists():
            raise NotPossible(_("This document is already with the campaign."))
        if file is not None:
            document.file_kind, document.bytes, document.sha256 = file.kind, file.bytes, file.sha256
            # Tried again after a deadlock, the file is in its place already.
            if not kept:
                files.keep(file, document.key)
            kept = True
        document.save(force_insert=True)
        note(current, by, What.DOCUMENT_ADDED, after=_told(document))
        return document.pk

    body = {**_told(document), "sha256": file.sha256 if file else ""}
    try:
        pk = settle(act, by=by, campaign=campaign, verb="add_document", intent=intent, body=body)
    except BaseException:
        if kept and _surely_not_there(document, campaign):
            files.forget(document.key)
        raise
    return CampaignDocument.objects.get(pk=pk)


def _surely_not_there(document: CampaignDocument, campaign: Campaign) -> bool:
    """Tell whether a document was not written down: a line that breaks at the commit leaves that open.

    Whoever adds one holds the lock of the campaign to the end, so behind it the row is there or never comes. Where
    nobody can tell, the file stays: one too many harms nobody.
    """
    try:
        with transaction.atomic():
            Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
            return not CampaignDocument.objects.filter(key=document.key).exists()
    except Error:
        return False


def _same(document: CampaignDocument) -> Any:
    return document.campaign.documents.filter(
        kind=document.kind, number=document.number, dated=document.dated, withdrawn=False
    )


def _told(document: CampaignDocument) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "number": document.number,
        "dated": document.dated.isoformat(),
        "office": document.office,
        "subject": document.subject,
    }
