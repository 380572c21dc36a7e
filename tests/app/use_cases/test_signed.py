"""A signed scan is filed to its paper with day and hash; what is wrong, foreign, there twice or changed is refused."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader, PdfWriter

from capa_xl.app.use_cases.dossier import make_dossiers
from capa_xl.app.use_cases.history import history, verify_history
from capa_xl.app.use_cases.report import write_reports
from capa_xl.app.use_cases.signed import file_scans
from capa_xl.cli.main import run
from capa_xl.effects import scanned_pdf
from capa_xl.effects.journal import open_journal
from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.model.filed_scan import Said, SignedRun
from capa_xl.reports.signed_text import signed_lines
from tests.app.desks import desk_at
from tests.app.scans import picture_pdf, text_pdf
from tests.app.use_cases.test_frozen_papers import FIRST, LATER, tracker
from tests.tables import workbook_bytes

NUMBER, PAPER = "GJ-2026-001", "GJBG-2026-001"
SIGNED = text_pdf(f"No. {PAPER}", f"No. {PAPER} signed")


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(tracker())
    freeze(path)
    return path


def freeze(book: Path, on: date = FIRST) -> None:
    write_reports(desk_at(book, on), [NUMBER], book.parent / "报告", with_findings=True)


def file(book: Path, blob: bytes, on: date | AsOf = LATER, name: str = "扫描.pdf", **said):
    scan = book.parent / name
    scan.write_bytes(blob)
    return file_scans(desk_at(book, on), [scan], Said(**said))


def rows(book: Path) -> list[list[object]]:
    """The tracker, with a column for 报告编号."""
    lines = enumerate(openpyxl.load_workbook(book).worksheets[0].iter_rows())
    return [[*(cell.value for cell in line), "报告编号" if at == 0 else None] for at, line in lines]


def refusal(book: Path, blob: bytes, **said) -> str:
    done = file(book, blob, **said)
    assert done.filed == () and not list(book.parent.rglob("*签字件*.pdf"))
    return done.refused[0].reason.partition("扫描.pdf」")[2]


def test_the_text_layer_tells_the_paper_and_the_scan_lies_beside_its_edition(book):
    (filed,) = file(book, SIGNED, signed_on=date(2026, 6, 5)).filed
    scan = filed.scan
    assert (scan.number, scan.paper_number, scan.at, scan.pages, scan.signed_on, scan.filed_on) == (
        NUMBER, PAPER, 1, 2, date(2026, 6, 5), LATER,
    )  # fmt: skip
    assert filed.place.name == f"改进效果确认报告 第1版 签字件 {scan.sha256[:8]}.pdf"
    assert filed.place.read_bytes() == SIGNED and filed.unread == ()
    (standing,) = file_scans(desk_at(book, LATER), []).standing
    assert (standing.is_whole, standing.scans, standing.damaged) == (True, (scan,), ())


@pytest.mark.parametrize("said", [PAPER, f"{PAPER} 改进效果确认报告"])
def test_a_scan_of_pictures_goes_where_the_person_says_and_its_pages_are_left_to_them(book, said):
    (filed,) = file(book, picture_pdf(3), paper=said).filed
    assert (filed.scan.paper_number, filed.unread) == (PAPER, (1, 2, 3))
    told = list(signed_lines(SignedRun(book, LATER, (filed,))))
    assert told[-1] == "　　第 1、2、3 页没有文字层，工具没有核对上面的编号、页码和数据截至日，请人工核对"


def test_a_number_that_several_papers_are_about_is_asked_about(book):
    words = f"可能是 {PAPER} 改进效果确认报告、JYF-2026-001 纠正预防措施要求单 → 请用 --paper 写明是哪一份"
    assert refusal(book, picture_pdf(), paper=NUMBER).startswith(words)


def test_two_reports_of_one_number_are_told_apart_by_what_they_are_about(book):
    row, other = rows(book), rows(book)[1]
    other[row[0].index("编号")] = "GJ-2026-002"
    for one in (row[1], other):
        one[row[0].index("报告编号")] = PAPER
    book.write_bytes(workbook_bytes({"改进计划跟踪表": [*row, other]}))
    write_reports(desk_at(book, FIRST), [NUMBER, "GJ-2026-002"], book.parent / "报告", with_findings=True)
    (refused,) = file(book, SIGNED).refused
    assert f"可能是 {NUMBER} 改进效果确认报告、GJ-2026-002 改进效果确认报告" in refused.reason
    assert file(book, SIGNED, paper="GJ-2026-002 改进效果确认报告").filed[0].scan.number == "GJ-2026-002"


def test_a_scan_of_pictures_without_a_word_is_refused(book):
    assert (
        refusal(book, picture_pdf())
        == f"没有文字层，看不出是哪一份 → 请用 --paper 写明文件编号（例如 --paper {PAPER}）"
    )


@pytest.mark.parametrize(
    ("blob", "said", "words"),
    [
        (b"", {}, "是空文件"),
        (b"PK\x03\x04 a Word file", {}, "不是 PDF"),
        (SIGNED[:400], {}, "已损坏，读不出各页"),
        (b"%PDF-1.7\n" + b"\xff" * 3000, {}, "已损坏，读不出各页"),
        (text_pdf("No. GJBG-2026-0011"), {}, "的文字里没有已定稿文件的编号"),
        (text_pdf(f"No. {PAPER}", "another paper"), {}, f"的各页编号不一致：只有一部分页上有 {PAPER}"),
        (text_pdf(f"No. {PAPER}", "another paper"), {"paper": PAPER}, f"第 2 页上没有编号 {PAPER}，不像这份文件的页"),
        (text_pdf("No. GJBG-2026-002"), {"paper": PAPER}, f"第 1 页上没有编号 {PAPER}"),
        (SIGNED, {"paper": "GJBG-2026-009"}, "：没有编号为「GJBG-2026-009」的定稿或表单"),
        (SIGNED, {"edition": 2}, "上印的是第 1 版，不是第 2 版"),
        (picture_pdf(), {"paper": PAPER, "edition": 2}, f"：{PAPER} 没有第 2 版，登记的有第 1 版"),
        (SIGNED, {"signed_on": date(2026, 5, 31)}, "的签字日期 2026-05-31 早于第 1 版的定稿日 2026-06-01"),
    ],
    ids=[
        "empty", "word", "cut", "rubbish", "foreign", "mixed", "foreign page", "wrong", "unknown", "printed", "edition",
        "day",
    ],
)  # fmt: skip
def test_what_is_wrong_or_foreign_is_refused_and_nothing_is_filed(book, blob, said, words):
    assert refusal(book, blob, **said).startswith(words)
    assert len(history(desk_at(book, LATER)).changes) == 1


def test_a_scan_with_a_password_or_too_many_pages_is_refused(book, monkeypatch):
    writer, out = PdfWriter(PdfReader(io.BytesIO(SIGNED))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    assert refusal(book, out.getvalue()).startswith("有密码")
    monkeypatch.setattr(scanned_pdf, "MOST_PAGES", 1)
    assert refusal(book, SIGNED).startswith("有 2 页，最多 1 页")


@pytest.mark.parametrize(("signed_on", "fits"), [(FIRST, True), (LATER, True), (date(2026, 6, 9), False)])
def test_it_is_signed_between_the_day_it_was_frozen_and_today(book, signed_on, fits):
    if fits:
        assert file(book, SIGNED, signed_on=signed_on).filed[0].scan.signed_on == signed_on
    else:
        with pytest.raises(UsageError, match="签字日期 2026-06-09 还没有到"):
            file(book, SIGNED, signed_on=signed_on)


def test_the_same_scan_twice_is_one_and_never_goes_to_another_paper(book):
    first = file(book, SIGNED).filed[0]
    again = file(book, SIGNED, date(2026, 6, 9), name="又一次.pdf").filed[0]
    assert (again.scan, again.was_filed) == (first.scan, True)
    (refused,) = file(book, SIGNED, paper="XQ-2026-001").refused
    assert f"作为 {PAPER} 改进效果确认报告 第 1 版 的签字件归档，不能再归到「XQ-2026-001」" in refused.reason
    assert len(list(book.parent.rglob("*签字件*.pdf"))) == 1


def test_a_filed_scan_is_of_the_edition_and_the_day_on_record_and_of_no_other(book):
    file(book, SIGNED, signed_on=LATER)
    assert file(book, SIGNED, edition=1, signed_on=LATER).filed[0].was_filed
    (refused,) = file(book, SIGNED, edition=3).refused
    assert "已于 2026-06-08 归档，是第 1 版的签字件，不是第 3 版 → 请核对版次和扫描件" in refused.reason
    (refused,) = file(book, SIGNED, signed_on=date(2026, 6, 7)).refused
    assert "登记的签字日期是 2026-06-08，不是 2026-06-07 → 请核对日期和扫描件；登记的不改，日期要更正" in refused.reason
    file(book, undated := text_pdf(f"No. {PAPER} undated"), is_another=True)
    (refused,) = file(book, undated, signed_on=LATER).refused
    assert "归档，那时没有写签字日期，这次写的 2026-06-08 没有登记 → " in refused.reason
    assert refused.reason.endswith("另扫描一份，写对的 --on 并加 --another 归档，两份都留着")


def test_another_scan_of_a_signed_edition_is_refused_unless_it_is_said_to_be_another(book):
    file(book, SIGNED)
    other = text_pdf(f"No. {PAPER} signed by the other")
    assert "已有签字件" in file(book, other).refused[0].reason
    assert file(book, other, is_another=True).refused == ()
    assert len(file_scans(desk_at(book, LATER), []).standing[0].scans) == 2


def test_a_misread_page_is_filed_when_a_person_has_looked_at_it(book):
    blob = text_pdf(f"No. {PAPER}", "No. GJBG-2O26-OO1")
    assert file(book, blob, paper=PAPER, is_checked=True).refused == ()


def page(number: int, edition: str = "") -> str:
    """What a page of 4 prints: its header and its footer."""
    return f"编号：{PAPER}{edition} 正文 第 {number} 页\u3000共 4 页"


WHOLE = text_pdf(*map(page, (1, 2, 3, 4)))
CUT = text_pdf(*map(page, (1, 2)))


def test_a_scan_with_pages_missing_is_refused_until_it_is_whole_or_a_person_has_looked(book):
    assert refusal(book, CUT).startswith("缺第 3、4 页（页脚印的是共 4 页） → 请按页序扫描齐全再归档")
    assert file(book, WHOLE).filed[0].unmarked == ()
    assert file(book, CUT, is_checked=True, is_another=True).refused == ()


def test_the_pages_a_filed_scan_lacks_are_said_until_a_whole_one_comes(book):
    filed = file(book, CUT, is_checked=True)
    told = (
        f"签字件（校验码 {filed.filed[0].scan.mark}）缺第 3、4 页（页脚印的是共 4 页）；"
        "归档时由人核对过，确实不全的，扫描齐全后加 --another 再归档"
    )
    assert f"　　{told}" in list(signed_lines(filed))
    assert f"　　{told}" in list(signed_lines(file_scans(desk_at(book, LATER), [])))
    (made,) = make_dossiers(desk_at(book, LATER), [NUMBER], book.parent / "档").dossiers
    assert f"{PAPER} 改进效果确认报告 第 1 版 {told}" in made.faults
    file(book, WHOLE, is_another=True)
    assert file_scans(desk_at(book, LATER), []).gaps == ()


def test_pages_of_two_editions_are_no_paper(book):
    book.write_bytes(tracker("抽查两晚"))
    freeze(book, LATER)
    mixed = text_pdf(page(1), page(2), page(3, "（第 2 版）"), page(4, "（第 2 版）"))
    words = "的各页不是同一版：第 1、2 页是第 1 版，第 3、4 页是第 2 版 → 请只扫描签字的那一版"
    assert refusal(book, mixed).startswith(words)
    assert refusal(book, mixed, edition=2).startswith(words)
    second = text_pdf(*(page(number, "（第 2 版）") for number in (1, 2, 3, 4)))
    assert file(book, second).filed[0].scan.at == 2


def test_a_file_without_a_picture_is_filed_and_said_to_look_unsigned(book):
    hint = "　　各页没有图像，像是没有签字的电子稿；请打开核对，没有签字的，签字、扫描后加 --another 再归档"
    assert hint in list(signed_lines(file(book, SIGNED)))
    assert hint not in list(signed_lines(file(book, picture_pdf(), paper=PAPER, is_another=True)))
    listed = next(line for line in signed_lines(file_scans(desk_at(book, LATER), [])) if "定稿" in line)
    assert listed.endswith("2 页（没有图像，像是没有签字）、签字件 2026-06-08 归档，1 页")


def test_pages_with_text_but_without_their_number_are_left_to_a_person(book):
    told = list(signed_lines(file(book, SIGNED)))
    assert told[-1] == "　　第 1、2 页上没有读到“第 n 页 共 m 页”，缺页没有核对，请人工核对"


def test_the_edition_that_was_signed_is_the_one_printed(book):
    book.write_bytes(tracker("抽查两晚"))
    freeze(book, LATER)
    assert file(book, SIGNED).filed[0].scan.at == 1
    (refused,) = file(book, picture_pdf(), paper=PAPER).refused
    assert "有 2 版，扫描件没有文字层，看不出签的是哪一版 → 请加 --edition，可以是 1、2" in refused.reason
    assert file(book, picture_pdf(), paper=PAPER, edition=2).filed[0].scan.at == 2


def test_a_paper_that_is_not_final_cannot_be_filed(tmp_path):
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(tracker(inspected="不合格"))
    assert refusal(book, SIGNED).endswith(
        "请用 --paper 写明文件编号；报告要先定稿（capa-xl report 本工作簿 编号 -o 报告）再签字"
    )


def test_each_scan_of_a_form_is_the_next_of_it(book):
    first, second = text_pdf("JYF-2026-001"), text_pdf("JYF-2026-001 all blocks")
    assert [file(book, blob).filed[0].scan.at for blob in (first, second)] == [1, 2]
    assert [scan.kind for scan in file_scans(desk_at(book, LATER), []).forms] == ["request", "request"]


def test_a_form_is_signed_from_the_day_on_whose_workbook_it_prints(book):
    form = text_pdf("JYF-2026-001 数据截至 2026 年 6 月 2 日")
    told = refusal(book, form, signed_on=date(2026, 6, 1))
    assert told.startswith("的签字日期 2026-06-01 早于这一份的数据截至日 2026-06-02，那一天还没有这份文件 → ")
    assert file(book, form, signed_on=date(2026, 6, 2)).filed[0].scan.signed_on == date(2026, 6, 2)
    misread = text_pdf("JYF-2026-001 数据截至 2028 年 6 月 2 日")
    assert file(book, misread, signed_on=date(2026, 6, 3), is_checked=True).filed[0].scan.at == 2


@pytest.mark.parametrize(
    ("blob", "said", "kind", "number", "paper"),
    [
        (text_pdf("PS-2026-03", "PS-2026-03"), "", "review", "PS-2026-03", "PS-2026-03"),
        (picture_pdf(), "PS-2026-03", "review", "PS-2026-03", "PS-2026-03"),
        (picture_pdf(), "PS-2026-03 管理评审输入报告", "review", "PS-2026-03", "PS-2026-03"),
        (text_pdf("GJA3-2026-001"), "", "a3", NUMBER, "GJA3-2026-001"),
        (text_pdf("QKSM-2026-05-20"), "", "exceptions", "QKSM-2026-05-20", "QKSM-2026-05-20"),
        (picture_pdf(), "JJ-2026-05-18", "handover", "JJ-2026-05-18", "JJ-2026-05-18"),
    ],
)
def test_every_paper_with_room_for_signatures_takes_its_scan(book, blob, said, kind, number, paper):
    tables = openpyxl.load_workbook(book)
    tables.create_sheet("管理评审").append(["评审编号", "日期", "议题", "决议"])
    for topic in ("上季度改进", "资源"):
        tables["管理评审"].append(["PS-2026-03", date(2026, 6, 1), topic, None])
    tables.save(book)
    (filed,) = file(book, blob, paper=said).filed
    assert (filed.scan.kind, filed.scan.number, filed.scan.paper_number) == (kind, number, paper)
    assert filed.place.read_bytes() == blob
    assert [scan.paper for scan in file_scans(desk_at(book, LATER), []).forms] == [filed.scan.paper]


@pytest.mark.parametrize("number", ["PS-2026-04", "QKSM-2026-02-30", "GJA3-2026-002"])
def test_a_number_that_no_paper_can_have_is_of_none(book, number):
    assert refusal(book, picture_pdf(), paper=number).startswith(f"：没有编号为「{number}」的定稿或表单 → 请核对编号；")


def test_a_paper_that_was_printed_without_a_number_is_told_what_gives_it_one(book):
    told = refusal(book, text_pdf("编号：待编号 GJBG-2026-001", "编号：待编号"))
    assert told.startswith("各页印的是“待编号” → ") and "评审输入报告的编号先登记在《管理评审》再运行 pack" in told


def test_one_refused_scan_keeps_no_other_from_being_filed_and_one_name_fits_one_scan(book):
    good, bad = book.parent / "好.pdf", book.parent / "坏.pdf"
    good.write_bytes(SIGNED)
    bad.write_bytes(b"no")
    done = file_scans(desk_at(book, LATER), [bad, good, book.parent / "没有.pdf"])
    assert ([one.source for one in done.filed], [one.source.name for one in done.refused]) == (
        [good],
        ["坏.pdf", "没有.pdf"],
    )
    with pytest.raises(UsageError, match="请一个一个归档"):
        file_scans(desk_at(book, LATER), [good, bad], Said(paper=PAPER))


def test_a_rehearsal_files_nothing(book):
    (filed,) = file(book, SIGNED, AsOf(LATER, FIRST)).filed
    assert filed.is_rehearsal and not filed.place.exists()
    assert file_scans(desk_at(book, LATER), []).standing[0].scans == ()


def test_history_dossier_and_chain_hold_it_and_a_changed_one_is_named(book):
    (filed,) = file(book, SIGNED, signed_on=LATER).filed
    last = history(desk_at(book, LATER)).changes[-1]
    assert (last.kind, last.field) == ("签字件", "改进效果确认报告")
    assert last.after == f"{PAPER} 第 1 版，校验码 {filed.scan.sha256[:16]}，签字日期 2026-06-08"
    (made,) = make_dossiers(desk_at(book, LATER), [NUMBER], book.parent / "档").dossiers
    assert (made.folder / "签字件" / filed.place.name).read_bytes() == SIGNED
    assert "签字件,改进效果确认报告" in (made.folder / "历史.csv").read_text("utf-8-sig")
    filed.place.write_bytes(SIGNED + b"%")
    (made,) = make_dossiers(desk_at(book, LATER), [NUMBER], book.parent / "档二").dossiers
    assert made.faults[-1].startswith(f"签字件/{filed.place.name} 不在了，或归档以后被改动过")
    assert file_scans(desk_at(book, LATER), []).standing[0].damaged == (filed.scan,)
    assert verify_history(desk_at(book, LATER)).faults == ()
    with open_journal(book.parent / ".capa_xl") as conn, conn:
        conn.execute("DELETE FROM scan")
    assert verify_history(desk_at(book, LATER)).faults == (f"签字件（校验码 {filed.scan.sha256[:8]}）的登记被删除",)


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_copy_that_is_gone_or_changed_was_damaged_by_filing_the_scan_again(book, is_gone):
    (filed,) = file(book, SIGNED).filed
    filed.place.unlink() if is_gone else filed.place.write_bytes(b"%PDF altered")
    listed = file_scans(desk_at(book, LATER), [])
    assert listed.has_damage
    assert list(signed_lines(listed))[-1] == ("把原来那份扫描件再归档一次就换上：capa-xl signed 本工作簿 扫描件.pdf")
    (rehearsed,) = (done := file(book, SIGNED, AsOf(LATER, FIRST))).filed
    assert (rehearsed.was_damaged, done.has_damage, filed.place.exists()) == (True, True, not is_gone)
    (again,) = (done := file(book, SIGNED)).filed
    assert (again.scan, again.was_filed, again.was_damaged, done.has_damage) == (filed.scan, True, True, False)
    assert filed.place.read_bytes() == SIGNED
    assert (again.kept is None) if is_gone else (again.kept.read_bytes() == b"%PDF altered")
    assert next(signed_lines(done)).startswith(f"已换上　{PAPER} 改进效果确认报告 第 1 版：存档里的签字件不在了")
    listed = file_scans(desk_at(book, LATER), [])
    assert (listed.has_damage, listed.unrecorded, file(book, SIGNED).filed[0].was_damaged) == (False, (), False)


def test_another_scan_puts_no_damaged_copy_right(book):
    (filed,) = file(book, SIGNED).filed
    filed.place.write_bytes(b"%PDF altered")
    assert "已有签字件" in file(book, WHOLE).refused[0].reason
    assert filed.place.read_bytes() == b"%PDF altered"


def test_the_scan_of_a_form_that_was_changed_is_named(book):
    (filed,) = file(book, text_pdf("JYF-2026-001")).filed
    assert not file_scans(desk_at(book, LATER), []).has_damage
    assert run(["signed", str(book)]) == 0
    filed.place.write_bytes(b"%PDF altered")
    listed = file_scans(desk_at(book, LATER), [])
    assert (listed.damaged_forms, listed.has_damage) == ((filed.scan,), True)
    assert list(signed_lines(listed))[-2].startswith("　　签字件（校验码")
    assert run(["signed", str(book)]) == 1


def test_after_a_lost_journal_the_list_names_the_files_that_nobody_knows(book):
    place = file(book, SIGNED).filed[0].place
    for path in (book.parent / ".capa_xl").glob("journal.db*"):
        path.unlink()
    lines = list(signed_lines(file_scans(desk_at(book, LATER), [])))
    frozen = place.with_name("改进效果确认报告 第1版.docx")
    said = "台账里没有登记（台账丢失或换过），没有核对："
    assert lines == [f"{said}{path}" for path in sorted([place, frozen])]


def test_the_scan_of_an_edition_that_only_the_store_has_is_refused_and_the_sentence_says_so(book):
    for path in (book.parent / ".capa_xl").glob("journal.db*"):
        path.unlink()
    book.write_bytes(tracker("抽查两晚"))
    freeze(book, LATER)
    assert refusal(book, WHOLE).startswith(
        f"：{PAPER} 存档里有第 1 版的文件，台账里没有登记（台账丢失或换过），登记的有第 2 版 → 请先用备份恢复台账"
    )


def test_without_a_final_the_list_says_how_to_begin(tmp_path):
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(tracker())
    (line,) = signed_lines(file_scans(desk_at(book, LATER), []))
    assert line.startswith("还没有定稿的文件")
