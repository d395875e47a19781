"""What people do with tokens: make one, revoke one, and how a program's secret is told from any other text."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from civreg.lib import clock
from civreg.lib.vietnamese import clean
from communes.acting import acting
from communes.models import ApiToken, Role, TokenRight, Unit, User
from communes.models.tokens import LONGEST_DAYS
from communes.rights import Rights

# A word that a search for forgotten secrets finds; 43 letters and digits are 256 bits of chance.
PREFIX = "civreg_"
LETTERS = string.ascii_letters + string.digits
LENGTH = 43
DEFAULT_DAYS = 90


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made and its secret, which is not kept anywhere else."""

    token: ApiToken
    secret: str


class TokenState(StrEnum):
    """Whether a token opens anything today, and if not, why."""

    IN_USE = "in_use"
    ENDED = "ended"
    REVOKED = "revoked"
    PASSWORD = "password"
    NO_POST = "no_post"


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One line of a list of tokens."""

    token: ApiToken
    state: TokenState

    @property
    def works(self) -> bool:
        """Tell whether the token opens anything, so that revoking it changes something."""
        return self.state is TokenState.IN_USE


def units_for_tokens(user: User) -> QuerySet[Unit]:
    """Return the units a person may make a token for, the highest first: of their posts, and under a justice office."""
    rights = Rights.of(user)
    return Unit.objects.filter(rights.reach("pk", *Role)).order_by("-level", "name", "pk")


def rights_in(user: User, unit: Unit) -> frozenset[str]:
    """Return which rights a token of this person could carry in this unit today."""
    there = Rights.of(user).narrowed(unit, TokenRight, since=clock.today())
    return frozenset(right for right in TokenRight if there.may(right))


def make_token(*, by: User, unit: Unit, rights: Iterable[str], name: str, days: int) -> NewToken:
    """Make a token for ``days`` from today, or until the account ends; raises ValidationError.

    Nobody gives what they do not have, and no two tokens of a person that still work have one name.
    """
    today, wanted = clock.today(), sorted(set(rights))
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError({"days": _("Between 1 and %(days)s days.") % {"days": LONGEST_DAYS}})
    if not wanted or not rights_in(by, unit).issuperset(wanted):
        raise ValidationError({"rights": _("In this unit you do not have all of these rights yourself.")})
    secret = PREFIX + "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
    ends_on = today + timedelta(days=days)
    token = ApiToken(
        user=by,
        unit=unit,
        rights=wanted,
        name=clean(name),
        digest=_digest(secret),
        tail=secret[-4:],
        password_mark=by.get_session_auth_hash(),
        created_on=today,
        ends_on=min(ends_on, by.ends_on) if by.ends_on else ends_on,
    )
    with acting(by):
        # One press at a time: a second one that waited here finds the name taken.
        User.objects.select_for_update().get(pk=by.pk)
        if by.tokens.unrevoked(today).filter(name=token.name).exists():
            raise ValidationError({"name": _("You have a token of this name already.")})
        token.save()
    return NewToken(token, secret)


def revoke(*, by: User, token: ApiToken) -> None:
    """End a token for good, at once; one that was revoked before stays as it was."""
    with acting(by):
        open_one = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
        open_one.update(revoked_at=clock.now(), revoked_by=by)


def follow_account(*, by: User, account: User) -> None:
    """End the tokens of an account that was closed, and those that would outlast its end: reopening brings none back.

    Runs in the transaction of whoever changed the account.
    """
    today, held = clock.today(), ApiToken.objects.filter(user=account, revoked_at__isnull=True)
    if not account.open_on(today):
        held.filter(ends_on__gt=today).update(revoked_at=clock.now(), revoked_by=by)
    elif account.ends_on:
        held.filter(ends_on__gt=account.ends_on).update(ends_on=account.ends_on)


def find(secret: str) -> ApiToken | None:
    """Return the token with this secret, with its owner and unit, if it opens anything today; else None.

    It is looked for by its keyed hash: how long that takes says nothing about any secret.
    """
    if not secret.startswith(PREFIX) or len(secret) != len(PREFIX) + LENGTH:
        return None
    token = ApiToken.objects.select_related("user", "unit").filter(digest=_digest(secret)).first()
    return token if token is not None and state_of(token) is TokenState.IN_USE else None


def state_of(token: ApiToken) -> TokenState:
    """Tell whether a token opens anything today. An owner who must choose a password has none that counts."""
    today, owner = clock.today(), token.user
    if token.revoked_at is not None:
        return TokenState.REVOKED
    if token.ends_on <= today:
        return TokenState.ENDED
    if owner.must_change_password or not token.password_unchanged:
        return TokenState.PASSWORD
    left = Rights.of(owner).narrowed(token.unit, token.rights, since=token.created_on)
    return TokenState.IN_USE if left.postings and owner.open_on(today) else TokenState.NO_POST


def listed(user: User) -> list[TokenRow]:
    """Return a person's tokens for a list: those that work first, then by age."""
    found = user.tokens.select_related("unit", "revoked_by")
    # One owner with one set of posts for all of them: nothing is asked again for each.
    for token in (held := list(found)):
        token.user = user
    rows = [TokenRow(token, state_of(token)) for token in held]
    return sorted(rows, key=lambda row: not row.works)


def note_use(token: ApiToken) -> None:
    """Write down that the token is used today: the day is enough, so most requests write nothing."""
    today = clock.today()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)


def _digest(secret: str) -> str:
    return salted_hmac("communes.tokens", secret, algorithm="sha256").hexdigest()
