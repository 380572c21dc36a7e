"""Everything refresh writes, as one patch: 〔自动〕 columns, owned sheets, and the live figures of 总览."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from capa_xl.model.derived import Derived
from capa_xl.model.overview import Overview
from capa_xl.model.problem import Problem
from capa_xl.model.records import LedgerRow
from capa_xl.model.register import Register
from capa_xl.model.timeline import Timeline
from capa_xl.ooxml.patch import Patch
from capa_xl.workbook.blank.overview_patch import overview_results, overview_values
from capa_xl.workbook.blank.timeline_patch import timeline_edits
from capa_xl.workbook.writing.auto_columns import auto_edits
from capa_xl.workbook.writing.owned_sheets import findings_rows, ledger_sheet_rows


class DayOutcome(Struct, frozen=True):
    """What a day's judgement found out about a register.

    Attributes:
        on: T.
        derived: By 编号.
        problems: In the order of `check`.
        problems_by_row: Errors and warnings of each tracker row.
        overview: The figures of 总览.
        timeline: The rows of 时间轴.
        ledger: The rows of 提醒台账; None leaves that sheet as it is.
        corrections: Row → 下一步 and 下一步责任人 of the rows that are set aside.
    """

    on: date
    derived: Mapping[str, Derived]
    problems: Sequence[Problem]
    problems_by_row: Mapping[int, int]
    overview: Overview
    timeline: Timeline
    ledger: Iterable[LedgerRow] | None
    corrections: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def refresh_patch(register: Register, found: DayOutcome) -> Patch:
    """The patch; empty for a plain table without any 〔自动〕 column or owned sheet."""
    rows = [findings_rows(register, found.problems)]
    if found.ledger is not None:
        rows.append(ledger_sheet_rows(register, found.ledger))
    values, results = timeline_edits(register, found.timeline)
    return Patch(
        edits=(*overview_values(register, found.overview), *values),
        row_edits=auto_edits(register, found.derived, found.problems_by_row, found.on, found.corrections),
        cached=(*overview_results(register, found.overview), *results),
        rows=tuple(sheet for sheet in rows if sheet is not None),
    )
