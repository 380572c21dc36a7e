"""Headings that mean one thing here and another there, normalised as `headings.normalised` does."""

from __future__ import annotations

from collections.abc import Mapping

WEAK_NAMES = frozenset(
    {
        "序号", "项次", "序", "实际关闭时间", "改进项目", "复核意见", "部门", "date", "事项", "实施时间",
        "任务序号", "关闭", "闭环", "销号", "created", "datereceived", "整改联系人",
        "问题单号", "事件单号", "会议日期", "审计日期", "发生时间", "处理组", "追踪结果",
        "检查项", "任务名称", "工作任务", "整改建议", "整改意见", "整改内容",
        "受审核部门", "受审部门", "受审核方", "受审方", "被审核部门", "整改班组", "责任机构", "纠正", "项", "rca",
        "就地处置", "即时处置", "先期处置", "偏离情况", "偏差情况", "报事内容", "报修内容", "反映内容",
        "capadescription", "目前进展", "进展描述", "处理结果描述", "datefound", "foundon", "dateobserved", "datenoted",
        "dateabated", "daterectified", "datecorrected", "datefixed", "dateresolved",
        "验收日期", "验收时间",
        "id", "ref", "reference", "sn", "action", "actions", "task", "observation", "preventiveaction",
        "recommendation",
        "recommendedaction", "department", "dept", "update", "dateclosed", "closeddate", "closuredate", "closedate",
        "closedon", "riskrating", "risklevel", "category",
        "要求回复日期", "实际回复日期", "整改回复日", "整改回复日期",
        "daterequired", "requireddate", "requiredby", "requiredclosuredate", "requiredcompletiondate",
        "estimatedcompletiondate", "expectedcompletiondate", "commitdate", "commitmentdate", "needdate",
        "expecteddate", "dateachieved",
    }
)  # fmt: skip
"""Aliases, normalised, that are taken only where no better heading of the same column is there."""
ASKED: Mapping[str, tuple[str, ...]] = {
    "牵头部门": ("responsible_department", "owning_department"),
    "施工单位": ("responsible_department",),
    "不符合类型": ("severity", "category"),
    "问题性质": ("severity", "category"),
    "进展": ("progress_note", "progress"),
    "完成结果": ("progress_note", "stated_status", "inspection"),
    "完成状况": ("progress_note", "stated_status"),
    "执行情况": ("progress_note", "stated_status", "execution"),
    "执行结果": ("progress_note", "stated_status", "execution"),
    "检查内容": ("description", "inspection_note"),
    "检查结果": ("description", "inspection"),
    "key": ("number",),
    "closedby": ("confirmer", "inspector"),
    **dict.fromkeys(("closedoutby", "closeoutby", "closureby"), ("confirmer", "inspector")),
    **dict.fromkeys(("销号人", "销项人", "销记人"), ("confirmer", "inspector")),
    "rac": ("severity", "priority"),
    "审核人": ("inspector", "approver", "raised_by"),
    "类型": ("category", "action_type"),
    "type": ("category", "severity", "action_type"),
    "rag": ("severity", "stated_status"),
    "classification": ("severity", "category"),
    "grade": ("severity",),
    "rating": ("severity", "priority"),
    **dict.fromkeys(
        ("关闭时间", "关闭日期", "闭环时间", "闭环日期", "销号日期", "销号时间"), ("completed_on", "archived_on")
    ),
}  # fmt: skip
"""Headings that mean one thing here and another there: never taken without asking."""
PLANNED_OR_ACTUAL = frozenset(
    {
        "完成时间",
        "完成日期",
        "完成日",
        "解决时间",
        "整改时间",
        "整改日期",
        "修复时间",
        "修复日期",
        "治理时间",
        "结束日期",
        "结束时间",
        "completiondate",
        "dateofcompletion",
        "completion",
    }
)
"""Headings that mean 完成期限 or 实际完成日期, whichever the table has no other column for."""
ENDINGS: Mapping[str, str] = {
    "描述": "description", "问题": "description", "发现": "description", "措施": "measure", "方案": "measure",
    "对策": "measure", "责任人": "owners", "负责人": "owners", "期限": "due_on", "时限": "due_on", "完成日": "due_on",
    "科室": "responsible_department", "班组": "responsible_department", "编号": "number", "单号": "number",
    "现象": "description", "举措": "measure", "标题": "description", "内容": "description", "经过": "description",
    "部门": "responsible_department", "状态": "stated_status", "owner": "owners", "description": "description",
    "status": "stated_status", "duedate": "due_on", "action": "measure", "actions": "measure",
    "隐患": "description",
}  # fmt: skip
"""How a heading ends → the column it may mean, to be asked, where its name as a whole is unknown."""
UNIT_OR_ORGANISATION = "单位"
"""A unit of measure, or the organisation that is responsible."""
FINDER_OR_CHECKER: Mapping[str, tuple[str, str]] = {
    "检查日期": ("registered_on", "inspected_on"),
    "检查日": ("registered_on", "inspected_on"),
    "审核日": ("registered_on", "approved_on"),
    "检查时间": ("registered_on", "inspected_on"),
    "检查人": ("raised_by", "inspector"),
    "检查人员": ("raised_by", "inspector"),
    "审核日期": ("registered_on", "approved_on"),
    "审核时间": ("registered_on", "approved_on"),
    "审核员": ("raised_by", "inspector"),
}
"""Of him who found it where they stand left of 问题描述 in a table without 检查结论; else of him who checks it."""
