"""Several passes a day: a complaint of noon gets its letter at the next one, once, beside those of the morning."""

from __future__ import annotations

from datetime import date, time
from email import message_from_bytes
from email.policy import default

from capa_xl.app.shared.last_pass import SAME
from capa_xl.app.use_cases.daily import daily
from capa_xl.model.as_of import AsOf
from tests.app.desks import desk_at, still_world
from tests.tables import workbook_bytes

SATURDAY = date(2026, 3, 14)
TRACKER = """
    编号         问题描述              措施类型  严重度  责任人  责任部门  登记日期    完成期限    〔自动〕状态
    GJ-2026-001  机房空调漏水影响机柜  纠正      一般    样例网  网络部    2026-02-02  2026-04-01
"""
PEOPLE = """
    姓名    部门    角色        邮箱
    样例乙  网络部  部门经理    yi@corp.example
    样例网  网络部  员工        wang@corp.example
    样例质  质量部  质量部负责人  zhi@corp.example
"""
HEAD = "    登记编号  登记日期    来源      描述      接收部门  接收人  要求响应时间      响应时间\n"
COMPLAINT = "    XQ-1      2026-03-14  顾客投诉  专线中断  网络部    样例网  2026-03-14 18:00  "


def book(path, complaint: str) -> None:
    sheets = {"改进计划跟踪表": TRACKER, "人员部门": PEOPLE, "问题需求登记": HEAD + complaint}
    path.write_bytes(workbook_bytes(sheets))


def run(path, on=SATURDAY):
    as_of = on if isinstance(on, AsOf) else AsOf(on, on)
    (served,) = daily([path], still_world(as_of.on), lambda book: desk_at(book, as_of))
    return served


def subjects(folder) -> list[tuple[str, bool]]:
    found = []
    for path in sorted((folder / ".capa_xl" / "outbox").rglob("*.eml")):
        letter = message_from_bytes(path.read_bytes(), policy=default)
        text = letter.get_body(("plain",)).get_content()
        found.append((str(letter["To"]).split("<")[-1].rstrip(">"), "专线中断" in text))
    return sorted(found)


def test_a_complaint_whose_limit_cannot_be_read_gets_its_letter_once_and_the_letter_names_the_cell(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    book(path, COMPLAINT.replace("2026-03-14 18:00", "24小时内"))
    run(path)
    letters = subjects(tmp_path)
    assert [who for who, told in letters if told] == ["wang@corp.example", "yi@corp.example", "zhi@corp.example"]
    (letter,) = (path for path in (tmp_path / ".capa_xl" / "outbox").rglob("*.eml") if b"wang@" in path.read_bytes())
    text = message_from_bytes(letter.read_bytes(), policy=default).get_body(("plain",)).get_content()
    assert "要求响应时间「24小时内」读不出是何时，按现在到期：立即响应，并把《问题需求登记》G2 改成" in text
    run(path)
    run(path, date(2026, 3, 15))
    assert sum(told for _, told in subjects(tmp_path)) == 3


def test_a_complaint_of_noon_goes_at_the_next_pass_once_and_no_more_when_answered(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    book(path, "")
    run(path)
    morning = subjects(tmp_path)
    assert not any(told for _, told in morning)
    book(path, COMPLAINT)
    run(path)
    assert [who for who, told in subjects(tmp_path) if told] == [
        "wang@corp.example", "yi@corp.example", "zhi@corp.example",
    ]  # fmt: skip
    noon = subjects(tmp_path)
    run(path)
    assert subjects(tmp_path) == noon
    book(path, COMPLAINT + "2026-03-14 15:20")
    run(path, date(2026, 3, 15))
    assert sum(told for _, told in subjects(tmp_path)) == 3


def test_the_pass_after_the_minute_tells_everybody_once_more_though_nothing_was_saved_since(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    book(path, COMPLAINT)

    def told_at(hour: int, minute: int = 0) -> tuple[int, bool]:
        served = run(path, AsOf(SATURDAY, SATURDAY, time(hour, minute)))
        return sum(told for _, told in subjects(tmp_path)), served.words.startswith(SAME)

    passes = [(8, 0), (12, 0), (17, 30), (18, 0), (18, 1), (20, 0), (23, 0)]
    assert [told_at(*when) for when in passes] == [
        (3, False), (3, True), (3, True), (3, True), (6, False), (6, True), (6, True),
    ]  # fmt: skip
    run(path, date(2026, 3, 15))
    assert sum(told for _, told in subjects(tmp_path)) == 6
