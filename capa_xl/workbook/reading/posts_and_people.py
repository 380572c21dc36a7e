"""A column that by its heading holds a post and its holder: 天平管理员/样例测一 below 责任岗位/责任人 is one person."""

from __future__ import annotations

import re

from msgspec.structs import replace

from capa_xl.workbook.reading.grid import Grid
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.written_names import names_in

_POST_WORD, _PERSON_WORD = (
    r"(?:岗位?|职务|职位|\b(?:post|position|role)\b)",
    r"(?:人员?|姓名|\b(?:owner|person|name)\b)",
)
_BETWEEN = r"\s*[/／\\\n]\s*"
_POST_FIRST = rf"(?i){_POST_WORD}{_BETWEEN}.*{_PERSON_WORD}"
_PERSON_FIRST = rf"(?i){_PERSON_WORD}{_BETWEEN}.*{_POST_WORD}"
_OWNERS = "owners"


def with_people_without_posts(grid: Grid, lists: Lists) -> Grid:
    """The grid with the people alone where the heading says that a post stands before or behind them."""
    if _OWNERS not in grid.match.columns:
        return grid
    heading = grid.match.heading(_OWNERS)
    if re.search(_BETWEEN, heading) is None:
        return grid
    is_post_first = re.search(_POST_FIRST, heading) is not None
    if not is_post_first and re.search(_PERSON_FIRST, heading) is None:
        return grid
    owners: list[object] = list(grid.values.get(_OWNERS, [()] * grid.size))
    for at, cell in enumerate(grid.raw[grid.match.columns[_OWNERS] - 1][: grid.size]):
        parts = re.split(_BETWEEN, cell.strip()) if isinstance(cell, str) else []
        if len(parts) == 2 and all(len(part) > 1 for part in parts):  # more parts than two may be several people
            owners[at] = names_in(parts[-1 if is_post_first else 0], lists.names)
    return replace(grid, values={**grid.values, _OWNERS: owners})
