"""The form with which a range of a book is given to somebody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civreg.lib import clock
from communes.forms import DayInput, ask_to_choose
from communes.models import User
from digitization.models import Book, Measure
from digitization.models.sharing import LARGEST_END
from digitization.ranges import people_who_type
from digitization.what_next import latest_year, ranges_in


class RangeForm(forms.Form):
    """Who is to type which numbers of a year, or which pages, of one book, and until when."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("For whom"))
    measure = forms.ChoiceField(label=_("Shared out by"), choices=Measure)
    year = forms.TypedChoiceField(
        label=_("Year of the numbers"), coerce=int, empty_value=None, required=False
    )
    first = forms.IntegerField(label=pgettext_lazy("range", "From"), min_value=1, max_value=LARGEST_END)
    last = forms.IntegerField(label=pgettext_lazy("range", "To"), min_value=1, max_value=LARGEST_END)
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DayInput(), help_text=_("May stay blank.")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, year = self.fields["person"], self.fields["year"]
        assert isinstance(person, forms.ModelChoiceField)
        assert isinstance(year, forms.TypedChoiceField)
        person.queryset = people_who_type(book, clock.today())
        ask_to_choose(self, "person")
        years = _years(book)
        year.choices = [(each, str(each)) for each in years]
        self.single_year = years[0] if len(years) == 1 else None
        if self.single_year is not None:
            # There is nothing to choose.
            del self.fields["year"]
        for name in ("first", "last"):
            self.fields[name].widget.attrs.update(inputmode="numeric", autocomplete="off")

    def clean(self) -> dict[str, Any]:
        """Give numbers the one year the book has; pages have none."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("measure") == Measure.PAGES:
            cleaned["year"] = None
        elif self.single_year is not None:
            cleaned["year"] = self.single_year
        if "first" in cleaned and "last" in cleaned and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("The last one must not be before the first."))
        return cleaned


def proposed(book: Book, next_number: int) -> dict[str, Any]:
    """Return what the form begins with: behind what is typed and given already, measured as the book is shared now."""
    held = ranges_in(book)
    by_pages = bool(held) and not held[0].by_numbers
    behind = max((one.last + 1 for one in held), default=1 if by_pages else next_number)
    measure = Measure.PAGES if by_pages else Measure.NUMBERS
    first = behind if by_pages else max(behind, next_number)
    return {
        "measure": measure,
        "first": first,
        "year": held[-1].year if held and not by_pages else latest_year(book),
    }


def _years(book: Book) -> list[int]:
    first = book.year_from or book.opened_year
    return list(range(first, max(book.year_to or first, first) + 1))
