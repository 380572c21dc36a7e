"""例外说明: whose signature counts, for what, and from when."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.problem import Hit, Remark, Severity
from capa_xl.policy.excuses import (
    Signature,
    accepted_exceptions,
    covered_words,
    entries_by_worth,
    is_of_quality,
    named_numbers,
    named_rules,
    signers,
)
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.viewing import view_register
from tests.policy.registers import PEOPLE, approved, confirmed, day, planned, register, view

N, T = "GJ-2026-001", "2026-08-20"
ENTRY = {"number": N, "rule": "PL01", "note": "出差。", "signed_by": "样例质", "on": "2026-05-01"}


def seen(*actions, people=PEOPLE, on=T, **entry):
    return view(*(actions or (planned(),)), on=on, people=people, excuses=[{**ENTRY, **entry}])


def counts(rule="PL01", of=N, day_of_fault=None, **entry):
    found = accepted_exceptions(RuleInputs(seen(**entry))).of(rule, of, day(day_of_fault), None)
    return found.words if found else None


def worth(*actions, people=PEOPLE, **entry):
    ((_, found),) = entries_by_worth(seen(*actions, people=people, **entry))
    return found


# --- what an entry covers ---


def test_an_entry_counts_for_the_number_and_rule_it_names():
    assert counts() == "（情况说明：出差，样例质 2026-05-01 确认）"
    assert counts(note=None) == "（情况说明，样例质 2026-05-01 确认）"
    assert counts("PL02") is None
    assert counts(of="GJ-2026-002") is None


@pytest.mark.parametrize("written", ["PL02、PL01", "pl01", "PL02/PL01", "PL02,PL01", "PL02 PL01", "PL02；PL01"])
def test_several_rules_may_stand_in_one_cell(written):
    assert accepted_exceptions(RuleInputs(seen(rule=written))).of("PL01", N, None, None) is not None


def test_what_a_cell_names_is_told_piece_by_piece():
    ((entry, _),) = entries_by_worth(seen(number="GJ-1、GJ-2 GJ-3", rule="pl01/ap02"))
    assert (named_numbers(entry), named_rules(entry)) == (("GJ-1", "GJ-2", "GJ-3"), ("PL01", "AP02"))
    ((blank, _),) = entries_by_worth(seen(number=None, rule=None))
    assert (named_numbers(blank), named_rules(blank)) == (("",), ("",))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, N), ({"period": "2026-03"}, f"{N}（2026-03）"), ({"number": None, "period": "2026-03"}, "2026-03 各项"),
        ({"number": None}, ""),
    ],
)  # fmt: skip
def test_what_an_entry_covers_is_printed(values, words):
    ((entry, _),) = entries_by_worth(seen(**values))
    assert covered_words(entry) == words


@pytest.mark.parametrize(
    ("values", "on", "covered"),
    [
        ({"period": "2026-03"}, "2026-03-31", True), ({"period": "2026-03"}, "2026-04-01", False),
        ({"period": "2026-03"}, None, True), ({"number": None, "period": "2026-03"}, None, False),
        ({"period": "2026-03-05"}, "2026-03-05", True),
        ({"number": None, "period": "2026-03-02至2026-03-08"}, "2026-03-08", True),
        ({"number": None, "period": "2026-03-02至2026-03-08"}, "2026-03-02", True),
        ({"number": None, "period": "2026-03-02至2026-03-08"}, "2026-03-09", False),
        ({"number": None, "period": "2026-03-02至2026-03-08"}, "2026-03-01", False),
        ({"period": "2026-03-05"}, "2026-03-06", False), ({"period": "2026-03-05"}, "2026-03-04", False),
        ({"number": None, "period": "2026-03"}, "2026-03-01", True), ({"number": None}, "2026-03-01", False),
        ({"number": "GJ-9", "period": "2026-03"}, "2026-03-01", False), ({"period": "春天"}, "2026-01-01", True),
    ],
)  # fmt: skip
def test_a_period_narrows_an_entry_or_stands_for_every_number(values, on, covered):
    assert (counts(day_of_fault=on, **values) is not None) is covered


def test_a_fault_without_a_day_says_why_a_period_alone_covers_it_not():
    exceptions = accepted_exceptions(RuleInputs(seen(planned(), number=None, period="2026-03")))
    said = "（《例外说明》第 2 行只写期间，这一条没有日期，不作数：在那一行写编号 GJ-2026-001）"
    assert exceptions.why_none("PL01", N, None, None) == said
    assert exceptions.why_none("PL01", N, day("2026-04-01"), None) == exceptions.why_none("AP06", N, None, None) == ""


@pytest.mark.parametrize("rule", ["FD05", "FD28"])
def test_an_entry_whose_period_cannot_be_read_accepts_nothing(rule):
    remark = Remark(rule, Hit("例外说明", "C2", N, None, {"v": "乱写"}, Severity.ERROR))
    written = register(planned(), excuses=[{**ENTRY, "period": None}])
    given = RuleInputs(view_register(replace(written, remarks=(remark,)), AsOf(day(T), day(T))))
    assert accepted_exceptions(given).by_rule == {}


# --- from when ---


@pytest.mark.parametrize(
    ("registered", "done", "good"),
    [
        ("2026-05-01", None, True), ("2026-05-02", None, False), ("2026-01-05", "2026-05-01", True),
        ("2026-01-05", "2026-05-02", False), (None, None, True),
    ],
)  # fmt: skip
def test_what_is_signed_before_the_row_or_the_deed_was_there_accepts_nothing(registered, done, good):
    exceptions = accepted_exceptions(RuleInputs(seen(planned(registered_on=registered))))
    assert (exceptions.of("PL01", N, None, day(done)) is not None) is good
    since = max(filter(None, (registered, done)), default=None)
    early = f"（情况说明 2026-05-01 早于 {since}，不作数）"
    assert exceptions.too_early("PL01", N, None, day(done)) == ("" if good else early)


@pytest.mark.parametrize(("on", "good"), [("2026-08-20", True), ("2026-08-21", False), (None, False)])
def test_an_entry_counts_from_the_day_it_was_signed(on, good):
    rows = view(planned(), on=T, excuses=[{**ENTRY, "on": on}])
    assert (accepted_exceptions(RuleInputs(rows)).of("PL01", N, None, None) is not None) is good


def test_the_last_of_several_entries_counts():
    rows = [{**ENTRY, "note": "一"}, {**ENTRY, "note": "二"}, {**ENTRY, "note": "三", "signed_by": "样例工"}]
    found = accepted_exceptions(RuleInputs(view(planned(), on=T, excuses=rows))).of("PL01", N, None, None)
    assert found is not None
    assert found.note == "二"


# --- by whom ---


@pytest.mark.parametrize(
    ("signer", "value"),
    [
        ("样例质", Signature.SOUND), ("样例总", Signature.SOUND), ("样例甲", Signature.SOUND),
        ("样例乙", Signature.UNFIT),
        ("样例检", Signature.UNFIT), ("样例工", Signature.UNFIT), ("外人", Signature.UNFIT), (None, None),
    ],
)  # fmt: skip
def test_quality_head_general_manager_and_the_heads_of_the_row_may_sign(signer, value):
    assert worth(signed_by=signer) is value


def test_an_owner_never_signs_for_his_own_row():
    assert worth(planned(owners=("样例质",))) is Signature.UNFIT
    assert worth(planned(owners=("样例总", "样例质"))) is Signature.UNFIT


@pytest.mark.parametrize(
    ("rule", "barred"),
    [("AP01", True), ("AP06", False), ("PL01", False), ("CK01", False), ("EF01", False), ("CX01", False)],
)
def test_who_approved_the_row_excuses_no_fault_of_its_approval(rule, barred):
    assert worth(approved(approver="样例总"), signed_by="样例总", rule=rule) is (
        Signature.UNFIT if barred else Signature.SOUND
    )


@pytest.mark.parametrize(("rule", "barred"), [("CK01", "样例甲"), ("EF01", "样例质"), ("CX01", "样例总")])
def test_the_person_whose_act_is_excused_does_not_sign(rule, barred):
    row = confirmed(inspector="样例甲", confirmer="样例质", cancel_approver="样例总", approver="样例乙")
    for signer in ("样例甲", "样例质", "样例总"):
        assert worth(row, signed_by=signer, rule=rule) is (Signature.UNFIT if signer == barred else Signature.SOUND)


@pytest.mark.parametrize(("rule", "of_quality"), [("LG01", True), ("XR03", True), ("XR01", False), ("PL01", False)])
def test_faults_of_the_quality_department_are_signed_by_the_general_manager(rule, of_quality):
    assert is_of_quality(rule) is of_quality
    assert worth(signed_by="样例总", rule=rule) is Signature.SOUND
    assert worth(signed_by="样例质", rule=rule) is (Signature.UNFIT if of_quality else Signature.SOUND)


def without_roles(*names):
    return tuple({**one, "roles": ("员工",)} if one["name"] in names else one for one in PEOPLE)


def test_where_the_roster_names_nobody_who_could_sign_nobody_knows():
    nobody = without_roles("样例总", "样例质", "样例甲")
    assert worth(people=nobody) is Signature.UNKNOWN
    assert worth(planned(owners=("样例质",)), people=nobody) is Signature.UNFIT
    assert worth(people=without_roles("样例总", "样例质")) is Signature.UNFIT
    assert worth(people=without_roles("样例总"), rule="LG01", signed_by="样例甲") is Signature.UNKNOWN


def test_a_general_manager_who_heads_quality_leaves_its_faults_to_the_heads_of_the_row():
    both = tuple({**one, "roles": ("总经理", "质量部负责人")} if one["name"] == "样例总" else one for one in PEOPLE)
    rows = RuleInputs(seen(people=both))
    assert signers(rows, N, "LG01", day(T)) == {"样例甲"}
    assert signers(rows, N, "PL01", day(T)) == {"样例总", "样例质", "样例甲"}
    assert signers(rows, "GJ-9", "PL01", day(T)) == {"样例总", "样例质"}
    assert signers(RuleInputs(seen()), N, "LG01", day(T)) == {"样例总"}


def test_a_role_counts_on_the_day_of_the_signature():
    left = tuple({**one, "valid_to": "2026-04-30"} if one["name"] == "样例质" else one for one in PEOPLE)
    rows = view(planned(), on=T, people=left, excuses=[{**ENTRY, "on": "2026-04-30"}, ENTRY])
    assert [found for _, found in entries_by_worth(rows)] == [Signature.SOUND, Signature.UNFIT]


def test_whoever_else_signs_counts_for_nothing_while_one_of_the_signing_roles_is_held():
    assert worth(signed_by="样例检", rule="LG01") is Signature.UNFIT
    head_alone, manager_alone = without_roles("样例总", "样例甲"), without_roles("样例质", "样例甲")
    for people in (head_alone, manager_alone):
        assert worth(signed_by="样例检", people=people) is Signature.UNFIT
    assert worth(signed_by="样例检", rule="LG01", people=head_alone) is Signature.UNKNOWN


def test_who_headed_quality_before_and_is_general_manager_now_may_sign_for_its_faults():
    before = {"name": "样例质", "department": "质量部", "roles": ("质量部负责人",), "valid_to": "2026-04-30"}
    now = {"name": "样例质", "department": "总经办", "roles": ("总经理",), "valid_from": "2026-05-01"}
    assert worth(rule="LG01", people=(before, now)) is Signature.SOUND


@pytest.mark.parametrize(
    ("signer", "until", "found"),
    [
        ("样例检", "2026-05-01", Signature.SOUND),
        ("样例网", "2026-05-01", Signature.SOUND),
        ("样例网", "2026-04-30", Signature.UNFIT),
        ("样例乙", "2026-05-01", Signature.UNFIT),
    ],
)
def test_each_deputy_of_that_day_may_sign(signer, until, found):
    """Only the first of several could, who may be away himself."""
    away = {"deputy": "样例检、样例网", "deputy_from": "2026-04-20", "deputy_to": until}
    staff = tuple({**one, **(away if one["name"] == "样例质" else {})} for one in PEOPLE)
    assert worth(people=staff, signed_by=signer) is found
