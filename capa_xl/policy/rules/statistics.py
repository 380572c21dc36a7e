"""ST: indicators and quality data that are due, complete, and answered when they miss (3.3.1, 4.3.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from capa_xl.model.cut_text import with_unit
from capa_xl.model.data_series import SeriesKey, is_per_unit, series_key, series_name
from capa_xl.model.half_up import per_cent
from capa_xl.model.period import Period
from capa_xl.model.plain_number import plain_number
from capa_xl.model.problem import Hit
from capa_xl.model.records import Analysis, Measurement, Observation
from capa_xl.policy.indicators import contradicting_share, is_met, measured_words, value_of
from capa_xl.policy.periods import MONTHS, following, period_of
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs

FEW = 5
"""Rows a series needs before most of them can say that it counts per unit."""
ANSWER_WITHIN = 10
"""Working days to register what is done about a miss or a signal."""
_NOTHING = frozenset({"无", "—", "-", "/", "正常", "无信号"})

Readings = dict[Period, Measurement]


def _months(row: Measurement) -> int:
    return MONTHS.get((row.frequency or "月").removesuffix("度").replace("每", ""), 1)


def _series(given: RuleInputs) -> dict[tuple[str, str, str, int], Readings]:
    """(过程, 指标, 责任部门, months) → its rows by period; rows whose period can't be read are left out."""
    found: dict[tuple[str, str, str, int], Readings] = defaultdict(dict)
    for row in given.table("measurements").records:  # type: ignore[union-attr]
        if row.indicator and (period := period_of(row.period, _months(row))) is not None:
            found[row.process or "", row.indicator, row.department or "", _months(row)][period] = row
    return found


def _begins(period: Period) -> date:
    return period.start


def is_answer_overdue(given: RuleInputs, period: Period | None) -> bool:
    """Ten working days after a period are over; its figures should be there, and answered where they miss."""
    return period is not None and given.on > given.view.calendar.add(period.end, ANSWER_WITHIN)


def _period_missing(given: RuleInputs) -> Iterator[Hit]:
    """From the indicator's first period to the last one that is over; a gap is shown at the row before it."""
    for (_, indicator, _, months), rows in _series(given).items():
        period = min(rows, key=_begins)
        before = rows[period]
        while is_answer_overdue(given, period):
            row = rows.get(period)
            if row is None or value_of(row) is None:
                key = "period" if row is None else "value"
                yield given.hit_on("measurements", row or before, key, ind=indicator, period=period.name)
            before = row or before
            period = following(period, months)


def _missed_unanswered(given: RuleInputs) -> Iterator[Hit]:
    for rows in _series(given).values():
        for period, row in rows.items():
            if is_met(row) is False and not row.disposition_number and is_answer_overdue(given, period):
                v, target = measured_words(row), with_unit(plain_number(row.target or 0), row.unit)
                at = "disposition_number"
                ind, period_text = row.indicator or "", row.period or ""
                yield given.hit_on("measurements", row, at, ind=ind, period=period_text, v=v, target=target)


def _impossible_counts(given: RuleInputs) -> Iterator[Hit]:
    rows: tuple[Observation, ...] = given.table("observations").records  # type: ignore[union-attr]
    per_unit = _counted_per_unit(rows)
    for row in rows:
        bad, size, is_per_unit = row.nonconforming, row.sample_size, series_key(row) in per_unit
        for key, value, name in (("nonconforming", bad, "不合格数"), ("sample_size", size, "样本量")):
            whole = value is None or value == int(value) or (is_per_unit and value is size)
            if value is not None and (value < 0 or not whole):
                yield given.hit_on("observations", row, key, what=f"{name}「{plain_number(value)}」不是非负整数")
        if _exceeds(row) and not is_per_unit:
            what = f"不合格数「{plain_number(bad or 0)}」大于样本量「{plain_number(size or 0)}」"
            yield given.hit_on("observations", row, "nonconforming", what=what)


def _figures_apart(given: RuleInputs) -> Iterator[Hit]:
    """实测值 that its own 分子 and 分母 don't give, and a count of nothing."""
    for row in given.table("measurements").records:  # type: ignore[union-attr]
        parts = f"分子 {plain_number(row.numerator or 0)}、分母 {plain_number(row.denominator or 0)}"
        if row.denominator == 0 and row.numerator:
            yield given.hit_on("measurements", row, "denominator", what=f"{parts}：分母是 0，分子却不是")
        elif (share := contradicting_share(row)) is not None:
            what = f"{parts} 算出来是 {per_cent(share / 100)}，实测值写的是 {plain_number(row.value or 0)}%"
            yield given.hit_on("measurements", row, "value", what=what)


def _counted_per_unit(rows: tuple[Observation, ...]) -> frozenset[SeriesKey]:
    """Readings of defects per device, ticket or person-day (u charts), where a count may well exceed the size.

    Their unit says so (次/台, 每条), or most of their rows do.
    """
    series: dict[SeriesKey, list[Observation]] = defaultdict(list)
    for row in rows:
        series[series_key(row)].append(row)
    return frozenset(
        key
        for key, of_series in series.items()
        if any(is_per_unit(row.unit) for row in of_series) or 2 * sum(map(_exceeds, of_series)) > len(of_series) >= FEW
    )


def _exceeds(row: Observation) -> bool:
    return row.nonconforming is not None and row.sample_size is not None and row.nonconforming > row.sample_size


def departments_without_data(given: RuleInputs) -> Iterator[Hit]:
    """Departments that own processes or ever reported, in every month from the first to the last one in the sheet."""
    table = given.table("observations")
    reported = _reported(given)
    seen: set[Period] = set().union(*reported.values())
    if not seen or table is None:
        return
    for department in departments_expected(given):
        missed_before = False
        for period in _grid(given, seen):
            missing = period not in reported.get(department, ())
            if missing:
                facts = {"dept": department, "period": period.name}
                yield Hit(table.sheet, None, facts=facts, severity=W if missed_before else None)
            missed_before = missing


def _grid(given: RuleInputs, seen: set[Period]) -> Iterator[Period]:
    period, last = min(seen, key=_begins), max(seen, key=_begins)
    while period.start <= last.start and given.on > period.end:
        yield period
        period = following(period, 1)


def departments_expected(given: RuleInputs) -> list[str]:
    """Departments that own processes or ever reported; none while nobody reported."""
    people, reported = given.table("people"), _reported(given)
    if not any(reported.values()):
        return []
    owners = [p.department for p in people.records if p.department and p.owned_processes] if people else []
    return list(dict.fromkeys([*owners, *reported]))


def _reported(given: RuleInputs) -> dict[str, set[Period]]:
    """Department → periods with data or 无."""
    table = given.table("observations")
    reported: dict[str, set[Period]] = defaultdict(set)
    for row in table.records if table is not None else ():
        if row.department and (period := period_of(row.period)) is not None:
            reported[row.department].add(period)
    return reported


def is_signal(row: Analysis) -> bool:
    """An analysis that saw something."""
    return bool(row.signal) and row.signal not in _NOTHING


def _signal_unanswered(given: RuleInputs) -> Iterator[Hit]:
    for row in given.table("analyses").records:  # type: ignore[union-attr]
        if not is_signal(row) or row.disposition or row.on is None or row.on > given.on:
            continue
        if given.on > given.view.calendar.add(row.on, ANSWER_WITHIN):
            yield given.hit_on("analyses", row, "disposition", row.number, id=row.number or "", v=row.signal)


def _no_sample_size(given: RuleInputs) -> Iterator[Hit]:
    """Of series that are shares, all of 0 of 0 too: a count whose denominator is blank (W) or 0 (I) drops out."""
    rows: tuple[Observation, ...] = given.table("observations").records  # type: ignore[union-attr]
    shares = {series_key(row) for row in rows if row.nonconforming is not None and row.sample_size is not None}
    for row in rows:
        if row.nonconforming is None or row.sample_size or series_key(row) not in shares:
            continue
        severity, name = I if row.sample_size == 0 else None, series_name(series_key(row))
        yield given.hit_on("observations", row, "sample_size", None, severity, series=name, period=row.period or "")


ST01 = Rule(
    "ST01", "3.3.1", W, "指标的某一期没有填报（期末后 10 个工作日）",
    "{ind} {period} 未填报",
    "填报这一期的实测值",
    _period_missing, ("measurements:indicator", "measurements:period", "measurements:value"),
)  # fmt: skip
ST02 = Rule(
    "ST02", "3.3.1", W, "指标未达标，期末后 10 个工作日没有处置",
    "指标未达标未处置：{ind} {period} 实测 {v}，目标 {target}",
    "登记问题并在未达标处置编号填它的编号，或说明",
    _missed_unanswered, ("measurements:value", "measurements:target", "measurements:disposition_number"),
)  # fmt: skip
ST03 = Rule(
    "ST03", "4.3.1", E, "不合格数大于样本量，或不是非负整数",
    "数据错误：{what}",
    "核对数据",
    _impossible_counts, ("observations:nonconforming",),
)  # fmt: skip
ST04 = Rule(
    "ST04", "4.3.1", I, "部门某月没有质量数据也没有“无”（连续两月为警告）",
    "{dept} {period} 无质量数据",
    "填报，或填一行“无”",
    departments_without_data, ("observations:department", "observations:period"), also=(W,),
)  # fmt: skip
ST05 = Rule(
    "ST05", "4.3.1", W, "统计信号 10 个工作日没有处置",
    "统计异常未处置：{id}「{v}」",
    "登记处置：预防措施、不采取（写理由）或观察",
    _signal_unanswered, ("analyses:signal", "analyses:disposition"),
)  # fmt: skip
ST06 = Rule(
    "ST06", "4.3.1", W, "比率的某一期没有样本量，或样本量为 0（提示）：该期不计入控制图",
    "{series} {period} 没有样本量，未计入",
    "填样本量；确实没有发生的写 0，并在备注说明",
    _no_sample_size, ("observations:nonconforming", "observations:sample_size"), also=(I,),
)  # fmt: skip
ST07 = Rule(
    "ST07", "", W, "单位是 % 的实测值与分子、分母对不上，或分母是 0",
    "{what}",
    "核对这三格；实测值空着的由分子、分母计算",
    _figures_apart, ("measurements:numerator", "measurements:denominator"),
)  # fmt: skip
