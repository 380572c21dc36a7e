"""With fewer than five of everything no surface prints a percentage that isn't a target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from capa_xl.app.shared.due_letters import RemindOptions
from capa_xl.app.use_cases.analyse import analyse, write_analysis
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.remind import remind
from capa_xl.app.use_cases.report import write_reports
from capa_xl.reports.analysis_text import analysis_lines
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY = date(2026, 11, 23)
BASE = {
    "措施类型": "纠正",
    "来源": "内部审核",
    "登记日期": date(2026, 9, 1),
    "批准人": "样例总",
    "批准日期": date(2026, 9, 2),
}
DONE = {"实际完成日期": date(2026, 10, 9), "检查日期": date(2026, 10, 12), "检查人": "样例质", "检查结论": "合格"}
SHOWN = {"确认日期": date(2026, 11, 12), "确认人": "样例甲", "效果结论": "有效"}
GOAL = {"效果指标": "漏看率", "单位": "%", "现值": 50, "目标值": 5}
ACTIONS = (
    {"编号": "GJ-2026-001", "问题描述": "告警漏看", "原因类别": "人", "责任人": "样例甲", "责任部门": "服务台",
     "完成期限": date(2026, 10, 10), **BASE, **DONE, **SHOWN, **GOAL},
    {"编号": "GJ-2026-002", "问题描述": "工单积压", "责任人": "样例甲", "责任部门": "服务台",
     "完成期限": date(2026, 10, 20), **BASE},
    {"编号": "GJ-2026-003", "问题描述": "账物不符", "责任人": "样例乙", "责任部门": "网络部",
     "完成期限": date(2026, 10, 25), **BASE},
)  # fmt: skip
TRACKER = [list(ACTIONS[0]), *([action.get(heading) for heading in ACTIONS[0]] for action in ACTIONS)]
ROUNDS = [
    ["编号", "轮次", "确认日期", "结论", "确认人", "观察起", "观察止", "指标"],
    ["GJ-2026-001", 1, date(2026, 11, 12), "有效", "样例甲", date(2026, 10, 12), date(2026, 11, 11), "漏看率"],
]
COUNTED = {"改进前n": 4, "改进前不合格": 2, "改进后n": 3, "改进后不合格": 0}
MEASURED = """
    过程  指标    单位  方向      频度  目标值  期间     分子  分母  实测值  责任部门
    值班  及时率  %     越大越好  月    95      2026-10  2     3             服务台
    值班  到位率  %     越大越好  月    95      2026-10  1     4     25      服务台
"""
OBSERVED = """
    期间     部门    项目  类别  供方  指标    样本量  不合格数
    2026-09  服务台  电话  漏看  甲厂  漏看率  3       1
    2026-10  服务台  电话  误报  乙厂  漏看率  4       1
"""
PEOPLE = """
    姓名    部门    角色          邮箱                  在职
    样例总  总经办  总经理        zong@sample.example   是
    样例质  质量部  质量部负责人  zhi@sample.example    是
    样例甲  服务台  部门经理      jia@sample.example    是
    样例乙  网络部  部门经理      yi@sample.example     是
"""
TARGETS = {"<5%", "≤5%", "≤15%", "≥85%", "≥90%", "≥95%", "≥98%"}
"""The house's; ≥95% is also the indicators', ≤5% the action's."""
ALONE = {"目标 100%", "100%", "目标100%"}
"""Texts that are nothing but a target: three of the house's are 100% and have no sign."""
VITAL = "关键少数：累计达到 80% 的最少几类"
"""What a Pareto table calls so."""


def percentages(texts: Iterable[str]) -> set[str]:
    """What is said in per cent that isn't a target."""
    said = (text.replace("\N{NO-BREAK SPACE}", " ").replace(VITAL, "") for text in texts)
    found = (re.findall(r"[<≤≥]?\s?\d[\d.]*\s?[%％]", text) for text in said if text not in ALONE)
    return {re.sub(r"\s", "", one) for several in found for one in several} - TARGETS


def in_a_paper(blob: bytes) -> Iterator[str]:
    with ZipFile(BytesIO(blob)) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
                paragraphs = package.read(name).decode().split("</w:p>")
                yield from (unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", one))) for one in paragraphs)


def in_a_workbook(blob: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(BytesIO(blob)):
        for cell in (cell for row in sheet.iter_rows() for cell in row if sheet.sheet_state == "visible"):
            is_share = isinstance(cell.value, int | float) and "%" in cell.number_format
            yield f"{cell.value:.1%}" if is_share else str(cell.value or "")


def in_charts(blob: bytes) -> Iterator[str]:
    """Titles, names, labels, and the figures of axes that are shown in per cent."""
    with ZipFile(BytesIO(blob)) as package:
        for name in package.namelist():
            if re.fullmatch(r"(?:xl|word)/charts/chart\d+\.xml", name):
                xml = package.read(name).decode()
                yield from re.findall(r"<a:t>([^<]*)</a:t>", xml)
                yield from re.findall(r"<c:v>([^<]*)</c:v>", xml)
                yield from (f"axis 1{code}" for code in re.findall(r'<c:numFmt formatCode="([^"]*)"', xml))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    book = tmp_path_factory.mktemp("少") / "表.xlsx"
    sheets = {
        "改进计划跟踪表": TRACKER,
        "效果确认": [[*ROUNDS[0], *COUNTED], [*ROUNDS[1], *COUNTED.values()]],
        "过程指标": MEASURED,
        "质量数据": OBSERVED,
        "人员部门": PEOPLE,
    }
    book.write_bytes(workbook_bytes(sheets))
    return desk_at(book, DAY)


@pytest.fixture(scope="module")
def files(desk) -> dict[str, bytes]:
    pack = make_pack(desk, "2026Q4", desk.workbook.parent / "包").directory
    write_reports(desk, ["GJ-2026-001"], pack, draft=True)
    write_analysis(analyse(desk), pack)
    return {path.name: path.read_bytes() for path in pack.rglob("*") if path.suffix in (".xlsx", ".docx")}


def test_no_paper_sheet_or_chart_has_one_besides_targets(files):
    said: dict[str, set[str]] = {}
    for name, blob in files.items():
        texts = [*(in_a_paper(blob) if name.endswith(".docx") else in_a_workbook(blob)), *in_charts(blob)]
        said[name] = percentages(texts)
    assert {name: found for name, found in said.items() if found} == {}
    assert len(files) >= 5


def test_the_fractions_stand_there(files):
    texts = {name: "\n".join(in_a_paper(blob)) for name, blob in files.items() if name.endswith(".docx")}
    review, report = texts["00 管理评审输入报告.docx"], texts["GJ-2026-001 改进效果确认报告_草稿.docx"]
    assert "2/3" in review and "1/4" in review
    assert "4 件中 2 件不合格，改进后 3 件中 0 件；" in report.replace("\N{NO-BREAK SPACE}", " ")
    charts = "\n".join(in_charts(files["01 改进看板.xlsx"]))
    assert "按期完成 1/3 项，最低：网络部" in charts and "1/2" in charts


def test_neither_letters_nor_terminal_have_one(desk):
    letters = remind(desk, RemindOptions()).letters
    found = analyse(desk)
    lines = list(analysis_lines(found.series, found.paretos, found.recurrences, found.proposals))
    problems = [text for one in check_workbook(desk).checked.problems for text in (one.message, one.fix)]
    texts = [*(letter.subject + letter.text for letter in letters), *lines, *problems]
    assert letters and problems and lines
    assert percentages(texts) == set()
