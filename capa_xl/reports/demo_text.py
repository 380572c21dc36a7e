"""The friendly summary at the end of the demo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from capa_xl.model.action import Action
from capa_xl.model.command_line import to_paste
from capa_xl.model.cut_text import cut_text
from capa_xl.model.derived import Derived
from capa_xl.model.tally import Tally

WORST = 3
_LONGEST = 40


def demo_lines(
    tally: Tally, derived: Sequence[Derived], actions: Mapping[str, Action], counts: Mapping[str, int], letters: int
) -> Iterator[str]:
    """Counts and the three worst items; where the files are is said by `place_lines`."""
    aside = f"（另有 {tally.to_correct} 行待更正，未计入）" if tally.to_correct else ""
    yield f"样例共 {tally.total} 项措施{aside}，{tally.headline}。"
    yield f"校验：{counts['error']} 个错误、{counts['warning']} 个警告、{counts['info']} 个提示（样例里特意放了错误）。"
    yield f"提醒：{letters} 封，存在发件箱（没有配置邮件服务器，没有发出）。"
    yield ""
    yield "最需要处理的三项："
    for one in sorted((d for d in derived if d.is_late), key=_badness)[:WORST]:
        yield f"  {one.number}  {one.status}  {one.overdue_phrase}  待办责任人：{one.next_actor or '—'}"
        yield f"    {cut_text(actions[one.number].description or '', _LONGEST)}"
    yield ""


def place_lines(workbook: Path, backup: Path | None, outbox: Path, pack: Path, is_new: bool) -> Iterator[str]:
    """Where everything lies, and what to do next."""
    yield f"工作簿：{workbook}" + ("" if is_new else "（沿用上次演示的文件）")
    if backup:
        yield f"改前备份：{backup}"
    yield f"发件箱：{outbox}"
    yield f"评审资料包：{pack}"
    yield f"下一步：用 Excel 或 WPS 打开工作簿，改几格，保存并关闭，再运行 {to_paste('refresh', workbook)}"


def _badness(derived: Derived) -> tuple[bool, int]:
    return derived.overdue[0] != "Y1", -derived.days_overdue
