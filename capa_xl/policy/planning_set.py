"""The planning set: what must be written down before an action can be approved (4.4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import Column, column_by_key, columns_of
from capa_xl.policy.status_inputs import StatusInputs

DETAILED_LENGTH = 30
_PLANNING = tuple(column for column in columns_of(Action) if column.planning)
_COLUMNS = column_by_key(Action)
_UNFOLD = re.compile(r"（在“[^”]*”组中展开）")
_PLACES = {key: at for at, key in enumerate(_COLUMNS)}


def vague_phrase(text: str) -> str:
    """The first of 加强管理, 尽快 … that a text leans on without any figure; "" when it is concrete (A16)."""
    if any(map(str.isdigit, text)):
        return ""
    return next((phrase for phrase in words.VAGUE_PHRASES if phrase in text), "")


def is_detailed(text: str | None) -> bool:
    """True for a 措施内容 that is long and concrete enough to stand for 实施方案."""
    return bool(text) and len(text or "") >= DETAILED_LENGTH and not vague_phrase(text or "")


INVESTIGATION = ("category", "investigators", "investigated_on")
"""What 4.2.2 wants to know of a 纠正 besides its cause: of which kind it is, and who looked into it when."""


def is_planned(inputs: StatusInputs, action: Action) -> bool:
    """Whether somebody has to do something by a day: 措施内容 stands, or the table has no column for it."""
    return bool(action.measure) or not inputs.on_its_page(action).has("measure")


def missing_planning(inputs: StatusInputs, action: Action) -> tuple[Column, ...]:
    """Planning columns that the table has, the action needs and nobody filled, in column order."""
    missing = (c for c in _PLANNING if c.key in inputs.columns and _is_missing(inputs, action, c.key))
    return tuple(_COLUMNS[deadline_key(inputs)] if c.key == "due_on" else c for c in missing)


def deadline_key(inputs: StatusInputs) -> str:
    """The column that takes a missing deadline: in somebody's table with a first and a moved one the first.

    A row never moved has the first alone (`tracker._with_first_deadlines`); our own 原完成期限 is left blank till then,
    in a new workbook and where a growth added it to a table whose one deadline is 完成期限.
    """
    came = "、".join(inputs.procedure.added_columns.values()).split("、")
    is_added = _COLUMNS["original_due_on"].header in came
    is_theirs = inputs.has("original_due_on") and "due_on" in dict(inputs.headings) and not is_added
    return "original_due_on" if is_theirs else "due_on"


def advisable_planning(inputs: StatusInputs, action: Action) -> tuple[Column, ...]:
    """Blank columns outside the planning set that rules ask for before the approval, in column order."""
    wanted = [key for key in _advisable(inputs, action) if key in inputs.columns and _is_blank(action, key)]
    return tuple(_COLUMNS[key] for key in sorted(wanted, key=_PLACES.__getitem__))


def wants_steps(inputs: StatusInputs, action: Action) -> bool:
    """A 重大 measure without a step, in a workbook that breaks measures into steps (PL03)."""
    return action.severity == words.MAJOR and bool(inputs.steps) and not inputs.steps.get(action.number)


def has_grounds(action: Action) -> bool:
    """A prevention says what it prevents, or what told of it (PL12)."""
    return bool(action.main_cause or action.cause or action.analysis_number or action.source_number)


def concerned_departments(action: Action) -> tuple[str, ...]:
    """涉及部门, 责任部门 and 归口部门 as given, each once (4.3.2)."""
    named = (*action.involved_departments, *action.departments, action.owning_department)
    return tuple(dict.fromkeys(name for name in named if name))


def _is_blank(action: Action, key: str) -> bool:
    return getattr(action, key) in (None, ())


def _advisable(inputs: StatusInputs, action: Action) -> Iterator[str]:
    """Keys by what the action is, each once: PL05, PL06, PL08, PL09, PL11-PL14, PL22, PL26, PL28, FD18, FD20, XR12."""
    yield from ("registered_on", "source", "goal")
    if action.action_type != words.IMPROVEMENT:
        yield "impact"
    if action.action_type == words.CORRECTIVE:
        yield from ("is_repeat", *INVESTIGATION)
        if action.severity == words.MAJOR:
            yield "containment"
    if action.action_type in (words.PREVENTIVE, words.IMPROVEMENT):
        yield "current_state"
    if action.action_type == words.PREVENTIVE:
        yield from _grounds_wanted(action)
    if action.severity == words.MAJOR or action.is_repeat:
        yield from ("analysis_methods", "indicator", "baseline", "target", "involved_departments")
    if action.severity == words.MAJOR:
        yield "unit"
    if action.is_repeat:
        yield "previous_numbers"
    if action.action_type == words.PREVENTIVE and len(concerned_departments(action)) > 1:
        yield "communication"


def _grounds_wanted(action: Action) -> Iterator[str]:
    """What a prevention prevents, and what told of it, each in one of two columns (4.3.2)."""
    if not (action.main_cause or action.cause):
        yield "main_cause"
    if not (action.analysis_number or action.source_number):
        yield "analysis_number"


def _is_missing(inputs: StatusInputs, action: Action, key: str) -> bool:
    if getattr(action, key):
        return False
    if key == "cause":
        prevents = action.action_type == words.PREVENTIVE
        return action.action_type == words.CORRECTIVE or (prevents and not has_grounds(action))
    if key == "scheme":
        return not inputs.steps.get(action.number) and not is_detailed(action.measure)
    if key == "owning_department":
        return needs_owning_department(action)
    return True


def needs_owning_department(action: Action) -> bool:
    """True where 归口部门 must be named by hand: 重大, 重复, 预防; else 所属过程 tells it."""
    return action.severity == words.MAJOR or bool(action.is_repeat) or action.action_type == words.PREVENTIVE


def fields_phrase(inputs: StatusInputs, columns: tuple[Column, ...]) -> str:
    """Headings to fill, as the table has them, and the outline group to open for those that may be folded away.

    原因分析、归口部门; an outlined column adds （在“归档”组中展开）.
    """
    return headings_phrase(inputs, tuple(column.key for column in columns))


def headings_phrase(inputs: StatusInputs, keys: tuple[str, ...]) -> str:
    """The same for the columns of these keys that the table has."""
    return _phrase(inputs.columns, inputs.outlined, inputs.headings, keys)


def heading_of(inputs: StatusInputs, key: str) -> str:
    """The heading of one column as the table has it, on one line."""
    return " ".join(dict(inputs.headings).get(key, _COLUMNS[key].header).split())


def as_named(inputs: StatusInputs, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys in the order in which `headings_phrase` names their columns, so that addresses can stand beside it."""
    return _in_bands(inputs.outlined, keys)


@lru_cache(maxsize=256)
def _in_bands(outlined: frozenset[str], keys: tuple[str, ...]) -> tuple[str, ...]:
    """Kept, because ten thousand rows ask for a few dozen different sets of columns."""
    bands = list(dict.fromkeys(_COLUMNS[key].band for key in keys if key in outlined))
    return tuple(sorted(keys, key=lambda key: bands.index(_COLUMNS[key].band) + 1 if key in outlined else 0))


@lru_cache(maxsize=256)
def _phrase(
    present: frozenset[str], outlined: frozenset[str], headings: tuple[tuple[str, str], ...], keys: tuple[str, ...]
) -> str:
    written = dict(headings)
    said = {key: written.get(key, _COLUMNS[key].header) for key in keys if key in present}
    shown = [said[key] for key in said if key not in outlined]
    folded: dict[str, list[str]] = {}
    for key in said:
        if key in outlined:
            folded.setdefault(_COLUMNS[key].band, []).append(said[key])
    return "、".join(shown + [f"{'、'.join(headers)}（在“{band}”组中展开）" for band, headers in folded.items()])


def without_groups(phrase: str) -> str:
    """A phrase without the outline groups to open: for forms, which have none of the tracker's folded columns."""
    return _UNFOLD.sub("", phrase)
