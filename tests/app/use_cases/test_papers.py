"""report, plan, request and revision over whole workbooks."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from functools import partial

import docx
import pytest

from capa_xl.app.shared.numbered_papers import write_numbered
from capa_xl.app.use_cases.dossier import make_dossiers
from capa_xl.app.use_cases.handover import hand_over
from capa_xl.app.use_cases.meeting import MeetingWanted, make_meeting
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.plan import write_plan
from capa_xl.app.use_cases.report import write_reports
from capa_xl.app.use_cases.templates import check_templates
from capa_xl.errors import BadTemplate, UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.model.date_style import is_iso_day
from capa_xl.model.paper_kinds import A3, COMPANY_KINDS, EXCEPTIONS, REPLY, REQUEST, REVISION
from capa_xl.policy.handing_over import Handover
from capa_xl.policy.papers.revision_facts import document_in_name
from capa_xl.reports.papers_text import paper_lines
from capa_xl.reports.word.properties import content_hashes
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.content import blank_content, setting_rows
from capa_xl.workbook.sample.content import sample_content
from tests.app.desks import desk_at
from tests.reports.word.papers import words
from tests.reports.word.small import small_template
from tests.tables import workbook_bytes

DAY = date(2026, 11, 22)
AS_OF = AsOf(DAY, DAY)
write_requests = partial(write_numbered, REQUEST)
write_revisions = partial(write_numbered, REVISION)


@pytest.fixture(scope="module")
def sample():
    return build_workbook(sample_content(DAY), as_of=DAY)


@pytest.fixture
def workbook(sample, tmp_path_factory):
    path = tmp_path_factory.mktemp("样例") / "跟踪表.xlsx"
    path.write_bytes(sample)
    return path


def test_a_confirmed_action_gives_a_final_with_its_number_and_hash(workbook, tmp_path):
    run = write_reports(desk_at(workbook, AS_OF), ["GJ-2026-031"], tmp_path)
    assert [(paper.path.name, paper.paper_number, paper.is_draft) for paper in run.written] == [
        ("GJ-2026-031 改进效果确认报告.docx", "GJBG-2026-031", False)
    ]
    blob = run.written[0].path.read_bytes()
    assert list(content_hashes(blob)) == ["GJ-2026-031"]
    text = words(blob)
    assert (
        "改进前 182 件中 23 件不合格（12.6%），改进后 171 件中 3 件（1.8%）；差异具有统计学意义（单侧检验，p<0.001）。"
        in text
    )
    assert "草稿" not in text and "☑ 有效" in text


def test_an_unconfirmed_action_gives_a_draft_that_says_so(workbook, tmp_path):
    run = write_reports(desk_at(workbook, AS_OF), ["GJ-2026-024"], tmp_path)
    assert run.written[0].path.name == "GJ-2026-024 改进效果确认报告_草稿.docx"
    text = words(run.written[0].path.read_bytes())
    assert "草稿 — 不作为归档依据" in text and "编号：待编号" in text and "数据尚不足以判断（单侧检验，p=0.41）" in text


def test_a_final_is_refused_while_the_row_has_an_error(workbook, tmp_path):
    run = write_reports(desk_at(workbook, AS_OF), ["GJ-2026-029"], tmp_path)
    assert not run.written and not list(tmp_path.iterdir())
    assert [problem.rule for problem in run.refused[0].problems] == ["EF05"]


def test_with_findings_the_error_is_printed_as_a_note(workbook, tmp_path):
    run = write_reports(desk_at(workbook, AS_OF), ["GJ-2026-029"], tmp_path, with_findings=True)
    text = words(run.written[0].path.read_bytes())
    assert not run.written[0].is_draft and "附注" in text and "措施「无效」，但无后续措施" in text


def test_an_a3_and_a_letter_to_a_customer_are_refused_likewise(workbook, tmp_path):
    letter = write_numbered(REPLY, desk_at(workbook, AS_OF), ["XQ-2026-020"], tmp_path / "函")
    page = write_numbered(A3, desk_at(workbook, AS_OF), ["GJ-2026-029"], tmp_path / "A3")
    assert [(run.written, [p.rule for p in run.refused[0].problems]) for run in (letter, page)] == [
        ((), ["XR01"]),
        ((), ["EF05"]),
    ]
    assert not list(tmp_path.rglob("*.docx"))


def dated(row):
    """A header and one row; what is written as a day is one."""
    return [list(row), [date.fromisoformat(text) if is_iso_day(text) else text for text in row.values()]]


@pytest.mark.parametrize(
    ("kind", "number", "told"),
    [
        (REPLY, "XQ-2026-020", "带着 1 个没有处理的错误定稿：XR01 问题需求登记 X18"),
        (A3, "GJ-2026-029", "带着 1 个没有处理的错误定稿：EF05 改进计划跟踪表 BS46"),
    ],
)
def test_what_the_refusal_advises_exists_for_every_kind(workbook, tmp_path, kind, number, told):
    desk = desk_at(workbook, AS_OF)
    refused = write_numbered(kind, desk, [number], tmp_path)
    assert list(paper_lines(refused))[-1].endswith("加 --with-findings，只要草稿的加 --draft。")
    (draft,) = write_numbered(kind, desk, [number], tmp_path, draft=True).written
    (final,) = write_numbered(kind, desk, [number], tmp_path, with_findings=True).written
    assert (draft.is_draft, draft.note, final.is_draft, final.note) == (True, "", False, told)
    assert "草稿 — 不作为归档依据" in words(draft.path.read_bytes())
    assert "草稿" not in words(final.path.read_bytes())


def test_a_letter_is_refused_for_an_error_in_a_cell_it_quotes_and_for_no_other_of_that_row(tmp_path):
    def refused(**cells: str) -> list[tuple[str, str | None]]:
        row = {"编号": "GJ-01", "问题描述": "值班漏接三次", "责任部门": "网络部", "责任人": "样例甲"}
        row |= {"问题需求编号": "XQ-01", "措施类型": "纠正", "登记日期": "2026-03-01", "完成期限": "2027-03-01"}
        row |= {"措施内容": "改排班"} | cells
        path = tmp_path / "表.xlsx"
        needs = """
            登记编号  登记日期    来源      描述      是否成立  关联改进编号
            XQ-01     2026-03-01  顾客投诉  值班漏接  是        GJ-01
        """
        path.write_bytes(workbook_bytes({"改进计划跟踪表": dated(row), "问题需求登记": needs}))
        run = write_numbered(REPLY, desk_at(path, AS_OF), ["XQ-01"], tmp_path / "函", draft=False)
        return [(problem.rule, problem.cell) for one in run.refused for problem in one.problems]

    assert refused() == []
    assert refused(检查日期="2026-05-01", 确认日期="2026-04-20", 确认人="样例乙", 效果结论="有效") == []
    assert refused(实际完成日期="2027-02-20") == [("DO01", "J2")]


@pytest.mark.parametrize("kind", [REQUEST, REPLY])
def test_of_two_needs_of_one_number_neither_is_printed(tmp_path, kind):
    """One of the two was, with 共 1 份, and nothing said that there were two."""
    path = tmp_path / "跟踪表.xlsx"
    tracker = """
        编号   问题描述      措施内容  责任人  完成期限    问题需求编号
        GJ-01  值班漏接三次  改排班    样例甲  2026-09-01  XQ-01
    """
    needs = """
        登记编号  登记日期    登记部门  来源      描述      是否成立  不成立理由  接收部门
        XQ-01     2026-03-01  服务台    顾客投诉  值班漏接  否        属误报      服务台
        XQ-02     2026-03-01  服务台    顾客投诉  网速太慢  否        属误报      服务台
        XQ-01     2026-03-02  服务台    顾客投诉  误停电源  否        属误报      服务台
    """
    path.write_bytes(workbook_bytes({"改进计划跟踪表": tracker, "问题需求登记": needs}))
    run = write_numbered(kind, desk_at(path, AS_OF), [], tmp_path / "单", draft=kind is REPLY)
    assert [paper.number for paper in run.written] == ["XQ-02"]
    said = "《问题需求登记》第 2、4 行都是「XQ-01」，不知道是哪一行"
    assert [(one.number, one.reason) for one in run.refused] == [("XQ-01", said)]
    lines = list(paper_lines(run))
    assert f"没有生成　XQ-01：{said}" in lines and lines[-1] == "下一步：更正后再运行。"
    if kind is REQUEST:
        (refused,) = write_requests(desk_at(path, AS_OF), ["GJ-01"], tmp_path / "一").refused
        assert refused.reason == said


def test_a_dossier_holds_a_draft_while_errors_are_open_and_what_was_frozen_in_spite_of_them(workbook, tmp_path):
    desk = desk_at(workbook, AS_OF)
    open_one, clean = make_dossiers(desk, ["GJ-2026-029", "GJ-2026-031"], tmp_path / "档").dossiers
    assert (open_one.folder / "01 改进效果确认报告_草稿.docx").exists()
    told = "改进效果确认报告还有 1 个错误没有处理（EF05 改进计划跟踪表 BS46），没有定稿，这里是草稿"
    assert told in open_one.faults
    assert (clean.folder / "01 改进效果确认报告.docx").exists() and not any("草稿" in one for one in clean.faults)
    (final,) = write_reports(desk, ["GJ-2026-029"], tmp_path, with_findings=True).written
    (kept,) = make_dossiers(desk, ["GJ-2026-029"], tmp_path / "再").dossiers
    assert (kept.folder / "01 改进效果确认报告.docx").read_bytes() == final.path.read_bytes()
    assert not any("草稿" in one for one in kept.faults)


def test_a_plan_is_refused_for_errors_of_its_own_row_and_not_for_those_of_the_actions_it_lists(tmp_path):
    def refused(written_on: str) -> list[str]:
        path = tmp_path / "表.xlsx"
        plan = {"计划编号": "JH-01", "版本": "V1.0", "周期起": "2026-01-01", "周期止": "2026-12-31"}
        plan |= {"编制日期": written_on, "批准人": "样例总", "批准日期": "2026-03-02", "批准结论": "同意"}
        tracker = """
            编号   问题描述      措施内容  责任部门  责任人  登记日期    完成期限    实际完成日期  计划编号
            GJ-01  值班漏接三次  改排班    网络部    样例甲  2026-03-01  2026-09-01  2026-02-20    JH-01
        """
        path.write_bytes(workbook_bytes({"改进计划跟踪表": tracker, "计划": dated(plan)}))
        desk = desk_at(path, AS_OF)
        run = write_plan(desk, tmp_path / "计划")
        assert not write_plan(desk, tmp_path / "附注", with_findings=True).refused
        return [problem.rule for one in run.refused for problem in one.problems]

    assert refused("2026-03-01") == []
    assert refused("2026-13-05") == ["FD05"]


def test_a_draft_of_a_row_with_errors_is_written_and_lists_them(workbook, tmp_path):
    run = write_reports(desk_at(workbook, AS_OF), ["GJ-2026-029"], tmp_path, draft=True)
    assert "数据提示（定稿前应处理）" in words(run.written[0].path.read_bytes())


def test_an_earlier_day_shows_the_report_as_it_stood_then(workbook, tmp_path):
    run = write_reports(desk_at(workbook, AsOf(date(2026, 8, 10), DAY)), ["GJ-2026-031"], tmp_path)
    assert run.written[0].is_draft
    assert "2026年8月31日" not in words(run.written[0].path.read_bytes())


def test_an_unknown_number_is_named(workbook, tmp_path):
    with pytest.raises(UsageError, match="跟踪表中找不到编号「GJ-2026-999」"):
        write_reports(desk_at(workbook, AS_OF), ["GJ-2026-999"], tmp_path)


def test_all_completed_actions_in_one_file(workbook, tmp_path):
    run = write_reports(desk_at(workbook, AS_OF), [], tmp_path, every=True, draft=True, one_file=True)
    assert len({paper.path for paper in run.written}) == 1 and len(run.written) > 20
    assert len(content_hashes(run.written[0].path.read_bytes())) == len(run.written)


def test_two_runs_give_the_same_bytes(workbook, tmp_path):
    for folder in ("a", "b"):
        write_reports(desk_at(workbook, AS_OF), ["GJ-2026-031", "GJ-2026-024"], tmp_path / folder)
        write_plan(desk_at(workbook, AS_OF), tmp_path / folder / "计划.docx")
        write_requests(desk_at(workbook, AS_OF), [], tmp_path / folder, every=True)
        write_revisions(desk_at(workbook, AS_OF), [], tmp_path / folder, every=True)
    first = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    assert len(first) > 5
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}


def test_the_plan_is_ranked_and_carries_its_changes(workbook, tmp_path):
    run = write_plan(desk_at(workbook, AS_OF), tmp_path / "计划.docx")
    text = words(run.written[0].path.read_bytes())
    assert run.written[0].path.name == "计划.docx" and run.written[0].paper_number == "JH-2026 V1.2"
    assert text.index("GJ-2026-012") < text.index("GJ-2026-031")
    assert "样例总（总经理）\n2026-05-18 批准" in text
    assert text.index("下一版") < text.index("取消 1 项（GJ-2026-027）") < text.index("未编制")  # since that approval


def test_another_version_beside_the_given_file_has_its_version_in_its_name_and_in_what_is_said(workbook, tmp_path):
    desk, place = desk_at(workbook, AS_OF), tmp_path / "计划.docx"
    old = write_plan(desk, place, number="JH-2026", version="V1.1")
    new = write_plan(desk, place)
    assert next(paper_lines(old)) == f"定稿　{place}（计划版本 V1.1，第 1 版）"
    beside = tmp_path / "计划 计划版本 V1.2.docx"
    assert (new.written[0].path, new.written[0].beside) == (beside, True)
    assert next(paper_lines(new)) == f"定稿　{beside}（计划版本 V1.2，第 1 版）"
    assert write_plan(desk, place).written[0].path == beside


def test_a_plan_before_its_approval_is_a_draft(workbook, tmp_path):
    run = write_plan(desk_at(workbook, AsOf(date(2026, 7, 30), DAY)), tmp_path / "计划.docx")
    assert run.written[0].path.name == "计划_草稿_预演.docx"


def test_a_draft_that_lies_beside_the_final_is_said_to_be_of_before(workbook, tmp_path):
    desk, place = desk_at(workbook, AS_OF), tmp_path / "计划.docx"
    assert write_plan(desk, place, draft=True).written[0].outlived == ()
    final = write_plan(desk, place)
    assert final.written[0].outlived == ("计划_草稿.docx",)
    told = "　　旁边的 计划_草稿.docx 是定稿以前的，不作为归档依据，可以删除。"
    assert told in paper_lines(final)


def test_a_single_paper_goes_to_the_file_or_into_the_folder_that_was_named(workbook, tmp_path):
    folder = tmp_path / "夹"
    folder.mkdir()

    def written(write, *numbers):
        desk, outputs = desk_at(workbook, AS_OF), (tmp_path / "一.docx", folder)
        return [write(desk, *numbers, output).written[0].path for output in outputs]

    assert written(write_plan) == [tmp_path / "一.docx", folder / "JH-2026 V1.2 运维服务能力改进计划.docx"]
    assert written(write_requests, ["XQ-2026-018"]) == [
        tmp_path / "一.docx",
        folder / "XQ-2026-018 纠正预防措施要求单.docx",
    ]
    assert written(write_revisions, ["GJ-2026-012"]) == [
        tmp_path / "一.docx",
        folder / "GJ-2026-012 SYS-QP-06 文件修改意见单.docx",
    ]
    assert written(write_reports, ["GJ-2026-024"]) == [
        tmp_path / "一_草稿.docx",
        folder / "GJ-2026-024 改进效果确认报告_草稿.docx",
    ]


def test_several_reports_share_a_named_file_and_several_forms_need_a_folder(workbook, tmp_path):
    run = write_reports(desk_at(workbook, AS_OF), ["GJ-2026-031", "GJ-2026-012"], tmp_path / "几份.docx")
    assert {paper.path for paper in run.written} == {tmp_path / "几份.docx"}
    for write in (write_requests, write_revisions):
        with pytest.raises(UsageError, match="请给一个文件夹"):
            write(desk_at(workbook, AS_OF), [], tmp_path / "单.docx", every=True)
    assert not (tmp_path / "单.docx").exists()


def test_without_a_number_every_form_and_every_document_is_written(workbook, tmp_path):
    for write in (write_requests, write_revisions):
        all_of_them = write(desk_at(workbook, AS_OF), [], tmp_path, every=True)
        assert write(desk_at(workbook, AS_OF), [], tmp_path).written == all_of_them.written


def test_an_unknown_plan_is_named(workbook, tmp_path):
    with pytest.raises(UsageError, match="没有「JH-1999」"):
        write_plan(desk_at(workbook, AS_OF), tmp_path / "计划.docx", number="JH-1999")


def test_a_need_without_an_action_prints_with_space_to_write(workbook, tmp_path):
    run = write_requests(desk_at(workbook, AS_OF), ["XQ-2026-018"], tmp_path)
    text = words(run.written[0].path.read_bytes())
    assert run.written[0].paper_number == "XQ-2026-018"
    assert "机房外墙施工可能挖断市电电缆" in text
    second = text[text.index("② 责任部门填写") : text.index("③ 措施")]
    assert "—" not in second


def test_what_is_still_to_be_filled_in_leaves_room_for_a_pen(workbook, tmp_path):
    """8 mm for a line, 25 mm for the analysis of causes, 9 mm for a signature, and no — where people write."""
    run = write_requests(desk_at(workbook, AS_OF), ["XQ-2026-018"], tmp_path)
    tables = docx.Document(run.written[0].path).tables
    cells = {row.cells[0].text: row.cells[3].text for table in tables for row in table.rows}
    blank = {
        "影响面及\n同类排查": 8,
        "原因分析\n及方法": 25,
        "资源需求": 8,
        "检查情况": 8,
        "临时处置": 8,
        "违反的要求": 8,
        "3": 8,
    }
    assert {cells[label] for label in (*blank, "评价组织部门")} == {""}
    heights = {row.cells[0].text: row.height.mm for table in tables for row in table.rows if row.height}
    assert [label for label, least in blank.items() if heights[label] < least] == []
    signed = [text for text in heights if "签字：" in text]
    assert len(signed) == 5 and all(heights[text] >= 8.99 for text in signed)


def test_what_is_filled_in_takes_the_height_of_its_text_alone(workbook, tmp_path):
    run = write_requests(desk_at(workbook, AS_OF), ["XQ-2026-008"], tmp_path)
    rows = {row.cells[0].text: row for table in docx.Document(run.written[0].path).tables for row in table.rows}
    assert rows["原因分析\n及方法"].height.mm < 6 and "回退步骤" in rows["原因分析\n及方法"].cells[3].text


def test_one_paper_per_document(workbook, tmp_path):
    run = write_revisions(desk_at(workbook, AS_OF), ["GJ-2026-012"], tmp_path)
    assert [paper.path.name for paper in run.written] == ["GJ-2026-012 SYS-QP-06 文件修改意见单.docx"]
    assert run.written[0].paper_number == "WX-2026-012"


def test_a_document_that_is_named_by_a_sentence_is_cut_in_the_name_of_the_file():
    assert document_in_name("SYS-QP-06") == "SYS-QP-06"
    assert document_in_name("SYS-QP-06 备份与恢复管理程序") == "SYS-QP-06 备份与恢复管理程序"
    sentence = "备份与恢复管理程序以及各系统的备份作业清单和恢复演练记录表"
    assert document_in_name(sentence) == "备份与恢复管理程序以及各系统的备份作业清单和恢"  # 23, and a place for the …
    assert document_in_name(None) == ""


def test_an_action_without_documents_is_named(workbook, tmp_path):
    with pytest.raises(UsageError, match="没有「GJ-2026-031」的行"):
        write_revisions(desk_at(workbook, AS_OF), ["GJ-2026-031"], tmp_path)


def test_own_templates_are_used_and_missing_ones_fall_back(workbook, tmp_path):
    own = tmp_path / "模板"
    own.mkdir()
    (own / "改进效果确认报告.docx").write_bytes(small_template("本公司模板 {{ reports[0].action.number }}"))
    run = write_reports(desk_at(workbook, AS_OF, templates=own), ["GJ-2026-031"], tmp_path)
    assert words(run.written[0].path.read_bytes()).strip() == "本公司模板 GJ-2026-031"
    assert [one.path.name for one in check_templates(own) if one.path.parent == own] == ["改进效果确认报告.docx"]
    write_requests(desk_at(workbook, AS_OF, templates=own), ["XQ-2026-018"], tmp_path)


def test_a_broken_own_template_stops_the_run_before_anything_is_written(workbook, tmp_path):
    own = tmp_path / "模板"
    own.mkdir()
    (own / "改进效果确认报告.docx").write_bytes(small_template("{{ 编号 }}"))
    with pytest.raises(BadTemplate, match=r"改进效果确认报告.docx 第 1 段「{{ 编号 }}」没有这个变量"):
        write_reports(desk_at(workbook, AS_OF, templates=own), ["GJ-2026-031"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_number_with_strange_letters_makes_a_safe_file_name(tmp_path):
    from capa_xl.reports.file_names import file_name

    assert file_name('GJ/2026:1*?"<>|\\ 报告', ".docx", draft=True) == "GJ_2026_1_______ 报告_草稿.docx"


def test_a_paper_opens_as_a_zip_of_known_parts(workbook, tmp_path):
    run = write_reports(desk_at(workbook, AS_OF), ["GJ-2026-031"], tmp_path)
    with zipfile.ZipFile(run.written[0].path) as archive:
        assert "word/charts/chart1.xml" in archive.namelist()


def test_a_plain_table_without_the_later_stages_gives_a_draft_that_says_which_are_missing(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(
        workbook_bytes(
            {
                "改进计划跟踪表": """
        编号    问题描述                        措施类型  严重度  责任人  责任部门  完成期限    实际完成日期
        GJ-01   机房空调漏水三次，影响二号机柜  纠正      一般    样例机  机房部    2026-03-31  2026-03-20
        """
            }
        )
    )
    run = write_reports(desk_at(path, AS_OF), ["GJ-01"], tmp_path / "out")
    text = words(run.written[0].path.read_bytes())
    assert run.written[0].is_draft
    assert "本表未设此栏" in text and "本工作簿没有工作表《措施分解》。" in text
    plan = write_plan(desk_at(path, AS_OF), tmp_path / "计划.docx").written[0]
    assert (plan.path.name, plan.is_draft, plan.paper_number) == ("计划_草稿.docx", True, "待编号")
    assert all(len(table.rows) > 1 for table in docx.Document(plan.path).tables)
    assert "本工作簿没有工作表《提醒台账》。" in text and "没有登记内容" not in text
    told = text.partition("1.2 原因分析")[2].partition("1.4 措施")[0]
    assert told.count("本表未设此栏。") == 2 and "—" not in told and "完成证据：本表未设此栏。" in text
    adding = "没有工作表《计划》，先加上：capa-xl grow 本工作簿 --sheet 计划 --apply"
    assert plan.missing == (f"《计划》里的一行（计划编号、周期、批准）；{adding}",)
    revisions = write_revisions(desk_at(path, AS_OF), [], tmp_path / "rev", every=True)
    assert not revisions.written and list(paper_lines(revisions)) == [
        "没有可生成的文件：本工作簿没有工作表《文件修订》 → 先加上：capa-xl grow 本工作簿 --sheet 文件修订 --apply。"
    ]
    assert write_requests(desk_at(path, AS_OF), ["GJ-01"], tmp_path / "req").written[0].number == "GJ-01"


FORM_NUMBERS = """
    编号    问题描述                        措施类型  严重度  责任人  责任部门  登记日期    完成期限
    GJ-01   机房空调漏水三次，影响二号机柜  纠正      一般    样例机  机房部    2026-10-02  2026-12-31
    """
FORM_REVISIONS = """
    编号    文件编号   文件名称  修改意见
    GJ-01   YN-QP-06   巡检规范  每周巡检改为每日
    """


def papers_of_everything(path, folder):
    """The text of every paper the program makes of this workbook, by key of its kind."""
    desk = desk_at(path, AS_OF)
    write_reports(desk, ["GJ-01"], folder / "report")
    write_plan(desk, folder / "plan")
    write_requests(desk, ["GJ-01"], folder / "request")
    write_revisions(desk, ["GJ-01"], folder / "revision")
    write_numbered(A3, desk, ["GJ-01"], folder / "a3")
    write_numbered(EXCEPTIONS, desk, [], folder / "exceptions")
    hand_over(desk, Handover("样例机", "样例岗", AS_OF), paper=folder / "handover")
    write_numbered(REPLY, desk, ["XQ-01"], folder / "reply")
    make_meeting(desk, "2026-10", MeetingWanted(folder / "meeting"))
    make_pack(desk, "2026Q4", folder / "review")
    found = {kind.key: sorted((folder / kind.key).glob(f"*{kind.title}*.docx")) for kind in COMPANY_KINDS}
    return {key: words(paths[0].read_bytes()) for key, paths in found.items()}


@pytest.mark.parametrize("spelling", [0, -1])
def test_every_form_number_of_the_settings_stands_on_its_paper(tmp_path, spelling):
    """Those of a new workbook's own rows, and the spellings the documentation once had."""
    path = tmp_path / "台账.xlsx"
    names = {kind.key: (kind.form_name, *kind.former_form_names)[spelling] for kind in COMPANY_KINDS}
    rows = [[f"表单号_{name}", f"JL-{key}"] for key, name in names.items()]
    settings = [["参数", "值"], ["公司名称", "样例公司"], *rows]
    entries = [["编号", "规则", "说明"], ["GJ-01", "AP06", "抢修"]]
    people = [["姓名", "部门", "角色"], ["样例机", "机房部", "员工"], ["样例岗", "机房部", "员工"]]
    needs = [["登记编号", "来源", "描述"], ["XQ-01", "顾客投诉", "值班电话无人接听"]]
    sheets = {
        "问题需求登记": needs,
        "人员部门": people,
        "改进计划跟踪表": FORM_NUMBERS,
        "文件修订": FORM_REVISIONS,
        "例外说明": entries,
        "参数": settings,
    }
    path.write_bytes(workbook_bytes(sheets))
    for key, text in papers_of_everything(path, tmp_path / "out").items():
        assert [one for one in names if f"JL-{one}\n" in text] == [key]
        assert "样例公司" in text


def test_a_new_workbook_has_a_row_for_every_papers_form_number_and_none_besides():
    rows = [str(row["name"]) for row in setting_rows(blank_content("x"))]
    form_numbers = [f"表单号_{kind.form_name}" for kind in COMPANY_KINDS]
    assert [name for name in rows if name.startswith("表单号_")] == form_numbers


@pytest.mark.parametrize("kind", [A3, REQUEST])
def test_a_row_set_aside_is_to_be_put_right_first_for_every_paper(kind, workbook, tmp_path):
    with pytest.raises(UsageError, match=r"找不到编号「GJ-2026-053」.*→ 这一行待更正（有读不懂的格），请先更正："):
        write_numbered(kind, desk_at(workbook, AS_OF), ["GJ-2026-053"], tmp_path)
    with pytest.raises(UsageError, match=r"找不到编号「GJ-2026-999」.*→ 请核对"):
        write_numbered(kind, desk_at(workbook, AS_OF), ["GJ-2026-999"], tmp_path)


def test_a_major_action_gets_one_a3_page_and_an_unknown_number_is_refused(workbook, tmp_path):
    run = write_numbered(A3, desk_at(workbook, AS_OF), ["GJ-2026-024"], tmp_path)
    assert [paper.path.name for paper in run.written] == ["GJ-2026-024 重大改进一页报告_草稿.docx"]
    section = docx.Document(run.written[0].path).sections[0]
    assert (round(section.page_width.cm), round(section.page_height.cm)) == (42, 30)
    numbers = re.findall("[A-Z0-9]+-2026-024", words(run.written[0].path.read_bytes()))
    assert set(numbers) == {"GJA3-2026-024", "GJ-2026-024"}  # its report has another
    assert "　　GJ-2026-024：定稿前还缺 执行情况结论、效果结论、确认人、确认日期" in list(paper_lines(run))
    every = write_numbered(A3, desk_at(workbook, AS_OF), [], tmp_path / "全部")
    assert len(every.written) == len(list((tmp_path / "全部").iterdir())) > 1
    with pytest.raises(UsageError, match="找不到编号「GJ-1」"):
        write_numbered(A3, desk_at(workbook, AS_OF), ["GJ-1"], tmp_path)


def test_roles_come_from_the_roster_of_the_day(tmp_path):
    """样例丙 was 部门经理 until June; he confirmed in July."""
    tracker = """
        编号    问题描述  责任人  责任部门  完成期限    实际完成日期  确认人  确认日期    效果结论
        GJ-01   漏水三次  样例机  机房部    2026-05-31  2026-05-20    样例丙  2026-07-01  有效
        GJ-02   漏水四次  样例机  机房部    2026-05-31  2026-05-20    样例丙  2026-06-30  有效
        """
    people = """
        姓名    部门    角色      生效日期    失效日期
        样例丙  机房部  部门经理  2026-01-01  2026-06-30
        """
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": tracker, "人员部门": people}))
    write_reports(desk_at(path, AS_OF), ["GJ-01", "GJ-02"], tmp_path / "out", draft=True)
    late, early = (words(one.read_bytes()) for one in sorted((tmp_path / "out").iterdir()))
    assert "样例丙（部门经理）" in early and "样例丙（" not in late


def test_every_exception_stands_on_one_sheet_that_goes_round_unless_somebody_unfit_has_signed(tmp_path):
    head = ["编号", "规则", "期间", "说明", "确认人", "日期"]
    people = [["姓名", "部门", "角色"], ["样例质", "质量部", "质量部负责人"], ["样例工", "服务台", "员工"]]
    tracker = [["编号", "问题描述", "责任人", "完成期限"], ["GJ-01", "断电", "样例工", date(2026, 12, 31)]]
    shown: list[str] = []

    def sheet(*entries):
        path = tmp_path / "台账.xlsx"
        sheets = {"改进计划跟踪表": tracker, "人员部门": people, "例外说明": [head, *entries]}
        path.write_bytes(workbook_bytes(sheets))
        run = write_numbered(EXCEPTIONS, desk_at(path, AS_OF), [], tmp_path / "out")
        shown[:] = paper_lines(run)
        return [(paper.path.name, words(paper.path.read_bytes())) for paper in run.written]

    signed = ["GJ-01", "AP06", None, "夜间抢修", "样例质", date(2026, 6, 15)]
    ((name, text),) = sheet(signed)
    assert name == "情况说明确认单.docx"
    assert "样例质\n（质量部负责人）" in text and "已确认" in text
    ((name, text),) = sheet(signed, ["GJ-01", "PL16", None, "经费后补", "样例工", date(2026, 6, 15)])
    assert name == "情况说明确认单_草稿.docx" and "不生效：确认人不合格" in text
    assert "　　定稿前还缺 合格的确认人：GJ-01（样例工）" in shown
    ((name, text),) = sheet(signed, [None, "LG01", "2026-05", "服务器迁移", None, None])
    assert name == "情况说明确认单.docx" and "2026-05 各项" in text and "待确认" in text and "草稿" not in text
    assert sheet() == []
    assert shown == ["没有可生成的文件：《例外说明》表中没有可打印的行 → 请先在《例外说明》登记。"]
    with pytest.raises(UsageError, match="《例外说明》表中没有「GJ-01」的行"):
        write_numbered(EXCEPTIONS, desk_at(tmp_path / "台账.xlsx", AS_OF), ["GJ-01"], tmp_path / "out")


def test_a_draft_says_on_the_paper_and_at_the_terminal_what_it_lacks(workbook, tmp_path):
    run = write_reports(desk_at(workbook, AS_OF), ["GJ-2026-024"], tmp_path)
    lacking = "执行情况结论、效果结论、确认人、确认日期"
    assert f"定稿前还缺：{lacking}。" in words(run.written[0].path.read_bytes())
    assert f"　　GJ-2026-024：定稿前还缺 {lacking}" in list(paper_lines(run))
    final = write_reports(desk_at(workbook, AS_OF), ["GJ-2026-031"], tmp_path)
    assert "还缺" not in words(final.written[0].path.read_bytes()) + "".join(paper_lines(final))
