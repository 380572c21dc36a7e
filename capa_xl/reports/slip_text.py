"""What `slip` made and what `collect` found, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from capa_xl.model.slip import Collected, ProposedAnswer, Unsettled


def slip_lines(slips: Sequence[tuple[str, Path, int, int]], nothing_waits: Sequence[str]) -> Iterator[str]:
    """One line a slip, then the departments without one, then what comes next.

    Args:
        slips: (department, file, cells to fill, things that wait but can't be filled there).
    """
    for department, path, cells, without_cell in slips:
        rest = f"，另有 {without_cell} 项不能在填报表里完成（表内已列出）" if without_cell else ""
        yield f"{department}：{cells} 格待填{rest}　{path}"
    if nothing_waits:
        yield f"没有等待填写的内容：{'、'.join(nothing_waits)}。"
    if slips:
        yield "下一步：把填报表发给各部门；发回后放进一个文件夹，运行 capa-xl collect 工作簿 文件夹。"


def collect_lines(files: int, found: Collected, *, written: bool, backup: str) -> Iterator[str]:
    """What would be or was written, what a person decides, what wasn't taken, and the counts."""
    yield from _proposals(found.proposals, written=written)
    yield from _unsettled("需要人工决定", found.conflicts)
    yield from _unsettled("没有采用", found.rejected)
    counts = (
        f"{'已写入' if written else '可写入'} {len(found.proposals)} 格，需要人工决定 {len(found.conflicts)} 格，"
        f"没有采用 {len(found.rejected)} 处，与工作簿已一致 {found.settled} 格"
    )
    yield f"看了 {files} 份文件：{counts}。"
    if written:
        yield f"改前的工作簿备份在 {backup}；要撤销请运行 capa-xl undo。"
    elif found.proposals:
        yield "还没有写入：核对以后加 --apply。"


def _proposals(proposals: Sequence[ProposedAnswer], *, written: bool) -> Iterator[str]:
    if proposals:
        yield "已写入：" if written else "将写入："
    for one in proposals:
        before = f"「{one.before}」" if one.before is not None else "（空）"
        yield f"  {one.number} {one.header} {one.cell}：{before} → 「{one.after}」　{one.file}"


def _unsettled(heading: str, unsettled: Sequence[Unsettled]) -> Iterator[str]:
    if unsettled:
        yield f"{heading}："
    for one in unsettled:
        where = " ".join(part for part in (one.file, one.at, one.number, one.header) if part)
        answer = f"「{one.answer}」：" if one.answer else "："
        yield f"  {where}{answer}{one.reason}"
