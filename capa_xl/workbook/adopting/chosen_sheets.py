"""Which of several tables are one register: those of the same headings, copies left out (decisions C6)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.command_line import in_quotes
from capa_xl.workbook.adopting.found_table import FoundTable, values_below
from capa_xl.workbook.reading.header_match import NEEDED
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.kinds_of_values import are_texts
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.other_tables import open_rows

_STAGES = frozenset(
    {
        "stated_status", "started_on", "progress", "completed_on", "cancelled_on", "approval", "approved_on",
        "inspection", "inspected_on", "effect", "confirmed_on", "needs_revision", "archived_on", "report_number",
        "archive_location",
    }
)  # fmt: skip
"""Columns that say how far a row has come: sheets of one register have the same of them."""
_HEADERS = {key: col.header for key, col in column_by_key(Action).items()}
_TELLING = ("description", "measure")
_LEFTMOST = 4
_YEAR = re.compile(r"(?:19|20)\d\d")


class SheetsFound(Struct, frozen=True):
    """The tables of the register, in workbook order, and what else looks like one.

    Attributes:
        notes: In Chinese, of sheets that are left out.
    """

    tables: tuple[FoundTable, ...]
    notes: tuple[str, ...] = ()


def chosen_sheets(tables: Sequence[FoundTable], *, is_told: bool) -> SheetsFound:
    """The tables that are one register.

    Args:
        tables: Every sheet that looks like a tracker, in workbook order; at least one.
        is_told: Somebody named them: then all of them are.

    Raises:
        UnreadableWorkbook: Tables that differ, and nobody said which is meant; or named ones of different stages.
    """
    whole = [table for table in tables if not table.match.missing] or list(tables)
    best = max(whole, key=lambda table: len(table.match.columns))
    able = [table for table in tables if is_told or table in whole or _is_numbered_as(best, table)]
    alike = [table for table in able if _difference(best, table) == ""]
    others = [table for table in tables if table not in alike]
    if is_told:
        if others:
            raise UnreadableWorkbook(_of_different_stages(best, others[0]))
        return SheetsFound(tuple(tables))
    if any(_open_count(table) for table in others if table in whole):
        raise UnreadableWorkbook(_several(whole))
    copies = {table.name: twin for table in alike if (twin := _twin(table, alike))}
    kept = tuple(table for table in alike if table.name not in copies)
    notes = [
        f"工作表《{name}》的编号和内容多数与《{twin.name}》相同，像是副本，没有计入" for name, twin in copies.items()
    ]
    notes += [f"工作表《{t.name}》的列不同，没有计入，其中未完成 {_open_count(t)} 行" for t in others]
    return SheetsFound(kept, tuple(notes))


def number_prefixes(tables: Sequence[FoundTable], known: Mapping[str, str]) -> dict[str, str]:
    """What stands before the numbers of each sheet where they begin anew; {} where numbers are unique across.

    1, 2, 3 begin anew where they come again; F-01 does where it is another action there: else it was copied, and named.

    Args:
        tables: The tables of the register.
        known: Sheets that were read before → the prefix they have, "" for none: those keep it.
    """
    counts = Counter(number for table in tables for number in set(table.numbers))
    again = {number for number, count in counts.items() if count > 1}
    if not again or not (all(map(str.isdecimal, again)) or _are_other_actions(tables, again)):
        return {}
    found: dict[str, str] = {}
    for table in tables:
        name = table.name.strip()
        if name not in known and again & set(table.numbers):
            year = _YEAR.search(name)
            short = f"{year[0]}-" if year else f"{name}-"
            found[name] = short if short not in (*known.values(), *found.values()) else f"{name}-"
    return found


def _are_other_actions(tables: Sequence[FoundTable], numbers: Collection[str]) -> bool:
    """True where most numbers of a sheet come again, and no two sheets say the same of one of them."""
    fewest = min(len(own) for table in tables if (own := set(table.numbers)) & set(numbers))
    if 2 * len(numbers) <= fewest:
        return False
    said: set[tuple[str, ...]] = set()
    for table in tables:
        here = {row for row in _contents(table, ("number", *_TELLING)) if row[0] in numbers and any(row[1:])}
        if said & here:
            return False
        said |= here
    return bool(said)


def _difference(best: FoundTable, table: FoundTable) -> str:
    """The columns that one of them has and the other hasn't, of those that make a register; "" where they agree."""
    ours, theirs = (set(one.match.columns) & _STAGES for one in (best, table))
    keys = ours ^ theirs | {group[0] for group in _lacking(best) ^ _lacking(table)}
    return "、".join(_HEADERS[key] for key in _HEADERS if key in keys)


def _lacking(table: FoundTable) -> set[tuple[str, ...]]:
    """What the register needs and the sheet hasn't got; numbers can be given."""
    return set(table.match.missing) - {NEEDED[0]}


def _is_numbered_as(best: FoundTable, table: FoundTable) -> bool:
    """It lacks the numbers alone: the heading stands there, above some that come again."""
    numbers = {normalised(h.text) for h in best.match.headings if h.key == "number"}
    return not _lacking(table) and any(normalised(h.text) in numbers for h in table.match.headings)


def _twin(table: FoundTable, others: Sequence[FoundTable]) -> FoundTable | None:
    """The table that this one is a copy of: bigger, or before it."""
    names = _told(table)
    mine = _under(table, names)
    for other in others:
        is_first = (len(other.rows), -others.index(other)) > (len(table.rows), -others.index(table))
        if other is not table and is_first and mine and 2 * len(mine & _under(other, names)) > len(mine):
            return other
    return None


def _told(table: FoundTable) -> list[str]:
    """The headings above number and texts, known ones or not: a running number alone begins anew each year.

    Where there is no text, the leftmost columns.
    """
    headings = table.match.headings
    texts = [h for h in headings if h.key in _TELLING or (h.key is None and are_texts(values_below(table, h.column)))]
    known = [h for h in headings if h.key == "number"]
    return [normalised(h.text) for h in ([*known, *texts] if texts else headings[:_LEFTMOST])]


def _under(table: FoundTable, names: Sequence[str]) -> set[tuple[str, ...]]:
    """What stands under these headings, row by row."""
    column_of = {normalised(h.text): h.column for h in table.match.headings}
    return _in_columns(table, [column_of.get(name) for name in names])


def _contents(table: FoundTable, keys: Sequence[str]) -> set[tuple[str, ...]]:
    """What stands in these columns, row by row."""
    return _in_columns(table, [table.match.columns.get(key) for key in keys])


def _in_columns(table: FoundTable, columns: Sequence[int | None]) -> set[tuple[str, ...]]:
    return {tuple(text_of(row[at - 1]) if at else "" for at in columns) for row in table.rows}


def _open_count(table: FoundTable) -> int:
    return len(open_rows(table.rows, table.match, {}))


def _several(tables: Sequence[FoundTable]) -> str:
    names = "、".join(f"《{table.name}》（未完成 {_open_count(table)} 行）" for table in tables)
    example = " ".join(f"--sheet {in_quotes(table.name)}" for table in tables[:1])
    return f"有几个工作表都像跟踪表而列不同：{names}，不知道接管哪一个 → 请指明，例：{example}"


def _of_different_stages(best: FoundTable, other: FoundTable) -> str:
    return (
        f"工作表《{best.name}》和《{other.name}》的列不同：只有一个工作表有「{_difference(best, other)}」，"
        "不能合成一张跟踪表 → 请先在另一个工作表里补上这些列的列名，再运行"
    )
