"""Where an action stands, in one line for every surface: 登记● 策划● 审批◐ 实施○ 检查○ 确认○ 归档○.

● is a fact, ◐ what is waited for, ○ what is not (yet) there: a stage that was passed over stays ○.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived

DONE, WAITED_FOR, OPEN = "●", "◐", "○"
STAGES: Final[Mapping[str, str]] = {
    "登记": "",
    "策划": "",
    "审批": "approval",
    "实施": "",
    "检查": "inspection",
    "确认": "effect",
    "归档": "archived_on",
}
"""Stage → the column without which a table doesn't have it; "" for those that every table has."""

_WAITED_FOR: Final[Mapping[str, str]] = {
    words.TO_PLAN: "策划",
    words.SENT_BACK: "策划",
    words.TO_APPROVE: "审批",
    words.NOT_STARTED: "实施",
    words.RUNNING: "实施",
    words.REWORK: "实施",
    words.TO_INSPECT: "检查",
    words.OBSERVING: "确认",
    words.TO_CONFIRM: "确认",
    words.NOT_EFFECTIVE: "确认",
    words.TO_REVISE: "归档",
    words.TO_ARCHIVE: "归档",
}


def stage_strip(action: Action, derived: Derived, columns: frozenset[str] | None = None) -> str:
    """The stages with their marks; "" for a cancelled action.

    Args:
        columns: Keys of the tracker's columns; a stage whose column is missing is left out. None: it has all.
    """
    if derived.status == words.CANCELLED:
        return ""
    return _line(_done(action, derived), _WAITED_FOR.get(derived.status), columns)


@lru_cache(maxsize=1024)
def _line(done: tuple[bool, ...], waited_for: str | None, columns: frozenset[str] | None) -> str:
    """A table of ten thousand actions stands in few ways."""
    return " ".join(
        f"{stage}{WAITED_FOR if stage == waited_for else DONE if is_done else OPEN}"
        for is_done, (stage, column) in zip(done, STAGES.items(), strict=True)
        if columns is None or not column or column in columns
    )


def _done(action: Action, derived: Derived) -> tuple[bool, ...]:
    """Stage by stage, as in `STAGES`."""
    return (
        True,
        derived.status != words.TO_PLAN,
        derived.route_satisfied,
        action.completed_on is not None,
        action.inspected_on is not None and action.inspection == words.PASSED,
        derived.conclusion is not None,
        derived.status == words.CLOSED,
    )
