"""What holds a token together is seen in the XML here, and on LibreOffice's pages in tests/app/test_whole_tokens.py."""

from __future__ import annotations

from capa_xl.reports.word.whole_runs import with_tokens_whole

OPEN = '<w:t xml:space="preserve">'
HYPHEN = f"</w:t><w:noBreakHyphen/>{OPEN}"
NO_BREAK = "\xa0"
BOLD = "<w:rPr><w:b/></w:rPr>"
TINY = '<w:rPr><w:sz w:val="2"/></w:rPr>'


def paragraph(*texts: str) -> str:
    return "<w:p>" + "".join(f"<w:r>{BOLD}{OPEN}{text}</w:t></w:r>" for text in texts) + "</w:p>"


def blank(looks: str) -> str:
    return f"</w:t></w:r><w:r>{looks}{OPEN} </w:t></w:r><w:r>{BOLD}{OPEN}"


def test_a_token_alone_on_its_line_stays_as_people_search_it():
    assert with_tokens_whole(paragraph("GJ-2026-012")) == paragraph("GJ-2026-012")
    lines = paragraph("GJ-2026-012</w:t><w:br/>" + OPEN + "2026-03-30")
    assert with_tokens_whole(lines) == lines


def test_after_a_chinese_character_stands_a_blank_in_the_looks_of_the_text():
    held = f"GJ{HYPHEN}2026{HYPHEN}012"
    assert with_tokens_whole(paragraph("见GJ-2026-012")) == paragraph(f"见{blank(BOLD)}{held}")


def test_after_a_mark_and_before_a_bracket_stands_one_that_nobody_sees():
    march = f"2026{HYPHEN}03"
    assert with_tokens_whole(paragraph("甲、2026-03")) == paragraph(f"甲、{blank(TINY)}{march}")
    assert with_tokens_whole(paragraph("甲（2026-03）")) == paragraph(f"甲{blank(TINY)}（{march}）")


def test_no_blank_at_the_beginning_of_a_line_or_beside_another():
    march = f"2026{HYPHEN}03"
    assert with_tokens_whole(paragraph("2026-03 起")) == paragraph(f"{march} 起")
    assert with_tokens_whole(paragraph("自 2026-03")) == paragraph(f"自 {march}")


def test_what_stands_in_the_run_before_counts():
    held = f"{OPEN}{blank(TINY)}GJ{HYPHEN}1".removeprefix(OPEN)
    assert with_tokens_whole(paragraph("编号：", "GJ-1")) == paragraph("编号：", held)


def test_what_stands_in_the_paragraph_before_does_not():
    above, alone = paragraph("编号："), paragraph("GJ-2026-012")
    assert with_tokens_whole(above + alone + above) == above + alone + above
    assert with_tokens_whole(above + paragraph("GJ-1 起")) == above + paragraph(f"GJ{HYPHEN}1 起")


def test_a_number_keeps_its_per_cent_sign():
    assert with_tokens_whole(paragraph("14.0 %（193/1380）")) == paragraph("14.0%（193/1380）")


def test_a_second_walk_changes_nothing_more():
    once = with_tokens_whole(paragraph("甲、GJ-2026-012，（2026-03-30）见SYS-QP-06"))
    assert with_tokens_whole(once) == once


def test_a_long_list_of_numbers_breaks_after_its_marks_alone():
    tiny = f'、</w:t></w:r><w:r><w:rPr><w:sz w:val="2"/></w:rPr>{OPEN} </w:t></w:r><w:r>{BOLD}{OPEN}'
    assert with_tokens_whole(paragraph("内阻 3.1、3.2、3.4、3.6 mΩ")) == paragraph(
        f"内阻 3.1{tiny}3.2{tiny}3.4{tiny}3.6 mΩ"
    )
    assert with_tokens_whole(paragraph("领用 5、7、9 只")) == paragraph("领用 5、7、9 只")


def joined(text: str) -> str:
    """A run of its own; a no-break blank is written ~."""
    looks = '<w:rPr><w:b/><w:lang w:eastAsia="x-none"/></w:rPr>'
    return f"</w:t></w:r><w:r>{looks}{OPEN}{text.replace('~', NO_BREAK)}</w:t></w:r><w:r>{BOLD}{OPEN}"


def test_a_day_in_words_is_joined_by_blanks_that_no_line_ends_at():
    day = joined("2026~年~7~月~14~日")
    assert with_tokens_whole(paragraph("期2026年7月14日，")) == paragraph(f"期{blank(BOLD)}{day}，")
    assert with_tokens_whole(paragraph("期：2026年7月14日")) == paragraph(f"期：{blank(TINY)}{day}")
    assert with_tokens_whole(paragraph("2026年7月14日 起")) == paragraph(f"{day} 起")
    assert with_tokens_whole(paragraph("期 2026年7月 起")) == paragraph(f"期 {joined('2026~年~7~月')} 起")


def test_a_count_right_behind_another_is_as_far_from_it_as_from_other_chinese():
    """Once 9 月182 张: a blank before 月 and none behind it."""
    assert with_tokens_whole(paragraph("夜间9月182张")) == paragraph(
        f"夜间{blank(BOLD)}{joined('9~月')}{blank(BOLD)}{joined('182~张')}"
    )


def test_a_limit_keeps_its_sign():
    assert with_tokens_whole(paragraph("长期逾期（&gt;30 天）")) == paragraph(
        f"长期逾期{blank(TINY)}{joined('（&gt;30~天')}）"
    )


def test_a_day_alone_on_its_line_stays_as_people_search_it():
    assert with_tokens_whole(paragraph("2026年7月14日")) == paragraph("2026年7月14日")


def test_a_number_stays_with_its_measure_word_and_with_the_name_it_counts():
    assert with_tokens_whole(paragraph("共 53 天。")) == paragraph(f"共 {joined('53~天')}。")
    assert with_tokens_whole(paragraph("共53天（31 天）")) == paragraph(
        f"共{blank(BOLD)}{joined('53~天')}{blank(TINY)}{joined('（31~天')}）"
    )
    assert with_tokens_whole(paragraph("与第 1 版")) == paragraph(f"与{blank(TINY)}{joined('第~1~版')}")
    assert with_tokens_whole(paragraph("修订 1、归档 1）")) == paragraph(
        f"{joined('修订~1')}、{blank(TINY)}{joined('归档~1')}）"
    )
    assert with_tokens_whole(paragraph("GJ-2026-012 项")) == paragraph(f"GJ{HYPHEN}2026{HYPHEN}012 项")


def test_measures_of_more_than_one_character_steps_and_branches_are_held_like_the_others():
    assert with_tokens_whole(paragraph("修复 7.4 小时（合同4小时）")) == paragraph(
        f"修复 {joined('7.4~小时')}（合同{blank(BOLD)}{joined('4~小时')}）"
    )
    assert with_tokens_whole(paragraph("现在步骤 4 样例网")) == paragraph(f"现在{blank(TINY)}{joined('步骤~4')} 样例网")
    assert with_tokens_whole(paragraph("样例服务第 12 分公司")) == paragraph(
        f"样例服务{blank(TINY)}{joined('第~12~分公司')}"
    )
    assert with_tokens_whole(paragraph("从步骤 1234")) == paragraph("从步骤 1234")


def test_a_second_walk_over_days_and_counts_changes_nothing_more():
    once = with_tokens_whole(paragraph("期：2026年7月14日，共 53 天，第 1 版，修订 1、归档 1）"))
    assert with_tokens_whole(once) == once


def test_a_code_of_letters_alone_is_held_too():
    assert with_tokens_whole(paragraph("图（I-MR）")) == paragraph(f"图{blank(TINY)}（I{HYPHEN}MR）")


def test_a_code_wider_than_its_cell_ends_its_line_at_a_hyphen_and_an_address_begins_one():
    """Held together it would break between two letters, and so does an address behind a Chinese character."""
    code = paragraph("见SAMPLE-NETWORK-SERVICE")
    narrow, wide = (f'<w:tc><w:tcPr><w:tcW w:w="{width}"/></w:tcPr>{code}</w:tc>' for width in (2500, 3500))
    assert with_tokens_whole(narrow) == narrow and HYPHEN in with_tokens_whole(wide)
    address = "https://monitor.sample.example/api/v2-1/2026-09"
    assert with_tokens_whole(paragraph(f"接口{address}未接入")) == paragraph(f"接口{blank(BOLD)}{address}未接入")


def test_a_day_wider_than_its_cell_may_break_behind_the_year_or_the_month():
    """2,129 less the margins is a twentieth of a point less than a day of ten and a half points is held to be wide."""
    day = paragraph("于2026年7月14日前")
    for width, between in ((2129, " "), (2130, NO_BREAK)):
        held = with_tokens_whole(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{day}{day}</w:tc>{day}')
        assert held.count(f"2026{NO_BREAK}年{between}7{NO_BREAK}月{between}14{NO_BREAK}日") == 2 + (between == NO_BREAK)
