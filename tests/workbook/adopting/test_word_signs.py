"""Words that nobody knows: proposed only with a ground, and never as done where they deny it."""

from __future__ import annotations

import pytest

from capa_xl.model.stated_status import family_of
from capa_xl.workbook.adopting.word_signs import likely_conclusion, likely_family, likely_severity

DENYING = (
    "未改",
    "未到货",
    "尚未完成",
    "没有整改",
    "不合格",
    "已采购，未到货",
    "完成90%",
    "部分改",
    "not yet",
    "unresolved",
)


@pytest.mark.parametrize("word", DENYING)
def test_a_word_that_denies_is_open(word):
    assert likely_family(word) == "进行中"


@pytest.mark.parametrize("word", ["不予采纳", "不采纳", "不再需要", "不涉及", "误报", "不成立", "不属实", "Won't Do"])
def test_a_word_that_gives_the_work_up_is_cancelled(word):
    assert likely_family(word) == "已取消"


@pytest.mark.parametrize("word", ["落实", "按期完成", "超期完成", "延期完成", "已改", "已处治", "已于10月3日完成"])
def test_a_word_that_says_done_and_nothing_else_is_done(word):
    assert likely_family(word) == "已完成"


@pytest.mark.parametrize("word", ["延期办理", "延期整改", "已延期"])
def test_work_that_was_put_off_is_open(word):
    assert likely_family(word) == "进行中"


@pytest.mark.parametrize("word", ["待核", "复测中", "已改待复查", "ready for test"])
def test_a_word_that_waits_for_a_check_is_to_be_verified(word):
    assert likely_family(word) == "待验证"


@pytest.mark.parametrize("word", ["Evidence under review", "证据审核中", "Evidence submitted for review"])
def test_evidence_that_somebody_looks_at_is_of_work_that_was_done(word):
    assert likely_family(word) == "待验证"


@pytest.mark.parametrize(
    "word", ["不予整改", "不整改", "不修复", "不办了", "不办", "不搞了", "不干了", "不推进", "不继续整改",
             "Will not be rectified", "No further action", "Awaiting QA Approval",
             "Pending approval", "Closed - Not Effective", "已关闭（未见效）"]
)  # fmt: skip
def test_a_refusal_or_the_word_that_somebody_else_has_to_say_is_no_state_of_the_work(word):
    assert likely_family(word) is None


@pytest.mark.parametrize("word", ["Under repair", "Until delivery", "Union to answer"])
def test_a_word_that_begins_as_a_denial_does_is_none(word):
    assert likely_family(word) is None


@pytest.mark.parametrize(
    "word", ["已拆除", "已下线", "报废", "在用", "D5", "OK", "关", "基本完成", "转下年", "接受风险"]
)
def test_a_word_without_a_ground_has_no_proposal(word):
    assert likely_family(word) is None


def test_a_conclusion_that_denies_waits_or_says_partly():
    said = {word: likely_conclusion("inspection", word) for word in ("未改", "部分改", "反复", "待复查", "基本合格")}
    assert said == {"未改": "不合格", "部分改": "不合格", "反复": "不合格", "待复查": "", "基本合格": None}
    assert likely_conclusion("effect", "部分达到") == "部分有效"
    assert likely_conclusion("severity", "未改") is None


def test_heights_are_severities_and_classes_are_not():
    said = {word: likely_severity(word) for word in ("高危", "中危", "低危", "Highest", "3类", "A")}
    assert said == {"高危": "重大", "中危": "一般", "低危": "一般", "Highest": "重大", "3类": None, "A": None}


@pytest.mark.parametrize("word", ["未复查", "没检查", "尚未验证", "未查", "not verified"])
def test_what_nobody_looked_at_yet_has_no_conclusion(word):
    assert likely_conclusion("inspection", word) == ""


@pytest.mark.parametrize("word", ["未通过", "未整改", "没有效果"])
def test_what_did_not_come_true_is_denied(word):
    assert likely_conclusion("inspection", word) == "不合格"


@pytest.mark.parametrize("word", ["观察中", "试运行中", "效果观察中", "试用"])
def test_what_may_follow_the_work_is_asked_without_a_proposal(word):
    assert likely_family(word) is None
    assert family_of(word, {}) is None
    assert family_of("修复中", {}) == "进行中"


@pytest.mark.parametrize("word", ["待效果评估", "待效果评价", "待评估"])
def test_what_waits_for_an_evaluation_is_to_verify(word):
    assert likely_family(word) == "待验证"
