"""A Pareto table in a sentence, and which of its categories are the vital few."""

import pytest

from capa_xl.analysis.pareto import pareto
from capa_xl.model.pareto_words import vital_few, vital_words
from capa_xl.reports.analysis_text import analysis_lines


@pytest.mark.parametrize(
    ("counts", "few", "words"),
    [
        ({"法": 4, "人": 1}, "法", "法占原因的 80%"),
        ({"法": 3, "人": 1}, "", "原因不足 5 件，不分主次"),
        ({"法": 5}, "", "原因只有一类：法"),
        ({"法": 3, "人": 3}, "", "原因分散，没有关键少数"),
        ({"法": 5, "人": 1, "其他": 30}, "", "原因的 83% 记为“其他”，分不出关键少数"),
        ({"法": 1200345, "人": 300}, "法", "法占原因的 99% 以上"),
        (dict.fromkeys("甲乙丙丁戊己", 2), "", "原因分散：6 类中前 5 类合计 83%"),
        ({"法": 9, "人": 8, "机": 7, "料": 6, "环": 1, "测": 1}, "法人机料", "前 4 类占原因的 94%"),
    ],
)
def test_a_table_has_a_vital_few_or_says_why_not(counts, few, words):
    table = pareto("原因", counts)
    assert ("".join(row.category for row in vital_few(table)), vital_words(table)) == (few, words)


def test_the_terminal_says_the_sentence_and_counts_those_it_doesnt_name():
    causes = {"法": 9, "人": 8, "机": 7, "料": 6, "环": 1, "测": 1}
    tables = [pareto("部门", dict.fromkeys("甲乙丙丁戊己", 2)), pareto("原因", causes)]
    assert list(analysis_lines((), tables, (), ()))[1:3] == [
        "部门排列图（n=12）：部门分散：6 类中前 5 类合计 83%",
        "原因排列图（n=32）：前 4 类占原因的 94%：法 9、人 8、机 7、料 6",
    ]
