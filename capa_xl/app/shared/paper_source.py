"""What every paper needs: compiled templates, the head, and the result of writing. Shared ground of the use cases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.judging import Judged, judge
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.workbook_journal import journal_view_of
from capa_xl.effects.durable import make_folder
from capa_xl.effects.files import read_file, write_new
from capa_xl.effects.resources import resource_dir
from capa_xl.errors import UsageError
from capa_xl.model.action import Action
from capa_xl.model.journal import JournalView
from capa_xl.model.paper_facts import NO_NUMBER, PaperHead
from capa_xl.model.paper_kinds import PaperKind
from capa_xl.model.problem import Problem, Severity
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.routes import way_of
from capa_xl.reports.file_names import file_name

if TYPE_CHECKING:
    from capa_xl.reports.word.engine import Engine

_SERIAL = re.compile(r"\d{4}.*$")


@dataclass(frozen=True, slots=True)
class PaperSource:
    """A judged workbook and what its journal knows: what papers are assembled from."""

    judged: Judged
    journal: JournalView | None


def paper_source(desk: Desk) -> PaperSource:
    """The workbook read, judged and joined with its journal.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
    """
    opened = open_tracker(desk)
    past = journal_view_of(opened)
    return PaperSource(judge(opened, desk.as_of, past), past)


def engine_for(kinds: Iterable[PaperKind], templates: Path | None) -> Engine:
    """The templates of these papers, compiled; those missing in the quality department's folder are ours.

    Raises:
        BadTemplate: One can't be used.
        SettingsError: The folder of templates isn't there.
    """
    from capa_xl.reports.word.engine import Engine

    files = {kind.key: template_file(kind.template, templates) for kind in kinds}
    return Engine.of({paper: (path.name, read_file(path)[0]) for paper, path in files.items()})


def template_file(name: str, templates: Path | None) -> Path:
    """Where a template lies: in the quality department's folder, else with the program."""
    own = templates / name if templates else None
    return own if own is not None and own.is_file() else resource_dir("report_templates") / name


def head_of(source: PaperSource, number: str | None, kind: PaperKind, *, draft: bool = False) -> PaperHead:
    """The head of a paper.

    Args:
        number: The paper's own number.
        kind: Whose form-control number it carries, where 参数 has one.
    """
    opened, procedure = source.judged.opened, source.judged.view.procedure
    return PaperHead(
        company=procedure.company,
        number=number or NO_NUMBER,
        as_of=source.judged.view.on,
        fingerprint=opened.sha256,
        journal_head=source.journal.chain_head if source.journal else "",
        form_number=kind.form_number_in(procedure.form_numbers),
        is_draft=draft,
        with_cover=procedure.cover,
        policy=procedure.policy,
    )


def derived_number(prefix: str, number: str | None) -> str:
    """A paper's number from the action's: WX and GJ-2026-033 give WX-2026-033; `NO_NUMBER` where it has no year."""
    serial = _SERIAL.search(number or "")
    return f"{prefix}-{serial[0]}" if serial else NO_NUMBER


def problems_of(source: PaperSource, numbers: frozenset[str]) -> tuple[Problem, ...]:
    """Open errors and accepted exceptions of these 编号, on whatever sheet."""
    return tuple(
        problem
        for problem in source.judged.checked.problems
        if problem.number in numbers and (problem.severity is Severity.ERROR or problem.excused)
    )


def with_way(view: RegisterView, action: Action) -> Action:
    """The action with 批准方式 filled in from the approver's role of that day where people left it blank."""
    way = way_of(view.inputs, action) if action.approver and action.approval_route is None else ""
    return replace(action, approval_route=way) if way else action


def errors_among(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The errors."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def names_a_file(output: Path) -> bool:
    """True when people named the paper itself, not the folder it goes to."""
    return output.suffix.lower() == ".docx" and not output.is_dir()


def paper_path(output: Path, stem: str, *, draft: bool, alone: bool = True) -> Path:
    """Where a paper goes: to `output` itself when that names a .docx, else into the folder `output` under `stem`.

    Args:
        output: A file or a folder; neither need exist.
        stem: Name of the file where a folder was given.
        draft: Put 草稿 in the name.
        alone: It is the run's only paper.

    Raises:
        UsageError: `output` names one file, and there are several papers.
    """
    if not names_a_file(output):
        return output / file_name(stem, ".docx", draft=draft)
    if not alone:
        raise UsageError(f"有几份文件要写，{output} 却是一个文件名。请给一个文件夹")
    if draft and "草稿" not in output.stem:
        return output.with_name(f"{output.stem}_草稿{output.suffix}")
    return output


def write_paper(path: Path, blob: bytes) -> None:
    """Write one paper, its folder made where it is missing.

    Raises:
        UnsafeWrite: It can't be written.
    """
    make_folder(path.parent)
    write_new(path, blob)
