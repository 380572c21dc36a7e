"""Problems as plain lines: for pipes, logs and letters; a terminal breaks them to its width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from capa_xl.model.absent_sheets import with_absent_sheets
from capa_xl.model.checked import Checked
from capa_xl.model.command_line import THIS_WORKBOOK, to_adopt, to_paste
from capa_xl.model.cut_text import cut_list
from capa_xl.model.derived import Derived
from capa_xl.model.problem import Problem
from capa_xl.model.register import Register
from capa_xl.reports.problem_groups import Summary, count_words, place, places, problem_groups, source, summarised

_MOST_ROWS = 5
_NOTHING_TO_PUT_RIGHT = "没有需要改正的问题"
_MOST_CELLS, _MOST_SAID = 30, 3
_UNREAD_HEADING = "WB06"
_OF_DEPARTMENTS = "部门|科室|单位|处室|班组|车间|department|dept"


class RuleNeeds(Protocol):
    """What is told of a rule that was not judged."""

    @property
    def id(self) -> str:
        """E.g. PL01."""

    @property
    def needs_words(self) -> str:
        """What must be there for it to be in force."""


def problem_lines(
    checked: Checked,
    register: Register,
    derived: Mapping[str, Derived],
    again: str = "",
    rules: Iterable[RuleNeeds] = (),
    notes: Sequence[str] = (),
) -> tuple[str, ...]:
    """The whole listing: groups by action, rules told once, notes, counts, what was not judged, what to do next.

    Args:
        notes: What else is to know of the workbook: it never stands before the first error.
        again: The command that checks the same workbook once more.
        rules: The catalogue, to tell every rule that was not judged with what it needs; empty: only how many there are.
    """
    singly, often = summarised(checked.problems, derived)
    lines: list[str] = []
    for group in problem_groups(singly, register, derived):
        lines += [group.title, *(f"  {problem_line(problem)}" for problem in group.problems), ""]
    return (*lines, *often_lines(often), *_apart(notes), *closing_lines(checked, register, again, rules))


def _apart(notes: Sequence[str]) -> tuple[str, ...]:
    return (*notes, "") if notes else ()


def often_lines(often: Sequence[Summary]) -> tuple[str, ...]:
    """Rules that struck too often to tell each hit: one line each, under a title; () when there is none."""
    return ("多处相同", *(f"  {summary_line(summary)}" for summary in often), "") if often else ()


def problem_line(problem: Problem) -> str:
    """错误 E5：message → fix（PL01 条款 4.4.4）."""
    return f"{problem.severity.word} {place(problem)}：{problem.message} → {problem.fix}（{source(problem)}）"


def summary_line(summary: Summary) -> str:
    """警告 37 处，例如 E5（GJ-2026-001）：message → fix（PL05 条款 4.1.2）; of rows that ended with their cells."""
    first = summary.first
    if summary.is_told_by_cells:
        cells = cut_list(places(summary.told), _MOST_CELLS)
        told = f"{first.severity.word} {'已结束的行 ' if summary.ended else ''}{summary.count} 处（{cells}）"
        return f"{told}：{_said_and_to_do(summary.told)}（{source(first)}）"
    number = f"（{first.number}）" if first.number else ""
    told = f"{first.severity.word} {summary.count} 处，例如 {place(first)}{number}"
    return f"{told}：{first.message} → {first.fix}（{source(first)}）"


def _said_and_to_do(problems: Sequence[Problem]) -> str:
    """message；message → fix; where what is to do differs each message with its own, of many kinds the first."""
    kinds = list(dict.fromkeys((problem.message, problem.fix) for problem in problems))
    messages, fixes = (list(dict.fromkeys(texts)) for texts in zip(*kinds, strict=True))
    if len(fixes) > 1 and len(kinds) <= _MOST_SAID:
        return "；".join(f"{message} → {fix}" for message, fix in kinds)
    fix = fixes[0] if len(fixes) == 1 else f"例如{fixes[0]}"
    return f"{cut_list(messages, _MOST_SAID, '种', between='；')} → {fix}"


def closing_lines(
    checked: Checked, register: Register, again: str = "", rules: Iterable[RuleNeeds] = ()
) -> Iterator[str]:
    """Counts, rows set aside or without content, what was not judged; the last line says what to do next."""
    if checked.unjudged:
        yield f"跟踪表没有读出来，一行也没有检查；另有 {checked.unjudged} 项检查因此未做"
        yield _next_step(checked, register, again)
        return
    set_aside = f"，其中 {len(register.quarantined)} 行待更正、未参与计算" if register.quarantined else ""
    yield f"共 {register.rows} 行措施{set_aside}：{count_words(checked)}"
    if register.numbered_only:
        shown = register.tracker.lines(register.numbered_only, _MOST_ROWS)
        yield f"另有 {len(register.numbered_only)} 行只有编号、没有内容，未计入：{shown}"
    yield from _excused_line(checked)
    if checked.consequences:
        yield f"另有 {len(checked.consequences)} 处由以上原因引起，没有列出；改好后再检查"
    yield checked.stages
    yield from _unjudged_lines(frozenset(checked.disabled), again, rules)
    yield _next_step(checked, register, again)


def _excused_line(checked: Checked) -> Iterator[str]:
    """How many errors and warnings 例外说明 lowered, and which figures count them all the same."""
    lowered = [problem.was_error for problem in checked.problems if problem.excused and problem.is_breach]
    errors, warnings = lowered.count(True), lowered.count(False)
    counted = {(True, False): "自查表和数据质量指标仍计入", (False, True): "自查表仍计入"}
    told = counted.get((errors > 0, warnings > 0), "自查表仍计入，错误还计入数据质量指标")
    kinds = [f"{errors} 个错误"] * (errors > 0) + [f"{warnings} 个警告"] * (warnings > 0)
    if kinds:
        yield f"另有 {'、'.join(kinds)}有情况说明，列为提示；{told}"


def _unjudged_lines(disabled: frozenset[str], again: str, rules: Iterable[RuleNeeds]) -> Iterator[str]:
    """How many rules were not judged, and with the catalogue at hand each by what it needs."""
    by_need: dict[str, list[str]] = {}
    for rule in rules:
        if rule.id in disabled:
            by_need.setdefault(rule.needs_words, []).append(rule.id)
    if disabled:
        details = f"{again} --verbose" if again else to_paste("check", THIS_WORKBOOK, "--verbose")
        where = "：" if by_need else f" → 明细：{details}"
        yield f"{len(disabled)} 条规则未启用（缺少所需的工作表、列或数据，不等于通过）{where}"
    for need, ids in by_need.items():
        yield f"  {'、'.join(ids)}　需要 {need}"


def _next_step(checked: Checked, register: Register, again: str) -> str:
    step = _step_of_problems(checked, register, again)
    if not checked.lost_columns:
        return step
    named = cut_list(checked.lost_columns, _MOST_ROWS, "个")
    rest = "" if step == _NOTHING_TO_PUT_RIGHT else f"；{step.removeprefix('下一步：')}"
    return f"下一步：误删的列 {named} 先恢复（见上面）{rest}"


def _step_of_problems(checked: Checked, register: Register, again: str) -> str:
    if checked.counts["error"]:
        return f"下一步：先改正错误，再运行 {again or to_paste('check', THIS_WORKBOOK)}"
    if checked.counts["warning"]:
        return with_absent_sheets(
            "下一步：核对警告；过去的事不能补的，在《例外说明》中写明", register, checked.lost_sheets
        )
    return _unread_departments(register) or _NOTHING_TO_PUT_RIGHT


def _unread_departments(register: Register) -> str:
    """What to do where no row has a department and a column of departments is read by nobody; "" elsewhere."""
    if any(action.responsible_department for action in register.tracker.records):
        return ""
    headings = (remark.hit.facts.get("h", "") for remark in register.remarks if remark.rule == _UNREAD_HEADING)
    unread = [heading for heading in headings if re.search(_OF_DEPARTMENTS, heading.lower())]
    if not unread:
        return ""
    line = to_adopt(THIS_WORKBOOK, is_adopted=register.settings is not None)
    named = "".join(f"「{heading}」" for heading in unread)
    return f"没有错误和警告；但每一行都没有责任部门，不能按部门提醒，{named}没有识别：运行 {line} --map 列名=责任部门"
