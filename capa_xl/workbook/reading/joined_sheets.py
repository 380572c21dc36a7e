"""Several sheets read as one register (decisions C6): their rows one after the other, their numbers unique across."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.pages import line_of, row_on
from capa_xl.model.problem import Hit, Remark
from capa_xl.model.register import Quarantined, Table
from capa_xl.workbook.reading.tracker import TrackerRows

_REPEATED = "FD02"


def joined(sheets: Sequence[TrackerRows]) -> TrackerRows:
    """One register of several sheets, in their order; a single one stays as it is."""
    if len(sheets) == 1:
        return sheets[0]
    repeated = _on_several(sheets)
    placed = [_placed(_without(rows, repeated), page) for page, rows in enumerate(sheets)]
    return TrackerRows(
        _table([rows.table for rows in placed]),
        tuple(chain.from_iterable(rows.quarantined for rows in placed)),
        dict(chain.from_iterable(rows.auto.items() for rows in placed)),
        dict(chain.from_iterable(rows.auto_kept.items() for rows in placed)),
        (*chain.from_iterable(rows.remarks for rows in placed), *_repetitions(placed, repeated)),
        _parts(placed),
        tuple(chain.from_iterable(rows.numbered_only for rows in placed)),
        tuple(chain.from_iterable(rows.uncounted for rows in placed)),
        dict(chain.from_iterable(rows.dressed.items() for rows in placed)),
        dict(chain.from_iterable(rows.unread.items() for rows in placed)),
    )


# --- numbers that stand on several sheets ------------------------------------------------------------------


def _on_several(sheets: Sequence[TrackerRows]) -> frozenset[str]:
    seen = Counter(number for rows in sheets for number in {n for _, n in _numbered(rows)})
    return frozenset(number for number, count in seen.items() if count > 1)


def _numbered(rows: TrackerRows) -> Iterator[tuple[int, str]]:
    """(row, number) of everything that counts."""
    yield from ((action.row, action.number) for action in rows.table.records)
    yield from ((row.row, row.number) for row in rows.quarantined if row.number)


def _without(rows: TrackerRows, repeated: frozenset[str]) -> TrackerRows:
    """The rows with those of a repeated number set aside, and their FD02 left to the whole register."""
    table = rows.table
    good = tuple(action for action in table.records if action.number not in repeated)
    aside = (_set_aside(table, action) for action in table.records if action.number in repeated)
    quarantined = tuple(sorted((*rows.quarantined, *aside), key=lambda row: row.row))
    remarks = (r for r in rows.remarks if r.rule != _REPEATED or r.hit.number not in repeated)
    return replace(rows, table=replace(table, records=good), quarantined=quarantined, remarks=tuple(remarks))


def _set_aside(table: Table[Action], action: Action) -> Quarantined:
    return Quarantined(action.row, action.number, (table.cell(action.row, "number"),), action)


def _repetitions(placed: Sequence[TrackerRows], repeated: frozenset[str]) -> Iterator[Remark]:
    """FD02 on every row whose number another sheet has too; it names sheet and cell of them all."""
    places: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for rows in placed:
        for row in rows.quarantined:
            if row.number in repeated:
                at = rows.table.cell(line_of(row.row), "number")
                places[row.number].append((rows.table.sheet, at, row.row))
    for number, found in places.items():
        cells = "、".join(f"{sheet}!{at}" for sheet, at, _ in found)
        for sheet, at, line in found:
            yield Remark(_REPEATED, Hit(sheet, at, number, line, {"id": number, "rows": cells, "v": number}))


# --- rows of the whole register ----------------------------------------------------------------------------


def _placed(rows: TrackerRows, page: int) -> TrackerRows:
    """The rows of a sheet with the row numbers they have in the whole register."""
    if page == 0:
        return rows
    table = rows.table
    return replace(
        rows,
        table=replace(
            table,
            records=tuple(_moved(action, page) for action in table.records),
            anchors={(row_on(page, row), key): at for (row, key), at in table.anchors.items()},
            last_row=row_on(page, table.last_row),
        ),
        quarantined=tuple(
            replace(row, row=row_on(page, row.row), record=_moved(row.record, page)) for row in rows.quarantined
        ),
        auto={row_on(page, row): cells for row, cells in rows.auto.items()},
        auto_kept={(row_on(page, row), key): why for (row, key), why in rows.auto_kept.items()},
        unread={(row_on(page, row), key): text for (row, key), text in rows.unread.items()},
        remarks=tuple(_remark(remark, page) for remark in rows.remarks),
        numbered_only=tuple(row_on(page, row) for row in rows.numbered_only),
        uncounted=tuple(replace(one, row=row_on(page, one.row)) for one in rows.uncounted),
    )


def _moved(action: Action, page: int) -> Action:
    return replace(action, row=row_on(page, action.row))


def _remark(remark: Remark, page: int) -> Remark:
    row = remark.hit.row
    return remark if row is None else replace(remark, hit=replace(remark.hit, row=row_on(page, row)))


def _table(tables: Sequence[Table[Action]]) -> Table[Action]:
    first = tables[0]
    columns: dict[str, int] = {}
    for table in tables:
        for key, at in table.columns.items():
            columns.setdefault(key, at)
    return Table(
        sheet=first.sheet,
        header_row=first.header_row,
        columns=columns,
        records=tuple(chain.from_iterable(table.records for table in tables)),
        anchors=dict(chain.from_iterable(table.anchors.items() for table in tables)),
        last_row=tables[-1].last_row,
        outlined=frozenset(chain.from_iterable(table.outlined for table in tables)),
        headings=dict(chain.from_iterable(table.headings.items() for table in reversed(tables))),
        pages=tuple(page for table in tables for page in table.every_page),
        every_heading=tuple(dict.fromkeys(chain.from_iterable(table.every_heading for table in tables))),
    )


def _parts(sheets: Sequence[TrackerRows]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for rows in sheets:
        for whole, parts in rows.parts.items():
            found[whole] = tuple(dict.fromkeys((*found.get(whole, ()), *parts)))
    return found
