"""Small words that several papers share: cells by key, check boxes, lists of numbers, the head of a paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.problem import Problem

NO_COLUMN = "本表未设此栏"
NONE = "无"
SPACE = "\u3000"
STAGE_BANDS = frozenset({"审批", "检查", "确认", "归档"})


def head_words(head: PaperHead, title: str) -> dict[str, Any]:
    """The words of header and footer, as `head.…` of every template."""
    return {
        "company": head.company,
        "title": title,
        "number": head.number,
        "form_number": head.form_number,
        "as_of": head.as_of,
        "fingerprint": "-".join(mark[:8] for mark in (head.fingerprint, head.journal_head) if mark),
        "policy": head.policy,
        "draft": "草稿 — 不作为归档依据" if head.is_draft else None,
        "cover": head.with_cover,
    }


def cells(record: Any) -> dict[str, Any]:
    """Every cell of a record by its English key; blank for no record."""
    record_class: type = type(record)
    return {col.key: getattr(record, col.key) for col in columns_of(record_class)}


def blank_cells(record_class: type) -> dict[str, Any]:
    """The keys of a record class, all blank."""
    return {col.key: None for col in columns_of(record_class)}


def action_cells(action: Action, columns: frozenset[str]) -> dict[str, Any]:
    """The cells of an action; those of a stage whose column the table lacks say so."""
    found = cells(action)
    for col in columns_of(Action):
        if col.band in STAGE_BANDS and col.key not in columns and found[col.key] in (None, ()):
            found[col.key] = NO_COLUMN
    return found


def boxes(chosen: str | None, choices: Sequence[str]) -> str:
    """☑ 纠正　☐ 预防　☐ 改进."""
    return SPACE.join(f"{'☑' if choice == chosen else '☐'} {choice}" for choice in choices)


def yes_no_boxes(value: bool | None) -> str:
    """☐ 是　☐ 否."""
    return boxes({True: "是", False: "否", None: None}[value], ("是", "否"))


def listed(values: Iterable[str]) -> str:
    """Values between 、."""
    return "、".join(values)


def problem_rows(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """The rows of 数据提示: where, what, what to do."""
    return [
        {
            "rule": problem.rule,
            "clause": problem.clause,
            "place": f"{problem.sheet} {problem.cell or ''}".strip(),
            "message": problem.message,
            "fix": problem.fix,
        }
        for problem in problems
    ]


def subject(description: str | None) -> str:
    """The first thirty characters of 问题描述 in one line."""
    line = " ".join((description or "").split())
    return line if len(line) <= 30 else f"{line[:30]}…"
