"""The strip of stages that letters, papers and terminal show for an action: what is done, on, and still to come."""

from __future__ import annotations

from typing import Final

from capa_xl.model import words

STAGES: Final = ("登记", "策划", "审批", "实施", "检查", "确认", "归档")
DONE, NOW, TO_COME = "●", "◐", "○"
_NOW: Final = {
    words.TO_PLAN: "策划", words.SENT_BACK: "策划", words.TO_APPROVE: "审批", words.NOT_STARTED: "实施",
    words.RUNNING: "实施", words.REWORK: "实施", words.TO_INSPECT: "检查", words.OBSERVING: "确认",
    words.TO_CONFIRM: "确认", words.NOT_EFFECTIVE: "确认", words.TO_REVISE: "归档", words.TO_ARCHIVE: "归档",
}  # fmt: skip
"""Status → the stage that is on; every stage before it is done. 观察期 belongs to 确认."""


def stage_strip(status: str) -> str:
    """`登记● 策划● 审批◐ 实施○ 检查○ 确认○ 归档○`; all done once closed, "" for what left the way or is no status."""
    if status == words.CLOSED:
        return " ".join(f"{stage}{DONE}" for stage in STAGES)
    if status not in _NOW:
        return ""
    now = STAGES.index(_NOW[status])
    marks = (DONE,) * now + (NOW,) + (TO_COME,) * (len(STAGES) - now - 1)
    return " ".join(f"{stage}{mark}" for stage, mark in zip(STAGES, marks, strict=True))
