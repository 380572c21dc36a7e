"""docs/columns.md: every sheet and column of the schema, as a page."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.columns import Column
from capa_xl.model.schema import SHEETS, SheetSpec


def columns_markdown() -> str:
    """The page, generated from the schema alone."""
    lines = [
        "# 工作表和列",
        "",
        "本页由 `make docs` 从列定义生成，请勿手改。列名与表头逐字一致；“别名”是在现有表格中见过、会被识别的列名。",
        "“填法”就是空白工作簿里点中一格时的提示。",
        "〔自动〕列由工具写，其余由人填。“展开”指空白工作簿里折叠在分组中的列。",
        "",
    ]
    for spec in SHEETS:
        lines += _sheet(spec)
    return "\n".join(lines)


def _sheet(spec: SheetSpec) -> Iterator[str]:
    yield f"## {spec.name}"
    yield ""
    yield f"每行：{spec.one_row_per}　由谁保存：{spec.kept_by}"
    yield ""
    if spec.all_columns:
        yield "| 列 | 键 | 内容 | 填法 | 由谁填 | 显示 | 允许值 | 别名 |"
        yield "|---|---|---|---|---|---|---|---|"
        yield from (_row(column) for column in spec.all_columns)
        yield ""


def _row(column: Column) -> str:
    shown = "不放入空白表" if not column.offered else ("显示" if column.visible else "展开")
    cells = (
        column.header,
        f"`{column.key}`",
        column.kind.value,
        column.prompt,
        column.filled_by,
        shown,
        "、".join(column.choices),
        "、".join(column.aliases),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
