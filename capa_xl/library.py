"""capa_xl as a library: the verbs scripts and notebooks want, over the same use cases as the command line.

`import capa_xl` loads nothing of this until a verb is used. Every verb takes the day to judge at; today in
Asia/Shanghai when none is given. What the command line says with an exit code is a `CapaError` here.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from capa_xl.app.shared.desk import Desk, desk_for
from capa_xl.cli.world import now, unstopped_world
from capa_xl.model.as_of import AsOf

if TYPE_CHECKING:
    import pandas as pd

    from capa_xl.app.shared.due_letters import Reminded
    from capa_xl.app.shared.judging import Judged
    from capa_xl.app.shared.refresh_plan import Refreshed
    from capa_xl.app.use_cases.pack import ReviewPack

PathName = str | Path


def check(workbook: PathName, *, as_of: date | None = None, config: PathName | None = None) -> Judged:
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
    workbook: PathName, *, as_of: date | None = None, write: bool = True, config: PathName | None = None
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
    workbook: PathName, *, as_of: date | None = None, send: bool = False, config: PathName | None = None
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
    workbook: PathName, period: str, folder: PathName, *, as_of: date | None = None, config: PathName | None = None
) -> ReviewPack:
    """Make the management-review pack of a period (2026Q4, 2026-10, 2026-01-01..2026-03-31) in a folder.

    Raises:
        UsageError: No such period, or the folder holds something that is no unchanged pack.
        UnsafeWrite: The folder can't be written; nothing is left behind.
    """
    from capa_xl.app.use_cases.pack import make_pack

    return make_pack(_desk(workbook, as_of, config), period, Path(folder))


def facts(*workbooks: PathName, as_of: date | None = None, config: PathName | None = None) -> pd.DataFrame:
    """One row an action of every workbook, columns as in docs/facts.md; dates are datetime64, counts nullable integers.

    Raises:
        UnreadableWorkbook: One of them is no workbook, or has no tracker in it.
    """
    import pandas as pd

    from capa_xl.app.use_cases.facts import facts_of
    from capa_xl.model.fact_columns import FACT_COLUMNS, FactKind

    rows = [row for workbook in workbooks for row in facts_of(_desk(workbook, as_of, config))]
    frame = pd.DataFrame(rows, columns=[column.name for column in FACT_COLUMNS])
    kinds = {FactKind.DATE: "datetime64[s]", FactKind.COUNT: "Int64", FactKind.FLAG: "bool", FactKind.TEXT: "str"}
    return frame.astype({column.name: kinds[column.kind] for column in FACT_COLUMNS})


def _desk(workbook: PathName, as_of: date | None, config: PathName | None) -> Desk:
    day = AsOf(as_of, now().date()) if as_of else AsOf.live(now())
    return desk_for(Path(workbook), day, unstopped_world(), Path(config) if config is not None else None)
