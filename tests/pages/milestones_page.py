"""docs/reminders.md: the table of milestones, made from the milestones themselves."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.milestones import ALARM, LADDER, M1, MILESTONES, Milestone, early
from tests.pages.between_marks import with_text_between

BEGIN, END = "<!-- 里程碑表：由 make docs 生成，请勿手改 -->", "<!-- 里程碑表结束 -->"


def milestones_table() -> str:
    """One row a milestone: code, name, days, who acts and who is told."""
    return "\n".join(["| 代号 | 名称 | 什么时候 | 发给谁 |", "|---|---|---|---|", *map(_row, _in_order())])


def with_milestones_table(page: str) -> str:
    """The page with its table made afresh between the two marks.

    Raises:
        ValueError: The page has no such marks.
    """
    return with_text_between(page, BEGIN, END, milestones_table())


def _in_order() -> Iterator[Milestone]:
    yield from (M1, early(7), early(1))
    yield from (milestone for milestone in MILESTONES if milestone not in (M1, ALARM))
    yield ALARM


def _row(milestone: Milestone) -> str:
    return f"| {milestone.code} | {milestone.name} | {milestone.when} | {_audience(milestone)} |"


def _audience(milestone: Milestone) -> str:
    lower = [step for step in LADDER if step is not milestone and set(step.acting) < set(milestone.acting)]
    known = lower[-1].acting if milestone in LADDER and lower else ()
    acting = "、".join(post for post in milestone.acting if post not in known)
    informed = f"；知会{'、'.join(milestone.informed)}" if milestone.informed else ""
    return ("再加" if known else "") + acting + informed
