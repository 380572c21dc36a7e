"""What composing letters needs from outside: the editable templates, and what all letters of a run share."""

from __future__ import annotations

from pathlib import Path

from capa_xl.app.shared.opening import Opened
from capa_xl.effects.resources import is_own_template, resource_dir
from capa_xl.errors import BadTemplate, SettingsError
from capa_xl.model.as_of import AsOf
from capa_xl.reports.letter_templates import HTML_FILE, SUBJECT_FILE, TEXT_FILE, LetterTemplates
from capa_xl.reports.letters import Letterhead
from capa_xl.reports.letters_check import letter_faults

FOLDER = "letters"
NO_DOMAIN = "capa-xl.example"


def letter_templates(own: Path | None) -> LetterTemplates:
    """The templates of the quality department's folder, each missing one taken from those that come with the program.

    Raises:
        SettingsError: One of them can't be read.
    """
    return LetterTemplates(_template(own, SUBJECT_FILE), _template(own, TEXT_FILE), _template(own, HTML_FILE))


def own_letter_templates(own: Path | None) -> tuple[Path, ...]:
    """Where the quality department's letter templates lie, or would lie."""
    return tuple(own / FOLDER / name for name in (SUBJECT_FILE, TEXT_FILE, HTML_FILE)) if own is not None else ()


def has_own_wording(own: Path | None) -> bool:
    """True where the quality department has a letter template of its own."""
    return any(map(is_own_template, own_letter_templates(own)))


def refuse_faulty_wording(own: Path | None) -> None:
    """Return if the quality department's letter templates can be used: asked before a run writes anything.

    Raises:
        BadTemplate: One has a fault; all of them are said.
        SettingsError: One of them can't be read.
    """
    if not has_own_wording(own):
        return
    if faults := letter_faults(letter_templates(own)):
        raise BadTemplate("；".join(faults))


def letters_folder(own: Path | None) -> Path:
    """Where the quality department keeps its letter templates, else where ours lie."""
    place = own / FOLDER if own is not None else None
    return place if place is not None and place.is_dir() else resource_dir("report_templates") / FOLDER


def letterhead_of(opened: Opened, as_of: AsOf) -> Letterhead:
    """Company, workbook and the domain of Message-IDs: that of the sender, once there is one."""
    procedure = opened.register.procedure
    from email.utils import parseaddr  # loads sockets

    sender = opened.desk.settings.mail.sender
    return Letterhead(
        as_of=as_of.on,
        company=procedure.company,
        reminders_from=procedure.reminders_from,
        workbook=opened.path.name,
        domain=parseaddr(sender)[1].rpartition("@")[2] or NO_DOMAIN,
        rehearsal=as_of.on != as_of.today,
        lead=procedure.first_reminder,
        place=procedure.workbook_place,
        contact=procedure.quality_contact,
        policy=procedure.policy,
        has_extensions=opened.register.extensions is not None,
        due_heading=opened.register.tracker.headings.get("due_on") or "完成期限",
    )


def _template(own: Path | None, name: str) -> str:
    place = own / FOLDER / name if own is not None else None
    if place is None or not is_own_template(place):
        place = resource_dir("report_templates") / FOLDER / name
    try:
        return place.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"信件模板「{place}」读不出来 → 请存为 UTF-8 并检查权限") from None
