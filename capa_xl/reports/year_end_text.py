"""The end of a year as lines: what goes, what stays, what is carried over, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.cut_text import cut_line
from capa_xl.model.ended_year import TRACKER, YearEnd
from capa_xl.model.schema import SHEETS

_NAMES = {spec.key: spec.name for spec in SHEETS}


def year_end_lines(year: YearEnd, cells: int, archive: str, unnamed: str, backup: str) -> Iterator[str]:
    """Counts, then the open actions that are carried over, then what people decide, then the next step.

    Args:
        cells: How many cells are emptied.
        archive: Name of the archive.
        unnamed: The same where 参数 can't name it; else "".
        backup: The workbook as it was, where it was written; else "".
    """
    if not year.going:
        yield f"没有在 {year.before} 以前结束的措施，不需要归档。"
        yield from _carried(year)
        yield from _left(year)
        return
    counted = "、".join(f"{status} {count}" for status, count in Counter(one.status for one in year.going).items())
    yield f"归档 {len(year.going)} 项（{year.before} 以前结束：{counted}）{_children(year)}，共 {cells} 格。"
    aside = f"，待更正 {year.set_aside} 行（读不出来，不归档）" if year.set_aside else ""
    yield f"留下在办 {year.open} 项，{year.before} 及以后结束的 {year.later} 项{aside}。"
    yield from _carried(year)
    yield from _left(year)
    if unnamed:
        yield f"没有《参数》，归档「{unnamed}」不会计入以往的指标 → 先补一张《参数》（列 参数、值、说明）再归档。"
    if backup:
        yield f"整本已归档为「{archive}」，以上各行已从本工作簿清空；空行已隐藏，不再显示和打印。"
        yield from _afterwards(backup, _ALL if unnamed else _FINDINGS)
    else:
        yield f"尚未写入；核对以后加 --apply，整本先存为「{archive}」，清空的行随即隐藏。"


def _children(year: YearEnd) -> str:
    parts = [f"《{_NAMES[key]}》{len(rows)} 行" for key, rows in year.rows.items() if key != TRACKER]
    return f"，连同{'、'.join(parts)}" if parts else ""


def _carried(year: YearEnd) -> Iterator[str]:
    if year.carried:
        yield f"上年结转 {len(year.carried)} 项，列入新一年的计划："
    for action in year.carried:
        due = f"期限 {action.due_on}" if action.due_on else "没有期限"
        department = action.responsible_department or "（未填部门）"
        about = cut_line(action.description or "", 21)
        yield f"  {action.number} {department} {due}　{about}"
    for text, numbers in year.to_write.items():
        yield f"  计划编号 写成「{text}」：{'、'.join(numbers)}"
    if year.to_write:
        yield "  原来的计划编号不删，那份计划批准过的仍算；改成别的，批准和那份计划的清单就变了。"


def _left(year: YearEnd) -> Iterator[str]:
    if year.left:
        yield "需要人工决定："
    for one in year.left:
        yield f"  {one.number}：{one.reason}"


def moved_rows_lines(
    there: tuple[str, ...], missing: tuple[str, ...], archive: str, backup: str, staying: Mapping[str, int] = {}
) -> Iterator[str]:
    """Which rows are found in the archive and which nowhere, which of them other sheets still speak of, what to do."""
    yield f"缺少的编号中，{len(there)} 个在「{archive}」里：{'、'.join(there)}。"
    if missing:
        yield f"另有 {len(missing)} 个在本工作簿和读得到的归档里都没有，请从备份恢复：{'、'.join(missing)}。"
    if staying:
        rows = "、".join(f"《{_NAMES[key]}》{count} 行" for key, count in staying.items())
        yield f"这些编号还有{rows}留在本工作簿，不再起作用，check 会逐行警告 → 也移到「{archive}」同名的工作表。"
    if backup:
        yield f"《参数》“上年工作簿”已记下「{archive}」，引用、复发和以往的指标照旧。"
        yield from _afterwards(backup, _ALL)
    else:
        yield "尚未写入；核对以后加 --apply。"


_FINDINGS = "校验结果和总览的“数据错误”"
"""The other figures of 总览 are those of before: what goes has ended, and the archive that 参数 names is counted."""
_ALL = "总览和校验结果"


def _afterwards(backup: str, old: str) -> Iterator[str]:
    """How to take it back, and what brings the sheets of capa-xl up to date: `old` are of before the write."""
    yield f"改前备份：{backup}；撤销：{to_paste('undo', THIS_WORKBOOK)}"
    yield f"{old}还没有更新。下一步：{to_paste('refresh', THIS_WORKBOOK)}"
