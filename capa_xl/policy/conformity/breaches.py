"""Breaches besides the rules' own: parts of a record that a statement asks for (XR12's too), and limits it sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from capa_xl.model import words
from capa_xl.model.columns import column_by_key
from capa_xl.model.figures import UnansweredSignal
from capa_xl.model.register import Table
from capa_xl.model.schema import record_class_of
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.conformity.subjects import Breach, Shortcoming, Subject
from capa_xl.policy.overdue import archiving_limit
from capa_xl.policy.periods import period_of
from capa_xl.policy.rules.rule_inputs import RuleInputs, has_begun
from capa_xl.policy.rules.statistics import is_answer_overdue
from capa_xl.policy.rules.wanted_parts import WANTED
from capa_xl.policy.stage_days import archived_in_full_on


def lacks(sheet_key: str, *keys: str) -> Breach:
    """One of these columns exists and is blank in the subject's row; "" for the tracker.

    Raises:
        KeyError: The sheet has no such column: a slip of the pen here would never find anything.
    """
    known = column_by_key(record_class_of(sheet_key or "tracker"))
    for key in keys:
        known[key]

    def blanks(given: RuleInputs, subject: Subject) -> Iterator[Shortcoming]:
        table = given.table(sheet_key or "tracker")
        if table is not None and subject.sheet == table.sheet:
            there = (key for key in keys if key in table.columns and _is_blank(subject.record, key))
            yield from _blanks(table, subject.record, there)

    return blanks


def _blanks(table: Table[Any] | None, record: Any, keys: Iterable[str]) -> Iterator[Shortcoming]:
    """Of each blank cell its heading and its address."""
    if table is None:
        return
    record_class: type = type(record)
    known = column_by_key(record_class)
    for key in keys:
        yield Shortcoming(blank=known[key].header, at=(table.sheet_of(record.row), table.cell(record.row, key)))


def wanted(requirement: str) -> Breach:
    """A part is missing or untrue that the statement wants of such a row and XR12 asks for."""
    parts = [part for part in WANTED if part.requirement == requirement]

    def shortcomings(given: RuleInputs, subject: Subject) -> Iterator[Shortcoming]:
        for part in (part for part in parts if isinstance(subject.record, record_class_of(part.sheet))):
            if part.fault is None:
                yield from _blanks(given.table(part.sheet), subject.record, part.blank_in(given, subject.record))
            elif said := part.found_in(given, subject.record)[1]:
                yield Shortcoming(said)

    return shortcomings


def any_of(*breaches: Breach) -> Breach:
    """One of several."""
    return lambda given, subject: (one for breach in breaches for one in breach(given, subject))


def _is_blank(record: Any, key: str) -> bool:
    return getattr(record, key) in (None, ())


def begun_off_its_route(given: RuleInputs, subject: Subject) -> Iterator[Shortcoming]:
    """Begun while the approval of its route is missing."""
    derived = subject.derived
    if derived is not None and not derived.route_satisfied and has_begun(given, subject.record):
        yield Shortcoming("没有应有的批准就开始实施")


def unanswered_signal(given: RuleInputs, subject: Subject) -> Iterator[Shortcoming]:
    """A signal of a chart that no analysis spoke of within ten working days after its month, as ST05 gives a row."""
    signal = subject.record
    if isinstance(signal, UnansweredSignal) and is_answer_overdue(given, period_of(signal.last_period)):
        yield Shortcoming("统计异常没有处置")


def late_by(code: str) -> Breach:
    """The stage's limit has passed with nothing done (Y5, Y6)."""
    late = (Shortcoming(f"{words.OVERDUE_WORDS[code]}的限期已过"),)
    return lambda _, subject: iter(late if subject.derived is not None and code in subject.derived.overdue else ())


def report_late(given: RuleInputs, subject: Subject) -> Iterator[Shortcoming]:
    """Archived in full after 报告应交日, or not in full although it has passed (4.5.2): as 归档及时率 and Y8 judge."""
    state = action_state_of(given.view.inputs, subject.record)
    limit, status = archiving_limit(state), subject.derived.status if subject.derived is not None else ""
    archived_on = archived_in_full_on(state, status)
    if limit is not None and (archived_on or given.on) > limit:
        late = f"归档日期 {archived_on} 晚于报告应交日 {limit}"
        yield Shortcoming(late if archived_on else f"报告应交日 {limit} 已过，没有归档齐")


_MEASURE_PARTS = lacks("", "indicator", "baseline", "target")
_SITUATION_PARTS = lacks("", "impact", "cause")


def unmeasurable(given: RuleInputs, subject: Subject) -> Iterator[Shortcoming]:
    """重大 without 效果指标, 现值 or 目标值; 单位 is a part that XR12 asks for."""
    if subject.record.severity == words.MAJOR:
        yield from _MEASURE_PARTS(given, subject)


def situation_unstated(given: RuleInputs, subject: Subject) -> Iterator[Shortcoming]:
    """纠正 without 影响面 or 原因分析, which with 问题描述 (XR12) stand for its 现状分析."""
    if subject.record.action_type == words.CORRECTIVE:
        yield from _SITUATION_PARTS(given, subject)


def steps_without_owner_or_date(given: RuleInputs, subject: Subject) -> Iterator[Shortcoming]:
    """A step without 步骤责任人 or 计划完成, done or not, where the sheet asks for them."""
    table = given.table("steps")
    asked = [key for key in ("owners", "due_on") if table is not None and key in table.columns]
    steps = given.view.steps.get(subject.name, ())
    if any(_is_blank(step, key) for step in steps for key in asked):
        yield Shortcoming("有步骤没有步骤责任人或计划完成")
