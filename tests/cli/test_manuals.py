"""Every command of the manuals runs, section by section, in a folder with the sample as the workbook of the page."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from capa_xl.cli.main import COMMANDS, run
from tests.app.scans import picture_pdf
from tests.cli.calls import as_of
from tests.made_workbooks import FOLDER, SAMPLE
from tests.newcomer import first_day
from tests.tables import workbook_bytes

ROOT = Path(__file__).parents[2]
DAY = "2026-11-22"
BOOK = Path("改进计划跟踪表.xlsx")
_CALL = re.compile(r"(?:^ {4,}|`)(capa-xl [a-z][^`\n]*?)(?:`|\s{2,}#.*$|$)", re.MULTILINE)
CHECKED = f"capa-xl check {BOOK}"
ENDS = {
    **dict.fromkeys((CHECKED, *(f"{CHECKED} {more}" for more in ("--fix", "--apply", "--verbose", "--conformity"))), 1),
    f"{CHECKED} --report 问题清单.xlsx": 1,
    f"capa-xl year-end {BOOK} --moved 改进计划跟踪表_2025.xlsx": 2,
    f'capa-xl collect {BOOK} 填报表 --take "填报表 网络部 2026-11-22.xlsx:H7" --apply': 2,
    f"capa-xl signed {BOOK} 签字件.pdf --on 2026-11-20": 2,
    f"capa-xl doctor {BOOK} --mail": 25,
    f"capa-xl remind {BOOK} --received 姓名": 2,
    "capa-xl group check 各公司": 1,
}
"""Errors in the sample; no row is missing that the file beside might have; nothing in dispute at that cell; no final in
the store (a run as of a day makes none: tests/app/use_cases/test_signed.py files scans); no mail server; no letter
whose fate nobody knows."""
ON = {f"capa-xl handover {BOOK} 样例工 样例检 --from 2026-12-01 --apply": "2026-12-01"}
"""Not before its day."""
ELSEWHERE = ("--cluster",)
"""A cluster has tests of its own: tests/app/use_cases/test_group_cluster.py."""


def _companies() -> None:
    for name in ("甲公司", "乙公司"):
        (Path("各公司") / name).mkdir(parents=True)
        assert run(["new", f"各公司/{name}/{BOOK}", "--as-of", DAY, "--quiet"]) == 0
    first_day(Path("各公司") / "甲公司" / BOOK)


def _old_table() -> None:
    row = ["1", "巡检记录缺签字", "补签并复核", "样例工", date(2026, 12, 10)]
    table = [["编号", "问题描述", "措施", "责任人", "要求完成时间"], row]
    Path("老表.xlsx").write_bytes(workbook_bytes({"整改台账": table}))


BEFORE: dict[str, Callable[[], object]] = {
    "capa-xl adopt 老表.xlsx -o 新表.xlsx --company 样例运维服务有限公司": _old_table,
    f"capa-xl signed {BOOK} 签字件.pdf --on 2026-11-20": lambda: Path("签字件.pdf").write_bytes(picture_pdf()),
    f"capa-xl year-end {BOOK} --moved 改进计划跟踪表_2025.xlsx": lambda: copy(
        FOLDER / SAMPLE, "改进计划跟踪表_2025.xlsx"
    ),
    "capa-xl group check 各公司": _companies,
}
"""What the page has lying there: an old table, a scan, last year's file, a folder of companies."""


def sections():
    """The calls of each section; one that an earlier section has is not run again."""
    seen = set()
    for page in ("docs/使用手册.md", "docs/管理员手册.md"):
        for part in re.split(r"^## ", (ROOT / page).read_text("utf-8"), flags=re.MULTILINE)[1:]:
            found = [line for line in dict.fromkeys(_CALL.findall(part)) if line not in seen]
            seen.update(found)
            if lines := [line for line in found if not any(more in line for more in ELSEWHERE)]:
                yield pytest.param(lines, id=f"{Path(page).stem} {part.partition(chr(10))[0]}")


@pytest.mark.parametrize("lines", [*sections()])
def test_every_call_of_a_section_does_what_it_says(lines, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if not lines[0].startswith("capa-xl new"):
        copy(FOLDER / SAMPLE, BOOK)
    for line in lines:
        BEFORE.get(line, lambda: None)()
        if line == CHECKED and "new" in lines[0]:
            first_day(BOOK)
        code = run(as_of(line, ON.get(line, DAY)))
        assert code == ENDS.get(line, 0), f"{line} ended with {code}"


@pytest.mark.parametrize(
    "page", sorted((*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md"))), ids=lambda p: p.stem
)
def test_a_command_with_its_workbook_begins_with_the_programs_name(page):
    """Whoever pastes `grow 新表.xlsx` is told that there is no such command."""
    bare = rf"`(?:{'|'.join(COMMANDS)}) [^`\n]*\.xlsx[^`\n]*`"
    assert re.findall(bare, page.read_text("utf-8")) == []
