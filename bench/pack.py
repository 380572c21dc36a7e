"""The whole review pack of 500 actions with 100 final reports, without PDF: `python -m bench.pack` (target ≤ 4 s)."""

from __future__ import annotations

import argparse
import tempfile
from datetime import date
from pathlib import Path

from bench.peers import Peer, measure, table, timed
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.sample.content import sample_content

T = date(2026, 11, 22)
ACTIONS, REPORTS = 500, 100
REPORTED = "GJ-2026-012"
"""A complete row of the sample, confirmed in the quarter with steps, a round and a document; copied 100 times."""
_CHILDREN = ("措施分解", "进展反馈", "延期记录", "效果确认", "文件修订")


def workbook() -> bytes:
    """The sample grown to 500 actions: 100 like `REPORTED`, the rest like all the others in turn."""
    content = {name: list(rows) for name, rows in sample_content(T).items()}
    tracker = content["改进计划跟踪表"]
    model = next(row for row in tracker if row["number"] == REPORTED)
    others = [row for row in tracker if row["number"] != REPORTED]
    for at in range(REPORTS - 1):
        _copy(content, dict(model), f"GJ-2026-{at + 300}")
    for at in range(ACTIONS - len(tracker)):
        _copy(content, dict(others[at % len(others)]), f"GJ-2025-{at + 300}")
    return build_workbook({name: tuple(rows) for name, rows in content.items()}, as_of=T)


def _copy(content: dict[str, list], row: dict, number: str) -> None:
    old = row["number"]
    content["改进计划跟踪表"].append(row | {"number": number})
    for sheet in _CHILDREN:
        content[sheet] += [child | {"number": number} for child in content[sheet] if child["number"] == old]


def run(path: Path) -> None:
    """One pack, made afresh."""
    from capa_xl.app.use_cases.pack import make_pack
    from tests.app.desks import desk_at

    with tempfile.TemporaryDirectory() as folder:
        packed = make_pack(desk_at(path, T), "2026Q4", Path(folder) / "pack")
        reports = sum(file.path.startswith("03") for file in packed.files)
        if reports < REPORTS:
            raise SystemExit(f"only {reports} reports")


def main() -> None:
    """Measure the pack in a process of its own."""
    words = argparse.ArgumentParser()
    words.add_argument("--peer", type=Path)
    peer = words.parse_args().peer
    if peer:
        return timed(lambda: run(peer))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.xlsx"
        path.write_bytes(workbook())
        command = ("-m", "bench.pack", "--peer", str(path))
        print(f"## pack: {ACTIONS} actions, {REPORTS} reports\n")
        print(table(measure([Peer("capa-xl pack", command)], runs=3), "capa-xl pack"))
    return None


if __name__ == "__main__":
    main()
