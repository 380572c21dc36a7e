from datetime import date

from capa_xl.app.use_cases.todo import todo
from capa_xl.cli.documents.tracker_documents import todo_document
from capa_xl.model.as_of import AsOf
from capa_xl.reports.todo_text import todo_lines
from tests.app.desks import desk_at
from tests.tables import tracker_bytes, workbook_bytes

DAY = AsOf(date(2026, 7, 10), date(2026, 7, 10))


def test_the_document_names_the_cell_of_every_item_and_rows_to_correct_come_first(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(
        tracker_bytes("""
            编号         问题描述        责任人  完成期限
            GJ-2026-001  值班漏接三次    样例甲  2026-07-01
            GJ-2026-002  备件台账不符    样例乙  2026-07-01
            GJ-2026-003  巡检记录缺页    样例甲  月底
        """)
    )
    document = todo_document(todo(desk_at(path, DAY), "样例甲"))
    assert (document["name"], document["kind"]) == ("样例甲", "人员")
    assert [(item["number"], item["cell"], item["status"], item["overdue"]) for item in document["items"]] == [
        ("GJ-2026-003", "D4", "待更正", ""),
        ("GJ-2026-001", "A2", "实施中", "实施逾期 9 天"),
    ]


def test_a_name_with_something_around_it_is_told_and_counts_as_anothers(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(
        tracker_bytes("""
            编号         问题描述        责任人              完成期限
            GJ-2026-001  值班漏接三次    样例甲（机电队长）  2026-07-01
            GJ-2026-002  备件台账不符    样例甲              2026-07-01
            GJ-2026-003  巡检记录缺页    负责人：样例甲      2026-07-01
            GJ-2026-004  巡检记录缺页    样例甲乙            2026-07-01
        """)
    )
    found = todo(desk_at(path, DAY), "样例甲")
    assert [item.number for item in found.todo.items] == ["GJ-2026-002"]
    assert list(todo_lines(found.todo, DAY.on))[-2:] == [
        "写作「样例甲（机电队长）」的另有 1 项（GJ-2026-001），没有算在内 → 是同一个人的，请把格子里改成「样例甲」",
        "写作「负责人：样例甲」的另有 1 项（GJ-2026-003），没有算在内 → 是同一个人的，请把格子里改成「样例甲」",
    ]
    assert [one["numbers"] for one in todo_document(found)["otherwise"]] == [["GJ-2026-001"], ["GJ-2026-003"]]


def test_the_rows_that_name_a_department_of_no_list_are_in_the_document(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    table = [
        ["编号", "问题描述", "责任部门", "责任人", "完成期限"],
        ["GJ-2026-001", "值班漏接三次", "网络", "样例甲", DAY.on],
    ]
    people = [["姓名", "部门", "角色"], ["样例甲", "网络部", "员工"]]
    path.write_bytes(workbook_bytes({"改进计划跟踪表": table, "人员部门": people}))
    document = todo_document(todo(desk_at(path, DAY), "网络"))
    assert (document["kind"], document["items"], document["written_in"]) == ("", [], ["GJ-2026-001"])
