"""Filters of lists by a FilterSet: what makes no sense is refused by name, and the schema says what may be asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django_filters.utils import translate_validation
from drf_spectacular.plumbing import build_choice_description_list
from rest_framework.exceptions import NotFound
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

ISO_DAYS = ("%Y-%m-%d",)
EARLIEST_AND_LATEST = (MinValueValidator(date(1800, 1, 1)), MaxValueValidator(date(2999, 12, 31)))


class TruthFilter(django_filters.TypedChoiceFilter):
    """Narrows by ``true`` or ``false``; django-filter's own lets any other word narrow nothing."""

    def __init__(self, **rest: Any) -> None:
        choices = (("true", pgettext_lazy("answer", "yes")), ("false", pgettext_lazy("answer", "no")))
        super().__init__(choices=choices, coerce=lambda text: text == "true", empty_value=None, **rest)


class FilterSetBackend(BaseFilterBackend):
    """Narrows a list by the view's ``filterset_class``.

    A value no filter understands is 400. A unit that does not exist, and one of others, are both 404.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        """Return what the filters leave; raises ValidationError or NotFound."""
        filters = view.filterset_class(request.query_params, queryset, request=request)  # type: ignore[attr-defined]
        if not filters.is_valid():
            if all(_is_object(filters.filters[name]) for name in filters.errors):
                raise NotFound
            raise translate_validation(filters.errors)
        narrowed: QuerySet[Any] = filters.qs
        return narrowed

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return what the schema says of the filters."""
        filters = view.filterset_class.base_filters
        return [_described(name, one) for name, one in filters.items()]


def _is_object(one: django_filters.Filter) -> bool:
    return isinstance(one, django_filters.ModelChoiceFilter)


def _described(name: str, one: django_filters.Filter) -> dict[str, Any]:
    choices = _choices(one)
    schema = {"enum": [code for code, _words in choices], "type": "string"} if choices else _shape(one)
    if isinstance(one, TruthFilter):
        schema = {"type": "boolean"}
    many = isinstance(one, django_filters.MultipleChoiceFilter)
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": _words(one, choices),
        "schema": {"type": "array", "items": schema} if many else schema,
        **({"style": "form", "explode": True} if many else {}),
    }


def _words(one: django_filters.Filter, choices: list[tuple[str, str | Promise]]) -> str:
    said = [str(one.extra.get("help_text") or one.label)]
    if isinstance(one, django_filters.MultipleChoiceFilter):
        said.append(_("may be given several times"))
    if _is_object(one):
        said.append(_("the slug of a unit"))
    # Options are listed as they are for the fields of bodies and answers.
    return "; ".join(said) + (f"\n\n{build_choice_description_list(choices)}" if choices else "")


def _choices(one: django_filters.Filter) -> list[tuple[str, str | Promise]]:
    choices = one.extra.get("choices", ())
    return list(choices() if callable(choices) else choices)


def _shape(one: django_filters.Filter) -> dict[str, Any]:
    if isinstance(one, django_filters.NumberFilter):
        bounds = {"minimum": one.extra.get("min_value"), "maximum": one.extra.get("max_value")}
        return {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}
    if isinstance(one, django_filters.DateFilter):
        return {"type": "string", "format": "date"}
    length = one.extra.get("max_length")
    return {"type": "string", **({"maxLength": length} if length else {})}
