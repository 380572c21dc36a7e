"""FD28: spans that end before they begin, in whatever sheet; and who stands in for himself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from capa_xl.model.columns import column_by_key
from capa_xl.model.problem import Hit, Severity
from capa_xl.model.schema import record_class_of
from capa_xl.policy.day import precedes
from capa_xl.policy.roster import deputies_of
from capa_xl.policy.rules.reading import remarks
from capa_xl.policy.rules.rule import E, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs


class TwoDays(Struct, frozen=True):
    """Two days of a row, of which the second doesn't come before the first.

    Attributes:
        effect: What becomes of a row where it does, in Chinese.
    """

    sheet_key: str
    first: str
    last: str
    effect: str
    severity: Severity = W


_SPANS: Final = (
    TwoDays("people", "valid_from", "valid_to", "这一行哪一天都不起作用"),
    TwoDays("people", "deputy_from", "deputy_to", "代理人哪一天都不代理"),
    TwoDays("plans", "period_from", "period_to", "周期里一天也没有，不能定稿", E),
    TwoDays("confirmations", "observed_from", "observed_to", "观察期一天也没有"),
    TwoDays("needs", "registered_on", "reply_due_on", "还没有登记，回复就已逾期"),
    TwoDays("decisions", "on", "due_on", "还没有决议，期限就已过"),
    TwoDays("revisions", "proposed_on", "due_on", "还没有提出，期限就已过"),
)
"""The days of a deed and of what it answers are AP16's; those of the tracker have rules of their own. A fact that is
dated into the future is FD14's."""

_BOTH_DAYS: Final = "照事实改正这两个日期"
_ANOTHER: Final = "改为别的人，没有代理人的清空"


def _ends_before_it_begins(given: RuleInputs) -> Iterator[Hit]:
    for span in _SPANS:
        table = given.table(span.sheet_key)
        if table is None or not table.has(span.first, span.last):
            continue
        columns = column_by_key(record_class_of(span.sheet_key))
        for record in table.records:
            start, end = getattr(record, span.first), getattr(record, span.last)
            if precedes(end, start) and not (columns[span.first].dates_fact and start > given.view.as_of.latest):
                why = f"{columns[span.last].header} {end} 早于{columns[span.first].header} {start}，{span.effect}"
                facts, number = {"why": why, "how": _BOTH_DAYS}, getattr(record, "number", None)
                yield given.hit_on(span.sheet_key, record, span.last, number, span.severity, **facts)
    yield from remarks(given, "FD28")  # one cell that goes from a day to an earlier one
    yield from _deputies_of_themselves(given)


def _deputies_of_themselves(given: RuleInputs) -> Iterator[Hit]:
    table = given.view.register.people
    for person in table.records if table else ():
        if person.name and person.name in deputies_of(person):
            why = f"「{person.name}」的代理人是本人"
            yield given.hit_on("people", person, "deputy", why=why, how=_ANOTHER)


FD28 = Rule(
    "FD28", "", W,
    "一段时间的终了早于开始：在职、代理、计划周期和例外说明的期间（错误）、观察、回复和决议的期限；或代理人是本人",
    "{why}",
    "{how}",
    _ends_before_it_begins, also=(E,),
    in_general={"how": f"{_BOTH_DAYS}；代理人是本人的，{_ANOTHER}"},
)  # fmt: skip
