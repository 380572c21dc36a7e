# ruff: noqa: E501 - a row of a table stays on one line
"""Tables in the words of other trades, each with what a careful person would make of it; made up by hand.

A table is its headings, its rows, and three expectations: what each heading means ("-" foreign, "?" asked), the rows
tracked and the rows left out once the asked headings and words are answered as `answers` and `meanings` say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

LATE, SOON, FAR = date(2026, 11, 10), date(2026, 12, 10), date(2026, 12, 28)
Row = tuple[object, ...]


@dataclass(frozen=True)
class TradeTable:
    """One table; headings and expectations are written between |."""

    headings: str
    means: str
    rows: tuple[Row, ...]
    tracked: int
    left_out: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


TRADES: dict[str, TradeTable] = {
    # 安全
    "安全隐患排查治理台账": TradeTable(
        "序号|检查日期|检查人|检查部位|隐患描述|隐患等级|整改措施|整改责任人|整改时限|复查人|复查时间|复查结果|备注",
        "编号|登记日期|提出人|-|问题描述|严重度|措施内容|责任人|完成期限|检查人|检查日期|检查结论|备注",
        ((1, LATE, "人甲", "配电间", "配电箱缺少警示标识", "一般隐患", "补贴标识", "人乙", SOON, "人甲", SOON, "合格", ""),
         (2, LATE, "人甲", "走廊", "二层走廊堆放纸箱", "重大隐患", "清理通道", "人丙", SOON, "", "", "", "")),
        2,
    ),
    "消防检查整改": TradeTable(
        "编号|存在的问题|整改要求|责任单位|责任人|限改日期|是否整改",
        "编号|问题描述|?|责任部门|责任人|完成期限|状态",
        (("X1", "灭火器压力不足", "更换", "后勤部", "人乙", LATE, "是"), ("X2", "疏散灯不亮", "维修", "后勤部", "人丙", LATE, "否")),
        2, answers={"整改要求": "措施内容"},
    ),
    "双重预防四色": TradeTable(
        "隐患编号|隐患内容|风险等级|整改方案|整改部门|整改责任人|计划完成日期|销号情况",
        "编号|问题描述|严重度|措施内容|责任部门|责任人|完成期限|状态",
        (("S1", "电缆沟盖板缺失", "红", "补齐盖板", "设备部", "人乙", SOON, "未销号"),
         ("S2", "护栏松动", "蓝", "紧固护栏", "设备部", "人丙", LATE, "已销号")),
        2, meanings={"严重度": {"红": "重大", "蓝": "一般"}},
    ),
    "安全月报分区": TradeTable(
        "序号|问题|措施|责任人|时限|完成情况",
        "-|问题描述|措施内容|责任人|完成期限|状态",
        (("一、现场类",), (1, "通道堆物", "清理划线", "人丁", SOON, "未完成"), ("二、制度类",),
         (1, "制度未修订", "修订发布", "人乙", SOON, "已完成"), ("合计", 2)),
        2,
    ),
    "职业健康": TradeTable(
        "编号|危害因素|存在问题|防范措施|责任部门|责任人员|整改完成期限|验收人|验收日期|验收结果",
        "编号|-|问题描述|措施内容|责任部门|责任人|完成期限|检查人|检查日期|检查结论",
        (("Z1", "噪声", "空压机房噪声超标", "加装隔音罩", "动力部", "人乙", SOON, "", "", ""),),
        1,
    ),
    # 质量
    "客诉8D台账": TradeTable(
        "No.|客户|发生日期|不良描述|根本原因|临时措施|纠正措施|责任部门|担当|预计完成日|实际完成日|状态",
        "编号|-|登记日期|问题描述|原因分析|临时处置|措施内容|责任部门|责任人|完成期限|实际完成日期|状态",
        (("C1", "客户一", LATE, "外观划伤三件", "周转箱无隔板", "全检", "加装隔板", "制造部", "人乙", SOON, "", "Open"),),
        1,
    ),
    "不合格品处置": TradeTable(
        "NCR编号|发现日期|不合格事实|不符合性质|产生原因|纠正预防措施|责任部门|责任人|完成期限|验证人|验证日期|验证结论",
        "编号|登记日期|问题描述|严重度|原因分析|措施内容|责任部门|责任人|完成期限|确认人|确认日期|效果结论",
        (("N1", LATE, "尺寸超差两件", "严重不符合", "刀具磨损", "定期换刀", "机加", "人乙", SOON, "人甲", "", ""),
         ("N2", LATE, "标签贴错一件", "轻微不符合", "无核对", "双人核对", "包装", "人丙", LATE, "人甲", LATE, "有效")),
        2,
    ),
    "质量例会督办": TradeTable(
        "序号|督办事项|主责部门|主责人|要求完成时间|进展情况|完成状态",
        "编号|问题描述|责任部门|责任人|完成期限|实施情况|状态",
        ((1, "完成供应商准入评审", "采购部", "人乙", SOON, "已发函三家", "推进中"),
         (2, "修订检验规范", "质量部", "人丙", LATE, "已发布", "已办结")),
        2,
    ),
    "QC小组对策表": TradeTable(
        "序号|要因|对策|目标|措施|负责人|完成时间",
        "编号|-|?|?|?|责任人|?",
        ((1, "培训不足", "开展培训", "合格率95%", "每周一课并考核", "人乙", SOON),),
        1, answers={"对策": "措施内容", "目标": "改进目标", "措施": "实施方案", "完成时间": "完成期限"},
    ),
    "供应商改善": TradeTable(
        "编号|供应商|问题点|改善对策|责任人|预计改善完成日期|改善结果|等级",
        "编号|?|问题描述|措施内容|责任人|完成期限|实施情况|严重度",
        (("G1", "甲厂", "来料混料", "分区标识", "人乙", SOON, "进行第一轮整改并提交照片", "A"),
         ("G2", "乙厂", "来料锈蚀", "改包装", "人乙", SOON, "已提交照片并复测", "B")),
        2, meanings={"严重度": {"A": "重大", "B": "一般"}},
    ),
    # 审核
    "内审不符合项": TradeTable(
        "审核日期|审核员|受审核部门|不符合项描述|不符合条款|不符合性质|原因分析|纠正措施|责任人|完成期限|验证结果",
        "登记日期|提出人|责任部门|问题描述|违反的要求|严重度|原因分析|措施内容|责任人|完成期限|效果结论",
        ((LATE, "人甲", "运维部", "记录未签字", "7.5", "一般不符合", "职责不清", "补签并培训", "人乙", SOON, ""),),
        1,
    ),
    "外审观察项": TradeTable(
        "序号|审核发现|类型|责任部门|整改建议|责任人|截止日期|整改状态",
        "编号|问题描述|?|责任部门|措施内容|责任人|完成期限|状态",
        ((1, "备件台账更新不及时", "观察项", "仓储", "每周盘点", "人乙", SOON, "整改中"),
         (2, "培训记录缺签到", "一般不符合", "人事", "补签到", "人丙", LATE, "整改完成")),
        2, answers={"类型": "问题类别"},
    ),
    "审计整改清单": TradeTable(
        "问题编号|审计发现问题|整改责任单位|整改责任人|整改措施|整改期限|整改落实情况|是否销号|附件",
        "编号|?|责任部门|责任人|措施内容|完成期限|实施情况|状态|-",
        (("SJ1", "三笔报销无审批单", "财务部", "人乙", "补齐审批单并自查", SOON, "已补两笔，余一笔在途", "否", ""),
         ("SJ2", "合同归档超期", "法务部", "人丙", "清理归档", LATE, "已全部归档并通报", "是", "")),
        2, answers={"审计发现问题": "问题描述"},
    ),
    "管理评审决议": TradeTable(
        "决议编号|决议内容|责任部门|责任人|完成时限|完成情况|验证人|验证时间",
        "编号|问题描述|责任部门|责任人|完成期限|状态|确认人|确认日期",
        (("J1", "增配夜班人员两名", "运维部", "人乙", SOON, "进行中", "", ""), ("J2", "更新服务目录", "运维部", "人丙", LATE, "已完成", "", "")),
        2,
    ),
    "检查要点表": TradeTable(
        "问题No.|检查项|存在问题|整改措施|责任人|截止时间|关闭日期",
        "编号|-|问题描述|措施内容|责任人|完成期限|?",
        (("1", "机房温湿度", "温度记录缺三天", "补记录并设提醒", "人乙", SOON, ""), ("2", "门禁", "门禁权限未回收", "回收权限", "人丙", LATE, LATE)),
        2, answers={"关闭日期": "实际完成日期"},
    ),
    # IT
    "问题管理台账": TradeTable(
        "问题编号|问题描述|优先级|根因|解决方案|处理人|计划完成时间|解决时间|问题状态",
        "编号|问题描述|优先级|原因分析|措施内容|责任人|完成期限|实际完成日期|状态",
        (("P1", "磁盘写满导致告警", "P1", "日志未轮转", "配置轮转", "人乙", SOON, "", "处理中"),
         ("P2", "证书过期", "P2", "无台账", "建立台账", "人丙", LATE, LATE, "已解决")),
        2, meanings={"优先级": {"P1": "高", "P2": "中"}},
    ),
    "漏洞整改": TradeTable(
        "编号|漏洞描述|严重级别|修复方案|责任部门|责任人|修复期限|修复状态",
        "编号|?|严重度|措施内容|责任部门|责任人|完成期限|?",
        (("V1", "组件存在远程执行", "高", "升级组件", "系统部", "人乙", SOON, "待处理"),
         ("V2", "弱口令", "中", "改口令", "系统部", "人丙", LATE, "已修复")),
        2,
        answers={"漏洞描述": "问题描述", "修复方案": "措施内容", "修复期限": "完成期限", "修复状态": "状态"},
        meanings={"严重度": {"高": "重大", "中": "一般"}},
    ),
    "项目任务跟踪": TradeTable(
        "任务编号|任务名称|任务内容|负责人|开始时间|截止时间|完成进度|任务状态|备注",
        "编号|问题描述|措施内容|责任人|开始日期|完成期限|进度%|状态|备注",
        (("T1", "割接演练", "完成双机切换演练", "人乙", LATE, SOON, 0.4, "进行中", ""),
         ("T2", "文档归集", "补齐拓扑图", "人丙", LATE, LATE, 1.0, "已完成", "")),
        2,
    ),
    "等保整改": TradeTable(
        "序号|不符合项|整改内容|责任单位|责任人|计划完成|整改情况",
        "编号|问题描述|措施内容|责任部门|责任人|完成期限|状态",
        ((1, "审计日志留存不足六个月", "扩容日志平台", "安全部", "人乙", SOON, "整改中"),
         (2, "默认账户未停用", "停用账户", "安全部", "人丙", LATE, "不适用")),
        2,
    ),
    "巡检缺陷": TradeTable(
        "缺陷编号|发现时间|缺陷描述|缺陷等级|处理措施|处理人|要求完成日期|实际完成时间|处理状态",
        "编号|登记日期|问题描述|严重度|措施内容|责任人|完成期限|实际完成日期|状态",
        (("Q1", LATE, "空调滴水", "一般", "换管", "人乙", SOON, "待定", "处理中"), ("Q2", LATE, "灯闪", "一般", "换灯", "人丙", LATE, LATE, "已处理")),
        2,
    ),
    # 施工
    "监理通知整改": TradeTable(
        "编号|施工单位|存在问题|整改措施|责任人|整改完成期限|复查日期|复查结论",
        "编号|?|问题描述|措施内容|责任人|完成期限|检查日期|检查结论",
        (("JL1", "施工一队", "三层临边防护缺失", "补设防护", "人乙", SOON, "", ""), ("JL2", "施工二队", "钢筋间距超差", "返修", "人丙", LATE, LATE, "复查合格")),
        2, answers={"施工单位": "责任部门"},
    ),
    "工程销项清单": TradeTable(
        "序号|楼栋|部位|问题描述|责任单位|整改人|要求完成日期|完工日期|销项状态",
        "编号|-|-|问题描述|责任部门|责任人|完成期限|实际完成日期|?",
        ((1, "1#", "厨房", "墙面空鼓", "装修队", "人乙", SOON, "", "未销项"), (2, "2#", "阳台", "漏水", "防水队", "人丙", LATE, LATE, "已销项")),
        2, answers={"销项状态": "状态"}, meanings={"状态": {"未销项": "进行中"}},
    ),
    "质量巡检两行表头": TradeTable(
        "NO.|品种|问题描述|跟进措施|责任人|预计完成日期|当前状态",
        "编号|-|问题描述|措施内容|责任人|完成期限|状态",
        ((1, "甲", "封口不严", "调温", "人乙", SOON, "跟进中"), (2, "乙", "日期模糊", "换色带", "人丙", FAR, "逾期")),
        2,
    ),
    # English
    "Action log": TradeTable(
        "ID|Action|Owner|Due Date|Status|Comments",
        "编号|措施内容|责任人|完成期限|状态|备注",
        (("A1", "Renew certificates", "Ann Lee", SOON, "In progress", ""), ("A2", "Close ports", "Bob Ray", LATE, "Done", ""),
         ("A3", "Train staff", "Ann Lee", LATE, "Cancelled", "")),
        3,
    ),
    "Issue log": TradeTable(
        "#|Issue Description|Date Raised|Raised By|Priority|Assigned To|Target Date|Closed Date|Status",
        "编号|问题描述|登记日期|提出人|优先级|责任人|完成期限|实际完成日期|状态",
        ((1, "Backup failed twice", LATE, "Ann Lee", "High", "Bob Ray", SOON, "N/A", "Open"),
         (2, "Alarm not routed", LATE, "Ann Lee", "Low", "Bob Ray", LATE, LATE, "Closed")),
        2,
    ),
    "CAPA log": TradeTable(
        "CAPA No.|Problem Description|Severity|Root Cause|Containment Action|Corrective Action|Preventive Action|Owner|"
        "Due Date|Completion Date|Effectiveness Check",
        "编号|问题描述|严重度|原因分析|临时处置|措施内容|-|责任人|完成期限|实际完成日期|效果结论",
        (("CA1", "Wrong label on two units", "Major", "No check", "Sorted", "Double check", "Scanner", "Ann Lee", SOON, "", ""),),
        1,
    ),
    "Audit findings": TradeTable(
        "Ref|Finding|Classification|Department|Recommendation|Action Owner|Deadline|Current Status",
        "编号|问题描述|?|责任部门|措施内容|责任人|完成期限|状态",
        (("F1", "Access rights not reviewed", "Major", "IT", "Review quarterly", "Ann Lee", SOON, "Ongoing"),
         ("F2", "Policy out of date", "Minor", "HR", "Update policy", "Bob Ray", LATE, "Implemented")),
        2, answers={"Classification": "严重度"},
    ),
    "RAID log": TradeTable(
        "Risk ID|Risk Description|Risk Rating|Mitigation Plan|Risk Owner|Due Date|Status",
        "编号|问题描述|严重度|措施内容|?|完成期限|状态",
        (("R1", "Single supplier for spares", "High", "Second source", "Ann Lee", SOON, "Open"),
         ("R2", "Key person leaves", "Low", "Deputy named", "Bob Ray", LATE, "Closed")),
        2, answers={"Risk Owner": "责任人"}, meanings={"严重度": {"High": "重大", "Low": "一般"}},
    ),
    "Non-conformance register": TradeTable(
        "NCR No.|Date|Non-conformity|Cause|Correction|Corrective Action|Responsible|Target Completion Date|Date Closed|Verified By",
        "编号|登记日期|问题描述|原因分析|临时处置|措施内容|责任人|完成期限|实际完成日期|确认人",
        (("N1", LATE, "Torque out of range", "Worn tool", "Reworked", "Change tools monthly", "Ann Lee", SOON, "TBD", ""),),
        1,
    ),
    "Snag list": TradeTable(
        "S/N|Location|Defect Description|Responsible Party|Due By|Completed Date|Remarks",
        "编号|-|问题描述|责任人|完成期限|实际完成日期|备注",
        ((1, "Lobby", "Cracked tile", "Fit-out team", SOON, "", ""), (2, "Roof", "Leak at joint", "Roofer", LATE, LATE, "")),
        2,
    ),
    "Meeting actions": TradeTable(
        "No|Action Description|Person Responsible|Deadline|Progress Update|Complete?",
        "编号|措施内容|责任人|完成期限|实施情况|状态",
        ((1, "Send the revised plan", "Ann Lee", SOON, "Draft with the client", "N"), (2, "Book the room", "Bob Ray", LATE, "Booked for June", "Y")),
        2,
    ),
}  # fmt: skip
