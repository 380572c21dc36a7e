"""Chinese words for the names of a context that no sheet's column stands behind: `templates fields` prints them."""

from __future__ import annotations

from collections.abc import Mapping

GROUPS: Mapping[str, str] = {
    "": "本文件", "head": "页眉页脚", "reports": "报告（循环）", "derived": "系统推算", "boxes": "勾选框", "goals": "目标",
    "approvals": "批准", "inspections": "检查", "conclusion": "确认结论", "people": "签字人", "attachments": "附件",
    "problems": "数据提示", "effect": "效果数据", "changes": "变更", "corrective": "纠正方面项目", "preventive": "预防方面项目",
    "majors": "重大与重复项目", "resources": "资源", "months": "按月安排", "sources": "来源覆盖", "raised": "提出部门填写",
    "receiver": "接收", "cause": "调查与原因", "measures": "措施", "plan": "措施配套", "approval": "批准", "inspection": "检查",
    "evaluation": "有效性评价", "proposal": "提出", "document": "文件", "result": "修订结果", "rows": "修改意见",
    "period": "期间", "kpis": "KPI", "flow": "期间流量", "agenda": "提请管理评审决策事项", "earlier": "以往评审措施",
    "by_source": "按来源", "by_department": "按部门", "major": "重大、重复清单", "complaints": "顾客投诉", "recurrences": "复发",
    "signals": "统计信号", "coverage": "数据覆盖", "indicators": "过程指标", "audits": "审核结果", "suppliers": "供方业绩",
    "overdue": "当前逾期", "coming": "预计逾期", "effects": "措施有效性", "documents": "文件修订", "duties": "质量部职责履行情况",
    "excuses": "情况说明", "kpi_notes": "KPI 口径", "conformity": "符合性摘要", "data_quality": "数据质量", "steps": "措施分解",
    "versions": "计划各版",
}  # fmt: skip

LEAVES: Mapping[str, str] = {
    "action_number": "跟踪表编号", "action_type": "措施类型", "actual": "实际批准方式", "adopted": "采纳", "after": "改进后",
    "alternative": "备选方案", "amount": "金额或数量", "analysis_number": "分析编号", "answer": "答复", "answered_on": "答复日期",
    "approval": "批准", "approval_boxes": "批准结论勾选框", "approver": "批准人", "as_head": "有确认人（条件用）", "as_of": "数据截至", "asked_on": "申请日期",
    "audit": "审核", "baseline": "现值", "basis": "依据", "before": "改进前", "by": "姓名", "by_general_manager": "需总经理审批",
    "cancelled": "取消", "category": "类别", "cause": "原因", "change": "变化", "chart": "图表", "charts": "图表",
    "clause": "条款", "clauses": "涉及条款", "closed": "关闭", "collected": "收集条数", "communication": "涉及部门与沟通",
    "company": "公司名称", "completed": "完成", "completed_on": "完成日期", "confirm": "计划确认月", "confirmation": "效果确认方式与时间",
    "confirmed": "确认", "confirmer": "确认人", "containment": "应急处置", "content": "内容", "content_hash": "内容校验码",
    "count": "项数", "cover": "是否加封面", "current": "本期（现行内容）", "days": "天数", "decision": "评审编号与决议",
    "denominator": "分母", "department": "部门", "description": "描述", "disposition": "处置", "document": "文件",
    "document_class": "文件类别", "draft": "草稿字样（定稿为空）", "due": "到期编号", "due_on": "期限", "duty": "事项",
    "earlier": "前次编号", "earliest_confirmation_on": "最早确认日", "effect": "效果结论", "effective": "有效",
    "escalated": "已升级", "evidence": "证据", "execution": "执行情况", "fingerprint": "工作簿校验码前八位", "fix": "处理办法",
    "follow_ups": "后续编号", "form_number": "表单号", "formula": "计算口径", "found": "不符合项数", "from": "起", "goal": "目标",
    "impact": "影响面", "index": "序号", "indicator": "指标", "inspector": "检查人（部门）", "inspector_department": "应检查部门",
    "inspectors": "检查部门", "investigators": "调查人", "is_draft": "是否草稿（条件用）", "is_preventive": "是否预防（条件用）",
    "is_valid": "是否成立", "kind": "种类", "level": "问题层面", "link": "关联", "manager": "落实责任", "marks": "五类信息的有无",
    "matter": "事项", "measure": "措施", "measured": "各月实测", "merged": "合并", "message": "问题", "met": "达标月数",
    "method": "方法", "month": "月份", "more_charts": "附录图表", "name": "名称（姓名）", "new": "新增", "new_version": "新版本",
    "no_declined": "没有未采纳需求时的文字", "no_inspection": "没有检查时的文字", "no_needs": "没有需求登记时的文字",
    "none": "没有内容时的文字", "note": "说明", "number": "编号", "numbers": "编号", "numerator": "分子", "observation": "观察期一句话",
    "old_version": "现行版本", "on": "日期", "on_time": "按期", "open": "在办", "open_after": "期末在办", "open_before": "期初在办",
    "open_numbers": "未关闭编号", "original_due_on": "原完成期限", "overdue": "逾期", "owner": "责任人（提供人）", "owners": "责任人",
    "owning_department": "归口部门", "participants": "参加人", "period": "统计周期", "place": "位置", "policy": "制度编号和名称", "postponed": "暂缓",
    "previous": "上期", "priority": "优先级", "problem": "问题或机会", "process": "过程", "proposal": "建议", "reached": "达到",
    "reason": "理由", "recurrence_rate": "复发率一句话", "recurrences": "同类问题复发编号", "refused": "不采纳",
    "registered_on": "登记日期", "remind": "提醒日", "reminder": "提醒与催办一句话", "repeat": "是否重复与前次编号",
    "replied_on": "回复日期", "reply_due_on": "要求回复日期", "report_due_on": "报告应交日", "requirement": "违反的要求",
    "resources": "资源", "responsible": "责任部门/责任人", "result": "结论", "review_number": "评审编号", "review_on": "评审日期",
    "reviewed_on": "审核日期", "reviewer": "审核人", "revised_on": "修订完成日期", "reviser": "修订人", "revision": "是否涉及文件修订",
    "role": "角色", "room": "两行书写空白", "route": "应批准方式", "rule": "规则", "sentence": "检验结果一句话", "severity": "严重度", "share": "比率",
    "signal": "信号", "signed_by": "确认人", "since": "与上次比较的文字", "source": "来源", "source_number": "来源单号",
    "state": "现状分析", "status": "状态", "subject": "问题描述前三十字", "summary": "摘要各句", "supplier": "供方", "target": "目标值",
    "text": "原因分析（方法）", "then": "届时", "title": "文件名称", "to": "止", "trend": "月度趋势图", "type": "性质", "unit": "单位",
    "verdict": "判定", "version": "版本", "what": "变更内容", "when": "检查日期与结论", "who": "检查部门与检查人",
}  # fmt: skip
