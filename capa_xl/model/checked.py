"""The result of one check, as a value: every Problem in order, what was not judged, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from capa_xl.model.problem import Problem, Severity


class Checked(Struct, frozen=True):
    """What `check` found.

    Attributes:
        problems: By tracker row, then severity, then rule; those that belong to no row come last.
        disabled: Ids of the rules that are 未启用 for want of a sheet, a column or an input; never passed.
        stages: Which stages are in force and which aren't, one Chinese sentence; "" where no tracker could be read.
        unjudged: Rules of the catalogue that couldn't be judged because no tracker could be read.
        lost_sheets: Sheets that held rows and are gone.
        lost_columns: Headers of the tracker's columns that are gone and that something was judged by.
        consequences: Problems that will be gone with their cause (`policy.root_causes`): counted, not told.
    """

    problems: tuple[Problem, ...]
    disabled: tuple[str, ...]
    stages: str
    unjudged: int = 0
    consequences: tuple[Problem, ...] = ()
    lost_sheets: tuple[str, ...] = ()
    lost_columns: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """Problems by severity: error, warning, info."""
        found = Counter(problem.severity for problem in self.problems)
        return {severity.value: found[severity] for severity in Severity}

    @property
    def count_by_row(self) -> Mapping[int, int]:
        """Errors and warnings of each tracker row, those on other sheets among them (校验问题数)."""
        return Counter(p.row for p in self.problems if p.row is not None and p.severity is not Severity.INFO)
