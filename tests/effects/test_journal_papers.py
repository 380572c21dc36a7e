"""Editions on record: two runs that froze the same paper at once leave it there once."""

from __future__ import annotations

from datetime import date

from capa_xl.effects.journal import open_journal
from capa_xl.effects.journal_papers import paper_record, record_editions
from capa_xl.model.edition import Edition

DAY = date(2026, 11, 28)


def edition(number, at=1):
    return Edition("report", number, at, f"GJBG-{number}", DAY, "0" * 8, "a" * 64, {"编号": number})


def test_an_edition_that_another_run_recorded_meanwhile_stays_as_it_is(tmp_path):
    with open_journal(tmp_path / ".capa_xl") as conn:
        record_editions(conn, "w", [edition("GJ-1")], DAY)
        record_editions(conn, "w", [edition("GJ-1"), edition("GJ-2")], DAY)
        record_editions(conn, "w", [edition("GJ-1")], DAY)
        told = [(one.number, one.at) for one in paper_record(conn, "w").editions]
        links = conn.execute("SELECT count(*) FROM chain").fetchone()
    assert told == [("GJ-1", 1), ("GJ-2", 1)]
    assert links == (3,)  # the head of the chain, GJ-1, GJ-2
