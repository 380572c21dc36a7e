import re
from pathlib import Path

import pytest

from capa_xl.errors import UsageError
from capa_xl.policy.rules.catalogue import CATALOGUE, rules_by_code
from capa_xl.policy.rules.rule import fill
from capa_xl.reports.rules_text import rules_lines
from tests.pages.rules_page import FAMILIES, rules_markdown

PLACE, LONG = re.compile(r"\{(\w+)\}"), "现场检查发现的情况与要求不一致。" * 150
HERE = Path(__file__).parent
FAMILIES_IN_ORDER = tuple(FAMILIES)


def test_ids_are_unique_and_stand_in_the_order_of_the_rule_table():
    ids = [rule.id for rule in CATALOGUE]
    assert len(ids) == len(set(ids)) == 172
    assert ids == sorted(ids, key=lambda rule: (FAMILIES_IN_ORDER.index(rule[:2]), rule))


def test_every_rule_is_exercised_by_a_test_of_this_folder():
    tests = [*HERE.glob("test_*.py"), HERE.parent / "test_check.py"]
    texts = "".join(path.read_text(encoding="utf-8") for path in tests)
    exercised = set(re.findall(r'struck\(\s*"([A-Z]{2}\d\d)"', texts)) | set(
        re.findall(r'^    "([A-Z]{2}\d\d)": \{', texts, re.MULTILINE)
    )
    assert {rule.id for rule in CATALOGUE} - exercised == set()


def test_every_need_names_something_that_exists():
    assert all(rule.needs_words for rule in CATALOGUE if rule.needs)


def test_what_cannot_be_excused_is_what_the_workbook_says():
    never = {rule.id for rule in CATALOGUE if not rule.excusable}
    assert never == {r.id for r in CATALOGUE if r.id[:2] == "WB"} | {f"FD0{n}" for n in range(1, 6)} | {
        "PL01",
        "PL02",
        "AP05",
        "FD19",
    }


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_a_rule_says_what_is_wrong_and_what_to_do_however_long_the_values_are(rule):
    for template in (rule.message, rule.fix):
        facts = dict.fromkeys(PLACE.findall(template), LONG)
        said = fill(template, {**facts, "a": "别名"} if "a" in facts else facts)
        own = [piece for piece in re.split(r"\{\w+\}|[⟦⟧]", template) if piece]
        assert all(piece in said for piece in own) and len(said) <= 600
        assert not own or said.find(own[0]) <= 130


def test_several_values_are_told_up_to_twice_the_length_of_one():
    names = "、".join(f"样例员工{at:02}" for at in range(25))
    assert fill("{v}不在名单", {"v": "样" * 60}) == "样" * 60 + "不在名单"
    assert fill("{v}不在名单", {"v": "样" * 61}) == "样" * 19 + "…" + "样" * 40 + "不在名单"
    shown = fill("{v}不在名单", {"v": names})
    assert shown.startswith("样例员工00、样例员工01、") and shown.endswith("样例员工24不在名单") and len(shown) == 124


def test_the_rule_page_is_current():
    page = Path(__file__).parents[3] / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == rules_markdown(CATALOGUE)


def test_the_rule_list_has_a_line_for_every_rule():
    lines = rules_lines(CATALOGUE)
    assert len(lines) == len(CATALOGUE)
    assert not any(set("{}⟦⟧") & set(line) for line in lines)


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_a_cure_of_the_catalogue_is_whole_and_has_no_hole(rule):
    """A page tells it to people who have no hit before them, whose facts would fill the places."""
    cure = rule.general_fix
    assert len(cure) > 2 and cure[0] not in "，；：" and cure[-1] not in "，；：… "
    assert not re.search(r"…|，，|；；|，；|；，|「」|“”|《》|空着的$|(?<![a-z]) $", cure), cure
    assert set(rule.in_general) <= set(PLACE.findall(rule.fix))


def test_a_fix_of_alternatives_only_shows_them_side_by_side_and_another_without_its_optional_parts():
    rule = next(rule for rule in CATALOGUE if rule.id == "AP06")
    assert rule.general_fix == (
        "先由应批准人批准；批准以后在《例外说明》写明经过，由应批准人签字；"
        "在开始以后才批准，先后已成事实：在《例外说明》写明经过，由应批准人签字"
    )
    rule = next(rule for rule in CATALOGUE if rule.id == "EF07")
    assert rule.general_fix == "重新评价效果"


def test_why_something_is_wrong_is_told_whole():
    why = "改进前 42 件中 3 件不合格（7.1%），改进后 42 件中 0 件（0.0%）；数据尚不足以判断（单侧检验，p=0.12）"
    assert fill("观察数据不足以证明有效：{why}", {"why": why}) == f"观察数据不足以证明有效：{why}"


def test_rules_are_found_by_the_codes_that_somebody_has_in_hand_each_once():
    assert [rule.id for rule in rules_by_code(("FD01", "ap03", "AP03"))] == ["FD01", "AP03"]
    assert [rule.id for rule in rules_by_code(("cx", "CX01"))] == ["CX01", "CX02", "CX03", "CX04"]


def test_a_code_of_no_rule_is_named():
    with pytest.raises(UsageError, match="没有规则「AP99」「X」"):
        rules_by_code(("AP03", "x", "ap99"))
