"""A cut text ends before what it would have cut through."""

import pytest

from capa_xl.model.cut_text import (
    cut_clauses,
    cut_inside,
    cut_line,
    cut_list,
    cut_middle,
    cut_quote,
    cut_text,
    cut_unit,
)


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("磁盘告警多", 5, "磁盘告警多"),
        ("磁盘告警很多", 5, "磁盘告警…"),
        ("电池内阻由 3.5 升到 8.2", 8, "电池内阻由…"),
        ("电池内阻由 3.5 升到 8.2", 10, "电池内阻由 3.5…"),
        ("10月 P3 达标 85%，低于目标", 10, "10月 P3 达标…"),
        ("供方已有 14 个月未评", 7, "供方已有…"),
        ("ABCDEFGHIJ", 5, "ABCD…"),
        ("登记（补）", 4, "登记…"),
        ("测试主机被植入挖矿程序，CPU 满载三小时", 16, "测试主机被植入挖矿程序…"),
        ("平均修复 7.4 小时（合同要求 4 小时）", 15, "平均修复 7.4 小时…"),
        ("按「先批准后实施的要求」重新报批", 8, "按「先批准后…」"),
        ("说明「」", 3, "说明…"),
    ],
)
def test_words_numbers_and_their_signs_stay_whole(text, most, shown):
    assert cut_text(text, most) == shown
    assert len(cut_text(text, most)) <= most


def test_a_line_is_cut_after_its_breaks_are_blanks():
    assert cut_line(" 磁盘\n告警  很多 ", 20) == "磁盘 告警 很多"
    assert cut_line("磁盘\n\n告警很多", 6) == "磁盘 告警…"


def test_a_unit_is_short_or_cut():
    assert (cut_unit(None), cut_unit("mΩ"), cut_unit("次（每月每千台设备）")) == ("", "mΩ", "次（每月每千台设备）")
    assert cut_unit("现场检查发现的情况与要求不一致") == "现场检查发现的情况与要…"


def test_a_long_name_keeps_its_beginning_and_its_end():
    names = [f"样例运维服务与数据中心基础设施保障部第{at}分部北京机房值班组" for at in range(10)]
    short = [cut_middle(name, 15) for name in names]
    assert short[0] == "样例运维…0分部北京机房值班组" and len(set(short)) == 10
    assert all(len(name) == 15 for name in short) and cut_middle("服务台", 15) == "服务台"
    assert cut_middle("长" * 15, 15) == "长" * 15 and len(cut_middle("长" * 16, 15)) == 15


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("磁盘\n告警", 5, "磁盘 告警"),
        ("一二三四五六七八九十", 7, "一二…七八九十"),
        ("GJ-2026-001、GJ-2026-002、GJ-2026-003", 22, "GJ-2026…、GJ-2026-003"),
        ("取消 2026-03-03，晚于完成期限 2026-03-02", 22, "取消…成期限 2026-03-02"),
        ("x" * 40, 10, "xxx…xxxxxx"),
        ("样例数据中心保障部第15分部值班", 10, "样例…第15分部值班"),
        ("样例数据中心保障部第5分部值班室", 10, "样例…第5分部值班室"),
        ("样例数据中心保障部第1234567分部", 7, "样例…分部"),
        ("样例集团中区域运维服务保障第9事业部", 10, "样例集…第9事业部"),
        ("样例集团中区域运维服务保障第10事业部", 10, "样例集…第10事业部"),
        ("值班（夜班）交接，巡检没有记录，工具没有归还，已经补签", 18, "值班（夜班…）工具没有归还，已经补签"),
        ("苏州分公司服务台与值班调度中心（含县区驻场班组）", 11, "苏州…（…区驻场班组）"),
        ("昆明分公司网络与信息安全技术支撑部", 6, "昆明…支撑部"),
        ("昆明分公司网络与信息安全技术支撑部", 5, "昆明…撑部"),
        ("昆明分公司网络与信息安全技术支撑部", 4, "昆…撑部"),
        ("按「一二三四五六七八九十」办理", 13, "按「一二…六七八九十」办理"),
        ("开始于「一二三四五六」，已经批准，结论在", 14, "开始于…已经批准，结论在"),
    ],
)
def test_a_value_in_a_sentence_loses_its_middle_and_no_half_of_a_number_stays(text, most, shown):
    assert cut_inside(text, most) == shown


@pytest.mark.parametrize(
    ("items", "total", "expected"),
    [([], 0, ""), (["甲"], 0, "甲"), (["甲", "乙"], 0, "甲、乙"), (["甲", "乙", "丙"], 0, "甲、乙 等 3 行"),
     (["甲", "乙"], 2, "甲、乙"), (["甲", "乙"], 3, "甲、乙 等 3 行")],
)  # fmt: skip
def test_a_list_of_two_at_the_most_says_how_many_more_there_are(items, total, expected):
    assert cut_list(items, 2, "行", total=total) == expected


def test_a_list_whose_sentence_has_counted_it_says_only_that_there_are_more():
    assert cut_list(["甲", "乙", "丙"], 2) == "甲、乙 等"
    assert cut_list(["甲", "乙", "丙"], 2, "处", between="；") == "甲；乙 等 3 处"


def test_a_quoted_list_of_names_is_cut_between_names_and_counted():
    names = [f"样例员工{at:02}" for at in range(25)]
    assert cut_quote("、".join(names)) == f"{'、'.join(names[:8])} 等 25 个"
    prose = "现场检查电池、空调、消防、柴油机的情况，" * 5
    assert cut_quote(prose) == f"{prose[:59]}…"  # its first clauses, not its head and its end
    assert cut_quote("、".join(names[:8])) == "、".join(names[:8])


_EXCUSED = (
    "未经批准已实施：开始日期「2026-01-14」已填，批准日期为空"
    "（情况说明：样例庚 2026-01-23 追认，情况属实，样例质 2026-01-26 确认）"
)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (20, "未经批准已实施：开始日期…"),
        (40, "未经批准已实施：开始日期「2026-01-14」已填，批准日期为空…"),
        (60, "未经批准已实施：开始日期「2026-01-14」已填，批准日期为空（情况说明：样例庚 2026-01-23 追认…）"),
        (200, _EXCUSED),
    ],
)
def test_a_sentence_is_cut_behind_a_clause_and_what_it_opened_ends(most, expected):
    assert cut_clauses(_EXCUSED, most) == expected
