"""Finding entries by the names in them: every word of every name, and the words there are.

A name is looked for by its words. ``scoped_words`` is what the index of them holds: each word with the unit before it
("8:nguyen"), so that a search reads what one unit keeps and nothing else, however many others share the server.
A misspelt word is looked up among the words there are (``NameWord``), so that nothing but words in use is searched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Value
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

# No name has a longer word; what is longer can be found as it stands, but not misspelt.
LONGEST_WORD = 40


class NameWord(models.Model):
    """One word of the names typed so far, folded. A trigger on entries writes them; the product only reads.

    ``spellings`` are the word and what is left when one letter of it is dropped. Two words are at most one letter
    apart (one inserted, dropped, replaced, or two neighbours swapped) only if they share a spelling.
    """

    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)
    spellings: ArrayField[list[str], list[str]] = ArrayField(models.CharField(max_length=LONGEST_WORD))

    class Meta:
        indexes = [GinIndex(fields=["spellings"], name="nameword_by_spelling")]

    def __str__(self) -> str:
        return self.word


def scoped_words() -> Func:
    """Return the words of an entry's names with its unit before each, as the index holds them (a tsvector)."""
    unit = Cast("custodian_id", models.TextField())
    first = _joined(unit, Value(":"), F("names_fold"))
    every = Func(first, Value(" "), _joined(Value(" "), unit, Value(":")), function="replace")
    words = Func(every, Value(" "), function="string_to_array", output_field=models.TextField())
    # A name without a letter leaves two spaces behind it, and a tsvector holds no empty word.
    given = Func(words, Value(""), function="array_remove", output_field=models.TextField())
    return Func(given, function="array_to_tsvector", output_field=models.TextField())


def scoped_word(unit: int, word: str) -> str:
    """Return a folded word as a question (tsquery) names it: with its unit before it, quoted."""
    doubled = f"{unit}:{word}".replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


class HoldsAny(Func):
    """The condition that the words of an entry answer one of several questions (tsquery), each by the index."""

    output_field = BooleanField()

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(scoped_words())
        self._questions = questions

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Write the words out once for all questions."""
        sql, values = compiler.compile(self.source_expressions[0])
        each = [f"{sql} @@ %s::tsquery"] * len(self._questions)
        asked = tuple(value for question in self._questions for value in (*values, question))
        return f"({' OR '.join(each)})", asked


def _joined(*parts: F | Value | Func) -> Func:
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=models.TextField())
