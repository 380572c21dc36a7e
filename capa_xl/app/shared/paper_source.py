"""What every paper needs: the judged workbook, compiled templates, a place to be written to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.effect_tests import effect_test
from capa_xl.app.shared.judging import Judged, judge
from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.refused_backups import refuse_backup
from capa_xl.app.shared.workbook_journal import journal_view_of
from capa_xl.effects.durable import make_folder
from capa_xl.effects.files import read_file, write_new
from capa_xl.effects.resources import is_own_template, resource_dir
from capa_xl.errors import UsageError
from capa_xl.model.journal import JournalView
from capa_xl.model.paper_kinds import PAPER_KINDS, PaperKind
from capa_xl.policy.check import check
from capa_xl.policy.papers.paper_inputs import PaperInputs
from capa_xl.policy.past_years import archived
from capa_xl.reports.file_names import file_name

if TYPE_CHECKING:
    from capa_xl.reports.word.engine import Engine


class PaperSource(Struct, frozen=True, dict=True):
    """A judged workbook and what its journal knows: what papers are assembled from."""

    judged: Judged
    journal: JournalView | None

    @property
    def inputs(self) -> PaperInputs:
        """What the facts of papers are taken from."""
        judged = self.judged
        return PaperInputs(judged.view, judged.checked.problems, self.journal, judged.opened.sha256, effect_test)

    @cached_property
    def _of_archived(self) -> Mapping[str, PaperInputs]:
        """Archived 编号 → the inputs of the workbook that its row went to; each archive is checked once."""
        of_year: dict[str, PaperInputs] = {}
        found = {}
        for one in archived(self.judged.view):
            if one.year not in of_year:
                of_year[one.year] = replace(self.inputs, view=one.view, problems=check(one.view).problems)
            found[one.action.number] = of_year[one.year]
        return found

    def inputs_holding(self, number: str) -> PaperInputs:
        """The inputs of the workbook that a row stands in: this one, or the archive it went to."""
        return self._of_archived.get(number, self.inputs)


def paper_source(desk: Desk) -> PaperSource:
    """The workbook read, judged and joined with its journal.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it; or it is a backup of ours.
    """
    refuse_backup(desk.workbook)
    return source_of(open_tracker(desk))


def source_of(opened: Opened) -> PaperSource:
    """The same for a workbook that was read already."""
    past = journal_view_of(opened)
    return PaperSource(judge(opened, opened.desk.as_of, past), past)


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
    """Where a template lies: in the quality department's folder, else with the program.

    Raises:
        SettingsError: What lies in their folder under that name is no plain file.
    """
    own = templates / name if templates else None
    return own if own is not None and is_own_template(own) else resource_dir("report_templates") / name


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
        UsageError: `output` names one file, and there are several papers, or a document of somebody's lies there.
    """
    if not names_a_file(output):
        return output / file_name(stem, ".docx", draft=draft)
    if not alone:
        raise UsageError(f"有几份文件要写，「{output}」却是一个文件名 → 请给一个文件夹")
    named = output.with_name(f"{output.stem}_草稿{output.suffix}") if draft and "草稿" not in output.stem else output
    refuse_another_document(named)
    return named


def refuse_another_document(place: Path) -> None:
    """Return if no document of somebody's lies where people want a paper by a name of their own.

    Raises:
        UsageError: One does; it is left as it is.
    """
    from capa_xl.reports.word.properties import is_paper

    if place.is_file() and not is_paper(place.read_bytes(), (kind.title for kind in PAPER_KINDS)):
        raise UsageError(f"「{place}」是别的 Word 文件，没有动它 → 请换一个文件名，或先把它移走")


def write_paper(path: Path, blob: bytes) -> None:
    """Write one paper, its folder made where it is missing.

    Raises:
        UnsafeWrite: It can't be written.
    """
    make_folder(path.parent)
    write_new(path, blob)


def refuse_all_beside_numbers(numbers: Sequence[str], *, every: bool) -> None:
    """Refuse to guess whether some papers or all are meant.

    Raises:
        UsageError: Both were said.
    """
    if every and numbers:
        raise UsageError(f"编号「{numbers[0]}」和 --all 不能同用 → 请只写编号，或只写 --all")
