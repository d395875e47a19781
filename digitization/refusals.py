"""Telling a person what was refused, with the rule it was refused by; the page links the rule's id to the catalogue."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest

from digitization.rules.catalogue import RULES
from digitization.verbs import Refused


def tell(request: HttpRequest, refusal: Refused) -> None:
    """Say on the next page what was refused; the message carries the id of the rule as its tag."""
    messages.error(request, str(refusal.message), extra_tags=refusal.rule)


def as_form_error(refusal: Refused) -> ValidationError:
    """Return a refusal as an error of a form, under the id of its rule."""
    return ValidationError(str(refusal.message), code=refusal.rule or None)


def broken_rules(form: BaseForm) -> list[str]:
    """Return the ids of the rules a form was refused by, in order."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return sorted(code for code in codes if code in RULES)
