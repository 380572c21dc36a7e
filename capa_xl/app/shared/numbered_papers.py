"""The run that writes some of the papers that people ask for by number, one file each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from capa_xl.app.shared.carried_over import refuse_carried_over, without_carried_over
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.paper_files import Paper, as_draft, refusals, write_each, write_judged
from capa_xl.app.shared.paper_printing import printer
from capa_xl.app.shared.paper_source import PaperSource, engine_for, paper_source, refuse_all_beside_numbers
from capa_xl.app.shared.papers_in_archives import left_in_archives
from capa_xl.model.absent_sheets import no_rows
from capa_xl.model.paper_kinds import PaperKind
from capa_xl.model.paper_run import PaperRun, RefusedPaper, WrittenPaper
from capa_xl.policy.papers.paper_inputs import NumberedPaper, PaperInputs
from capa_xl.policy.past_years import not_counted


def write_numbered(
    kind: PaperKind,
    desk: Desk,
    numbers: Sequence[str],
    output: Path,
    *,
    every: bool = False,
    draft: bool = False,
    with_findings: bool = False,
) -> PaperRun:
    """Write the papers of these numbers, each to a file of its own.

    Args:
        numbers: None given: like `every`.
        output: A folder, or for one paper the .docx itself.
        every: All there are; of an archived year none that lives on.
        draft: Drafts only; of a kind that is judged.
        with_findings: Finals in spite of open errors; of a kind that is judged.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        UsageError: The workbook has no such number at T, or it lives on in another, some are given with `every`, or
            `output` is one file for several papers.
        BadTemplate: The template can't be used.
    """
    refuse_all_beside_numbers(numbers, every=every)
    paper, source = _paper(kind), paper_source(desk)
    given = source.inputs
    asked, elsewhere = _asked(kind, paper, source, () if every else numbers, output)
    whys = {number: why for number in asked if (why := paper.unclear(given, number))}
    unclear = [RefusedPaper(number, why, given.errors_of(number), is_unclear=True) for number, why in whys.items()]
    chosen = [number for number in asked if number not in whys]
    shown = as_draft if draft else _as_it_is
    found = [Paper(number, stem, shown(facts)) for number in chosen for stem, facts in paper.facts(given, number)]
    refused = refusals(given, found, partial(paper.quoted_errors, given)) if kind.is_judged else {}
    make = printer(engine_for((kind,), desk.templates), kind, desk.workbook)

    def write(papers: Sequence[Paper[Any]]) -> tuple[WrittenPaper, ...]:
        return write_each(source, kind, output, papers, make)

    written, left = write_judged(found, refused, write, with_findings=with_findings)
    nothing = "；".join(elsewhere) or _why_nothing(paper, given)
    told = elsewhere if found or unclear else ()
    return PaperRun(kind, written, (*unclear, *left), not_counted(given.view), nothing, remarks=told)


def _asked(
    kind: PaperKind, paper: NumberedPaper, source: PaperSource, numbers: Sequence[str], output: Path
) -> tuple[dict[str, None], tuple[str, ...]]:
    """The numbers, of none given all, each once; and of all a sentence on those that other workbooks print."""
    given, desk = source.inputs, source.judged.opened.desk
    if numbers:
        refuse_carried_over(source, numbers, paper.facts)
        return dict.fromkeys(numbers), ()
    own, left = without_carried_over(source, paper.numbers(given), kind.command, output, paper.facts)
    gone = left_in_archives(kind.command, paper.archived(given), desk, output, of_needs=bool(paper.rows_of))
    return dict.fromkeys(own), (*left, *gone)


def _why_nothing(paper: NumberedPaper, given: PaperInputs) -> str:
    register, sheet = given.view.register, paper.rows_of
    cure = f"请先在《{sheet}》登记"
    return no_rows(register, sheet, "可打印的行", cure, given.lost_sheets) if sheet else ""


def _as_it_is(facts: Any) -> Any:
    return facts


def _paper(kind: PaperKind) -> NumberedPaper:
    paper: NumberedPaper = import_module(f"capa_xl.policy.papers.{kind.key}_facts").PAPER
    return paper
