"""Open rows that still go by a department's former name (部门沿革): proposed for the new one, cell by cell.

Open are actions, their steps that aren't done, needs without an answer, and decisions for which nothing is registered.
What has come to its end keeps the old name, and is judged by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import Kind, column_by_key, columns_of
from capa_xl.model.lineage import Lineage
from capa_xl.model.lists import DEPARTMENTS_LIST
from capa_xl.model.meant_word import meant_word
from capa_xl.model.records import Person, Step
from capa_xl.model.register import Table
from capa_xl.model.replacements import LeftToPeople, NamedCell, WantedNames
from capa_xl.model.schema import LISTS_SHEET, PEOPLE_SHEET
from capa_xl.policy.register_view import RegisterView

_DEPARTMENTS = (Kind.DEPARTMENT, Kind.DEPARTMENTS)
_DEEDS = frozenset({"raised_department", "evaluating_department"})
"""Whose department it was on the day of the deed: a fact, which is never renamed."""


def reorganised(view: RegisterView) -> WantedNames:
    """The cells of open rows, and of needs without an answer, that name a department by a former name at T."""
    lineage, strange = view.roster.lineage, strange_successors(view)
    cells: list[NamedCell] = []
    left: list[LeftToPeople] = [_stranger(name, near) for name, near in strange.items()]
    for table, record, key, old in _named(view, lineage):
        new = lineage.successors(old, view.on)
        if len(new) == 1 and new[0] in strange:
            continue
        if len(new) == 1:
            cells.append(NamedCell(table, record.row, key, record.number or "", _about(record), old, new[0]))
        else:
            record_class: type = type(record)
            left.append(_split(record.number or "", column_by_key(record_class)[key].header, old, new))
    staff = (cell for cell in _roster(view, lineage) if cell.new not in strange)
    asides = (_set_aside(view, lineage), _split_staff(view, lineage), _listed(view, lineage, strange))
    return WantedNames((*cells, *staff), (*left, *chain.from_iterable(asides)))


def strange_successors(view: RegisterView) -> dict[str, str]:
    """New names in force that 人员部门 hasn't, → the one of it that was probably meant; "" where none is like it.

    A name that its staff get by the same renaming is none, nor one of a split, whose staff are moved by people: unless
    it is a slip for another department.
    """
    lineage, known = view.roster.lineage, frozenset(view.roster.departments)
    people = view.register.people.records if view.register.people else ()
    running = (person.department for person in people if person.department and _is_running(person))
    coming = {new for department in running for new in lineage.successors(department, view.on)}
    found: dict[str, str] = {}
    for old in lineage.former if people else ():
        after = lineage.successors(old, view.on)
        for new in (one for one in after if one not in known):
            near = meant_word(new, known - {old})
            if near or (len(after) == 1 and new not in coming):
                found[new] = near
    return found


def _stranger(name: str, near: str) -> LeftToPeople:
    like = f"（是不是「{near}」？）" if near else ""
    cure = "请改《部门沿革》的新部门，或先在《人员部门》登记，再运行本命令"
    return LeftToPeople("", "《部门沿革》新部门", f"「{name}」不在《人员部门》中{like}，没有改成它 → {cure}")


def renamed_departments(view: RegisterView, action: Action) -> tuple[str, ...]:
    """The former names that an action still goes by at T."""
    names = (*action.departments, *filter(None, [action.owning_department]))
    return tuple(name for name in dict.fromkeys(names) if not view.roster.lineage.lives_on(name, view.on))


def _named(view: RegisterView, lineage: Lineage) -> Iterator[tuple[str, Any, str, str]]:
    """Table, row, key and former name."""
    former = frozenset(name for name in lineage.former if lineage.successors(name, view.on) != (name,))
    for table, record in _open_rows(view) if former else ():
        for key in _keys(type(record)):
            for name in _names(record, key):
                if name in former and not (lineage.lives_on(name, view.on) and _is_younger(record, lineage, name)):
                    yield table, record, key, name


def _set_aside(view: RegisterView, lineage: Lineage) -> Iterator[LeftToPeople]:
    """Rows that can't be read and go by a former name: nothing is written in them until they are put right."""
    for row in view.register.quarantined if lineage.former else ():
        record = row.record
        if record.archived_on is not None or record.cancelled_on is not None:
            continue
        for key in _keys(Action):
            for name in (name for name in _names(record, key) if not lineage.lives_on(name, view.on)):
                why = f"这一行待更正，「{name}」没有改 → 请先按校验结果更正，再运行本命令"
                number = row.number or view.register.tracker.line(row.row)
                yield LeftToPeople(number, column_by_key(Action)[key].header, why)


def _is_younger(record: Any, lineage: Lineage, name: str) -> bool:
    """True for what was registered since a department was split: who wrote it knew the parts."""
    since, on = lineage.changed_on(name), getattr(record, "registered_on", None)
    return since is not None and on is not None and on >= since


def _open_rows(view: RegisterView) -> Iterator[tuple[str, Any]]:
    for action in view.register.tracker.records:
        derived = view.derived.get(action.number)
        if derived is not None and not derived.is_ended:
            yield "tracker", action
            steps = view.steps.get(action.number, ()) if view.register.steps else ()
            yield from (("steps", step) for step in steps if step.done_on is None)
    decisions = view.register.decisions.records if view.register.decisions else ()
    undone = (one for one in decisions if not one.tracker_numbers and one.conclusion != words.REFUSED)
    yield from (("decisions", decision) for decision in undone)
    needs: Table[Any] | None = view.register.needs
    yield from (("needs", need) for need in (needs.records if needs else ()) if need.replied_on is None)


def _keys(record_class: type) -> Iterable[str]:
    return (
        col.key for col in columns_of(record_class) if col.kind in _DEPARTMENTS and _is_renamed(record_class, col.key)
    )


def _is_renamed(record_class: type, key: str) -> bool:
    return key not in _DEEDS and (key != "department" or record_class in (Action, Step))


def _names(record: Any, key: str) -> tuple[str, ...]:
    if key == "responsible_department" and isinstance(record, Action):
        return record.departments
    value = getattr(record, key)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _roster(view: RegisterView, lineage: Lineage) -> Iterator[NamedCell]:
    """Rows of 人员部门 without 失效日期 that stand in a department by its former name."""
    for person in view.register.people.records if view.register.people else ():
        name = person.department or ""
        new = lineage.current(name, view.on) if name else name
        if _is_running(person) and new != name:
            yield NamedCell("people", person.row, "department", "", person.name or "", name, new)


def _split_staff(view: RegisterView, lineage: Lineage) -> Iterator[LeftToPeople]:
    """Rows of 人员部门 in force that stand in a department which is no more, and was split."""
    for person in view.register.people.records if view.register.people else ():
        name = person.department or ""
        new = lineage.successors(name, view.on) if name else ()
        if len(new) > 1 and name not in new and _is_running(person):
            yield _split("", f"《{PEOPLE_SHEET}》{person.name or ''} 部门", name, new)


def _listed(view: RegisterView, lineage: Lineage, strange: Collection[str]) -> Iterator[LeftToPeople]:
    """New names in force that the drop-downs lack, beside the former ones that 字典 still has."""
    listed = view.procedure.lists.get(DEPARTMENTS_LIST, ())
    told: set[str] = set()
    for old in (name for name in lineage.former if name in listed):
        names = lineage.successors(old, view.on)
        lacking = [new for new in names if new not in (*listed, *strange, *told)]
        if not lacking:
            continue
        told.update(lacking)
        quoted = "".join(f"「{new}」" for new in lacking)
        cure = f"加上{quoted}" if len(names) > 1 else f"把「{old}」改成{quoted}"
        yield LeftToPeople("", f"《{LISTS_SHEET}》{DEPARTMENTS_LIST}", f"下拉列表里没有{quoted} → 请在这一列{cure}")


def _is_running(person: Person) -> bool:
    return person.valid_from is None and person.valid_to is None and person.active is not False


def _about(record: Any) -> str:
    """What the row is about: the problem, the step, the decision."""
    texts = (getattr(record, key, None) for key in ("description", "content", "decision"))
    return next((text for text in texts if text), "")


def _split(number: str, header: str, old: str, new: tuple[str, ...]) -> LeftToPeople:
    cure = f"属于{'、'.join(name for name in new if name != old)}的请改" if old in new else "请按实际承担的部门填写"
    return LeftToPeople(number, header, f"「{old}」已拆为{'、'.join(new)} → {cure}")
