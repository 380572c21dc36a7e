"""A text of ours in the tracker stands whole on the two lines of its row, or says that there is more."""

import pytest

from capa_xl.model.auto_texts import (
    AUTO_WIDTHS,
    NARROW_STEP,
    Room,
    SheetRoom,
    actors_shown,
    department_shown,
    step_shown,
)
from capa_xl.model.line_breaks import broken_lines
from capa_xl.model.row_heights import lines_of, text_width

LONG = "济南分公司服务台与值班调度中心（含县区驻场班组）"
PLANNING = "原因分析、改进目标、措施内容、实施方案、归口部门、责任部门、责任人、完成期限、现状分析、分析方法、主要原因"
FOLDED = "分析编号（在“分析”组中展开）、效果指标、现值、目标值、单位、涉及部门（在“策划”组中展开）"
STEPS = "《措施分解》写步骤：步骤号、步骤内容、步骤责任人、计划完成"


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ("", ""),
        ("样例甲、样例乙", "样例甲、样例乙"),
        ("样例员02、样例经理02、样例总", "样例员02 等 3 人"),
        ("样甲、样乙、样丙、样丁、样戊", "样甲、样乙 等 5 人"),
        ("、".join(f"样例{at}" for at in range(27)), "样例0 等 27 人"),
        ("、".join(f"样例人员{at:02}" for at in range(1, 28)), "样例人员01 等 27 人"),
        (LONG, "济南分…值班调度中心"),
        (f"{LONG}、质量部", "济南…度中心 等 2 个"),
        (f"{LONG}、样例甲", "济南…度中心 等 2 方"),
        ("质量部（夜班、白班）、样例甲", "质量部… 等 2 方"),
    ],
)
def test_the_cell_names_those_whose_turn_it_is_as_it_shows_them(names, shown):
    """Of three names it showed two and the beginning of the third."""
    assert actors_shown(names) == shown
    assert lines_of(shown, AUTO_WIDTHS["next_actor"] - 1.5) <= 2


def test_a_department_shows_where_its_name_begins_and_ends():
    assert department_shown("质量部") == "质量部"
    assert department_shown("运维部（北京机房第一值班组）") == "运维部…"
    assert "…" in department_shown(LONG) and lines_of(department_shown(LONG), 12.5) <= 2


@pytest.mark.parametrize("width", [AUTO_WIDTHS["next_step"], NARROW_STEP])
@pytest.mark.parametrize(
    "step",
    [
        f"补齐：{PLANNING}、{FOLDED}；{STEPS}",
        f"由总经理批准，填写：批准人、批准日期、批准结论（批准前先补：{PLANNING}）；{STEPS}",
        f"完成文件修订：{'样例规程' * 50}，在《文件修订》填写：修订人、修订完成日期、新版本",
    ],
)
def test_a_step_of_many_cells_names_the_first_and_says_how_many_there_are(step, width):
    """It ended after 单位、涉及部, and nothing said so."""
    shown = step_shown(step, Room({"next_step": width}))
    assert lines_of(shown, width - 1.5) <= 2
    assert "…" in shown or (" 格" in shown and shown.startswith(step[:8]))
    assert step_shown(shown, Room({"next_step": width})) == shown


def test_a_list_of_three_stays_whole_where_the_end_goes():
    first = (
        "完成措施，填写：实施情况、实际完成日期、完成证据；《措施分解》：实际完成（步骤 1、2、3 样例人员01 等 25 人）"
    )
    shown = step_shown(f"{first}；《进展反馈》：由样例经理03、样例总答复问题（处理意见等 4 格）")
    assert shown == f"{first}；《进展反馈》：由样例经理03、样例总答复问题…"


def test_a_step_that_fits_stands_as_it_is_and_of_a_list_its_beginning():
    whole = f"补齐：{PLANNING}"
    assert step_shown(whole) == whole
    cut = "补齐：原因分析、改进目标、措施内容、实施方案、归口部门、责任部门、责任人、完成期限 等 11 格"
    assert step_shown(whole, Room({"next_step": NARROW_STEP})) == cut


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (12, "样例新 等 3 人"),
        (13.2, "样例新、样例甲、样例乙"),  # six letters a line
        (7, "…"),
    ],
)
def test_three_names_of_three_letters_stand_whole_where_eleven_letters_fit(width, shown):
    """Five letters of 13 pixels fit a line of 75: the column of a new workbook shows ten of the eleven."""
    assert actors_shown("样例新、样例甲、样例乙", Room({"next_actor": width})) == shown


def test_a_mark_that_may_not_begin_a_line_takes_its_letter_with_it():
    """Eleven letters for two lines of six: but 、 would begin the second, so its letter goes down, and one more."""
    room = Room({"next_actor": 13.2})
    assert actors_shown("样例甲乙丙丁、样例新人员", room) == "样例甲乙丙丁 等 2 人"


@pytest.mark.parametrize("width", [4, 6, 9, 16, 23.5, 50, 82])
@pytest.mark.parametrize("lines", [1, 2])
def test_no_text_of_ours_takes_more_lines_than_its_row_shows(width, lines):
    room = Room(dict.fromkeys(AUTO_WIDTHS, width), lines)
    steps = (
        f"补齐：{PLANNING}、{FOLDED}；{STEPS}",
        "完成措施，完成后填写：完成情况（写“已完成”）",
        "GJ-2026-001 已关闭",
    )
    names = (LONG, "样例员02、样例经理02、样例总", "样例甲、样例乙", "")
    shown = [step_shown(step, room) for step in steps]
    shown += [actors_shown(name, room) for name in names] + [department_shown(name, room) for name in names]
    for text, whole in zip(shown, (*steps, *names, *names), strict=True):
        assert broken_lines(text, width - 1.5, text_width) <= lines
        assert text == whole or any(sign in text for sign in (" 人", " 格", "…"))


def test_a_row_fixed_to_one_line_has_room_for_one():
    room = SheetRoom(Room(), Room(lines=1), frozenset({7}))
    assert (room.of(6).lines, room.of(7).lines) == (2, 1)
