"""The forms of communes: gates for what people type, with every error at its field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from civreg.lib.vietnamese import clean
from communes import tokens
from communes.mail.outbox import mail_works
from communes.models import Posting, Role, Succession, TokenRight, Unit, User
from communes.models.tokens import LONGEST_DAYS
from communes.rights import Rights

INVALID_LOGIN = _(
    "The user name or the password is not right, or the account has been closed. "
    "Capital letters count in passwords."
)


CHOOSE = _("Choose …")


def ask_to_choose(form: forms.BaseForm, *names: str) -> None:
    """Say in the empty line of choices what it is for, instead of a row of dashes."""
    for name in names:
        field = form.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = CHOOSE
        elif isinstance(field, forms.ChoiceField):
            given: Any = field.choices
            field.choices = [("", CHOOSE), *(choice for choice in given if choice[0])]


class DayInput(forms.DateInput):
    """A day as it is typed in Viet Nam: a browser's own date field follows the language of Windows."""

    def __init__(self) -> None:
        super().__init__(
            format="%d/%m/%Y",
            attrs={
                "inputmode": "numeric",
                "placeholder": _("dd/mm/yyyy"),
                "autocomplete": "off",
                "maxlength": 10,
            },
        )


class LoginForm(AuthenticationForm):
    """User name and password."""

    error_messages = {"invalid_login": INVALID_LOGIN, "inactive": INVALID_LOGIN}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(autocapitalize="none", spellcheck="false")


class OwnPasswordForm(PasswordChangeForm):
    """A password of one's own choice in place of the present one."""

    def clean(self) -> dict[str, Any]:
        """Refuse the present password: whoever handed it over knows it."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("new_password1")
        if chosen and "old_password" in cleaned and self.user.check_password(chosen):
            self.add_error("new_password1", _("Choose another password than the present one."))
        return cleaned

    def save(self, commit: bool = True) -> User:
        """Keep the password and the fact that it is the person's own; nothing else, it may have changed meanwhile."""
        self.user.set_password(self.cleaned_data["new_password1"])
        self.user.must_change_password = False
        if commit:
            self.user.save(update_fields=["password", "must_change_password"])
        return self.user


class SearchForm(forms.Form):
    """What the list of accounts is narrowed down by. An unreadable value narrows nothing."""

    words = forms.CharField(label=_("Name, user name or unit"), required=False, max_length=80)
    role = forms.ChoiceField(label=_("Role"), required=False)
    everybody = forms.BooleanField(label=_("Closed accounts too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Every role")), *Role.choices]  # type: ignore[attr-defined]
        self.fields["words"].widget.attrs.update(type="search", placeholder=self.fields["words"].label)
        for field in ("words", "role"):
            self.fields[field].widget.attrs["class"] = "control"


class AccountForm(forms.ModelForm):
    """An account as it can be changed later: its user name stays for ever."""

    class Meta:
        model = User
        fields = ["name", "ends_on", "is_active", "email"]
        widgets = {"ends_on": DayInput()}
        help_texts = {"email": _("Only for what its owner asks for. It is shown to nobody else.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mail_works():
            # An address nobody writes to need not be collected.
            del self.fields["email"]

    def clean_name(self) -> str:
        """Return the name cleaned as all Vietnamese text is."""
        return clean(self.cleaned_data["name"])


class NewAccountForm(forms.ModelForm):
    """A new account."""

    class Meta:
        model = User
        fields = ["name", "username", "ends_on"]
        widgets = {"ends_on": DayInput()}
        help_texts = {
            "username": _(
                "Small letters without accents, such as officer.hop-nhat. It cannot be changed later."
            ),
            "ends_on": _("Leave empty for permanent staff. Helpers need one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(
            autocapitalize="none", spellcheck="false", autocomplete="off"
        )
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        """Return the name cleaned as all Vietnamese text is."""
        return clean(self.cleaned_data["name"])

    def clean_username(self) -> str:
        """Return the user name in small letters: log-in does not tell them apart."""
        return str(self.cleaned_data["username"]).lower()


class OwnMailForm(forms.ModelForm):
    """What somebody wants by e-mail, and where."""

    class Meta:
        model = User
        fields = ["email", "mail_notices", "mail_digest"]
        help_texts = {
            "email": _(
                "The mail holds a subject and a link only. Leave blank for none. It is shown to nobody else."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        if not Rights.of(self.instance).may("get_notices"):
            del self.fields["mail_notices"]


class TokenForm(forms.Form):
    """A token for a program. The password shows that it is the owner who sits at this desk."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("So that you know later which one to revoke: nightly report, form of the province."),
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    rights = forms.MultipleChoiceField(label=_("The program may"), widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(
        label=_("Days it is valid"), min_value=1, max_value=LONGEST_DAYS, initial=tokens.DEFAULT_DAYS
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owner = owner
        rights = Rights.of(owner)
        self.fields["unit"].queryset = tokens.units_for_tokens(owner)  # type: ignore[attr-defined]
        self.fields["rights"].choices = [(r.value, r.label) for r in TokenRight if rights.may(r)]  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        """Return the name cleaned as all Vietnamese text is."""
        return clean(self.cleaned_data["name"])

    def clean_password(self) -> str:
        """Refuse another password than the owner's; it goes no further than here."""
        if not self._owner.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return ""

    def asked_for(self) -> dict[str, Any]:
        """Return what the token is to be, as ``tokens.make_token`` takes it."""
        return {name: self.cleaned_data[name] for name in ("name", "unit", "rights", "days")}


class PostingForm(forms.ModelForm):
    """A post in a unit that still exists."""

    class Meta:
        model = Posting
        fields = ["role", "unit", "valid_from", "valid_to"]
        widgets = {"valid_from": DayInput(), "valid_to": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["unit"].queryset = Unit.objects.at(today).order_by("level", "name")  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today
        ask_to_choose(self, "role", "unit")


class UnitForm(forms.ModelForm):
    """A correction of a unit; what an act changes makes a new one."""

    class Meta:
        model = Unit
        fields = ["kind", "name", "code", "export_name", "valid_from", "valid_to"]
        widgets = {"valid_from": DayInput(), "valid_to": DayInput()}

    def clean_name(self) -> str:
        """Return the name cleaned as all Vietnamese text is."""
        return clean(self.cleaned_data["name"])


class NewUnitForm(UnitForm):
    """A unit an act created."""

    class Meta(UnitForm.Meta):
        fields = ["level", "kind", "name", "slug", "code", "parent", "export_name", "valid_from", "valid_to"]
        help_texts = {
            "slug": _(
                "For ever, in small letters without accents; "
                "with the year where the name is taken: chan-mong-2025."
            ),
            "kind": _("As it is written before the name: xã, thị trấn, huyện, tỉnh."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_to_choose(self, "level", "parent")


class SuccessionForm(forms.ModelForm):
    """What an act made of a unit."""

    class Meta:
        model = Succession
        fields = ["kind", "successor", "on_date", "legal_basis"]
        widgets = {"on_date": DayInput()}
        help_texts = {"legal_basis": _("Number, date and issuer of the act.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Unit.objects.order_by("name", "-valid_from")  # type: ignore[attr-defined]
        ask_to_choose(self, "kind", "successor")
