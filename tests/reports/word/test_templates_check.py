from __future__ import annotations

import io

import docx
import pytest

from capa_xl.errors import BadTemplate
from capa_xl.reports.word.engine import Engine
from capa_xl.reports.word.templates_check import check_template
from tests.reports.word.papers import template
from tests.reports.word.small import small_table, small_template


def faults(*paragraphs: str) -> list[str]:
    return [str(fault) for fault in check_template("report", "报告.docx", small_template(*paragraphs))]


CLEAN = ("{%p for r in reports %}", "{{ r.action.owners }} {{ r.action.due_on.iso }}", "{%p endfor %}")


def test_a_clean_template_has_no_fault():
    assert faults(*CLEAN, "{% for line in reports[0].action.cause.lines %}{{ line }}{{ loop.index }}{% endfor %}") == []


PLANTED = {
    "loop variable outside its loop": (("责任人：{{ r.action.owenr }}",), 1, "没有这个变量：r"),
    "name behind a dot": (("{{ head.compny }}",), 1, "没有这个变量：head.compny"),
    "Chinese name": (("空", "{{ 公司 }}"), 2, "没有这个变量：公司"),
    "branch never taken": (("{%p if false %}", "{{ head.typo }}", "{%p endif %}"), 2, "没有这个变量：head.typo"),
    "inside a loop": (
        ("{%p for x in reports %}", "{{ x.steps[0].onwer }}", "{%p endfor %}"), 2, "没有这个变量：x.steps[…].onwer"
    ),
    "list": (("{%p for x in repotrs %}", "甲", "{%p endfor %}"), 1, "没有这个变量：repotrs"),
    "loop counter": (("{%p for x in reports %}", "{{ loop.indx }}", "{%p endfor %}"), 2, "没有这个变量：loop.indx"),
    "full-width braces": (("｛｛ head.company ｝｝",), 1, "花括号或百分号是全角的（｛｛） → 请改成半角"),
    "full-width percent": (("{％ if x ％}",), 1, "花括号或百分号是全角的（{％） → 请改成半角"),
    "brace not closed": (("{{ head.company",), 1, "标签没有写完整，多出或缺少 {{ → 请成对书写"),
    "braces parted": (("{ { head.company }}",), 1, "标签没有写完整，多出或缺少 { { → 请成对书写"),
    "text beside a paragraph tag": (
        ("{%p if head.draft %}草稿",), 1, "段落标签 {%p … %}、行标签 {%tr … %} 要独占一段，旁边的文字会丢失 → 请分开"
    ),
    "unknown tag": (("{% endfr %}",), 1, "没有这个标签：endfr"),
    "unknown filter": (("{{ head.company|shout }}",), 1, "没有这个过滤器：shout"),
    "percent inside a paragraph tag": (
        ("{%p if '%' in head.company %}", "甲", "{%p endif %}"), 1, "段落标签里面不能再有 % 或 } → 请改写条件"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_fault_is_found_with_file_paragraph_and_variable(kind):
    paragraphs, number, message = PLANTED[kind]
    assert f"报告.docx 第 {number} 段「{paragraphs[number - 1]}」{message}" in faults(*paragraphs)


def test_a_loop_s_variable_behind_its_endfor_is_told_its_loop():
    """The variable is spelt right: what is wrong is the place (walk 10: the last paragraph of a report)."""
    loop = ("{%p for x in reports %}", "{%p for s in x.steps %}", "{{ s.content }}", "{%p endfor %}", "{%p endfor %}")
    told = "没有这个变量：{}，它只在循环 for {} in {} 到对应的 endfor 之间才有 → 把这一段移到循环里面"
    assert faults(*loop, "存：{{ x.action.owners }}", "{{ s.content }}") == [
        f"报告.docx 第 6 段「存：{{{{ x.action.owners }}}}」{told.format('x', 'x', 'reports')}",
        f"报告.docx 第 7 段「{{{{ s.content }}}}」{told.format('s', 's', 'x.steps')}",
    ]


def test_a_loop_that_is_never_closed_is_found():
    found = faults("{%p for r in reports %}", "{{ r.number }}")
    assert len(found) == 1 and "缺少对应的 endif 或 endfor" in found[0]


def test_a_fault_in_a_table_row_names_its_paragraph():
    blob = small_table(
        ("步骤", "责任人"),
        ("{%tr for s in reports[0].steps %}", ""),
        ("{{ s.content }}", "{{ s.ownr }}"),
        ("{%tr endfor %}", ""),
    )
    found = check_template("report", "报告.docx", blob)
    assert [(fault.paragraph, fault.variable) for fault in found] == [(6, "s.ownr")]


def test_a_fault_in_the_header_says_so():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ head.nummer }}"
    blob = io.BytesIO()
    document.save(blob)
    assert [str(fault) for fault in check_template("report", "报告.docx", blob.getvalue())] == [
        "报告.docx 页眉第 1 段「{{ head.nummer }}」没有这个变量：head.nummer"
    ]


def test_a_tag_that_word_split_into_runs_is_still_read():
    document = docx.Document()
    paragraph = document.add_paragraph("{")
    for piece in ("{ head.", "compny", " }", "}"):
        paragraph.add_run(piece).bold = True
    blob = io.BytesIO()
    document.save(blob)
    assert [fault.variable for fault in check_template("report", "报告.docx", blob.getvalue())] == ["head.compny"]


def test_a_file_that_is_no_word_document_is_one_fault():
    found = check_template("report", "报告.docx", b"x")
    assert len(found) == 1 and "不是 Word 文档" in str(found[0])


def test_a_name_of_another_paper_is_unknown_here():
    assert check_template("plan", "计划.docx", template("request"))


def test_text_in_the_row_of_a_row_tag_is_found_and_nobody_prints_without_it():
    rows = (("{%tr for x in reports %}", "这句会丢"), ("{{ x.number }}", "乙"), ("{%tr endfor %}", ""))
    (fault,) = check_template("report", "报告.docx", small_table(*rows))
    assert str(fault) == "报告.docx 第 2 段「这句会丢」与行标签 {%tr … %} 在同一行，会丢失 → 请分开"
    with pytest.raises(BadTemplate, match="第 2 段「这句会丢」"):
        Engine.of({"report": ("报告.docx", small_table(*rows))})
    clean = (("{%tr for x in reports %}", ""), *rows[1:])
    assert check_template("report", "报告.docx", small_table(*clean)) == ()


@pytest.mark.parametrize(
    "paragraphs", [("{%p if head.draft %}草稿", "{%p endif %}"), ("｛｛ head.company ｝｝",), ("甲 {{ head.company",)]
)
def test_what_the_check_finds_in_the_text_no_paper_is_printed_with(paragraphs):
    (first, *_) = check_template("report", "报告.docx", small_template(*paragraphs))
    with pytest.raises(BadTemplate) as refused:
        Engine.of({"report": ("报告.docx", small_template(*paragraphs))})
    assert str(refused.value) == f"{first}"
