"""What `slip` made and what `collect` found, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.problem import Problem
from capa_xl.model.register import AutoValue, auto_text
from capa_xl.model.slip import Collected, ProposedAnswer, Unsettled
from capa_xl.reports.change_text import change_text, shortened
from capa_xl.reports.problems_text import problem_line

MOST_PROBLEMS = 10


def slip_lines(slips: Sequence[tuple[str, Path, int, int, bool]], nothing_waits: Sequence[str]) -> Iterator[str]:
    """One line a slip, then the departments without one, then what comes next.

    Args:
        slips: (department, file, cells to fill, things that wait but can't be filled there, left alone).
    """
    for department, path, cells, without_cell, is_kept in slips:
        if is_kept:
            yield f"{department}：没有生成，「{path}」里已有填写的内容 → 请先用 collect 收回，或用 -o 换一个文件夹"
            continue
        rest = f"，另有 {without_cell} 项不能在填报表里完成（表内已列出）" if without_cell else ""
        yield f"{department}：{cells} 格待填{rest}　{path}"
    if nothing_waits:
        yield f"没有等待填写的内容：{'、'.join(nothing_waits)}。"
    if any(not is_kept for *_, is_kept in slips):
        again = to_paste("collect", THIS_WORKBOOK, "文件夹")
        yield f"下一步：把填报表发给各部门；发回后放进一个文件夹，运行 {again}"


def collect_lines(
    files: int,
    found: Collected,
    problems: Sequence[Problem],
    *,
    written: bool,
    backup: str,
    undone: Sequence[str] = (),
) -> Iterator[str]:
    """What would be or was written, what `check` will say of it, what a person decides, what wasn't taken, the counts.

    Args:
        problems: What `check` finds wrong with the workbook once it is written, and didn't before.
        undone: Of answers dated too early to count what they are to be instead, a sentence each.
    """
    yield from _proposals(found.proposals, written=written)
    yield from _problems(problems)
    yield from (f"不算数：{sentence}" for sentence in undone)
    yield from _unsettled("需要人工决定", found.conflicts)
    yield from _unsettled("没有采用", found.rejected)
    beside = sum(len(one.begins) for one in found.proposals)
    whole = f"（连同新行里的其余 {beside} 格，共 {len(found.proposals) + beside} 格）" if beside else ""
    counts = (
        f"{'已写入' if written else '可写入'} {len(found.proposals)} 格{whole}，"
        f"需要人工决定 {len(found.conflicts)} 格，没有采用 {len(found.rejected)} 处，与工作簿已一致 {found.settled} 格"
    )
    yield f"读取了 {files} 份文件：{counts}。"
    if written:
        yield f"改前备份：{backup}；撤销：{to_paste('undo', THIS_WORKBOOK)}"
    elif found.proposals:
        yield "尚未写入；核对以后加 --apply。"
    elif files and not (found.conflicts or found.rejected or found.settled):
        yield "这些文件里还什么都没有填 → 请填在“请在这里填写”一栏，保存以后再收。"


def _proposals(proposals: Sequence[ProposedAnswer], *, written: bool) -> Iterator[str]:
    if proposals:
        yield "已写入：" if written else "将写入："
    for one in proposals:
        before, after = one.read_as or (auto_text(one.before), auto_text(one.after))
        held = f"（单元格里是 {auto_text(one.after)}）" if one.read_as else ""
        change = change_text(before, after, is_cut=True) + held
        yield f"  {one.number} {one.header} {one.sheet}!{one.cell}：{change}　{one.file}"
        if one.begins:
            rest = "，".join(f"{heading} {_cut(value)}" for _, heading, value in one.begins)
            yield f"    《{one.sheet}》新的一行：{rest}"


def _cut(value: AutoValue) -> str:
    return shortened(auto_text(value))


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        yield "写入以后 check 会多出这些问题（请先核对，改正填报表或在工作簿里改）："
    for problem in problems[:MOST_PROBLEMS]:
        yield f"  {problem.number} {problem_line(problem)}"
    if len(problems) > MOST_PROBLEMS:
        yield f"  另有 {len(problems) - MOST_PROBLEMS} 处"


def _unsettled(heading: str, unsettled: Sequence[Unsettled]) -> Iterator[str]:
    if unsettled:
        yield f"{heading}："
    for one in unsettled:
        where = " ".join(part for part in (one.file, one.at, one.number, one.header) if part)
        answer, said = f"「{one.answer}」" if one.answer else "", f"{one.header}「{one.answer}」"
        fault = one.reason.removeprefix(said) if one.answer and one.header else one.reason
        yield f"  {where}{answer}{fault if fault != one.reason else f'：{fault}'}"
