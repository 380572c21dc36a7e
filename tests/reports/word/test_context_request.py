"""The words of 纠正预防措施要求单."""

from datetime import date

from msgspec.structs import replace

from capa_xl.model import paper_kinds
from capa_xl.model.paper_facts import PastRefusal
from capa_xl.reports.word.context_request import MOST_OF_A_HALF, request_context
from capa_xl.reports.word.examples import example_request
from capa_xl.reports.word.paper_catalogue import paper_blob
from capa_xl.reports.word.table_words import in_form
from tests.reports.word.papers import engine, words

REQUEST = example_request()


def of(**changes):
    return request_context(replace(REQUEST, action=replace(REQUEST.action, **changes)))


def test_the_requirement_and_the_search_for_the_like_stand_in_their_blocks():
    told = of(breached_requirement="合同 3.2", impact="三个系统。", like_problems="查了备份：无。")
    assert told["raised"]["requirement"] == "合同 3.2"
    assert told["cause"]["impact"] == "三个系统；同类排查：查了备份：无。"
    assert of(impact=None, like_problems="无")["cause"]["impact"] == "同类排查：无"
    assert of(impact=None, like_problems=None)["cause"]["impact"] == ""


def test_a_recorded_approval_says_what_it_rests_on_and_a_missing_one_leaves_room():
    assert of(approval_evidence="OA-1")["approval"]["evidence"] == "（批准凭证：OA-1）"
    assert of(approval_evidence=None)["approval"]["evidence"] == "（批准依据：台账记载）"
    assert of(approval=None, approval_evidence=None)["approval"]["evidence"] == ""


def test_a_refusal_before_the_verdict_stands_in_the_room_for_opinions():
    past = PastRefusal("样例副", date(2026, 2, 3), date(2026, 2, 10))
    refused = replace(REQUEST, past_refusals=(past,))
    assert "意见\n此前不同意：2026-02-03 样例副" in words(paper_blob(engine("request"), paper_kinds.REQUEST, refused))
    assert of()["approval"]["past_refusals"] == ""


def test_the_evidence_of_a_refusal_says_so_beside_the_verdict():
    action = replace(REQUEST.action, approval_evidence="OA-1")
    told = request_context(replace(REQUEST, action=action, evidence_refused_on=date(2026, 2, 3)))["approval"]
    assert told["evidence"] == "（批准凭证：OA-1，是2026年2月3日不同意那次的，再次审批没有改写）"


def test_what_is_too_long_for_half_the_width_has_a_row_of_its_own():
    assert [of(resources="资" * most)["plan"]["is_long"] for most in (MOST_OF_A_HALF, MOST_OF_A_HALF + 1)] == [
        False,
        True,
    ]
    assert of(communication="通" * 200)["plan"]["is_long"] and not of(resources=None)["plan"]["is_long"]


def test_a_text_of_thousands_of_characters_sends_its_reader_to_the_table():
    found = in_form({"a": {"long": "长" * 2000, "short": "短" * 400}, "rows": [{"b": "长。" * 300}]})
    assert found["a"] == {"long": "长" * 400 + "…（全文见跟踪表）", "short": "短" * 400}
    assert found["rows"] == [{"b": ("长。" * 200).rstrip("。") + "…（全文见跟踪表）"}]


def test_steps_of_thousands_of_characters_leave_the_form_a_form():
    long = replace(REQUEST.steps[0], content="长" * 2000, owners=tuple(f"样例员工{at:02}" for at in range(25)))
    _, step = request_context(replace(REQUEST, steps=(long,)))["measures"]
    assert step["content"] == "长" * 200 + "…（全文见《措施分解》）"
    assert step["owners"] == "样例员工00 等 25 人"


def test_above_its_steps_stands_the_measure_that_is_signed_with_its_deadline():
    action = replace(REQUEST.action, measure="租用第二条光缆", scheme="双上联", due_on=date(2027, 1, 29))
    whole, *steps = request_context(replace(REQUEST, action=action))["measures"]
    assert (whole["index"], whole["content"]) == ("整项", "租用第二条光缆")
    assert whole["due_on"] == date(2027, 1, 29)
    assert [step["index"] for step in steps] == list(range(1, len(REQUEST.steps) + 1))
    first, *_ = request_context(replace(REQUEST, action=replace(action, measure=None, scheme=None)))["measures"]
    assert (first["index"], first["content"], first["due_on"]) == ("整项", None, date(2027, 1, 29))
    first, *_ = request_context(replace(REQUEST, action=replace(action, measure=None, due_on=None)))["measures"]
    assert first["index"] == 1


def test_a_deadline_that_stands_without_a_measure_leaves_room_for_it():
    def lines(**changes):
        action = replace(REQUEST.action, measure=None, scheme=None, due_on=None, **changes)
        return request_context(replace(REQUEST, steps=(), action=action))["measures"]

    assert [line["due_on"] for line in lines()] == [None] * 3
    action = replace(REQUEST.action, measure=None, scheme="逐页二校", due_on=date(2027, 2, 26))
    first, *others = request_context(replace(REQUEST, steps=(), action=action))["measures"]
    assert (first["content"], first["due_on"]) == ("实施方案：逐页二校", date(2027, 2, 26))
    assert [line["content"] for line in others] == [None, None]


def test_how_a_measure_is_done_stands_with_it_where_there_are_no_steps():
    def content(**changes):
        (row,) = request_context(replace(REQUEST, steps=(), action=replace(REQUEST.action, **changes)))["measures"]
        return row["content"]

    assert content(measure="加二校", scheme="逐页二校 1,240 页") == "加二校\n实施方案：逐页二校 1,240 页"
    assert content(measure="加二校", scheme=None) == "加二校"
    lines = content(measure="长" * 2000, scheme="细" * 2000).split("\n")
    assert [line.endswith("…（全文见跟踪表）") and len(line) < 220 for line in lines] == [True, True]


def test_an_outside_doer_stands_beside_the_owner_who_stays_accountable():
    def doers(**changes):
        return request_context(replace(REQUEST, steps=(), action=replace(REQUEST.action, **changes)))["measures"]

    assert (
        doers(owners=("样例甲", "样例乙"), external_party="供方甲")[0]["owners"] == "样例甲、样例乙（外部单位：供方甲）"
    )
    assert doers(owners=("样例甲",), external_party=None)[0]["owners"] == "样例甲"


def test_departments_further_down_are_short_and_no_two_alike():
    names = tuple(f"样例运维服务与数据中心基础设施保障部第{at}分部北京机房值班组" for at in (12, 13))
    action = replace(REQUEST.action, involved_departments=names, communication=None)
    context = request_context(replace(REQUEST, action=action, inspecting_department=names[0]))
    first, second = context["plan"]["communication"].split("、")
    assert "12" in first and "13" in second and len(first) <= 15
    assert context["inspection"]["who"].startswith(f"{first} / ")


def test_who_receives_it_and_until_when_is_left_to_the_pen_where_nobody_said_so():
    need = replace(example_request().need, receiving_department=None, receiver=None, reply_due_on=None)
    bare = replace(example_request(), need=need, action=None, derived=None)
    told = words(paper_blob(engine("request"), paper_kinds.REQUEST, bare))
    assert "接收部门/人\n\n来源" in told and "回复期限\n\n问题描述" in told
