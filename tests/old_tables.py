"""Tables as companies really keep them (the headings of adopting.md), filled with a row or two; made by code."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

HEADINGS: dict[str, str] = {
    "管理评审改进事项跟踪表": "No. 改进项目 负责部门 负责人 计划完成时间 改进措施 "
    "改进证据 实际完成时间 验证人 验证时间 跟踪验证结果",
    "改进措施全周期跟踪台账": "序号 改进措施 责任部门 整改完成情况 佐证/验证 是否关闭 未关闭原因/后续",
    "评审输出与改进项跟踪": "编号 改进措施 责任部门 计划完成 状态",
    "持续改进计划表": "改进项目 现状问题 目标状态 行动计划 开始日期 负责人 完成日期",
    "整改跟踪表": "状态 滞后等级 专业 楼栋 楼层 系统 施工项 问题描述 责任人 责任单位 计划完成时间 是否逾期 复查结果 "
    "备注 整改记录摘要 最近更新时间 来源类型 来源_ID 创建时间 关闭时间",
    "NCR导出": "不符合项描述 不符合项整改 要求关闭时间 实际关闭时间 不符合项目前状态 未关闭项原因说明 "
    "未关闭项风险管控措施 计划关闭时间 整改负责人 风险等级(重大/较大/一般) 检查日期 检查单位",
    "不符合项表": "不符合项编号 不符合描述 对应条款/标准 严重度 状态 责任部门/人 整改期限 "
    "纠正/纠正措施 验证结果 关闭时间",
    "问题与整改": "问题编号 问题描述 违反条款 整改要求 整改期限 责任人 状态 整改措施 完成情况 复核结论 复核意见",
    "隐患整改台账": "隐患编号 排查日期 排查人员 所在部位 隐患描述 隐患类别 隐患等级 整改措施 整改责任人 整改资金(元) "
    "计划完成时限 状态 实际完成日期 复查人员 复查日期 复查结果 闭环时间",
    "质量巡场": "NO. 机台号 品种 问题描述 优先级 跟进措施 预计完成日期 责任人 当前状态",
    "整改清单一": "编号 问题 原因 整改措施 责任人 完成期限 当前状态",
    "整改清单二": "序号 存在问题 整改措施 责任人 完成时限 备注",
    "整改清单三": "风险项 等级 问题描述 整改措施 责任人 时限",
    "整改任务": "整改编号 设备名称 隐患描述 负责人 计划完成日期 实际完成日期 状态",
    "list-capa": "Input_Category CAPA_ID Date_Created CAPA_Description Root_Cause Date_Root_Cause_Analysis_Completed "
    "Action_(Corrective_/_Preventive) Date_Actions_Defined Potentially_Adverse_Implications Verification "
    "Date_of_Verification Effectiveness_Evaluation Date_Closed",
    "CAPA_register": "CAPA_# Date Source Description Severity Root_Cause Corrective_Action Owner Due Status",
}
"""Sheet → headings; _ stands for a blank."""
WORDS = {
    "等级": "一般", "严重度": "一般", "Severity": "Minor", "优先级": "中", "来源类型": "内审", "Input Category": "内审",
    "Source": "内审", "状态": "进行中", "Status": "Open", "是否关闭": "否", "复查结果": "合格", "复核结论": "合格",
    "验证结果": "有效", "Effectiveness": "Effective",
}  # fmt: skip
"""Part of a heading → a word that stands below it."""
ANSWERS = {
    "持续改进计划表": {"完成日期": "完成期限"},
    "NCR导出": {"要求关闭时间": "完成期限"},
    "不符合项表": {"责任部门/人": "责任部门", "纠正/纠正措施": "措施内容"},
    "list-capa": {"Date Root Cause Analysis Completed": "", "Date Actions Defined": ""},
}
"""Tables that can't be adopted before a needed heading is settled, with the answer."""
TITLED = {"整改跟踪表": 12, "质量巡场": 2}
"""Sheets with lines of metadata above the header."""


def old_table(name: str, *, rows: int = 3, table: bool = False) -> bytes:
    """A workbook with that table: its title lines, headings, a few filled rows, a validation and a hidden sheet.

    Args:
        name: One of `HEADINGS`.
        rows: How many data rows.
        table: Make it an Excel table with a total row.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(name)
    headings = headings_of(name)
    above = TITLED.get(name, 0)
    day = book.add_format({"num_format": "yyyy/m/d", "border": 1})
    for row in range(above):
        sheet.write(row, 0, f"{name} 说明第 {row + 1} 行")
    for column, heading in enumerate(headings):
        sheet.write(above, column, heading, book.add_format({"bold": True, "bg_color": "#FFFF00"}))
        for row in range(rows):
            _write(sheet, above + 1 + row, column, heading, row, day)
    if table:
        columns = [{"header": heading} for heading in headings]
        sheet.add_table(above, 0, above + rows + 1, len(headings) - 1, {"columns": columns, "total_row": True})
    sheet.set_column(0, 3, 17)
    sheet.data_validation(above + 1, 0, above + 50, 0, {"validate": "length", "criteria": "<", "value": 99})
    other = book.add_worksheet("数据源")
    other.write_formula("A1", f"=COUNTA('{name}'!A:A)", None, 4)
    other.hide()
    book.close()
    return stream.getvalue()


def headings_of(name: str) -> list[str]:
    """The headings of a table, left to right."""
    return [heading.replace("_", " ") for heading in HEADINGS[name].split()]


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, heading: str, at: int, day: object) -> None:
    dated = ("时间", "日期", "期限", "时限", "Date", "Due")
    if column == 0 and heading.rstrip(".").upper() in ("编号", "序号", "NO"):
        sheet.write(row, column, at + 1)
    elif any(word in heading for word in dated) or heading == "计划完成":
        sheet.write_number(row, column, 46100 + at, day)
    else:
        sheet.write(row, column, _word_under(heading) or f"{heading} {at + 1}")


def _word_under(heading: str) -> str:
    """A word of the list that the heading asks for; "" where it asks for none."""
    return next((word for sign, word in WORDS.items() if sign in heading), "")
