from datetime import date

from capa_xl.app.use_cases.todo import todo
from capa_xl.cli.documents.tracker_documents import todo_document
from capa_xl.model.as_of import AsOf
from tests.app.desks import desk_at
from tests.tables import tracker_bytes

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
