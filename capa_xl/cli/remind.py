"""capa-xl remind: the letters due."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import DAY, Run, common_options, desk_of, workbook_argument
from capa_xl.cli.output import answer, say
from capa_xl.cli.run_log import note_account
from capa_xl.cli.world import stopping_on_signals
from capa_xl.model.command_line import with_the_path
from capa_xl.model.months import months_before

if TYPE_CHECKING:
    from capa_xl.app.shared.due_letters import Reminded
    from capa_xl.reports.remind_text import RemindWords

_MOST_MONTHS = 36
"""How far ahead a forecast goes: every day of it is a whole plan."""


@click.command(cls=ChineseCommand)
@workbook_argument
@click.option("--send", is_flag=True, help="发送（没有配置邮件时存入 .capa_xl/outbox）；不加只列出，什么也不写。")
@click.option("--until", type=DAY, metavar="日期", help="推算到这一天（最多三年以后）：谁会在哪天收到什么。")
@click.option("--max-send", type=click.IntRange(1), metavar="N", help="这次最多发 N 封，其余下次再发。")
@click.option("--resend-unknown", is_flag=True, help="结果不明的也重发（先问本人是否已收到）。")
@click.option("--received", multiple=True, metavar="姓名", help="这个人说结果不明的收到了：记为已发送（可重复）。")
@common_options
def command(
    workbook: Path,
    send: bool,
    until: date | None,
    max_send: int | None,
    resend_unknown: bool,
    received: tuple[str, ...],
    run: Run,
) -> int:
    """列出今天应发的提醒：每人一封，已发过的不再发。--as-of 可预演任意一天。"""
    from capa_xl.app.shared.due_letters import RemindOptions
    from capa_xl.app.use_cases.remind import remind
    from capa_xl.cli.documents.letter_documents import remind_document
    from capa_xl.errors import SettingsError
    from capa_xl.reports.daily_text import stopped_line
    from capa_xl.reports.remind_text import remind_account, remind_lines

    if received:
        return _received(workbook, received, others=send or until is not None or resend_unknown, run=run)
    if until is not None:
        return _forecast(workbook, until, send, run)
    with stopping_on_signals() as stop:
        done = remind(desk_of(workbook, run, stop), RemindOptions(send, max_send, resend_unknown))
    say(run, done.judged.notes)
    words = _words(done, send)
    say(run, (with_the_path(line, workbook) for line in remind_lines(words)))
    is_cut = bool(done.delivery.left) and not stop.go_on()
    say(run, (stopped_line(0, done.delivery.left),) if is_cut else ())
    note_account(with_the_path(remind_account(words), workbook))
    answer(run, lambda: remind_document(done))
    if is_cut:
        return 130
    if not done.is_clean:
        return done.delivery.exit_code
    if done.is_chat_barred:
        return SettingsError.exit_code
    return 0


def _received(workbook: Path, names: tuple[str, ...], *, others: bool, run: Run) -> int:
    from capa_xl.app.use_cases.remind import note_received
    from capa_xl.cli.documents.letter_documents import received_document

    if others:
        raise click.UsageError("--received 只记下谁收到了，不能与 --send、--until、--resend-unknown 同用。")
    count = note_received(desk_of(workbook, run), names)
    say(run, (f"{'、'.join(names)} 结果不明的 {count} 条记为已发送（按交给服务器的那天），不再问。",))
    answer(run, lambda: received_document(run.as_of.on, count))
    return 0


def _forecast(workbook: Path, until: date, send: bool, run: Run) -> int:
    from capa_xl.app.use_cases.remind import forecast, forecast_notes
    from capa_xl.cli.documents.letter_documents import forecast_document
    from capa_xl.reports.remind_text import forecast_lines

    if send:
        raise click.UsageError("--until 只推算，不能与 --send 同用。")
    if until < run.as_of.on:
        raise click.UsageError(f"--until {until} 早于计算的这一天 {run.as_of.on} → 写这一天或以后的日期")
    if until > (latest := months_before(run.as_of.on, -_MOST_MONTHS)):
        raise click.UsageError(f"--until {until} 离 {run.as_of.on} 超过三年 → 最多推算到 {latest}")
    desk = desk_of(workbook, run)
    days = tuple(forecast(desk, until))
    say(run, (*forecast_notes(desk, until), *forecast_lines(days)))
    answer(run, lambda: forecast_document(run.as_of.on, until, days))
    return 0


def _words(done: Reminded, send: bool) -> RemindWords:
    from capa_xl.app.shared.due_letters import refused_words
    from capa_xl.model.journal import FAILURES, UNKNOWN
    from capa_xl.reports.remind_text import RemindWords

    delivery, reach = done.delivery, done.judged.reach
    said = done.plan.unreachable if reach.roster else tuple(name for name, _ in (*reach.people, *reach.several))
    return RemindWords(
        as_of=done.as_of,
        letters=done.letters,
        sent=delivery.sent if send else None,
        already_sent=done.already_sent,
        already_filed=done.already_filed,
        capped=len(done.plan.capped),
        held_back=delivery.left,
        unreachable=tuple(name for name in done.plan.unreachable if name not in said),
        refused=(*done.plan.refused, *refused_words(done)),
        withheld=len(done.refused),
        failed=tuple((letter, outcome.error) for letter, outcome in delivery.letters(*FAILURES)),
        unknown=tuple((letter, outcome.error) for letter, outcome in delivery.letters(UNKNOWN)),
        unknown_before=done.unknown,
        unsent=delivery.unsent,
        stopped=delivery.stopped,
        transport=done.transport,
        rehearsal=done.rehearsal,
        outbox=str(done.outbox),
        assigned_id=done.assigned_id,
        rebuilt=done.rebuilt,
        warnings=done.warnings,
    )
