"""Options that every command shares, and the run they describe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from capa_xl.cli.output import tell_why
from capa_xl.cli.run import Run as Run
from capa_xl.cli.run_log import note_desk
from capa_xl.cli.world import now
from capa_xl.model.as_of import AsOf
from capa_xl.model.plausible_days import EARLIEST, LATEST, is_plausible, typed_day

if TYPE_CHECKING:
    from capa_xl.app.shared.desk import Desk
    from capa_xl.cli.world import Stop

JSON_HELP = "只打印一份 JSON，供别的程序读取。"
"""What --json does, wherever it is."""

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date as people type it: 2026-11-22, 2026/11/22, 2026.11.22 or 20261122."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a Chinese sentence about what to type."""
        if isinstance(value, date):
            return value
        day = typed_day(str(value))
        if day is not None and is_plausible(day):
            return day
        raise click.BadParameter(f"「{value}」{_no_day(str(value), day)}", ctx, param)


def _no_day(text: str, day: date | None) -> str:
    """Why a text is no day that a run can be asked for, and what to type."""
    from capa_xl.workbook.reading.written_dates import why_no_day  # only a mistyped day needs it

    if day is not None:
        return f"不在 {EARLIEST.year}–{LATEST.year} 年以内 → 请核对年份"
    why = why_no_day(text)
    return f"不是日期{f'：{why}' if why else ''} → 请写成年-月-日，例如 2026-11-22"


DAY = Day()


def today() -> date:
    """The real day in Asia/Shanghai. Nothing below the command line asks for it."""
    return now().date()


def desk_of(workbook: Path, run: Run, stop: Stop | None = None, *, insists: bool = False) -> Desk:
    """The desk of a workbook: capa_xl.toml beside it (or --config), the environment, the real clock.

    Args:
        stop: Ends the run after the letter in hand; None for a command that a signal simply ends.
        insists: --write was given.

    Raises:
        SettingsError: The settings hold something unknown or unusable.
    """
    from capa_xl.app.shared.desk import desk_for
    from capa_xl.cli.world import unstopped_world, world_until

    world = unstopped_world() if stop is None else world_until(stop)
    desk = desk_for(workbook, run.as_of, world, run.config, insists=insists)
    note_desk(desk.state, run.as_of)
    return desk


def common_options(function: F) -> F:
    """Add --as-of, --json, --quiet and --config; the function receives them as one `run: Run`."""

    @click.option("--as-of", type=DAY, metavar="日期", help="按这一天计算（默认今天，北京时间）。")
    @click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
    @click.option("--quiet", "-q", is_flag=True, help="只打印错误；退出码为 0 时什么也不说。")
    @click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="文件",
        help="设置文件（默认工作簿旁的 capa_xl.toml）。",
    )
    @wraps(function)
    def command(
        *arguments: Any, as_of: date | None, as_json: bool, quiet: bool, config: Path | None, **options: Any
    ) -> Any:
        when = AsOf(as_of, today()) if as_of else AsOf.live(now())
        run = Run(when, as_json, quiet, config)
        code = function(*arguments, run=run, **options)
        tell_why(run, code if isinstance(code, int) else 0)
        return code

    return command  # type: ignore[return-value]


def write_option(function: F) -> F:
    """Add --write: a rehearsal over a workbook that is served live writes all the same."""
    words = (
        "与 --as-of 同用：已按当天运行过的工作簿，预演只看不写；加 --write 才写入，信只存入发件箱。"
        "--as-of 写今天的不是预演：与不写一样，照常写入，daily 照常发信。"
    )
    return click.option("--write", "insists", is_flag=True, help=words)(function)


def workbook_argument(function: F) -> F:
    """The argument WORKBOOK: an existing file."""
    kind = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.argument("workbook", type=kind, metavar="工作簿")(function)


def refuse_the_workbook(target: Path | None, workbook: Path) -> None:
    """Return unless somebody asks to write a new file over the workbook itself.

    Raises:
        UsageError: The target is the workbook, by whatever path.
    """
    from capa_xl.errors import UsageError

    if target is not None and target.exists() and target.samefile(workbook):
        raise UsageError(f"「{target}」就是工作簿本身，没有改动它 → 请换一个文件名")
