import pytest

from capa_xl.model.replacements import NameChange, Replacements
from capa_xl.reports.replacements_text import replacement_lines

CREW = "、".join(f"样例员{at:02}" for at in range(1, 26))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("样例甲、样例丙", "样例乙、样例丙", "「样例甲、样例丙」 → 「样例乙、样例丙」"),
        (CREW, CREW.replace("样例员01", "样例乙"), "「样例员01」 → 「样例乙」，其余不变"),
        (CREW, CREW.removeprefix("样例员01、"), "去掉「样例员01」，其余不变"),
    ],
)
def test_of_a_long_list_the_names_that_change_are_told(before, after, told):
    change = NameChange("改进计划跟踪表", "AJ5", "GJ-01", "责任人", "值班漏接", before, after)
    line, *_ = replacement_lines(Replacements((change,)), "", written=False, backup="")
    assert line == f"GJ-01 责任人 改进计划跟踪表!AJ5：{told}　值班漏接"
