"""满足 is said only where the columns stand that show it."""

import pytest

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.levels import LEVELS
from capa_xl.model.schema import record_class_of
from capa_xl.policy.conformity.needed_columns import NEEDED_COLUMNS
from capa_xl.policy.conformity.requirements import REQUIREMENTS
from tests.policy.conformity.cases import KEEPS, row
from tests.policy.conformity.judged import self_check

BY_OTHER_RECORDS = {"R08", "R21", "R57", "R59"}
"""Runs, the sources of plans, and the mail ledger."""
LEDGER = {
    "问题描述": "报表慢", "登记日期": "2026-01-05", "来源": "内部审核", "措施类型": "纠正", "严重度": "一般",
    "措施内容": "改路由", "责任部门": "服务台", "责任人": "样例工", "完成期限": "2026-02-27",
    "实际完成日期": "2026-02-20", "效果结论": "有效",
}  # fmt: skip
POLICY = {
    **LEDGER, "提出人": "样例工", "是否重复": "否", "所属过程": "事件", "原因分析": "只发邮箱", "归口部门": "服务台",
    "批准人": "样例甲", "批准日期": "2026-01-08", "批准结论": "同意", "完成证据": "配置单 3 号", "检查人": "样例甲",
    "检查日期": "2026-02-23", "检查结论": "合格", "确认人": "样例甲", "确认日期": "2026-04-07",
    "执行情况结论": "已落实",
    "是否涉及文件修订": "否", "归档日期": "2026-04-10",
}  # fmt: skip


def lines_of(cells):
    return self_check(row(" | ".join(cells), " | ".join(cells.values())))


def keys_of(cells):
    by_header = {column.header: key for key, column in column_by_key(Action).items()}
    return {"number", *(by_header[header] for header in cells)}


def test_every_requirement_about_the_company_names_columns_that_there_are():
    ids = {one.id for one in REQUIREMENTS if not one.is_of_the_tool}
    assert set(NEEDED_COLUMNS) == ids - BY_OTHER_RECORDS
    for needs in NEEDED_COLUMNS.values():
        for part in needs.replace("|", " ").split():
            sheet, _, key = part.partition("@")[0].rpartition(":")
            assert not key or key.startswith("+") or key in column_by_key(record_class_of(sheet or "tracker"))


@pytest.mark.parametrize(("cells", "level"), [(LEDGER, LEVELS[0]), (POLICY, LEVELS[1])], ids=["台账", "制度"])
def test_no_requirement_is_kept_where_a_column_of_the_tracker_is_absent_that_it_always_needs(cells, level):
    there, lines = keys_of(cells), lines_of(cells)
    assert there == {"number", *level.keys}
    kept = [id_ for id_, line in lines.items() if line.verdict == "满足"]
    assert kept
    for id_ in kept:
        always = [need for need in NEEDED_COLUMNS[id_].split() if "@" not in need and ":" not in need]
        assert all(set(need.split("|")) & there for need in always), id_


def test_a_ledger_knows_neither_who_confirmed_nor_why_it_happened():
    lines = lines_of(LEDGER)
    assert lines["R63"].words == (
        "未判定：缺少归口部门；确认人或《效果确认》确认人；确认日期或《效果确认》确认日期；执行情况结论"
    )
    assert lines["R31"].words == "未判定：缺少原因分析"
    assert lines["R54"].words == "满足 1/1"


def test_a_workbook_of_the_policy_level_knows_both():
    lines = lines_of(POLICY)
    assert (lines["R63"].words, lines["R31"].words) == ("满足 1/1", "满足 1/1")
    assert lines["R30"].words == "未判定：缺少影响面；调查人"


def test_what_only_a_major_one_needs_is_asked_of_a_major_one():
    assert lines_of({**POLICY, "严重度": "重大", "批准人": "样例总", "效果指标": "超时率"})["R31"].words == (
        "未判定：缺少分析方法"
    )


@pytest.mark.parametrize(("id_", "column", "words"), [
    ("R63", "归口部门", "未判定：缺少归口部门"), ("R31", "原因分析", "未判定：缺少原因分析"),
])  # fmt: skip
def test_the_smallest_keep_without_one_of_its_columns_is_no_keep(id_, column, words):
    head, cells = (line.split(" | ") for line in KEEPS[id_]["tracker"].splitlines())
    at = head.index(column)
    without = [" | ".join(part[:at] + part[at + 1 :]) for part in (head, cells)]
    assert self_check("\n".join(without))[id_].words == words


def test_a_breach_is_one_whatever_else_is_missing():
    late = "2026-03-02 | 样例甲 | 2026-03-05 | 合格 | "
    assert self_check(row("实际完成日期 | 检查人 | 检查日期 | 检查结论 | 效果结论", late))["R63"].words == "待整改 1/1"
