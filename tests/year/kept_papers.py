"""What is printed, signed, corrected and kept in the year: editions, scans, dossiers, and a complaint's reply."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from capa_xl.app.shared.numbered_papers import write_numbered
from capa_xl.app.use_cases.dossier import make_dossiers
from capa_xl.app.use_cases.report import write_reports
from capa_xl.app.use_cases.signed import file_scans
from capa_xl.model.filed_scan import Said
from capa_xl.model.paper_kinds import REPLY
from tests.app.desks import desk_at
from tests.app.scans import text_pdf
from tests.year.book import Book

CORRECTIONS = "更正记录"
MISTAKE = {"类型": "更正", "项目": "检查情况", "原内容": "抽查 3 条", "更正后": "抽查 5 条", "原因": "登记时写错",
           "批准人": "样例质"}  # fmt: skip


class KeptPapers:
    """The papers of one company.

    Attributes:
        frozen: Every edition as it was first handed out: path on the shelf → bytes.
    """

    def __init__(self, book: Book, met: Counter[str]):
        self.book, self.met = book, met
        self.folder = book.path.parent
        self.frozen: dict[Path, bytes] = {}
        self.concluded: dict[str, date] = {}
        self.corrected: set[str] = set()

    def conclude(self, on: date, number: str) -> None:
        """A row has ended: its report is printed, signed and filed."""
        edition = self._print(on, number)
        self.concluded[number] = on
        scan = self.folder / "扫描" / f"{number} {edition}.pdf"
        scan.parent.mkdir(exist_ok=True)
        paper = f"GJBG-{number.removeprefix('GJ-')}"
        scan.write_bytes(text_pdf(f"No. {paper}", f"No. {paper} signed {on}"))
        run = file_scans(desk_at(self.book.path, on), [scan], Said(signed_on=on))
        assert run.refused == (), run.refused[0].reason
        self.met["签字件"] += len(run.filed)

    def correct(self, on: date, number: str) -> None:
        """A mistake is put right with somebody's word: the report gets another edition, the first stays."""
        self.corrected.add(number)
        self.book.type(on, [(CORRECTIONS, f"{number} 更正", {"编号": number, "日期": on, **MISTAKE})])
        assert self._print(on, number) == 2
        self.met["更正"] += 1

    def reply(self, on: date, need: str) -> None:
        """The written answer to a complaint."""
        (paper,) = write_numbered(REPLY, desk_at(self.book.path, on), [need], self.folder / "回复").written
        self.met["客户回复函"] += 1
        self.met["回复函草稿"] += paper.is_draft

    def dossiers(self, on: date) -> None:
        """A folder an action for the surveillance audit: the frozen editions and their scans are in it."""
        numbers = list(self.concluded)
        for one in make_dossiers(desk_at(self.book.path, on), numbers, self.folder / "一项一档" / f"{on}").dossiers:
            held = {path.read_bytes() for path in one.folder.rglob("*.docx")}
            assert {blob for path, blob in self.frozen.items() if path.parent.name == one.number} <= held
            assert len(list((one.folder / "签字件").iterdir())) == 1
            self.met["一项一档"] += 1

    def _print(self, on: date, number: str) -> int:
        desk = desk_at(self.book.path, on)
        (paper,) = write_reports(desk, [number], self.folder / "报告", with_findings=True).written
        assert not paper.is_draft, paper.missing
        for path in (desk.state / "papers").rglob("*.docx"):
            self.frozen.setdefault(path, path.read_bytes())
        return paper.edition
