from __future__ import annotations

import re
import time

import pytest

from capa_xl.reports.whole_tokens import COUNTED, TOKEN, folded, unwrapped, with_hard_hyphens, with_tokens_unwrapped


@pytest.mark.parametrize(
    "token", ["2026-03", "2026-03-30", "GJ-2026-012", "SYS-QP-06", "I-MR", "0571-88000000", "V1.2-3", "年-月-日"]
)
def test_dates_codes_and_phone_numbers_are_tokens(token):
    assert TOKEN.findall(f"见{token}、{token}。") == [token, token]


@pytest.mark.parametrize(
    "text", ["-5", "a@b-c.example", "/srv/a-b/c-d", "http://a-b.example/x-1", "甲-乙", "1–2", "x-" * 14 + "x"]
)
def test_addresses_paths_and_what_is_too_long_are_none(text):
    assert TOKEN.findall(text) == []


def test_a_title_keeps_its_months_whole_and_nothing_else_changes():
    assert with_hard_hyphens("项（2025-01 至 2026-11）-1") == "项（2025\u201101 至 2026\u201111）-1"


def test_a_token_that_would_cross_the_edge_begins_a_line():
    assert folded("三行待更正：GJ-2026-045、GJ-2026-053", 32) == "三行待更正：GJ-2026-045、\nGJ-2026-053"


def test_a_text_that_fits_or_has_no_token_stays():
    assert folded("GJ-2026-045", 14) == "GJ-2026-045"
    assert folded("长" * 80, 20) == "长" * 80


def test_a_line_behind_a_long_text_is_filled_before_its_token_and_begins_with_no_closing_mark():
    """Once each token behind the first wrap began a line: three lines of a few characters for one."""
    text = "以「未发现的备份失败（次/月）」确认，目标是「未发现天数」：GJ-2025-019；GJ-2026-012"
    lines = folded(text, 33).split("\n")
    assert "".join(lines) == text
    assert lines == ["以「未发现的备份失败（次/月）」", "确认，目标是「未发现天数」：", "GJ-2025-019；GJ-2026-012"]


def test_a_line_ends_behind_a_mark_in_its_second_half_and_breaks_no_word():
    text = "GJ-2026-045 已登记，纠正和预防措施计划还没有批准"
    assert folded(text, 38).split("\n") == ["GJ-2026-045 已登记，", "纠正和预防措施计划还没有批准"]
    first, *_ = folded("GJ-2026-045 的纠正和预防措施计划还没有批准", 38).split("\n")
    assert first == "GJ-2026-045 的纠正和预防措施计划还没"


def test_a_token_crosses_no_edge_behind_what_a_mark_would_carry_down():
    assert folded("确认完成、样例乙GJ-2026-045", 17).split("\n") == ["确认完成、样例乙", "GJ-2026-045"]


def test_a_token_at_the_beginning_of_a_line_is_not_moved_down():
    assert folded("GJ-2026-045与其他很长的文字在一起", 8).startswith("GJ-2026-045")


def test_a_letters_tokens_stand_in_one_piece_and_its_tags_and_addresses_stay():
    html = '<head><title>GJ-1</title></head><body style="a-b:1"><p>至2026-03-30。<a href="x-1">http://a-b.example/x-1</a></p></body>'
    whole = '<span style="white-space:nowrap;">2026-03-30</span>'
    assert with_tokens_unwrapped(html) == html.replace("2026-03-30", whole)
    assert with_tokens_unwrapped("<body><p>请写成年-月-日。</p>").count('nowrap;">年-月-日</span>') == 1


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("即将到期，剩余 5 天，等 样例戊（商务部）", ["5 天", "等 样例戊", "（商务部）"]),
        ("等 样例商、样例网、样例甲（数据中心部）", ["等 样例商", "样例网", "样例甲", "（数据中心部）"]),
        ("检查超时 10 天，等 系统部 ", ["10 天", "等 系统部"]),
        ("供方甲的专线二季度故障 6 次，平均修复 7.4 小时（合同 4 小时）。", ["6 次", "7.4 小时", "4 小时"]),
        ("《措施分解》：实际完成（步骤 3 样例商、步骤 4 样例网）", ["步骤 3 样例商", "步骤 4 样例网"]),
        ("完成步骤 4「割接」，步骤 12 的证据", ["步骤 4", "步骤 12"]),
        ("内阻由 3.1 升至 4.4 mΩ，响应 200ms，VPN 3 条", ["4.4 mΩ", "200ms", "3 条"]),
        ("环节超时 7 项（策划 1、审批 2、归档 1）", ["7 项", "策划 1", "审批 2", "归档 1"]),
        ("等 GJ 的人；等待 样例；等 一个很长很长很长的部门名称", []),
    ],
)
def test_a_letter_holds_counts_steps_and_names_together(text, held):
    whole = unwrapped(f"<td>{text}</td>")
    assert re.findall('<span style="white-space:nowrap;">([^<]*)</span>', whole) == held
    assert re.sub("<[^>]*>", "", whole) == text


def test_a_heading_is_no_count():
    said = ("2.2 步骤完成情况", "2.4 期限变更", "3.1 项目清单", "4.2 人员", "共 3 步", "第 2 期，", "5 项")
    assert [bool(COUNTED.search(text)) for text in said] == [False] * 4 + [True] * 3


def test_what_a_tag_holds_already_gets_no_second_span():
    held = '<b style="color:#1;white-space:nowrap;">实施逾期 1 项</b>'
    assert unwrapped(f"<p>共 {held}</p>") == f"<p>共 {held}</p>"


def test_the_longest_cell_of_commas_and_digits_takes_no_time():
    begun = time.process_time()
    text = f"<p>{'1,' * 16_000}</p>"
    assert unwrapped(text) == text
    assert time.process_time() - begun < 2  # 0.1 s; looking to the end at every digit took over 20 s
