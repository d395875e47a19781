"""The rooms of the product, as every page offers them to the person who may enter them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from communes.rights import Rights


@dataclass(frozen=True, slots=True)
class Room:
    """A page the navigation leads to, the right it asks for, and other pages that belong to it."""

    label: str | Promise
    route: str
    right: str
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Door:
    """One line of the navigation. ``here`` is the value of aria-current: "page", "true" inside the room, or ""."""

    label: str | Promise
    address: str
    here: str


# Routes are named by string: most rooms are built further up the ladder than this.
ROOMS = (
    Room(
        pgettext_lazy("navigation", "Accounts"),
        "communes:accounts",
        "administer",
        frozenset({"communes:account", "communes:new_account"}),
    ),
    Room(
        pgettext_lazy("navigation", "Units"),
        "communes:units",
        "administer",
        frozenset({"communes:unit", "communes:new_unit"}),
    ),
    Room(pgettext_lazy("navigation", "Type on"), "digitization:next_for_me", "enter"),
    Room(
        pgettext_lazy("navigation", "Progress"),
        "reports:dashboard",
        "see_figures",
        frozenset(
            {
                "reports:add_document",
                "reports:ask_support",
                "reports:breakdown",
                "reports:campaign",
                "reports:campaign_books",
                "reports:campaign_milestones",
                "reports:campaign_units",
                "reports:campaigns",
                "reports:close_campaign",
                "reports:commitment",
                "reports:commune",
                "reports:compare",
                "reports:day",
                "reports:digest",
                "reports:digest_of_day",
                "reports:edit_campaign",
                "reports:history",
                "reports:multiples",
                "reports:new_campaign",
                "reports:recognition",
                "reports:state_means",
                "reports:support",
                "reports:support_request",
                "reports:unit_support",
            }
        ),
    ),
    Room(
        pgettext_lazy("navigation", "Books"),
        "digitization:books",
        "see_records",
        frozenset(
            {
                "digitization:book",
                "digitization:book_scans",
                "digitization:cross_checks",
                "digitization:declare_book",
                "digitization:declare_unit",
                "digitization:enter",
                "digitization:my_work",
                "digitization:record",
                "digitization:share_book",
                "digitization:sharing",
                "digitization:work_of",
            }
        ),
    ),
    Room(
        pgettext_lazy("navigation", "Entries"),
        "digitization:records",
        "see_records",
        frozenset({"digitization:choose_columns", "digitization:saved_filters"}),
    ),
    Room(pgettext_lazy("navigation", "Find"), "digitization:search", "see_records"),
    Room(pgettext_lazy("navigation", "Returned"), "digitization:returned", "enter"),
    Room(pgettext_lazy("navigation", "Check"), "digitization:checking", "check"),
    Room(pgettext_lazy("navigation", "Approve"), "digitization:approving", "approve"),
    Room(
        pgettext_lazy("navigation", "Papers"),
        "reports:papers",
        "make_papers",
        frozenset({"reports:paper"}),
    ),
)


def doors(request: HttpRequest, rights: Rights) -> Iterator[Door]:
    """Yield the rooms a person may enter; one whose part of the product is not installed does not show."""
    at = request.resolver_match.view_name if request.resolver_match else ""
    for room in ROOMS:
        if rights.may(room.right) and (address := _address(room.route)):
            yield Door(room.label, address, _here(room, at))


def _here(room: Room, at: str) -> str:
    if at == room.route:
        return "page"
    return "true" if at in room.also else ""


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
