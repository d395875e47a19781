"""Forms of the campaign room. A closed list of kinds is put in order by numbers: it works on every screen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from civreg.lib.vietnamese import clean, sort_key
from civreg.templatetags.figures import day
from communes.forms import DayInput, ask_to_choose
from communes.models import Unit
from digitization.models import Book
from digitization.record_types import ALL
from reports.campaigns.setting_up import Terms
from reports.campaigns.settling import LONGEST_REASON
from reports.models import Campaign, CampaignDocument, Milestone

# So many columns of the form stand for the order of the kinds.
PLACES = [("", "–"), *((str(place), str(place)) for place in range(1, len(ALL) + 1))]
MOST_A_DAY = 100_000


class ReasonField(forms.CharField):
    """The field in which somebody says why they change something."""

    def __init__(self, *, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label=label or _("Why"), max_length=LONGEST_REASON, **kwargs)


class UnitChoices(forms.ModelMultipleChoiceField):
    """Units to tick, by their titles."""

    def __init__(self) -> None:
        super().__init__(
            Unit.objects.none(),
            label=_("Units that take part"),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("A campaign has one unit at least.")},
        )

    def offer(self, units: QuerySet[Unit]) -> None:
        """Take these units for the choice, by name; one that does not exist today says when it does."""
        self.queryset = units
        today = clock.today()
        listed = sorted(units, key=lambda unit: (not unit.exists_on(today), sort_key(unit.name)))
        self.choices = [(unit.pk, unit.title if unit.exists_on(today) else _dated(unit)) for unit in listed]


class BookChoice(forms.ModelChoiceField):
    """A book of one unit, by kind and number."""

    def label_from_instance(self, obj: Book) -> str:
        """Return kind and number: "KS 01/1998"."""
        return f"{obj.kind} {obj.quyen_so}"


LONGEST_PAST = timedelta(days=366)


class TermsForm(forms.ModelForm):
    """What a campaign is set up with. A kind without a place in the order is not in it."""

    class Meta:
        model = Campaign
        fields = ["title", "basis", "starts", "deadline", "cutoff"]
        widgets = {
            "starts": DayInput(),
            "deadline": DayInput(),
            "cutoff": forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "maxlength": 5}),
        }
        help_texts = {
            "basis": _("In one line, as papers name it. Files are added afterwards."),
            "starts": _("The first day whose figures are published."),
            "cutoff": _("Figures of a day are those of this hour, usually 17:00."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = list(self.instance.kinds or []) if self.instance.pk else [kind.code for kind in ALL[:5]]
        for kind in ALL:
            place = order.index(kind.code) + 1 if kind.code in order else ""
            self.fields[_kind(kind.code)] = forms.ChoiceField(
                label=str(kind.label), choices=PLACES, required=False, initial=str(place)
            )
        for name, field in self.fields.items():
            # What the page showed comes back with it: only what this person changed is written.
            field.show_hidden_initial = bool(self.instance.pk) and name != "reason"

    @property
    def general(self) -> list[BoundField]:
        """Return the fields above the kinds."""
        return [self[name] for name in self.Meta.fields]

    @property
    def kinds(self) -> list[BoundField]:
        """Return one field for each kind of book, in the national order."""
        return [self[_kind(kind.code)] for kind in ALL]

    def clean_starts(self) -> date:
        """Refuse a start long past, most likely a slip of the pen: every day since would have to be rebuilt."""
        starts: date = self.cleaned_data["starts"]
        if starts != self.instance.starts and starts < clock.today() - LONGEST_PAST:
            raise forms.ValidationError(_("A campaign does not start more than a year back."))
        return starts

    def clean_title(self) -> str:
        """Return the title cleaned as all Vietnamese text is."""
        return clean(self.cleaned_data["title"])

    def clean_basis(self) -> str:
        """Return the basis cleaned as all Vietnamese text is."""
        return clean(self.cleaned_data["basis"])

    def clean(self) -> dict[str, Any]:
        """Put the kinds in order; a campaign without any has nothing to count."""
        cleaned = super().clean() or self.cleaned_data
        places = {kind.code: cleaned.get(_kind(kind.code)) for kind in ALL}
        chosen = sorted(
            (code for code, place in places.items() if place), key=lambda code: int(places[code] or 0)
        )
        if not chosen:
            self.add_error(_kind(ALL[0].code), _("Choose one kind of book at least."))
        cleaned["kinds"] = tuple(chosen)
        return cleaned

    def terms(self) -> Terms:
        """Return the terms typed, once the form is valid."""
        named = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return Terms(**named, kinds=self.cleaned_data["kinds"])

    def moved(self) -> dict[str, Any]:
        """Return the terms this person changed on the page, under the names of ``Terms``."""
        changed = set(self.changed_data)
        found = {name: self.cleaned_data[name] for name in self.Meta.fields if name in changed}
        if any(_kind(kind.code) in changed for kind in ALL):
            found["kinds"] = self.cleaned_data["kinds"]
        return found


class NewCampaignForm(TermsForm):
    """A campaign with its units: all that exist are chosen until somebody takes one out."""

    units = UnitChoices()

    def __init__(self, *args: Any, choices: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, choices)
        exist = choices.at(clock.today()).exclude(children__isnull=False)  # type: ignore[attr-defined]
        self.fields["units"].initial = list(exist.values_list("pk", flat=True))


class ChangeForm(TermsForm):
    """New terms of a campaign that runs, with the reason."""

    reason = ReasonField(
        label=_("Why it is changed"),
        help_text=_("Everybody who sees the figures reads it in the history of the campaign."),
    )


class UnitsForm(forms.Form):
    """The units of a campaign that runs, with the reason.

    ``shown`` are those that took part when the page was opened: they come back with it, so that only what this person
    changed is changed.
    """

    units = UnitChoices()
    shown = forms.ModelMultipleChoiceField(
        Unit.objects.all(), required=False, widget=forms.MultipleHiddenInput
    )
    reason = ReasonField(label=_("Why it is changed"))

    def __init__(self, *args: Any, choices: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, choices)

    def clean(self) -> dict[str, Any]:
        """Refuse a page that does not say what it showed: no campaign is without units."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("shown"):
            self.add_error(None, _("This page is out of date. Open it again: nothing was saved."))
        return cleaned


class MilestoneForm(forms.ModelForm):
    """An interim goal."""

    reason = ReasonField(help_text=_("For instance: from the plan; agreed in the meeting of 20/11/2024."))

    class Meta:
        model = Milestone
        fields = ["day", "percent", "name"]
        widgets = {"day": DayInput()}
        help_texts = {"name": _("If it has one: the first half.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"] = forms.IntegerField(
            label=_("Percent of all entries to digitize"), min_value=1, max_value=100
        )

    def clean_name(self) -> str:
        """Return the name cleaned as all Vietnamese text is."""
        return clean(self.cleaned_data["name"])


class DocumentForm(forms.ModelForm):
    """A plan or directive with its file."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, JPEG or PNG, 20 MB at most. It is kept as it is, byte for byte."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    class Meta:
        model = CampaignDocument
        fields = ["kind", "number", "dated", "office", "subject"]
        widgets = {"dated": DayInput()}
        help_texts = {"number": _("As it is written: 12/KH-UBND.")}

    def clean(self) -> dict[str, Any]:
        """Return the words cleaned as all Vietnamese text is."""
        cleaned = super().clean() or self.cleaned_data
        return cleaned | {
            name: clean(cleaned[name]) for name in ("number", "office", "subject") if name in cleaned
        }


class QuotaForm(forms.Form):
    """What a leader signs for their commune, at this moment and in their own name."""

    per_day = forms.IntegerField(label=_("Entries a day"), min_value=1, max_value=MOST_A_DAY)
    position = forms.CharField(label=_("Your position"), max_length=120)
    reason = forms.CharField(label=_("Reason for the change"), max_length=LONGEST_REASON, required=False)
    agreed = forms.BooleanField(
        label=_("I have read this and sign it for the commune."),
        error_messages={"required": _("Tick the box: without it nothing is signed.")},
    )

    def __init__(self, *args: Any, changes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_why(self, changes=changes)

    def clean_position(self) -> str:
        """Return the position cleaned as all Vietnamese text is."""
        return clean(self.cleaned_data["position"])


class PaperQuotaForm(forms.Form):
    """A commitment that was signed on paper."""

    signer = forms.CharField(label=_("Signed by"), max_length=120)
    position = forms.CharField(label=_("Position of the signer"), max_length=120)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput())
    per_day = forms.IntegerField(label=_("Entries a day"), min_value=1, max_value=MOST_A_DAY)
    reason = forms.CharField(label=_("Reason for the change"), max_length=LONGEST_REASON, required=False)

    def __init__(self, *args: Any, changes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_why(self, changes=changes)

    def clean(self) -> dict[str, Any]:
        """Return name and position cleaned as all Vietnamese text is."""
        cleaned = super().clean() or self.cleaned_data
        return cleaned | {name: clean(cleaned[name]) for name in ("signer", "position") if name in cleaned}


class ExceptionForm(forms.Form):
    """A book of one unit taken out of the campaign, or in."""

    book = BookChoice(Book.objects.none(), label=_("Book"))
    way = forms.ChoiceField(
        label=_("What is to happen"),
        choices=[
            ("out", _("Take it out: it no longer counts")),
            ("in", _("Take it in, though its kind is not in the campaign")),
        ],
    )
    reason = ReasonField(help_text=_("For instance: digitized in 2019 already, as the minutes of … say."))

    def __init__(self, *args: Any, books: QuerySet[Book], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["book"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = books
        ask_to_choose(self, "book")


class ReasonForm(forms.Form):
    """Nothing but the reason: for what is taken back or closed."""

    reason = ReasonField()


def _kind(code: str) -> str:
    return f"kind_{code}"


def _offer(form: forms.BaseForm, choices: QuerySet[Unit]) -> None:
    field = form.fields["units"]
    assert isinstance(field, UnitChoices)
    field.offer(choices)


def _dated(unit: Unit) -> str:
    return f"{unit.title} ({day(unit.valid_from)} – {day(unit.valid_to) if unit.valid_to else '…'})"


def _ask_why(form: forms.BaseForm, *, changes: bool) -> None:
    """Ask for a reason where there is a commitment to change, else not at all."""
    if changes:
        form.fields["reason"].required = True
    else:
        del form.fields["reason"]
