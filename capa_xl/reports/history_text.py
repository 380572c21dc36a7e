"""What changed from run to run, and whether the record of it is whole, as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from capa_xl.model.chain import ChainCheck
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.cut_text import EMPTY, cut_line
from capa_xl.model.history import TO_ANSWER, ChangeKind, HistoryLine
from capa_xl.model.snapshot import PastRun
from capa_xl.model.span_text import span_text
from capa_xl.model.todo import AskedNumber

_LONGEST = 40
_OTHER_SHEETS = "延期记录、更正记录、措施分解、参数等别的工作表里改过什么不在这里，请与 .capa_xl/backups 里的备份比较。"
CANNOT_SHOW = (
    "看不出的：有人把整个台账连同已印出的报告、资料包清单一起重做。"
    "请把台账文件夹放在只有质量部能写的位置，并把资料包存到别处。"
)


def history_text(
    changes: Sequence[HistoryLine],
    runs: Sequence[PastRun],
    whose: str,
    *,
    is_known: bool = True,
    instead: AskedNumber | None = None,
    unread: str = "",
    is_behind: bool = False,
    is_beside: bool = False,
) -> Iterator[str]:
    """The changes day by day, oldest first, then how many want an explanation; and why there are none.

    Args:
        whose: Whose history it is, as a word to be quoted; "" for all.
        is_known: False when nobody and nothing of that name is in the workbook or was in it.
        instead: What such a number is, or was meant for.
        unread: That something of it may be in an archive that can't be read, and what to do; "" where nothing may.
        is_behind: Rows changed since the last run; the last line says how that is seen.
        is_beside: The workbook was saved since, and none did.
    """
    if whose and not is_known:
        if instead or not unread:
            yield _unknown(whose, instead)
        if unread:
            yield unread
        return
    if not runs and not changes:
        yield "还没有运行记录：每次 refresh 或 daily 会记下各行的内容，两次之间的变化才会列在这里。"
        return
    for seen_on, of_day in groupby(changes, key=lambda change: change.seen_on):
        yield f"{seen_on}："
        for change in of_day:
            yield f"  {_line(change)}"
    quoted = f"「{whose}」" if whose else ""
    if not runs:
        yield f"{quoted}共 {len(changes)} 条。各格的变化从第一次 refresh 或 daily 起才记录。"
        return
    since = f"{span_text(runs[0].ran_at[:10], runs[-1].ran_at[:10])} {_ran(runs)}"
    found = f"共 {len(changes)} 处变化" if changes else "没有看到变化"
    yield f"{since}，跟踪表的{quoted or '各行'}{found}。{_OTHER_SHEETS}"
    if to_answer := Counter(change.kind for change in changes if change.kind in TO_ANSWER):
        yield f"其中需要说明：{'，'.join(f'{kind.value} {count} 处' for kind, count in to_answer.items())}。"
    if unread:
        yield unread
    if is_behind:
        yield f"最近一次运行以后，工作簿又改过，那些变化还不在上面 → 先运行 {to_paste('refresh', THIS_WORKBOOK)}"
    if is_beside:
        yield "最近一次运行以后，工作簿又存过，跟踪表各行没有变：改的是别的工作表"


def _ran(runs: Sequence[PastRun]) -> str:
    """On how many days; a daily that sends letters writes twice, and the journal has both."""
    days = len({run.ran_at[:10] for run in runs})
    twice = "（发信的 daily 记两次）" if len(runs) > days else ""
    return f"有 {days} 天运行过，记账 {len(runs)} 次{twice}"


def chain_text(check: ChainCheck) -> Iterator[str]:
    """What the walk along the hash chain found, how far it reaches, and what it can't show."""
    if not check.links:
        yield "还没有可以核对的记录：从下一次 refresh、daily 或 pack 起，每次记账都会串成链。"
        return
    yield from check.faults
    if check.faults:
        yield f"台账核对没有通过：{len(check.faults)} 处与记账时不同，最早的是第一行。请保留现在的文件，与备份比较。"
    else:
        yield f"台账核对通过：{span_text(check.since, check.until)} 共 {check.links} 条记录，逐条相接，与现存内容一致。"
    yield f"末条校验码 {check.head[:16]}。{CANNOT_SHOW}"


def _unknown(whose: str, instead: AskedNumber | None) -> str:
    if instead is not None and instead.number == whose:
        return f"「{whose}」是{instead.what}，这里只列措施的变化 → 请写措施的编号"
    near = f"（是不是 {instead.number}？）" if instead is not None else ""
    return f"「{whose}」在工作簿和以前的变化里都没有 → 请核对写法{near}"


def _line(change: HistoryLine) -> str:
    kind = "" if change.kind is ChangeKind.EDITED else f"〔{change.kind.value}〕"
    if not change.field and not change.after:
        return f"{change.number} {kind}".strip()
    field = f" {change.field}" if change.field else ""
    return f"{change.number or '整个工作簿'}{field}：{_shown(change.before)} → {_shown(change.after)}{kind}"


def _shown(text: str) -> str:
    short = cut_line(text, _LONGEST + 1)
    return f"「{short}」" if short else EMPTY
