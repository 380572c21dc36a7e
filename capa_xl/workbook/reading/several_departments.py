"""责任部门 may name several departments: the first is the main one, all their managers are reminded.

A whole name that the workbook knows beats splitting: 研发/测试部 is one department where 人员部门 or 字典 has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.columns import Kind, columns_of
from capa_xl.model.lists import DEPARTMENTS_LIST
from capa_xl.model.records import Person
from capa_xl.model.register import Table
from capa_xl.workbook.reading.tracker import TrackerRows
from capa_xl.workbook.reading.written_names import bare_name, one_name, parts_in

_INSIDE_NAMES = "/ "
"""What may stand inside the name of a department and yet parts two names."""


def known_departments(people: Table[Person] | None, lists: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Every department that 人员部门 or 字典 has; with a blank inside, as 字典 may have it, and without."""
    named = (person.department for person in people.records if person.department) if people else ()
    listed = lists.get(DEPARTMENTS_LIST, ())
    return frozenset((*named, *listed, *map(one_name, listed)))


def introduced_names(people: Table[Person] | None, lists: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Every person of 人员部门 and every department of 人员部门 or 字典: a blank inside one parts nothing."""
    persons = (person.name for person in people.records if person.name) if people else ()
    return known_departments(people, lists).union(persons)


def with_departments(rows: TrackerRows, known: Iterable[str]) -> TrackerRows:
    """The rows with 责任部门 taken apart where it holds several, and what was taken apart of 涉及部门 put together.

    Args:
        known: Departments of 人员部门 and 字典; without any, / is taken for a part of a name.
    """
    whole = frozenset(known)
    written = {action.responsible_department for action in rows.table.records} - {None}
    written |= {row.record.responsible_department for row in rows.quarantined} - {None}
    several = {text: found for text in written if text and (found := departments_in(text, whole)) != (text,)}
    joint = any(sign in name for name in whole for sign in _INSIDE_NAMES)
    if not several and not joint:
        return rows
    records = tuple(_whole_names(_taken_apart(action, several), whole) for action in rows.table.records)
    aside = tuple(
        replace(row, record=_whole_names(_taken_apart(row.record, several), whole)) for row in rows.quarantined
    )
    return replace(rows, table=replace(rows.table, records=records), quarantined=aside)


def with_listed_departments(table: Table[Any], known: Iterable[str]) -> Table[Any]:
    """A sheet around the tracker with 、 between the departments of a cell that names several (管理评审's 责任部门)."""
    whole = frozenset(known)
    keys = _department_columns(table)
    records = table.records
    for key in keys:
        records = tuple(_listed(record, key, whole) for record in records)
    return replace(table, records=records)


def _department_columns(table: Table[Any]) -> list[str]:
    record: type = type(table.records[0]) if table.records else object
    return [col.key for col in columns_of(record) if col.kind is Kind.DEPARTMENT] if table.records else []


def _listed(record: Any, key: str, known: frozenset[str]) -> Any:
    text = getattr(record, key)
    listed = "、".join(departments_in(text, known)) if text else text
    return record if listed == text else replace(record, **{key: listed})


def departments_in(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """The departments of a cell in order; the text itself where it is known whole."""
    if text in known:
        return (text,)
    if not known and "/" in text:
        return (text,)
    parts = parts_in(text)
    return _joined(parts, known) or (bare_name(text) or text,)


def _joined(parts: Sequence[str], known: frozenset[str]) -> tuple[str, ...]:
    """The parts, two neighbours taken as one where only their joint name is known: 网络部、研发/测试部; 信息 安全部."""
    found: list[str] = []
    for part in parts:
        joint = next((whole for sign in ("/", "") if found and (whole := found[-1] + sign + part) in known), "")
        if joint and part not in known:
            found[-1] = joint
        else:
            found.append(part)
    return tuple(found)


def _whole_names(action: Action, known: frozenset[str]) -> Action:
    """涉及部门 was split at every separator: a name that is known whole is one (研发/测试部)."""
    found = _joined(action.involved_departments, known)
    return action if found == action.involved_departments else replace(action, involved_departments=found)


def _taken_apart(action: Action, several: dict[str, tuple[str, ...]]) -> Action:
    text = action.responsible_department
    found = several.get(text or "")
    if text is None or found is None:
        return action
    return replace(action, responsible_department=found[0], other_departments=found[1:], departments_as_written=text)
