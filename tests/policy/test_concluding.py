"""Which confirmation counts, and what contradicts it (4.5.1)."""

import pytest

from capa_xl.policy.check import check
from capa_xl.policy.concluding import contradictions, earlier_conclusions, first_confirmed_on
from capa_xl.policy.errors_first import with_errors_first
from tests.policy.registers import ALL, confirmed, derived, inspected, view


def round_(n, effect, on, **more):
    signed = {"confirmer": "样例甲", "confirmed_on": on}
    return {"number": "GJ-2026-001", "round": n, "effect": effect, **signed, **more}


def counting(action, *rounds, on="2026-09-01", columns=ALL):
    """(效果, day, round number or None) of what counts."""
    found = derived(action, on, columns=columns, confirmations=rounds).conclusion
    return found and (found.effect, str(found.confirmed_on), found.round.round if found.round else None)


@pytest.mark.parametrize(
    ("row_on", "round_on", "what"),
    [
        ("2026-04-08", "2026-04-07", ("有效", "2026-04-08", None)),  # the day before the row: the row is newer
        ("2026-04-07", "2026-04-07", ("无效", "2026-04-07", 1)),  # the same day: a round goes before the row
        ("2026-04-07", "2026-04-08", ("无效", "2026-04-08", 1)),
    ],
)
def test_the_newest_dated_place_counts_and_a_round_goes_before_the_row(row_on, round_on, what):
    assert counting(confirmed(confirmed_on=row_on), round_(1, "无效", round_on)) == what


def test_on_one_day_the_higher_round_counts_whatever_its_place_in_the_sheet():
    assert counting(inspected(), round_(2, "有效", "2026-05-04"), round_(1, "无效", "2026-05-04"))[2] == 2


def test_a_round_without_a_day_or_without_an_effect_does_not_count():
    rounds = round_(1, "无效", "2026-03-30"), round_(2, None, "2026-05-04"), round_(3, "部分有效", None)
    assert counting(confirmed(), *rounds) == ("有效", "2026-04-07", None)
    assert counting(inspected(), *rounds[1:]) is None


def test_the_future_does_not_count():
    assert counting(confirmed(), round_(1, "无效", "2026-05-04"), on="2026-05-03") == ("有效", "2026-04-07", None)
    assert counting(confirmed(), round_(1, "无效", "2026-05-04"), on="2026-05-04") == ("无效", "2026-05-04", 1)


def test_columns_that_are_missing_ask_for_nothing():
    without_effect = tuple(key for key in ALL if key != "effect")
    without_day = tuple(key for key in ALL if key != "confirmed_on")
    assert counting(confirmed(effect=None), columns=without_effect) == ("有效", "2026-04-07", None)
    assert counting(confirmed(confirmed_on=None), columns=without_day) == ("有效", "None", None)
    assert counting(confirmed(confirmed_on=None), round_(1, "无效", "2026-01-01"), columns=without_day)[0] == "无效"


def test_the_row_signs_a_round_of_the_same_day_that_names_nobody():
    def signer(row_on):
        rounds = [round_(1, "部分有效", "2026-04-07", confirmer=None)]
        found = derived(confirmed(confirmed_on=row_on), "2026-09-01", confirmations=rounds).conclusion
        return found.effect, found.confirmer

    assert signer("2026-04-07") == ("部分有效", "样例甲")
    assert signer("2026-04-06") == ("有效", "样例甲")  # that of the row: nobody signed the round


def test_a_round_that_nobody_signed_concludes_nothing_and_is_told_at_its_blank_cell():
    """A second round 有效 without 确认人 undid 措施无效, and nothing said so."""
    second = round_(2, "有效", "2026-05-04", confirmer=None)
    failed = inspected(), round_(1, "无效", "2026-04-07")
    assert counting(*failed, second) == ("无效", "2026-04-07", 1)
    seen = view(failed[0], on="2026-05-05", confirmations=[failed[1], second])
    assert seen.derived["GJ-2026-001"].status == "措施无效"
    (told,) = (problem for problem in check(seen).problems if problem.rule == "EF04" and problem.sheet == "效果确认")
    assert told.message.endswith("确认人空白") and told.severity.name == "ERROR"
    step = with_errors_first(seen, [told]).derived["GJ-2026-001"].next_step
    assert step.startswith("先改《效果确认》的确认人")


@pytest.mark.parametrize(
    ("blank", "said"),
    [({"confirmed_on": None}, "确认日期空白"), ({"effect": None}, "结论空白"), ({"confirmer": None}, "确认人空白")],
)
def test_the_only_blank_of_a_rounds_verdict_signer_and_day_is_told_and_asked_for_alone(blank, said):
    seen = view(inspected(), on="2026-05-05", confirmations=[round_(1, "有效", "2026-05-04") | blank])
    (told,) = rounds_told(seen)
    assert told.message.endswith(f"：{said}") and told.severity.name == "ERROR"
    step = with_errors_first(seen, [told]).derived["GJ-2026-001"].next_step
    assert step == f"先改《效果确认》的{said.removesuffix('空白')}"


@pytest.mark.parametrize(("stands", "said"), [("effect", "确认人、确认日期"), ("confirmed_on", "结论、确认人")])
def test_a_round_that_only_a_verdict_or_a_day_stands_in_is_told_at_each_of_its_blank_cells(stands, said):
    row = round_(1, "有效", "2026-05-04")
    blank = {key: None for key in ("confirmer", "confirmed_on", "effect") if key != stands}
    seen = view(inspected(), on="2026-05-05", confirmations=[row | blank])
    step = with_errors_first(seen, rounds_told(seen)).derived["GJ-2026-001"].next_step
    assert step == f"先改《效果确认》的{said}"


@pytest.mark.parametrize(
    "row",
    [
        {"effect": None, "confirmer": None, "confirmed_on": None},  # looked at in between
        {"effect": None, "confirmed_on": None},  # named beforehand
        {"confirmed_on": "2026-05-06"},  # the day is to come, which another rule says
    ],
)
def test_a_round_that_nobody_gave_a_verdict_in_yet_is_told_nothing(row):
    assert rounds_told(view(inspected(), on="2026-05-05", confirmations=[round_(1, "有效", "2026-05-04") | row])) == []


def rounds_told(seen):
    return [problem for problem in check(seen).problems if problem.rule == "EF04" and problem.sheet == "效果确认"]


def contradicted(action, *rounds):
    """(what a place says, what counts) of every place that contradicts."""
    seen = view(action, on="2026-09-01", confirmations=rounds)
    pairs = contradictions(seen.inputs, seen.actions[0])
    return [(place.effect, place.round.round if place.round else None, counts.effect) for place, counts in pairs]


def test_places_of_one_day_or_without_a_day_contradict_what_counts():
    same, other = round_(1, "无效", "2026-04-07"), round_(1, "无效", "2026-04-06")
    assert contradicted(confirmed(), same) == [("有效", None, "无效")]
    assert contradicted(confirmed(), other) == []  # a later conclusion supersedes in silence
    assert contradicted(confirmed(), round_(1, "无效", None)) == [("无效", 1, "有效")]
    assert contradicted(confirmed(), round_(1, "有效", "2026-04-07")) == []
    assert contradicted(inspected(), same, round_(2, "有效", "2026-04-07")) == [("无效", 1, "有效")]


def test_where_no_place_is_dated_the_last_one_stands_for_what_counts():
    undated = confirmed(confirmed_on=None, effect="部分有效")
    assert contradicted(undated, round_(1, "有效", None)) == [("部分有效", None, "有效")]
    assert contradicted(confirmed(confirmed_on=None)) == []
    assert contradicted(inspected()) == []


def test_the_first_day_of_any_place_is_when_it_was_confirmed_first():
    seen = view(confirmed(), on="2026-09-01", confirmations=[round_(1, "无效", "2026-03-20"), round_(2, "有效", None)])
    assert str(first_confirmed_on(seen.inputs, seen.actions[0])) == "2026-03-20"
    nothing = view(inspected(), on="2026-09-01")
    assert first_confirmed_on(nothing.inputs, nothing.actions[0]) is None


@pytest.mark.parametrize(
    ("own", "rounds", "told"),
    [
        ({}, [], []),
        ({"effect": "部分有效"}, [(1, "部分有效", "2026-03-05"), (2, "有效", "2026-04-20")],
         [("部分有效", "2026-03-05")]),
        ({}, [(1, "部分有效", "2026-03-20"), (2, "有效", "2026-04-20")],
         [("有效", "2026-03-05"), ("部分有效", "2026-03-20")]),
        ({"effect": None, "confirmed_on": None}, [(1, "部分有效", "2026-03-20"), (2, "有效", "2026-04-20")],
         [("部分有效", "2026-03-20")]),
        ({"effect": None, "confirmed_on": None}, [(1, "部分有效", "2026-03-20"), (2, "有效", "2026-03-20")], []),
        ({"effect": None, "confirmed_on": None}, [(1, "部分有效", None), (2, "有效", "2026-03-20")], []),
        ({"effect": None, "confirmed_on": None}, [(1, "部分有效", "2026-03-20"), (2, None, "2026-04-20")], []),
    ],
)  # fmt: skip
def test_conclusions_of_days_before_the_one_that_counts_are_earlier_ones(own, rounds, told):
    seen = view(
        confirmed(**{"confirmed_on": "2026-03-05", **own}),
        on="2026-09-01",
        confirmations=[round_(*one) for one in rounds],
    )
    found = earlier_conclusions(seen.inputs, seen.by_number["GJ-2026-001"])
    assert [(one.effect, str(one.confirmed_on)) for one in found] == told
