"""daily: one idempotent pass over workbooks: check → refresh → remind → journal → 提醒台账.

Data and journal decide what is due. A workbook somebody has open is still read and reminded from; its write-back waits
for the next pass. One that can't be served doesn't stop the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from logging import Logger
from pathlib import Path
from typing import Any

from capa_xl.app.shared.alarm import raise_alarm
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import open_workbook
from capa_xl.app.shared.sole_run import sole_run
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.remind import Reminded, RemindOptions, remind_alone
from capa_xl.effects.durable import reason
from capa_xl.effects.log import FILE_NAME, open_log
from capa_xl.effects.neighbours import conflict_sentence
from capa_xl.effects.world import World
from capa_xl.errors import CapaError, MailFailed, UnreadableWorkbook, UnsafeWrite, WorkbookChanged, WorkbookLocked
from capa_xl.model.journal import OUTBOX

SERVED, POSTPONED, ALARMED, BROKEN = "served", "postponed", "alarm", "failed"
BUG = 1
"""The exit code of a fault of our own: what Python gives for an exception that nobody caught."""


@dataclass(frozen=True, slots=True)
class Served:
    """What a pass did for one workbook.

    Attributes:
        outcome: SERVED; POSTPONED: reminded, but the write-back (or, beside another run, all) waits for the next pass;
            ALARMED: the table lost columns or rows, so no letters but one alarm; BROKEN.
        exit_code: 0 for served and postponed.
        words: One Chinese sentence.
        errors: Problems of severity error; None where it was not judged.
        written: Cells written back.
        transport: outbox or smtp.
    """

    workbook: Path
    outcome: str
    exit_code: int
    words: str
    errors: int | None = None
    written: int = 0
    sent: int = 0
    transport: str = ""

    def as_json(self) -> dict[str, Any]:
        """One entry of the document of `--json`."""
        return {
            "workbook": str(self.workbook),
            "outcome": self.outcome,
            "exit_code": self.exit_code,
            "message": self.words,
            "errors": self.errors,
            "written": self.written,
            "sent": self.sent,
            "transport": self.transport,
        }


def daily(workbooks: Iterable[Path], world: World, desk_of: Callable[[Path], Desk]) -> tuple[Served, ...]:
    """Serve workbooks one by one; once the world says stop, the rest is left for the next pass.

    Args:
        desk_of: The desk of a workbook; faulty settings fail that workbook alone.
    """
    served: list[Served] = []
    for path in workbooks:
        if not world.go_on():
            break
        served.append(_serve(path, desk_of))
    return tuple(served)


def exit_code(served: Iterable[Served]) -> int:
    """0 when every workbook was served or postponed, else the code of the first that failed."""
    return next((one.exit_code for one in served if one.exit_code), 0)


def is_without_mail(served: Iterable[Served]) -> bool:
    """True when letters were only filed: `daily` says so in its last line."""
    return any(one.transport == OUTBOX for one in served)


def _serve(path: Path, desk_of: Callable[[Path], Desk]) -> Served:
    if not path.is_file():
        return Served(path, BROKEN, UnreadableWorkbook.exit_code, f"找不到文件「{path}」→ 请核对路径和文件名")
    try:
        desk = desk_of(path)
        with open_log(desk.state, path, desk.world.now) as log:
            served = _survived(desk, log)
            _note(log, served)
            return served
    except CapaError as trouble:
        return Served(path, BROKEN, trouble.exit_code, str(trouble))
    except OSError as trouble:
        words = f"「{path}」不能处理：{reason(trouble)} → 请检查文件夹权限和磁盘"
        return Served(path, BROKEN, UnreadableWorkbook.exit_code, words)


def _survived(desk: Desk, log: Logger) -> Served:
    """What became of a workbook, even when our own program failed at it."""
    try:
        return _spoken(desk)
    except (CapaError, OSError):
        raise
    except Exception:  # the edge of one workbook: a bug met in it must not keep the others waiting
        log.exception("%s：程序出错", desk.workbook.name)
        return Served(
            desk.workbook, BROKEN, BUG, f"程序出错，经过已记入 {FILE_NAME}，请交给维护人员；其余工作簿照常处理"
        )


def _note(log: Logger, served: Served) -> None:
    level = log.error if served.exit_code else log.info
    level("%s：%s。%s", served.workbook.name, served.outcome, served.words)


def _spoken(desk: Desk) -> Served:
    try:
        with sole_run(desk) as said:
            served = _walk(desk)
            also = (*said, conflict_sentence(desk.workbook))
            return replace(served, words="；".join((served.words, *(words for words in also if words))))
    except WorkbookLocked as locked:
        return Served(desk.workbook, POSTPONED, 0, str(locked))
    except CapaError as trouble:
        return Served(desk.workbook, BROKEN, trouble.exit_code, str(trouble))


def _walk(desk: Desk) -> Served:
    path = desk.workbook
    alarm = raise_alarm(open_workbook(desk))
    if alarm is not None:
        words = f"{alarm.sentence}；今天不发提醒、不回写，告警质量部 {alarm.sent} 封"
        return Served(path, ALARMED, UnreadableWorkbook.exit_code, words, sent=alarm.sent, transport=alarm.transport)
    written = _write_back(desk)
    reminded = remind_alone(desk, RemindOptions(send=True))
    if written.outcome == SERVED and reminded.delivery.fates and not reminded.rehearsal:
        written = _mirrored(written, desk)
    return _with_letters(written, reminded)


def _write_back(desk: Desk) -> Served:
    """What became of the write-back; whatever it is, the letters go."""
    path = desk.workbook
    try:
        done = refresh(desk)
    except (WorkbookLocked, WorkbookChanged) as locked:
        return Served(path, POSTPONED, 0, f"回写推迟到下次：{locked}")
    except UnsafeWrite as refused:
        return Served(path, BROKEN, refused.exit_code, f"没有回写：{refused}")
    return _written(path, len(done.changes))


def _mirrored(written: Served, desk: Desk) -> Served:
    """The same with the letters of this pass in 提醒台账, so that a second one has nothing to do; it may also wait."""
    try:
        done = refresh(desk.with_settings(wait_minutes=0.0))
    except CapaError:
        return written
    return _written(desk.workbook, written.written + len(done.changes))


def _written(path: Path, cells: int) -> Served:
    return Served(path, SERVED, 0, f"回写 {cells} 个单元格", written=cells)


def _with_letters(written: Served, reminded: Reminded) -> Served:
    delivery = reminded.delivery
    served = replace(
        written,
        errors=reminded.judged.checked.counts["error"],
        sent=delivery.sent,
        transport=reminded.transport,
        words="；".join((written.words, f"提醒 {delivery.sent} 封", *reminded.warnings)),
    )
    if delivery.is_clean:
        return served
    trouble = delivery.stopped or next(outcome.error for _, outcome in delivery.fates if outcome.error)
    code = written.exit_code or MailFailed.exit_code
    return replace(served, outcome=BROKEN, exit_code=code, words=f"{served.words}；{trouble}")
