"""new: the blank workbook, or the sample, written where nothing lies yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from capa_xl.effects.files import write_new
from capa_xl.errors import UsageError
from capa_xl.model.levels import WHOLE, Level
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.content import blank_content


class NewWorkbook(Struct, frozen=True):
    """What was made."""

    path: Path
    sample: bool


def new_workbook(
    path: Path, *, sample: bool, as_of: date, workbook_id: str, level: Level = WHOLE, company: str = ""
) -> NewWorkbook:
    """Write a new workbook; what lies there already is never replaced.

    Args:
        sample: Filled with the sample department's actions, dates relative to `as_of`, instead of blank.
        level: How much of it is made; the sample is whole.
        workbook_id: 工作簿标识 of a blank workbook; the sample has its own, fixed one.
        company: 公司名称 of a blank workbook, in 参数 and above every printed page; the sample has its own.

    Raises:
        UsageError: Something lies there, or the name doesn't end in .xlsx.
        UnsafeWrite: The folder is missing or can't be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"「{path.name}」的扩展名不是 .xlsx → 请写成 {path.stem or '改进计划跟踪表'}.xlsx")
    if path.exists() or path.is_symlink():
        raise UsageError(f"「{path}」已经存在，没有改动它 → 请换一个文件名，或先把它移走")
    if sample and not level.is_whole:
        raise UsageError("样例是完整的工作簿，不分级别 → 去掉 --level，或去掉 --sample")
    if sample and company:
        raise UsageError("样例有自己的公司名称 → 去掉 --company，或去掉 --sample")
    content = blank_content(workbook_id, level, company)
    write_new(path, _sample(as_of) if sample else build_workbook(content, as_of=as_of, level=level))
    return NewWorkbook(path, sample)


def _sample(as_of: date) -> bytes:
    """The sample; imported late, for reader and policy take longer to load than a blank workbook takes to make."""
    from capa_xl.app.shared.sample_workbook import sample_workbook

    return sample_workbook(as_of)
