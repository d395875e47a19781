"""``/healthz``: is the database there, do the workers work, do the tallies count right?"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# The workers roll up every two seconds; the age is told by the one clock all of them share, the database's.
QUERY = """
SELECT coalesce(bool_and(coalesce(clock_timestamp() - r.checked_at < interval '30 seconds', false)), true),
    coalesce(sum(r.drift), 0) = 0
FROM reports_campaign c LEFT JOIN reports_rollupstate r ON r.campaign_id = c.id
WHERE NOT c.closed
"""


@dataclass(frozen=True, slots=True)
class Health:
    """What is well. Workers and tallies cannot be known without the database and then count as ill."""

    database: bool
    workers: bool
    tallies: bool

    @property
    def well(self) -> bool:
        """Tell whether everything is."""
        return self.database and self.workers and self.tallies


def health() -> Health:
    """Look once; never raises when the database is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUERY)
            workers, tallies = cursor.fetchone()
    except Error:
        return Health(database=False, workers=False, tallies=False)
    return Health(database=True, workers=workers, tallies=tallies)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when all is well, else 503; the body says which part is ill."""
    found = health()
    body = {"status": "ok" if found.well else "ill", **asdict(found)}
    return JsonResponse(body, status=200 if found.well else 503)
