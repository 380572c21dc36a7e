"""XR05–XR07: references that lead nowhere, decisions without a row, sources nobody looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.meant_number import KnownNumbers
from capa_xl.model.problem import Hit, Severity
from capa_xl.model.records import Decision, PlanVersion
from capa_xl.model.schema import CHILDREN_OF_ACTIONS
from capa_xl.policy.numbers_named import BETWEEN_NUMBERS, numbers_named
from capa_xl.policy.past_years import ANEW, archived
from capa_xl.policy.routes import plan_in_force
from capa_xl.policy.rules.message_words import PUT_BACK
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs, distinct
from capa_xl.policy.sources_analysed import GROUP_OF_SOURCE, analysed_between, sources_analysed
from capa_xl.policy.unknown_numbers import dressed_words

_NO_REFERENCE = frozenset({"无", "—", "-", "/", "不涉及", "暂无"})
_OLDER = re.compile(r"\s*[（(]旧[）)]$")
_ANEW = f"；归档以前写的，移到归档的同名工作表；{ANEW}"
_NOWHERE, _UNSEEN = "不存在", "没有找到"
_OF_BEFORE = f"；本表以前的，请在编号后注明“{words.OLDER_NUMBER}”，已归档的登记《参数》“上年工作簿”"
_ONE_A_ROW = "分成 {n} 行，每行只写一个编号，其他各格照抄"
_ONE_ALONE = "只留一个"
_SINGLE = frozenset({"analysis_number"})
"""Columns of the tracker whose number is looked up whole, so that two of them are none."""


def _dangling(given: RuleInputs) -> Iterator[Hit]:
    for hit in _lost_references(given):
        near = hit.facts.get("near", "")
        cure = f"改编号{f'（是不是 {near}？）' if near else ''}，或在跟踪表补这一行"
        yield replace(hit, facts={"cure": cure, **hit.facts})


def _lost_references(given: RuleInputs) -> Iterator[Hit]:
    known = given.elsewhere.union(given.archived, given.row_of)
    yield from _dangling_on_tracker(given, known)
    for sheet_key in CHILDREN_OF_ACTIONS:
        if (table := given.table(sheet_key)) is not None:
            for record in table.records:
                if record.number and record.number not in known:
                    several = _several(record.number, known, lambda: given.numbers_typed)
                    yield from _lost(given, sheet_key, record, "number", several or [record.number])
            yield from _of_archived(given, sheet_key, table.records)
    everything = known | _other_numbers(given)
    for sheet_key, key, allowed in (
        ("needs", "tracker_numbers", known),
        ("decisions", "input_numbers", everything),
        ("decisions", "tracker_numbers", known),
        ("analyses", "tracker_numbers", known),
        ("excuses", "number", everything),
    ):
        yield from _dangling_on(given, sheet_key, key, allowed)


def _of_archived(given: RuleInputs, sheet_key: str, records: Iterable[Any]) -> Iterator[Hit]:
    """Rows written for a number that year-end took away: they reach nothing. EF15 tells it of 更正记录."""
    if sheet_key == "corrections" or not given.archived:
        return
    for record in records:
        year = given.archived.get(record.number)
        if year is not None and record.number not in given.row_of:
            why = f"已归档在「{year}」，写在这里不起作用"
            facts = {"id": record.number, "why": why, "how": _ANEW}
            hit = given.hit_on(sheet_key, record, "number", record.number, W, **facts)
            yield replace(hit, facts={**hit.facts, "sheet": hit.sheet})


def _dangling_on(given: RuleInputs, sheet_key: str, key: str, known: frozenset[str]) -> Iterator[Hit]:
    table = given.table(sheet_key)
    for record in table.records if table is not None and key in table.columns else ():
        if lost := _not_among(known, getattr(record, key)):
            yield from _lost(given, sheet_key, record, key, lost)


def _not_among(known: frozenset[str], value: str | tuple[str, ...] | None) -> list[str]:
    """The numbers of a cell, one or several, that stand nowhere."""
    numbers = (value,) if isinstance(value, str) else value or ()
    named = [one for number in numbers for one in numbers_named(number, known)]
    return [number for number in named if number not in known and number not in _NO_REFERENCE]


def _several(written: str, known: frozenset[str], typed_of: Callable[[], KnownNumbers]) -> list[str]:
    """The numbers of a cell that takes one, at least two of them known or typed otherwise; [] where it isn't so.

    What is known whole is one number, and 1 behind a slash is a part of one.
    """
    parts = [part for part in BETWEEN_NUMBERS.split(written) if part]
    if written in known or len(parts) < 2:
        return []
    is_cut, typed = "/" in written, typed_of()
    found = (part in known or (typed.meant_by(part) and not (is_cut and part.isdigit())) for part in parts)
    return parts if sum(map(bool, found)) > 1 else []


_Verdicts = Iterator[tuple[Severity | None, dict[str, str]]]


def _crowd(several: list[str], cure: str) -> _Verdicts:
    n = str(len(several))
    yield None, {"id": "、".join(several), "why": f"写了 {n} 个，这一格只写一个", "cure": cure.format(n=n)}


def _lost(given: RuleInputs, sheet_key: str, record: object, key: str, lost: list[str]) -> Iterator[Hit]:
    number = getattr(record, "number", None)
    is_crowd = key == "number" and len(lost) > 1 and sheet_key in CHILDREN_OF_ACTIONS
    for severity, facts in _crowd(lost, _ONE_A_ROW) if is_crowd else _verdicts(given, lost):
        hit = given.hit_on(sheet_key, record, key, number, severity, **facts)  # type: ignore[arg-type]
        yield replace(hit, facts={**hit.facts, "sheet": hit.sheet})


def _verdicts(given: RuleInputs, lost: list[str]) -> _Verdicts:
    """Of numbers of the tracker: those that stand nowhere, then those that an archive nobody can read may hold."""
    archives = {number: given.may_hold(number) for number in lost}
    dressed = given.view.register.dressed
    for number in (one for one in lost if one in dressed):
        why, how = dressed_words(dressed[number], number)
        yield None, {"id": number, "why": f"跟踪表里没有：{why}", "how": f"；{how}"}
    if nowhere := [number for number in lost if not archives[number] and number not in dressed]:
        near = next(filter(None, map(given.numbers_typed.meant_by, nowhere)), "")
        yield None, {"id": "、".join(nowhere), "why": _NOWHERE, "near": near}
    if unseen := [number for number in lost if archives[number] and number not in dressed]:
        yield W, {"id": "、".join(unseen), "why": _UNSEEN, "away": archives[unseen[0]]}


def _dangling_on_tracker(given: RuleInputs, known: frozenset[str]) -> Iterator[Hit]:
    others = {"need_number": "needs", "plan_number": "plans", "analysis_number": "analyses"}
    lists = {"previous_numbers": known, "follow_ups": known}
    lists |= {key: _numbers(given, sheet) for key, sheet in others.items() if given.table(sheet) is not None}
    actions = given.view.actions
    used = [(key, numbers) for key, numbers in lists.items() if distinct(actions, key)]
    for action in actions if used else ():
        sheet = given.tracker.sheet_of(action.row)
        for key, numbers in used:
            value = getattr(action, key)
            lost = _not_among(numbers, value)
            if key == "previous_numbers":
                yield from _earlier(given, action, sheet, [number for number in lost if not _OLDER.search(number)])
            elif lost and key == "follow_ups":
                for severity, facts in _verdicts(given, lost):
                    yield given.hit(action, key, severity, sheet=sheet, **facts)
            elif key in _SINGLE and value and (several := _several(value, numbers, partial(KnownNumbers.of, numbers))):
                for severity, facts in _crowd(several, _ONE_ALONE):
                    yield given.hit(action, key, severity, sheet=sheet, **facts)
            elif lost:
                yield given.hit(action, key, sheet=sheet, id="、".join(lost), why=_NOWHERE)


def _earlier(given: RuleInputs, action: Action, sheet: str, lost: list[str]) -> Iterator[Hit]:
    """前次编号 may be older than the workbook: then it says so itself."""
    for severity, facts in _verdicts(given, lost):
        yield given.hit(action, "previous_numbers", severity, sheet=sheet, **{"how": _OF_BEFORE} | facts)
    if not lost and action.number in action.previous_numbers:
        yield given.hit(action, "previous_numbers", sheet=sheet, id=action.number, why="就是本项自己")


def _numbers(given: RuleInputs, sheet_key: str) -> frozenset[str]:
    table = given.table(sheet_key)
    return frozenset(r.number for r in table.records if r.number) if table is not None else frozenset()


def _other_numbers(given: RuleInputs) -> frozenset[str]:
    return frozenset().union(*(_numbers(given, key) for key in ("needs", "decisions", "plans", "analyses")))


def _decided_without_row(given: RuleInputs) -> Iterator[Hit]:
    """A decision asks for action when it names a department or a date; one about submitted rows has them already."""
    by_review: dict[str, list[Action]] = {}
    for action in (*given.tracker.records, *(one.action for one in archived(given.view))):
        if action.review_number:
            by_review.setdefault(action.review_number, []).append(action)
    for number, decisions in given.view.decisions.items():
        for decision in decisions:
            if decision.conclusion == words.REFUSED or not (decision.responsible_department or decision.due_on):
                continue
            if decision.tracker_numbers or decision.input_numbers:
                continue
            if not any(_carries_out(a, decision, len(decisions)) for a in by_review.get(number, ())):
                name = number + (f" 第 {decision.item} 项" if decision.item else "")
                unseen = given.may_hold(number, decision.on)
                facts = {"id": name, "what": "没有找到跟踪表的行" if unseen else "未列入跟踪表", "away": unseen}
                yield given.hit_on("decisions", decision, "tracker_numbers", number, W if unseen else None, **facts)


def _carries_out(action: Action, decision: Decision, decisions: int) -> bool:
    return decisions == 1 or action.responsible_department == decision.responsible_department


def _uncovered_sources(given: RuleInputs) -> Iterator[Hit]:
    for plan in plans_to_cover(given):
        if plan.period_from is None or plan.period_to is None or given.on <= plan.period_to:
            continue
        seen = sources_looked_at(given, plan.period_from, plan.period_to)
        if missing := [source for source in words.POLICY_SOURCES if source not in seen]:
            yield _period_hit(given, plan, missing)


def plans_to_cover(given: RuleInputs) -> Iterator[PlanVersion]:
    """Of each plan the version in force; the last one where none is approved."""
    for number, versions in given.view.plans.items():
        yield plan_in_force(given.view.inputs, number) or versions[-1]


def _period_hit(given: RuleInputs, plan: PlanVersion, missing: list[str]) -> Hit:
    period = f"{plan.number} {plan.period_from} 至 {plan.period_to}"
    unseen = given.may_hold(plan.number, plan.period_from)
    what, sources = "没有找到的来源" if unseen else "未收集来源", "、".join(missing)
    return given.hit_on("plans", plan, "period_to", plan.number, period=period, what=what, s=sources, away=unseen)


def sources_looked_at(given: RuleInputs, start: date, end: date) -> set[str]:
    """The five sources of 4.1.1 that a row, a need or an analysis of the period speaks of."""
    seen: set[str] = set()
    gone = (one.action for one in archived(given.view))
    raised = [(a.source, a.registered_on) for a in (*gone, *given.view.actions)]
    raised += [(n.source, n.registered_on) for n in given.view.needs]
    for source, on in raised:
        if source in GROUP_OF_SOURCE and on is not None and start <= on <= end:
            seen.add(GROUP_OF_SOURCE[source])
    analyses = given.table("analyses")
    for analysis in analysed_between(analyses.records if analyses is not None else (), start, end):
        seen |= sources_analysed(analysis)
    return seen


XR05 = Rule(
    "XR05", "", E, "引用的编号不存在（各工作表，以及前次编号、后续编号、计划编号等；可能在读不到的归档里的为警告）",
    "{sheet}引用的编号 {id} {why}（{c}）",
    PUT_BACK + "{cure}⟦{how}⟧",
    _dangling, also=(W,), in_general={"cure": "改编号，或在跟踪表补这一行"},
)  # fmt: skip
XR06 = Rule(
    "XR06", "管理评审", E, "需要行动的管理评审决议在跟踪表中没有对应的行（可能在读不到的归档里的为警告）",
    "评审决议 {id} {what}",
    PUT_BACK + "在跟踪表新增计划行，并在决议的跟踪表编号填它的编号",
    _decided_without_row, ("decisions:number",), also=(W,),
)  # fmt: skip
XR07 = Rule(
    "XR07", "4.1.1", I, "计划周期结束后，五个来源中有没有收集过的",
    "{period} {what}：{s}",
    PUT_BACK + "补登记；确实没有的，在《分析记录》中写明来源，结论填“无”",
    _uncovered_sources, ("source", "registered_on", "plans:period_to", "analyses:"),
)  # fmt: skip
