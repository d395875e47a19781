"""``/api/v1/kinds/``: the declarations of the kinds of entries, from which a client can build a form."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import Http404
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from communes.api.endpoints import Endpoint
from communes.api.errors import refusals
from communes.api.permissions import role_permission
from digitization.record_types import ALL, BY_CODE
from digitization.record_types.contract import Field, Input, Need, OptionList, RecordType
from digitization.record_types.entries import words_of
from digitization.record_types.layouts import NEWEST, columns_of

INPUTS = [
    (Input.LINE, _("one line of text")),
    (Input.PARAGRAPH, _("text of several lines")),
    (Input.DATE, _("a date, or only a month or a year")),
    (Input.CHOICE, _("one of the options, and nothing else")),
    (Input.LISTED, _("one of the options, or words no list knows")),
    (Input.DIGITS, _("digits")),
]
NEEDS = [
    (Need.MUST, _("must be given, or stated as absent")),
    (Need.SHOULD, _("is asked for when it is missing")),
    (Need.MAY, _("may be left blank")),
]


class KindSerializer(serializers.Serializer):
    """A kind of entry, in one line."""

    code = serializers.CharField(help_text=_("KS, KH, …"))
    label = serializers.CharField(help_text=_("Its name."))  # type: ignore[assignment]
    book_label = serializers.CharField(help_text=_("The official name of its register."))


class FieldSerializer(serializers.Serializer):
    """One field of an entry."""

    code = serializers.CharField(help_text=_("The key of the field in an entry, for ever."))
    label = serializers.CharField(help_text=_("Its name beside the others of its group."))  # type: ignore[assignment]
    input = serializers.ChoiceField(choices=INPUTS, help_text=_("What is typed."))
    need = serializers.ChoiceField(choices=NEEDS, help_text=_("How much it is wanted."))
    max_length = serializers.IntegerField(help_text=_("Letters at most."))
    options = serializers.CharField(
        allow_null=True, help_text=_("The name of its list in option_lists, if it has one.")
    )
    head = serializers.BooleanField(help_text=_("Common to all kinds, and shown in lists of entries."))
    column = serializers.CharField(
        allow_null=True, help_text=_("Its column in the national sheet, if it has one.")
    )


class GroupSerializer(serializers.Serializer):
    """Fields that stand together in the book."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    folded = serializers.BooleanField(
        help_text=_("Rarely filled: closed on the form until it holds something.")
    )
    fields = FieldSerializer(many=True)  # type: ignore[assignment]


class OptionSerializer(serializers.Serializer):
    """One option."""

    code = serializers.CharField(help_text=_("The national code."))
    label = serializers.CharField(help_text=_("What it is called in the language of the answer."))  # type: ignore[assignment]
    words = serializers.CharField(help_text=_("The words of the national list itself."))


class ColumnSerializer(serializers.Serializer):
    """One column of the national sheet."""

    name = serializers.CharField(help_text=_("The national name, with its own spelling."))
    field = serializers.CharField(help_text=_("The code of the field; book_ref is the number of the book."))


class LayoutSerializer(serializers.Serializer):
    """The columns of the national sheet, in their order."""

    version = serializers.CharField()
    columns = ColumnSerializer(many=True)


class WholeKindSerializer(KindSerializer):
    """The whole declaration."""

    groups = GroupSerializer(many=True)
    option_lists = serializers.DictField(child=OptionSerializer(many=True))
    layout = LayoutSerializer(allow_null=True)


_KIND = {"code": "KS", "label": "Khai sinh", "book_label": "Sổ đăng ký khai sinh"}
_GENDER = {
    "code": "child_gender",
    "label": "Giới tính",
    "input": "choice",
    "need": "must",
    "max_length": 200,
    "options": "GENDER",
    "head": False,
    "column": "nksGioiTinh",
}


class Kinds(Endpoint):
    """The list."""

    permission_classes = (role_permission("see_reference"),)

    @extend_schema(
        operation_id="kinds_list",
        summary=_("Kinds of entries"),
        description=_("All of them, in the order of lists and papers; this list has no further pages."),
        responses={
            200: OpenApiResponse(KindSerializer(many=True), _("All kinds.")),
            **refusals(400, 401, 403),
        },
        examples=[OpenApiExample("kind", response_only=True, value=_KIND)],
    )
    def get(self, request: Request) -> Response:
        """Answer every kind."""
        return _unless_known(request, [_named(kind) for kind in ALL])


@extend_schema(
    summary=_("One kind of entry"),
    description=_(
        "Groups and fields in the order of the paper, option lists, and the columns of the national sheet. "
        "Labels are in the language of the answer. The answer has an ETag: send it back as If-None-Match, and "
        "304 says that nothing has changed."
    ),
    parameters=[
        OpenApiParameter("code", OpenApiTypes.STR, "path", description=_("Code of the kind: KS, KH, …"))
    ],
    responses={
        200: OpenApiResponse(WholeKindSerializer, _("The declaration.")),
        304: OpenApiResponse(description=_("Nothing has changed.")),
        **refusals(400, 401, 403, 404),
    },
    examples=[
        OpenApiExample(
            "kind",
            response_only=True,
            status_codes=["200"],
            value={
                **_KIND,
                "groups": [{"code": "child", "label": "Con", "folded": False, "fields": [_GENDER]}],
                "option_lists": {"GENDER": [{"code": "1", "label": "Nam", "words": "Nam"}]},
                "layout": {
                    "version": "2019",
                    "columns": [{"name": "nksGioiTinh", "field": "child_gender"}],
                },
            },
        )
    ],
)
class OneKind(Endpoint):
    """One of them."""

    permission_classes = (role_permission("see_reference"),)

    def get(self, request: Request, code: str) -> Response:
        """Answer one kind."""
        if code not in BY_CODE:
            raise Http404
        return _unless_known(request, _declared(BY_CODE[code]))


def _unless_known(request: Request, body: Any) -> Response:
    """Answer 304 to whoever holds this very text. It is about nobody, so their own copy may be kept and asked about."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    known = get_conditional_response(request._request, etag=etag)
    response = Response(body) if known is None else Response(status=known.status_code)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _named(kind: RecordType) -> dict[str, Any]:
    return {"code": kind.code, "label": str(kind.label), "book_label": str(kind.book_label)}


def _declared(kind: RecordType) -> dict[str, Any]:
    columns = columns_of(kind.columns) if kind.columns else []
    national = {column.field: column.national for column in columns}
    lists = {field.options.name: field.options for field in kind.fields() if field.options}
    return {
        **_named(kind),
        "groups": [
            {
                "code": group.code,
                "label": str(group.label),
                "folded": group.folded,
                "fields": [_field(field, national) for field in group.fields],
            }
            for group in kind.groups
        ],
        "option_lists": {name: _options(options) for name, options in lists.items()},
        "layout": {
            "version": NEWEST,
            "columns": [{"name": column.national, "field": column.field} for column in columns],
        }
        if columns
        else None,
    }


def _field(field: Field, national: dict[str, str]) -> dict[str, Any]:
    return {
        "code": field.code,
        "label": str(field.label),
        "input": field.input.value,
        "need": field.need.value,
        "max_length": field.max_length,
        "options": field.options.name if field.options else None,
        "head": field.head,
        "column": national.get(field.code),
    }


def _options(options: OptionList) -> list[dict[str, str]]:
    return [
        {"code": option.code, "label": str(option.label), "words": words_of(option)}
        for option in options.options
    ]
