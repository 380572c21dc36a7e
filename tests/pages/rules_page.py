"""docs/rules.md: the rule catalogue, one table a family."""

from __future__ import annotations

from collections.abc import Iterable

from capa_xl.reports.rules_text import RuleWords, weights

FAMILIES = {
    "WB": "表格",
    "FD": "各列的值",
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

_INTRODUCTION = """本页由规则目录生成（`capa-xl rules` 打印同样的内容），共 {count} 条。
错误必须改正；警告请核对；提示供参考。
“所需”的工作表、列或数据不全时规则未启用：不判断，也不等于通过。没有数据行的工作表视为不存在。
能用例外说明的问题，由质量部负责人或该行批准人在《例外说明》中写明并签字后降为提示。"""
_TABLE_HEAD = ("| 规则 | 条款 | 程度 | 条件 | 处理办法 | 所需 | 例外说明 |", "|---|---|---|---|---|---|---|")


def rules_markdown(catalogue: Iterable[RuleWords]) -> str:
    """docs/rules.md: one table per family."""
    rules = tuple(catalogue)
    parts = ["# 规则目录", "", _INTRODUCTION.format(count=len(rules)), ""]
    for letters, family in FAMILIES.items():
        parts += [f"## {letters} {family}", "", *_TABLE_HEAD]
        parts += [_row(rule) for rule in rules if rule.id[:2] == letters] + [""]
    return "\n".join(parts)


def _row(rule: RuleWords) -> str:
    excusable = "可以" if rule.excusable else "不可以"
    cells = (
        rule.id,
        rule.clause or "—",
        weights(rule),
        rule.title,
        rule.general_fix,
        rule.needs_words or "—",
        excusable,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
