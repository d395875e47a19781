"""Groups of fields that several registers share: the applicant, notes of a court, a registration abroad."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .contract import Field, Group, Label, Need
from .fields import choice, dated, full_name, identity_paper, line, listed
from .options import COUNTRY, DECLARE


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
