import sqlite3
from contextlib import closing
from datetime import date

import pytest

from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.history import Asked, history, verify_history
from capa_xl.app.use_cases.patch import patch_file
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.cli.documents.tracker_documents import history_document
from capa_xl.model.as_of import AsOf
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.reports.history_text import chain_text, history_text
from tests.app.desks import desk_at
from tests.ooxml.every_cell import cells_of
from tests.tables import workbook_bytes

DAYS = date(2026, 5, 29), date(2026, 5, 30)
ELSEWHERE = "延期记录、更正记录、措施分解、参数等别的工作表里改过什么不在这里，请与 .capa_xl/backups 里的备份比较。"
TRACKER = """
    编号         问题描述        责任人  完成期限    〔自动〕状态
    GJ-2026-001  值班漏接三次    样例甲  2026-07-01
    GJ-2026-002  备件台账不符    样例乙  2026-08-01
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}))
    return path


def run(path, at):
    refresh(desk_at(path, AsOf(date(2026, 6, 1), at)))


def edit(path, at, value):
    path.write_bytes(splice(path.read_bytes(), Patch(edits=(CellEdit("改进计划跟踪表", at, value),))).blob)


def test_a_changed_cell_is_told_with_before_and_after(book):
    run(book, DAYS[0])
    edit(book, "D2", date(2026, 7, 31))
    edit(book, "C3", None)
    run(book, DAYS[1])
    found = history(desk_at(book, DAYS[1]))
    assert [(c.number, c.field, c.before, c.after, c.seen_on.isoformat()) for c in found.changes] == [
        ("GJ-2026-001", "完成期限", "2026-07-01", "2026-07-31", "2026-05-30"),
        ("GJ-2026-002", "责任人", "样例乙", "", "2026-05-30"),
    ]
    assert list(history_text(found.changes, found.runs, "")) == [
        "2026-05-30：",
        "  GJ-2026-001 完成期限：「2026-07-01」 → 「2026-07-31」〔改期（没有批准）〕",
        "  GJ-2026-002 责任人：「样例乙」 → （空）",
        f"2026-05-29 至 2026-05-30 有 2 天运行过，记账 2 次，跟踪表的各行共 2 处变化。{ELSEWHERE}",
        "其中需要说明：改期（没有批准） 1 处。",
    ]


def test_one_action_is_told_alone(book):
    run(book, DAYS[0])
    edit(book, "D2", date(2026, 7, 31))
    edit(book, "C3", "样例丙")
    run(book, DAYS[1])
    document = history_document(history(desk_at(book, DAYS[1]), Asked("GJ-2026-002")))
    assert [change["field"] for change in document["changes"]] == ["责任人"]
    assert [entry["command"] for entry in document["runs"]] == ["refresh", "refresh"]


def test_without_a_run_there_is_nothing_to_tell_and_nothing_is_written(book):
    found = history(desk_at(book, DAYS[1]))
    assert (found.changes, found.runs) == ((), ())
    assert next(history_text(found.changes, found.runs, "")).startswith("还没有运行记录")
    assert [path.name for path in book.parent.iterdir()] == ["跟踪表.xlsx"]


def test_a_row_that_vanished_and_one_that_came_are_told(book):
    run(book, DAYS[0])
    edit(book, "A3", None)
    edit(book, "B3", None)
    edit(book, "C3", None)
    edit(book, "D3", None)
    edit(book, "A4", "GJ-2026-003")
    edit(book, "B4", "机房漏水两次")
    run(book, DAYS[1])
    kinds = [(c.number, c.kind.value) for c in history(desk_at(book, DAYS[1])).changes]
    assert kinds == [("GJ-2026-002", "删除"), ("GJ-2026-003", "新增")]


def test_a_row_whose_number_alone_changed_is_renumbered_not_lost(book):
    run(book, DAYS[0])
    edit(book, "A3", "GJ-2026-009")
    run(book, DAYS[1])
    (change,) = history(desk_at(book, DAYS[1]), Asked("GJ-2026-002")).changes
    assert (change.kind.value, change.number, change.before, change.after) == (
        "改编号",
        "GJ-2026-009",
        "GJ-2026-002",
        "GJ-2026-009",
    )


def test_an_edited_cell_of_ours_is_told(book):
    run(book, DAYS[0])
    before = next(cells_of(book.read_bytes())[key] for key in [("改进计划跟踪表", "E2")])
    edit(book, "E2", "已关闭")
    run(book, DAYS[1])
    (change,) = history(desk_at(book, DAYS[1])).changes
    assert (change.kind.value, change.field, change.before, change.after) == (
        "自动列被手改",
        "〔自动〕状态",
        before,
        "已关闭",
    )


def test_a_persons_rows_are_those_owned_now_or_before(book):
    run(book, DAYS[0])
    edit(book, "C3", "样例丙")
    edit(book, "D2", date(2026, 7, 31))
    run(book, DAYS[1])
    desk = desk_at(book, DAYS[1])
    assert [c.number for c in history(desk, Asked(person="样例丙")).changes] == ["GJ-2026-002"]
    assert [c.number for c in history(desk, Asked(person="样例乙")).changes] == ["GJ-2026-002"]
    assert [c.number for c in history(desk, Asked(person="样例甲")).changes] == ["GJ-2026-001"]
    assert history(desk, Asked(person="样例丁")).changes == ()


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        (Asked(number="GJ-2026-002"), True),
        (Asked(number="GJ-2026-009"), False),
        (Asked(person="样例乙"), True),
        (Asked(person="样例丁"), False),
        (Asked(number="GJ-2026-002", person="样例丁"), False),
        (Asked(), True),
    ],
)
def test_whom_nobody_knows_is_told_apart_from_who_has_no_changes(book, asked, known):
    run(book, DAYS[0])
    found = history(desk_at(book, DAYS[1]), asked)
    assert (found.changes, found.is_known) == ((), known)
    said = list(history_text(found.changes, found.runs, "某", is_known=found.is_known))
    unknown = "「某」在工作簿和以前的变化里都没有 → 请核对写法"
    nothing = f"2026-05-29 有 1 天运行过，记账 1 次，跟踪表的「某」没有看到变化。{ELSEWHERE}"
    assert said == [nothing if known else unknown]


def test_a_number_typed_otherwise_is_asked_back(book):
    run(book, DAYS[0])
    found = history(desk_at(book, DAYS[1]), Asked(number="gj-2026-2"))
    (said,) = history_text((), found.runs, "gj-2026-2", is_known=found.is_known, instead=found.instead)
    assert said == "「gj-2026-2」在工作簿和以前的变化里都没有 → 请核对写法（是不是 GJ-2026-002？）"


def test_a_number_that_is_gone_is_still_known(book):
    run(book, DAYS[0])
    edit(book, "A3", "GJ-2026-008")
    run(book, DAYS[1])
    for number in ("GJ-2026-002", "GJ-2026-008"):
        assert history(desk_at(book, DAYS[1]), Asked(number=number, until=DAYS[0])).is_known


def test_both_days_of_a_span_belong_to_it(book):
    run(book, DAYS[0])
    edit(book, "C3", "样例丙")
    run(book, DAYS[1])
    desk = desk_at(book, DAYS[1])
    assert len(history(desk, Asked(since=DAYS[1], until=DAYS[1])).changes) == 1
    assert history(desk, Asked(until=DAYS[0])).changes == ()
    assert history(desk, Asked(since=date(2026, 5, 31))).changes == ()


def test_the_record_itself_is_verified_and_says_what_it_cannot_show(book):
    assert next(chain_text(verify_history(desk_at(book, DAYS[0])))).startswith("还没有可以核对的记录")
    run(book, DAYS[0])
    edit(book, "C3", "样例丙")
    run(book, DAYS[1])
    check = verify_history(desk_at(book, DAYS[1]))
    assert check.faults == ()
    assert "看不出的" in list(chain_text(check))[-1]
    with closing(sqlite3.connect(book.parent / ".capa_xl/journal.db")) as conn, conn:
        conn.execute("UPDATE field_change SET after = '样例乙'")
    check = verify_history(desk_at(book, DAYS[1]))
    assert check.faults == ("变更历史第 1 至 1 条与记账时不同",)
    assert next(chain_text(check)) == "变更历史第 1 至 1 条与记账时不同"


def test_a_restored_backup_is_one_line_and_not_an_edit_in_every_row(tmp_path):
    rows = "".join(f"        GJ-2026-{n:03d}  值班漏接三次    样例甲  2026-07-01\n" for n in range(1, 71))
    head = (
        "        编号         问题描述        责任人  完成期限    〔自动〕状态  〔自动〕距期限天数  〔自动〕更新时间\n"
    )
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": head + rows}))
    refresh(desk_at(path, date(2026, 6, 1)))
    backup = path.read_bytes()
    refresh(desk_at(path, date(2026, 6, 2)))
    refresh(desk_at(path, date(2026, 6, 3)))
    path.write_bytes(backup)
    told = [p for p in check_workbook(desk_at(path, date(2026, 6, 4))).checked.problems if p.rule == "WB07"]
    assert [(p.severity.value, p.cell) for p in told] == [("info", "G2")]
    assert "2026-06-01 的旧内容（70 行）" in told[0].message
    refresh(desk_at(path, date(2026, 6, 4)))
    changes = history(desk_at(path, date(2026, 6, 4))).changes
    assert [(c.kind.value, c.number, c.before, c.after) for c in changes] == [
        ("从前的一版", "", "2026-06-03", "2026-06-01")
    ]
    assert "  整个工作簿 〔自动〕更新时间：「2026-06-03」 → 「2026-06-01」〔从前的一版〕" in "\n".join(
        history_text(changes, history(desk_at(path, date(2026, 6, 4))).runs, "")
    )
    assert not [p for p in check_workbook(desk_at(path, date(2026, 6, 5))).checked.problems if p.rule == "WB07"]


def test_an_older_journal_is_one_line_and_not_an_edit_in_every_row(tmp_path):
    path, journal = tmp_path / "跟踪表.xlsx", tmp_path / ".capa_xl" / "journal.db"
    head = "编号         问题描述        责任人  完成期限    〔自动〕状态  〔自动〕距期限天数  〔自动〕更新时间\n"
    row = "GJ-2026-001  值班漏接三次    样例甲  2026-07-01\n"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": head + row}))
    refresh(desk_at(path, date(2026, 6, 1)))
    older = journal.read_bytes()
    refresh(desk_at(path, date(2026, 6, 3)))
    journal.write_bytes(older)
    told = [p for p in check_workbook(desk_at(path, date(2026, 6, 4))).checked.problems if p.rule == "WB07"]
    assert [(p.severity.value, p.cell) for p in told] == [("info", "G2")]
    assert "是 2026-06-03 写的（1 行），台账只到 2026-06-01" in told[0].message
    refresh(desk_at(path, date(2026, 6, 4)))
    changes = history(desk_at(path, date(2026, 6, 4))).changes
    assert [(c.kind.value, c.before, c.after) for c in changes] == [("台账缺一段", "2026-06-01", "2026-06-03")]
    assert not [p for p in check_workbook(desk_at(path, date(2026, 6, 5))).checked.problems if p.rule == "WB07"]


def test_a_row_that_could_not_be_read_is_no_new_row_on_the_day_it_is_mended(book):
    edit(book, "D3", "月底")
    run(book, DAYS[0])
    edit(book, "D3", date(2026, 8, 1))
    run(book, DAYS[1])
    told = [(c.number, c.kind.value, c.field, c.before, c.after) for c in history(desk_at(book, DAYS[1])).changes]
    assert told == [("GJ-2026-002", "修改", "完成期限", "月底", "2026-08-01")]


def test_a_row_that_comes_unreadable_is_new_on_that_day_and_each_word_in_its_cell_is_told(book):
    for at in ("A3", "B3", "C3", "D3"):
        edit(book, at, None)
    run(book, date(2026, 5, 28))
    for on, due in ((29, "月底"), (30, date(2026, 7, 1)), (31, "年底")):
        for at, value in zip(("A3", "B3", "C3", "D3"), ("GJ-2026-002", "备件台账不符", "样例乙", due), strict=True):
            edit(book, at, value)
        run(book, date(2026, 5, on))
    told = [(c.seen_on.day, c.kind.value, c.before, c.after) for c in history(desk_at(book, DAYS[1])).changes]
    assert told == [
        (29, "新增", "", ""),
        (30, "修改", "月底", "2026-07-01"),
        (31, "改期（没有批准）", "2026-07-01", "年底"),
    ]


def test_a_patch_is_no_run_that_saw_the_rows(book):
    patch_file(desk_at(book, DAYS[0]), '[{"sheet": "改进计划跟踪表", "cell": "C2", "value": "样例丙"}]'.encode(), book)
    found = history(desk_at(book, DAYS[0]))
    assert (found.runs, found.is_beside, found.is_behind) == ((), False, False)
    refresh(desk_at(book, AsOf(DAYS[1], DAYS[0])))
    assert [run.command for run in history(desk_at(book, DAYS[0])).runs] == ["refresh"]


def test_a_row_that_could_not_be_read_and_was_deleted_is_missed(book):
    edit(book, "D3", "月底")
    run(book, DAYS[0])
    for at in ("A3", "B3", "C3", "D3"):
        edit(book, at, None)
    run(book, DAYS[1])
    assert [(c.number, c.kind.value) for c in history(desk_at(book, DAYS[1])).changes] == [("GJ-2026-002", "删除")]


def test_two_unreadable_rows_of_one_number_are_nobodys_history(book):
    edit(book, "A3", "GJ-2026-001")
    run(book, DAYS[0])
    edit(book, "A3", "GJ-2026-009")
    run(book, DAYS[1])
    kinds = [(c.number, c.kind.value) for c in history(desk_at(book, DAYS[1])).changes]
    assert kinds == [("GJ-2026-009", "新增")]


def test_two_unreadable_rows_of_one_number_are_missed_when_both_are_deleted(book):
    edit(book, "A3", "GJ-2026-001")
    run(book, DAYS[0])
    for at in (f"{column}{row}" for column in "ABCD" for row in (2, 3)):
        edit(book, at, None)
    edit(book, "A2", "GJ-2026-005")
    edit(book, "B2", "新的一项")
    run(book, DAYS[1])
    told = [p.number for p in check_workbook(desk_at(book, DAYS[1])).checked.problems if p.rule == "WB04"]
    changes = [(c.number, c.kind.value) for c in history(desk_at(book, DAYS[1])).changes]
    assert told == ["GJ-2026-001"]
    assert changes == [("GJ-2026-001", "删除"), ("GJ-2026-005", "新增")]


def refreshed_twice(book):
    """The bytes before the second of two refreshes, and those that the first wrote; each wrote days left."""
    rows = "\n".join(line.rstrip().replace("状态", "距期限天数") for line in TRACKER.splitlines())
    book.write_bytes(workbook_bytes({"改进计划跟踪表": rows}))
    run(book, DAYS[0])
    written = book.read_bytes()
    edit(book, "D2", date(2026, 8, 2))
    edited = book.read_bytes()
    run(book, DAYS[1])
    assert book.read_bytes() != edited
    return edited, written


@pytest.mark.parametrize("which", [0, 1], ids=["a backup", "a copy of what we wrote"])
def test_a_version_of_ours_that_was_put_back_is_one_event_and_nobodys_edit(book, which):
    version = refreshed_twice(book)[which]
    edit(book, "D3", date(2026, 9, 1))
    run(book, DAYS[1])
    book.write_bytes(version)
    told = [p for p in check_workbook(desk_at(book, DAYS[1])).checked.problems if p.rule == "WB07"]
    assert [problem.severity.value for problem in told] == ["info"]
    assert told[0].message.startswith("自动列是 2026-05-")
    for words in ("备件台账不符合", "备件台账又不符"):
        run(book, DAYS[1])
        edit(book, "B3", words)
    run(book, DAYS[1])
    kinds = [c.kind.value for c in history(desk_at(book, DAYS[1])).changes]
    assert ("自动列被手改" in kinds, kinds.count("从前的一版")) == (False, 1)


def test_the_refresh_over_a_version_that_was_put_back_says_so_once(book):
    edited, _ = refreshed_twice(book)
    book.write_bytes(edited)
    first, second = (refresh(desk_at(book, AsOf(date(2026, 6, 1), DAYS[1]))) for _ in range(2))
    assert [note.split("（")[0] for note in first.notes] == ["工作簿是从前的一版"]
    assert second.notes == ()


def test_after_a_refresh_of_a_copy_that_of_the_original_claims_no_exchange_of_files(tmp_path):
    book, copy = tmp_path / "跟踪表.xlsx", tmp_path / "副本.xlsx"
    settings = "\n    参数        值\n    工作簿标识  W1\n"
    book.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "参数": settings}))
    run(book, DAYS[0])
    copy.write_bytes(book.read_bytes())
    edit(copy, "B3", "备件台账又不符")
    edit(copy, "D3", date(2026, 5, 1))
    run(copy, DAYS[1])
    done = refresh(desk_at(book, AsOf(date(2026, 6, 1), DAYS[1])))
    (said,) = [note for note in done.notes if note.startswith("工作簿是从前的一版")]
    assert "：像是换回了旧文件，或那以后运行的是它的副本；" in said
    assert said.endswith("没有填过的不必处理")


def test_what_was_saved_or_applied_since_the_last_run_is_said_to_be_missing_until_the_next(book):
    refresh(desk_at(book, DAYS[0]))
    assert not history(desk_at(book, DAYS[0])).is_behind
    patch_file(desk_at(book, DAYS[0]), '[{"sheet": "改进计划跟踪表", "cell": "C2", "value": "样例丙"}]'.encode(), book)
    found = history(desk_at(book, DAYS[0]), Asked("GJ-2026-001"))
    *_, line = history_text(found.changes, found.runs, "GJ-2026-001", is_behind=found.is_behind)
    assert (found.changes, line) == (
        (),
        "最近一次运行以后，工作簿又改过，那些变化还不在上面 → 先运行 capa-xl refresh 本工作簿",
    )
    refresh(desk_at(book, DAYS[0]))
    found = history(desk_at(book, DAYS[0]), Asked("GJ-2026-001"))
    assert ([change.after for change in found.changes], found.is_behind) == (["样例丙"], False)
    assert not found.is_beside


def test_what_was_changed_beside_the_tracker_is_not_promised_to_come_with_the_next_run(tmp_path):
    book = tmp_path / "跟踪表.xlsx"
    settings = [["参数", "值"], ["工作簿标识", "W1"], ["公司名称", "样例科技"]]
    book.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "参数": settings}))
    refresh(desk_at(book, DAYS[0]))
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / ".capa_xl").glob("journal*")}
    settings[2][1] = "样例科技有限公司"
    book.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "参数": settings}))
    found = history(desk_at(book, DAYS[0]))
    assert (found.is_behind, found.is_beside, found.changes) == (False, True, ())
    *_, line = history_text(found.changes, found.runs, "", is_beside=found.is_beside)
    assert line == "最近一次运行以后，工作簿又存过，跟踪表各行没有变：改的是别的工作表"
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
