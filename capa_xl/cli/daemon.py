"""The loop of `capa-xl schedule`: the pass of the day at its time of day in China, every day until it is stopped.

What is due follows from data and journal, not from the clock: a day slept through is caught up by the next pass.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click
import schedule
from msgspec import Struct
from msgspec.structs import replace

from capa_xl.cli.daily import one_pass
from capa_xl.cli.options import Run
from capa_xl.cli.world import Stop, now, stopping_on_signals
from capa_xl.model.as_of import SHANGHAI, AsOf

SECONDS_BETWEEN_LOOKS = 1.0


def loop(workbooks: tuple[Path, ...], at: str, run: Run) -> int:
    """Run until SIGTERM or SIGINT; the mail in hand is finished first."""
    with stopping_on_signals() as stop:
        job = DailyJob(workbooks, run, stop)
        clock = daily_clock(at, lambda: job.run_on(now()))
        click.echo(f"每天 {at}（北京时间）运行；按 Ctrl+C 结束。", err=True)
        if is_past(at, now()):
            clock.run_all()
        while stop.go_on():
            stop.sleep(SECONDS_BETWEEN_LOOKS)
            clock.run_pending()
    click.echo("已结束。", err=True)
    return 0


def daily_clock(at: str, do: Callable[[], object]) -> schedule.Scheduler:
    """What calls `do` every day at that time in China, whatever zone this machine keeps.

    After a sleep over the time, or over days, it calls once, at the next look.
    """
    clock = schedule.Scheduler()
    clock.every().day.at(at, SHANGHAI.tzname(None)).do(do)
    return clock


def is_past(at: str, instant: datetime) -> bool:
    """True from that time of day on: a loop begun later doesn't leave today out."""
    return instant.astimezone(SHANGHAI).strftime("%H:%M") >= at


class DailyJob(Struct):
    """The pass of one day, run once a day.

    Attributes:
        done_on: The last day on which it ran.
    """

    workbooks: tuple[Path, ...]
    run: Run
    stop: Stop
    done_on: date | None = None

    def run_on(self, instant: datetime) -> bool:
        """Run the pass of that instant's day unless it ran already; tells whether it ran."""
        if self.done_on == instant.date():
            return False
        self.done_on = instant.date()
        today = replace(self.run, as_of=AsOf(instant.date(), instant.date()))
        try:
            one_pass(self.workbooks, today, self.stop)
        except Exception:  # noqa: BLE001 - the edge of the loop: one day's bug must not end all days to come
            click.echo(
                f"{instant.isoformat(timespec='seconds')} 本次运行出错，明天再试：\n{traceback.format_exc()}", err=True
            )
        return True
