"""The forecast against the truth: invented campaigns, and where the last day lay of what was foretold on the way.

The campaigns are other ones than those the method was tuned on. What one forecast of a district costs is measured, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from bench.cpu import measured
from bench.figures import Figure, figure
from bench.stage import Stage
from reports.forecast.keeping import keep_all
from reports.forecast.trials import MOMENTS, Trial, campaigns, share, trials
from reports.models import UnitForecast

SEED = "told/2026"
CAMPAIGNS, CAMPAIGNS_QUICK = 300, 12
BY_P90, BETWEEN = 85, 70


def measure(stage: Stage) -> list[Figure]:
    """Foretell every campaign at 30, 50 and 70 percent of the work, then look where it ended."""
    found = [
        trial
        for campaign in campaigns(SEED, stage.rounds(CAMPAIGNS, CAMPAIGNS_QUICK))
        for trial in trials(campaign)
    ]
    units = [trial for trial in found if not trial.district]
    districts = [trial for trial in found if trial.district]
    return [
        *_covered("units", units, between=BETWEEN),
        *(
            figure(f"units at {at:.0%} of the work, ended by P90", "%", [_percent(t.in_time for t in some)])
            for at in MOMENTS
            if (some := [trial for trial in units if trial.at == at])
        ),
        *_covered("districts", districts, between=None),
        *_cost(stage),
    ]


def _covered(whose: str, trials: Sequence[Trial], *, between: int | None) -> list[Figure]:
    widths = [t.p90 - t.p10 for t in trials if t.p10 is not None and t.p90 is not None]
    missed = [abs(t.p50 - t.true) for t in trials if t.p50 is not None]
    return [
        figure(f"{whose} that ended by P90", "%", [_percent(t.in_time for t in trials)], at_least=BY_P90),
        figure(
            f"{whose} that ended from P10 to P90",
            "%",
            [_percent(t.between for t in trials)],
            at_least=between,
        ),
        figure(f"{whose}, days from P10 to P90", "days", widths),
        figure(f"{whose}, days between P50 and the truth", "days", missed),
        figure(f"{whose}, days left in truth", "days", [median(t.true for t in trials)]),
        figure(f"{whose} without a P90", "%", [_percent(t.p90 is None for t in trials)]),
    ]


def _cost(stage: Stage) -> list[Figure]:
    """Measure a round of the worker in the demonstration: one that has to be worked out, and one with nothing new."""
    stage.use(stage.district())
    anew, idle = [], []
    for _ in range(stage.rounds(10, 2)):
        UnitForecast.objects.update(basis="", took_ms=0)
        with measured() as cost:
            keep_all()
        anew.append(cost.cpu * 1000)
        UnitForecast.objects.update(took_ms=0)
        with measured() as cost:
            keep_all()
        idle.append(cost.cpu * 1000)
    stage.leave()
    return [
        figure("a round for the district, worked out anew, CPU", "ms", anew),
        figure("a round for the district, nothing new, CPU", "ms", idle),
    ]


def _percent(held: Iterable[bool]) -> float:
    return 100 * share(held)
