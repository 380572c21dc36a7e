"""templates: what is wrong with the Word and letter templates, what the Word ones may use, and copies to change."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from capa_xl.app.shared.letterhead import FOLDER as LETTERS
from capa_xl.app.shared.letterhead import letter_templates, letters_folder
from capa_xl.app.shared.paper_source import template_file
from capa_xl.effects.durable import make_folder
from capa_xl.effects.files import holds, read_file, write_new
from capa_xl.effects.resources import resource_dir
from capa_xl.errors import UsageError
from capa_xl.model.paper_kinds import PAPER_KINDS
from capa_xl.reports.letters_check import letter_faults
from capa_xl.reports.word.faults import Fault
from capa_xl.reports.word.template_fields import template_fields
from capa_xl.reports.word.templates_check import check_template, lacking_fields


class CheckedTemplate(Struct, frozen=True):
    """One template and its faults.

    Attributes:
        older: What it prints otherwise than ours, as it lacks fields that came later; "" where it has all.
    """

    path: Path
    faults: tuple[Fault, ...]
    older: str = ""


def check_templates(templates: Path | None) -> tuple[CheckedTemplate, ...]:
    """Every template in force: the quality department's own, else ours."""
    found = ((kind.key, template_file(kind.template, templates)) for kind in PAPER_KINDS)
    return (*(_checked(paper, path) for paper, path in found), _checked_letters(templates))


def _checked(paper: str, path: Path) -> CheckedTemplate:
    blob = read_file(path)[0]
    faults = check_template(paper, path.name, blob)
    return CheckedTemplate(path, faults, "" if faults else lacking_fields(paper, path.name, blob))


def copy_templates(folder: Path) -> tuple[Path, ...]:
    """Put our templates into a folder of the quality department's; what is there already as it comes from us stays.

    Returns:
        Where they lie, the letters' in their own folder.

    Raises:
        UsageError: A template that people changed lies there; nothing was copied.
        UnsafeWrite: The folder can't be written.
    """
    ours = resource_dir("report_templates")
    copies = {folder / path.relative_to(ours): path.read_bytes() for path in sorted(ours.rglob("*")) if path.is_file()}
    wanted = {place: blob for place, blob in copies.items() if not holds(place, blob)}
    theirs = [str(place.relative_to(folder)) for place in wanted if place.exists()]
    if theirs:
        raise UsageError(
            f"「{folder}」里已有改过的模板（{'、'.join(theirs)}），一个也没有复制 → 请换一个文件夹，或先把它们移到别处"
        )
    for place, blob in wanted.items():
        make_folder(place.parent)
        write_new(place, blob)
    return tuple(copies)


def _checked_letters(templates: Path | None) -> CheckedTemplate:
    """The three letter templates as one; their faults name the file and the line themselves."""
    faults = (Fault(LETTERS, "", 0, "", "", fault) for fault in letter_faults(letter_templates(templates)))
    return CheckedTemplate(letters_folder(templates), tuple(faults))


def fields_of() -> dict[str, tuple[tuple[str, str], ...]]:
    """Template file → (name, meaning) of everything it may print."""
    return {kind.template: tuple(template_fields(kind.key)) for kind in PAPER_KINDS}
