"""The rule catalogue for people: docs/rules.md and `capa-xl rules`. Takes the rules as values; judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from capa_xl.model.problem import Severity

FAMILIES = {
    "WB": "表格",
    "FD": "字段",
    "PL": "策划",
    "AP": "审批",
    "DO": "实施",
    "CK": "检查",
    "EF": "效果确认",
    "AR": "归档和文件修订",
    "XR": "引用和登记",
    "CX": "取消",
    "XX": "可疑",
    "ST": "统计",
    "LG": "提醒台账",
}
"""First two letters of a rule id → what the family is about."""


class RuleWords(Protocol):
    """What the page needs of a rule."""

    @property
    def id(self) -> str:
        """E.g. PL01."""

    @property
    def clause(self) -> str:
        """Clause, "" where there is none."""

    @property
    def severity(self) -> Severity:
        """Its usual weight."""

    @property
    def also(self) -> tuple[Severity, ...]:
        """Other weights."""

    @property
    def title(self) -> str:
        """When it strikes."""

    @property
    def fix(self) -> str:
        """What to do."""

    @property
    def needs_words(self) -> str:
        """What must be there for it to be in force; "" when nothing."""

    @property
    def excusable(self) -> bool:
        """False where 例外说明 can't lower it."""


def weights(rule: RuleWords) -> str:
    """错误, or 错误/警告 where the weight depends."""
    return "/".join(dict.fromkeys(severity.word for severity in (rule.severity, *rule.also)))


def plain_fix(rule: RuleWords) -> str:
    """The fix without its optional parts, places shown as …."""
    return re.sub(r"\s*\{\w+\}\s*", "…", re.sub(r"⟦.*?⟧", "", rule.fix))


def rules_markdown(catalogue: Iterable[RuleWords]) -> str:
    """docs/rules.md: one table per family."""
    rules = tuple(catalogue)
    parts = ["# 规则目录", "", _INTRODUCTION.format(count=len(rules)), ""]
    for letters, family in FAMILIES.items():
        parts += [f"## {letters} {family}", "", *_TABLE_HEAD]
        parts += [_row(rule) for rule in rules if rule.id[:2] == letters] + [""]
    return "\n".join(parts)


def rules_lines(catalogue: Iterable[RuleWords]) -> tuple[str, ...]:
    """The same as plain lines, for the terminal."""
    return tuple(
        f"{rule.id}  {weights(rule)}  {f'条款 {rule.clause}' if rule.clause else '—'}  {rule.title} → {plain_fix(rule)}"
        for rule in catalogue
    )


_INTRODUCTION = """本页由规则目录生成（`capa-xl rules` 打印同样的内容），共 {count} 条。
错误必须改正；警告请核对；提示供参考。
“所需”的工作表、列或数据不全时规则未启用：不判断，也不等于通过。没有数据行的工作表视为不存在。
能用例外说明的问题，由质量部负责人或该行批准人在“例外说明”中写明并签字后降为提示。"""
_TABLE_HEAD = ("| 规则 | 条款 | 程度 | 条件 | 处理办法 | 所需 | 例外说明 |", "|---|---|---|---|---|---|---|")


def _row(rule: RuleWords) -> str:
    excusable = "可以" if rule.excusable else "不可以"
    cells = (
        rule.id,
        rule.clause or "—",
        weights(rule),
        rule.title,
        plain_fix(rule),
        rule.needs_words or "—",
        excusable,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
