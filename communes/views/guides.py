"""The guides: everybody's own one first, the others a click away."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communes import guides
from communes.models import User
from communes.rights import Rights


@require_safe
@login_required
def own_guide(request: HttpRequest) -> HttpResponse:
    """Show the guide of the person's main post; the contents to somebody without one."""
    posting = Rights.of(cast(User, request.user)).main_posting()
    return _page(request, guides.OF_ROLE[posting.role] if posting else guides.CONTENTS)


@require_safe
@login_required
def guide_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one guide; they hold nothing that anybody who has logged in may not read."""
    return _page(request, slug)


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    guide = guides.read(slug)
    if guide is None:
        raise Http404(slug)
    return render(request, "communes/guide.html", {"guide": guide, "contents": guides.CONTENTS, "slug": slug})
