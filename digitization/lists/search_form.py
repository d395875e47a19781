"""The form of the search: a name, and what to narrow it by. It is always posted: a name stands in no address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import Unit
from digitization.filters import KINDS
from digitization.lists.readings import MOST_WORDS, words_of
from digitization.models.record import RecordQuerySet


class SearchForm(forms.Form):
    """What to look for. The years are those of the two principal people of an entry, as far as they are known."""

    name = forms.CharField(
        label=pgettext_lazy("search", "Name of a person"),
        max_length=100,
        help_text=_(
            "With or without diacritics; in the order in which the name is written, parts left out or not."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "data-find": True}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of entry"),
        required=False,
        choices=lambda: [("", _("All")), *KINDS],
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Kept by"), required=False, to_field_name="slug", empty_label=_("All")
    )
    born_from = forms.IntegerField(
        label=_("Born from the year"), required=False, min_value=1850, max_value=9999, widget=forms.TextInput
    )
    born_to = forms.IntegerField(
        label=_("Born until the year"), required=False, min_value=1850, max_value=9999, widget=forms.TextInput
    )
    place = forms.IntegerField(required=False, min_value=0, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: QuerySet[Unit], several: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units
        if not several:
            del self.fields["unit"]

    def clean_name(self) -> tuple[str, ...]:
        """Return the words of the name, folded."""
        words = words_of(self.cleaned_data["name"])
        if not words:
            raise forms.ValidationError(_("A name has letters."))
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(_("Type one name: %(most)s words at most.") % {"most": MOST_WORDS})
        return words

    def narrow(self, records: RecordQuerySet) -> RecordQuerySet:
        """Return the entries that kind and years leave."""
        wanted = self.cleaned_data
        if wanted["kind"]:
            records = records.filter(kind=wanted["kind"])
        return records.filter(_born("subject", wanted) | _born("second", wanted))


def _born(who: str, wanted: dict[str, Any]) -> Q:
    born = Q()
    if wanted["born_from"]:
        born &= Q((f"{who}_born_latest__year__gte", wanted["born_from"]))
    if wanted["born_to"]:
        born &= Q((f"{who}_born_earliest__year__lte", wanted["born_to"]))
    return born
