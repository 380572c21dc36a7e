"""The time axis of one action on paper: month by month the PDCA phase it was in, its deadlines, and today."""

from __future__ import annotations

from datetime import date, timedelta

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.months import month_start

AXIS_SIZES = (6, 10, 14)
"""So many cells an axis may have; an action that lasts longer than the longest has several months in one."""
_DAY = timedelta(days=1)
AXIS_WORDS = (
    "P 策划审批　D 实施　C 检查确认　A 修订归档（期末所在阶段）　◆ 完成期限　◇ 原完成期限　逾 实施逾期　▲ 数据截至"
)


def action_axis(action: Action, derived: Derived, on: date) -> list[dict[str, str]]:
    """The cells of the axis: the fewest of `AXIS_SIZES` that hold it; the months after its end complete them.

    The cell that holds T shows the stage of the status, earlier ones the phase by the row's dates, later ones none.

    Args:
        action: The action.
        derived: What is derived of it at T.
        on: T.
    """
    days = _days(action, derived, on)
    first, last = month_start(min(days)), month_start(max(days))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    size = -(-months // AXIS_SIZES[-1])
    count = next(cells for cells in AXIS_SIZES if cells * size >= months)
    starts = [month_start(first, at * size) for at in range(count)]
    shown = [_cell(start, month_start(start, size), action, derived, on) for start in starts]
    ended = -(-months // size) if derived.status in words.ENDED else count
    return [cell if at < ended else cell | {"phase": "", "late": ""} for at, cell in enumerate(shown)]


def _days(action: Action, derived: Derived, on: date) -> list[date]:
    """Every day the axis has to hold."""
    known = (
        action.registered_on, derived.approved_on, action.started_on, action.due_on, derived.original_due_on,
        action.completed_on, _confirmed_on(derived), action.archived_on, None if derived.status in words.ENDED else on,
    )  # fmt: skip
    return [day for day in known if day] or [on]


def _cell(start: date, end: date, action: Action, derived: Derived, on: date) -> dict[str, str]:
    """One cell: from its first day to the day before `end`."""
    marks = (mark for mark, day in _marks(action, derived, on) if day and start <= day < end)
    return {
        "month": f"{start:%y-%m}",
        "phase": _phase(start, end, action, derived, on),
        "marks": "".join(marks),
        "late": "逾" if _is_late(start, end, action, derived, on) else "",
    }


def _is_late(start: date, end: date, action: Action, derived: Derived, on: date) -> bool:
    """Whether it holds a day past 完成期限 of what isn't carried out; of what was reopened only T is one."""
    if action.due_on is None or "Y1" not in derived.overdue:
        return False
    return start <= on and end > (on if derived.taken_back else action.due_on + _DAY)


def _marks(action: Action, derived: Derived, on: date) -> tuple[tuple[str, date | None], ...]:
    original = derived.original_due_on if derived.original_due_on != action.due_on else None
    return (("◇", original), ("◆", action.due_on), ("▲", None if derived.status in words.ENDED else on))


def _phase(start: date, end: date, action: Action, derived: Derived, on: date) -> str:
    if start > on:
        return ""
    if on < end and derived.status not in words.ENDED:
        return derived.stage
    phases = (
        ("A", _confirmed_on(derived)),
        ("C", action.completed_on),
        ("D", derived.approved_on or action.started_on),
    )
    return next((phase for phase, since in phases if since and since < end), "P")


def _confirmed_on(derived: Derived) -> date | None:
    return derived.conclusion.confirmed_on if derived.conclusion else None
