"""集团管理评审输入: the figures of a group → the words of five pages at most; what is cut stands in 01 集团看板."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from capa_xl.model.cut_text import cut_list
from capa_xl.model.group_figures import CompanyFigures, GroupFigures, GroupReviewFacts, LateItem, LeftOut, by_lateness
from capa_xl.model.kpi import Kpi
from capa_xl.model.long_days import with_long_days
from capa_xl.model.paper_kinds import GROUP
from capa_xl.model.period import Period
from capa_xl.model.review import AGENDA_CATEGORIES
from capa_xl.model.short_names import told_apart
from capa_xl.reports.kpi_words import figure_words, reopened_words, uncounted_words
from capa_xl.reports.word.context_words import day_behind, head_words
from capa_xl.reports.word.decision_words import by_action, decision_card, decisions_words, with_a_card
from capa_xl.reports.word.examples_group import example_group
from capa_xl.reports.word.kpi_rows import figure_card, kpi_row
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.table_words import chunks, cut, whole_names

MOST_COMPANIES, MOST_LATE, MOST_LEFT_OUT = 16, 10, 8
_FIGURES_A_ROW, _NAME, _MATTER = 4, 18, 44
_NO_DECISIONS = "没有需要集团决定的事项。"
_IN_TABLE = ("on_time", "effective", "reminded", "approved")
WORDS = {
    "companies": "公司", "decisions": "决策事项", "late": "实施逾期最久的十项", "left_out": "未计入的工作簿",
    "trend": "趋势图", "summary": "首页的句子", "figures": "首页的八项指标",
    "waits": "环节超时最久的十项", "kind": "逾期类别", "cards": "决策卡片",
    "more": "未列出多少", "none": "没有时的一句话", "company": "公司", "matter": "事项", "reason": "原因",
    "late_doing": "实施逾期", "waiting": "环节超时", "errors": "错误", "next_actor": "待办责任人",
    **dict.fromkeys(_IN_TABLE, "指标"),
}  # fmt: skip
"""Chinese words for what only this paper has, for the list of fields."""


def group_context(facts: GroupReviewFacts) -> dict[str, Any]:
    """The context of one paper."""
    figures = facts.figures
    late, waiting = figures.late, figures.waiting
    departments = (item.department for _, item in (*late, *waiting))
    names = told_apart((*(one.name for one in figures.companies), *departments), _NAME)
    return {
        "head": head_words(facts.head, GROUP.title),
        "period": _period(figures.period, facts.head.as_of),
        "summary": _summary(figures, day_behind(figures.period.end, facts.head.as_of)),
        "figures": chunks((figure_card(kpi_row(kpi)) for kpi in facts.summary_kpis), _FIGURES_A_ROW),
        "companies": _companies(figures, names),
        "decisions": _decisions(figures.companies, names),
        "late": _table((_late(*pair, names) for pair in late), MOST_LATE, "项", none="没有实施逾期的措施。"),
        "waits": _table((_late(*pair, names) for pair in waiting), MOST_LATE, "项", none="没有环节超时的措施。"),
        "flow": [
            {"open_before": f.open_before, "new": f.new, "completed": f.completed, "closed": f.closed,
             "cancelled": f.cancelled, "superseded": f.superseded, "open_after": f.open_after}
            for f in (figures.flow,)
        ],
        "undated": sum(max(0, one.flow.undated) for one in figures.companies),
        "trend": facts.trend,
        "left_out": _table(map(_left_out, figures.left_out), MOST_LEFT_OUT, "个", none="没有。"),
    }  # fmt: skip


def _period(period: Period, on: date) -> dict[str, Any]:
    return {"name": period.name, "from": period.start, "to": period.end, "is_over": on >= period.end}


def _table(rows: Iterable[dict[str, Any]], most: int, unit: str, none: str = "本期无。") -> dict[str, Any]:
    """The first rows, how many more there are, and where."""
    all_rows = list(rows)
    more = f"另有 {len(all_rows) - most} {unit}未列出，见“01 集团看板”。" if len(all_rows) > most else ""
    return {"rows": all_rows[:most], "more": more, "none": none}


def _summary(figures: GroupFigures, day: str) -> list[str]:
    """Who is counted, how deadlines were kept, what is late, what is to be decided; what they lack or was reopened.

    Args:
        day: Of which day it is late and to be decided; "" where that goes without saying.
    """
    due = next(kpi for kpi in figures.kpis if kpi.key == "on_time")
    reopened = reopened_words((cut(one.name, _NAME), one.reopened) for one in figures.companies)
    out = Counter(one.outcome for one in figures.left_out)
    strangers, nowhere = out.pop("not_a_tracker", 0), out.pop("missing", 0)
    missing = f"，{sum(out.values())} 个没有计入（见附表）" if out else ""
    others = f"，{strangers} 个文件不是跟踪表" if strangers else ""
    others += f"，{nowhere} 处没有找到工作簿（见附表）" if nowhere else ""
    return [
        f"计入 {len(figures.companies)} 个工作簿{missing}{others}；合计由分子、分母相加，不是比率的平均。",
        f"本期已到期 {len(due.base)} 项，按期完成 {len(due.rows)} 项{f'（{figure_words(due)}）' if due.base else ''}。",
        f"{day}{'，' if day else ''}{_lateness(figures)}",
        _to_decide(figures.companies),
        *(f"{cut(one.name, _NAME)}：{one.not_counted}。" for one in figures.companies if one.not_counted),
        *(
            f"{cut(one.name, _NAME)}：{left}。"
            for one in figures.companies
            if (left := with_long_days(uncounted_words(one.uncounted)))
        ),
        *([f"{reopened}。"] if reopened else []),
    ]


def _lateness(figures: GroupFigures) -> str:
    """Which lateness, and how much of it, as on every surface."""
    late, tally = figures.late, figures.tally
    steps = f"{tally.waiting_phrase}。"
    if not late:
        return f"没有实施逾期的措施；{steps}"
    company, worst = late[0]
    where = len({company.workbook for company, _ in late})
    alike = sum(item.days == worst.days for _, item in late)
    which = f"{company.name} {cut_list([worst.number], 1, '项', total=alike)}"
    return f"{tally.doing_phrase}，分布在 {where} 家；最长 {worst.days} 天（{which}）；{steps}"


def _to_decide(companies: tuple[CompanyFigures, ...]) -> str:
    counts = Counter(item.category for company in companies for item in company.agenda)
    parts = "、".join(f"{category} {counts[category]}" for category in AGENDA_CATEGORIES if counts[category])
    said = decisions_words(company.agenda for company in companies)
    return f"各公司提请评审决定 {said}" + (f"：{parts}。" if parts else "。")


def _company(company: CompanyFigures, names: Mapping[str, str]) -> dict[str, Any]:
    kpis: dict[str, Kpi] = {kpi.key: kpi for kpi in company.kpis}
    tally = company.tally
    return {
        "name": names[company.name],
        "open": tally.open,
        "late_doing": tally.late_doing,
        "waiting": tally.late_waiting,
        "errors": company.problems.get("error", 0),
        **{key: figure_words(kpis[key]) for key in _IN_TABLE},
    }


def _companies(figures: GroupFigures, names: Mapping[str, str]) -> dict[str, Any]:
    """A row a company and, below several, their sums: those of companies without a row too."""
    found = by_lateness(figures.companies)
    table = _table((_company(one, names) for one in found), MOST_COMPANIES, "家")
    return table | {"rows": [*table["rows"], *([_sums(figures)] if len(found) > 1 else [])]}


def _sums(figures: GroupFigures) -> dict[str, Any]:
    kpis: dict[str, Kpi] = {kpi.key: kpi for kpi in figures.kpis}
    tallies = [one.tally for one in figures.companies]
    return {
        "name": f"合计（{len(tallies)} 家）",
        "open": sum(one.open for one in tallies),
        "late_doing": sum(one.late_doing for one in tallies),
        "waiting": sum(one.late_waiting for one in tallies),
        "errors": sum(one.problems.get("error", 0) for one in figures.companies),
        **{key: figure_words(kpis[key]) for key in _IN_TABLE},
    }


def _decisions(companies: tuple[CompanyFigures, ...], names: Mapping[str, str]) -> dict[str, Any]:
    """In the order of a company's review, then by company: the first actions as the cards of the review."""
    found = [(items, company) for company in companies for items in by_action(company.agenda)]
    found.sort(key=lambda pair: pair[0][0].place)
    shown = [found[at] for at in with_a_card([items[0] for items, _ in found])]
    cards = [
        decision_card(index, items, names[company.name]) | {"company": names[company.name]}
        for index, (items, company) in enumerate(shown, start=1)
    ]
    rest = f"另有 {len(found) - len(cards)} 项未列出，见各公司的管理评审输入报告。" if len(found) > len(cards) else ""
    return {"rows": cards, "more": rest, "none": _NO_DECISIONS, "cards": cards}


def _late(company: CompanyFigures, item: LateItem, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "company": names[company.name],
        "number": item.number,
        "matter": cut(item.description, _MATTER),
        "responsible": " / ".join(part for part in (names[item.department], whole_names(item.owners, _NAME)) if part),
        "due_on": item.due_on,
        "days": item.days,
        "next_actor": whole_names(item.next_actor, _NAME),
        "kind": item.kind,
    }


def _left_out(one: LeftOut) -> dict[str, Any]:
    return {"name": one.workbook, "reason": cut(one.reason, 60)}


CONTENT = PaperContent(GROUP, group_context, example_group, WORDS)
