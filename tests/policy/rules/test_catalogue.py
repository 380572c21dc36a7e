import re
from pathlib import Path

from capa_xl.policy.rules.catalogue import CATALOGUE
from capa_xl.reports.rules_text import rules_lines
from tests.pages.rules_page import FAMILIES, rules_markdown

HERE = Path(__file__).parent
FAMILIES_IN_ORDER = tuple(FAMILIES)


def test_ids_are_unique_and_stand_in_the_order_of_the_rule_table():
    ids = [rule.id for rule in CATALOGUE]
    assert len(ids) == len(set(ids)) == 145
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


def test_the_rule_page_is_current():
    page = Path(__file__).parents[3] / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == rules_markdown(CATALOGUE)


def test_the_rule_list_has_a_line_for_every_rule():
    lines = rules_lines(CATALOGUE)
    assert len(lines) == len(CATALOGUE)
    assert not any(set("{}⟦⟧") & set(line) for line in lines)
