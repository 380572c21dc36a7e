"""Tables of other people: what adopt found and asks, what came back in slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.cli.documents import Document, path_text
from capa_xl.cli.documents.tracker_documents import problem_document

if TYPE_CHECKING:
    from pathlib import Path

    from capa_xl.app.use_cases.adopt import Adopted
    from capa_xl.app.use_cases.collect import Gathered
    from capa_xl.app.use_cases.grow import Grown
    from capa_xl.app.use_cases.slip import SlipsMade
    from capa_xl.app.use_cases.take_in import TakenIn
    from capa_xl.model.adoption import Adoption, AskedHeading, ListWord
    from capa_xl.model.slip import ProposedAnswer, Unsettled


def adopt_document(done: Adopted) -> Document:
    """What was found in a foreign table, and what is asked."""
    return _adoption(done.source, done.target if done.is_written else None, done.found)


def taken_in_document(done: TakenIn) -> Document:
    """The same for sheets that were taken into an adopted workbook."""
    return _adoption(done.workbook, done.workbook if done.is_settled else None, done.found)


def _adoption(source: Path, target: Path | None, found: Adoption) -> Document:
    return {
        "source": str(source),
        "target": path_text(target),
        "sheet": found.sheet,
        "header_row": found.header_row,
        "mapped": [
            {"header": m.header, "cell": m.cell, "field": m.field, "score": m.score, "sheet": m.sheet}
            for m in found.mapped
        ],
        "unmapped": list(found.unmapped),
        "added": list(found.added),
        "ask": [_asked(heading) for heading in found.ask],
        "values": [_list_word(word) for word in found.words],
        "tracked": found.tracked,
        "left_out": [
            {"row": r.row, "number": r.number, "cells": list(r.cells), "sheet": r.sheet} for r in found.left_out
        ],
        "notes": list(found.notes),
        "sheets": list(found.trackers),
        "prefixes": dict(found.prefixes),
    }


def _asked(heading: AskedHeading) -> Document:
    return {
        "header": heading.header,
        "cell": heading.cell,
        "candidates": list(heading.candidates),
        "needed": heading.is_needed,
        "why": heading.why,
        "proposal": heading.proposal,
    }


def _list_word(word: ListWord) -> Document:
    return {
        "header": word.header,
        "field": word.field,
        "word": word.word,
        "count": word.count,
        "meaning": word.meaning,
        "candidates": list(word.candidates) if word.is_asked else [],
        "needed": word.is_needed and word.is_asked,
        "proposal": word.proposal if word.is_asked else None,
    }


def slip_document(made: SlipsMade) -> Document:
    """The slips made, one a department."""
    return {
        "workbook": str(made.workbook),
        "slips": [
            {
                "department": s.department,
                "path": str(s.path),
                "cells": s.cells,
                "without_cell": s.without_cell,
                "kept": s.is_kept,
            }
            for s in made.slips
        ],
        "nothing_waits": list(made.nothing_waits),
    }


def collect_document(done: Gathered) -> Document:
    """What came back in slips: what is taken over, and what somebody has to settle."""
    return {
        "workbook": str(done.workbook),
        "files": done.files,
        "written": done.written,
        "backup": path_text(done.backup),
        "settled": done.collected.settled,
        "edits": [_answer(proposal) for proposal in done.collected.proposals],
        "conflicts": [_unsettled(one) for one in done.collected.conflicts],
        "rejected": [_unsettled(one) for one in done.collected.rejected],
        "errors": [problem_document(problem) for problem in done.errors],
        "warnings": [problem_document(problem) for problem in done.warnings],
        "undone": list(done.undone),
    }


def _answer(proposal: ProposedAnswer) -> Document:
    return {
        "sheet": proposal.sheet,
        "cell": proposal.cell,
        "number": proposal.number,
        "field": proposal.header,
        "before": proposal.before,
        "after": proposal.after,
        "file": proposal.file,
        "answer_cell": proposal.at,
        "new_row": [{"cell": at, "field": heading, "after": value} for at, heading, value in proposal.begins],
    }


def _unsettled(one: Unsettled) -> Document:
    return {
        "file": one.file,
        "cell": one.at,
        "number": one.number,
        "field": one.header,
        "answer": one.answer,
        "reason": one.reason,
    }


def grown_document(done: Grown) -> Document:
    """What a workbook gets at the next level."""
    return {
        "workbook": str(done.workbook),
        "level": done.growth.level.name if done.growth.level else "",
        "columns": [col.header for col in done.growth.columns],
        "sheets": list(done.growth.sheets),
        "written": done.written,
        "backup": path_text(done.backup),
    }
