"""What refresh did, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Protocol

from capa_xl.model.command_line import THIS_WORKBOOK, to_adopt, to_paste
from capa_xl.model.tally import Tally
from capa_xl.reports.change_text import change_text

SHOWN = 40
"""Changed cells listed with --check before the rest is counted."""


class ChangedCell(Protocol):
    """One changed cell."""

    @property
    def sheet(self) -> str: ...  # noqa: D102
    @property
    def at(self) -> str: ...  # noqa: D102
    @property
    def before(self) -> object: ...  # noqa: D102
    @property
    def after(self) -> object: ...  # noqa: D102


class ChangedCells(Protocol):
    """All changed cells."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[ChangedCell]: ...
    @property
    def by_sheet(self) -> Mapping[str, int]: ...  # noqa: D102


def refresh_lines(
    changes: ChangedCells,
    tally: Tally,
    backup: Path | None,
    *,
    adopted: bool,
    check_only: bool,
    without_timeline: Path | None = None,
) -> Iterator[str]:
    """The lines printed by refresh; the last one says what to do next."""
    yield f"共 {tally.total} 项，{tally.open_phrase}。{tally.late_phrase}，一个月内到期 {tally.due_soon} 项。"
    if not adopted:
        adopt = to_adopt(THIS_WORKBOOK, is_adopted=False)
        yield f"表中没有〔自动〕列，没有写入任何内容 → 先补齐：{adopt}"
    elif not changes:
        yield "已是最新，没有需要改的单元格。"
    elif check_only:
        yield from _listed(changes)
        yield f"共 {len(changes)} 格待更新（未写入）。"
    else:
        yield f"已更新{_by_sheet(changes)}；人填的单元格未动。"
        yield f"改前备份：{backup}"
    if without_timeline:
        copy = without_timeline.with_stem(f"{without_timeline.stem}_含时间轴")
        command = to_paste("adopt", without_timeline, "-o", copy)
        yield f"这个工作簿没有《时间轴》（较早的版本建立） → 需要时运行 {command}，原文件不动"


def _by_sheet(changes: ChangedCells) -> str:
    return "、".join(f"《{sheet}》{n} 格" for sheet, n in changes.by_sheet.items())


def _listed(changes: ChangedCells) -> Iterator[str]:
    for change in islice(changes, SHOWN):
        yield f"{change.sheet}!{change.at}：{change_text(change.before, change.after)}"
    if len(changes) > SHOWN:
        yield f"…另有 {len(changes) - SHOWN} 个"
