"""管理评审输入报告: the facts of one period → the words of the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from msgspec import structs

from capa_xl.model.cut_text import cut_list
from capa_xl.model.long_days import with_long_days
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.paper_kinds import REVIEW
from capa_xl.model.review import BrokenRequirement, ChangeLine, CountLine, CutLine, OverdueLine, ReviewFacts
from capa_xl.model.short_names import told_apart
from capa_xl.model.tally import Tally
from capa_xl.reports.kpi_words import counted_words, previous_words, reopened_words, uncounted_words
from capa_xl.reports.word.context_words import day_behind, head_words, no_columns
from capa_xl.reports.word.decision_words import (
    MOST_CARD_CHARACTERS,
    by_action,
    decision_card,
    decisions_words,
    not_listed,
    with_a_card,
)
from capa_xl.reports.word.examples_review import example_review
from capa_xl.reports.word.kpi_rows import duty_row, figure_card, kpi_row, note_row, past_words, target_words
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.printable import PrintedDay
from capa_xl.reports.word.round_words import rounds_words
from capa_xl.reports.word.table_words import (
    MOST_OF_A_NAME,
    chunks,
    cut,
    cut_row,
    more_words,
    shown_rows,
    summed,
    whole_names,
)

NOTHING_THIS_PERIOD, NOTHING_NOW = "本期无。", "当前无。"
CARDS_OF_A_PAGE = 3
"""So many fill page one, which ends below them; behind more of them, and fewer, the text goes on."""
MOST_EXAMPLES = 3
MOST_OF_PEOPLE = 16
"""Characters of owners behind their department."""
MOST_NAMED = 8
"""Rows that 附录 C names of one fault; 校验结果 has all."""
_FIGURES_A_ROW = 4
_TABLES_OF_DEPARTMENTS = ("earlier", "coverage", "overdue", "coming", "resources")


def review_context(facts: ReviewFacts) -> dict[str, Any]:
    """The context of one review report."""
    summary, agenda = _summary(facts), _agenda(facts)
    facts = _with_short_departments(facts)
    kpis = [kpi_row(kpi) for kpi in facts.kpis]
    none, beside, known = partial(_no_data, facts.head), partial(_beside, facts), partial(_as_known, facts)
    return {
        "head": head_words(facts.head, REVIEW.title),
        "period": {
            "name": facts.period,
            "from": facts.period_from,
            "to": facts.period_to,
            "is_over": facts.head.as_of >= facts.period_to,
            "review_on": _review_day(facts),
            "is_review_over": _is_review_over(facts),
        },
        "summary": summary,
        "kpis": kpis,
        "figures": chunks(map(figure_card, kpis), _FIGURES_A_ROW),
        "agenda": agenda,
        "earlier": beside("earlier", _listed(facts.earlier, none("管理评审"), "管理评审")),
        "flow": [structs.asdict(facts.flow)],
        "undated": max(0, facts.flow.undated),
        "reopened": reopened_words((("", facts.reopened),)),
        "uncounted": with_long_days(uncounted_words(facts.uncounted)),
        "by_source": known("by_source", _summed(() if "by_source" in facts.undecided else facts.by_source)),
        "by_department": _summed(facts.by_department),
        "trend": facts.trend,
        "major": known("major", _listed(facts.major)),
        "complaints": known("complaints", beside("complaints", _listed(facts.complaints, none("问题需求登记")))),
        "recurrence_rate": counted_words(facts.recurrence) if facts.recurrence.base else "",
        "recurrences": known("recurrences", _listed(facts.recurrences)),
        "signals": _listed(facts.signals, none("分析记录")),
        "charts_appendix": "D" if facts.is_internal else "B",
        "paretos": list(facts.paretos),
        "control_charts": list(facts.control_charts),
        "more_charts": list(facts.more_charts),
        "series": facts.series,
        "coverage": _coverage(facts),
        "indicators": _indicators(facts),
        "audits": known("audits", _listed(facts.audits)),
        "suppliers": _listed(facts.suppliers, none("质量数据")),
        "overdue": known("overdue", _cut([_overdue(line) for line in facts.overdue]) | {"none": NOTHING_NOW}),
        "coming": known("coming", _cut([_overdue(line) for line in facts.coming])),
        "effects": known("effects", _listed(facts.effects)),
        "rounds": with_long_days(rounds_words(facts.rounds)),
        "resources": _listed(facts.resources, none("进展反馈"), "进展反馈"),
        "documents": beside("documents", _listed(facts.documents, none("文件修订"), "文件修订")),
        "duties": _cut([duty_row(name, kpi) for name, kpi in facts.duties]),
        "excuses": _excuses(facts, none("例外说明")),
        "since": f"与上次资料包（{with_long_days(facts.changes_since)}）相比："
        if facts.changes_since
        else "首次，无可比较的资料包。",
        "changes": _rows([_change(line) for line in facts.changes]),
        "kpi_notes": _rows([note_row(kpi) for kpi in facts.all_kpis]),
        "is_internal": facts.is_internal,
        "conformity": _counted(facts.conformity),
        "broken": _rows([_broken(line) for line in facts.broken]),
        "data_quality": _counted(facts.data_quality),
    }


def _with_short_departments(facts: ReviewFacts) -> ReviewFacts:
    """The facts of the tables, in which departments have names for narrow columns that are told apart all through."""
    lists = {field: getattr(facts, field) for field in _TABLES_OF_DEPARTMENTS if getattr(facts, field)}
    found = [line.department for lines in lists.values() for line in lines]
    names = told_apart((*found, *(line.name for line in facts.by_department)), MOST_OF_A_NAME)
    shown = {
        key: tuple(structs.replace(one, department=names[one.department]) for one in lines)
        for key, lines in lists.items()
    }
    by_department = tuple(structs.replace(line, name=names[line.name]) for line in facts.by_department)
    return structs.replace(facts, **shown, by_department=by_department)


def _review_day(facts: ReviewFacts) -> PrintedDay | str | None:
    """The day of the review, marked as assumed where nobody named one."""
    if facts.review_on is None:
        return None
    day = PrintedDay.of(facts.review_on)
    return f"待定（按 {day} 推算）" if facts.is_review_day_assumed else day


def _no_data(head: PaperHead, sheet: str) -> str:
    """What stands in a section whose sheet is not in use."""
    return f"{head.sheets.nothing_in(sheet)}，本节无数据。"


def _rows(rows: list[dict[str, Any]], none: str = NOTHING_THIS_PERIOD) -> dict[str, Any]:
    """The rows of a table, and the sentence that stands where there are none."""
    return {"rows": rows, "none": none, "more": ""}


def _beside(facts: ReviewFacts, field: str, table: dict[str, Any]) -> dict[str, Any]:
    """The table, and below it or in its place what the tracker says of the matter and its register doesn't."""
    rows = facts.unregistered.get(field)
    if rows is None or not rows.numbers:
        return table
    named = cut_list(rows.numbers, MOST_NAMED, "项")
    tracked, sheets = f"跟踪表中{rows.what}的 {rows.count} 项", facts.head.sheets
    if not sheets.has(rows.sheet):
        words = f"{sheets.nothing_in(rows.sheet)}，无法核对{tracked}：{named}。"
        is_said = table["none"].startswith(sheets.nothing_in(rows.sheet))
        return table | {"more": table["more"] + words, "none": words if is_said else table["none"] + words}
    words = f"{tracked}，其中 {len(rows.numbers)} 项在《{rows.sheet}》没有登记：{named}。"
    nothing = table["none"].removesuffix("，本节无数据。").removesuffix("。")
    return table | {"more": table["more"] + words, "none": f"{nothing}；{words}"}


def _as_known(facts: ReviewFacts, field: str, table: dict[str, Any]) -> dict[str, Any]:
    """The table, and below it or in its place what it couldn't be decided of: unknown is no 本期无."""
    found = facts.undecided.get(field)
    if found is None:
        return table
    lacking = f"{no_columns(found.absent, found.beside)}。" if found.absent else ""
    if found.likely:
        lacking += f"别的条件都符合的 {len(found.likely)} 项：{cut_list(found.likely, MOST_NAMED, '项')}。"
    blank = "".join(
        f"另有 {len(one.numbers)} 项的“{one.header}”空白或不认识，未判定：{cut_list(one.numbers, MOST_NAMED, '项')}。"
        for one in found.blanks
    )
    replaced = lacking and not found.beside
    return table | {
        "more": table["more"] + lacking + blank,
        "none": f"{'' if replaced else table['none']}{lacking}{blank}",
    }


def _cut(rows: list[dict[str, Any]], sheet: str = "") -> dict[str, Any]:
    """The first rows of a table, their texts cut, and how many more there are."""
    return _rows([cut_row(row) for row in rows[: shown_rows(len(rows))]]) | {"more": more_words(len(rows), sheet)}


def _agenda(facts: ReviewFacts) -> dict[str, Any]:
    """What is to be decided: of the first actions a card each with room to write, all others counted."""
    asked = by_action(facts.agenda)
    shown = with_a_card([items[0] for items in asked])
    carded, rest = [asked[at] for at in shown], [items for at, items in enumerate(asked) if at not in shown]
    rows = [decision_card(index, items) for index, items in enumerate([*carded, *rest], start=1)]
    one_page = len(asked) == CARDS_OF_A_PAGE
    return _rows(rows) | {
        "cards": rows[: len(carded)], "unlisted": list(not_listed(rest)), "is_one_page": one_page,
    }  # fmt: skip


def _is_idle(line: CutLine) -> bool:
    """Nothing to count: no empty line in a table."""
    return not any((line.open, line.completed, line.overdue, line.confirmed))


def _listed(lines: Iterable[Any] | None, none: str = NOTHING_THIS_PERIOD, sheet: str = "") -> dict[str, Any]:
    """A table's lines; None where the sheet is not in use, of which `none` speaks."""
    if lines is None:
        return _rows([], none)
    return _cut([structs.asdict(line) for line in lines], sheet)


def _excuses(facts: ReviewFacts, none: str) -> dict[str, Any]:
    """The accepted exceptions, and how many of them the copy for outsiders leaves out."""
    table, hidden = _listed(facts.excuses, none, "例外说明"), facts.hidden_excuses
    if not hidden:
        return table
    words = f"另有 {hidden} 条针对公司自定的提示规则，不在外部副本中。"
    return table | {"more": table["more"] + words, "none": words}


def _summed(lines: Sequence[CutLine]) -> dict[str, Any]:
    """Sources or departments, those with most that is late first, then those with most open.

    Those that find no row are the last one, with their sums: every row counts.
    """
    ordered = sorted(lines, key=lambda line: (-line.overdue, -line.open))
    return _rows([cut_row(structs.asdict(line)) for line in summed(ordered, "name", _is_idle)])


def _counted(lines: Iterable[CountLine]) -> dict[str, Any]:
    """附录 B and C: few lines over the full width, their words whole; of many rows some are named."""
    return _rows([{"name": cut(line.name), "count": line.count, "note": _some(line.note)} for line in lines])


def _some(note: str) -> str:
    return cut(cut_list(note.split("、"), MOST_NAMED, "项"), 4 * MOST_CARD_CHARACTERS)


def _broken(line: BrokenRequirement) -> dict[str, Any]:
    """A requirement that something breaks, with examples of the rows that do; 06 has them all."""
    hits = cut_list(line.hits.split("、"), MOST_EXAMPLES, "项")
    return cut_row(structs.asdict(line)) | {"text": cut(line.text, MOST_CARD_CHARACTERS), "hits": hits}


def _summary(facts: ReviewFacts) -> list[str]:
    """The three sentences of the first page, and what its figures lack."""
    due = facts.on_time
    held = f"{target_words(due.target)}，{past_words(previous_words(due))}"
    day = day_behind(facts.period_to, facts.head.as_of)
    return [
        f"本期已到期 {len(due.base)} 项，按期完成 {len(due.rows)} 项（{held}）。",
        f"当前{f'（{day}）' if day else ''}{facts.tally.headline}{_longest(facts.overdue)}{_left_out(facts.tally)}。",
        f"需评审决定{_after_review(facts)} {decisions_words((facts.agenda,))}。",
        *filter(None, (facts.head.lacking,)),
    ]


def _after_review(facts: ReviewFacts) -> str:
    """That the matters are of a day after the review, as above their cards."""
    return f"（评审日已过，截至 {PrintedDay.of(facts.head.as_of)}）" if _is_review_over(facts) else ""


def _is_review_over(facts: ReviewFacts) -> bool:
    return facts.review_on is not None and facts.review_on < facts.head.as_of


def _longest(late: Sequence[OverdueLine]) -> str:
    """How long, and the first of those that are late so long, with how many they are."""
    if not late:
        return ""
    alike = sum(line.days == late[0].days for line in late)
    number = cut_list([late[0].number], 1, "项", total=alike)
    whose = "，".join(filter(None, (number, late[0].department)))
    return f"；实施逾期最长 {late[0].days} 天（{whose}）"


def _left_out(tally: Tally) -> str:
    """Rows that nothing here counts."""
    return f"；另有 {tally.to_correct} 行待更正，以下均未计入" if tally.to_correct else ""


def _coverage(facts: ReviewFacts) -> dict[str, Any]:
    if facts.coverage is None:
        return _rows([], _no_data(facts.head, "质量数据"))
    return _cut([{"department": line.department, "marks": list(line.marks)} for line in facts.coverage])


def _indicators(facts: ReviewFacts) -> dict[str, Any]:
    if facts.indicators is None:
        return _rows([], _no_data(facts.head, "过程指标"))
    rows = []
    for line in facts.indicators:
        months = (
            f"{month} {value}" for month, value in zip(facts.indicator_months, line.values, strict=False) if value
        )
        row = structs.asdict(line) | {"measured": "；".join(months)}
        del row["values"]
        rows.append(row)
    return _cut(rows)


def _overdue(line: OverdueLine) -> dict[str, Any]:
    people = whole_names(line.owner, MOST_OF_PEOPLE)
    responsible = " / ".join(piece for piece in (line.department, people) if piece)
    then = f"逾期 {line.days} 天" if line.days > 0 else f"即将到期，剩余 {-line.days} 天" if line.days else "当天到期"
    due = PrintedDay.of(line.due_on) if line.due_on else None
    return structs.asdict(line) | {"responsible": responsible, "then": then, "due_on": due}


def _change(line: ChangeLine) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "count": len(line.numbers),
        "numbers": cut("、".join(line.numbers), 2 * MOST_CARD_CHARACTERS),
    }


CONTENT = PaperContent(REVIEW, review_context, example_review)
