"""Papers that people ask for by number, one file each: what such a paper is, and the run that writes some of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.paper_files import Paper, write_each
from capa_xl.app.shared.paper_source import PaperSource, engine_for, paper_source
from capa_xl.model.paper_kinds import PaperKind
from capa_xl.model.paper_run import PaperRun


@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """A kind of paper asked for by number; a use case of the command's name holds it as `PAPER`.

    Attributes:
        about: Help of its command, in Chinese.
        every: What `--all` stands for, in Chinese.
        numbers: The numbers that `--all` stands for.
        facts: Number → what is to be printed, each with the stem of its file.
            Raises UsageError where the workbook has nothing of that number at T.
    """

    kind: PaperKind
    about: str
    every: str
    numbers: Callable[[PaperSource], Sequence[str]]
    facts: Callable[[PaperSource, str], Sequence[tuple[str, Any]]]


def write_numbered(
    paper: NumberedPaper,
    desk: Desk,
    numbers: Sequence[str],
    output: Path,
    *,
    every: bool = False,
) -> PaperRun:
    """Write the papers of these numbers, each to a file of its own.

    Args:
        numbers: None given: like `every`.
        output: A folder, or for one paper the .docx itself.
        every: All that `paper.numbers` finds.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        UsageError: The workbook has no such number at T, or `output` is one file for several papers.
        BadTemplate: The template can't be used.
    """
    from capa_xl.reports.word.paper_catalogue import paper_blob

    source = paper_source(desk)
    chosen = paper.numbers(source) if every or not numbers else dict.fromkeys(numbers)
    papers = [Paper(number, stem, facts) for number in chosen for stem, facts in paper.facts(source, number)]
    engine = engine_for((paper.kind,), desk.templates)
    return PaperRun(write_each(output, papers, lambda facts: paper_blob(engine, paper.kind, facts)))
