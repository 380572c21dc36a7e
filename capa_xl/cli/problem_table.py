"""Problems on a terminal: a table per action. Off a terminal `reports.problems_text` prints the same as plain lines."""

from __future__ import annotations

from collections.abc import Iterable

from capa_xl.model import palette
from capa_xl.model.problem import Severity
from capa_xl.reports.problem_groups import ProblemGroup, place, source

WIDTH = 100
_COLOURS = {Severity.ERROR: palette.OVERDUE, Severity.WARNING: palette.DUE_SOON, Severity.INFO: palette.SILENT}


def print_groups(groups: Iterable[ProblemGroup]) -> None:
    """Print one table per action; what people wrote is never taken for markup."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    console.width = min(console.width, WIDTH)
    for group in groups:
        table = Table(title=Text(group.title), title_justify="left", box=SIMPLE_HEAD, show_header=False, expand=True)
        table.add_column(width=4)
        table.add_column(width=16, overflow="fold")
        table.add_column(ratio=1, overflow="fold")
        table.add_column(width=16, overflow="fold")
        for problem in group.problems:
            table.add_row(
                Text(problem.severity.word, style=f"bold #{_COLOURS[problem.severity]}"),
                Text(place(problem)),
                Text(f"{problem.message} → {problem.fix}"),
                Text(source(problem)),
            )
        console.print(table)
