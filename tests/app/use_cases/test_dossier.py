# ruff: noqa: E501 - a row of a table stays on one line
"""A folder an action: papers, evidence, history, index; and what is wrong with the evidence."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from capa_xl.app.shared.numbered_papers import write_numbered
from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.dossier import make_dossiers
from capa_xl.app.use_cases.report import write_reports
from capa_xl.errors import UsageError
from capa_xl.model.as_of import SHANGHAI, AsOf
from capa_xl.model.paper_kinds import REPLY
from tests.app.desks import desk_at, still_world
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
SAMPLE_DAY = date(2026, 11, 22)
TRACKER = """
    编号   问题描述      措施内容  责任部门  责任人  完成期限    实际完成日期  完成证据                确认人  确认日期    效果结论
    GJ-01  值班漏接三次  改排班    网络部    样例甲  2026-03-01  2026-02-20    排班表.xlsx、签收.pdf  样例乙  2026-05-01  有效
    GJ-02  磁盘告警多    扩容      网络部    样例甲  2026-09-01
"""


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}))
    return path


def evidence(book: Path, name: str, content: bytes, on: str) -> None:
    path = book.parent / "证据" / "GJ-01" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    moment = datetime.combine(date.fromisoformat(on), datetime.min.time(), SHANGHAI).timestamp()
    os.utime(path, (moment, moment))


def test_the_folder_holds_papers_evidence_history_and_an_index(book):
    evidence(book, "排班表.xlsx", b"a", "2026-05-01")
    (made,) = make_dossiers(desk_at(book, DAY), ["GJ-01"], book.parent / "档").dossiers
    names = sorted(path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file())
    assert names == [
        "00 目录.html", "01 改进效果确认报告_草稿.docx", "02 纠正预防措施要求单_草稿.docx", "历史.csv", "证据/排班表.xlsx",
    ]  # fmt: skip
    assert made.files == len(names) - 1  # the index is said apart
    page = (made.folder / "00 目录.html").read_text("utf-8")
    assert "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" in page
    assert made.faults == ("完成证据写了 签收.pdf，文件夹里没有",)
    assert made.faults[0] in page


@pytest.mark.parametrize(("on", "told"), [("2026-05-01", False), ("2026-05-02", True)])
def test_what_was_changed_after_the_confirmation_is_told(book, on, told):
    evidence(book, "排班表.xlsx", b"a", on)
    evidence(book, "签收.pdf", b"b", "2026-02-20")
    (made,) = make_dossiers(desk_at(book, DAY), ["GJ-01"], book.parent / "档").dossiers
    assert made.faults == ((f"排班表.xlsx 在确认（2026-05-01）以后改过（{on}）",) if told else ())
    page = (made.folder / "00 目录.html").read_text("utf-8")
    clean = "已核对证据文件 2 份：没有缺失、重复或改动过的文件。没有签字件、以前各版可核对。"
    assert (clean in page) is not told


def test_where_nothing_could_be_compared_nothing_is_called_whole(book):
    (made,) = make_dossiers(desk_at(book, DAY), ["GJ-02"], book.parent / "档").dossiers
    page = (made.folder / "00 目录.html").read_text("utf-8")
    assert made.faults == () and "<p>没有证据文件、签字件、以前各版可核对。</p>" in page


def test_the_same_file_twice_is_told(book):
    for name in ("排班表.xlsx", "签收.pdf"):
        evidence(book, name, b"a", "2026-02-20")
    (made,) = make_dossiers(desk_at(book, DAY), ["GJ-01"], book.parent / "档").dossiers
    assert made.faults == ("排班表.xlsx、签收.pdf 内容相同",)


def test_the_index_names_who_outside_does_the_work_beside_who_answers_for_it(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": """
        编号   问题描述      措施内容  责任部门  责任人  外部单位    完成期限
        GJ-01  专线修复太慢  改协议    商务部    样例商  样例供应商  2026-09-01
        GJ-02  磁盘告警多    扩容      网络部    样例甲              2026-05-02
    """}))  # fmt: skip
    outside, inside = make_dossiers(desk_at(path, DAY), ["GJ-01", "GJ-02"], tmp_path / "档").dossiers
    assert "样例供应商" in (outside.folder / "00 目录.html").read_text("utf-8")
    page = (inside.folder / "00 目录.html").read_text("utf-8")
    assert "外部单位" not in page and "，实施逾期 30 天</td>" in page  # beside its status, as in the review


def test_a_second_run_gives_the_same_bytes_and_a_period_takes_what_ended_in_it(book):
    first = make_dossiers(desk_at(book, DAY), (), book.parent / "一", period="2026Q1").dossiers
    again = make_dossiers(desk_at(book, DAY), (), book.parent / "二", period="2026Q2").dossiers
    assert [one.number for one in first] == [one.number for one in again] == ["GJ-01"]
    for path in first[0].folder.rglob("*.*"):
        assert path.read_bytes() == (again[0].folder / path.relative_to(first[0].folder)).read_bytes()
    assert make_dossiers(desk_at(book, DAY), (), book.parent / "三", period="2026Q3").dossiers == ()


CANCELLED = """
    编号   问题描述    措施内容  责任部门  责任人  完成期限    取消日期    取消原因    取消批准人
    GJ-03  磁盘告警多  扩容      网络部    样例甲  2026-09-01  2026-05-20  系统已下线  样例总
    GJ-04  磁盘告警多  扩容      网络部    样例甲  2026-09-01  2026-06-02  系统已下线  样例总
    GJ-05  磁盘告警多  扩容      网络部    样例甲  2026-09-01  2026-05-20
"""
CHIEF = """
    姓名    部门    角色
    样例总  总经办  总经理
"""


def dossier_of(tmp_path, number: str) -> tuple[set[str], str]:
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": CANCELLED, "人员部门": CHIEF}))
    (made,) = make_dossiers(desk_at(path, DAY), [number], tmp_path / "档").dossiers
    return {one.name for one in made.folder.iterdir()}, (made.folder / "00 目录.html").read_text("utf-8")


def test_a_cancelled_action_tells_who_cancelled_it_and_why_and_has_no_report_that_never_ends(tmp_path):
    names, page = dossier_of(tmp_path, "GJ-03")
    assert names == {"00 目录.html", "01 纠正预防措施要求单_草稿.docx", "历史.csv"}
    assert "<th>取消日期</th><td>2026-05-20</td>" in page
    assert "<th>取消原因</th><td>系统已下线</td>" in page
    assert "<th>取消批准人</th><td>样例总（总经理）</td>" in page


@pytest.mark.parametrize(
    ("period", "numbers"),
    [("2026-04", set()), ("2026-05", {"GJ-03", "GJ-05"}), ("2026-06", set())],
)
def test_a_period_takes_what_was_cancelled_in_it(tmp_path, period, numbers):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": CANCELLED, "人员部门": CHIEF}))
    made = make_dossiers(desk_at(path, DAY), [], tmp_path / "档", period=period)
    assert {one.number for one in made.dossiers} == numbers


def test_what_the_cancellation_lacks_is_a_dash(tmp_path):
    _, page = dossier_of(tmp_path, "GJ-05")
    assert "<th>取消原因</th><td>—</td>" in page
    assert "<th>取消批准人</th><td>—</td>" in page


def test_an_action_that_is_cancelled_later_is_under_way(tmp_path):
    names, page = dossier_of(tmp_path, "GJ-04")
    assert "01 改进效果确认报告_草稿.docx" in names
    assert "取消日期" not in page


def test_of_what_a_follow_up_took_over_no_final_is_frozen_until_somebody_asks_for_one(tmp_path):
    """A dossier made a final that nobody wanted and everybody had to sign, which the pack doesn't (已转后续)."""
    book, number = tmp_path / "跟踪表.xlsx", "GJ-2026-003"
    book.write_bytes(sample_workbook(SAMPLE_DAY))
    desk = desk_at(book, AsOf(SAMPLE_DAY, SAMPLE_DAY))
    (made,) = make_dossiers(desk, [number], tmp_path / "前").dossiers
    assert [one for one in made.finals if one.kind == "report"] == []
    assert (made.folder / "01 改进效果确认报告_草稿.docx").is_file()
    told = (
        "已转后续：改进效果确认报告由后续 GJ-2026-042 做，这里是草稿；"
        "本项也要一份定稿的，运行 capa-xl report 跟踪表.xlsx GJ-2026-003"
    )
    assert told in made.faults
    (report,) = write_reports(desk, [number], tmp_path / "报告").written
    assert not report.is_draft
    (wanted,) = make_dossiers(desk, [number], tmp_path / "后").dossiers
    assert (wanted.folder / "01 改进效果确认报告.docx").is_file()
    assert not any("已转后续" in one for one in wanted.faults)


def test_the_reports_of_all_are_without_those_that_a_follow_up_makes(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": """
        编号   问题描述  措施内容  责任部门  责任人  完成期限    实际完成日期  确认人  确认日期    效果结论  后续编号
        GJ-01  漏接三次  改排班    网络部    样例甲  2026-03-01  2026-02-20    样例乙  2026-05-01  无效      GJ-02
        GJ-02  漏接三次  改流程    网络部    样例甲  2026-05-20  2026-05-10
    """}))  # fmt: skip
    made = write_reports(desk_at(path, DAY), [], tmp_path / "全部", every=True)
    assert [one.number for one in made.written] == ["GJ-02"]


def test_a_complaint_s_reply_lies_in_the_folder_of_the_action_that_answers_it(tmp_path):
    """An auditor who picks a complaint first looks for what the customer was told; no reply is made for a dossier."""
    path, desk = tmp_path / "跟踪表.xlsx", desk_at(tmp_path / "跟踪表.xlsx", AsOf(DAY, DAY))

    def filled(found: str) -> None:
        needs = f"""
            登记编号  登记日期    来源      描述      是否成立  不成立理由  跟踪表编号
            XQ-01     2026-03-01  顾客投诉  值班漏接  否        {found}      GJ-01
            XQ-02     2026-03-02  顾客投诉  页面慢    否        未复现      GJ-01
            XQ-03     2026-03-02  顾客投诉  磁盘满    否        未复现      GJ-02
        """
        path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "问题需求登记": needs}))

    for found, numbers in (("没录音", ["XQ-01", "XQ-03"]), ("未核实", ["XQ-01"])):
        filled(found)
        assert not any(one.is_draft for one in write_numbered(REPLY, desk, numbers, tmp_path / "函").written)
    (made,) = make_dossiers(desk, ["GJ-01"], tmp_path / "档").dossiers
    names = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*回复函*")}
    assert names == {"客户回复函 HF-XQ-01 第 2 版.docx", "以前各版/客户回复函 HF-XQ-01 第 1 版.docx"}
    page = (made.folder / "00 目录.html").read_text("utf-8")
    assert all(name in page for name in names)


@pytest.mark.parametrize(("numbers", "words"), [(["GJ-09"], "找不到编号「GJ-09」"), ([], "没有给出编号")])
def test_an_unknown_number_and_none_are_refused_and_nothing_is_made(book, numbers, words):
    with pytest.raises(UsageError, match=words):
        make_dossiers(desk_at(book, DAY), numbers, book.parent / "档")
    assert not (book.parent / "档").exists()


def test_letters_of_the_outbox_go_along(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    people = """
        姓名    部门    角色      邮箱
        样例甲  网络部  部门经理  jia@corp.example
    """
    tracker = """
        编号   问题描述    措施内容  责任部门  责任人  登记日期    完成期限    〔自动〕状态
        GJ-02  磁盘告警多  扩容      网络部    样例甲  2026-03-02  2026-06-20
        GJ-03  台账不符    盘点      网络部    样例甲  2026-05-20  2026-12-20
    """
    path.write_bytes(workbook_bytes({"改进计划跟踪表": tracker, "人员部门": people}))
    daily([path], still_world(DAY), lambda book: desk_at(book, DAY))
    made = make_dossiers(desk_at(path, DAY), ["GJ-02", "GJ-03"], tmp_path / "档").dossiers
    letters = [[one.name for one in (dossier.folder / "信件").glob("*")] for dossier in made]
    assert letters == [[f"{DAY} 样例甲.eml"], []]
    pages = [(dossier.folder / "00 目录.html").read_text("utf-8") for dossier in made]
    assert ["信件 1 封：已生成，未发送。" in page for page in pages] == [True, False]
    for filed in (tmp_path / ".capa_xl/outbox").rglob("*.eml"):
        assert filed.name.startswith("样例甲 ")
        filed.rename(filed.with_name(filed.name.removeprefix("样例甲 ")))  # as earlier versions named them
    (older,) = make_dossiers(desk_at(path, DAY), ["GJ-02"], tmp_path / "旧").dossiers
    assert len(list((older.folder / "信件").glob("*.eml"))) == 1
