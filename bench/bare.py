"""The product's addresses and one more: a form as Django's manual shows it, which saves the same row and leads on."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import ModelForm, modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from digitization.models import Record

# What no form asks for: the copies of the book, and stated absences, of which the sample has none.
UNASKED = ("book_id", "place_id", "custodian_id", "kind", "series", "head_states")
# What those are for every row of a run.
unasked: dict[str, Any] = {}


def form_of(names: tuple[str, ...]) -> type[ModelForm[Record]]:
    """Return a form over these columns."""
    return modelform_factory(Record, fields=[*names, "twin"])


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """Save the row of a form, whose columns are those that were sent."""
    names = tuple(name for name in request.POST if name not in ("csrfmiddlewaretoken", "twin"))
    form = form_of(names)(request.POST, instance=Record(**unasked))
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422)
    form.save()
    return redirect("/so/")


urlpatterns = [path("", include("civreg.urls")), path("bare/", bare)]
