"""One letter for the letters of several workbooks: whole while they fit, then one line each that names every item."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from capa_xl.model.letter import Duty, JournalKey, Letter
from capa_xl.reports.joint_letter import joint_letter

DAY = date(2026, 11, 22)


def duty(number: str, days: int) -> Duty:
    key = JournalKey("W1", number, "O1", "2026-11-01", "0", "样例总")
    return Duty(key, "zong@corp.example", False, DAY, DAY, False, False, True, "处理", days)


def letter(mark: str, *duties: Duty, size: int = 100) -> Letter:
    return Letter(
        recipient="样例总",
        address="zong@corp.example",
        subject=f"【逾期】{mark}",
        message_id=f"<{mark}@corp.example>",
        duties=duties,
        informed_also=(),
        text=f"正文{mark}\n",
        html=f"<html><body>{mark * size}</body></html>",
        calendar=b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:%b\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n" % mark.encode(),
    )


def test_letters_that_fit_stand_whole_and_nothing_is_said_of_others():
    joint = joint_letter([("甲表.xlsx", letter("a", duty("GJ-1", 3))), ("乙表.xlsx", letter("b", duty("GJ-2", 1)))])
    assert joint.subject == "【逾期】a（共 2 个工作簿）"
    assert joint.text == "======== 甲表.xlsx ========\n\n正文a\n\n\n======== 乙表.xlsx ========\n\n正文b\n"
    assert joint.html == f"<html><body>{'a' * 100}{'b' * 100}</body></html>"
    assert joint.calendar.count(b"BEGIN:VEVENT") == 2


def test_what_no_longer_fits_is_a_line_a_workbook_that_names_every_item_the_worst_first():
    items = [duty("GJ-4", -2), duty("GJ-5", 12), duty("GJ-6", 0), duty("GJ-7", 3), duty("GJ-5", 12), duty("", 0)]
    parts = [
        ("甲表.xlsx", letter("a", duty("GJ-1", 30), size=299_000)),
        ("乙表.xlsx", letter("b", *items, size=2_000)),
        ("丙<1>.xlsx", letter("c", duty("GJ-9", 0))),
    ]
    joint = joint_letter(parts)
    assert joint.subject == "【逾期】a（共 3 个工作簿）"
    rest = joint.text.partition("======== 另有 2 个工作簿，每个一行；日历和填报表见各工作簿 ========\n\n")[2]
    assert rest.splitlines() == [
        "乙表.xlsx：5 项，其中逾期 2 项（最长 12 天）：GJ-5、GJ-7、处理、GJ-6、GJ-4",
        "丙<1>.xlsx：1 项：GJ-9",
    ]
    assert "<p>丙&lt;1&gt;.xlsx：1 项：GJ-9</p>" in joint.html
    assert len(joint.html) < 300_500
    assert joint.html.endswith("</div></body></html>")
    assert joint.calendar.count(b"BEGIN:VEVENT") == 1
    assert [one.key.number for one in joint.duties] == ["GJ-1", *(one.key.number for one in items), "GJ-9"]


def test_after_the_first_that_does_not_fit_none_stands_whole_so_that_the_order_stays():
    large, small = letter("b", duty("GJ-2", 5), size=300_000), letter("c", duty("GJ-3", 4))
    joint = joint_letter([("甲.xlsx", letter("a", duty("GJ-1", 9))), ("乙.xlsx", large), ("丙.xlsx", small)])
    assert joint.text.splitlines()[-2:] == [
        "乙.xlsx：1 项，其中逾期 1 项（最长 5 天）：GJ-2",
        "丙.xlsx：1 项，其中逾期 1 项（最长 4 天）：GJ-3",
    ]


def test_the_first_stands_whole_however_large_it_is_and_the_id_does_not_depend_on_the_order():
    one, other = letter("a", duty("GJ-1", 9), size=400_000), letter("b", duty("GJ-2", 1))
    assert "aaa" in joint_letter([("甲.xlsx", one), ("乙.xlsx", other)]).html
    there, back = ([("甲.xlsx", one), ("乙.xlsx", other)], [("乙.xlsx", other), ("甲.xlsx", one)])
    assert joint_letter(there).message_id == joint_letter(back).message_id
    changed = [("甲.xlsx", one), ("乙.xlsx", replace(other, message_id="<x@corp.example>"))]
    assert joint_letter(changed).message_id != joint_letter(there).message_id
