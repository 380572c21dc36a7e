"""What changed between two editions of the plan, as a person finds it in the tracker: row, heading, before and after.

A plan prints one fact in several places, and sentences where it has none: of those the cell of the row is told, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from capa_xl.model.paper_kinds import PLAN
from capa_xl.model.told_changes import told_changes
from capa_xl.reports.word.context_plan import WORDS
from capa_xl.reports.word.field_words import GROUPS, LEAVES
from capa_xl.reports.word.substance import as_told

_ITEM, _SCHEME, _SOURCE, _GOAL = "项目", "第五节", "来源", "目标分解"
_ITEMS: Final = frozenset(GROUPS[key] for key in ("corrective", "preventive", "unclassified"))
_MONTHS, _MAJORS, _RESOURCES = GROUPS["months"], GROUPS["majors"], GROUPS["resources"]
_SOURCES, _GOALS, _CHANGES, _VERSIONS = (GROUPS[key] for key in ("sources", "goals", "changes", "versions"))
_OF_AN_ITEM: Final = {
    "措施": "措施内容", "目标": "改进目标", "期限": "完成期限", "过程": "所属过程", "问题或机会": "现状分析、问题描述",
    "应批准方式": "批准方式", "资源": "资源需求", "调查与原因": "原因分析", "指标": "效果指标",
    "问题描述前三十字": "问题描述",
}  # fmt: skip
_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    _ITEM: _OF_AN_ITEM,
    _SCHEME: _OF_AN_ITEM,
    _RESOURCES: {"内容": "资源需求"},
    "计划": {"目标": "总体目标", "违反的要求": "总体要求", "批准": "批准结论"},
    "未采纳需求": {"有效性评价": "评估结论"},
    _GOALS: {"本期（现行内容）": "现值", "期间": "统计周期", "部门": "责任部门"},
}
"""What a cell is called in its sheet, where the word of the template is another one."""
_SENTENCES: Final = (
    "identity", "no_versions", "no_aims", "shortened", "short_names", "resources_total", "no_kind", "no_majors",
)  # fmt: skip
_FOLLOWS: Final = frozenset((_MONTHS, _VERSIONS, _CHANGES, "证据", *(WORDS[key] for key in _SENTENCES),
                             *(LEAVES[key] for key in ("no_needs", "no_declined", "approval_boxes"))))  # fmt: skip
"""Places that say what follows from others."""


def plan_changes(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What differs between the cells of two editions; of what follows from it only where nothing else is told."""
    was, now = _named(before), _named(after)
    again = set(_again(was, now))
    first = ({name: text for name, text in cells.items() if name not in again} for cells in (was, now))
    return _told(*first) or _told(was, now)


def _told(was: Mapping[str, str], now: Mapping[str, str]) -> str:
    return told_changes(was, now, came="列入", gone="不再列出")


def _named(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells under the names of the tracker, each on one line; the items first, for not every change is named."""
    told = as_told(PLAN, cells)
    named = {_name(name.split(" "), told): " ".join(text.split()) for name, text in told.items()}
    return dict(sorted(named.items(), key=lambda cell: not cell[0].startswith(f"{_ITEM} ")))


def _name(words: list[str], told: Mapping[str, str]) -> str:
    group, *rest = words
    if group == _CHANGES and rest[1:] == ["变更内容"]:
        return f"变更履历第 {rest[0]} 行"
    group, rest = _entry(group, rest, told)
    headings = _HEADINGS.get(words[0] if words[0] == _GOALS else group, {})
    return " ".join((group, *(headings.get(word, word) for word in rest)))


def _entry(group: str, rest: list[str], told: Mapping[str, str]) -> tuple[str, list[str]]:
    """The group, and what its entry is known by: lines of 3.1 and goals have no number of their own."""
    if group in _ITEMS:
        return _ITEM, rest
    if group == _MAJORS:
        return _SCHEME, rest
    for told_as, known, by in ((_SOURCE, _SOURCES, "来源"), (_GOAL, _GOALS, "目标")):
        if group == known and rest:
            name = told.get(f"{group} {rest[0]} {by}", rest[0]).removeprefix("　其中：").replace(" ", "")
            return told_as, [name, *rest[1:]]
    return group, rest


def _again(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Names of what is told by others."""
    names = list(dict.fromkeys((*was, *now)))
    changed = {name for name in names if was.get(name, "") != now.get(name, "")}
    whole = _numbers(was) ^ _numbers(now)
    for name in names:
        group, *rest = name.split(" ")
        of_an_item = group in (_SCHEME, _RESOURCES)
        if group in _FOLLOWS or (of_an_item and (rest[0] in whole or " ".join((_ITEM, *rest)) in changed)):
            yield name


def _numbers(cells: Mapping[str, str]) -> set[str]:
    """Numbers of the items."""
    return {name.split(" ")[1] for name in cells if name.startswith(f"{_ITEM} ")}
