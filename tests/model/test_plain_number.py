import pytest

from capa_xl.model.plain_number import plain_number, rounded_number, scale_of, shown_number


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


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [(103.25, 1, "103.3"), (826 / 8, 1, "103.3"), (-0.25, 1, "-0.3"), (14.499999999999998, 1, "14.5"), (2.5, 0, "3"),
     (34.75, 1, "34.8"), (45.0, 0, "45"), (1 / 3, 1, "0.3"), (0.0, 1, "0.0")],
)  # fmt: skip
def test_a_figure_is_rounded_as_the_cell_beside_it(value, decimals, said):
    """Once a mean of 103.25 days was printed as 103.2, and Excel made it 103.3."""
    assert shown_number(value, decimals) == said
