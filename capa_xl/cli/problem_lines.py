"""Problems on a terminal: the lines of `reports.problems_text`, broken to its width, the severity in its colour."""

from __future__ import annotations

from collections.abc import Iterable

from capa_xl.cli.wrapping import terminal_width, wrapped
from capa_xl.model import palette
from capa_xl.model.problem import Problem, Severity
from capa_xl.reports.problem_groups import ProblemGroup
from capa_xl.reports.problems_text import problem_line

_COLOURS = {Severity.ERROR: palette.OVERDUE, Severity.WARNING: palette.DUE_SOON, Severity.INFO: palette.SILENT}


def print_groups(groups: Iterable[ProblemGroup]) -> None:
    """Print them, one title an action; what people wrote is never taken for markup."""
    from rich.console import Console
    from rich.text import Text

    console, width = Console(highlight=False), terminal_width()
    for group in groups:
        console.print(Text("\n".join(wrapped(group.title, width)), style="bold"), soft_wrap=True)
        for problem in group.problems:
            text = Text("\n".join(wrapped(f"  {problem_line(problem)}", width)))
            text.stylize(_style(problem), 2, 2 + len(problem.severity.word))
            console.print(text, soft_wrap=True)
        console.print()


def _style(problem: Problem) -> str:
    return f"bold #{_COLOURS[problem.severity]}"
