"""What the form pages of a campaign share: which campaign they change, and how they answer."""

from __future__ import annotations

from uuid import uuid4

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import render

from communes.guards import OfficeRequest
from reports.campaigns import access
from reports.models import Campaign


def running(request: OfficeRequest, pk: int) -> Campaign:
    """Return a campaign of the person's to change; raises Http404 for another one, and for the form of a closed one.

    A form sent after somebody else closed it goes through: the verb refuses it in words.
    """
    found = access.campaign_to_lead(request.rights, pk)
    if found.closed and request.method != "POST":
        raise Http404
    return found


def form_page(request: OfficeRequest, name: str, form: BaseForm, pk: int, **more: object) -> HttpResponse:
    """Answer with a form of a campaign: 422 where it comes back as typed."""
    # Read again: the instance behind a refused form carries what was typed, and the heading must not.
    context = {"form": form, "campaign": access.campaign_to_read(pk), "intent": uuid4(), **more}
    status = 422 if form.is_bound else 200
    return render(request, f"reports/campaigns/{name}.html", context, status=status)
