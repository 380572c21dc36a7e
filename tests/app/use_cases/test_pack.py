"""The review pack: whole or not at all, the same bytes for the same input, and what changed since the last one."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from capa_xl.app.shared.final_papers import Printed
from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.app.shared.unrecorded import unrecorded_code
from capa_xl.app.use_cases.archive import check_archive
from capa_xl.app.use_cases.pack import make_pack, numbers_left_out, remarks_on
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.cli.documents.paper_documents import pack_document
from capa_xl.effects.pack_folder import Staged
from capa_xl.errors import JournalUnusable, UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.model.long_days import long_day
from capa_xl.model.schema import TRACKER_SHEET
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.reports.papers_text import new_finals
from capa_xl.workbook.reading.reader import read_register
from tests.app.desks import desk_at
from tests.reports.word.papers import with_plain_blanks, words

T = date(2026, 11, 22)
DAY = AsOf(T, T)


@pytest.fixture
def workbook(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(sample_workbook(T))
    return path


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    (folder / "跟踪表.xlsx").write_bytes(sample_workbook(T))
    return make_pack(desk_at(folder / "跟踪表.xlsx", DAY), "2026Q4", folder / "包", archive=True).directory


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_pack_holds_every_part_by_its_number(pack) -> None:
    assert sorted(contents(pack)) == [
        "00 管理评审输入报告.docx",
        "01 改进看板.xlsx",
        "02 运维服务能力改进计划.docx",
        "03 改进效果确认报告/GJ-2026-012.docx",
        "03 改进效果确认报告/GJ-2026-017.docx",
        "03 改进效果确认报告/GJ-2026-025.docx",
        "03 改进效果确认报告/GJ-2026-033.docx",
        "04 文件修改意见单/WX-2026-012 SYS-QP-06.docx",
        "04 文件修改意见单/WX-2026-033 OPS-QP-08.docx",
        "05 提醒与催办.xlsx",
        "06 制度执行自查表.xlsx",
        "manifest.json",
    ]


def test_a_second_pack_has_the_same_bytes_and_another_folder_name_changes_nothing(workbook, tmp_path) -> None:
    first = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "一")
    second = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "二")
    assert contents(first.directory) == contents(second.directory)


def test_an_unchanged_pack_gives_way_to_a_fresh_one_also_where_the_record_cannot_follow(
    workbook, tmp_path, monkeypatch
) -> None:
    def full(*_: object) -> None:
        raise JournalUnusable("磁盘已满")

    make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包")
    monkeypatch.setattr("capa_xl.app.use_cases.pack.record_pack", full)
    done = make_pack(desk_at(workbook, DAY), "2026Q3", tmp_path / "包")
    said = "资料包已经写好，台账里没能记下它（磁盘已满）；下一份资料包因此不与它比较 → 再运行一次 pack 补记"
    assert (said in done.notes, unrecorded_code(done.notes)) == (True, 23)
    assert json.loads((tmp_path / "包" / "manifest.json").read_text("utf-8"))["period"] == "2026Q3"
    reports = {one.number for one in done.finals if one.kind == "report"}
    assert "GJ-2026-003" not in reports  # 已转后续, confirmed in July: its follow-up makes the report
    assert reports


def test_an_older_pack_stands_again_when_the_new_one_cant_take_its_place(workbook, tmp_path) -> None:
    made = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包").directory
    before, there = contents(made), {path.name for path in tmp_path.iterdir()}
    with pytest.raises(OSError):
        Staged(tmp_path / "不存在", made).put_in_place()
    assert contents(made) == before
    assert {path.name for path in tmp_path.iterdir()} == there


def test_json_lists_every_file_of_the_pack_with_its_hash(workbook, tmp_path) -> None:
    made = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包")
    done = pack_document(made)
    finals = ["JH-2026 V1.2", "GJBG-2026-012", "GJBG-2026-017", "GJBG-2026-025", "GJBG-2026-033"]
    assert [(final["paper"], final["edition"]) for final in done["finals"]] == [(number, 1) for number in finals]
    (said,) = new_finals(made.finals, workbook)
    assert f"：{'、'.join(f'{number} 第 1 版' for number in finals)} → " in said
    assert {file["path"]: (file["sha256"], file["bytes"]) for file in done["files"]} == {
        name: (hashlib.sha256(blob).hexdigest(), len(blob)) for name, blob in contents(tmp_path / "包").items()
    }


def test_people_files_in_the_folder_are_never_replaced(workbook, tmp_path) -> None:
    made = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包").directory
    (made / "06 制度执行自查表.xlsx").write_bytes(b"signed")
    with pytest.raises(UsageError, match="06 制度执行自查表"):
        make_pack(desk_at(workbook, DAY), "2026Q4", made)
    assert (made / "06 制度执行自查表.xlsx").read_bytes() == b"signed"
    foreign = tmp_path / "别的"
    foreign.mkdir()
    (foreign / "照片.jpg").write_bytes(b"x")
    with pytest.raises(UsageError, match="空的文件夹"):
        make_pack(desk_at(workbook, DAY), "2026Q4", foreign)


def test_an_interrupted_pack_leaves_nothing_behind(workbook, tmp_path) -> None:
    before = {path.name for path in tmp_path.iterdir()}

    def stop(name: str) -> None:
        if name == "制度执行自查表":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包", step=stop)
    assert {path.name for path in tmp_path.iterdir()} == before


def test_the_numbers_of_papers_that_the_period_has_none_of_are_said(workbook, tmp_path) -> None:
    done = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包")
    there = {file.path[:2] for file in done.files}
    gone = [name for name in ("03 改进效果确认报告", "04 文件修改意见单") if name[:2] not in there]
    said = [note for note in done.notes if note.startswith("没有 0")]
    assert said == ([f"没有 {'、'.join(gone)}：本期没有要放的"] if gone else [])


def test_a_pack_without_a_plan_of_its_period_says_so():
    """Next year's plan was registered, and last year's pack left out 02 without a word."""
    papers = ["00 管理评审输入报告.docx", "01 改进看板.xlsx", "03 改进效果确认报告/GJ.docx", "04 文件修改意见单/W.docx"]
    assert list(numbers_left_out([*papers, "02 运维服务能力改进计划_草稿.docx"])) == []
    (said,) = numbers_left_out(papers)
    assert said.startswith("没有 02 运维服务能力改进计划：") and "→ 请在《计划》登记本期的计划" in said


def test_of_a_draft_in_the_pack_it_is_said_what_it_lacks():
    """A draft of 2027's plan lay in the pack of 2026Q4, and the screen had its name alone."""
    plan, form = "02 运维服务能力改进计划_草稿.docx", "04 文件修改意见单/WX-{}_草稿.docx"
    lacking = Printed(b"", remarks=("草稿，定稿前还缺 批准人",))
    made = {
        plan: Printed(b"", remarks=("草稿，甲", "乙")),
        form.format(1): lacking,
        form.format(2): lacking,
        "x": Printed(b""),
    }
    assert list(remarks_on(made)) == [
        f"{plan}：草稿，甲",
        f"{plan}：乙",
        f"{form.format(1)}、{form.format(2)}：草稿，定稿前还缺 批准人",
    ]


def test_archive_names_what_was_changed_removed_and_added(workbook, tmp_path) -> None:
    folder = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包").directory
    assert check_archive(folder).differences == ()
    (folder / "01 改进看板.xlsx").write_bytes(b"")
    (folder / "05 提醒与催办.xlsx").unlink()
    (folder / "批注.txt").write_text("x")
    assert check_archive(folder).differences == (
        "「01 改进看板.xlsx」的内容与清单不符",
        "「05 提醒与催办.xlsx」不在了",
        "「批注.txt」不在清单里，是后来放进去的",
    )


def without_office(folder: Path, papers: tuple[str, ...], on: date) -> tuple[str, ...]:
    """In the place of LibreOffice, which isn't on every machine."""
    names = tuple(str(Path(name).with_suffix(".pdf")) for name in papers)
    for name in names:
        (folder / name).write_bytes(f"%PDF {name}".encode())
    return names


def test_a_pdf_that_was_changed_removed_or_put_in_is_named(workbook, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("capa_xl.app.use_cases.pack.convert_to_pdf", without_office)
    made = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包", pdf=True)
    folder, (first, second, *_) = made.directory, made.pdfs
    untouched = check_archive(folder)
    assert (untouched.differences, untouched.files) == ((), len(made.files) - 1)
    (folder / first).write_bytes(b"%PDF forged")
    (folder / second).unlink()
    (folder / "签字件.pdf").write_bytes(b"%PDF signed")
    assert check_archive(folder).differences == (
        f"「{first}」的内容与清单不符",
        f"「{second}」不在了",
        "「签字件.pdf」不在清单里，没有核对：是后来放进去的，或是旧版本生成的（那时 PDF 不列在清单里）",
    )
    with pytest.raises(UsageError, match="没有覆盖"):
        make_pack(desk_at(workbook, DAY), "2026Q4", folder)
    assert (folder / "签字件.pdf").read_bytes() == b"%PDF signed"


def test_a_pack_with_pdfs_gives_way_to_a_fresh_one(workbook, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("capa_xl.app.use_cases.pack.convert_to_pdf", without_office)
    for _ in range(2):
        made = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包", pdf=True)
    assert check_archive(made.directory).differences == ()


def rewritten(folder: Path, name: str, blob: bytes) -> None:
    """A file changed by somebody who makes the manifest agree."""
    (folder / name).write_bytes(blob)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    entry = next(file for file in manifest["files"] if file["path"] == name)
    sha256 = hashlib.sha256(blob).hexdigest()
    entry |= {"sha256": sha256, "content_sha256": sha256, "bytes": len(blob)}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8")


def test_a_file_changed_together_with_its_manifest_is_seen_by_the_journal(workbook, tmp_path) -> None:
    folder = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包").directory
    assert check_archive(folder).journal == f"已与台账「{tmp_path / '.capa_xl'}」核对"
    rewritten(folder, "01 改进看板.xlsx", (folder / "05 提醒与催办.xlsx").read_bytes())
    (fault,) = check_archive(folder).differences[-1:]
    assert fault.startswith("manifest.json 与台账记下的不同")


def test_a_pack_far_from_its_workbook_says_that_the_journal_was_not_asked(workbook, tmp_path) -> None:
    folder = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包").directory
    away = tmp_path / "别处/年/季/包"
    shutil.copytree(folder, away)
    assert (check_archive(away).differences, check_archive(away).journal[:10]) == ((), "没有找到工作簿的台账")
    assert check_archive(away, tmp_path / ".capa_xl").journal.startswith("已与台账")


def test_the_zip_holds_the_pack_with_fixed_dates(pack) -> None:
    with zipfile.ZipFile(pack.with_name("包.zip")) as archive:
        assert {entry.filename.removeprefix("包/") for entry in archive.infolist()} == set(contents(pack))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_second_quarter_says_what_changed_since_the_first(workbook, tmp_path) -> None:
    make_pack(desk_at(workbook, AsOf(date(2026, 9, 30), T)), "2026Q3", tmp_path / "三季度")
    folder = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "四季度").directory
    text = docx_text(folder / "00 管理评审输入报告.docx")
    changes = text[text.index("与上次相比的变化") :]
    assert "2026Q3" in changes
    assert "新增" in changes
    assert "GJ-2026-046" in changes


def test_the_first_pack_says_so(pack) -> None:
    assert "首次，无可比较的资料包" in docx_text(pack / "00 管理评审输入报告.docx")


def test_a_review_day_that_nobody_named_is_said_to_be_assumed(pack, workbook, tmp_path) -> None:
    assert "评审日期 待定（按 2027年1月4日 推算）" in docx_text(pack / "00 管理评审输入报告.docx")
    with zipfile.ZipFile(pack / "00 管理评审输入报告.docx") as paper:
        heads = [paper.read(name).decode() for name in paper.namelist() if "header" in name]
    assert any("待编号" in head for head in heads) and not any("GLPS" in head for head in heads)
    named = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包", review_on=date(2027, 1, 14)).directory
    assert "评审日期 2027年1月14日" in docx_text(named / "00 管理评审输入报告.docx")


def test_data_quality_names_rule_and_rows(pack) -> None:
    text = docx_text(pack / "00 管理评审输入报告.docx")
    assert "GJ-2026-045" in text[text.index("附录 C") :]


def test_every_link_of_the_dashboard_leads_to_the_first_row_of_its_figure(pack) -> None:
    import openpyxl

    book = openpyxl.load_workbook(pack / "01 改进看板.xlsx")
    links = 0
    for row in book["指标"].iter_rows(min_row=5):
        link = row[8].hyperlink
        if row[0].value and link is not None:
            links += 1
            at = link.location.split("!")[1]
            assert book["行清单"][at].value == row[0].value
    assert links >= 20


def test_no_cell_of_a_pack_is_a_formula(pack) -> None:
    for name, blob in contents(pack).items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(pack / name) as book:
                sheets = [part for part in book.namelist() if part.startswith("xl/worksheets/sheet")]
                assert not any(b"<f>" in book.read(part) for part in sheets), name
        assert b"/tmp" not in blob


def docx_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    return with_plain_blanks("".join(node.text or "" for node in root.iter() if node.tag.endswith("}t")))


def test_changes_seen_in_the_period_stand_in_the_pack_and_those_of_the_day_itself_do_not(workbook, tmp_path) -> None:
    """Seen on 20 and 22 November; a pack as of the 22nd tells the first, whatever is seen later that day."""
    for day, due_on in ((date(2026, 11, 19), None), (date(2026, 11, 20), "2027-01-08"), (T, "2027-01-15")):
        if due_on:
            tracker = read_register(workbook.read_bytes()).tracker
            row = next(action.row for action in tracker.records if action.number == "GJ-2026-042")
            moved = CellEdit(TRACKER_SHEET, tracker.cell(row, "due_on"), date.fromisoformat(due_on))
            workbook.write_bytes(splice(workbook.read_bytes(), Patch(edits=(moved,))).blob)
        refresh(desk_at(workbook, day))
    folder = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "包").directory
    sheet = openpyxl.load_workbook(folder / "05 提醒与催办.xlsx")["变更记录"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    due = [row for row in rows if row[1] == "GJ-2026-042" and row[3] == "完成期限"]
    assert [(row[0].date(), row[2], row[4], row[5]) for row in due] == [
        (date(2026, 11, 20), "改期（没有批准）", "2026-12-31", "2027-01-08")
    ]


def test_the_copy_for_outsiders_leaves_internal_pages_out(workbook, tmp_path) -> None:
    """06, the self-check and the quality of the data, in 00 and 01 (A1); all else is the same bytes."""
    inside = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "内").directory
    outside = make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / "外", external=True)
    ours, theirs = contents(inside), contents(outside.directory)
    assert set(ours) - set(theirs) == {"06 制度执行自查表.xlsx"}
    assert {name for name in theirs if theirs[name] != ours[name]} == {
        "00 管理评审输入报告.docx",
        "01 改进看板.xlsx",
        "manifest.json",
    }
    internal, external = (words(copy["00 管理评审输入报告.docx"]) for copy in (ours, theirs))
    for only_inside in ("制度执行自查", "数据质量", "待整改 "):
        assert only_inside in internal and only_inside not in external
    assert all("另有 3 行待更正，以下均未计入" in paper for paper in (internal, external))
    assert all("待更正 3 行未计入" in dashboard_words(copy) for copy in (ours, theirs))
    assert ("数据质量" in dashboard_words(ours), "数据质量" in dashboard_words(theirs)) == (True, False)
    excuses = external[external.index("情况说明清单") : external.index("十三、")]
    assert "4.2" in excuses and not re.search(r"\b(AP|PL)\d\d", external)
    assert "附录 C　数据质量" in internal and "附录 A" in external and "附录 B" not in external
    assert "其余控制图" not in internal  # the sample's four charts stand among the sections
    assert (pack_document(outside)["external"], json.loads(theirs["manifest.json"])["copy"]) == (True, "外部")


def dashboard_words(files: dict[str, bytes]) -> str:
    with zipfile.ZipFile(io.BytesIO(files["01 改进看板.xlsx"])) as package:
        return package.read("xl/sharedStrings.xml").decode()


def test_each_copy_is_checked_against_its_own_entry_of_the_journal(workbook, tmp_path) -> None:
    for external in (True, False, True):
        make_pack(desk_at(workbook, DAY), "2026Q4", tmp_path / f"包{external}", external=external)
    for external in (True, False):
        found = check_archive(tmp_path / f"包{external}")
        assert (found.differences, found.period) == ((), "2026Q4")
    later = AsOf(date(2027, 1, 20), date(2027, 1, 20))
    text = words(
        contents(make_pack(desk_at(workbook, later), "2027Q1", tmp_path / "后").directory)["00 管理评审输入报告.docx"]
    )
    assert f"与上次资料包（2026Q4，数据截至{long_day(T)}）相比" in text


def test_the_internal_appendix_names_the_rows_behind_a_verdict(pack) -> None:
    text = words(contents(pack)["00 管理评审输入报告.docx"])
    appendix = text[text.index("附录 B") :]
    assert "R64" in appendix and "GJ-2026-029" in appendix[appendix.index("待整改的行") :]
