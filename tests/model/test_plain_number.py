import pytest

from capa_xl.model.plain_number import plain_number, rounded_number, scale_of


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1234567, "1234567"),
        (1.5e9, "1500000000"),
        (1e15, "1000000000000000"),
        (3e-7, "0.0000003"),
        (12.50, "12.5"),
        (-4.0, "-4"),
        (0.0, "0"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_a_figure_has_all_its_digits_and_no_power_of_ten(value, said):
    assert plain_number(value) == said


@pytest.mark.parametrize(("largest", "word"), [(0, ""), (999_999, ""), (1e6, "万"), (99_999_999, "万"), (1e9, "亿")])
def test_large_figures_are_counted_in_wan_and_yi(largest, word):
    assert scale_of(largest).word == word


@pytest.mark.parametrize(
    ("value", "said"), [(1 / 3, "0.3333"), (12345.678, "12346"), (-2.5, "-2.5"), (3.14159e-7, "0.0000003142")]
)
def test_a_quotient_has_four_digits_and_its_whole_ones(value, said):
    assert rounded_number(value) == said
