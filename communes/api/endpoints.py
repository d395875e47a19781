"""The two kinds of views of the API: one that answers an object, and one that answers a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_filters import MultipleChoiceFilter
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.views import APIView

from communes.api.bodies import refuse_unknown
from communes.api.filtering import FilterSetBackend
from communes.api.paging import LinkPagination
from communes.rights import Rights


class Endpoint(APIView):
    """Knows its parameters: one it does not know, or one without a value, is refused by name."""

    parameters: Iterable[str] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ask who it is and for their right, then look at the parameters."""
        super().initial(request, *args, **kwargs)
        refuse_unknown(request.query_params, self.known_parameters())
        problems = {name: self._problem(name, texts) for name, texts in request.query_params.lists()}
        if found := {name: [str(words)] for name, words in problems.items() if words}:
            raise ValidationError(found)

    def known_parameters(self) -> frozenset[str]:
        """Return the names of what may stand behind the question mark."""
        return frozenset(self.parameters)

    def may_repeat(self, name: str) -> bool:
        """Tell whether a parameter may be given several times."""
        return False

    def _problem(self, name: str, texts: list[str]) -> Promise | None:
        if not all(texts):
            return _("This parameter has no value.")
        return None if len(texts) == 1 or self.may_repeat(name) else _("This parameter is given twice.")

    @property
    def rights(self) -> Rights:
        """Return what the person who asks, or their token, may do."""
        return Rights.of(self.request.user)


class ListEndpoint(Endpoint, ListAPIView):
    """Answers an array, narrowed by its ``filterset_class`` and turned over a page at a time."""

    pagination_class = LinkPagination
    filter_backends = (FilterSetBackend,)
    filterset_class: Any = None

    def known_parameters(self) -> frozenset[str]:
        """Return the filters and what turns the pages."""
        return frozenset([*self.filterset_class.base_filters, *LinkPagination.parameters])

    def may_repeat(self, name: str) -> bool:
        """Tell whether a filter takes any of several values."""
        return isinstance(self.filterset_class.base_filters.get(name), MultipleChoiceFilter)
