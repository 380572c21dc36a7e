"""adopt: an existing table taken over into a new file; the source stays as it is."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.opening import naming_file, read_workbook
from capa_xl.app.shared.tracked_rows import counted, refuse_mostly_left_out
from capa_xl.effects.files import write_new
from capa_xl.errors import CapaError, UsageError
from capa_xl.model.adoption import Adoption, Answers
from capa_xl.model.as_of import AsOf
from capa_xl.model.meanings import SHEET_COUNTS
from capa_xl.model.procedure import Procedure
from capa_xl.ooxml.misnamed_files import refuse_template
from capa_xl.ooxml.sniff import refuse_unless_zip
from capa_xl.policy.reminders.reach import Reach, reach_of
from capa_xl.policy.viewing import view_register
from capa_xl.reports.adopt_text import paste_line
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt, survey_adoption
from capa_xl.workbook.reading.reader import read_register, require_tracker


class Adopted(Struct, frozen=True):
    """What adopt did.

    Attributes:
        is_written: False while a needed heading or word is in question: then no file was touched.
        reach: Whom letters can't reach; nobody is named while nothing is written.
        has_company: Whether 参数 names the company.
    """

    source: Path
    target: Path
    found: Adoption
    is_written: bool
    reach: Reach = Reach()
    has_company: bool = True


def read_source_table(source: Path) -> bytes:
    """The bytes of somebody's table, whatever is in it.

    Raises:
        UnreadableWorkbook: No workbook, a template, or one whose name says something else; what to do about it.
        WorkbookLocked: Another program keeps it to itself (Windows).
    """
    blob, _ = read_workbook(source)
    with naming_file(source):
        refuse_unless_zip(blob)
        refuse_template(source.name)
    return blob


def survey_workbook(source: Path, wish: Adopting) -> Adoption:
    """What `adopt_workbook` would find and ask; nothing is written.

    Raises:
        CapaError: As `adopt_workbook` does.
    """
    blob = read_source_table(source)
    with naming_file(source):
        return survey_adoption(blob, wish)


def adopt_workbook(source: Path, target: Path, wish: Adopting) -> Adopted:
    """Write the adopted workbook where nothing lies yet but an untouched earlier try of the same source.

    Raises:
        UsageError: Something else lies at the target, its name has another ending, or an answer doesn't fit.
        UnreadableWorkbook: No workbook, or no table in it that looks like a tracker.
        UnsafeWrite: It can't be taken over without risking something; nothing is written.
    """
    blob = read_source_table(source)
    if target.suffix.lower() != source.suffix.lower():
        raise UsageError(f"「{target.name}」的扩展名应与原文件相同 → 请写成 {target.stem}{source.suffix}")
    again = _is_earlier_try(blob, target, wish)
    with naming_file(source):
        new, found = adopt(blob, wish)
    if new is None:
        return Adopted(source, target, found, is_written=False)
    register = read_register(new)
    require_tracker(register)
    if not wish.takes_left_out:
        refuse_mostly_left_out(register, [sheet.strip() for sheet in register.tracker.sheets], "还没有接管")
    if again:
        target.unlink()
    write_new(target, new)
    view = view_register(register, AsOf(wish.as_of, wish.as_of))
    reach = reach_of(view)
    told, has_company = replace(reach, set_aside=""), bool(register.procedure.company)
    return Adopted(source, target, counted(found, view), is_written=True, reach=told, has_company=has_company)


def _is_earlier_try(blob: bytes, target: Path, wish: Adopting) -> bool:
    """False where nothing lies at the target; True for what the same source gave with the answers kept in it.

    Raises:
        UsageError: Something else lies there, or somebody has worked in it since.
    """
    if not target.exists() and not target.is_symlink():
        return False
    earlier = target.read_bytes() if target.is_file() and not target.is_symlink() else b""
    procedure = _procedure_kept_in(earlier)
    if procedure is not None and _gives_again(blob, earlier, procedure):
        return True
    there = f"「{target}」已经存在，没有改动它 → 请换一个文件名，或先把它移走"
    if procedure is None:
        raise UsageError(there)
    line = paste_line(str(target), "", Answers(wish.answers, wish.meanings, wish.sheets))
    raise UsageError(
        f"{there}。它就是从这张表接管来的，接管以后有人改过；还没有定的词，运行这一行，就在它里面定：\n{line}"
    )


def _procedure_kept_in(earlier: bytes) -> Procedure | None:
    """《参数》 of a workbook of ours; None of anything else."""
    try:
        register = read_register(earlier)
    except CapaError:
        return None
    return register.procedure if register.settings is not None else None


def _gives_again(blob: bytes, earlier: bytes, procedure: Procedure) -> bool:
    if procedure.reminders_from is None:
        return False
    sheets = tuple(sheet for sheet, said in procedure.sheets.items() if said == SHEET_COUNTS)
    said = procedure.headings, procedure.workbook_id, procedure.reminders_from, procedure.meanings
    wish = Adopting(*said, sheets, company=procedure.company)
    try:
        return adopt(blob, wish)[0] == earlier
    except CapaError:
        return False
