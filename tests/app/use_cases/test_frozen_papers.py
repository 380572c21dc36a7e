"""A final paper is frozen as 第 n 版: never made anew in place, and what packs and dossiers take."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path

import docx
import pytest
from PIL import Image

from capa_xl.app.shared.final_papers import Printed
from capa_xl.app.shared.frozen_head import comparable, is_reworded
from capa_xl.app.shared.paper_files import OLD_LOOK
from capa_xl.app.use_cases.dossier import make_dossiers
from capa_xl.app.use_cases.history import history, verify_history
from capa_xl.app.use_cases.pack import changed_since, make_pack
from capa_xl.app.use_cases.report import write_reports
from capa_xl.app.use_cases.signed import file_scans
from capa_xl.effects.journal import open_journal
from capa_xl.effects.journal_view import read_view, workbook_id_for
from capa_xl.errors import UnsafeWrite
from capa_xl.model.as_of import AsOf
from capa_xl.model.edition import Edition, mark_of_cells
from capa_xl.model.paper_kinds import PLAN
from capa_xl.reports.papers_text import paper_lines
from capa_xl.reports.signed_text import signed_lines
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

FIRST, LATER = date(2026, 6, 1), date(2026, 6, 8)
SHELF = ".capa_xl/papers"
NAME = "GJ-2026-001 改进效果确认报告"


def tracker(
    note: str = "三晚无漏接",
    inspected: str = "合格",
    company: str = "",
    revision: dict[str, object] | None = None,
    report_number: str = "",
    **corrected: str,
) -> bytes:
    """One row that is confirmed, or one that failed its inspection; an entry of 更正记录."""
    row = {
        "编号": "GJ-2026-001", "登记日期": date(2026, 1, 5), "来源": "内部审核", "措施类型": "纠正", "严重度": "一般",
        "问题描述": "值班电话夜间漏接三次", "措施内容": "改排班", "责任部门": "网络部", "责任人": "样例甲",
        "提出部门": "服务台",
        "完成期限": date(2026, 3, 1), "批准人": "样例乙", "批准日期": date(2026, 1, 10), "批准结论": "同意",
        "实际完成日期": date(2026, 2, 20), "完成证据": "排班表", "检查人": "样例丙", "检查日期": date(2026, 2, 25),
        "检查结论": inspected, "检查情况": note, "确认人": "样例乙", "确认日期": date(2026, 5, 1),
        "执行情况结论": "已落实", "效果结论": "有效", "是否涉及文件修订": "是" if revision else "否",
        "报告编号": report_number,
    }  # fmt: skip
    sheets = {"改进计划跟踪表": [list(row), list(row.values())]}
    if company:
        sheets["参数"] = [["参数", "值"], ["公司名称", company], ["表单号_效果确认报告", "JL-01"]]
    if revision:
        sheets["文件修订"] = [list(revision), list(revision.values())]
    if corrected:
        sheets["更正记录"] = [["编号", *corrected], ["GJ-2026-001", *corrected.values()]]
    return workbook_bytes(sheets)


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(tracker())
    return path


def report(book: Path, folder: str = "报告", on: date | AsOf = FIRST):
    run = write_reports(desk_at(book, on), ["GJ-2026-001"], book.parent / folder, with_findings=True)
    return run.written[0]


def header_of(path: Path) -> str:
    """The line above every page, without blanks: one stands before what must not break."""
    return plain(docx.Document(path).sections[0].header.paragraphs[0].text)


def plain(text: str) -> str:
    return "".join(text.split())


def shelf(book: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((book.parent / SHELF).rglob("*")) if path.is_file()}


def test_the_first_final_is_the_first_edition_and_its_header_carries_a_number(book):
    paper = report(book)
    assert (paper.path.name, paper.edition, paper.paper_number, paper.is_frozen) == (
        f"{NAME}.docx",
        1,
        "GJBG-2026-001",
        False,
    )
    assert shelf(book) == {"改进效果确认报告 第1版.docx": paper.path.read_bytes()}
    assert header_of(paper.path).endswith("编号：GJBG-2026-001")


def test_a_later_day_changes_nothing_while_the_row_is_the_same(book):
    first = report(book).path.read_bytes()
    again = report(book, on=LATER)
    assert (again.path.name, again.edition, again.is_frozen, again.note) == (f"{NAME}.docx", 1, True, "")
    assert again.path.read_bytes() == first == report(book, "别处", LATER).path.read_bytes()
    assert len(shelf(book)) == 1


def test_a_changed_row_gives_the_next_edition_beside_which_says_what_changed(book):
    first = report(book)
    kept = first.path.read_bytes()
    book.write_bytes(tracker("抽查两晚"))
    second = report(book, on=LATER)
    note = "与第 1 版（2026-06-01 定稿）相比：检查情况 三晚无漏接 → 抽查两晚"
    assert (second.path.name, second.edition, second.note) == (f"{NAME} 第2版.docx", 2, note)
    assert header_of(second.path).endswith("编号：GJBG-2026-001（第2版）")
    assert plain(note) in [plain(paragraph.text) for paragraph in docx.Document(second.path).paragraphs]
    assert first.path.read_bytes() == kept == shelf(book)["改进效果确认报告 第1版.docx"]


def test_a_row_changed_back_is_a_third_edition(book):
    report(book)
    for note, on in (("抽查两晚", LATER), ("三晚无漏接", date(2026, 6, 15))):
        book.write_bytes(tracker(note))
        last = report(book, on=on)
    assert (last.edition, last.note) == (3, "与第 2 版（2026-06-08 定稿）相比：检查情况 抽查两晚 → 三晚无漏接")


def test_what_somebody_wrote_into_the_printed_copy_is_not_written_over(book):
    path = report(book).path
    path.write_bytes(b"mine")
    again = report(book)
    assert (again.path.name, again.beside) == (f"{NAME} (2).docx", True)
    assert path.read_bytes() == b"mine"


def test_a_draft_is_frozen_by_nobody_and_written_anew(book):
    book.write_bytes(tracker(inspected="不合格"))
    for _ in range(2):
        assert (report(book).path.name, report(book).edition) == (f"{NAME}_草稿.docx", 0)
    assert not (book.parent / ".capa_xl").exists()


def test_a_rehearsal_freezes_nothing_but_shows_what_was_frozen_by_its_day(book):
    rehearsal = report(book, "演练", AsOf(LATER, FIRST))
    assert (rehearsal.edition, rehearsal.is_frozen, rehearsal.note[:2]) == (1, False, "预演")
    assert not (book.parent / ".capa_xl").exists()
    frozen = report(book).path.read_bytes()
    assert report(book, "演练二", AsOf(LATER, LATER)).path.read_bytes() == frozen
    assert report(book, "演练三", AsOf(date(2026, 5, 31), LATER)).is_frozen is False


def test_a_rehearsal_says_so_in_its_name_and_above_every_page(book):
    """Printed and signed, nobody's record would know of it."""
    paper = report(book, on=AsOf(date(2026, 5, 31), FIRST)).path
    assert paper.name == f"{NAME}_预演.docx"
    words = [plain(one.text) for one in docx.Document(paper).sections[0].header.paragraphs]
    assert any("预演—不作为归档依据" in line for line in words)
    both = ["GJ-2026-001"]
    desk = desk_at(book, AsOf(date(2026, 5, 31), FIRST))
    joined = write_reports(desk, both, book.parent / "合订", with_findings=True, one_file=True).written[0].path
    assert joined.stem.endswith("_预演")
    final = report(book).path
    again = report(book, "演练", AsOf(FIRST, LATER)).path
    assert (again.name, again.read_bytes() == final.read_bytes()) == (f"{NAME}.docx", True)


def test_a_draft_of_another_day_says_both_in_its_name_above_every_page_and_at_the_terminal(book):
    book.write_bytes(tracker(inspected="不合格"))
    day = AsOf(date(2026, 5, 31), FIRST)
    run = write_reports(desk_at(book, day), ["GJ-2026-001"], book.parent / "出")
    (paper,) = run.written
    assert (paper.path.name, paper.is_draft, paper.is_rehearsal) == (f"{NAME}_草稿_预演.docx", True, True)
    words = [plain(one.text) for one in docx.Document(paper.path).sections[0].header.paragraphs]
    assert any("草稿（预演）—不作为归档依据" in line for line in words)
    first, *_, last = paper_lines(run)
    assert first.startswith("草稿（预演）　")
    assert last == "共 1 份，其中草稿 1 份、预演 1 份；草稿和预演不作为归档依据。"
    (made,) = make_dossiers(desk_at(book, day), ["GJ-2026-001"], book.parent / "档").dossiers
    assert (made.folder / "01 改进效果确认报告_草稿_预演.docx").is_file()


def test_what_a_dossier_prints_new_for_another_day_says_so_and_what_was_frozen_stays(book):
    """The report of FIRST lay on the shelf on LATER already; the form is printed as that day has it."""
    day = AsOf(date(2026, 5, 31), FIRST)
    (made,) = make_dossiers(desk_at(book, day), ["GJ-2026-001"], book.parent / "档").dossiers
    assert {one.stem[3:] for one in made.folder.glob("0*.docx")} == {
        "改进效果确认报告_预演",
        "纠正预防措施要求单_预演",
    }
    report(book)
    (made,) = make_dossiers(desk_at(book, AsOf(FIRST, LATER)), ["GJ-2026-001"], book.parent / "后").dossiers
    assert {one.stem[3:] for one in made.folder.glob("0*.docx")} == {
        "改进效果确认报告",
        "纠正预防措施要求单_预演",
    }


def test_the_last_line_of_a_rehearsal_does_not_ask_for_signatures(book):
    def last_line(on, numbers=("GJ-2026-001",)):
        *_, last = paper_lines(write_reports(desk_at(book, on), numbers, book.parent / "出", with_findings=True))
        return last

    assert last_line(AsOf(date(2026, 5, 31), FIRST)) == "共 1 份，其中预演 1 份；预演不作为归档依据。"
    assert last_line(FIRST) == "共 1 份，签字后归档。"


def test_pack_and_dossier_take_the_frozen_one_and_say_that_the_row_changed(book):
    frozen = report(book).path.read_bytes()
    book.write_bytes(tracker("抽查两晚"))
    (folder := book.parent / "证据/GJ-2026-001").mkdir(parents=True)
    Image.new("RGB", (6, 4), "red").save(folder / "现场.png")
    pack = make_pack(desk_at(book, LATER), "2026Q2", book.parent / "包")
    path = "03 改进效果确认报告/GJ-2026-001.docx"
    assert (book.parent / "包" / path).read_bytes() == frozen
    since = "第 1 版（2026-06-01 定稿）以后跟踪表有改动：检查情况 三晚无漏接 → 抽查两晚"
    assert (
        f"{path} 放的是定稿：{since}。要新版请运行 capa-xl report 本工作簿 GJ-2026-001 -o 改进效果确认报告"
        in pack.notes
    )
    photos = "证据/GJ-2026-001/ 里有 1 张照片不在第 1 版里：现场.png → 出新版时附上"
    assert f"{path} 放的是定稿：{photos}" in pack.notes
    (made,) = make_dossiers(desk_at(book, LATER), ["GJ-2026-001"], book.parent / "档").dossiers
    assert (made.folder / "01 改进效果确认报告.docx").read_bytes() == frozen
    assert since in made.faults and photos in made.faults
    assert len(shelf(book)) == 1


def test_a_pack_freezes_the_finals_it_is_the_first_to_print(book, tmp_path):
    sound = tracker()
    book.write_bytes(sound)
    (made,) = make_dossiers(desk_at(book, FIRST), ["GJ-2026-001"], tmp_path / "档").dossiers
    printed = (made.folder / "01 改进效果确认报告.docx").read_bytes()
    assert shelf(book) == {"改进效果确认报告 第1版.docx": printed}
    make_pack(desk_at(book, LATER), "2026Q2", tmp_path / "包")
    assert (tmp_path / "包/03 改进效果确认报告/GJ-2026-001.docx").read_bytes() == printed


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_lost_copy_is_named_and_the_next_edition_says_why_it_is_there(book, harm):
    report(book)
    (place,) = (book.parent / SHELF).rglob("*.docx")
    place.write_bytes(b"x") if harm == "changed" else place.unlink()
    with pytest.raises(UnsafeWrite, match="GJBG-2026-001 改进效果确认报告第 1 版的副本不在了，或被改动过"):
        make_dossiers(desk_at(book, LATER), ["GJ-2026-001"], book.parent / "档")
    again = report(book, on=LATER)
    assert (again.edition, again.note) == (2, "第 1 版的副本缺失或被改动，重新定稿")


def lose_journal(book: Path) -> None:
    for path in (book.parent / ".capa_xl").glob("journal.db*"):
        path.unlink()


def test_a_lost_journal_never_overwrites_what_was_frozen_and_the_next_number_is_taken(book):
    kept = report(book).path.read_bytes()
    book.write_bytes(tracker("抽查两晚"))
    lose_journal(book)
    second = report(book, on=LATER)
    note = "存档里已有第 1 版，台账里没有登记（台账丢失或换过），没有与它比较"
    assert (second.path.name, second.edition, second.note) == (f"{NAME} 第2版.docx", 2, note)
    files = shelf(book)
    assert files["改进效果确认报告 第1版.docx"] == kept
    assert files["改进效果确认报告 第2版.docx"] == second.path.read_bytes()
    again = report(book, on=LATER)
    assert (again.edition, again.is_frozen, len(shelf(book))) == (2, True, 2)


def test_an_older_journal_put_back_goes_on_after_the_last_file(book):
    report(book)
    place = book.parent / ".capa_xl/journal.db"
    older = place.read_bytes()
    for note, on in (("抽查两晚", LATER), ("抽查一晚", date(2026, 6, 9))):
        book.write_bytes(tracker(note))
        report(book, on=on)
    lose_journal(book)
    place.write_bytes(older)
    book.write_bytes(tracker("抽查四晚"))
    last = report(book, on=date(2026, 6, 10))
    assert (last.edition, len(shelf(book))) == (4, 4)
    assert last.note == (
        "与第 1 版（2026-06-01 定稿）相比：检查情况 三晚无漏接 → 抽查四晚；"
        "存档里已有第 2、3 版，台账里没有登记（台账丢失或换过），没有与它比较"
    )


def test_the_very_file_that_lies_in_the_store_goes_on_record_as_it_is(book):
    kept = report(book).path.read_bytes()
    lose_journal(book)
    again = report(book)
    assert (again.edition, again.note, again.path.read_bytes(), len(shelf(book))) == (1, "", kept, 1)


def test_history_tells_the_editions_and_the_chain_holds_them(book):
    sha256 = hashlib.sha256(report(book).path.read_bytes()).hexdigest()
    (line,) = history(desk_at(book, LATER)).changes
    assert (line.kind, line.number, line.after) == (
        "定稿",
        "GJ-2026-001",
        f"GJBG-2026-001 第 1 版，校验码 {sha256[:16]}",
    )
    assert verify_history(desk_at(book, LATER)).faults == ()
    with open_journal(book.parent / ".capa_xl") as conn, conn:
        conn.execute("UPDATE edition SET sha256 = 'other'")
    assert verify_history(desk_at(book, LATER)).faults == (
        "定稿「GJ-2026-001 改进效果确认报告 第 1 版」的登记与记账时不同",
    )


def test_photos_of_the_evidence_stand_in_the_annex_and_what_is_no_photo_is_named(book):
    folder = book.parent / "证据/GJ-2026-001"
    folder.mkdir(parents=True)
    blob = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(blob, "PNG")
    (folder / "现场.png").write_bytes(blob.getvalue())
    (folder / "坏图.jpg").write_bytes(b"\xff\xd8\xff no picture")
    (folder / "手机.HEIC").write_bytes(b"x")
    (folder / "记录.txt").write_text("no photo at all")
    document = docx.Document(report(book).path)
    assert len(document.inline_shapes) == 1
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "未能显示：坏图.jpg（不是图片，或已损坏）、手机.HEIC（HEIC 格式印不出来，请另存为 JPG）。" in words
    assert words.index("证据照片") > words.index("签字")


def test_without_photos_the_annex_is_not_there(book):
    document = docx.Document(report(book).path)
    assert "证据照片" not in [paragraph.text for paragraph in document.paragraphs]


def test_photos_that_came_after_the_final_are_named_with_the_way_into_the_next_edition(book):
    folder = book.parent / "证据/GJ-2026-001"
    folder.mkdir(parents=True)
    Image.new("RGB", (60, 40), "red").save(folder / "现场.png")
    (folder / "坏图.jpg").write_bytes(b"\xff\xd8\xff no picture")
    frozen = report(book).path.read_bytes()
    assert report(book, on=LATER).note == ""
    Image.new("RGB", (60, 40), "blue").save(folder / "签到.png")
    Image.new("RGB", (60, 40), "green").save(folder / "现场.png")
    (folder / "手机.HEIC").write_bytes(b"x")
    again = report(book, on=LATER)
    assert (again.is_frozen, again.path.read_bytes()) == (True, frozen)
    assert again.note == (
        "证据/GJ-2026-001/ 里有 3 张照片不在第 1 版里："
        "手机.HEIC（HEIC 格式印不出来，请另存为 JPG）、现场.png、签到.png → 要附上的，显示不出的先换成能打开的 JPG，"
        "再在完成证据补写文件名，在《更正记录》登记一行“更正”（项目写完成证据），再出即为第 2 版；不附的不用改"
    )
    (made,) = make_dossiers(desk_at(book, LATER), ["GJ-2026-001"], book.parent / "档").dossiers
    assert again.note in made.faults
    assert (made.folder / "01 改进效果确认报告.docx").read_bytes() == frozen


def test_where_more_photos_came_than_a_report_has_room_for_the_others_are_counted(book):
    report(book)
    folder = book.parent / "证据/GJ-2026-001"
    folder.mkdir(parents=True)
    for at in range(26):
        Image.new("RGB", (6, 4), (at, 0, 0)).save(folder / f"{at:02}.png")
    assert report(book).note.startswith(
        "证据/GJ-2026-001/ 里有 26 张照片不在第 1 版里：00.png、01.png、02.png、03.png、04.png、05.png、"
        "06.png、07.png、08.png、09.png、10.png、11.png 等 24 张，"
        "另有 2 张超过报告至多附的 24 张 → 要附上的，"
    )


def test_an_own_template_that_a_final_does_not_use_is_said(book, tmp_path):
    report(book)
    own = tmp_path / "模板"
    own.mkdir()
    desk = desk_at(book, FIRST, templates=own)
    final = write_reports(desk, ["GJ-2026-001"], tmp_path / "报告", with_findings=True).written[0]
    draft = write_reports(desk, ["GJ-2026-001"], tmp_path / "草稿", draft=True).written[0]
    assert (final.is_frozen, OLD_LOOK in final.note, OLD_LOOK in draft.note) == (True, True, False)


RENAMED = "公司名称 样例科技 → 样例科技有限公司"
ENTRY = {"类型": "更正", "项目": "公司名称", "原内容": "样例科技", "更正后": "样例科技有限公司", "原因": "填错",
         "批准人": "样例乙", "日期": LATER}  # fmt: skip


def test_a_company_named_otherwise_since_makes_no_edition_and_is_said_with_the_way_to_one(book):
    book.write_bytes(tracker(company="样例科技"))
    frozen = report(book).path.read_bytes()
    assert report(book).note == ""
    book.write_bytes(tracker(company="样例科技有限公司"))
    again = report(book, on=LATER)
    assert (again.is_frozen, again.edition, again.path.read_bytes() == frozen) == (True, 1, True)
    assert again.note == (
        f"第 1 版（2026-06-01 定稿）以后《参数》改了：页眉 {RENAMED}。"
        "定稿不改；原来填错的，请在《更正记录》登记一行“更正”（编号写这份报告的那一项，项目写参数名），再出即为下一版"
    )
    (made,) = make_dossiers(desk_at(book, LATER), ["GJ-2026-001"], book.parent / "档").dossiers
    assert again.note in made.faults


def test_a_report_number_changed_since_is_said_and_a_changed_row_tells_it_among_its_changes(book):
    """The number is filled after the report was printed: the same one is no change."""
    report(book)
    book.write_bytes(tracker(report_number="GJBG-2026-001"))
    assert (report(book, on=LATER).edition, report(book, on=LATER).note) == (1, "")
    book.write_bytes(tracker(report_number="ZL-7"))
    again = report(book, on=LATER)
    assert (again.edition, again.note) == (
        1,
        "第 1 版（2026-06-01 定稿）以后跟踪表改了：页眉 报告编号 GJBG-2026-001 → ZL-7。定稿不改；请把报告编号改回 "
        "GJBG-2026-001；原来填错的，请在《更正记录》登记一行“更正”（项目写报告编号），再出即为下一版",
    )
    assert signed_note(book) == "　　跟踪表的报告编号现在是 ZL-7：定稿印的是 GJBG-2026-001"
    with open_journal(book.parent / ".capa_xl") as conn:
        workbook_id, _ = workbook_id_for(conn, "", book)
        assert read_view(conn, workbook_id).printed_numbers == {"GJ-2026-001": "GJBG-2026-001"}
    book.write_bytes(tracker("抽查两晚", report_number="ZL-7"))
    assert report(book, on=LATER).note == (
        "与第 1 版（2026-06-01 定稿）相比：页眉 报告编号 GJBG-2026-001 → ZL-7；检查情况 三晚无漏接 → 抽查两晚"
    )


def signed_note(book: Path) -> str:
    return list(signed_lines(file_scans(desk_at(book, LATER), [])))[1]


def test_a_pack_says_once_of_several_finals_that_their_head_is_an_older_one():
    papers = {f"03/GJ-{at}.docx": Printed(b"", head_note="页眉是旧的") for at in range(1, 5)}
    told = "03/GJ-1.docx、03/GJ-2.docx、03/GJ-3.docx 等 5 份 放的是定稿：页眉是旧的"
    assert list(
        changed_since({**papers, "03/GJ-5.docx": Printed(b"", head_note="页眉是旧的"), "04": Printed(b"")})
    ) == [told]


def test_once_it_is_entered_the_next_edition_tells_the_name_as_a_correction(book):
    book.write_bytes(tracker(company="样例科技"))
    report(book)
    book.write_bytes(tracker(company="样例科技有限公司", **ENTRY))
    second = report(book, on=LATER)
    assert second.edition == 2
    assert second.note == f"与第 1 版（2026-06-01 定稿）相比：更正 {RENAMED}"


def test_an_edition_that_kept_no_head_yet_is_compared_without_it(book):
    book.write_bytes(tracker(company="样例科技"))
    report(book)
    with open_journal(book.parent / ".capa_xl") as conn, conn:
        conn.execute("UPDATE edition SET cells = json_remove(cells, '$.\"页眉 公司名称\"', '$.\"页眉 表单号\"')")
    book.write_bytes(tracker("抽查两晚", company="样例科技有限公司"))
    assert report(book, on=LATER).note == "与第 1 版（2026-06-01 定稿）相比：检查情况 三晚无漏接 → 抽查两晚"


def revised(done: date | None = None, version: str = "", opinion: str = "改第 5 章") -> bytes:
    """The same row and one document to revise."""
    row = {"编号": "GJ-2026-001", "文件编号": "OPS-QP-08", "修改意见": opinion, "修订完成日期": done, "新版本": version}
    return tracker(revision=row)


def test_what_a_revision_came_to_is_no_other_content_until_it_is_told_otherwise(book):
    """A report is written before the document is revised; once it prints the new version, a change of it is one."""
    book.write_bytes(revised())
    report(book)
    book.write_bytes(revised(LATER, "A/2"))
    assert (report(book, on=LATER).edition, report(book, on=LATER).note) == (1, "")
    book.write_bytes(revised(LATER, "A/2", "改第 6 章"))
    second = report(book, on=LATER)
    assert second.note == (
        "与第 1 版（2026-06-01 定稿）相比：文件修订 1 修改意见 改第 5 章 → 改第 6 章；"
        "文件修订 1 修订完成日期 空白 → 2026-06-08；文件修订 1 新版本 空白 → A/2"
    )
    book.write_bytes(revised(LATER, "B/0", "改第 6 章"))
    third = report(book, on=LATER)
    (made,) = make_dossiers(desk_at(book, LATER), ["GJ-2026-001"], book.parent / "档").dossiers
    assert "「01 改进效果确认报告.docx」是第 3 版，第 3 版还没有签字件" in made.faults
    assert (third.edition, third.note.partition("：")[2]) == (3, "文件修订 1 新版本 A/2 → B/0")


def test_of_what_was_reopened_the_frozen_edition_stays_in_the_dossier_and_asks_for_no_signature(book):
    report(book)
    frozen = next((book.parent / SHELF).rglob("*.docx")).read_bytes()
    entry = {"类型": "重开", "原因": "误关闭", "批准人": "样例质", "日期": date(2026, 6, 5)}
    book.write_bytes(tracker(**entry))
    (made,) = make_dossiers(desk_at(book, LATER), ["GJ-2026-001"], book.parent / "档").dossiers
    assert (made.folder / "以前各版" / "改进效果确认报告 第 1 版.docx").read_bytes() == frozen
    told = "（2026-06-01 定稿）在“以前各版”：2026-06-05 重开，它的结论不再算数，这里的报告是草稿"
    assert f"改进效果确认报告第 1 版{told}" in made.faults
    assert "2026-06-05 重开：误关闭" in (made.folder / "00 目录.html").read_text("utf-8")
    said = list(signed_lines(file_scans(desk_at(book, LATER), [])))
    assert said[0].endswith("（2026-06-01 定稿）：没有签字件，不用签")
    assert said[1] == "　　2026-06-05 重开，它的结论不再算数；重新确认以后出第 2 版，签那一版" and len(said) == 2


def test_a_plan_frozen_before_it_printed_schemes_is_unchanged_and_one_frozen_since_tells_a_scheme_that_changed():
    row, scheme = {"纠正方面项目 GJ-1 期限": "2026-10-30"}, {"纠正方面项目 GJ-1 实施方案、步骤": "逐页二校"}
    plain, told, blank = row, row | scheme, row | dict.fromkeys(scheme, "")
    assert len({mark_of_cells(cells) for cells in (plain, told, blank)}) == 1

    def seen(kept, now):
        last = Edition(PLAN.key, "JH-2026 1", 1, "JH-2026 1", date(2026, 10, 26), "", "", kept)
        return comparable(last, now) == kept, is_reworded(last, comparable(last, now))

    assert seen(plain, told) == (True, False)
    assert seen(told, told) == (True, False)
    assert seen(blank, told) == seen(told, blank) == (False, True)
