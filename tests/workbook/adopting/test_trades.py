"""Thirty tables of other trades: every heading mapped right or asked, none wrong; every row tracked or named."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register, require_tracker
from tests.tables import workbook_bytes
from tests.workbook.adopting.trades import TRADES, TradeTable

DAY = date(2026, 11, 28)


def tried(table: TradeTable, answers, meanings):
    rows = [table.headings.split("|"), *(list(row) for row in table.rows)]
    blob = workbook_bytes({"Sheet1": [[None if cell == "" else cell for cell in row] for row in rows]})
    return adopt(blob, Adopting(answers, "a1b2", DAY, meanings))


def understood(table: TradeTable) -> dict[str, str]:
    """Heading → the field it is taken for, ? where it is asked, - where it stays foreign."""
    _, found = tried(table, {}, {})
    fields = {mapped.header: mapped.field for mapped in found.mapped} | {asked.header: "?" for asked in found.ask}
    return {heading: fields.get(heading, "-") for heading in table.headings.split("|")}


def test_there_are_thirty_of_them_in_six_trades():
    assert len(TRADES) >= 30


@pytest.mark.parametrize("name", TRADES)
def test_no_heading_is_taken_for_what_it_is_not(name):
    table = TRADES[name]
    assert understood(table) == dict(zip(table.headings.split("|"), table.means.split("|"), strict=True))


@pytest.mark.parametrize("name", TRADES)
def test_once_answered_every_row_is_tracked_or_counted_as_left_out(name):
    table = TRADES[name]
    new, found = tried(table, table.answers, table.meanings)
    assert new is not None, (found.ask, found.asked_words)
    register = read_register(new)
    require_tracker(register)
    assert (len(register.tracker.records), len(register.quarantined)) == (table.tracked, table.left_out)
