"""Numbers, shares, days and moments as a reader of each language expects them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import import_module
from types import ModuleType

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

LATE_EVENING = datetime(2024, 12, 5, 17, 30, 7, tzinfo=UTC)
LINES = [
    ("{{ 86984|number }}", {"vi": "86.984", "en": "86,984"}),
    ("{{ 1234567|number }}", {"vi": "1.234.567", "en": "1,234,567"}),
    ("{{ nothing|number }}", {"vi": "–", "en": "–"}),
    ("{{ 1699|signed }}", {"vi": "+1.699", "en": "+1,699"}),
    ("{{ -1699|signed }}", {"vi": "-1.699", "en": "-1,699"}),
    ("{% share 70000 86984 %}", {"vi": "80,4", "en": "80.4"}),
    ("{% share 2485 2486 %}", {"vi": "99,9", "en": "99.9"}),
    ("{% share 0 0 %}", {"vi": "–", "en": "–"}),
    ("{% whole_share 86983 86984 %}", {"vi": "99\u00a0%", "en": "99%"}),
    ("{{ day|day }}", {"vi": "05/12/2024", "en": "05/12/2024"}),
    # Half past five in the evening of Greenwich is half past midnight in Viet Nam.
    ("{{ moment|moment }}", {"vi": "00:30 06/12/2024", "en": "00:30 06/12/2024"}),
    ("{{ moment|clock_time }}", {"vi": "00:30:07", "en": "00:30:07"}),
]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("source", "printed"), LINES)
def test_a_figure_is_printed_as_the_language_has_it(
    source: str, printed: dict[str, str], language: str
) -> None:
    values = {"day": date(2024, 12, 5), "moment": LATE_EVENING, "nothing": None}
    with translation.override(language):
        assert Template(source).render(Context(values)) == printed[language]


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_every_language_of_the_product_has_its_formats(language: str) -> None:
    formats: ModuleType = import_module(f"{settings.FORMAT_MODULE_PATH[0]}.{language}.formats")
    assert formats.NUMBER_GROUPING == 3
    assert formats.DECIMAL_SEPARATOR != formats.THOUSAND_SEPARATOR
