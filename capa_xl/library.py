"""capa_xl as a library: the verbs scripts and notebooks want, over the same use cases as the command line.

`import capa_xl` loads nothing of this until a verb is used. Every verb takes the day to judge at; today in
Asia/Shanghai when none is given. What the command line says with an exit code is a `CapaError` here.
"""

from __future__ import annotations

import warnings
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from capa_xl.app.shared.desk import Desk, desk_for
from capa_xl.app.shared.executors import Here
from capa_xl.app.shared.group_run import Group
from capa_xl.app.shared.served import ARCHIVE, COPY
from capa_xl.app.shared.workbook_list import listed_workbooks
from capa_xl.cli.world import now, unstopped_world
from capa_xl.errors import CapaError, SettingsError, UnreadableWorkbook, UsageError, WorkbookChanged, WorkbookLocked
from capa_xl.model.as_of import AsOf, day_of
from capa_xl.model.plausible_days import typed_day

if TYPE_CHECKING:
    import pandas as pd

    from capa_xl.app.shared.due_letters import Reminded
    from capa_xl.app.shared.judging import Judged
    from capa_xl.app.shared.refresh_plan import Refreshed
    from capa_xl.app.use_cases.facts import Facts
    from capa_xl.app.use_cases.pack import ReviewPack

PathName = str | Path
GivenDay = date | str
"""A date; a datetime or pd.Timestamp, whose day in Asia/Shanghai counts (as it stands without a zone); 2026-11-22."""


def check(workbook: PathName, *, as_of: GivenDay | None = None, config: PathName | None = None) -> Judged:
    """What is wrong with a workbook, judged by the policy; nothing is written.

    Args:
        as_of: The day T; None for today.
        config: capa_xl.toml; None for the one beside the workbook.

    Returns:
        `.checked.problems`, each with rule, clause, severity, sheet, cell, message and fix; `.checked.counts`;
        `.view.derived`, 编号 → status, days overdue, next step.

    Raises:
        UnreadableWorkbook: The file is no workbook at all.
    """
    from capa_xl.app.use_cases.check import check_workbook

    return check_workbook(_desk(workbook, as_of, config))


def refresh(
    workbook: PathName, *, as_of: GivenDay | None = None, write: bool = True, config: PathName | None = None
) -> Refreshed:
    """Bring the 〔自动〕 columns and owned sheets up to date; people's cells are never touched.

    Args:
        as_of: Another day than today only plans, too, where the workbook is served live (`.rehearsed`).
        write: False only plans: `.changes` lists every cell that would change.

    Raises:
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it again and again meanwhile.
        UnsafeWrite: It can't be written without risking something; the file is untouched.
    """
    from capa_xl.app.use_cases.refresh import refresh as refresh_workbook

    return refresh_workbook(_desk(workbook, as_of, config), check_only=not write)


def reminders(
    workbook: PathName, *, as_of: GivenDay | None = None, send: bool = False, config: PathName | None = None
) -> Reminded:
    """The letters due, `.letters`; with `send` they go the way the settings say, each at most once.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Another run is sending for it.
    """
    from capa_xl.app.shared.due_letters import RemindOptions
    from capa_xl.app.use_cases.remind import remind

    return remind(_desk(workbook, as_of, config), RemindOptions(send=send))


def pack(
    workbook: PathName, period: str, folder: PathName, *, as_of: GivenDay | None = None, config: PathName | None = None
) -> ReviewPack:
    """Make the management-review pack of a period (2026Q4, 2026-10, 2026-01-01..2026-03-31) in a folder.

    Raises:
        UsageError: No such period, or the folder holds something that is no unchanged pack.
        UnsafeWrite: The folder can't be written; nothing is left behind.
    """
    from capa_xl.app.use_cases.pack import make_pack

    return make_pack(_desk(workbook, as_of, config), period, Path(folder))


def facts(*workbooks: PathName, as_of: GivenDay | None = None, config: PathName | None = None) -> pd.DataFrame:
    """One row an action of every workbook, columns as in docs/facts.md; dates are datetime64, counts nullable integers.

    Args:
        workbooks: Files, folders and patterns, as for the command; a file that is named twice counts once.

    Returns:
        Copies and archived years of others are not in it: each is a warning, and stands with its reason in
        `.attrs["left_out"]`, as do workbooks without a tracker that a folder brought.

    Raises:
        CapaError: Of the kind and exit code of the first workbook that can't be read; the message names all of them.
    """
    import pandas as pd

    from capa_xl.app.use_cases.facts import group_facts
    from capa_xl.model.fact_columns import FACT_COLUMNS, FactKind

    found = group_facts(_group(workbooks, as_of, config))
    _refuse_unread(found)
    frame = pd.DataFrame(found.rows, columns=[column.name for column in FACT_COLUMNS])
    kinds = {FactKind.DATE: "datetime64[s]", FactKind.COUNT: "Int64", FactKind.FLAG: "bool", FactKind.TEXT: "str"}
    frame = frame.astype({column.name: kinds[column.kind] for column in FACT_COLUMNS})
    frame.attrs["left_out"] = {str(one.workbook): one.words for one in (*found.missing, *found.left_out)}
    for words in (*found.notes, *(f"{path}：{why}" for path, why in frame.attrs["left_out"].items())):
        warnings.warn(words, stacklevel=2)
    return frame


_KINDS = {kind.exit_code: kind for kind in (UnreadableWorkbook, WorkbookLocked, WorkbookChanged, SettingsError)}
"""What a workbook that can't be read is raised as, by its exit code."""


def _refuse_unread(found: Facts) -> None:
    """Return unless a workbook could not be read; copies and archived years were, and only left out."""
    unread = [one for one in (*found.missing, *found.left_out) if one.exit_code and one.outcome not in (COPY, ARCHIVE)]
    if unread:
        kind = _KINDS.get(unread[0].exit_code, CapaError)
        raise kind("\n".join(f"{one.workbook}：{one.words}" for one in unread))


def _group(workbooks: tuple[PathName, ...], as_of: GivenDay | None, config: PathName | None) -> Group:
    when, world = _as_of(as_of), unstopped_world()
    desk_of = partial(desk_for, as_of=when, world=world, config=Path(config) if config is not None else None)
    return Group(listed_workbooks(map(str, workbooks)), desk_of, when, world, Here())


def _desk(workbook: PathName, as_of: GivenDay | None, config: PathName | None) -> Desk:
    return desk_for(Path(workbook), _as_of(as_of), unstopped_world(), Path(config) if config is not None else None)


def _as_of(given: GivenDay | None) -> AsOf:
    """What a verb's `as_of` means.

    Raises:
        UsageError: It is no day.
    """
    return AsOf.live(now()) if given is None else AsOf(_day(given), now().date())


def _day(given: GivenDay) -> date:
    if isinstance(given, datetime) and given == given:
        return day_of(given)
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    day = typed_day(given) if isinstance(given, str) else None
    if day is None:
        raise UsageError(f"as_of「{given}」不是日期 → 请给 date(2026, 11, 22)、datetime、pd.Timestamp 或 '2026-11-22'")
    return day
