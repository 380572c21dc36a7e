"""The rows of a table being taken over: which are tracked, which can't be; mostly those is no register at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from string import digits

from msgspec.structs import replace

from capa_xl.a1 import column_letters
from capa_xl.errors import UsageError
from capa_xl.model.action import Action
from capa_xl.model.adoption import Adoption, LeftOutRow
from capa_xl.model.columns import column_by_key
from capa_xl.model.command_line import in_quotes
from capa_xl.model.pages import line_of
from capa_xl.model.register import Register
from capa_xl.policy.closed_unseen import closed_unseen_before
from capa_xl.policy.left_out import left_out_sentences
from capa_xl.policy.register_view import RegisterView

_COLUMNS = column_by_key(Action)
_MOST_ROWS = 10


def counted(found: Adoption, view: RegisterView) -> Adoption:
    """With the rows that are tracked, those that can't be, and those that are no actions or end in doubt."""
    register = view.register
    sheet_of = register.tracker.sheet_of
    left_out = tuple(
        LeftOutRow(line_of(row.row), row.number, row.cells, sheet_of(row.row)) for row in register.quarantined
    )
    notes = (
        *found.notes,
        *left_out_sentences(view, (), ""),
        *closed_unseen_before(view),
        *_numbered_in_advance(register),
    )
    return replace(found, tracked=len(register.tracker.records), left_out=left_out, notes=notes)


def _numbered_in_advance(register: Register) -> Iterator[str]:
    """Rows that hold a number alone: whoever takes a table over wants to know that none of them was lost."""
    rows = register.numbered_only
    if rows:
        where = register.tracker.lines(rows, _MOST_ROWS)
        yield f"{len(rows)} 行只有编号（{where}），还不是措施；填写以后参与跟踪"


def refuse_mostly_left_out(register: Register, sheets: Collection[str], before: str) -> None:
    """Let sheets pass most of whose rows can be tracked: others are no register.

    Args:
        register: As it would be read.
        sheets: The sheets that are new.
        before: In Chinese, what was not done.

    Raises:
        UsageError: Most of their rows can't be tracked; which columns are at fault, and what to do.
    """
    sheet_of = register.tracker.sheet_of
    aside = [row for row in register.quarantined if sheet_of(row.row).strip() in sheets]
    tracked = sum(sheet_of(action.row).strip() in sheets for action in register.tracker.records)
    if len(aside) <= tracked:
        return
    headings = dict(_headings(register))
    columns = Counter(
        headings.get((sheet_of(row.row), letters), (letters, ""))
        for row in aside
        for letters in {cell.rstrip(digits) for cell in row.cells}
    )
    named = "、".join(f"「{heading}」{count} 行" for (heading, _), count in columns.most_common())
    lists = "、".join(f"--map {in_quotes(f'{heading}={field}')}" for heading, field in columns if field)
    own_words = f"；用词与本工具不同的，加 {lists} 再运行，会逐个问用词的意思" if lists else ""
    raise UsageError(
        f"{before}，没有写任何文件：{len(aside) + tracked} 行里有 {len(aside)} 行读不出来，接管后不会参与跟踪"
        f"（{named}，例：{'、'.join(aside[0].cells)}） → 请先在原表里改正再运行{own_words}；"
        "确实要照样接管，加 --allow-left-out"
    )


def _headings(register: Register) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """(sheet, column letters) → the heading above, and the column of ours where it takes words of a list; else ""."""
    for page in register.tracker.every_page:
        for key, column in page.columns.items():
            if key in _COLUMNS:
                col = _COLUMNS[key]
                field = col.header if col.is_closed_list else ""
                yield (page.sheet, column_letters(column)), (page.headings.get(key) or col.header, field)
