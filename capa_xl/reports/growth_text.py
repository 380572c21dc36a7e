"""What a workbook gets at the next level, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.as_of import moment_text
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.levels import Growth


def taken_back_line(applied_at: str, backup: str) -> str:
    """What `undo` says of a growth."""
    back = "工作簿回到 grow 以前的样子，加上的列和工作表都没有了，其余一个字节不动"
    return f"已撤销 {moment_text(applied_at)} 的 grow：{back}。改前备份：{backup}。"


def growth_lines(growth: Growth, *, written: bool, backup: str) -> Iterator[str]:
    """What the level is for, columns, sheets, then what to do next or where the backup is."""
    if growth.is_empty:
        yield (
            f"已经有{growth.level.name}级的全部列和工作表，没有可加的。"
            if growth.level
            else "已经有这个工作表，没有可加的。"
        )
        return
    if growth.level:
        yield f"{growth.level.name}级：{growth.level.about}"
    if growth.columns:
        headers = "、".join(col.header for col in growth.columns)
        yield f"跟踪表右侧加 {len(growth.columns)} 列：{headers}"
    if growth.sheets:
        yield f"加 {len(growth.sheets)} 个工作表：{''.join(f'《{name}》' for name in growth.sheets)}"
    if written:
        yield f"已加好，原有的行列都没有动。改前备份：{backup}；撤销：{to_paste('undo', THIS_WORKBOOK)}"
        yield f"下一步：{to_paste('refresh', THIS_WORKBOOK)}"
    else:
        yield "尚未写入；核对以后加 --apply。"
