"""What group says on the console, and its summary as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from capa_xl.model.command_line import to_paste
from capa_xl.model.group_figures import GroupFigures
from capa_xl.model.list_titles import GROUP_SUMMARY
from capa_xl.reports.daily_text import WORDS
from capa_xl.reports.sheets import Book
from capa_xl.reports.table_cells import ColumnHead, Mark

_MOST_ASKING = 10
_MOST_WRONG = 3
_NOT_SERVED_BY_NATURE = ("not_a_tracker", "copy", "archive")
"""Outcomes that stand first, far from the sums: mostly nobody has to do anything about them."""
_MISSING = "missing"
"""The outcome of a place where no workbook lies."""
_MORE_THAN_ONE_LINE = 120
"""Characters of what is said of a workbook that is none of ours, before its first fault is enough."""
_TONES = {"served": "good", "postponed": "soon", "not_a_tracker": "silent", "copy": "soon", "archive": "silent"}
_COLUMNS = (
    ColumnHead("工作簿", 56, "quote"),
    ColumnHead("结果", 12, "mark"),
    ColumnHead("在办", 9, "count"),
    ColumnHead("实施逾期", 9, "count"),
    ColumnHead("环节超时", 9, "count"),
    ColumnHead("错误", 9, "count"),
    ColumnHead("提醒", 9, "count"),
    ColumnHead("说明", 60, "wrap"),
)


class GroupLine(Struct, frozen=True):
    """One workbook of a group, as lists show it; figures are None where it was not judged.

    Attributes:
        held_back: Letters that wait for the next run.
        asks: What somebody should do about a workbook although it was served.
        exit_code: 0 where nothing is wrong with it.
    """

    workbook: str
    outcome: str
    words: str
    open: int | None
    overdue: int | None
    waiting: int | None
    errors: int | None
    sent: int
    asks: tuple[str, ...] = ()
    held_back: int = 0
    exit_code: int = 0


def group_lines(
    lines: Sequence[GroupLine],
    counts: Mapping[str, int],
    left: int,
    letters: int | None,
    held_back: int = 0,
    *,
    only_wrong: bool = False,
) -> Iterator[str]:
    """One line for every workbook that was not simply served, some of those that ask for something, and the sums.

    Args:
        letters: A letter of several workbooks is one; None for a run that only looks.
        only_wrong: --quiet: none of a workbook that nothing is wrong with, nor of what is none and was not named.
    """
    told = [line for line in lines if line.exit_code or not only_wrong]
    for line in sorted(told, key=lambda line: line.outcome in _NOT_SERVED_BY_NATURE, reverse=True):
        if line.outcome != "served":
            yield f"{line.workbook}：{WORDS[line.outcome]}。{_briefly(line)}"
    asking = [line for line in told if line.outcome == "served" and line.asks]
    for line in asking[:_MOST_ASKING]:
        yield f"{line.workbook}：{'；'.join(line.asks)}"
    if len(asking) > _MOST_ASKING:
        yield f"另有 {len(asking) - _MOST_ASKING} 个工作簿也有要处理的事，见 --summary 的说明"
    yield _sums(lines, counts, _figures(lines, letters))
    yield from _waiting(told, held_back)
    yield from _most_errors(lines)
    if left:
        yield f"已按要求停止：还有 {left} 个没有处理完 → 再运行一次，从停下的地方继续。"


def _sums(lines: Sequence[GroupLine], counts: Mapping[str, int], figures: str) -> str:
    """How many workbooks there are, what became of them and what they hold; a place without one is none."""
    nowhere = counts.get(_MISSING, 0)
    workbooks = len(lines) - nowhere
    if nowhere and not workbooks:
        return f"没有找到工作簿：所给的 {nowhere} 处都没有。"
    sums = "、".join(f"{WORDS[outcome]} {count}" for outcome, count in counts.items() if outcome != _MISSING)
    others = f"；另有 {nowhere} 处没有找到工作簿" if nowhere else ""
    return f"共 {workbooks} 个工作簿：{sums or '无'}；{figures}{others}。"


def _figures(lines: Sequence[GroupLine], letters: int | None) -> str:
    sent = "" if letters is None else f"，提醒 {letters} 封"
    late = f"实施逾期 {_sum(lines, 'overdue')} 项，环节超时 {_sum(lines, 'waiting')} 项"
    return f"{late}，错误 {_sum(lines, 'errors')} 个{sent}"


def _most_errors(lines: Sequence[GroupLine]) -> Iterator[str]:
    """The workbooks with the most errors, and how to see those of the first."""
    found = sorted((line for line in lines if line.errors), key=lambda line: -(line.errors or 0))
    if found:
        named = "、".join(f"{line.workbook} {line.errors} 个" for line in found[:_MOST_WRONG])
        more = f" 等 {len(found)} 个工作簿" if len(found) > _MOST_WRONG else ""
        yield f"错误最多的：{named}{more} → 请运行 {to_paste('check', found[0].workbook)}"


def _briefly(line: GroupLine) -> str:
    """What is said of it; of a table of other people's that has many faults the first, and where the rest stands."""
    first, more, _ = line.words.partition("；《")
    if line.outcome != "not_a_tracker" or not more or len(line.words) <= _MORE_THAN_ONE_LINE:
        return line.words
    return f"{first}（全部原因：{to_paste('check', line.workbook)}）"


def _waiting(lines: Sequence[GroupLine], held_back: int) -> Iterator[str]:
    """Whose letters wait for the next run."""
    waiting = [line for line in lines if line.held_back]
    yield from (f"{line.workbook}：留待下次 {line.held_back} 封" for line in waiting[:_MOST_ASKING])
    if len(waiting) > _MOST_ASKING:
        yield f"另有 {len(waiting) - _MOST_ASKING} 个工作簿也有信留待下次，见 --summary 的说明"
    if held_back:
        yield f"留待下次共 {held_back} 封，没有发出；合并的一封计入它说到的每一本。"


def group_pack_lines(figures: GroupFigures, folder: Path, files: Sequence[str]) -> Iterator[str]:
    """What was left out and why, what was made, and what to open first."""
    for one in figures.left_out:
        yield f"{one.workbook}：没有计入（{WORDS[one.outcome]}）。{one.reason}"
    own = sorted({file.split("/")[1] for file in files if file.count("/") > 1})
    yield from (f"  {file}" for file in files if "/" not in file)
    if own:
        yield f"  各公司自己的资料包 {len(own)} 份"
    out = f"，{len(figures.left_out)} 个没有计入" if figures.left_out else ""
    yield f"集团资料包 {figures.period.name}：计入 {len(figures.companies)} 个工作簿{out}，在 {folder}。"
    yield f"先看 {folder / files[0]}；核对是否被改动：{to_paste('archive', folder)}"


def group_workbook(lines: Sequence[GroupLine], on: date) -> bytes:
    """The summary: one row a workbook; the same figures on the same day give the same bytes."""
    book = Book(GROUP_SUMMARY, on)
    workbooks = sum(line.outcome != _MISSING for line in lines)
    about = (
        f"截至 {on}，共 {workbooks} 个工作簿。空白为没有判断。提醒为说到该工作簿的信，一封合并的信计入它说到的每一本。"
    )
    sheet = book.sheet("汇总", GROUP_SUMMARY, about)
    rows = tuple(
        (
            line.workbook,
            Mark(WORDS[line.outcome], _TONES.get(line.outcome, "bad")),
            line.open,
            line.overdue,
            line.waiting,
            line.errors,
            line.sent,
            line.words,
        )
        for line in lines
    )
    book.table(sheet, _COLUMNS, rows)
    return book.close()


def _sum(lines: Sequence[GroupLine], name: str) -> int:
    return sum(getattr(line, name) or 0 for line in lines)
