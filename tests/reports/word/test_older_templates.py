"""A template that was made before a field: nothing of it is lost, and what it prints otherwise is said."""

from msgspec.structs import replace

from capa_xl.model.paper_kinds import PLAN
from capa_xl.reports.word.engine import Engine
from capa_xl.reports.word.examples_plan import example_plan
from capa_xl.reports.word.paper_catalogue import CONTENTS, older_template, paper_blob
from capa_xl.reports.word.templates_check import lacking_fields
from tests.reports.word.papers import PAPERS, TEMPLATE_FILES, template, words
from tests.reports.word.small import small_template

KINDS = ("corrective", "preventive")


def plan_template(*kinds: str) -> bytes:
    listed = (
        line
        for kind in kinds
        for line in (f"{{%p for i in {kind} %}}", "{{ i.index }} {{ i.number }}", "{%p endfor %}")
    )
    return small_template(*listed)


def printed(*kinds: str) -> list[str]:
    engine = Engine.of({"plan": ("旧计划.docx", plan_template(*kinds))})
    return words(paper_blob(engine, PLAN, example_plan())).split()


def test_items_of_unknown_type_stand_at_the_end_of_prevention_where_a_template_has_no_list_of_them():
    numbered = printed(*KINDS, "unclassified")
    assert numbered[-2:] == ["3", "GJ-2026-042"]
    assert printed(*KINDS) == numbered


def test_a_template_that_lacks_newer_fields_is_told_with_what_it_prints_instead():
    old = plan_template(*KINDS)
    told = lacking_fields("plan", "旧计划.docx", old)
    assert told.startswith("「旧计划.docx」是从前的模板，没有字段 unclassified、no_kind、schemes、no_majors：")
    assert "印在“4.2 预防方面”的末尾" in told and "templates copy" in told
    assert told == older_template(Engine.of({"plan": ("旧计划.docx", old)}), PLAN)
    mentioned = small_template("unclassified no_kind no_majors")
    assert "unclassified" in lacking_fields("plan", "甲.docx", mentioned), "words of a text are no tags"


def test_our_own_templates_name_every_newer_field():
    assert [lacking_fields(paper, TEMPLATE_FILES[paper], template(paper)) for paper in PAPERS] == [""] * len(PAPERS)
    for content in CONTENTS.values():
        context = content.example_context()
        assert all(name in context and (not one.among or one.among in context) for name, one in content.newer.items())


def test_a_list_that_is_empty_changes_nothing():
    facts = replace(example_plan(), unclassified=())
    engine = Engine.of({"plan": ("旧计划.docx", plan_template(*KINDS))})
    assert words(paper_blob(engine, PLAN, facts)).split() == printed(*KINDS)[:-2]
