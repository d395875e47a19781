"""Words written short: what a person types for words that come again and again, spelt out on the desk by one key."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from civreg.lib.vietnamese import clean, has_control_characters
from communes.guards import OfficeRequest, role_required
from communes.models import User
from digitization.models import Shorthand

LONGEST_SHORT, LONGEST_WORDS, MOST = 12, 200, 200


class Unclear(ValueError):
    """A line of the list that cannot be kept; the text says which and why."""


@require_http_methods(["GET", "POST"])
@role_required("enter")
def shorthand(request: OfficeRequest) -> HttpResponse:
    """Show one's own list as text, a line for each; take it as it was changed, or say which line is unclear."""
    typed = request.POST.get("list", "") if request.method == "POST" else written(words_of(request.user))
    error, status = "", 200
    if request.method == "POST":
        try:
            words = read(typed)
        except Unclear as refusal:
            error, status = str(refusal), 422
        else:
            Shorthand.objects.update_or_create(user=request.user, defaults={"words": words})
            messages.success(request, _("Kept. On the desk, type the short form and press F3."))
            return redirect("digitization:shorthand")
    context = {"typed": typed, "error": error, "most": MOST}
    return render(request, "digitization/shorthand.html", context, status=status)


def words_of(user: User) -> dict[str, str]:
    """Return what the person writes short, in small letters, with the words it stands for."""
    kept = Shorthand.objects.filter(user=user).first()
    return kept.words if kept else {}


def read(text: str) -> dict[str, str]:
    """Return the list somebody typed: the first word of a line is short for the rest. Raises Unclear."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            short, words = _line(number, line)
            if short in found:
                raise Unclear(
                    _("Line %(n)s: “%(short)s” stands there twice.") % {"n": number, "short": short}
                )
            found[short] = words
    if len(found) > MOST:
        raise Unclear(_("The list has %(n)s lines; it can have %(most)s.") % {"n": len(found), "most": MOST})
    return found


def written(words: Mapping[str, str]) -> str:
    """Return a list as ``read`` understands it, in alphabetical order."""
    return "\n".join(f"{short} {words[short]}" for short in sorted(words))


def _line(number: int, line: str) -> tuple[str, str]:
    short, _space, words = clean(line).partition(" ")
    told = {"n": number, "short": LONGEST_SHORT, "words": LONGEST_WORDS}
    if has_control_characters(line.replace("\t", " ")):
        raise Unclear(_("Line %(n)s holds letters that nobody can see. Type it again.") % told)
    if not words.strip():
        raise Unclear(_("Line %(n)s: write the short form, a space, then the words it stands for.") % told)
    if len(short) > LONGEST_SHORT or len(words) > LONGEST_WORDS:
        raise Unclear(
            _("Line %(n)s is too long: the short form has %(short)s letters at most, the words %(words)s.")
            % told
        )
    return short.lower(), words.strip()
