"""What a paper says of the workbook, name → text, without its head: papers that say the same are one edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from capa_xl.model.columns import column_by_key
from capa_xl.model.edition import is_of_later_editions
from capa_xl.model.paper_kinds import PLAN, PaperKind
from capa_xl.model.records import Need, PlanVersion, Step
from capa_xl.reports.word.field_words import GROUPS, LEAVES
from capa_xl.reports.word.paper_catalogue import CONTENTS
from capa_xl.reports.word.printable import printable

_HEAD, _NUMBER, _PLACE = "head", "number", "index"
_RECORDS: tuple[type, ...] = (Step, Need, PlanVersion)
_TOLD_FIRST = {(PLAN.key, "措施配套"): "计划", (PLAN.key, "declined"): "未采纳需求"}
_AGAIN = {PLAN.key: ("schemes",)}
"""Lists whose every cell is one of the items'."""
_JOINED = {PLAN.key: ("kinds", "departments")}
"""Cells of a narrow column that say again what other cells of the same item say: a change is told of those."""


def substance(kind: PaperKind, facts: Any) -> dict[str, str]:
    """Every word that the paper's template may print, but those of header and footer; blank ones are left out."""
    context = CONTENTS[kind.key].context(facts)
    left = (_HEAD, *_AGAIN.get(kind.key, ()))
    rest = {key: printable(value) for key, value in context.items() if key not in left}
    return dict(_leaves(kind, rest, ()))


def as_told(kind: PaperKind, cells: Mapping[str, str]) -> dict[str, str]:
    """The same cells under names that people read.

    Their own names are part of the marks of frozen papers: to name one otherwise there would put out every paper anew.
    What is printed twice is named once.
    """
    again = {_word(kind, key) for key in _JOINED.get(kind.key, ())}
    told = {name: text for name, text in cells.items() if name.rpartition(" ")[2] not in again}
    return {" ".join(_told(kind, name.split(" "))): text for name, text in told.items()}


def _told(kind: PaperKind, words: list[str]) -> Iterator[str]:
    first, *rest = words
    yield _TOLD_FIRST.get((kind.key, first), first)
    yield from (_headers().get(word, word) for word in rest)


@cache
def _headers() -> Mapping[str, str]:
    """Key → heading; where several sheets have a key, the one that papers print most counts."""
    return {key: column.header for record in _RECORDS for key, column in column_by_key(record).items()}


def _leaves(kind: PaperKind, value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(kind, item, (*path, _word(kind, key)))
    elif isinstance(value, list):
        for name, item in _named_items(value):
            yield from _leaves(kind, item, (*path, name))
    elif value or value == 0:
        yield " ".join(path), str(value)
    elif is_of_later_editions(" ".join(path)):
        yield " ".join(path), ""


def _named_items(items: list[Any]) -> Iterator[tuple[str, Any]]:
    """Each by its number where it has one of its own, else by its place: a line that moves up has not changed."""
    numbers = [str(item.get(_NUMBER) or "") if isinstance(item, dict) else "" for item in items]
    for at, (number, item) in enumerate(zip(numbers, items, strict=True), start=1):
        rest = {key: one for key, one in item.items() if key != _PLACE} if isinstance(item, dict) else item
        yield (number, rest) if number and numbers.count(number) == 1 else (str(at), rest)


def _word(kind: PaperKind, key: str) -> str:
    return CONTENTS[kind.key].words.get(key) or GROUPS.get(key) or LEAVES.get(key) or key
