"""The list of frozen papers asks for a signature of the latest edition alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from capa_xl.model.edition import Edition
from capa_xl.model.filed_scan import PaperStanding, SignedRun
from capa_xl.model.paper_kinds import REPORT
from capa_xl.reports.signed_text import signed_lines

DAY = date(2026, 11, 28)


def test_an_edition_that_has_a_next_one_waits_for_no_signature():
    editions = [Edition(REPORT.key, "GJ-2026-001", at, "GJB-GJ-2026-001", DAY, "c", "s", {}) for at in (1, 2)]
    other = Edition(REPORT.key, "GJ-2026-002", 1, "GJB-GJ-2026-002", DAY, "c", "s", {})
    run = SignedRun(
        Path("表.xlsx"), DAY, standing=tuple(PaperStanding(one, True, (), ()) for one in (*editions, other))
    )
    assert [line.partition("：")[2] for line in signed_lines(run)] == [
        "没有签字件；已有第 2 版，不用再签", "还没有签字件", "还没有签字件", "capa-xl signed 本工作簿 扫描件.pdf",
    ]  # fmt: skip
