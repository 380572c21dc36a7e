"""An adopted workbook a month later: sorted, a column inserted, a heading renamed, a year added. It goes on."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import Font

from capa_xl.app.use_cases.refresh import refresh
from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.as_of import AsOf
from capa_xl.model.columns import columns_of
from capa_xl.model.records import Step
from capa_xl.policy.check import check
from capa_xl.policy.damage import damage_sentences
from capa_xl.policy.left_out import left_out_sentences
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register, require_tracker
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY, LATER = date(2026, 11, 28), date(2026, 12, 28)
HEAD = ["隐患编号", "隐患描述", "隐患级别", "整改措施", "整改责任人", "整改时限", "整改状态"]
ROWS = [
    ["H1", "走廊堆放纸箱", "高", "清理通道", "人乙", date(2026, 12, 10), "整改中"],
    ["H2", "应急灯不亮", "低", "更换灯具", "人丙", date(2026, 11, 10), "已闭环"],
    ["H3", "配电箱缺标识", "低", "补贴标识", "人丁", date(2027, 1, 20), "待整改"],
]
WANTED = {"H1": ("实施中", ("Y1",)), "H2": ("已关闭", ()), "H3": ("实施中", ("Y0",))}


@pytest.fixture
def adopted():
    blob = workbook_bytes({"2026": [HEAD, *ROWS]})
    new, _ = adopt(blob, Adopting({}, "a1b2", DAY, {"严重度": {"高": "重大", "低": "一般"}}))
    return new


def edited(blob, edit):
    """The workbook as somebody saved it after working in sheet 2026."""
    book, stream = openpyxl.load_workbook(BytesIO(blob)), BytesIO()
    edit(book, book["2026"])
    book.save(stream)
    return stream.getvalue()


def seen(blob):
    register = read_register(blob)
    require_tracker(register)
    view = view_register(register, AsOf(LATER, LATER))
    return view, {number: (d.status, d.overdue) for number, d in view.derived.items()}


def sort_down(book, sheet):
    rows = [[cell.value for cell in row[: len(HEAD)]] for row in sheet.iter_rows(min_row=2, max_row=4)]
    for at, values in enumerate(reversed(rows), 2):
        for column, value in enumerate(values, 1):
            sheet.cell(at, column, value)


def insert_a_column(book, sheet):
    sheet.insert_cols(3)
    sheet.cell(1, 3, "照片")


def rename_a_heading(book, sheet):
    sheet.cell(1, 5, "责任人")
    sheet.cell(1, 6, "完成期限")


def add_a_year(book, sheet):
    year = book.create_sheet("2027")
    year.append(HEAD)
    year.append(["N1", "新的隐患", "低", "整改", "人乙", date(2027, 3, 1), "整改中"])


def hide_a_column(book, sheet):
    sheet.column_dimensions["C"].hidden = True


@pytest.mark.parametrize("edit", [sort_down, insert_a_column, rename_a_heading, add_a_year, hide_a_column])
def test_what_people_do_to_the_table_changes_no_status(adopted, edit):
    view, found = seen(edited(adopted, edit))
    assert found == WANTED
    assert {action.number: action.severity for action in view.actions} == {"H1": "重大", "H2": "一般", "H3": "一般"}


@pytest.mark.parametrize("edit", [sort_down, insert_a_column, rename_a_heading, add_a_year])
def test_refresh_goes_on_and_the_second_one_has_nothing_to_do(adopted, edit, tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(edited(adopted, edit))
    assert refresh(desk_at(path, LATER)).written
    assert len(refresh(desk_at(path, LATER)).changes) == 0
    auto = {row["status"] for row in read_register(path.read_bytes()).auto.values() if row["status"]}
    assert auto == {"实施中", "已关闭"}


def test_a_row_copied_with_its_number_is_set_aside_with_its_twin_and_named(adopted):
    def copy(book, sheet):
        for column in range(1, len(HEAD) + 1):
            sheet.cell(5, column, sheet.cell(2, column).value)

    view, found = seen(edited(adopted, copy))
    assert (sorted(found), [(q.row, q.number) for q in view.register.quarantined]) == (
        ["H2", "H3"],
        [(2, "H1"), (5, "H1")],
    )
    assert [p.cell for p in check(view).problems if p.rule == "FD02"] == ["A2", "A5"]


def test_a_new_status_word_is_told_and_the_row_judged_by_its_facts(adopted):
    view, found = seen(edited(adopted, lambda book, sheet: sheet.cell(2, 7, "挂账")))
    assert found == WANTED
    assert [(p.cell, p.severity.value) for p in check(view).problems if p.rule == "FD04"] == [("G2", "warning")]


def test_new_status_words_are_counted_and_named_with_their_cells_in_every_command(adopted):
    def edit(_, sheet):
        for row, word in ((2, "挂账"), (3, "已闭合"), (4, "挂账")):
            sheet.cell(row, 7, word)

    view, found = seen(edited(adopted, edit))
    assert (found["H2"][0], found["H3"][0]) == ("已关闭", "实施中")
    assert told_of(view) == (
        "2 行的状态词不认识，只按填写的日期和结论计，没有填的按未完成提醒：挂账（G2、G4） → "
        "改成本表用过的词，或逐个说明意思：capa-xl adopt 台账.xlsx",
    )
    _, again = adopt(edited(adopted, edit), Adopting({}, "", DAY))
    assert [word.word for word in again.asked_words] == ["挂账"]


def test_a_year_sheet_beside_it_is_named_with_its_rows(adopted):
    view, _ = seen(edited(adopted, add_a_year))
    told = [(p.rule, p.sheet, p.message) for p in check(view).problems if p.rule == "WB11"]
    assert told == [
        ("WB11", "2027", "工作表《2027》也像跟踪表，其中 1 行（未完成 1 行）没有参与跟踪，现在跟踪的是《2026》")
    ]


def test_a_copied_sheet_is_called_a_copy_and_nobody_is_told_to_take_it_in(adopted):
    def copy(book, sheet):
        book.copy_worksheet(sheet).title = f"{sheet.title} (2)"

    view, _ = seen(edited(adopted, copy))
    (told,) = [p for p in check(view).problems if p.rule == "WB11"]
    assert told.message.endswith(f"；编号和内容多数与《{told.sheet.removesuffix(' (2)')}》的相同，像是副本")
    assert told.fix == f"是副本的删除它，要留着的，在《参数》中加“跟踪表_{told.sheet}”，值填“不计入”"


def test_a_helper_sheet_under_another_name_is_called_what_it_is(adopted):
    def rename(book, _):
        steps = book.create_sheet("步骤明细")
        steps.append([col.header for col in columns_of(Step)])
        steps.append(["H1", 1, "清出纸箱", None, "人乙", date(2026, 12, 1), None, None])
        steps.append(["H1", 2, "划线标识", None, "人乙", date(2026, 12, 5), None, None])

    view, _ = seen(edited(adopted, rename))
    assert [(p.sheet, p.message, p.fix) for p in check(view).problems if p.rule == "WB11"] == [
        ("步骤明细", "工作表《步骤明细》的列名和《措施分解》的一样，其中 2 行没有读取，只按名称读《措施分解》",
         "改过名的，改回原来的名称；是副本，在《参数》中加“跟踪表_步骤明细”，值填“不计入”"),
    ]  # fmt: skip
    assert check(view).lost_sheets == ("措施分解",)


def test_numbers_of_an_adopted_table_are_its_own_and_nobody_is_to_change_them(adopted):
    view, _ = seen(adopted)
    assert [(p.severity.value, p.message, p.fix) for p in check(view).problems if p.rule == "FD03"] == [
        (
            "info",
            "3 个编号不符合规则 GJ-YYYY-NNN，例如「H1」",
            "按《参数》里的编号规则改，或改《参数》；接管来的编号不必改",
        )
    ]

    def number_the_most(_, sheet):
        for row in (3, 4):
            sheet.cell(row, 1, f"GJ-2026-00{row}")

    view, _ = seen(edited(adopted, number_the_most))
    assert [(p.severity.value, p.fix) for p in check(view).problems if p.rule == "FD03"] == [
        ("warning", "按《参数》里的编号规则改，或改《参数》")
    ]


def test_a_new_word_is_told_with_how_to_declare_it(adopted):
    view, _ = seen(edited(adopted, lambda book, sheet: sheet.cell(2, 3, "中")))
    told = [(p.cell, p.fix) for p in check(view).problems if p.rule == "FD04"]
    assert told == [("C2", "改成允许的值；或在《参数》加一行「取值_严重度_中」，值写它在本工具中的意思")]


# --- crossed out after adoption ----------------------------------------------------------------------------


def cross_out(*rows):
    def edit(book, sheet):
        for row in rows:
            for cell in sheet[row][: len(HEAD)]:
                cell.font = Font(strike=True)

    return edit


def crossed(blob):
    view, _ = seen(blob)
    return [(p.rule, p.cell, p.number) for p in check(view).problems if p.rule == "WB14"]


def test_a_row_crossed_out_later_is_tracked_on_and_named_at_its_number(adopted):
    later = edited(adopted, cross_out(2))
    assert crossed(adopted) == []
    assert crossed(later) == [("WB14", "A2", "H1")]
    assert seen(later)[1] == WANTED


def test_a_row_that_is_over_may_be_crossed_out(adopted):
    assert crossed(edited(adopted, cross_out(3))) == []


def test_one_cell_that_is_not_struck_keeps_the_row(adopted):
    def all_but_one(book, sheet):
        cross_out(2)(book, sheet)
        sheet["B2"].font = Font(strike=False)

    assert crossed(edited(adopted, all_but_one)) == []


@pytest.mark.parametrize(("meaning", "left"), [("不计入", ["H2", "H3"]), ("照常跟踪", ["H1", "H2", "H3"])])
def test_what_the_fix_says_to_write_in_the_settings_settles_it(adopted, meaning, left):
    def settle(book, sheet):
        cross_out(2)(book, sheet)
        settings = book["参数"]
        names = [cell.value for cell in settings[1]]
        row = settings.max_row + 1
        settings.cell(row, names.index("参数") + 1, "取值_编号_H1")
        settings.cell(row, names.index("值") + 1, meaning)

    later = edited(adopted, settle)
    assert crossed(later) == []
    assert list(seen(later)[1]) == left


YEARLY = {
    year: [["序号", *HEAD[1:]], *([at, *row[1:]] for at, row in enumerate(ROWS, 1))] for year in ("2025年", "2026年")
}


def test_a_crossed_out_row_of_one_year_takes_no_other_year_with_it():
    book, stream = openpyxl.load_workbook(BytesIO(workbook_bytes(YEARLY))), BytesIO()
    for year in YEARLY:
        for row in range(2, 5):
            book[year].cell(row, 2).value = f"{year}：{book[year].cell(row, 2).value}"
    cross_out(2)(book, book["2025年"])
    book.save(stream)
    answers = {"严重度": {"高": "重大", "低": "一般"}, "编号": {"2025-1": "不计入"}}
    new, found = adopt(stream.getvalue(), Adopting({}, "a1b2", DAY, answers))
    assert [word.word for word in found.words if word.header == "序号"] == ["2025-1"]
    numbers = [action.number for action in read_register(new).tracker.records]
    assert numbers == ["2025-2", "2025-3", "2026-1", "2026-2", "2026-3"]


LIFT_HEAD = ["电梯编号", *HEAD[1:]]
LIFTS = {
    "2025": [LIFT_HEAD, *(["B" + row[0][1:], *row[1:]] for row in ROWS)],
    "2026": [LIFT_HEAD, ["B1", *ROWS[0][1:]], *(["C" + row[0][1:], "今年" + row[1], *row[2:]] for row in ROWS[1:])],
}
"""B1 was carried over from one year into the next: so no sheet gets a prefix."""
THIS_YEAR = [("2026", "B1"), ("2026", "C2"), ("2026", "C3")]
RISKS = {"严重度": {"高": "重大", "低": "一般"}}


def lifts(edit):
    book, stream = openpyxl.load_workbook(BytesIO(workbook_bytes(LIFTS))), BytesIO()
    edit(book, book["2025"])
    book.save(stream)
    return stream.getvalue()


def rows_of(blob):
    register = read_register(blob)
    table = register.tracker
    return sorted([(table.sheet_of(a.row), a.number) for a in table.records] +
                  [(table.sheet_of(q.row), q.number) for q in register.quarantined])  # fmt: skip


def test_the_answer_for_a_crossed_out_row_names_its_sheet_where_another_has_the_number():
    blob = lifts(cross_out(2))
    said = {"电梯编号": "编号"}
    _, found = adopt(blob, Adopting(said, "a1b2", DAY, RISKS))
    (word,) = found.asked_words
    assert (word.word, word.count, word.sample) == ("《2025》B1", 1, "《2025》第 2 行整行划了删除线")
    new, _ = adopt(blob, Adopting(said, "a1b2", DAY, {**RISKS, "编号": {word.word: "不计入"}}))
    assert rows_of(new) == [("2025", "B2"), ("2025", "B3"), *THIS_YEAR]
    settled = [setting.name for setting in read_register(new).settings.records if "取值_编号" in setting.name]
    assert settled == ["取值_编号_《2025》B1"]


def test_a_bare_number_is_the_row_s_where_no_other_sheet_has_it_and_is_asked_again_where_one_has():
    said = {"电梯编号": "编号"}
    new, found = adopt(lifts(cross_out(3)), Adopting(said, "a1b2", DAY, {**RISKS, "编号": {"B2": "不计入"}}))
    assert rows_of(new) == [("2025", "B1"), ("2025", "B3"), *THIS_YEAR]
    _, found = adopt(lifts(cross_out(2)), Adopting(said, "a1b2", DAY, {**RISKS, "编号": {"B1": "不计入"}}))
    assert [word.word for word in found.asked_words] == ["《2025》B1"]


# --- a copied sheet ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["2026 (2)", "2026（3）", "2026 副本", "2026备份1127"])
def test_a_copy_of_the_sheet_in_a_workbook_adopted_before_sheets_were_noted_is_named_and_not_read(adopted, name):
    def copied(book, sheet):
        settings = book["参数"]
        row = next(cell.row for cell in settings["A"] if cell.value == "跟踪表_2026")
        settings.delete_rows(row)
        book.copy_worksheet(sheet).title = name

    view, found = seen(edited(adopted, copied))
    assert found == WANTED
    assert [(p.rule, p.sheet) for p in check(view).problems if p.rule.startswith("WB1")] == [("WB11", name)]


def add_own_columns(*headings):
    def edit(_, sheet):
        for at, (heading, *below) in enumerate(headings):
            sheet.insert_cols(3 + at)
            for row, value in enumerate((heading, *below), 1):
                sheet.cell(row, 3 + at, value)

    return edit


def told_of(view):
    return left_out_sentences(view, check(view).problems, "台账.xlsx")


PLAIN = [[value for at, value in enumerate(row) if at != 2] for row in ROWS]


@pytest.fixture
def plain():
    """Without a column of severity."""
    blob = workbook_bytes({"2026": [[head for at, head in enumerate(HEAD) if at != 2], *PLAIN]})
    new, _ = adopt(blob, Adopting({}, "a1b2", DAY))
    return new


@pytest.mark.parametrize(
    ("heading", "like", "words"),
    [
        ("风险等级", "严重度", ["高", None, "低"]),
        ("整改责任部门", "责任部门", ["后勤部", None, None]),
        ("复查人", "检查人", ["人戊", None, None]),
        ("Root Cause", "原因分析", ["x", None, None]),
        ("跟进人", "责任人", ["人戊", "人戊", "人戊"]),
        ("实际完成时间", "实际完成日期", [date(2026, 12, 1), None, None]),
    ],
)
def test_a_column_that_came_later_changes_nothing_and_is_named(plain, heading, like, words):
    before = seen(plain)[0]
    view, found = seen(edited(plain, add_own_columns((heading, *words))))
    assert found == WANTED
    assert {n: d.next_actor for n, d in view.derived.items()} == {n: d.next_actor for n, d in before.derived.items()}
    (said,) = told_of(view)
    asked, own = f"--map {heading}={like}", f"--map {heading}="
    if " " in heading:
        asked, own = f'--map "{heading}={like}"', f'--map "{heading}="'
    assert said == (
        f"《2026》C1 接管以后新加的列「{heading}」没有计入，像“{like}” → 是的，运行 capa-xl adopt 台账.xlsx {asked}；"
        f"自用的列，运行 capa-xl adopt 台账.xlsx {own}"
    )


def test_a_column_of_the_very_name_that_hints_ask_for_counts_and_is_named(plain):
    view, found = seen(edited(plain, add_own_columns(("实际完成日期", date(2026, 12, 1), None, None))))
    assert found["H1"][0] == "待检查", "its own word is still 整改中"
    (said,) = [one for one in told_of(view) if "接管以后" in one]
    assert said.startswith("《2026》C1 接管以后新加的列「实际完成日期」按“实际完成日期”计 → ")


def test_the_kept_heading_stands_against_our_own_name_that_came_later(plain):
    view, found = seen(edited(plain, add_own_columns(("责任人", "人戊", "人戊", "人戊"))))
    assert (found, [a.owners for a in view.actions]) == (WANTED, [("人乙",), ("人丙",), ("人丁",)])
    assert [p.rule for p in check(view).problems if p.rule in ("WB03", "WB17")] == ["WB17"]


@pytest.mark.parametrize(("header", "severity"), [("严重度", "重大"), ("", None)])
def test_the_command_that_is_named_settles_it(plain, header, severity):
    later = edited(plain, add_own_columns(("风险等级", "重大", "一般", "一般")))
    settled, found = adopt(later, Adopting({"风险等级": header}, "", DAY))
    view, _ = seen(settled)
    assert (view.actions[0].severity, told_of(view)) == (severity, ())
    assert not [note for note in found.notes if "接管以后" in note]


def test_adopting_once_more_for_another_reason_leaves_it_unsettled_and_says_so(plain):
    later = edited(plain, add_own_columns(("风险等级", "重大", "一般", "一般")))
    again, found = adopt(later, Adopting({}, "", DAY))
    view, _ = seen(again)
    assert view.actions[0].severity is None
    assert len(told_of(view)) == 1
    assert [note for note in found.notes if "接管以后" in note] == [
        "接管以后新加的列「风险等级」没有计入，像“严重度” → 要计入加 --map 风险等级=严重度，自用的列加 --map 风险等级="
    ]


def test_our_own_name_is_told_no_more_once_it_was_adopted(plain):
    again, _ = adopt(edited(plain, add_own_columns(("严重度", "重大", "一般", "一般"))), Adopting({}, "", DAY))
    view, _ = seen(again)
    assert (view.actions[0].severity, [one for one in told_of(view) if "接管以后" in one]) == ("重大", [])


def test_what_a_heading_meant_at_adoption_it_means_beside_columns_that_come_later():
    head = ["隐患编号", "检查人", "隐患描述", "整改措施", "整改责任人", "整改时限"]
    blob = workbook_bytes({"2026": [head, ["H1", "人甲", "走廊堆放纸箱", "清理通道", "人乙", date(2026, 12, 10)]]})
    new, _ = adopt(blob, Adopting({}, "a1b2", DAY))
    assert seen(new)[0].actions[0].raised_by == "人甲"

    def edit(_, sheet):
        sheet.insert_cols(7)
        sheet.cell(1, 7, "检查结论")

    action = seen(edited(new, edit))[0].actions[0]
    assert (action.raised_by, action.inspector) == ("人甲", None)


DUE_LATER = date(2027, 1, 20)


@pytest.mark.parametrize(
    "heading",
    [
        "批准延至",
        "延期至",
        "2nd revised date",
        "最终承诺日 Final",
        "改约时间",
        "延期后截止",
        "二次整改期限",
        "延长至",
        "再议",
    ],
)
def test_a_deadline_moved_in_a_column_that_came_later_is_named_and_its_command_counts_it(plain, heading):
    later = edited(plain, add_own_columns((heading, DUE_LATER, None, None)))
    view, found = seen(later)
    (said,) = [one for one in told_of(view) if "接管以后" in one]
    asked = f'"{heading}=完成期限"' if " " in heading else f"{heading}=完成期限"
    assert f"--map {asked} --map 整改时限=原完成期限；" in said
    assert found == WANTED
    settled, _ = adopt(later, Adopting({heading: "完成期限", "整改时限": "原完成期限"}, "", DAY))
    view, _ = seen(settled)
    assert [action.due_on for action in view.actions] == [DUE_LATER, date(2026, 11, 10), ROWS[2][5]]
    assert [one for one in told_of(view) if "接管以后" in one] == []


def test_an_answer_given_later_takes_the_place_of_the_first(plain):
    later = edited(plain, add_own_columns(("延期至", DUE_LATER, None, None)))
    settled, _ = adopt(later, Adopting({"延期至": "完成期限", "整改时限": "原完成期限"}, "", DAY))
    taken_back, _ = adopt(settled, Adopting({"延期至": ""}, "", DAY))
    assert [action.due_on for action in seen(taken_back)[0].actions] == [row[5] for row in ROWS]
    day = date(2027, 2, 26)
    moved = edited(settled, add_own_columns(("再延至", day, None, None)))
    moved, _ = adopt(moved, Adopting({"再延至": "完成期限", "延期至": ""}, "", DAY))
    view, _ = seen(moved)
    assert view.actions[0].due_on == day
    assert "WB03" not in {problem.rule for problem in check(view).problems}


def test_days_that_came_later_and_lie_before_the_deadlines_or_in_rows_that_are_over_are_no_deadline(plain):
    before, after = date(2026, 11, 1), date(2027, 1, 30)
    for days in ([before, before, before], [after, "下周", None], [None, after, None]):
        view, _ = seen(edited(plain, add_own_columns(("再议", *days))))
        assert [one for one in told_of(view) if "接管以后" in one] == []


def test_a_third_deadline_is_to_be_written_into_the_second(plain):
    twice, _ = adopt(edited(plain, add_own_columns(("延期至", DUE_LATER, None, None))),
                     Adopting({"延期至": "完成期限", "整改时限": "原完成期限"}, "", DAY))  # fmt: skip
    (said,) = [one for one in told_of(seen(edited(twice, add_own_columns(("二次延期至", DUE_LATER, None, None))))[0])
               if "接管以后" in one]  # fmt: skip
    assert said.endswith(
        "期限又延的，把新的期限写进「延期至」；自用的列，运行 capa-xl adopt 台账.xlsx --map 二次延期至="
    )


def renamed(old, new):
    def edit(_, sheet):
        next(cell for cell in sheet[1] if cell.value == old).value = new

    return edit


@pytest.fixture
def shared():
    """With a department beside the owner: a lost owner leaves the table whole."""
    head = [head for at, head in enumerate(HEAD) if at != 2]
    rows = [["责任部门", *head], *(["后勤部", *row] for row in PLAIN)]
    return adopt(workbook_bytes({"2026": rows}), Adopting({}, "a1b2", DAY))[0]


@pytest.mark.parametrize("new", ["落实责任人", "谁去做"])
def test_a_heading_that_lost_its_name_is_named_with_the_new_one_and_a_command(shared, new):
    later = edited(shared, renamed("整改责任人", new))
    view = view_register(read_register(later), AsOf(LATER, LATER))
    (said,) = [one for one in told_of(view) if "接管以后" in one]
    assert said.startswith(f"《2026》E1 接管以后新加的列「{new}」（原来的“责任人”一列没有了）没有计入，像“责任人” → ")
    assert f"--map {new}=责任人；自用的列，" in said
    (lost,) = damage_sentences(view.register, check(view).problems, frozenset({"owners"}))
    assert (
        f"责任人 现在没有了（E1「{new}」像“责任人”，是改名的，运行 capa-xl adopt 本工作簿 --map {new}=责任人）" in lost
    )
    settled, _ = adopt(later, Adopting({new: "责任人"}, "", DAY))
    assert [action.owners for action in read_register(settled).tracker.records] == [("人乙",), ("人丙",), ("人丁",)]


def test_of_two_new_headings_the_one_whose_values_are_such_is_called_the_lost_one(shared):
    later = edited(edited(shared, renamed("整改责任人", "谁去做")), add_own_columns(("照片", "x", "y", "z")))
    view = view_register(read_register(later), AsOf(LATER, LATER))
    (said,) = [one for one in told_of(view) if "接管以后" in one]
    assert "「谁去做」（原来的“责任人”一列没有了）没有计入" in said


def test_of_two_new_headings_whose_values_say_nothing_none_is_called_the_lost_one(shared):
    later = edited(edited(shared, renamed("整改责任人", "x")), add_own_columns(("照片", "x", "y", "z")))

    def clear(_, sheet):
        for row in (2, 3, 4):
            sheet.cell(row, 6).value = None

    later = edited(later, clear)
    view = view_register(read_register(later), AsOf(LATER, LATER))
    assert [one for one in told_of(view) if "接管以后" in one] == []


@pytest.mark.parametrize(
    ("old", "new", "header"), [("整改时限", "整改到哪天", "完成期限"), ("整改责任人", "谁去做", "责任人")]
)
def test_a_needed_heading_that_was_renamed_stops_with_the_new_one_and_a_command(plain, old, new, header):
    later = edited(plain, renamed(old, new))
    with pytest.raises(UnreadableWorkbook, match=f"像是改名成了「{new}」") as stop:
        require_tracker(read_register(later))
    assert f"→ 是改名的，运行 capa-xl adopt 本工作簿 --map {new}={header}；不是的，补上" in str(stop.value)
    settled, _ = adopt(later, Adopting({new: header}, "", DAY))
    assert seen(settled)[1] == WANTED


def test_a_known_name_that_a_heading_was_renamed_to_stands_for_it(plain):
    view, found = seen(edited(plain, renamed("整改责任人", "承办人")))
    assert (found, [one for one in told_of(view) if "接管以后" in one]) == (WANTED, [])
