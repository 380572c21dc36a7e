"""部分有效 accepted by a signed exception leads on to revision and archive (B7); people are those of `registers`."""

import pytest

from capa_xl.policy.check import check
from tests.policy.registers import closed, view

PARTLY = {"effect": "部分有效", "archived_on": None, "report_number": None, "archive_location": None}
DAY = "2026-06-30"


def partly(**values):
    return closed(**{**PARTLY, **values})


def excuse(**values):
    return {
        "number": "GJ-2026-001",
        "rule": "EF05",
        "note": "再投入不值得",
        "signed_by": "样例质",
        "on": "2026-05-20",
        **values,
    }


def standing(*excuses, on=DAY, **values):
    seen = view(partly(**values), on=on, excuses=excuses)
    derived = seen.derived["GJ-2026-001"]
    return derived.status, [p.severity.value for p in check(seen).problems if p.rule == "EF05"]


def test_without_an_exception_it_waits_for_a_follow_up():
    assert standing() == ("措施无效", ["error"])


def test_an_accepted_one_goes_on_to_revision_and_archive():
    assert standing(excuse()) == ("待归档", ["info"])
    assert standing(excuse(), needs_revision=None) == ("待文件修订", ["info"])
    assert standing(excuse(), archived_on="2026-06-01", report_number="BG-1", archive_location="柜一") == (
        "已关闭", ["info"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"on": "2026-06-29"}, "待归档"), ({"on": "2026-06-30"}, "待归档"), ({"on": "2026-07-01"}, "措施无效"),
        ({"signed_by": None}, "措施无效"), ({"signed_by": "样例网"}, "措施无效"), ({"signed_by": "样例工"}, "措施无效"),
        ({"signed_by": "样例总"}, "待归档"), ({"rule": "EF06"}, "措施无效"), ({"rule": "EF06、EF05"}, "待归档"),
        ({"number": "GJ-2026-002"}, "措施无效"), ({"number": "GJ-2026-002、GJ-2026-001"}, "待归档"),
    ],
)  # fmt: skip
def test_it_counts_as_any_exception_does(values, status):
    assert standing(excuse(**values))[0] == status


def test_an_ineffective_measure_is_never_accepted_and_a_follow_up_goes_before():
    assert standing(excuse(), effect="无效")[0] == "措施无效"
    seen = view(partly(follow_ups=("GJ-2",)), closed(number="GJ-2"), on=DAY, excuses=(excuse(),))
    assert seen.derived["GJ-2026-001"].status == "已转后续"


def test_it_never_counts_as_effective():
    derived = view(partly(), on=DAY, excuses=(excuse(),)).derived["GJ-2026-001"]
    assert (derived.conclusion.effect, derived.conclusion.is_effective) == ("部分有效", False)


@pytest.mark.parametrize(
    ("signed", "due_on", "overdue"),
    [
        (("2026-06-16",), "2026-07-01", ()),
        (("2026-06-12",), "2026-06-29", ("Y8",)),
        (("2026-06-12", "2026-06-16"), "2026-06-29", ("Y8",)),
        (("2026-06-30", "2026-06-16"), "2026-07-01", ()),
    ],
)
def test_the_report_is_due_ten_working_days_after_the_first_acceptance(signed, due_on, overdue):
    """Confirmed on 7 April and signed later: 16 June and ten working days, 19 to 21 June being a holiday."""
    derived = view(partly(), on=DAY, excuses=tuple(excuse(on=one) for one in signed)).derived["GJ-2026-001"]
    assert (str(derived.report_due_on), derived.overdue) == (due_on, overdue)


def test_the_hint_offers_the_way_to_a_part_and_never_to_a_failure():
    anew = "新建后续措施，填写：后续编号（在“确认”组中展开）"
    offered = "；可接受的，由质量部负责人在《例外说明》写 EF05、说明、确认人、日期"
    assert view(partly(), on=DAY, excuses=()).derived["GJ-2026-001"].next_step == anew + offered
    assert view(partly(), on=DAY).derived["GJ-2026-001"].next_step == anew
    assert view(partly(effect="无效"), on=DAY).derived["GJ-2026-001"].next_step == anew
