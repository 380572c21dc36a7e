"""01 改进看板.xlsx: page one, the KPI table with every figure linked to its rows, cuts, months and all actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec.structs import astuple

from capa_xl.model import words
from capa_xl.model.cut_text import cut_line
from capa_xl.model.dashboard_facts import DashboardFacts
from capa_xl.model.derived import is_late
from capa_xl.model.kpi import NO_DATA, Cut, Kpi, KpiAction, MonthFlow, counted_apart
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.shares import has_few, share_words
from capa_xl.model.short_names import told_apart
from capa_xl.reports.dashboard_page import data_sheet, first_page
from capa_xl.reports.kpi_words import (
    change_words,
    figure_words,
    previous_words,
    reopened_words,
    uncounted_words,
    verdict_tone,
)
from capa_xl.reports.sheets import TABLE_ROW, Book
from capa_xl.reports.table_cells import Cell, ColumnHead, Link, Mark, pixels_of

KPI_SHEET, ROWS_SHEET, CUTS_SHEET, MONTHS_SHEET, ACTIONS_SHEET = "指标", "行清单", "切分", "月度", "全部措施"

_KPI = (
    ColumnHead("指标", 32),
    ColumnHead("分子", 8, "count"),
    ColumnHead("分母", 8, "count"),
    ColumnHead("本期", 12, "mark"),
    ColumnHead("目标", 10, "mark"),
    ColumnHead("上期", 12, "mark"),
    ColumnHead("变化", 18, "mark"),
    ColumnHead("判定", 10, "mark"),
    ColumnHead("行清单", 16, "link"),
)
_ROWS = (
    ColumnHead("指标", 26),
    ColumnHead("编号", 33),
    ColumnHead("计入分子", 10, "mark"),
    ColumnHead("问题描述", 44, "quote"),
    ColumnHead("责任部门", 21),
    ColumnHead("完成期限", 12, "date"),
    ColumnHead("实际完成日期", 13, "date"),
    ColumnHead("状态", 12),
    ColumnHead("逾期", 12),
)
_CUTS = (
    ColumnHead("维度", 10),
    ColumnHead("值", 30),
    ColumnHead("指标", 26),
    ColumnHead("分子", 8, "count"),
    ColumnHead("分母", 8, "count"),
    ColumnHead("本期", 12, "mark"),
    ColumnHead("分母编号（计入分子的在前）", 90, "wrap"),
)
_MONTHS = (
    ColumnHead("月份", 10, "mark"),
    *(
        ColumnHead(name, 10, "count")
        for name in ("新增", "完成", "关闭", "取消", "转后续", "月末在办", "月末实施\n逾期")
    ),
)
_ACTIONS = (
    ColumnHead("编号", 14),
    ColumnHead("问题描述", 42, "quote"),
    *(ColumnHead(name, 8) for name in ("措施类型", "严重度")),
    *(ColumnHead(name, 10) for name in ("来源", "所属过程", "归口部门", "责任部门")),
    *(ColumnHead(name, 11, "date") for name in ("登记日期", "批准日期", "完成期限", "原完成期限", "实际完成日期")),
    *(ColumnHead(name, 11, "date") for name in ("检查日期", "确认日期", "归档日期", "关闭日期")),
    ColumnHead("效果结论", 9),
    ColumnHead("状态", 12),
    ColumnHead("逾期", 10),
    ColumnHead("逾期天数", 8, "count"),
    ColumnHead("延期次数", 8, "count"),
)
MOST_OF_A_PROBLEM, MOST_OF_A_DEPARTMENT = 60, 12
"""Characters in a list: a row has three lines of them at most."""
UPENDED, _ACROSS, _WIDEST = 8, 128, 44
"""So few actions stand beside each other, a row each would be lost on its page; characters they share, and of one."""
_ON_PAPER = 3
"""Pages of each list that is there to filter: all of them would be hundreds, and nobody reads a row list on paper."""


def dashboard(company: str, as_of: date, facts: DashboardFacts, not_counted: str = "") -> bytes:
    """The workbook's bytes; the same values give the same bytes.

    Args:
        not_counted: What its figures lack, as a sentence without its end; "" where they lack nothing.
    """
    period = facts.period
    book = Book(f"改进看板 {period.name}", as_of, company)
    span = f"{company}　期间 {period.start} 至 {period.end}　数据截至 {as_of}　{not_counted}".strip()
    reopened = reopened_words((("", facts.reopened),))
    about = f"{span}{_without_cuts(facts)}" + (f"　{facts.aside}" if facts.aside else "")
    first_page(book, f"改进看板　{period.name}", about, facts.cards, facts.charts, reopened)
    page = book.sheet(
        KPI_SHEET, f"改进绩效指标　{period.name}", f"{span}　目标为公司内部目标（《参数》“KPI目标_*”），不是制度要求"
    )
    page.fit_to_pages(1, 1)
    first_rows = _first_rows(facts.kpis)
    below = book.table(page, _KPI, [_kpi_row(kpi, first_rows) for kpi in facts.kpis])
    notes = (reopened, uncounted_words(facts.uncounted), _aside(facts))
    for row, told in enumerate(filter(None, notes), start=below):
        book.write_folded(page, row, len(_KPI) - 1, sum(map(pixels_of, _KPI)), f"{told}。")
    _tables(book, span, facts)
    data_sheet(book, facts.cards, facts.charts)
    return book.close()


def _tables(book: Book, span: str, facts: DashboardFacts) -> None:
    by_number = {action.number: action for action in facts.actions}
    rows = book.sheet(
        ROWS_SHEET,
        "行清单：每个指标由哪些行构成",
        f"筛选“指标”一列；“计入分子”为“是”的行在分子中；按期限、按修订计数的指标，同一编号可以有几行，括号里是哪一个期限、哪一份文件。已取消的行计入{_with_cancelled(facts.kpis)}。"
        f"状态、逾期为数据截至日的。{_behind(facts)}",
    )
    listed = [*_listed(facts.kpis, by_number), *_uncounted(facts.uncounted, by_number)]
    book.table(rows, _ROWS, listed, pages=_ON_PAPER)
    if not _without_cuts(facts):
        cut = book.sheet(CUTS_SHEET, "切分：按来源、类型、严重度、过程、月份、季度、年度、部门", span)
        book.table(cut, _CUTS, list(_cut_rows(sorted(facts.cuts, key=_is_by_department))), pages=_ON_PAPER)
    flow = book.sheet(MONTHS_SHEET, "月度流量", "月末实施逾期按当时的完成期限计算（延期从批准之日起）")
    book.table(flow, _MONTHS, _flowing(facts.months))
    _everything(book, span, facts.actions)


def _everything(book: Book, span: str, actions: tuple[KpiAction, ...]) -> None:
    """Every action: a row each of a list to filter, a column each of a few, whose page is then filled."""
    is_list = not 0 < len(actions) <= UPENDED
    short = _short_departments(actions) if is_list else {}
    is_cut = any(name != whole for whole, name in short.items())
    note = f"　部门名称超过 {MOST_OF_A_DEPARTMENT} 字的中间以…略去，全文见跟踪表" if is_cut else ""
    sheet = book.sheet(ACTIONS_SHEET, "全部措施", span + note)
    rows = [_action_row(action, short) for action in (sorted(actions, key=_pressing) if is_list else actions)]
    if is_list:
        book.table(sheet, _ACTIONS, rows, pages=_ON_PAPER)
        return
    width = min(_WIDEST, _ACROSS / len(rows))
    numbers, *facts = zip(*rows, strict=True)
    headings = ColumnHead("编号", 14), *(ColumnHead(str(number), width, "wrap") for number in numbers)
    lines = [(heading.name, *cells) for heading, cells in zip(_ACTIONS[1:], facts, strict=True)]
    book.table(sheet, headings, lines, top=TABLE_ROW - 1)  # where no filter is wanted


def _pressing(action: KpiAction) -> tuple[bool, int, bool]:
    """Where paper ends it has what is late, the longest first, then what is open."""
    late = is_late(action.overdue)
    return not late, -action.days_overdue if late else 0, action.status in words.ENDED


def _without_cuts(facts: DashboardFacts) -> str:
    """Why there is no 切分: of fractions of four nobody learns which department is slower."""
    count = len(facts.actions)
    return f"　措施只有 {count} 项，不作切分" if count and has_few(count) else ""


def _behind(facts: DashboardFacts) -> str:
    return "不计入指标的列在最后。" if facts.uncounted.taken_over else ""


def _aside(facts: DashboardFacts) -> str:
    """The rows that no figure counts but 数据质量."""
    return facts.aside + ("（数据质量计入）" if facts.aside and _has_data_quality(facts.kpis) else "")


def _with_cancelled(kpis: tuple[Kpi, ...]) -> str:
    """The figures over cancelled rows too."""
    return "取消率和数据质量" if _has_data_quality(kpis) else "取消率"


def _has_data_quality(kpis: tuple[Kpi, ...]) -> bool:
    """A copy for outsiders has none."""
    return any(kpi.key == "data_quality" for kpi in kpis)


def _flowing(months: tuple[MonthFlow, ...]) -> list[tuple[Cell, ...]]:
    """The months; none where nothing moved in any, nor is open: page one says so, and no page of noughts is printed."""
    rows = [astuple(month) for month in months]
    return rows if any(any(counts) for _, *counts in rows) else []


def _first_rows(kpis: tuple[Kpi, ...]) -> dict[str, int]:
    """KPI key → 1-based row of its first line in the row list; a KPI without rows has none."""
    found: dict[str, int] = {}
    row = TABLE_ROW + 2
    for kpi in kpis:
        if kpi.base:
            found[kpi.key] = row
        row += len(kpi.base)
    return found


def _kpi_row(kpi: Kpi, first_rows: Mapping[str, int]) -> tuple[Cell, ...]:
    at = first_rows.get(kpi.key)
    link: Cell = (
        Link(f"看 {len(kpi.base)} 行", ROWS_SHEET, f"A{at}") if at else ("本期无" if kpi.is_in_use else NO_DATA)
    )
    return (
        kpi.name,
        _count(kpi.numerator),
        _count(kpi.denominator),
        figure_words(kpi),
        kpi.target or "—",
        previous_words(kpi),
        change_words(kpi),
        Mark(kpi.verdict or "—", verdict_tone(kpi)),
        link,
    )


def _count(number: float | None) -> Cell:
    return None if number is None else int(number)


def _listed(kpis: tuple[Kpi, ...], by_number: Mapping[str, KpiAction]) -> Iterator[tuple[Cell, ...]]:
    for kpi in kpis:
        for line in counted_apart(kpi):
            yield (kpi.name, line.named, "是" if line.is_held else "否", *_facts(by_number.get(line.number)))


def _uncounted(left: LeftToHistory, by_number: Mapping[str, KpiAction]) -> Iterator[tuple[Cell, ...]]:
    """Those that no figure counts, behind all that one does: a reader who counts himself finds every row."""
    for number in left.taken_over:
        yield (f"不计入指标（{left.since} 接管以前）", number, "—", *_facts(by_number.get(number)))


def _facts(action: KpiAction | None) -> tuple[Cell, ...]:
    if action is None:
        return (None,) * 6
    late = words.OVERDUE_WORDS[action.overdue[0]] if action.overdue else ""
    return (_told(action), action.department, action.due_on, action.completed_on, action.status, late)


def _told(action: KpiAction) -> str:
    """What it is about, in two lines of the list; the tracker has it whole."""
    return cut_line(action.description or "", MOST_OF_A_PROBLEM)


def _is_by_department(cut: Cut) -> bool:
    """These have the most rows and go last: where paper ends it has the others whole."""
    return cut.name.endswith("部门")


def _cut_rows(cuts: Iterable[Cut]) -> Iterator[tuple[Cell, ...]]:
    for cut in cuts:
        for row in cut.rows:
            for name, ratio in zip(cut.kpis, row.ratios, strict=True):
                if ratio.base:
                    rest = (line.number for line in counted_apart(ratio) if not line.is_held)
                    numbers = "、".join([*ratio.rows, *rest])
                    figure = share_words(len(ratio.rows), len(ratio.base))
                    yield (cut.name, row.value, name, len(ratio.rows), len(ratio.base), figure, numbers)


def _short_departments(actions: tuple[KpiAction, ...]) -> Mapping[str, str]:
    """The departments by name, in no more than three lines of their columns."""
    names = (name for action in actions for name in (action.owning_department, action.department) if name)
    return told_apart(names, MOST_OF_A_DEPARTMENT)


def _action_row(action: KpiAction, short: Mapping[str, str]) -> tuple[Cell, ...]:
    late = words.OVERDUE_WORDS[action.overdue[0]] if action.overdue else ""
    return (
        action.number,
        _told(action),
        *(action.action_type, action.severity, action.source, action.process),
        *(short.get(name, name) for name in (action.owning_department, action.department)),
        *(action.registered_on, action.approved_on, action.due_on, action.original_due_on, action.completed_on),
        *(action.inspected_on, action.confirmed_on, action.archived_on, action.closed_on),
        *(action.effect, action.status, late, action.days_overdue or None, action.extensions or None),
    )
