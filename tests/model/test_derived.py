"""The 〔自动〕 cells of an action: one for every column of ours but 更新时间, blank where there is nothing to say."""

from datetime import date

from capa_xl.model.derived import AUTO_COLUMNS, Derived, auto_values, quarantined_values

DAY = date(2026, 6, 1)
SAID = {
    "status": "实施中", "stage": "实施", "route": "部门经理", "inspector_department": "质量部", "days_overdue": 3,
    "days_left": -3, "remind_on": DAY, "earliest_confirmation_on": date(2026, 7, 1),
    "report_due_on": date(2026, 8, 1), "next_step": "完成措施", "next_actor": "样例甲",
}  # fmt: skip
OTHERS = {"number": "GJ-01", "row": 2, "route_satisfied": True, "level": "部门", "owning_department": None,
          "priority": "中", "original_due_on": None, "closed_on": None}  # fmt: skip


def test_every_column_of_ours_has_its_value():
    values = auto_values(Derived(**SAID, **OTHERS, overdue=("Y1",)), 4)
    assert {key: values[key] for key in SAID} == SAID
    assert (values["problem_count"], values["overdue"]) == (4, "实施逾期 3 天")
    assert [column.key for column in AUTO_COLUMNS if column.key not in values] == ["updated_on"]


def test_what_there_is_nothing_to_say_of_is_blank():
    silent = SAID | dict.fromkeys(("stage", "route", "inspector_department", "next_step", "next_actor"), "")
    values = auto_values(Derived(**silent, **OTHERS, overdue=()), 0)
    assert [key for key, value in values.items() if value is None] == [
        "next_step", "next_actor", "stage", "route", "inspector_department", "overdue",
    ]  # fmt: skip


def test_a_row_set_aside_says_what_to_put_right_and_nothing_else():
    values = quarantined_values(2, "先改：完成期限", "样例甲")
    said = {key: value for key, value in values.items() if value is not None}
    assert said == {"status": "待更正", "next_step": "先改：完成期限", "next_actor": "样例甲", "problem_count": 2}
    assert set(values) == {column.key for column in AUTO_COLUMNS}


def test_a_cell_says_of_its_text_what_two_lines_show_and_the_value_keeps_the_whole():
    late = SAID | {
        "next_actor": "样例员02、样例经理02、样例总",
        "inspector_department": "样例" * 9,
        "taken_back": "2026-05-10 重开",
    }
    derived = Derived(**late, **OTHERS, overdue=("Y1",))
    values = auto_values(derived, 0)
    assert (values["next_actor"], values["overdue"]) == ("样例员02 等 3 人", "实施逾期 3 天（重开）")
    assert "…" in values["inspector_department"] and derived.inspector_department == "样例" * 9
