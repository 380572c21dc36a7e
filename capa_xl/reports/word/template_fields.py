"""What a template may use, in Chinese: every name of a paper with its meaning; cells take theirs from the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.records import Analysis, Correction, Extension, Need, PlanVersion, Progress, Revision, Step
from capa_xl.reports.word.field_words import GROUPS, LEAVES
from capa_xl.reports.word.paper_catalogue import CONTENTS
from capa_xl.reports.word.shape import paths, shape_of

_RECORDS: Mapping[str, tuple[type, str]] = {
    "action": (Action, "跟踪表"),
    "follow_ups": (Action, "后续措施"),
    "steps": (Step, "措施分解"),
    "log": (Progress, "进展反馈"),
    "requests": (Progress, words.RESOURCE_REQUEST),
    "extensions": (Extension, "延期记录"),
    "revisions": (Revision, "文件修订"),
    "corrections": (Correction, "更正记录"),
    "analysis": (Analysis, "分析记录"),
    "plan": (PlanVersion, "计划"),
    "versions": (PlanVersion, "计划各版"),
    "need": (Need, "问题需求登记"),
    "declined": (Need, "未采纳的需求"),
}


def template_fields(paper: str) -> Iterator[tuple[str, str]]:
    """(name, meaning) of everything the template of a paper may print; [] marks a list to loop over."""
    for path in paths(shape_of(CONTENTS[paper].example_context())):
        yield path, meaning(path, CONTENTS[paper].words)


def meaning(path: str, own: Mapping[str, str] = MappingProxyType({})) -> str:
    """The Chinese meaning of a name: 跟踪表：责任人, 当前逾期：期限.

    Args:
        path: The name; [] marks a list.
        own: Words of this paper alone, by group or leaf.

    Raises:
        KeyError: The name has no words yet (our own omission; a test finds it).
    """
    plain = path.replace("[]", "").replace(".rows.", ".").replace(".rows", "")
    holder, _, leaf = plain.rpartition(".")
    group = holder.rpartition(".")[2]
    if group in _RECORDS:
        record, sheet = _RECORDS[group]
        columns = column_by_key(record)
        if leaf in columns:
            return f"{sheet}：{columns[leaf].header}"
    return f"{own.get(group) or GROUPS[group]}：{own.get(leaf) or LEAVES[leaf]}"
