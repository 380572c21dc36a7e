"""The loop of `capa-xl schedule`: a pass at each time of day in China, every day until it is stopped.

What is due follows from data and journal, not from the clock: a day slept through is caught up by the next pass.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

import click
import schedule
from msgspec import Struct
from msgspec.structs import replace

from capa_xl.cli.daily import one_pass
from capa_xl.cli.options import Run
from capa_xl.cli.output import say_no_more, tell_why
from capa_xl.cli.world import Stop, now, stopping_on_signals
from capa_xl.model.as_of import SHANGHAI, AsOf

SECONDS_BETWEEN_LOOKS = 1.0


def loop(workbooks: tuple[Path, ...], times: tuple[str, ...], run: Run) -> int:
    """Run until SIGTERM or SIGINT; the mail in hand is finished first."""
    with stopping_on_signals() as stop:
        job = DailyJob(workbooks, run, stop, times)
        clock = daily_clock(times, lambda: job.run_on(now()))
        click.echo(f"每天 {'、'.join(times)}（北京时间）运行；按 Ctrl+C 结束。", err=True)
        if is_past(times[0], now()):
            clock.run_all()
        while stop.go_on():
            stop.sleep(SECONDS_BETWEEN_LOOKS)
            clock.run_pending()
    click.echo("已结束。", err=True)
    return 0


def daily_clock(times: Iterable[str], do: Callable[[], object]) -> schedule.Scheduler:
    """What calls `do` every day at those times in China, whatever zone this machine keeps.

    After a sleep over a time, or over days, it calls once for each time, at the next look.
    """
    clock = schedule.Scheduler()
    for at in times:
        clock.every().day.at(at, SHANGHAI.tzname(None)).do(do)
    return clock


def is_past(at: str, instant: datetime) -> bool:
    """True from that time of day on: a loop begun later doesn't leave today out."""
    return instant.astimezone(SHANGHAI).strftime("%H:%M") >= at


class DailyJob(Struct):
    """The passes of a day: one for each of its times, and one for those that were slept over.

    Attributes:
        times: Its times of day, in their order.
        done: The day and the time of the last pass.
    """

    workbooks: tuple[Path, ...]
    run: Run
    stop: Stop
    times: tuple[str, ...]
    done: tuple[date, str] | None = None

    def run_on(self, instant: datetime) -> bool:
        """Run the pass of the last time that was reached on that day unless it ran already; tells whether it ran."""
        reached = instant.date(), max((at for at in self.times if is_past(at, instant)), default=self.times[0])
        if self.done == reached:
            return False
        self.done = reached
        today = replace(self.run, as_of=AsOf.live(instant))
        try:
            tell_why(today, one_pass(self.workbooks, today, self.stop))
            say_no_more()  # what this pass kept back: the loop runs for years
        except Exception:  # noqa: BLE001 - the edge of the loop: one day's bug must not end all days to come
            click.echo(
                f"{instant.isoformat(timespec='seconds')} 本次运行出错，下次再试：\n{traceback.format_exc()}", err=True
            )
        return True
