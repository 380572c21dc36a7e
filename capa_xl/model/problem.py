"""Wrong data as values: what a rule found (`Hit`), stamped by the catalogue (`Problem`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.model.command_line import THIS_WORKBOOK, with_the_path


class Severity(StrEnum):
    """How much a Problem weighs: E error, W warning, I info."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def word(self) -> str:
        """The Chinese word printed beside it."""
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for an error, more for what weighs less."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Hit(Struct, frozen=True):
    """Where a rule struck and what it saw; the engine adds id, clause, severity and words.

    Attributes:
        sheet: Name of the sheet.
        at: A1 address of the cell at fault, possibly of an empty cell; None only for a whole sheet.
        number: 编号 the Problem belongs to; "" where there is none.
        row: 1-based row of the tracker the Problem counts for (校验问题数); None when it belongs to no tracker row.
        facts: Words that fill the rule's message and fix, by placeholder.
        severity: Overrides the rule's own severity; None keeps it.
        in_grace: There is still time to put it right: no breach in 制度执行自查表 or a KPI yet.
        on: The day of what is at fault, where it has one: what an exception for a period goes by.
        done_on: The day of the deed at fault, where it is one: nobody accepts it before.
        because: Id of the rule that names the cell at fault: where it strikes in the row, this hit follows from it.
    """

    sheet: str
    at: str | None
    number: str = ""
    row: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    in_grace: bool = False
    on: date | None = None
    done_on: date | None = None
    because: str = ""


class Remark(Struct, frozen=True):
    """A hit met while reading (FD01–FD07, FD11, WB*): the rule it feeds, and where."""

    rule: str
    hit: Hit


class Problem(Struct, frozen=True):
    """One Problem as people and `--json` see it.

    Attributes:
        rule: Id of the rule, e.g. PL01.
        clause: Clause of YNTD-ITSS-0300, "" where the rule guards the table itself.
        cell: A1 address; None only for a whole sheet.
        number: 编号 of the row, "" where there is none.
        row: Tracker row it counts for, None when it belongs to none.
        message: What is wrong, with the value quoted, in Chinese.
        fix: What to do, in Chinese.
        excused: True when 例外说明 lowered it to info.
        weight: Its severity before 例外说明.
        in_grace: There is still time to put it right.
        on: The day of what is at fault, where it has one.
        year: Name of the archived year that the cell stands in; "" for the workbook itself.
    """

    rule: str
    clause: str
    severity: Severity
    sheet: str
    cell: str | None
    number: str
    row: int | None
    message: str
    fix: str
    excused: bool = False
    weight: Severity | None = None
    in_grace: bool = False
    on: date | None = None
    year: str = ""

    @property
    def was_error(self) -> bool:
        """True for an error, one that 例外说明 lowered among them, whose time has run out."""
        return self.is_breach and (self.weight or self.severity) is Severity.ERROR

    @property
    def is_breach(self) -> bool:
        """True for an error or a warning, as it was before 例外说明, whose time has run out."""
        return not self.in_grace and (self.weight or self.severity) is not Severity.INFO


def naming(problems: Iterable[Problem], workbook: object) -> tuple[Problem, ...]:
    """The Problems with the workbook in every command of their fixes, so that it can be pasted.

    Args:
        workbook: Its path, for a terminal; for what is kept or sent its name, which is the same on every machine.
    """
    return tuple(
        replace(one, fix=with_the_path(one.fix, workbook)) if THIS_WORKBOOK in one.fix else one for one in problems
    )
