"""One letter for the letters of several workbooks: whole while they fit, then one line each that names every item."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

from msgspec.structs import replace

from capa_xl.model.headline import Headline, summed
from capa_xl.model.letter import Duty, JournalKey, Letter
from capa_xl.model.milestones import Q1
from capa_xl.reports.joint_letter import Origin, called, joint_letter

DAY = date(2026, 11, 22)


def duty(number: str, days: int) -> Duty:
    key = JournalKey("W1", number, "O1", "2026-11-01", "0", "样例总")
    return Duty(key, "zong@corp.example", False, DAY, DAY, False, False, True, "处理", days)


def letter(mark: str, *duties: Duty, size: int = 100) -> Letter:
    late = {one.key.number for one in duties if one.days > 0}
    headline = Headline(overdue=len(late), coming=len({one.key.number for one in duties} - late))
    return Letter(
        recipient="样例总",
        address="zong@corp.example",
        subject=f"【{headline.words}】{mark}",
        message_id=f"<{mark}@corp.example>",
        duties=duties,
        informed_also=(),
        text=f"正文{mark}\n",
        html=f"<html><body>{mark * size}</body></html>",
        calendar=b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:%b\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n" % mark.encode(),
        headline=headline,
    )


def words_of(html: str) -> list[str]:
    """What a reader sees, line by line."""
    body = re.sub(r"<!--.*?-->", "", html.partition("<body")[2].partition(">")[2], flags=re.DOTALL)
    return [line for line in re.split(r"(?:<[^>]+>|\n)+", re.sub(r"</?span[^>]*>", "", body)) if line]


def test_the_first_line_says_whose_items_it_adds_up_where_a_digest_counts_a_whole_company():
    digest = replace(duty("", 0), key=JournalKey("W1", "", Q1.code, "2026-11-01", "0", "样例总"))
    first = joint_letter([("甲公司", letter("a", duty("GJ-1", 3), digest)), ("乙公司", letter("b", digest))]).text
    assert first.startswith("2 个工作簿，写给您的事项合计实施逾期 1 项（各公司全部事项的数见各自的每周汇总）。")
    weekly = [(name, replace(letter(name, digest), headline=Headline())) for name in ("甲公司", "乙公司")]
    assert joint_letter(weekly).text.startswith("2 个工作簿的每周汇总。各工作簿的编号")


def test_letters_that_fit_stand_whole_under_their_names_behind_a_list_that_adds_them_up():
    joint = joint_letter([("甲公司", letter("a", duty("GJ-1", 3))), ("<乙>公司", letter("b", duty("GJ-1", 1)))])
    assert joint.subject == "【实施逾期 2 项】a（共 2 个工作簿）"
    assert joint.text == (
        "2 个工作簿，写给您的事项合计实施逾期 2 项。各工作簿的编号互不相通，请按公司分别处理：\n"
        "1. 甲公司：实施逾期 1 项\n2. <乙>公司：实施逾期 1 项\n\n"
        "======== 甲公司 ========\n\n正文a\n\n\n======== <乙>公司 ========\n\n正文b\n"
    )
    assert words_of(joint.html) == [
        "2 个工作簿，写给您的事项合计实施逾期 2 项。各工作簿的编号互不相通，请按公司分别处理：",
        "1. 甲公司：实施逾期 1 项",
        "2. &lt;乙&gt;公司：实施逾期 1 项",
        "甲公司",
        "a" * 100,
        "&lt;乙&gt;公司",
        "b" * 100,
    ]
    assert joint.calendar.count(b"BEGIN:VEVENT") == 2


def test_a_workbooks_name_stands_in_the_first_box_of_its_letter():
    box = '<td class="pad first ink" style="padding:18px 24px;">'
    one = replace(
        letter("a", duty("GJ-1", 3)), html=f"<html><body><table><tr>{box}请先处理</td></tr></table></body></html>"
    )
    joint = joint_letter([("<甲>公司", one), ("乙", one)])
    assert words_of(joint.html)[3:] == ["&lt;甲&gt;公司", "请先处理", "乙", "请先处理"]
    assert joint.html.count(' class="first"') == 1  # of the list in front


def test_a_subject_of_an_own_template_that_does_not_count_gets_the_sum_behind_it():
    one = replace(letter("a", duty("GJ-1", 3)), subject="改进提醒")
    joint = joint_letter([("甲", one), ("乙", letter("b", duty("GJ-2", 0)))])
    assert joint.subject == "改进提醒（共 2 个工作簿：实施逾期 1 项）"


def test_a_headline_says_which_lateness_and_adds_up_over_workbooks():
    assert summed([Headline(1, 2, 2, 4, 0), Headline(2, 1, 3, 0, 1)]) == Headline(3, 3, 5, 4, 1)
    assert Headline(3, 3, 5, 4, 1).words == "实施逾期 3 项、超时 3 项"
    assert [Headline(0, 3, 5).words, Headline(0, 0, 2, 1).words, Headline(0, 0, 0, 4, 1).words] == [
        "超时 3 项",
        "等您处理 2 项",
        "即将到期 4 项",
    ]
    assert [Headline(informed=2).words, Headline().words] == ["知会 2 项", "每周汇总"]


def books(*named: tuple[str, str]) -> list[Origin]:
    return [Origin(PurePosixPath(path), company) for path, company in named]


def test_a_workbook_is_called_by_its_company_and_by_its_file_only_where_that_says_more():
    same = books(("/g/01/改进计划跟踪表.xlsx", "甲公司"), ("/g/02/改进计划跟踪表.xlsx", "乙公司"))
    assert called(same) == ("甲公司", "乙公司")
    own = books(("/g/01/甲表.xlsx", "甲公司"), ("/g/02/乙表.xlsx", "乙公司"))
    assert called(own) == ("甲公司（甲表.xlsx）", "乙公司（乙表.xlsx）")


def test_without_a_company_of_their_own_workbooks_are_called_by_the_folders_in_which_they_differ():
    alike = books(("/g/北/表.xlsx", "甲公司"), ("/g/南/表.xlsx", "甲公司"), ("/g/南/一/表.xlsx", ""))
    assert called(alike) == ("甲公司（北/表.xlsx）", "甲公司（南/表.xlsx）", "南/一/表.xlsx")
    assert called(books(("a/表.xlsx", ""), ("/g/表.xlsx", ""))) == ("a/表.xlsx", "/g/表.xlsx")


def test_what_no_longer_fits_is_a_line_a_workbook_that_names_every_item_the_worst_first():
    items = [duty("GJ-4", -2), duty("GJ-5", 12), duty("GJ-6", 0), duty("GJ-7", 3), duty("GJ-5", 12), duty("", 0)]
    parts = [
        ("甲表.xlsx", letter("a", duty("GJ-1", 30), size=299_000)),
        ("乙表.xlsx", letter("b", *items, size=2_000)),
        ("丙<1>.xlsx", letter("c", duty("GJ-9", 0))),
    ]
    joint = joint_letter(parts)
    assert joint.subject == "【实施逾期 3 项】a（共 3 个工作簿）"
    assert joint.text.splitlines()[:3] == [
        "3 个工作簿，写给您的事项合计实施逾期 3 项。各工作簿的编号互不相通，请按公司分别处理：",
        "1. 甲表.xlsx：实施逾期 1 项",
        "另有 2 个工作簿，每个一行；日历和填报表见各工作簿，在信末。",
    ]
    rest = joint.text.partition("======== 另有 2 个工作簿，每个一行；日历和填报表见各工作簿 ========\n\n")[2]
    assert rest.splitlines() == [
        "乙表.xlsx：5 项，实施逾期 2 项（最长 12 天）：GJ-5、GJ-7、处理、GJ-6、GJ-4",
        "丙<1>.xlsx：1 项：GJ-9",
    ]
    assert words_of(joint.html)[-1] == "丙&lt;1&gt;.xlsx：1 项：GJ-9"
    assert len(joint.html) < 306_000
    assert joint.html.endswith("</table>\n</body></html>")
    assert joint.calendar.count(b"BEGIN:VEVENT") == 1
    assert [one.key.number for one in joint.duties] == ["GJ-1", *(one.key.number for one in items), "GJ-9"]


def test_after_the_first_that_does_not_fit_none_stands_whole_so_that_the_order_stays():
    large, small = letter("b", duty("GJ-2", 5), size=300_000), letter("c", duty("GJ-3", 4))
    joint = joint_letter([("甲.xlsx", letter("a", duty("GJ-1", 9))), ("乙.xlsx", large), ("丙.xlsx", small)])
    assert joint.text.splitlines()[-2:] == [
        "乙.xlsx：1 项，实施逾期 1 项（最长 5 天）：GJ-2",
        "丙.xlsx：1 项，实施逾期 1 项（最长 4 天）：GJ-3",
    ]


def test_the_first_stands_whole_however_large_it_is_and_the_id_does_not_depend_on_the_order():
    one, other = letter("a", duty("GJ-1", 9), size=400_000), letter("b", duty("GJ-2", 1))
    assert "aaa" in joint_letter([("甲.xlsx", one), ("乙.xlsx", other)]).html
    there, back = ([("甲.xlsx", one), ("乙.xlsx", other)], [("乙.xlsx", other), ("甲.xlsx", one)])
    assert joint_letter(there).message_id == joint_letter(back).message_id
    changed = [("甲.xlsx", one), ("乙.xlsx", replace(other, message_id="<x@corp.example>"))]
    assert joint_letter(changed).message_id != joint_letter(there).message_id
