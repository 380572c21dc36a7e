"""All shared strings at once: the same texts as one by one, however many there are and whatever stands among them."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.shared_strings import SharedStrings

LONG = "长" * 60_000  # bytes enough for several stretches of the part
ODD = [
    ('<si><t xml:space="preserve"> 两边有空格 </t></si>', " 两边有空格 "),
    ("<si><t> 空格不算 </t></si>", "空格不算"),
    ("<si><r><t>富</t></r><r><t>文本</t></r><rPh><t>pin</t></rPh></si>", "富文本"),
    ("<si><t>a&amp;b_x000D_c</t></si>", "a&b\rc"),
    ("<si><t>&#65;</t></si>", "A"),
    ("<si/>", ""),
    ("<si><t/></si>", ""),
    ("<si><t></t></si>", ""),
    ("\n<si><t>另起一行</t></si>\n", "另起一行"),
]


def strings(items: str, prefix: str = "") -> SharedStrings:
    xml = f'<sst xmlns="x">{items}</sst>'
    marked = xml.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")
    return SharedStrings(marked.encode)


def both_ways(items: str, count: int, prefix: str = "") -> list[str]:
    """Every text, after asking for each by itself gave the same."""
    together = strings(items, prefix).texts
    single = strings(items, prefix)
    assert [single.text(index) for index in range(count)] == together
    return together


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize(("odd", "text"), ODD)
def test_a_text_of_any_form_stands_between_plain_ones_and_in_a_stretch_of_its_own(odd, text, prefix):
    plain, long = "<si><t>一</t></si>", f"<si><t>{LONG}</t></si>"
    assert both_ways(plain + odd + plain, 3, prefix) == ["一", text, "一"]
    assert both_ways(long + long + odd + long + plain, 5, prefix) == [LONG, LONG, text, LONG, "一"]
    assert both_ways(long + long + plain + long + long + odd, 6, prefix) == [LONG, LONG, "一", LONG, LONG, text]


def test_texts_are_counted_on_from_one_stretch_to_the_next():
    wanted = [f"第 {at} 条" for at in range(30_000)]
    assert strings("".join(f"<si><t>{text}</t></si>" for text in wanted)).texts == wanted


def test_a_part_without_a_text_and_a_workbook_without_the_part_have_none():
    assert strings("").texts == []
    assert SharedStrings(None).texts == []
    assert SharedStrings(None).text(0) is None


def test_a_comment_hides_a_text_and_shows_none():
    assert both_ways("<si><t>一</t></si><!-- <si><t>没有</t></si> --><si><t>二</t></si>", 2) == ["一", "二"]


def test_what_stands_behind_the_last_text_is_none():
    assert both_ways("<si><t>一</t></si><extLst><ext/></extLst>", 1) == ["一"]
