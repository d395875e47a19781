"""The page about the API, read out of its schema: the two can never say different things."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation

from communes.api.schema import whole_schema

METHODS = ("get", "post", "put", "patch", "delete")
# How the schema lists options under a text: * `KS` - Birth
OPTION = re.compile(r"^\* `(.*)` - (.*)$", re.MULTILINE)
SHORT_LIST = 20
# Deeper than this the example says more than a table.
DEPTH = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter, or a key of a body or an answer; ``options`` are codes with their words."""

    name: str
    kind: str
    required: bool
    words: str
    options: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, name: str, kind: str, *, required: bool, words: str) -> Line:
        """Return a line, its options taken out of the words; of long lists the codes alone."""
        options = OPTION.findall(words)
        if len(options) > SHORT_LIST:
            options = [(code, "") for code, _said in options]
        return cls(name, kind, required, OPTION.sub("", words).strip(), tuple(options))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its status, what it means, its keys, and invented examples as JSON."""

    status: str
    words: str
    lines: tuple[Line, ...]
    examples: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Tell whether the request was carried out."""
        return self.status.startswith("2")


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program can ask."""

    id: str
    method: str
    path: str
    summary: str
    words: str
    parameters: tuple[Line, ...]
    body: tuple[Line, ...]
    body_examples: tuple[str, ...]
    answers: tuple[Answer, ...]

    @property
    def refusals(self) -> tuple[Answer, ...]:
        """Return the answers that say no."""
        return tuple(answer for answer in self.answers if not answer.good)

    @property
    def answered(self) -> Answer:
        """Return the answer to a request that was carried out."""
        return next(answer for answer in self.answers if answer.good)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The operations about one thing."""

    name: str
    words: str
    operations: tuple[Operation, ...]


def chapters() -> tuple[Chapter, ...]:
    """Return the whole API in the language of the reader; it changes only with the program, so it is read once."""
    return _chapters(translation.get_language() or "")


@cache
def _chapters(language: str) -> tuple[Chapter, ...]:
    return _Reader(whole_schema()).chapters()


class _Reader:
    """Reads a schema: follows its references."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema = schema

    def chapters(self) -> tuple[Chapter, ...]:
        operations: dict[str, list[Operation]] = {}
        for path, methods in self._schema["paths"].items():
            for method in METHODS:
                if operation := methods.get(method):
                    operations.setdefault(operation["tags"][0], []).append(
                        self._operation(path, method, operation)
                    )
        return tuple(
            Chapter(tag["name"], tag["description"], tuple(operations[tag["name"]]))
            for tag in self._schema["tags"]
        )

    def _operation(self, path: str, method: str, found: dict[str, Any]) -> Operation:
        body, body_examples = self._content(found.get("requestBody", {}))
        return Operation(
            id=found["operationId"],
            method=method.upper(),
            path=path,
            summary=found["summary"],
            words=found.get("description", ""),
            parameters=tuple(self._parameter(one) for one in found.get("parameters", ())),
            body=body,
            body_examples=body_examples,
            answers=tuple(self._answer(status, one) for status, one in found["responses"].items()),
        )

    def _parameter(self, found: dict[str, Any]) -> Line:
        return Line.of(
            found["name"],
            self._kind(found["schema"]),
            required=found.get("required", False),
            words=found.get("description", ""),
        )

    def _answer(self, status: str, found: dict[str, Any]) -> Answer:
        lines, examples = self._content(found)
        return Answer(status, found["description"], lines, examples)

    def _content(self, holder: dict[str, Any]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
        """Return the keys and the examples of a body, in the first format it has."""
        for content in holder.get("content", {}).values():
            examples = (one["value"] for one in content.get("examples", {}).values())
            shown = tuple(json.dumps(one, ensure_ascii=False, indent=2) for one in examples)
            return tuple(self._lines(content.get("schema", {}), "", DEPTH)), shown
        return (), ()

    def _lines(self, schema: dict[str, Any], path: str, depth: int) -> Iterator[Line]:
        found = self._resolved(schema)
        if "oneOf" in found:
            yield from self._one_of(found["oneOf"], path, depth)
        elif found.get("type") == "array":
            yield from self._lines(found["items"], path, depth)
        else:
            for name, inner in found.get("properties", {}).items():
                here = f"{path}.{name}" if path else name
                required = name in found.get("required", ())
                words = self._resolved(inner).get("description", "")
                yield Line.of(here, self._kind(inner), required=required, words=words)
                if depth > 1:
                    yield from self._lines(inner, here, depth - 1)

    def _one_of(self, several: list[dict[str, Any]], path: str, depth: int) -> Iterator[Line]:
        """Yield the keys of whichever shape, each once."""
        known: dict[str, Line] = {}
        for one in several:
            for line in self._lines(one, path, depth):
                known.setdefault(line.name, line)
        yield from known.values()

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return a schema with its references followed; words beside a reference are about this place and stay."""
        for one in (schema, *schema.get("allOf", ())):
            if "$ref" in one:
                named = self._schema["components"]["schemas"][one["$ref"].rpartition("/")[2]]
                beside = {"description": schema["description"]} if "description" in schema else {}
                return self._resolved(named) | beside
        return schema

    def _kind(self, schema: dict[str, Any]) -> str:
        """Return the type in the words of JSON: "integer | null", "date"."""
        found = self._resolved(schema)
        several = found.get("oneOf") or found.get("anyOf")
        if several:
            return " | ".join(dict.fromkeys(self._kind(one) for one in several))
        if found.get("type") == "array":
            return f"{self._kind(found['items'])} []"
        types = found.get("type", "string" if "enum" in found else "object")
        words = " | ".join([types] if isinstance(types, str) else types)
        shape = found.get("format")
        return words.replace("string", shape) if shape in ("date", "date-time", "uuid") else words
