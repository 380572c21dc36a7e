"""The run that writes some of the papers that people ask for by number, one file each."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.paper_files import Paper, refusal, write_each
from capa_xl.app.shared.paper_source import engine_for, paper_source, refuse_all_beside_numbers
from capa_xl.model.paper_kinds import A3, REPLY, PaperKind
from capa_xl.model.paper_run import PaperRun, RefusedPaper
from capa_xl.policy.papers.paper_inputs import NumberedPaper, PaperInputs
from capa_xl.policy.past_years import not_counted

_FINALS = (A3, REPLY)
"""Papers that are drafts until what they are about is complete: final ones are made as reports are."""


def write_numbered(
    kind: PaperKind,
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
        every: All there are.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        UsageError: The workbook has no such number at T, some are given with `every`, or `output` is one file for
            several papers.
        BadTemplate: The template can't be used.
    """
    from capa_xl.reports.word.paper_catalogue import paper_blob

    refuse_all_beside_numbers(numbers, every=every)
    paper, source = _paper(kind), paper_source(desk)
    given = source.inputs
    chosen = paper.numbers(given) if every or not numbers else dict.fromkeys(numbers)
    found = [Paper(number, stem, facts) for number in chosen for stem, facts in paper.facts(given, number)]
    refusals = _refusals(kind, given, found)
    papers = [one for one in found if one.number not in refusals]
    engine = engine_for((kind,), desk.templates)
    written = write_each(source, kind, output, papers, lambda facts: paper_blob(engine, kind, facts))
    return PaperRun(kind, written, tuple(refusals.values()), not_counted=not_counted(given.view))


def _refusals(kind: PaperKind, given: PaperInputs, papers: Sequence[Paper[Any]]) -> dict[str, RefusedPaper]:
    """Finals about what still has open errors, by its number; forms are filled in by hand and are none."""
    if kind not in _FINALS:
        return {}
    found = (refusal(given, one.number, is_final=not one.facts.head.is_draft) for one in papers)
    return {one.number: one for one in found if one is not None}


def _paper(kind: PaperKind) -> NumberedPaper:
    paper: NumberedPaper = import_module(f"capa_xl.policy.papers.{kind.key}_facts").PAPER
    return paper
