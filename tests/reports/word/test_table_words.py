import pytest

from capa_xl.model.review import CutLine
from capa_xl.reports.word.printable import PrintedDay
from capa_xl.reports.word.table_words import (
    MOST_GROUPS,
    MOST_ROWS,
    brief,
    cell,
    cut,
    cut_row,
    in_form,
    in_lines,
    in_sheet,
    in_table,
    more_words,
    summed,
    whole_names,
)


@pytest.mark.parametrize(("length", "shown"), [(59, 59), (60, 60), (61, 60), (2000, 60)])
def test_a_text_of_sixty_characters_stands_whole_and_a_longer_one_ends_in_an_ellipsis(length, shown):
    found = cut("长" * length)
    assert len(found) == shown and found.endswith("…") == (length > 60)


def test_lines_of_a_text_become_one_and_no_comma_stands_before_the_ellipsis():
    assert cut("甲\n乙") == "甲 乙"
    assert cut("长" * 58 + "，后面还有") == "长" * 58 + "…"


def test_numbers_stand_in_a_list_and_more_than_a_few_are_counted():
    assert cell(("GJ-2026-017", "GJ-2026-046")) == cell("GJ-2026-017、GJ-2026-046") == "GJ-2026-017、GJ-2026-046"
    assert cell(tuple(f"GJ-2026-{n:03}" for n in range(8))).endswith("、GJ-2026-005 等 8 项")
    assert cell("系统部、网络部") == "系统部、网络部" and cell("GJ-2026-017") == "GJ-2026-017" and cell(7) == 7


def test_a_date_keeps_its_other_way_of_being_written():
    from datetime import date

    assert cell(PrintedDay.of(date(2026, 11, 22))).iso == "2026-11-22"


@pytest.mark.parametrize(("rows", "words"), [(MOST_ROWS, ""), (MOST_ROWS + 1, ""), (MOST_ROWS + 2, "另有 2 行未列出")])
def test_what_a_table_leaves_out_is_counted_below_it(rows, words):
    assert more_words(rows).startswith(words) and bool(more_words(rows)) == bool(words)
    assert more_words(rows, "管理评审") == (f"{words}，见《管理评审》。" if words else "")


def line(name: str, open_: int) -> CutLine:
    return CutLine(name, open_, 0, 0, 0, 0, 0)


def test_groups_beyond_the_most_are_one_line_with_their_sums_and_empty_ones_are_left_out():
    lines = [line(f"部门{n}", 1) for n in range(MOST_GROUPS + 3)] + [line("空", 0)]
    found = summed(lines, "name", lambda one: not one.open)
    assert len(found) == MOST_GROUPS
    assert (found[-1].name, found[-1].open) == ("其余 4 个", 4)
    assert sum(one.open for one in found) == MOST_GROUPS + 3
    exact = summed(lines[:MOST_GROUPS], "name", lambda one: not one.open)
    assert [one.name for one in exact] == [one.name for one in lines[:MOST_GROUPS]]


def test_a_number_keeps_its_per_cent_sign():
    assert in_lines(["A-1", "A-2", "A-3"], 2) == "A-1、A-2、\nA-3" and in_lines([], 2) == ""
    assert cut("14.0 %（193/1380）") == "14.0%（193/1380）"


@pytest.mark.parametrize(
    ("value", "most", "shown"),
    [
        ("两项不符合见 GJ-2026-012、GJ-2026-024", 12, "两项不符合见…"),
        ("已改的完成期限 2026-03-02，又延期", 13, "已改的完成期限…"),
        ("响应率由 85.5% 降到", 8, "响应率由…"),
    ],
)
def test_no_number_or_day_is_cut_through(value, most, shown):
    assert cut(value, most) == shown


def test_a_record_says_where_its_cut_text_goes_on_and_cuts_no_number():
    text = "长" * 190 + "见 GJ-2026-012 一行及其附件"
    assert in_table({"measure": text}) == {"measure": "长" * 190 + "见…（全文见跟踪表）"}
    assert in_form({"steps": [{"content": "长" * 402}]}) == {"steps": [{"content": "长" * 400 + "…（全文见跟踪表）"}]}
    assert in_table({"content": "长" * 202}, in_sheet("措施分解")) == {
        "content": "长" * 200 + "…（全文见《措施分解》）"
    }
    assert in_table({"measure": "长" * 200}) == {"measure": "长" * 200}


def test_the_name_of_a_department_keeps_its_own_number_whole():
    name = "样例运维服务与数据中心基础设施保障部第123分部北京机房值班"
    assert cut_row({"department": name}) == {"department": "样例…第123分部北京机房值班"}


def test_of_many_people_whole_names_are_told_and_all_are_counted():
    """样例员工00、样例员工01、样例员工02 is twenty characters long, and 等 25 人 seven more with its blank."""
    many = "、".join(f"样例员工{at:02}" for at in range(25))
    assert whole_names(many, 27) == "样例员工00、样例员工01、样例员工02 等 25 人"
    assert whole_names(many, 26) == "样例员工00、样例员工01 等 25 人"
    assert whole_names(many, 12) == "样例员工00 等 25 人"
    assert (whole_names("样例甲、样例乙", 7), whole_names("", 7)) == ("样例甲、样例乙", "")


def test_what_is_told_again_is_cut_and_says_where_it_stands_whole():
    assert brief("换\n电池", "（见 1.4）") == "换\n电池" and brief(None, "（见 1.4）") == ""
    assert brief("长" * 60, "（见 1.4）") == "长" * 60
    assert brief("长" * 61, "（见 1.4）") == "长" * 59 + "…（见 1.4）"
