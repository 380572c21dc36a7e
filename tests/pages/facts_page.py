"""docs/facts.md: its table of columns."""

from __future__ import annotations

from capa_xl.model.fact_columns import FACT_COLUMNS


def facts_markdown() -> str:
    """The table of docs/facts.md."""
    rows = (f"| {column.name} | {column.kind.value} | {column.meaning} |" for column in FACT_COLUMNS)
    return "\n".join(("| 列 | 类型 | 含义 |", "|---|---|---|", *rows))
