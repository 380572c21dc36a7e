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


@pytest.mark.parametrize(("part", "template", "fault"), [
    ("text", "信\n{ { letter.recipient }}，您好", "txt.j2 第 2 行「{ { letter.recipient }}，您好」标签没有写完整：{ {"),
    ("text", "{ letter.recipient }，您好", "第 1 行「{ letter.recipient }，您好」标签没有写完整：{ letter.recipient }"),
    ("text", "{{ letter.kind }} letter.recipient }}", "标签没有写完整：}}"),
    ("text", "{ % if letter.company %}甲{ % endif %}", "标签没有写完整：{ %"),
    ("text", "{% if letter.company\n甲", "写法有误"),
    ("subject", "{｛ letter.kind ｝}", "花括号或百分号是全角的（{｛）"),
    ("html", "<style>.a { color: red; }</style>\n<p>{ { letter.kind }}</p>", "letter.html.j2 第 2 行"),
    ("html", "<style>.a { color: { { letter.colour.ink }}; }</style>", "标签没有写完整：{ {"),
])  # fmt: skip
def test_a_torn_tag_that_readers_would_see_is_named_as_in_word_templates(part, template, fault):
    (found,) = letter_faults(replace(TEMPLATES, **{part: template}))
    assert fault in found and "→ 请" in found


def test_braces_of_styles_and_what_is_printed_raw_are_no_torn_tags():
    html = "<style>@media print{.a{color:{{ letter.colour.ink }}}}</style>{% raw %}{{ x }}{% endraw %}{甲} {# {{ #}"
    assert letter_faults(replace(TEMPLATES, html=html)) == ()
