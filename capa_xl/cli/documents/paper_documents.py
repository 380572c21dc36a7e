"""Papers, the review pack, the analysis and facts for other tools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from capa_xl.cli.documents import Document, path_text
from capa_xl.model.fact_columns import FACT_COLUMNS

if TYPE_CHECKING:
    from capa_xl.app.shared.served import Served
    from capa_xl.app.use_cases.analyse import Analysed
    from capa_xl.app.use_cases.archive import Archived
    from capa_xl.app.use_cases.dossier import DossiersMade
    from capa_xl.app.use_cases.facts import Facts
    from capa_xl.app.use_cases.meeting import MeetingMade
    from capa_xl.app.use_cases.pack import ReviewPack
    from capa_xl.app.use_cases.templates import CheckedTemplate
    from capa_xl.model.edition import Edition
    from capa_xl.model.pack import PackedFile
    from capa_xl.model.paper_run import PaperRun
    from capa_xl.model.statistics import ControlSeries, Pareto


def papers_document(run: PaperRun, on: date) -> Document:
    """The papers written, and those refused."""
    return {
        "as_of": on.isoformat(),
        "not_counted": run.not_counted,
        "template": run.template,
        "remarks": list(run.remarks),
        "files": [
            {
                "path": str(paper.path),
                "number": paper.number,
                "paper_number": paper.paper_number,
                "draft": paper.is_draft,
                "missing": list(paper.missing),
                "edition": paper.edition,
                "frozen": paper.is_frozen,
                "note": paper.note,
            }
            for paper in run.written
        ],
        "refused": [
            {
                "number": refused.number,
                "reason": refused.reason,
                "problems": [problem.rule for problem in refused.problems],
            }
            for refused in run.refused
        ],
    }


def meeting_document(made: MeetingMade) -> Document:
    """The page for the meeting, and who is asked this week."""
    facts = made.facts
    return {
        "workbook": str(made.workbook),
        "as_of": facts.head.as_of.isoformat(),
        "period": facts.period,
        "paper": path_text(made.paper),
        "minutes": path_text(made.minutes.path) if made.minutes else None,
        "departments": [
            {
                "name": one.name,
                "done": [item.number for item in one.done],
                "late": [item.number for item in one.late],
                "coming": [item.number for item in one.coming],
            }
            for one in facts.departments
        ],
        "this_week": [{"person": one.person, "numbers": list(one.numbers)} for one in facts.this_week],
    }


def dossier_document(made: DossiersMade) -> Document:
    """The folders made, one an action, and what is wrong with its evidence."""
    return {
        "workbook": str(made.workbook),
        "dossiers": [
            {
                "number": one.number,
                "folder": str(one.folder),
                "files": one.files,
                "finals": finals_made(one.finals),
                "evidence": list(one.faults),
            }
            for one in made.dossiers
        ],
        "elsewhere": list(made.elsewhere),
    }


def templates_document(checked: Sequence[CheckedTemplate]) -> Document:
    """What is wrong with the Word templates, and which fields that came later they lack."""
    return {
        "templates": [str(one.path) for one in checked],
        "older": [one.older for one in checked if one.older],
        "faults": [
            {
                "file": fault.file,
                "part": fault.where,
                "paragraph": fault.paragraph,
                "text": fault.text,
                "variable": fault.variable,
                "message": fault.message,
            }
            for one in checked
            for fault in one.faults
        ],
    }


def copies_document(folder: Path, files: Iterable[Path]) -> Document:
    """Where the templates were copied to."""
    return {"directory": str(folder), "templates": [str(path) for path in files]}


def fields_document(fields: Mapping[str, Iterable[tuple[str, str]]]) -> Document:
    """Template → field → meaning."""
    return {name: dict(rows) for name, rows in fields.items()}


def analyse_document(found: Analysed) -> Document:
    """Series with their signals, Pareto tables, repeats and proposals."""
    return {
        "as_of": found.as_of.on,
        "series": [_series(series) for series in found.series],
        "pareto": [_pareto(table) for table in found.paretos],
        "recurrences": [asdict(one) for one in found.recurrences],
        "proposals": [asdict(one) for one in found.proposals],
    }


def _series(series: ControlSeries) -> Document:
    return {
        "name": series.name,
        "chart": series.chart,
        "n": series.n,
        "centre": series.centre,
        "points": [{"period": p.period, "value": p.value, "lcl": p.lcl, "ucl": p.ucl, "z": p.z} for p in series.points],
        "signals": [{"rule": s.rule, "periods": list(s.periods)} for s in series.signals],
        "trend": {"p": series.trend.p, "slope": series.trend.slope} if series.trend else None,
        "note": series.note,
    }


def _pareto(table: Pareto) -> Document:
    rows = [
        {"category": r.category, "count": r.count, "share": r.share, "cumulative": r.cumulative} for r in table.rows
    ]
    return {"by": table.by, "rows": rows}


def pack_document(done: ReviewPack) -> Document:
    """The files of a review pack."""
    return {
        "as_of": done.as_of.isoformat(),
        "period": done.period,
        "external": done.is_external,
        "directory": str(done.directory),
        "files": file_entries(done.files),
        "finals": finals_made(done.finals),
        "archive": path_text(done.archive),
        "pdfs": list(done.pdfs),
    }


def finals_made(editions: Iterable[Edition]) -> list[Document]:
    """The finals that a run froze by the way."""
    return [{"number": one.number, "paper": one.paper_number, "edition": one.at} for one in editions]


def file_entries(files: Iterable[PackedFile]) -> list[Document]:
    """The files of a folder that was made."""
    return [{"path": f.path, "sha256": f.sha256, "bytes": f.size} for f in files]


def archive_document(found: Archived) -> Document:
    """Whether a pack is still what it was."""
    return {
        "directory": str(found.directory),
        "period": found.period,
        "as_of": found.as_of,
        "files": found.files,
        "differences": list(found.differences),
        "journal": found.journal,
    }


def _said_of(one: Served) -> Document:
    return {"workbook": str(one.workbook), "outcome": one.outcome, "message": one.words}


def facts_document(found: Facts) -> Document:
    """How many facts were written, and of which workbooks none."""
    return {
        "as_of": found.as_of.on,
        "rows": len(found.rows),
        "columns": [column.name for column in FACT_COLUMNS],
        "missing": [_said_of(one) for one in found.missing],
        "copies": [_said_of(one) for one in found.left_out],
        "notes": list(found.notes),
    }
