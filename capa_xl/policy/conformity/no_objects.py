"""The rows that a reader would look for among the objects of a requirement, and why it doesn't speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from capa_xl.model import words
from capa_xl.model.cut_text import cut_list
from capa_xl.policy.conformity.subjects import Population, Subject, actions, in_order, written_rows
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.rules.weights import owes_a_class

NoObjects = tuple[str, Population]
"""Why rows are no objects, in Chinese, and which."""
_MOST_NAMED = 8


def cancelled(given: RuleInputs) -> Iterator[Subject]:
    """Every cancelled row that is no history."""
    for action, derived in given.pairs:
        if derived.status == words.CANCELLED and action.row not in given.history:
            yield Subject(given.tracker.sheet, action.row, action.number, action, derived)


def not_due_yet(given: RuleInputs) -> Iterator[Subject]:
    """Rows that need not be 纠正, 预防 or 改进 by now, whose limit for planning has not passed."""
    return actions(given, lambda row, derived: not owes_a_class(row, derived) and row.registered_on is not None)


def never_due(given: RuleInputs) -> Iterator[Subject]:
    """Likewise, without the day that the limit counts from."""
    return actions(given, lambda row, derived: not owes_a_class(row, derived) and row.registered_on is None)


def set_aside(given: RuleInputs) -> Iterator[Subject]:
    """Quarantined rows of which neither was read: whether their limit has passed nobody knows."""
    return (row for row in written_rows(given, lambda row, derived: not owes_a_class(row, derived))
            if row.is_quarantined)  # fmt: skip


NO_ITEM: Final = (
    ("已取消", cancelled),
    ("没有措施和措施类型、策划限期没有到", not_due_yet),
    ("没有措施和措施类型、没有登记日期因而算不出策划限期", never_due),
    ("待更正、没有读出措施和措施类型", set_aside),
)
"""The rows that need not be 纠正, 预防 or 改进 any more, or yet."""


def no_objects_note(found: Iterable[tuple[str, Sequence[str]]]) -> str:
    """不是本条的对象：已取消的 1 项（GJ-2026-004）; "" for none.

    Args:
        found: Why not, and the names of the rows.
    """
    told = [
        f"{why}的 {len(names)} 项（{cut_list(sorted(names, key=in_order), _MOST_NAMED, '项')}）"
        for why, names in found
        if names
    ]
    return f"不是本条的对象：{'；'.join(told)}" if told else ""
