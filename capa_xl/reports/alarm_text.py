"""The one alarm letter about a table that a scheduled pass won't trust."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct

from capa_xl.model.command_line import to_paste
from capa_xl.model.letter import Duty, JournalKey, Letter
from capa_xl.model.long_days import long_day, with_long_days
from capa_xl.model.milestones import ALARM

MISSING, DISPLACED = "内容缺失", "内容错位"


class Alarm(Struct, frozen=True):
    """What is wrong with which table.

    Attributes:
        workbook: File name.
        kind: Tells one loss from another.
        sentence: What was lost, in Chinese.
        week: ISO week; the same loss is alarmed about once a week.
        state: MISSING or DISPLACED.
    """

    workbook_id: str
    workbook: str
    kind: str
    sentence: str
    week: str
    on: date
    state: str = MISSING


def alarm_letters(alarm: Alarm, people: tuple[tuple[str, str], ...]) -> tuple[Letter, ...]:
    """One letter to each of these (name, address)."""
    return tuple(_letter(alarm, name, address) for name, address in people)


def _letter(alarm: Alarm, name: str, address: str) -> Letter:
    from html import escape  # its table of 2,231 names takes longer to load than a check has, and alarms are rare

    key = JournalKey(alarm.workbook_id, "", ALARM.code, alarm.kind, alarm.week, name)
    mark = hashlib.sha256("\x1f".join((*_parts(key), alarm.on.isoformat())).encode()).hexdigest()[:32]
    commands = _commands(alarm)
    lines = _lines(alarm, *commands)
    duty = Duty(key, address, False, alarm.on, None, False, False, False, alarm.sentence, 0)
    return Letter(
        recipient=name,
        address=address,
        subject=f"【告警】{' '.join(alarm.workbook.split())} {alarm.state}，今日未发提醒",
        message_id=f"<{mark}@capa-xl.example>",
        duties=(duty,),
        informed_also=(),
        text="\n".join(lines) + "\n",
        html=_html(lines, commands, escape),
    )


def _parts(key: JournalKey) -> tuple[str, ...]:
    return key.workbook_id, key.milestone, key.due_version, key.occurrence, key.recipient


def _commands(alarm: Alarm) -> tuple[str, str]:
    """What to paste where the loss was meant: it is told by hand; or where the rows were moved away."""
    refresh = to_paste("refresh", alarm.workbook)
    return refresh, to_paste("year-end", alarm.workbook, "--moved", "归档.xlsx", "--apply")


def _lines(alarm: Alarm, refresh: str, moved: str) -> tuple[str, ...]:
    """The one thing to do first; then what was lost, and the ways out."""
    sentence = with_long_days(alarm.sentence).rstrip("。")
    first = f"请核对「{alarm.workbook}」：与上次运行相比{alarm.state}，今天没有发出任何提醒。"
    stopped = f"{long_day(alarm.on)}：{sentence}。为避免误发，今天也没有回写；在处理好之前，定时任务每天都会这样停下。"
    meant = f"确属有意的：请人工运行一次 {refresh}，下次定时运行即恢复提醒。"
    if alarm.state == DISPLACED:
        return first, stopped, meant
    return (
        first,
        stopped,
        "是否误删了列或行、保存了旧版本？可从 .capa_xl/backups 或 Excel 的历史版本恢复。",
        f"已移到归档工作簿的：请运行 {moved}，下次定时运行即恢复提醒。",
        meant.replace("有意", "有意删除"),
    )


def _html(lines: Sequence[str], commands: Iterable[str], escape: Callable[[str], str]) -> str:
    """The letter as a card; neither a command nor a number breaks in it."""
    from capa_xl.reports.letter_frame import card, page
    from capa_xl.reports.whole_tokens import with_tokens_unwrapped  # its patterns are a twentieth of a check

    blocks = [_with_whole_words(line, commands, escape) for line in lines[1:]]
    return with_tokens_unwrapped(page("告警", card(escape(lines[0]), blocks)))


def _with_whole_words(line: str, commands: Iterable[str], escape: Callable[[str], str]) -> str:
    """The line as HTML; no word of a command to paste is broken, not even behind its hyphens."""
    said = escape(line)
    for command in commands:
        whole = " ".join(f'<span style="white-space:nowrap;">{escape(word)}</span>' for word in command.split(" "))
        said = said.replace(escape(command), whole)
    return said
