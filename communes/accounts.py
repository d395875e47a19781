"""What the administrator does with accounts. No verb here touches, or shows, a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from civreg.lib import clock
from civreg.lib.vietnamese import fold
from communes import tokens
from communes.acting import acting
from communes.clashes import clashes_said
from communes.models import Posting, Role, User
from communes.one_time_passwords import new_password


@dataclass(frozen=True, slots=True)
class Handover:
    """An account and the password that opens it once; the password is not kept anywhere else."""

    user: User
    password: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the list of accounts."""

    user: User
    postings: tuple[Posting, ...]
    state: str
    """``open``, ``closed`` (by the administrator) or ``ended`` (its last day has passed)."""

    @property
    def search_text(self) -> str:
        """Return what a search looks in, without accents and case."""
        return fold(
            " ".join([self.user.name, self.user.username, *(p.unit.full_name for p in self.postings)])
        )


def list_accounts(*, words: str = "", role: str = "", everybody: bool = True) -> list[AccountRow]:
    """Return the accounts whose name, user name or unit holds all ``words``, in any accents and case.

    ``role`` keeps those who hold it today; ``everybody=False`` leaves out accounts that cannot be used now.
    """
    wanted = fold(words).split()
    rows = [_row(user) for user in User.objects.prefetch_related("postings__unit")]
    return [
        row
        for row in rows
        if all(word in row.search_text for word in wanted)
        and (not role or any(posting.role == role for posting in row.postings))
        and (everybody or row.state == "open")
    ]


def in_force(posting: Posting, day: date) -> bool:
    """Tell whether a posting already read is in force on ``day``; ``Posting.objects.at`` asks it of a set."""
    return posting.valid_from <= day and (posting.valid_to is None or day < posting.valid_to)


def _row(user: User) -> AccountRow:
    today = clock.today()
    current = tuple(posting for posting in user.postings.all() if in_force(posting, today))
    state = "open" if user.open_on(today) else "ended" if user.is_active else "closed"
    return AccountRow(user, current, state)


def open_account(*, by: User, account: User, posting: Posting) -> Handover:
    """Save a new account with its first posting and a password for one log-in; both or neither.

    Raises ValidationError where somebody opened an account of this name at the same moment.
    """
    password = new_password()
    with clashes_said(), acting(by):
        account.set_password(password)
        account.must_change_password = True
        account.save()
        posting.user = account
        posting.save()
    return Handover(account, password)


def edit_account(*, by: User, account: User, values: Mapping[str, Any]) -> None:
    """Change name, end, openness or e-mail of an account, and end its tokens with it; raises ValidationError.

    Nobody closes their own account: the last administrator would lock everybody out.
    """
    fields = [field for field in ("name", "ends_on", "is_active", "email") if field in values]
    for field in fields:
        setattr(account, field, values[field])
    if account == by and not account.open_on(clock.today()):
        raise ValidationError(_("You cannot close the account you are working with."))
    with acting(by):
        account.save(update_fields=fields)
        tokens.follow_account(by=by, account=account)


def reset_password(*, by: User, account: User) -> Handover:
    """Give an account a new password for one log-in; whoever is logged in with the old one is logged out."""
    password = new_password()
    with acting(by):
        account.set_password(password)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
    return Handover(account, password)


def add_posting(*, by: User, posting: Posting) -> None:
    """Give a person a post; raises ValidationError where they already hold it in that period.

    Nobody gives one to themselves: whoever decides about rights would then decide about their own.
    """
    if posting.user_id == by.pk:
        raise ValidationError(
            _("Another administrator must give you this posting: you cannot give one to yourself.")
        )
    posting.validate_constraints()
    with clashes_said(), acting(by):
        posting.save()


def end_posting(*, by: User, posting: Posting, on: date) -> None:
    """End a post: ``on`` is the first day without it; raises ValidationError.

    A post that begins on ``on`` or later ends the day after it begins, the shortest the table allows: it
    stays in sight as a mistake put right. Nobody takes the administrator's post from themselves.
    """
    if posting.user_id == by.pk and posting.role == Role.ADMINISTRATOR:
        raise ValidationError(
            _("Another administrator must end this posting: you cannot take it from yourself.")
        )
    if posting.valid_from == date.max:
        raise ValidationError(
            _("This posting begins on the last day of the calendar: it never comes into force.")
        )
    posting.valid_to = max(on, posting.valid_from + timedelta(days=1))
    with acting(by):
        posting.save(update_fields=["valid_to"])
