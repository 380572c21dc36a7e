from __future__ import annotations

import io
import math
from datetime import date, datetime

import docx
import pytest
from lxml import etree

from capa_xl.errors import BadTemplate
from capa_xl.model.charts import Chart, Series
from capa_xl.reports.word.engine import Engine
from capa_xl.reports.word.paper_catalogue import CONTENTS
from capa_xl.reports.word.printable import BLANK, printable
from tests.parts import swapped
from tests.reports.word.papers import PAPERS, PROPERTIES, engine, every_leaf, members, words
from tests.reports.word.small import small_template

NASTY = {
    "markup": ("<&> \"'", "<&> \"'"),
    "cdata end": ("甲]]>乙", "甲]]>乙"),
    "lone surrogate": ("甲\ud83d乙", "甲\ufffd乙"),
    "control characters": ("甲\x00\x07\x1b乙", "甲乙"),
    "escaped return": ("甲_x000D_乙", "甲\n乙"),
    "long": ("长" * 5000, "长" * 5000),
    "emoji": ("甲😀乙", "甲😀乙"),
    "rare GB18030": ("甲\U0002b740\U000200a4乙", "甲\U0002b740\U000200a4乙"),
    "jinja": ("{{ 7*7 }}{% raw %}", "{{ 7*7 }}{% raw %}"),
    "backslash and entity": (r"\n\g<0> &amp; &#49;", r"\n\g<0> &amp; &#49;"),
    "no character": ("甲\uffff乙", "甲\ufffd乙"),
}


@pytest.fixture(scope="module")
def everything() -> Engine:
    return engine()


def made_nasty(leaf: object, nasty: str) -> object:
    if isinstance(leaf, tuple):
        return (nasty,)
    return nasty if isinstance(leaf, str) and leaf else leaf


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", NASTY)
def test_no_nasty_value_in_any_field_is_lost_executed_or_breaks_the_paper(everything, paper, kind):
    nasty, printed = NASTY[kind]
    context = every_leaf(CONTENTS[paper].example_context(), lambda leaf: made_nasty(leaf, nasty))
    blob = everything.render(paper, context, PROPERTIES)
    docx.Document(io.BytesIO(blob))
    text = words(blob)
    assert printed in text
    assert "None" not in text
    if kind == "jinja":
        assert "49" not in text
        assert text.count("{{") == text.count("{{ 7*7 }}")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("nothing", [None, math.nan, "", "  ", ()], ids=["None", "nan", "empty", "blanks", "tuple"])
def test_nothing_prints_as_a_dash_and_never_as_none_or_nan(everything, paper, nothing):
    text = words(everything.render(paper, every_leaf(CONTENTS[paper].example_context(), lambda _: nothing), PROPERTIES))
    assert BLANK in text
    assert "None" not in text and "nan" not in text and "NaT" not in text


ALWAYS_FILLED = frozenset({"reports", "people", "approvals", "versions", "changes", "kpis", "flow", "rows", "measures"})


def emptied(context: object, key: str = "") -> object:
    if isinstance(context, dict):
        return {name: emptied(value, name) for name, value in context.items()}
    if isinstance(context, list):
        return [emptied(value) for value in context] if key in ALWAYS_FILLED else []
    return context


@pytest.mark.parametrize("paper", ["report", "plan", "request", "revision"])
def test_empty_lists_leave_no_table_without_rows(everything, paper):
    blob = everything.render(paper, emptied(CONTENTS[paper].example_context()), PROPERTIES)
    tree = etree.fromstring(members(blob)["word/document.xml"])
    w = f"{{{tree.nsmap['w']}}}"
    for table in tree.iter(f"{w}tbl"):
        heads = table.findall(f"{w}tr/{w}trPr/{w}tblHeader")
        assert not heads or len(table.findall(f"{w}tr")) > len(heads), "".join(table.itertext())[:80]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_facts_give_the_same_bytes_from_another_engine_too(everything, paper):
    first = everything.render(paper, CONTENTS[paper].example_context(), PROPERTIES)
    assert engine(paper).render(paper, CONTENTS[paper].example_context(), PROPERTIES) == first


@pytest.mark.parametrize("paper", PAPERS)
def test_every_part_is_well_formed_and_no_tag_is_left(everything, paper):
    blob = everything.render(paper, CONTENTS[paper].example_context(), PROPERTIES)
    for name, content in members(blob).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
    text = words(blob)
    assert "{{" not in text and "{%" not in text


def test_parts_without_tags_are_the_templates_own_bytes(everything):
    from tests.reports.word.papers import template

    ours, theirs = (
        members(everything.render("request", CONTENTS["request"].example_context(), PROPERTIES)),
        members(template("request")),
    )
    changed = {name for name in theirs if ours[name] != theirs[name]}
    assert changed == {"word/document.xml", "word/header1.xml", "word/footer1.xml", "docProps/core.xml"}


def test_members_are_sorted_and_dated_1980():
    import zipfile

    blob = engine("revision").render("revision", CONTENTS["revision"].example_context(), PROPERTIES)
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_template_is_compiled_once_in_a_process_and_a_changed_one_anew():
    small = small_template("甲：{{ text }}")
    first, again, changed = (
        Engine.of({"x": ("x.docx", blob)}).templates["x"]
        for blob in (small, bytes(bytearray(small)), small_template("乙：{{ text }}"))
    )
    assert first is again
    assert changed is not first


def test_a_lone_line_break_becomes_a_word_line_break():
    made = Engine.of({"x": ("x.docx", small_template("甲：{{ text }}"))})
    xml = members(made.render("x", {"text": "一\r\n二\t三"}, PROPERTIES))["word/document.xml"].decode()
    assert '一</w:t><w:br/><w:t xml:space="preserve">二</w:t><w:tab/><w:t xml:space="preserve">三' in xml


def test_dates_flags_and_numbers_print_as_people_write_them():
    made = Engine.of(
        {"x": ("x.docx", small_template("{{ d }}|{{ d.iso }}|{{ yes }}|{{ no }}|{{ n }}|{{ many }}|{{ t }}"))}
    )
    context = {
        "d": date(2026, 3, 5),
        "yes": True,
        "no": False,
        "n": 3.0,
        "many": ("甲", "乙"),
        "t": datetime(2026, 1, 2, 8),
    }
    assert words(made.render("x", context, PROPERTIES)).strip() == "2026年3月5日|2026-03-05|是|否|3|甲、乙|2026年1月2日"


def test_blank_and_no_count_as_false_in_conditions():
    made = Engine.of(
        {"x": ("x.docx", small_template("{% if a %}甲{% endif %}{% if b %}乙{% endif %}{% if c %}丙{% endif %}"))}
    )
    assert words(made.render("x", {"a": None, "b": False, "c": "有"}, PROPERTIES)).strip() == "丙"


def test_text_that_pieces_together_never_holds_none():
    made = Engine.of({"x": ("x.docx", small_template("{{ '（' ~ a ~ '）' }}"))})
    assert words(made.render("x", {"a": None}, PROPERTIES)).strip() == "（—）"


def test_an_unknown_variable_names_file_paragraph_and_variable():
    made = Engine.of({"x": ("改进报告.docx", small_template("标题", "空", "责任人：{{ action.owenr }}"))})
    with pytest.raises(BadTemplate) as refused:
        made.render("x", {"action": {"owner": "甲"}}, PROPERTIES)
    assert str(refused.value).startswith(
        "改进报告.docx 第 3 段「责任人：{{ action.owenr }}」没有这个变量：action.owenr"
    )


@pytest.mark.parametrize(
    "use",
    [
        "{{ x|round }}",
        "{{ x|int }}",
        "{{ x|float }}",
        "{{ '%s'|format(x) }}",
        "{% if x %}{% endif %}",
        "{% for a in x %}{% endfor %}",
    ],
)
def test_an_unknown_variable_is_refused_however_it_is_used(use):
    made = Engine.of({"x": ("x.docx", small_template(use))})
    with pytest.raises(BadTemplate, match="没有这个变量"):
        made.render("x", {}, PROPERTIES)


@pytest.mark.parametrize(
    "attack", ["{{ a.__class__ }}", "{{ ''.__class__.__mro__ }}", "{{ rows.append(1) }}", "{{ a.clear() }}"]
)
def test_a_template_can_neither_reach_python_nor_change_a_value(attack):
    made = Engine.of({"x": ("x.docx", small_template(attack))})
    with pytest.raises(BadTemplate):
        made.render("x", {"a": {"b": 1}, "rows": ["甲"]}, PROPERTIES)


def test_a_template_can_switch_no_escaping_off():
    with pytest.raises(BadTemplate, match="没有这个过滤器：safe"):
        Engine.of({"x": ("x.docx", small_template("{{ a|safe }}"))})
    made = Engine.of({"x": ("x.docx", small_template("{% autoescape false %}{{ a }}{% endautoescape %}"))})
    assert words(made.render("x", {"a": "</w:t>"}, PROPERTIES)).strip() == "</w:t>"


def test_a_broken_tag_is_refused_when_the_template_is_compiled():
    with pytest.raises(BadTemplate, match=r"x.docx 第 2 段「{% endfr %}」没有这个标签：endfr"):
        Engine.of({"x": ("x.docx", small_template("甲", "{% endfr %}"))})


def test_a_file_that_is_no_docx_is_refused_in_chinese():
    with pytest.raises(BadTemplate, match="不是 Word 文档"):
        Engine.of({"x": ("x.docx", b"no zip")})


def test_a_float_keeps_its_decimals_and_a_markup_string_is_escaped_once():
    assert printable(12.6) == 12.6
    made = Engine.of({"x": ("x.docx", small_template("{{ a }}{{ a.lines[0] }}"))})
    assert words(made.render("x", {"a": "<b>&"}, PROPERTIES)).strip() == "<b>&<b>&"


@pytest.mark.parametrize(("kind", "refused"), [("image", True), ("attachedTemplate", True), ("hyperlink", False)])
def test_a_template_that_would_fetch_something_from_elsewhere_is_refused(kind, refused):
    relation = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        'Target="http://elsewhere.example/x" TargetMode="External"/></Relationships>'
    )
    blob = swapped(small_template("{{ a }}"), "</Relationships>", relation, "word/_rels/document.xml.rels")
    if refused:
        with pytest.raises(BadTemplate, match=r"引用了外部文件「http://elsewhere.example/x」"):
            Engine.of({"x": ("x.docx", blob)})
    else:
        Engine.of({"x": ("x.docx", blob)})


def test_an_endless_template_ends_with_a_sentence_that_names_its_paragraph():
    loops = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    made = Engine.of({"x": ("x.docx", small_template("甲", loops))})
    with pytest.raises(BadTemplate, match=r"x.docx 第 2 段.*已停下"):
        made.render("x", {"a": 1}, PROPERTIES)


def test_the_days_in_a_charts_title_stand_in_an_attribute_and_stay_as_they_are():
    made = Engine.of({"x": ("x.docx", small_template("{{ chart }}"))})
    chart = Chart("超时率（2026-05 至 2026-08）", ("甲",), (Series("超时率", (1.0,)),))
    assert (
        'descr="超时率（2026-05 至 2026-08）"'
        in members(made.render("x", {"chart": chart}, PROPERTIES))["word/document.xml"].decode()
    )
