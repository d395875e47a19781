"""Groups of fields that several registers share: the head, the applicant, notes of a court, a registration abroad."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .contract import Field, Group, Label, Need, OptionList
from .fields import choice, dated, full_name, identity_paper, line, listed
from .head import head
from .options import COUNTRY, DECLARE


def registration(
    kinds: OptionList | None = None,
    *,
    after: Mapping[str, tuple[Field, ...]] | None = None,
    place: Label | None = None,
) -> Group:
    """Return the head of a register; ``kinds`` are its kinds of registration, asked for behind the date.

    ``after`` puts further fields of its own behind a head field, by its code; ``place`` is how it calls the place.
    """
    own = dict(after or {})
    if kinds:
        kind = choice("registration_type", _("Kind of registration"), kinds, Need.SHOULD)
        own["registration_date"] = (kind, *own.get("registration_date", ()))
    return Group(code="registration", label=_("Registration"), fields=head(after=own, place=place))


def applicant(need: Need = Need.MAY, *, relations: tuple[Field, ...] = ()) -> Group:
    """Return who asked for the entry; ``relations`` replace the one relation to the person registered."""
    relation = line("applicant_relation", _("Relation to the person registered"), half=True)
    return Group(
        code="applicant",
        label=_("Applicant"),
        fields=(
            full_name("applicant", need, half=True),
            *(relations or (relation,)),
            *identity_paper("applicant"),
        ),
    )


def declaration(prefix: str, label: Label, *, status: str = "") -> Group:
    """Return what a court declared of a person and took back; ``status`` is the code where it is not the usual one."""
    return Group(
        code=f"{prefix}_declaration",
        label=label,
        folded=True,
        fields=(
            choice(status or f"{prefix}_status", pgettext_lazy("declaration", "State"), DECLARE),
            dated(f"{prefix}_declared_noted_on", _("Declaration noted on")),
            line(f"{prefix}_declared_basis", _("Basis of the declaration")),
            dated(f"{prefix}_revoked_noted_on", _("Revocation noted on")),
            line(f"{prefix}_revoked_basis", _("Basis of the revocation")),
        ),
    )


ABROAD = Group(
    code="abroad",
    label=_("Registered abroad"),
    folded=True,
    fields=(
        line("foreign_reg_no", _("Number abroad"), length=50, half=True),
        dated("foreign_reg_date", _("Date abroad")),
        line("foreign_authority", _("Authority abroad")),
        listed("foreign_country", _("Country"), COUNTRY),
    ),
)
