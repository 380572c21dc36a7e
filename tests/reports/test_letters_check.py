import pytest
from msgspec.structs import replace

from capa_xl.reports.letters_check import letter_faults
from tests.reports.test_letters import TEMPLATES


def test_our_own_templates_have_no_fault():
    assert letter_faults(TEMPLATES) == ()


@pytest.mark.parametrize(("part", "template", "fault"), [
    ("subject", "{{ letter.headlin }}", "subject.txt.j2 第 1 行没有这个变量：letter.headlin"),
    ("text", "\n{% for list in letter.weekly %}{{ list.headin }}{% endfor %}", "第 2 行没有这个变量：list.headin"),
    ("html", "{% for section in letter.sections %}", "letter.html.j2 第 1 行写法有误"),
    ("html", "{% if not letter.company %}{{ nobody }}{% endif %}", "没有这个变量：nobody"),
])  # fmt: skip
def test_a_fault_names_file_line_and_variable_even_in_a_rare_branch(part, template, fault):
    (found,) = letter_faults(replace(TEMPLATES, **{part: template}))
    assert fault in found and "→" in found
