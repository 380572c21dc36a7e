"""facts: one row an action over any number of workbooks, for Power BI, DuckDB and pandas. Reads only."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.executors import Lost
from capa_xl.app.shared.fact_rows import fact_rows
from capa_xl.app.shared.group_run import Group, lost_served, to_be_worked_at
from capa_xl.app.shared.group_tasks import unread
from capa_xl.app.shared.judging import judge_now
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.served import Served, exit_code
from capa_xl.app.shared.workbook_list import GroupTask
from capa_xl.effects.files import write_new
from capa_xl.errors import CapaError, Interrupted, UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.model.fact_columns import FactRow
from capa_xl.policy.left_out import uncounted_sentence
from capa_xl.policy.reminders.reach import not_among_rows
from capa_xl.reports.facts_files import facts_csv, facts_parquet, require_pyarrow

WRITERS = {".parquet": facts_parquet, ".csv": facts_csv}


class Facts(Struct, frozen=True):
    """The facts of a group.

    Attributes:
        rows: By path and in sheet order; columns as `FACT_COLUMNS`.
        missing: Those that have no tracker to be read.
        listed: How many were read or should have been.
        left_out: Copies and archived years of others, and places where no workbook is.
        notes: What there is to say of the workbooks as a whole, and of each the rows that are not among its facts.
    """

    as_of: AsOf
    rows: tuple[FactRow, ...]
    missing: tuple[Served, ...] = ()
    listed: int = 0
    left_out: tuple[Served, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty_handed(self) -> bool:
        """True where not one workbook could be read."""
        return len(self.missing) == self.listed

    @property
    def exit_code(self) -> int:
        """0, else that of the first failure by path."""
        return exit_code(sorted((*self.missing, *self.left_out), key=lambda one: one.workbook))


class OwnFacts(Struct, frozen=True):
    """The facts of one workbook.

    Attributes:
        rows: As in `Facts`.
        without: Which filled rows are not among them, as Chinese sentences.
    """

    rows: tuple[FactRow, ...]
    without: tuple[str, ...] = ()


def facts_of(desk: Desk) -> OwnFacts:
    """The facts of one workbook.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
    """
    opened = open_tracker(desk)
    judged = judge_now(opened)
    without = (not_among_rows(judged.view), *uncounted_sentence(opened.register))
    return OwnFacts(fact_rows(judged), tuple(one for one in without if one))


def facts_task(task: GroupTask) -> OwnFacts | Served:
    """The same in a worker; else why there are none."""
    try:
        return facts_of(task.desk_of(task.listed.path))
    except CapaError as trouble:
        return unread(task.listed, trouble)


def group_facts(group: Group) -> Facts:
    """The facts of every workbook, whatever order the workers give them in.

    Raises:
        Interrupted: The run was stopped: half a group is no table to count on.
    """
    group = to_be_worked_at(group)
    found: dict[int, OwnFacts | Served] = {}
    for end in group.engine.run(facts_task, group.tasks(), group.world.go_on):
        found[end.place] = lost_served(group.listed[end.place], end) if isinstance(end, Lost) else end.result
        group.step("读取", len(found), len(group.listed))
    if len(found) < len(group.listed):
        raise Interrupted(f"已中断：{len(group.listed) - len(found)} 个工作簿还没有读，没有写文件 → 请再运行一次")
    read = [(place, own) for place in sorted(found) if isinstance(own := found[place], OwnFacts)]
    rows = tuple(row for _, own in read for row in own.rows)
    without = tuple(f"{group.listed[place].path}：{words}" for place, own in read for words in own.without)
    missing = tuple(why for place in sorted(found) if isinstance(why := found[place], Served))
    return Facts(group.as_of, rows, missing, len(group.listed), group.left_out, (*group.notes, *without))


def refuse_unwritable(target: Path) -> None:
    """Return for .csv, and for .parquet where it can be written: asked before hours of reading.

    Raises:
        UsageError: The name ends in something else, or pyarrow is not installed.
    """
    if target.suffix.lower() not in WRITERS:
        raise UsageError(f"「{target.name}」的扩展名应是 .parquet 或 .csv")
    if target.suffix.lower() == ".parquet":
        require_pyarrow()


def write_facts(facts: Facts, target: Path) -> None:
    """Write them; an older file is replaced.

    Raises:
        UsageError: pyarrow is not installed, or the name ends in something else.
        UnsafeWrite: It can't be written.
    """
    refuse_unwritable(target)
    write_new(target, WRITERS[target.suffix.lower()](facts.rows))
