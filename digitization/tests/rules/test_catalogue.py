"""The catalogue is whole: every rule there is, each with its words, its place in the code and its examples."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from digitization.exchange.taking_in import NotTheOfficer
from digitization.inventory.accepting import NotAcceptable
from digitization.record_types.checks.rules import Rule
from digitization.rules.catalogue import RULES, sections
from digitization.tests.rules import of_entries, of_work
from digitization.tests.rules.examples import Example
from digitization.verbs import Refused

ROOT = Path(__file__).parents[3]
FLOORS = ("civreg", "communes", "digitization", "reports")
MODULES = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if "tests" not in path.parts]
EXAMPLES: dict[str, Example] = {
    **of_entries.OF_ENTRIES,
    **of_work.WORK,
    **of_work.BOOKS,
    **of_work.WORKBOOKS,
}
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)


@each_rule
@pytest.mark.django_db
def test_a_rule_speaks_where_it_should_in_every_degree_it_has(rule: Rule, cast: Any, tmp_path: Path) -> None:
    assert rule.id in EXAMPLES, "every rule has an example that fires it and one that must not"
    degrees = {
        letter
        for situation in EXAMPLES[rule.id].fires
        for spoken, letter in situation(cast, tmp_path)
        if spoken == rule.id
    }
    assert degrees == set(rule.severity.split("/"))


@each_rule
@pytest.mark.django_db
def test_a_rule_is_silent_where_it_should_be(rule: Rule, cast: Any, tmp_path: Path) -> None:
    assert rule.id in EXAMPLES, "every rule has an example that fires it and one that must not"
    spoken = {spoken for spoken, _letter in EXAMPLES[rule.id].silent(cast, tmp_path)}
    assert rule.id not in spoken


def test_no_example_is_left_of_a_rule_that_is_gone() -> None:
    assert set(EXAMPLES) == set(RULES)


@each_rule
@pytest.mark.parametrize("part", ["title", "source", "where", "advice"])
def test_a_rule_has_its_words_in_both_languages(rule: Rule, part: str) -> None:
    with override("en"):
        english = str(getattr(rule, part))
    with override("vi"):
        vietnamese = str(getattr(rule, part))
    assert english and vietnamese
    assert english != vietnamese


@each_rule
def test_an_advice_is_a_whole_sentence(rule: Rule) -> None:
    for language in ("en", "vi"):
        with override(language):
            advice = str(rule.advice)
            assert advice[0].isupper() and advice.endswith(".")


def declared() -> Iterator[str]:
    """Yield the id of every ``Rule("C01", …)`` in the sources."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Rule":
                first = node.args[0]
                assert isinstance(first, ast.Constant)
                yield str(first.value)


def test_every_rule_declared_is_in_the_catalogue_once() -> None:
    assert sorted(declared()) == sorted(RULES)


def test_every_rule_is_in_one_section_of_the_page() -> None:
    listed = [rule.id for section in sections() for rule in section.rules]
    assert sorted(listed) == sorted(RULES)
    assert len({section.code for section in sections()}) == len(sections())


def uses() -> Iterator[str]:
    """Yield every name of a rule that some code uses: C01.error(…), C24.id, must_be_given(C01, …)."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                yield node.value.id
            elif isinstance(node, ast.Call):
                yield from (argument.id for argument in node.args if isinstance(argument, ast.Name))


def test_every_rule_is_used_somewhere() -> None:
    assert set(RULES) - set(uses()) == set()


def test_nobody_names_a_rule_by_hand() -> None:
    """A rule's id in code comes from the rule itself: what it is called elsewhere can then never differ."""
    by_hand = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        if "migrations" not in path.parts
        for node in _strings_outside_of_declarations(ast.parse(path.read_text(encoding="utf-8")))
        if node.value in RULES
    ]
    assert by_hand == []


def _strings_outside_of_declarations(tree: ast.AST) -> Iterator[ast.Constant]:
    first = {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Rule"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in first:
            yield node


def test_the_rules_templates_name_exist() -> None:
    named = {
        rule
        for path in (ROOT / "templates").rglob("*.html")
        for rule in re.findall(r'rule_id="(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert named and named <= set(RULES)


def refusals(of: type[Refused] = Refused) -> Iterator[type[Refused]]:
    yield of
    for below in of.__subclasses__():
        yield from refusals(below)


def test_every_refusal_names_a_rule_of_the_catalogue_or_none() -> None:
    found = set(refusals())
    assert {NotAcceptable, NotTheOfficer} <= found
    assert {refusal.rule for refusal in found if refusal.rule} <= set(RULES)
