"""Which book or entry a person may use for what: every function returns the object or raises.

Lists, buttons and refusals ask the same predicates. A stranger's object is 404, not 403: that it exists is already
something to know. The role was asked before, by ``communes.guards.role_required``.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from civreg.lib import clock
from communes.models import Level, Posting, Role, Unit, User
from communes.rights import Rights
from digitization.models import Book, Record, Scan, Standing, Verb, WorkRange
from digitization.models.record import RecordQuerySet
from digitization.models.sharing import TYPING_ROLES, WorkRangeQuerySet


def books_to_read(rights: Rights) -> QuerySet[Book]:
    """Return the books whose entries the person may see."""
    return Book.objects.visible_to(rights).select_related("custodian", "place")


def book_to_read(rights: Rights, pk: int) -> Book:
    """Return a book of the person's units; raises Http404 for any other."""
    return get_object_or_404(books_to_read(rights), pk=pk)


def book_to_enter(rights: Rights, pk: int) -> Book:
    """Return a book the person may type entries of: one kept in the unit they are officer or helper of (C02)."""
    book = book_to_read(rights, pk)
    if not may_enter(rights, book):
        raise Http404
    return book


def may_enter(rights: Rights, book: Book) -> bool:
    """Tell whether the person types for the unit that keeps the book, and the book counts (no second copy)."""
    typing = rights.own_units(Role.OFFICER, Role.HELPER)
    return book.custodian_id in typing and book.second_copy_of_id is None


def book_to_manage(rights: Rights, pk: int) -> Book:
    """Return a book whose inventory lines the person keeps: the unit's officer, or justice above it."""
    book = book_to_read(rights, pk)
    if not may_manage(rights, book):
        raise Http404
    return book


def may_manage(rights: Rights, book: Book) -> bool:
    """Tell whether the person may propose totals and change the description of the book."""
    return book.custodian_id in rights.own_units(Role.OFFICER) or justice_over(rights, book.custodian)


def may_send(rights: Rights, book: Book) -> bool:
    """Tell whether the person adds pictures to the book: who types its entries, or keeps its inventory line."""
    return may_enter(rights, book) or may_manage(rights, book)


def book_to_send(rights: Rights, pk: int) -> Book:
    """Return a book the person may add pictures to; raises Http404 for any other."""
    book = book_to_read(rights, pk)
    if not may_send(rights, book):
        raise Http404
    return book


def scan_to_send(rights: Rights, key: str) -> Scan:
    """Return a picture of a book the person may add pictures to; raises Http404 for any other."""
    scan = get_object_or_404(Scan.objects.filter(book__in=books_to_read(rights)), key=key)
    book_to_send(rights, scan.book_id)
    return scan


def may_follow(rights: Rights, book: Book) -> bool:
    """Tell whether the person sees every entry of the book, and so what is still open in it; a helper does not."""
    mine = rights.own_units(Role.OFFICER, Role.LEADER)
    return book.custodian_id in mine or justice_over(rights, book.custodian)


def book_to_share(rights: Rights, pk: int) -> Book:
    """Return a book whose numbers and pages the person gives to those who type in it."""
    book = book_to_read(rights, pk)
    if not may_share(rights, book):
        raise Http404
    return book


def may_share(rights: Rights, book: Book) -> bool:
    """Tell whether the person shares out the work on the book: its unit's officer or leader, or justice above it."""
    return book.second_copy_of_id is None and may_follow(rights, book)


def units_to_share(rights: Rights) -> QuerySet[Unit]:
    """Return the units with books whose work the person shares out."""
    keeping = Book.objects.visible_to(rights).values("custodian")
    return Unit.objects.filter(rights.reach("pk", Role.OFFICER, Role.LEADER), pk__in=keeping)


def ranges_to_share(rights: Rights) -> WorkRangeQuerySet:
    """Return the ranges the person may see and take back, ended ones among them."""
    shared = WorkRange.objects.filter(rights.reach("book__custodian", Role.OFFICER, Role.LEADER))
    return shared.select_related("book__custodian", "person", "given_by", "ended_by")


def own_ranges(user: User) -> WorkRangeQuerySet:
    """Return the ranges of the person, of whatever unit; those in force are asked of them."""
    return WorkRange.objects.filter(person=user).select_related("book__custodian", "given_by")


def posts_to_supervise(rights: Rights, user: User, since: date) -> QuerySet[Posting]:
    """Return the posts of people whose daily work the person may see, those ended after ``since`` among them.

    An officer sees the helpers of the unit, its leader and justice above it also the officers. Colleagues see nothing
    of each other. Work is shown for the unit of the post alone.
    """
    helpers = Q(role=Role.HELPER, unit__in=rights.own_units(Role.OFFICER))
    everybody = Q(role__in=TYPING_ROLES) & rights.reach("unit", Role.LEADER)
    begun = Posting.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=since), valid_from__lte=clock.today()
    )
    return begun.filter(helpers | everybody).exclude(user=user).select_related("user", "unit")


def may_accept_book(rights: Rights, book: Book) -> bool:
    """Tell whether the person accepts the book as done, or takes that back."""
    return justice_over(rights, book.custodian)


def may_confirm_totals(rights: Rights, book: Book) -> bool:
    """Tell whether the person may decide on the totals stated for the book."""
    return justice_over(rights, book.custodian)


def units_to_inventory(rights: Rights) -> QuerySet[Unit]:
    """Return the units the person may add books for."""
    return Unit.objects.filter(rights.reach("pk", Role.OFFICER))


def records_to_read(rights: Rights, user: User) -> RecordQuerySet:
    """Return the entries the person may see, with what every page about them prints."""
    visible = Record.objects.visible_to(rights, user)
    return visible.select_related("book__custodian", "book__place", "entered_by", "checked_by", "approved_by")


def units_to_read(rights: Rights) -> QuerySet[Unit]:
    """Return the units of whose entries the person may see all or some."""
    return Unit.objects.filter(rights.reach("pk", Role.OFFICER, Role.LEADER, Role.HELPER))


def reads_several_units(rights: Rights) -> bool:
    """Tell whether the entries a person may see can be of more than one unit."""
    own = rights.own_units(Role.OFFICER, Role.LEADER, Role.HELPER)
    return bool(rights.own_units(Role.JUSTICE)) or len(own) > 1


def reads_whole_units(rights: Rights) -> bool:
    """Tell whether the person sees every entry of each of their units: a helper sees only what they typed."""
    return rights.own_units(Role.HELPER) <= rights.own_units(Role.OFFICER, Role.LEADER)


def reads_whole_unit(rights: Rights, unit: Unit) -> bool:
    """Tell whether the person sees every entry the unit keeps."""
    return unit.pk in rights.own_units(Role.OFFICER, Role.LEADER) or justice_over(rights, unit)


def reads_whole_book(rights: Rights, book: Book) -> bool:
    """Tell whether the person sees every entry of the book; its helper sees only what they typed."""
    return reads_whole_unit(rights, book.custodian)


def record_to_read(rights: Rights, user: User, pk: int) -> Record:
    """Return an entry the person may see; raises Http404 for any other."""
    return get_object_or_404(records_to_read(rights, user), pk=pk)


def record_to_correct(rights: Rights, user: User, pk: int) -> Record:
    """Return an entry the person may correct: an officer any of the unit, a helper only their own."""
    record = record_to_read(rights, user, pk)
    if not may_correct(rights, user, record):
        raise Http404
    return record


def may_correct(rights: Rights, user: User, record: Record) -> bool:
    """Tell whether the person may type new words for the entry; further roles of theirs add nothing to it."""
    own = record.entered_by_id == user.pk and record.custodian_id in rights.own_units(Role.HELPER)
    return own or record.custodian_id in rights.own_units(Role.OFFICER)


def may_accept(rights: Rights, user: User, record: Record) -> bool:
    """Tell whether the person may confirm a warning: who may correct the entry, or justice above its unit."""
    return not record.frozen and (may_correct(rights, user, record) or justice_over(rights, record.custodian))


def may_tell_apart(rights: Rights, user: User, record: Record) -> bool:
    """Tell whether the person may say that the entry and another they see are two: who could correct it, or justice.

    An approved entry too: what is said of a pair changes neither.
    """
    return may_correct(rights, user, record) or justice_over(rights, record.custodian)


def may_tell_pair_apart(rights: Rights, user: User, one: Record, other: Record) -> bool:
    """Tell whether the person may say of two entries they see that they are two: who may of either."""
    return may_tell_apart(rights, user, one) or may_tell_apart(rights, user, other)


def may_tell_apart_in(rights: Rights, unit: Unit) -> bool:
    """Tell whether the person may say so of every entry the unit keeps."""
    return unit.pk in rights.own_units(Role.OFFICER) or justice_over(rights, unit)


def may_turn(rights: Rights, record: Record, verb: Verb) -> bool:
    """Tell whether the person says what the entry is: the unit's officer; what an inspection accepts, justice alone."""
    if record.frozen:
        return False
    if verb is Verb.ACCEPT_UNREADABLE or record.standing == Standing.UNREADABLE_ACCEPTED:
        return justice_over(rights, record.custodian)
    return record.custodian_id in rights.own_units(Role.OFFICER)


def records_to_check(rights: Rights, user: User) -> RecordQuerySet:
    """Return the entries the person may check or return: of the officer's unit, or under justice. Own work is not."""
    return records_to_transfer(rights, user).exclude(entered_by=user)


def records_to_approve(rights: Rights, user: User) -> RecordQuerySet:
    """Return the entries the person may approve or reopen: leader's unit; justice: books kept at the district."""
    district = Unit.objects.filter(pk__in=rights.own_units(Role.JUSTICE)).exclude(level=Level.COMMUNE)
    mine = Q(custodian__in=rights.own_units(Role.LEADER)) | Q(custodian__in=district.values("pk"))
    return records_to_read(rights, user).filter(mine)


def records_to_transfer(rights: Rights, user: User) -> RecordQuerySet:
    """Return the entries the person may note as transferred: officer's unit, or under justice."""
    return records_to_read(rights, user).filter(rights.reach("custodian", Role.OFFICER))


def justice_over(rights: Rights, unit: Unit) -> bool:
    """Tell whether the person is justice at the unit or directly above it."""
    return bool({unit.pk, unit.parent_id} & rights.own_units(Role.JUSTICE))
