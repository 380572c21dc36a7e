"""Reminders → duties: each recipient's own reminder with what to do, where, and how late it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.cut_text import cut_line, cut_list, cut_quote
from capa_xl.model.journal import JournalView
from capa_xl.model.letter import WELCOME, Duty, JournalKey
from capa_xl.model.milestones import M1
from capa_xl.model.records import Step
from capa_xl.model.stage_strip import stage_strip
from capa_xl.policy.department_steps import open_steps
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.deputies import AddressBook, Addressee
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.posted import Posted

TITLE_LENGTH = 40
_MOST_STEPS = 8
_MOST_ACTORS = 3


def unsent_duties(
    view: RegisterView, journal: JournalView, posted: Posted, book: AddressBook, reminders: Iterable[DueReminder]
) -> tuple[tuple[Duty, ...], int]:
    """Duties that aren't in the journal yet, and how many keys are. Two reminders with the same key become one duty."""
    duties: dict[JournalKey, Duty] = {}
    already: set[JournalKey] = set()
    for reminder in reminders:
        older = _is_older(view, reminder)
        for one in book.addressees(reminder.acting, reminder.informed):
            key = _key(journal.workbook_id, reminder, one.name)
            if posted.holds(key, older):
                already.add(key)
                continue
            if older and one.name not in journal.welcomed:
                key = replace(key, occurrence=WELCOME)
            if why := posted.refusal(one.name, one.address):
                book.refused[f"{one.name}：{why}"] = None
                continue
            duties[key] = _merged(duties.get(key), _duty(view, reminder, one, key))
    return tuple(duties.values()), len(already)


def _key(workbook_id: str, reminder: DueReminder, name: str) -> JournalKey:
    return JournalKey(
        workbook_id=workbook_id,
        number=reminder.number,
        milestone=reminder.milestone.code,
        due_version=reminder.due_version,
        occurrence=reminder.occurrence,
        recipient=name,
    )


def _duty(view: RegisterView, reminder: DueReminder, one: Addressee, key: JournalKey) -> Duty:
    action = reminder.action
    derived = view.derived.get(reminder.number) if action else None
    own = _own_names(view, one)
    steps = _own_steps(view, reminder, own)
    sheet, cell = _place(view, reminder, steps)
    return Duty(
        key=key,
        address=one.address,
        informed=one.informed,
        planned_on=reminder.planned_on,
        due_on=reminder.due_on,
        late=view.on > reminder.planned_on,
        short_notice=reminder.short_notice,
        counts=reminder.milestone is M1 and not reminder.short_notice and not _is_older(view, reminder),
        what=_what(view, reminder, one, own, steps),
        days=(view.on - reminder.due_on).days if reminder.due_on else 0,
        status=derived.status if derived else "",
        title=cut_line((action.description or action.measure if action else reminder.title) or "", TITLE_LENGTH),
        department=(action.responsible_department if action else reminder.department) or "",
        sheet=sheet,
        cell=cell,
        deputy_for=one.deputy_for,
        recipient_department=view.roster.department_of(one.name, view.on) or "",
        strip=stage_strip(action, derived, view.inputs.columns) if action and derived else "",
        external_party=(action.external_party if action else None) or "",
    )


def _what(view: RegisterView, reminder: DueReminder, one: Addressee, own: Set[str], steps: Sequence[Step]) -> str:
    """The next step, or the steps of somebody's own; who hears of what others do is asked to see to it (4.4.6).

    请提醒 样例工：完成措施 …. The owners see to the whole themselves, whoever does the next step (4.4.2).
    """
    action = reminder.action
    if action is None or reminder.milestone.is_step:
        return reminder.what
    derived = view.derived[reminder.number]
    at_work = derived.status in words.OWNERS_TURN and own & set(action.owners)
    if not derived.next_actor or at_work:
        return reminder.what
    if steps:
        named = cut_list([step.called for step in steps], _MOST_STEPS, "步")
        return f"完成步骤 {named}，填写：《措施分解》实际完成"
    actors = derived.next_actor.split("、")
    if own & set(actors):
        return reminder.what
    asked = cut_list([cut_quote(name) for name in actors], _MOST_ACTORS, "人")
    return f"{asked}：{reminder.what}" if one.informed else f"请提醒 {asked}：{reminder.what}"


def _own_names(view: RegisterView, one: Addressee) -> Set[str]:
    """A recipient, whom they stand in for, and their department."""
    return {one.name, one.deputy_for, view.roster.department_of(one.name, view.on) or ""} - {""}


def _own_steps(view: RegisterView, reminder: DueReminder, own: Set[str]) -> tuple[Step, ...]:
    """The open steps of somebody by name, else those of their department, in others' action that is under way."""
    action = reminder.action
    if action is None or reminder.milestone.is_step or own & set(action.owners):
        return ()
    if view.derived[action.number].status not in words.OWNERS_TURN:
        return ()
    steps = open_steps(view.inputs, action.number)
    by_name = tuple(step for step in steps if own & set(step.owners))
    return by_name or tuple(step for step in steps if step.department in own)


def _is_older(view: RegisterView, reminder: DueReminder) -> bool:
    """Its day lay before 提醒启用日: it goes into the person's one 首次启用汇总 and counts in no figure."""
    start = view.procedure.reminders_from
    return start is not None and reminder.planned_on < start


def _merged(first: Duty | None, second: Duty) -> Duty:
    """Two questions that fall on one key (two feedbacks of one day): one duty that names both, acting before told."""
    if first is None:
        return second
    what = first.what if second.what in first.what else f"{first.what}；{second.what}"
    return replace(first, what=what, informed=first.informed and second.informed)


_CELL_BY_STATUS = {
    words.NOT_STARTED: "started_on",
    words.RUNNING: "completed_on",
    words.REWORK: "completed_on",
    words.TO_APPROVE: "approved_on",
    words.SENT_BACK: "measure",
}


def _place(view: RegisterView, reminder: DueReminder, steps: Sequence[Step]) -> tuple[str, str]:
    """Sheet and cell to open: that of the recipient's own step, else the action's."""
    action, table = reminder.action, view.register.steps
    if table is not None and steps:
        return table.sheet, table.cell(steps[0].row, "done_on")
    sheet = reminder.sheet or (view.register.tracker.sheet_of(action.row) if action else "")
    return sheet, reminder.cell or _cell(view, reminder)


def _cell(view: RegisterView, reminder: DueReminder) -> str:
    """The cell to open: the one to be filled next where the table has it, else the row's 编号."""
    if reminder.action is None:
        return ""
    key = reminder.key
    if key == "number":
        key = _CELL_BY_STATUS.get(view.derived[reminder.number].status, key)
    named = (view.at(reminder.action, key) if key != "number" else "", *view.cells_to_fill(reminder.action))
    return next((cell for cell in named if cell), view.at(reminder.action, "number"))
