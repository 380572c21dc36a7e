"""The tables of docs/使用手册.md that code generates, so that the procedure's words have one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.policy.rules.catalogue import CATALOGUE
from capa_xl.workbook.blank.guide_text import STEPS, SWATCHES
from tests.pages.rules_page import FAMILIES


def with_tables(page: str) -> str:
    """The manual with each table made afresh between its two marks.

    Raises:
        ValueError: A mark is missing.
    """
    for name, lines in _TABLES.items():
        before, begin, rest = page.partition(f"<!-- {name}：")
        remark, _, rest = rest.partition("-->")
        _, end, after = rest.partition(f"<!-- {name}结束 -->")
        if not end:
            raise ValueError(f"no marks of {name}")
        page = f"{before}{begin}{remark}-->\n\n{chr(10).join(lines())}\n\n{end}{after}"
    return page


def _steps() -> Iterator[str]:
    yield from ("| 步骤 | 谁填 | 填什么 | 时限 |", "|---|---|---|---|")
    yield from (f"| {step.name} | {step.who} | {step.what} | {step.limit} |" for step in STEPS)


def _colours() -> Iterator[str]:
    yield from ("| 颜色 | 意思 |", "|---|---|")
    yield from (f"| {swatch.name} | {swatch.text} |" for swatch in SWATCHES)


def _bands() -> Iterator[str]:
    yield from ("| 组 | 显示的列 | 折叠的列 |", "|---|---|---|")
    for band, columns in groupby((col for col in columns_of(Action) if col.band), lambda col: col.band):
        together = tuple(columns)
        shown, folded = ([col.header for col in together if col.visible is wanted] for wanted in (True, False))
        yield f"| {band} | {'、'.join(shown)} | {'、'.join(folded) or '—'} |"


def _families() -> Iterator[str]:
    yield from ("| 规则 | 说的是 | 例如 | 怎样改 | 全部的条件和处理办法 |", "|---|---|---|---|---|")
    for family, about in FAMILIES.items():
        rules = [rule for rule in CATALOGUE if rule.id.startswith(family)]
        first, every = rules[0], f"[{len(rules)} 条](rules.md#{family.lower()}-{about})"
        yield f"| {family} | {about} | {first.title}（{first.id}） | {first.general_fix} | {every} |"


_TABLES: Mapping[str, Callable[[], Iterator[str]]] = {
    "步骤表": _steps,
    "列组表": _bands,
    "颜色表": _colours,
    "问题族表": _families,
}
