"""Problems as plain lines: for pipes, logs and letters; a terminal breaks them to its width."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from capa_xl.model.checked import Checked
from capa_xl.model.derived import Derived
from capa_xl.model.problem import Problem
from capa_xl.model.register import Register
from capa_xl.reports.problem_groups import Summary, count_words, place, problem_groups, source, summarised


def problem_lines(checked: Checked, register: Register, derived: Mapping[str, Derived]) -> tuple[str, ...]:
    """The whole listing: groups by action, rules told once, the counts, what was not judged, what to do next."""
    singly, often = summarised(checked.problems)
    lines: list[str] = []
    for group in problem_groups(singly, register, derived):
        lines += [group.title, *(f"  {problem_line(problem)}" for problem in group.problems), ""]
    return (*lines, *often_lines(often), *closing_lines(checked, register))


def often_lines(often: Sequence[Summary]) -> tuple[str, ...]:
    """Rules that struck too often to tell each hit: one line each, under a title; () when there is none."""
    return ("多处相同", *(f"  {summary_line(summary)}" for summary in often), "") if often else ()


def problem_line(problem: Problem) -> str:
    """错误 E5：message → fix（PL01 条款 4.4.4）."""
    return f"{problem.severity.word} {place(problem)}：{problem.message} → {problem.fix}（{source(problem)}）"


def summary_line(summary: Summary) -> str:
    """警告 37 处，例如 E5（GJ-2026-001）：message → fix（PL05 条款 4.1.2）."""
    first = summary.first
    number = f"（{first.number}）" if first.number else ""
    told = f"{first.severity.word} {summary.count} 处，例如 {place(first)}{number}"
    return f"{told}：{first.message} → {first.fix}（{source(first)}）"


def closing_lines(checked: Checked, register: Register) -> Iterator[str]:
    """Counts, rows set aside, what was not judged; the last line says what to do next."""
    set_aside = f"，其中 {len(register.quarantined)} 行待更正、未参与计算" if register.quarantined else ""
    yield f"共 {register.rows} 行措施{set_aside}：{count_words(checked)}"
    yield checked.stages
    if checked.disabled:
        ids = "、".join(checked.disabled)
        yield f"未启用的规则 {len(checked.disabled)} 条（缺少所需的工作表、列或数据，不等于通过）：{ids}"
    yield _next_step(checked)


def _next_step(checked: Checked) -> str:
    if checked.counts["error"]:
        return "下一步：先改正错误，再运行 capa-xl check"
    if checked.counts["warning"]:
        return "下一步：核对警告；过去的事不能补的，在例外说明中写明"
    return "没有需要改正的问题"
