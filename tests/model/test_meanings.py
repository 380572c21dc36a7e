"""What words of somebody's table mean: by column, compared without regard to width, case and blanks."""

from capa_xl.model.meanings import meanings_by_column


def test_the_meanings_of_every_column_are_found_by_their_words():
    settings = {"严重度_A": " 重大 ", "严重度_ ｂ 级": "一般", "检查结论_待验证": "", "编号_1": "不计入"}
    assert meanings_by_column(settings) == {
        "严重度": {"a": "重大", "b级": "一般"}, "检查结论": {"待验证": ""}, "编号": {"1": "不计入"},
    }  # fmt: skip
