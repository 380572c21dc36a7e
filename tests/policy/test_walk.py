"""Following 下一步 alone, with honest values, brings every kind of row to its end without a Problem of ours.

Nor does 制度执行自查表 count anything then that nobody was asked for.
"""

from datetime import date

import pytest

from tests.policy.registers import without
from tests.policy.walks import Story, Walk

GENERAL = {"action_type": "纠正", "severity": "一般"}
MAJOR = {"action_type": "纠正", "severity": "重大"}
REPEAT = {"action_type": "纠正", "severity": "一般", "is_repeat": True}
PREVENTIVE = {"action_type": "预防", "severity": "一般"}
MAJOR_PREVENTIVE = {"action_type": "预防", "severity": "重大"}
IMPROVEMENT = {"action_type": "改进", "severity": "一般"}
MAJOR_IMPROVEMENT = {"action_type": "改进", "severity": "重大"}
KINDS = {
    "一般纠正": GENERAL, "重大纠正": MAJOR, "重复纠正": REPEAT, "一般预防": PREVENTIVE, "重大预防": MAJOR_PREVENTIVE,
    "一般改进": IMPROVEMENT, "重大改进": MAJOR_IMPROVEMENT,
}  # fmt: skip
TWO = {"owning_department": "网络部", "responsible_department": "服务台",
       "involved_departments": ("服务台", "网络部")}  # fmt: skip
STEPS = ({"step": "1", "content": "整理规则", "owners": ("样例工",), "due_on": "2026-02-06"},
         {"step": "2", "content": "演练", "owners": ("样例工",), "due_on": "2026-02-27"})  # fmt: skip


def extension(old, new, on="2026-02-02", **values):
    return {"number": "GJ-2026-001", "asked_on": on, "asked_by": "样例工", "old_due_on": old, "new_due_on": new,
            "reason": "备件晚到", "approver": "样例甲", "approved_on": on, "approval": "同意", **values}  # fmt: skip


LATER = {40: {"extensions": [extension("2026-03-06", "2026-04-10", "2026-02-14")], "due_on": date(2026, 4, 10),
              "original_due_on": date(2026, 3, 6)}}  # fmt: skip
SOONER = {20: {"extensions": [extension("2026-03-06", "2026-02-13", "2026-01-23")], "due_on": date(2026, 2, 13),
               "original_due_on": date(2026, 3, 6)}}  # fmt: skip
CANCELLED = {3: {"cancelled_on": date(2026, 1, 8), "cancel_reason": "合同到期，服务终止", "cancel_approver": "样例甲"}}
EIGHT = ("number", "description", "measure", "responsible_department", "owners", "due_on", "completed_on", "source")
LEGACY = {**GENERAL, "cause": "告警只发公共邮箱", "measure": "告警按级别路由到值班手机并演练", "owners": ("样例工",),
          "responsible_department": "服务台", "due_on": date(2026, 2, 27), "approver": "样例甲",
          "registered_on": date(2025, 12, 15), "approved_on": date(2025, 12, 22), "approval": "同意",
          "started_on": date(2025, 12, 23), "impact": "两个客户",
          "goal": "十五分钟内响应", "is_repeat": False, "process": "事件",
          "scheme": "一周内整理路由规则，二周内配置并演练，更新值班卡"}  # fmt: skip
DECIDED = {"source": "管理评审", "goal": "十五分钟内响应", "owning_department": "服务台"}

STORIES = (
    *(Story(name, plan=kind) for name, kind in KINDS.items()),
    *(Story(f"{name}，来自管理评审", plan=kind, registered={"source": "管理评审"}) for name, kind in KINDS.items()),
    *(Story(f"{name}，不用管理评审表", plan=kind, reviewed=False) for name, kind in KINDS.items()),
    *(Story(f"{name}，先退回后同意", plan=kind, approvals=("不同意", "同意")) for name, kind in KINDS.items()),
    *(
        Story(f"{name}，评审已决议", plan=kind, registered={**DECIDED, **kind}, decided=True)
        for name, kind in KINDS.items()
        if kind["action_type"] == "改进"
    ),
    Story("退回后清空三格", plan=GENERAL, approvals=("不同意", "同意"), refusal="clear"),
    Story("退回后写一行重新报批", plan=GENERAL, approvals=("不同意", "同意"), refusal="row"),
    Story("检查不合格返工", plan=GENERAL, inspections=("不合格", "合格")),
    Story("重大两次返工", plan=MAJOR, inspections=("不合格", "不合格", "合格")),
    Story("体系项由质量部检查", plan=GENERAL, registered={"source": "内部审核"}),
    Story("外部审核的重大项", plan=MAJOR, registered={"source": "外部审核"}),
    Story("顾客投诉", plan=GENERAL, registered={"source": "顾客投诉"}),
    Story("无效转后续", plan=GENERAL, effects=("无效",), end="已转后续"),
    Story("部分有效转后续", plan=MAJOR, effects=("部分有效",), end="已转后续"),
    Story("修订文件", plan=GENERAL, revises=True),
    Story("重大预防并修订文件", plan=MAJOR_PREVENTIVE, revises=True),
    Story("两个部门", plan={**GENERAL, **TWO}),
    Story("两个部门的预防", plan={**PREVENTIVE, **TWO}),
    Story("分步骤", plan={**GENERAL, "owners": ("样例工",)}, steps=STEPS),
    Story("经理自己负责", plan={**GENERAL, "owners": ("样例甲",)}),
    Story("文件类", plan={**GENERAL, "process": "体系文件", "owning_department": "服务台"}),
    Story("批准后延期", plan={**GENERAL, "due_on": date(2026, 3, 6)}, events=LATER),
    Story("批准后提前", plan={**GENERAL, "due_on": date(2026, 3, 6)}, events=SOONER),
    Story("取消", plan=GENERAL, events=CANCELLED, end="已取消"),
    Story("接手时已在实施", registered=LEGACY, plan=GENERAL, counted=("R30",)),
    Story("没有检查列", plan=GENERAL, columns=without("inspector", "inspected_on", "inspection", "inspection_note")),
    Story("没有归档列", plan=GENERAL, columns=without("archived_on", "report_number", "archive_location")),
    Story("八列的旧表", plan=GENERAL, columns=EIGHT),
)


def test_there_are_rows_of_all_kinds():
    assert len(STORIES) >= 50
    assert len({story.name for story in STORIES}) == len(STORIES)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_hints_alone_lead_to_the_end_without_a_problem(story):
    walk = Walk(story)
    assert walk.run() == story.end, walk.told
    assert walk.problems == {}
    assert tuple(counted := walk.counted()) == story.counted, counted
