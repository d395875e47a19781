"""What the pages of an evening say, as numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from walks.people import Person

_NUMBER = re.compile(r"[+\-\u2212]?\d[\d.\u00a0\u202f]*(?:,\d+)?")

# Of every line of a table: who it is about, and the first words of each cell, by the key of its column or its place.
_LINES = """([table, row]) => {
  const found = document.querySelector(table);
  if (!found) return [];
  const heads = [...found.querySelectorAll("thead th")].map((head, place) => {
    const link = head.querySelector("a[href*='sap=']");
    return link ? new URL(link.href).searchParams.get("sap").replace(/^-/, "") : String(place);
  });
  return [...found.querySelectorAll(row)].map(line => {
    const link = line.querySelector("th a");
    const cells = [...line.children].map((cell, place) => {
      const text = [...cell.childNodes].filter(node => node.nodeType === 3).map(node => node.textContent).join(" ");
      return [heads[place], (text.trim() || cell.innerText).trim()];
    });
    return {link: link ? new URL(link.href).pathname : "", title: line.querySelector("th")?.innerText ?? "",
            cells: Object.fromEntries(cells)};
  });
}"""


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a table: where its name leads, its name, and its cells."""

    link: str
    title: str
    cells: Mapping[str, str]

    @property
    def slug(self) -> str:
        """Return the last part of where the line leads."""
        return self.link.rstrip("/").rpartition("/")[2]

    def n(self, key: str | int) -> int | None:
        """Return the whole number of a cell; None where it says there is none."""
        return number(self.cells.get(str(key), ""))


def number(text: str) -> int | None:
    """Read a count, a share (in tenths) or a signed gain."""
    found = _NUMBER.search(text)
    if not found:
        return None
    plain = re.sub(r"[.\u00a0\u202f,]", "", found[0]).replace("\u2212", "-")
    return int(plain)


def lines(person: Person, table: str, row: str = "tbody tr") -> list[Said]:
    """Read a table of the page."""
    read: list[dict[str, Any]] = person.page.evaluate(_LINES, [table, row])
    return [Said(one["link"], one["title"], one["cells"]) for one in read]


def numbers(person: Person, selector: str) -> list[int | None]:
    """Read the first number of each place the selector finds, in the order of the page."""
    return [number(text) for text in person.page.locator(selector).all_inner_texts()]


def headline(person: Person) -> tuple[int | None, int | None]:
    """Read the two numbers of the headline: digitized, to digitize."""
    words = person.page.locator(".headline p").first.inner_text()
    done, _, total = words.partition("/")
    return number(done), number(total)


def legend(person: Person) -> list[int | None]:
    """Read the numbers of the stacked bar's legend, in its order."""
    return numbers(person, ".bar + .legend >> nth=0 >> li strong")


def lately(person: Person) -> list[int | None]:
    """Read today so far, yesterday, the same day last week, as far as the page tells them."""
    words = person.page.locator("#live-head p", has_text="Từ lúc chốt").all_inner_texts()
    parts = words[0].split("·") if words else []
    return [number(part.rpartition(":")[2]) for part in parts]
