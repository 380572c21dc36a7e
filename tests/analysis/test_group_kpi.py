"""Figures of several companies as one, worked out by hand."""

import pytest
from msgspec.structs import replace

from capa_xl.analysis.group_kpi import WITHOUT_SUM, summed_flow, summed_kpis, summed_months
from capa_xl.analysis.kpi import SPECS
from capa_xl.model.group_figures import CompanyFigures
from capa_xl.model.kpi import NO_DATA, Kpi, MonthFlow
from capa_xl.model.review import Flow
from capa_xl.model.tally import Tally

NOTHING = Flow(0, 0, 0, 0, 0, 0, 0)


def ratio(key, rows, base, target="≥95%", before=(0, 0)):
    numbers = tuple(f"GJ-{at}" for at in range(1, base + 1))
    value = rows / base if base else None
    return Kpi(key, "名", "口径", "%", rows, base, value, target, None, "", numbers[:rows], numbers, before)


def measure(key, value, base, unit="天", before=None, before_base=0):
    numbers = tuple(f"GJ-{at}" for at in range(1, base + 1))
    return Kpi(key, "名", "口径", unit, None, None, value, "", before, "", numbers, numbers, None, before_base)


def company(name, *kpis):
    return CompanyFigures(f"{name}/表.xlsx", name, "", "", Tally(), {}, (), kpis, NOTHING, (), (), ())


def summed(key, *companies):
    return next(kpi for kpi in summed_kpis(companies) if kpi.key == key)


def test_numerators_and_denominators_are_summed_and_rates_are_not_averaged():
    kpi = summed("on_time", company("甲", ratio("on_time", 1, 1)), company("乙", ratio("on_time", 3, 9)))
    assert (kpi.numerator, kpi.denominator, kpi.value) == (4, 10, 0.4)  # the mean of 100% and 33.3% would be 66.7%
    assert kpi.rows == ("甲 GJ-1", "乙 GJ-1", "乙 GJ-2", "乙 GJ-3")
    assert (len(kpi.base), kpi.verdict) == (10, "未达标")


def test_the_period_before_is_summed_too():
    kpis = [ratio("on_time", 1, 1, before=(1, 2)), ratio("on_time", 3, 9, before=(2, 2))]
    kpi = summed("on_time", *(company(name, one) for name, one in zip("甲乙", kpis, strict=True)))
    assert (kpi.previous_counts, kpi.previous) == ((3, 4), 0.75)


@pytest.mark.parametrize(("base", "verdict"), [(2, "数据不足"), (4, "数据不足"), (5, "达标"), (6, "达标")])
def test_a_verdict_needs_five_rows_in_all(base, verdict):
    companies = company("甲", ratio("on_time", base - 2, base - 2)), company("乙", ratio("on_time", 2, 2))
    assert summed("on_time", *companies).verdict == verdict


def test_a_company_that_does_not_use_it_is_in_neither_sum():
    out = replace(ratio("on_time", 0, 7), is_in_use=False)
    kpi = summed("on_time", company("甲", ratio("on_time", 2, 4)), company("乙", out))
    assert (kpi.numerator, kpi.denominator) == (2, 4)
    nobody = summed("on_time", company("乙", out))
    assert (nobody.verdict, nobody.value, nobody.base) == (NO_DATA, None, ())


def test_different_targets_give_no_verdict():
    kpis = ratio("on_time", 5, 5, "≥95%"), ratio("on_time", 5, 5, "≥90%")
    kpi = summed("on_time", *(company(name, one) for name, one in zip("甲乙", kpis, strict=True)))
    assert (kpi.target, kpi.verdict) == ("", "")


def test_means_are_weighted_by_their_rows_and_the_longest_is_the_longest():
    first = company("甲", measure("days_to_close", 10.0, 1), measure("longest_overdue", 45.0, 3))
    second = company("乙", measure("days_to_close", 40.0, 3), measure("longest_overdue", 9.0, 2))
    assert summed("days_to_close", first, second).value == (10 + 3 * 40) / 4
    assert summed("longest_overdue", first, second).value == 45.0


def test_means_and_the_longest_of_the_period_before_are_put_together_likewise():
    first = company(
        "甲",
        measure("days_to_close", 10.0, 1, before=4.0, before_base=3),
        measure("longest_overdue", 5.0, 1, before=0.0, before_base=2),
    )
    second = company(
        "乙",
        measure("days_to_close", 40.0, 3, before=12.0, before_base=1),
        measure("longest_overdue", 9.0, 2, before=7.0, before_base=1),
    )
    third = company("丙", measure("days_to_close", 1.0, 1), measure("longest_overdue", None, 0))  # nothing before
    mean, longest = (summed(key, first, second, third) for key in ("days_to_close", "longest_overdue"))
    assert (mean.previous, mean.previous_base, mean.previous_counts) == ((3 * 4 + 12) / 4, 4, None)
    assert (longest.previous, longest.change) == (7.0, 2.0)
    assert summed("days_to_close", third).previous is None


def test_a_target_that_all_have_is_said_of_a_figure_that_nobody_uses():
    out = replace(ratio("reminded", 0, 0, "100%"), is_in_use=False)
    assert summed("reminded", company("甲", out), company("乙", out)).target == "100%"
    other = replace(out, target="≥90%")
    assert summed("reminded", company("甲", out), company("乙", other)).target == ""
    used = ratio("reminded", 5, 5, "≥95%")  # whoever doesn't use it has no say
    assert summed("reminded", company("甲", out), company("乙", used)).target == "≥95%"


def test_without_a_row_anywhere_there_is_no_figure():
    assert summed("on_time", company("甲", ratio("on_time", 0, 0))).value is None
    assert summed("days_to_close", company("甲", measure("days_to_close", None, 0))).value is None


def test_every_kpi_is_summed_but_medians_and_percentiles():
    keys = [spec.key for spec in SPECS]
    assert [kpi.key for kpi in summed_kpis(())] == [key for key in keys if key not in WITHOUT_SUM]
    assert set(keys) >= WITHOUT_SUM


def test_traffic_is_summed_in_all_and_month_by_month():
    assert summed_flow([Flow(1, 2, 3, 4, 5, 6, 7), Flow(10, 20, 30, 40, 50, 60, 70)]) == Flow(
        11, 22, 33, 44, 55, 66, 77
    )
    months = [[MonthFlow("2026-10", 1, 1, 1, 1, 1, 1, 1), MonthFlow("2026-11", 2, 0, 0, 0, 0, 1, 3)]] * 2
    assert summed_months(months) == (
        MonthFlow("2026-10", 2, 2, 2, 2, 2, 2, 2),
        MonthFlow("2026-11", 4, 0, 0, 0, 0, 2, 6),
    )
