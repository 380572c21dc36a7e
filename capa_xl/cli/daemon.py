"""The loop of `capa-xl schedule`: wakes every minute, and runs the pass once a day after its time.

What is due follows from data and journal, not from the clock: a day slept through is caught up by the next pass.
"""

from __future__ import annotations

import threading
import traceback
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import click
import schedule

from capa_xl.cli.daily import one_pass
from capa_xl.cli.options import Run
from capa_xl.cli.world import now, stopping_on_signals
from capa_xl.model.as_of import AsOf

SECONDS_BETWEEN_LOOKS = 30


def loop(workbooks: tuple[Path, ...], at: str, run: Run) -> int:
    """Run until SIGTERM or SIGINT; the mail in hand is finished first."""
    with stopping_on_signals() as stop:
        job = DailyJob(workbooks, at, run, stop)
        clock = schedule.Scheduler()
        clock.every(SECONDS_BETWEEN_LOOKS).seconds.do(lambda: job.look(now()))
        click.echo(f"每天 {at}（北京时间）运行；按 Ctrl+C 结束。", err=True)
        job.look(now())
        while not stop.wait(1.0):
            clock.run_pending()
    click.echo("已结束。", err=True)
    return 0


@dataclass
class DailyJob:
    """The pass of one day, run once after its time.

    Attributes:
        at: Time of day in Asia/Shanghai, 08:30.
        done_on: The last day on which it ran.
    """

    workbooks: tuple[Path, ...]
    at: str
    run: Run
    stop: threading.Event
    done_on: date | None = field(default=None)

    def look(self, instant: datetime) -> bool:
        """Run the pass if today's time has come and it hasn't run today; tells whether it ran."""
        if self.done_on == instant.date() or instant.strftime("%H:%M") < self.at:
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
