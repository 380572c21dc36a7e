"""The action: one row of the 改进计划跟踪表, and so the schema of that sheet.

Field order is column order in the blank workbook. Aliases are the headings of real tracking tables.
"""

from datetime import date
from typing import Annotated, Self

from msgspec import Struct, structs

from capa_xl.model import words
from capa_xl.model.columns import Kind, column

TRACKER_SHEET = "改进计划跟踪表"


class Action(Struct, frozen=True):
    """One corrective, preventive or improvement action as people wrote it; blank is None or ().

    Attributes:
        row: 1-based row in the sheet (over several sheets: `model.pages`); a value's address is `Table.cell`.
        number: Never blank in an action of the register: a row without it is quarantined, and "" only there.
    """

    row: int

    # 登记
    number: Annotated[str, column(
        "编号", Kind.KEY,
        prompt="按编号规则取号，不重复，取消的号也不再用，例：GJ-2026-001。",
        band="登记", fact="登记", filled_by="质量部",
        aliases=("No.", "NO.", "No", "单据编号", "问题编号", "事件编号", "整改编号", "隐患编号", "不符合项编号",
                 "决议编号", "督办序号", "CAPA编号", "CAPA ID", "CAPA #", "改进编号", "序号", "问题No.", "问题序号",
                 "任务编号", "督办编号", "NCR编号", "缺陷编号", "工单编号", "ID", "Ref", "Ref No.", "Reference",
                 "Item No.", "Issue ID", "Issue No.", "Finding ID", "Finding No.", "Finding Ref", "Action ID",
                 "Action No.", "NCR No.", "CAR No.", "CAPA No.", "Risk ID", "Audit Ref", "S/N", "问题单号", "事件单号",
                 "缺陷单号", "漏洞编号", "不良事件编号", "8D编号", "异常单号", "故障编号", "不符合工作编号",
                 "任务序号", "项次", "序", "Case No.", "项", "不合格报告号", "不符合报告号", "不合格报告编号", "不符合报告编号",
                 "NC Report No."),
    )] = ""  # fmt: skip
    description: Annotated[str | None, column(
        "问题描述", Kind.NOTE,
        prompt="写清时间、地点、现象和数量，不少于 10 个字；不写原因。",
        band="登记", fact="登记", filled_by="提出人",
        aliases=("问题", "问题点", "存在问题", "现状问题", "不符合描述", "不符合项描述", "不良描述", "隐患描述",
                 "事项", "督办事项", "决议内容", "改进项目", "Description", "CAPA Description", "问题内容", "隐患内容",
                 "事故隐患", "缺陷描述", "不符合事实", "不符合事实描述", "不符合项", "不合格事实", "问题现象",
                 "存在的问题", "存在问题描述", "发现问题", "发现的问题", "整改事项", "督办内容", "检查项", "任务名称",
                 "Issue", "Issue Description", "Finding", "Finding Description", "Findings", "Problem",
                 "Problem Description", "Nonconformity", "Nonconformity Description", "Non-conformance",
                 "Non-conformity", "Observation", "Defect Description", "Risk Description",
                 "Problem Statement", "审核发现", "事件经过", "事件描述", "缺陷内容", "漏洞名称", "问题标题",
                 "议定事项", "审计发现", "检查发现", "问题事实", "诉求内容", "故障现象", "异常内容", "Summary",
                 "Guest Complaint", "工作任务", "不符合工作描述", "督察反馈问题", "偏离情况", "偏离描述", "偏差描述", "偏差情况",
                 "不合格描述", "报事内容", "报修内容", "反映内容", "Deviation Title", "Deviation Description"),
    )] = None  # fmt: skip
    registered_on: Annotated[date | None, column(
        "登记日期", Kind.DATE,
        prompt="在本表登记的日期，写成 2026-03-31。",
        band="登记", fact="登记", dates_fact=True, filled_by="提出人",
        aliases=("提出时间", "发现日期", "发现时间", "发生日期", "报告时间", "排查日期", "单据日期", "发出日期",
                 "创建时间", "Date", "Date Created", "登记时间", "隐患发现日期", "Date Raised", "Raised Date",
                 "Date Opened", "Opened Date", "Date Identified", "Date Reported", "Reported Date",
                 "Date Logged", "Audit Date", "Open Date", "Opened On", "排查时间", "签发日期", "上报时间", "上报日期",
                 "发生时间", "会议日期", "审计日期", "受理时间", "受理日期", "发生日", "Created", "Date Received", "Date Found",
                 "Found On", "Date Observed", "Date Noted"),
    )] = None  # fmt: skip
    raised_by: Annotated[str | None, column(
        "提出人", Kind.PERSON,
        prompt="谁发现或提出的。填姓名，与《人员部门》中一致。",
        band="登记", fact="登记", filled_by="提出人",
        aliases=("提交人", "上报人", "发现人", "排查人员", "报告人", "发出人", "问题提出人", "隐患发现人", "Raised By",
                 "Reported By", "Identified By", "Originator", "Reporter", "Auditor", "排查人", "提单人", "报事人", "报修人",
                 "开具人", "Found By", "Observed By", "Noted By", "Logged By"),
    )] = None  # fmt: skip
    source: Annotated[str | None, column(
        "来源", Kind.CHOICE,
        prompt="从列表选择。管理评审决议选“管理评审”，审核不符合选“内部审核”或“外部审核”。",
        band="登记", fact="登记", choices=words.SOURCES, filled_by="提出人",
        aliases=("问题来源", "单据来源", "来源类型", "源单类型", "提出会议", "Source", "Input Category"),
    )] = None  # fmt: skip
    raised_department: Annotated[str | None, column(
        "提出部门",
        Kind.DEPARTMENT,
        prompt="空白时按提出人所在部门。",
        band="登记",
        fact="登记",
        visible=False,
        filled_by="提出人",
        aliases=("发出部门", "检查单位", "上报科室", "上报部门"),
    )] = None  # fmt: skip
    source_number: Annotated[str | None, column(
        "来源单号", Kind.TEXT,
        prompt="原始单据号，如事件单、投诉单、不符合报告号。",
        band="登记", fact="登记", visible=False, filled_by="提出人",
        aliases=("来源 ID", "源单单号", "决议依据"),
    )] = None  # fmt: skip
    need_number: Annotated[
        str | None,
        column(
            "问题需求编号",
            Kind.REF,
            prompt="《问题需求登记》中的登记编号；没有登记过的不填。",
            band="登记",
            fact="登记",
            visible=False,
            filled_by="质量部",
        ),
    ] = None
    plan_number: Annotated[
        str | None,
        column(
            "计划编号",
            Kind.REF,
            prompt="填《计划》中的计划编号，改进类必填；结转的加写新计划的编号，原来的不删。",
            band="登记",
            fact="登记",
            visible=False,
            filled_by="质量部",
        ),
    ] = None

    # 分析
    action_type: Annotated[
        str | None,
        column(
            "措施类型",
            Kind.CHOICE,
            prompt="纠正：已发生的不合格；预防：可能发生的不合格；改进：可以做得更好。",
            band="分析",
            choices=words.ACTION_TYPES,
            planning=True,
            filled_by="质量部",
            aliases=("措施类别", "Action Type", "CAPA Type"),
        ),
    ] = None
    severity: Annotated[str | None, column(
        "严重度", Kind.CHOICE,
        prompt="重大：影响合同或服务级别、业务中断、重大投诉、外审严重不符合；其余为一般。",
        band="分析", choices=words.SEVERITIES, planning=True, filled_by="质量部",
        aliases=("等级", "级别", "问题等级", "严重程度", "风险等级", "隐患等级", "隐患级别", "不符合项等级",
                 "Severity", "严重等级", "严重级别", "不符合性质", "不符合项性质", "缺陷等级", "问题级别",
                 "Severity Level", "Risk Level", "Risk Rating", "Finding Category", "事件等级", "漏洞等级", "缺陷级别"),
    )] = None  # fmt: skip
    is_repeat: Annotated[
        bool | None,
        column(
            "是否重复",
            Kind.YES_NO,
            prompt="同类问题近 12 个月是否发生过。填“是”时请填前次编号。",
            band="分析",
            filled_by="质量部",
        ),
    ] = None
    process: Annotated[
        str | None,
        column(
            "所属过程",
            Kind.OPEN_CHOICE,
            prompt="问题发生在哪个过程；决定默认的归口部门。",
            band="分析",
            choices=words.PROCESSES,
            filled_by="质量部",
            aliases=("过程",),
        ),
    ] = None
    priority: Annotated[
        str | None,
        column(
            "优先级",
            Kind.CHOICE,
            prompt="空白时：重大或重复为高，其余为中。",
            band="分析",
            choices=words.PRIORITIES,
            filled_by="质量部",
            aliases=("Priority", "紧急程度", "重要程度", "优先等级", "Priority Level"),
        ),
    ] = None
    impact: Annotated[
        str | None,
        column(
            "影响面",
            Kind.NOTE,
            prompt="涉及哪些客户、系统、业务和范围。",
            band="分析",
            filled_by="责任部门",
        ),
    ] = None
    cause: Annotated[str | None, column(
        "原因分析", Kind.NOTE,
        prompt="写为什么会发生，追到制度、方法或管理；不要重复问题描述。纠正、预防必填。",
        band="分析", planning=True, filled_by="责任部门",
        aliases=("原因", "根因", "根本原因", "根本产生原因", "根本分析结论", "Root Cause", "问题原因", "原因说明", "产生原因", "产生原因分析",
                 "不符合原因", "不符合原因分析", "Cause", "Root Cause Analysis", "Cause Analysis", "根源分析", "问题根源",
                 "根因分析", "RCA", "RCA 结论", "Why Did It Happen"),
    )] = None  # fmt: skip
    previous_numbers: Annotated[
        tuple[str, ...],
        column(
            "前次编号",
            Kind.REFS,
            prompt="以前同类问题的编号，可填多个，用“、”隔开；本表以前的，编号后加“（旧）”。",
            band="分析",
            visible=False,
            filled_by="质量部",
        ),
    ] = ()
    level: Annotated[
        str | None,
        column(
            "问题层面",
            Kind.CHOICE,
            prompt="空白时按来源判断：审核、管理评审、体系运行等为管理体系，其余为服务过程。",
            band="分析",
            choices=words.LEVELS,
            visible=False,
            filled_by="质量部",
        ),
    ] = None
    category: Annotated[str | None, column(
        "问题类别", Kind.OPEN_CHOICE,
        prompt="用于统计和查找重复，从列表选择，也可另写。",
        band="分析", choices=words.CATEGORIES, visible=False, filled_by="质量部",
        aliases=("分类", "问题分类", "类别", "问题类型", "隐患类别", "隐患类型", "不符合类别", "Category", "事件类型"),
    )] = None  # fmt: skip
    current_state: Annotated[
        str | None,
        column(
            "现状分析",
            Kind.NOTE,
            prompt="改进、预防必填：现在的做法和数据。",
            band="分析",
            visible=False,
            filled_by="责任部门",
        ),
    ] = None
    cause_category: Annotated[
        tuple[str, ...],
        column(
            "原因类别",
            Kind.CHOICES,
            prompt="人、机、料、法、环、测、管理，可填多个，用“、”隔开。",
            band="分析",
            choices=words.CAUSE_CATEGORIES,
            visible=False,
            filled_by="责任部门",
        ),
    ] = ()
    analysis_methods: Annotated[
        tuple[str, ...],
        column(
            "分析方法",
            Kind.CHOICES,
            prompt="5Why、鱼骨图、故障树、排列图等，可填多个，用“、”隔开；重大问题应注明。",
            band="分析",
            choices=words.ANALYSIS_METHODS,
            visible=False,
            filled_by="责任部门",
        ),
    ] = ()
    main_cause: Annotated[
        str | None,
        column(
            "主要原因", Kind.NOTE, prompt="预防措施写明主要原因。", band="分析", visible=False, filled_by="责任部门"
        ),
    ] = None
    analysis_number: Annotated[
        str | None,
        column(
            "分析编号",
            Kind.REF,
            prompt="《分析记录》中的分析编号，说明统计依据。",
            band="分析",
            visible=False,
            filled_by="归口部门",
        ),
    ] = None
    breached_requirement: Annotated[str | None, column(
        "违反的要求", Kind.NOTE,
        prompt="违反了哪条制度、标准、合同或法规，写到条款，例：YNTD-ITSS-0300 4.4.6。",
        band="分析", visible=False, filled_by="质量部",
        aliases=("违反条款", "违反的条款", "违反要求", "对应条款/标准", "对应条款", "不符合条款", "不符合标准条款",
                 "Clause", "Standard Clause", "Requirement Not Met"),
        came_later=True,
    )] = None  # fmt: skip
    like_problems: Annotated[str | None, column(
        "同类排查", Kind.NOTE,
        prompt="别处有没有或会不会有同样的问题：查了哪些部门、系统、项目，结果怎样。",
        band="分析", visible=False, filled_by="责任部门",
        aliases=("举一反三", "同类问题排查", "横向展开", "水平展开", "举一反三情况", "Extent of Condition", "Horizontal Deployment"),
        came_later=True,
    )] = None  # fmt: skip
    containment: Annotated[str | None, column(
        "临时处置", Kind.NOTE,
        prompt="纠正类：不合格本身是怎样消除的，哪天完成的。",
        band="分析", visible=False, filled_by="责任部门",
        aliases=("应急对策", "临时处理措施", "临时措施", "应急措施", "临时控制措施", "Correction", "Containment",
                 "Containment Action", "Immediate Action", "Interim Action", "围堵措施", "纠正", "就地处置", "即时处置",
                 "先期处置", "规避方案", "规避措施", "Workaround", "Interim Protection", "Interim Measure", "Interim Measures",
                 "Interim Control", "Interim Controls"),
    )] = None  # fmt: skip
    investigators: Annotated[
        tuple[str, ...],
        column(
            "调查人",
            Kind.PEOPLE,
            prompt="谁做的调查，可填多人，用“、”隔开。",
            band="分析",
            visible=False,
            filled_by="责任部门",
        ),
    ] = ()
    investigated_on: Annotated[
        date | None,
        column(
            "调查日期",
            Kind.DATE,
            prompt="完成调查的日期，写成 2026-03-31。",
            band="分析",
            visible=False,
            filled_by="责任部门",
        ),
    ] = None

    # 策划
    goal: Annotated[str | None, column(
        "改进目标",
        Kind.NOTE,
        prompt="目标和总体要求，尽量可衡量，例：P2 响应超时率 ≤3%。",
        band="策划",
        filled_by="归口部门",
        aliases=("目标状态", "完成标准", "整改要求", "整改目标"),
    )] = None  # fmt: skip
    measure: Annotated[str | None, column(
        "措施内容", Kind.NOTE,
        prompt="做什么才能消除原因；避免“加强”“提高”一类空话。",
        band="策划", planning=True, filled_by="归口部门",
        aliases=("措施", "改进措施", "整改措施", "纠正措施", "纠正/预防措施", "纠正预防措施", "改善措施", "改善对策",
                 "对策", "处理措施", "跟进措施", "解决方案", "行动计划", "不符合项整改", "长期处理措施1",
                 "Corrective Action", "Action (Corrective / Preventive)", "整改措施及要求", "整改方案", "整改内容",
                 "整改方法", "任务内容", "工作措施", "防范措施", "整改建议", "整改意见", "Corrective Actions",
                 "Corrective/Preventive Action", "Corrective and Preventive Action", "Preventive Action",
                 "Action", "Action Description", "Action Required", "Action Plan", "Actions", "Agreed Action",
                 "Task", "Task Description", "Mitigation", "Mitigation Action", "Mitigation Plan",
                 "Recommendation", "Recommended Action", "治理措施", "消缺措施", "修复方案", "修复措施",
                 "永久解决方案", "永久对策", "永久措施", "长期对策", "CAPA措施", "整改举措", "Long-term Action"),
    )] = None  # fmt: skip
    scheme: Annotated[
        str | None,
        column(
            "实施方案",
            Kind.NOTE,
            prompt="怎么做：步骤、负责人、时间、数量；也可在《措施分解》逐条写。",
            band="策划",
            planning=True,
            filled_by="责任部门",
        ),
    ] = None
    owning_department: Annotated[
        str | None,
        column(
            "归口部门",
            Kind.DEPARTMENT,
            prompt="主管该过程的部门；重大、重复、预防必填，其余空白时按所属过程。",
            band="策划",
            planning=True,
            filled_by="质量部",
        ),
    ] = None
    responsible_department: Annotated[str | None, column(
        "责任部门", Kind.DEPARTMENT,
        prompt="负责实施的部门。可填多个，用“、”隔开，第一个是主要责任部门。",
        band="策划", planning=True, filled_by="归口部门",
        aliases=("负责部门", "责任单位", "整改单位", "归属部门", "牵头部门", "处理部门", "接收部门", "异常责任部门",
                 "部门", "整改部门", "整改责任部门", "整改责任单位", "主责部门", "主办部门", "承办部门", "受审核部门",
                 "受审部门", "Department", "Dept", "Responsible Department", "责任科室", "责任班组", "责任车间",
                 "责任小组", "处理组", "担当部门", "承办单位", "受审核方", "受审方", "被审核部门", "整改班组", "整改责任机构",
                 "责任机构"),
    )] = None  # fmt: skip
    owners: Annotated[tuple[str, ...], column(
        "责任人", Kind.PEOPLE,
        prompt="负责实施的人。可填多人，用“、”隔开，第一位是主要责任人。",
        band="策划", planning=True, filled_by="归口部门",
        aliases=("负责人", "整改责任人", "整改负责人", "整改人", "处理人", "实施人", "跟进人", "责任岗位", "Owner",
                 "整改责任人员", "责任人员", "整改落实人", "主责人", "承办人", "经办人", "Action Owner", "Assigned To",
                 "Assignee", "Responsible", "Responsible Person", "Person Responsible", "Responsible Party",
                 "Issue Owner", "Who", "By Whom", "PIC", "担当", "治理责任人", "消缺负责人", "修复责任人", "消缺责任人", "责任者", "担当者",
                 "牵头人", "整改联系人", "Manager Responsible", "Action By", "Action Party", "Action Officer",
                 "Action Holder", "Actionee", "Actioner", "Resp."),
    )] = ()  # fmt: skip
    external_party: Annotated[
        str | None,
        column(
            "外部单位",
            Kind.TEXT,
            prompt="由供方或客户实施时写单位名称；责任人仍填公司里负责到底的人。",
            band="策划",
            visible=False,
            filled_by="归口部门",
            came_later=True,
        ),
    ] = None
    due_on: Annotated[date | None, column(
        "完成期限", Kind.DATE,
        prompt="措施全部完成的日期，写成 2026-03-31。不写“月底”“尽快”。提前一个月提醒。",
        band="策划", planning=True, filled_by="归口部门",
        aliases=("整改期限", "完成时限", "时限", "期限", "计划完成", "计划完成时间", "计划完成日期", "计划完成时限",
                 "要求完成日期", "要求关闭时间", "计划关闭时间", "目标完成时间", "目标解决时间", "预计完成日期",
                 "预计改善完成日期", "到期日", "截止日期", "Due", "整改时限", "整改截止日期", "整改截止时间",
                 "截止时间", "要求完成时间", "要求整改完成时间", "要求整改期限", "限期", "限改日期", "整改完成期限",
                 "计划整改完成时间", "计划整改时间", "计划完成期限", "Due Date", "Target Date",
                 "Target Completion Date", "Target Close Date", "Deadline", "Planned Completion Date",
                 "Due By", "Date Due", "Planned Date", "治理期限", "消缺期限", "修复期限", "计划完成日", "完成预定日",
                 "办理时限", "办结时限", "要求回复日期", "目标解决日期", "解决期限", "整改完成时限", "承诺完成日",
                 "承诺完成日期", "拟完成日期", "计划结束", "计划结束日期", "办理期限", "对策期限",
                 "To Be Completed By", "目标日期", "Date Required", "Required Date", "Required By",
                 "Required Closure Date", "Required Completion Date", "Estimated Completion Date",
                 "Expected Completion Date", "Commit Date", "Commitment Date", "Need Date", "Expected Date"),
    )] = None  # fmt: skip
    original_due_on: Annotated[
        date | None,
        column(
            "原完成期限",
            Kind.DATE,
            prompt="第一次批准的期限；改期后保留，空白时自动推断。",
            band="策划",
            visible=False,
            filled_by="归口部门",
        ),
    ] = None
    indicator: Annotated[
        str | None,
        column(
            "效果指标",
            Kind.TEXT,
            prompt="用什么指标衡量效果，例：响应超时率。",
            band="策划",
            visible=False,
            filled_by="归口部门",
        ),
    ] = None
    baseline: Annotated[
        float | None,
        column(
            "现值",
            Kind.NUMBER,
            prompt="改进前的数值，只填数字。",
            band="策划",
            visible=False,
            filled_by="归口部门",
            measured=True,
        ),
    ] = None
    target: Annotated[
        float | None,
        column(
            "目标值",
            Kind.NUMBER,
            prompt="要达到的数值，只填数字。",
            band="策划",
            visible=False,
            filled_by="归口部门",
            measured=True,
        ),
    ] = None
    unit: Annotated[
        str | None,
        column(
            "单位", Kind.TEXT, prompt="指标的单位，例：%、次、小时。", band="策划", visible=False, filled_by="归口部门"
        ),
    ] = None
    involved_departments: Annotated[
        tuple[str, ...],
        column(
            "涉及部门",
            Kind.DEPARTMENTS,
            prompt="还需要哪些部门配合，用“、”隔开；重大、重复必填。",
            band="策划",
            visible=False,
            filled_by="归口部门",
            aliases=("配合部门", "协办部门", "协助部门", "配合单位", "配合科室", "配合处室", "协办科室", "协办单位"),
        ),
    ] = ()
    communication: Annotated[
        str | None,
        column(
            "沟通记录",
            Kind.NOTE,
            prompt="跨部门时：哪天、和谁、商定了什么。",
            band="策划",
            visible=False,
            filled_by="归口部门",
        ),
    ] = None
    resources: Annotated[
        str | None,
        column(
            "资源需求",
            Kind.NOTE,
            prompt="需要的人、财、物，写明数量和金额。",
            band="策划",
            visible=False,
            filled_by="责任部门",
        ),
    ] = None
    resources_on: Annotated[
        date | None,
        column(
            "资源落实日期",
            Kind.DATE,
            prompt="部门经理确认资源到位的日期，写成 2026-03-31。",
            band="策划",
            visible=False,
            filled_by="部门经理",
        ),
    ] = None
    observation_days: Annotated[
        int | None,
        column(
            "观察期(天)",
            Kind.COUNT,
            least=1,
            prompt="完成后观察多少天再确认效果；空白时一般 30 天、重大 90 天。",
            band="策划",
            visible=False,
            filled_by="归口部门",
        ),
    ] = None

    # 审批
    approver: Annotated[
        str | None,
        column(
            "批准人",
            Kind.PERSON,
            prompt="一般纠正由部门经理批准；重大、重复、预防、改进由总经理或管理评审批准。",
            band="审批",
            fact="审批",
            filled_by="批准人",
            aliases=("审批人", "Approved By", "Approver"),
        ),
    ] = None
    approved_on: Annotated[
        date | None,
        column(
            "批准日期",
            Kind.DATE,
            prompt="批准或退回的日期，写成 2026-03-31。",
            band="审批",
            fact="审批",
            dates_fact=True,
            filled_by="批准人",
            aliases=(
                "审批日期",
                "审批时间",
                "批准时间",
                "Approval Date",
                "Approved Date",
                "Date Approved",
                "Approved On",
            ),
        ),
    ] = None
    approval: Annotated[
        str | None,
        column(
            "批准结论",
            Kind.CHOICE,
            prompt="同意或不同意；不同意时请把理由写在备注。",
            band="审批",
            fact="审批",
            choices=words.APPROVALS,
            filled_by="批准人",
        ),
    ] = None
    approval_route: Annotated[
        str | None,
        column(
            "批准方式",
            Kind.CHOICE,
            prompt="空白时按批准人当日的职务判断。",
            band="审批",
            fact="审批",
            choices=words.APPROVAL_ROUTES,
            visible=False,
            filled_by="批准人",
        ),
    ] = None
    review_number: Annotated[
        str | None,
        column(
            "管理评审编号",
            Kind.REF,
            prompt="由管理评审批准的，填《管理评审》中的评审编号。",
            band="审批",
            fact="审批",
            visible=False,
            filled_by="质量部",
        ),
    ] = None
    approval_evidence: Annotated[
        str | None,
        column(
            "批准凭证",
            Kind.TEXT,
            prompt="批准的原始凭证：OA 单号、邮件、签字页的存放位置。",
            band="审批",
            fact="审批",
            visible=False,
            filled_by="批准人",
            came_later=True,
        ),
    ] = None

    # 实施
    progress_note: Annotated[str | None, column(
        "实施情况", Kind.NOTE,
        prompt="做了什么、做到什么程度，写数量和日期。",
        band="实施", fact="完成", filled_by="责任人",
        aliases=("完成情况", "整改完成情况", "整改描述", "改善结果", "处理结果", "落实情况", "整改落实情况",
                 "整改情况", "处理情况", "整改结果", "办理情况", "进展情况", "最新进展", "Action Taken",
                 "Actions Taken", "Progress Update", "Latest Update", "Status Update", "Progress Notes",
                 "Update", "整改进展", "办理进展", "消缺情况", "办结情况", "追踪结果", "整改进展情况", "当前进展", "目前进展",
                 "进展描述", "处理结果描述"),
    )] = None  # fmt: skip
    completed_on: Annotated[date | None, column(
        "实际完成日期", Kind.DATE,
        prompt="全部措施做完的日期，写成 2026-03-31。返工后改为新的完成日期。",
        band="实施", fact="完成", dates_fact=True, filled_by="责任人",
        aliases=("实际完成", "实际完成时间", "整改完成日期", "整改完成时间", "实施时间", "实际关闭时间",
                 "实际整改完成日期", "实际整改完成时间", "完工日期", "实际完工日期", "Actual Completion Date",
                 "Date Completed", "Completed Date", "Completed On", "Completion Date (Actual)",
                 "Actual Close Date", "Actual Date", "Date Closed", "Closed Date", "Closure Date",
                 "Close Date", "Closed On", "实际完成日", "完成实绩日", "实际回复日期", "消缺完成时间", "实际解决时间",
                 "实际解决日期", "最终完成日", "办结时间", "办结日期", "实际结束", "实际结束日期", "Date Achieved", "整改回复日", "整改回复日期", "Date Abated",
                 "Date Rectified", "Date Corrected", "Date Fixed", "Date Resolved"),
    )] = None  # fmt: skip
    evidence: Annotated[
        str | None,
        column(
            "完成证据",
            Kind.NOTE,
            prompt="文件名、记录编号或链接，能让检查人找到。",
            band="实施",
            fact="完成",
            filled_by="责任人",
            aliases=(
                "改进证据",
                "佐证/验证",
                "整改证据",
                "整改佐证",
                "完成佐证",
                "佐证材料",
                "证明材料",
                "Evidence",
                "Objective Evidence",
            ),
        ),
    ] = None
    started_on: Annotated[date | None, column(
        "开始日期",
        Kind.DATE,
        prompt="开始实施的日期，写成 2026-03-31。应在批准之后。",
        band="实施",
        fact="开始",
        dates_fact=True,
        visible=False,
        filled_by="责任人",
        aliases=("开始时间", "整改开始日期", "整改开始时间", "Start Date", "Started On", "实际开始", "实际开始日期"),
    )] = None  # fmt: skip
    progress: Annotated[
        float | None,
        column(
            "进度%",
            Kind.NUMBER,
            least=0,
            most=100,
            prompt="0 到 100 的数字。",
            band="实施",
            fact="开始",
            visible=False,
            filled_by="责任人",
            aliases=(
                "完成率",
                "完成百分比",
                "整改进度",
                "完成进度",
                "Percent Complete",
                "Percent Done",
                "Completion %",
            ),
        ),
    ] = None

    # 检查
    inspector: Annotated[str | None, column(
        "检查人",
        Kind.PERSON,
        prompt="检查部门的人，一般不是责任人本人。",
        band="检查",
        fact="检查",
        filled_by="检查部门",
        aliases=("复查人", "复查人员", "验证员", "复查人签字", "复核人", "验收人", "复测人"),
    )] = None  # fmt: skip
    inspected_on: Annotated[
        date | None,
        column(
            "检查日期",
            Kind.DATE,
            prompt="检查的日期，写成 2026-03-31。不早于实际完成日期。",
            band="检查",
            fact="检查",
            dates_fact=True,
            filled_by="检查部门",
            aliases=("复查日期", "复查时间", "复核日期", "复核时间", "验收日期", "验收时间"),
        ),
    ] = None
    inspection: Annotated[str | None, column(
        "检查结论", Kind.CHOICE,
        prompt="合格或不合格；不合格时退回责任人返工。",
        band="检查", fact="检查", choices=words.INSPECTIONS, filled_by="检查部门", may_cancel=True,
        aliases=("复查结果", "复核结论", "复核意见", "复查结论", "复查情况", "复核结果", "验收结果", "验收结论",
                 "复测结果", "验收意见"),
    )] = None  # fmt: skip
    inspection_note: Annotated[
        str | None,
        column(
            "检查情况",
            Kind.NOTE,
            prompt="看了什么、抽查多少、结果如何。",
            band="检查",
            fact="检查",
            visible=False,
            filled_by="检查部门",
        ),
    ] = None

    # 确认
    confirmer: Annotated[
        str | None,
        column(
            "确认人",
            Kind.PERSON,
            prompt="归口部门负责人。填姓名，与《人员部门》中一致。",
            band="确认",
            fact="确认",
            filled_by="归口部门负责人",
            aliases=("验证人", "效果验证人", "验证人员", "Verified By", "Verifier"),
        ),
    ] = None
    confirmed_on: Annotated[date | None, column(
        "确认日期", Kind.DATE,
        prompt="效果确认的日期，写成 2026-03-31。不早于最早确认日。",
        band="确认", fact="确认", dates_fact=True, filled_by="归口部门负责人",
        aliases=("验证时间", "效果验证时间", "验证日期", "Verification Date", "Date Verified", "Date of Verification",
                 "Verified On"),
    )] = None  # fmt: skip
    execution: Annotated[
        str | None,
        column(
            "执行情况结论",
            Kind.CHOICE,
            prompt="措施是否已落实。",
            band="确认",
            fact="确认",
            choices=words.EXECUTIONS,
            filled_by="归口部门负责人",
        ),
    ] = None
    effect: Annotated[str | None, column(
        "效果结论", Kind.CHOICE,
        prompt="有效、部分有效或无效；后两种请填后续编号。",
        band="确认", fact="确认", choices=words.EFFECTS, filled_by="归口部门负责人",
        may_cancel=True,
        aliases=("验证结果", "跟踪验证结果", "跟踪结论", "效果验证", "效果验证结果", "Effectiveness Evaluation",
                 "验证结论", "验证情况", "Effectiveness", "Effectiveness Check", "Verification Result", "有效性评估",
                 "效果评价"),
    )] = None  # fmt: skip
    needs_revision: Annotated[
        bool | None,
        column(
            "是否涉及文件修订",
            Kind.YES_NO,
            prompt="是否需要修改技术或管理文件；填“是”时在《文件修订》登记。",
            band="确认",
            fact="确认",
            filled_by="归口部门负责人",
        ),
    ] = None
    actual: Annotated[
        float | None,
        column(
            "实际值",
            Kind.NUMBER,
            prompt="改进后效果指标的数值，只填数字。",
            measured=True,
            band="确认",
            fact="确认",
            visible=False,
            filled_by="归口部门负责人",
        ),
    ] = None
    confirmation_evidence: Annotated[
        str | None,
        column(
            "确认凭证",
            Kind.TEXT,
            prompt="重大项确认的原始凭证：OA 单号、邮件、签字页的存放位置。",
            band="确认",
            fact="确认",
            visible=False,
            filled_by="归口部门负责人",
            came_later=True,
        ),
    ] = None
    follow_ups: Annotated[
        tuple[str, ...],
        column(
            "后续编号",
            Kind.REFS,
            prompt="效果不理想时，接着做的新措施编号，可填多个，用“、”隔开。",
            band="确认",
            fact="确认",
            visible=False,
            filled_by="归口部门",
        ),
    ] = ()
    evaluating_department: Annotated[
        str | None,
        column(
            "评价组织部门",
            Kind.DEPARTMENT,
            prompt="组织效果评价的部门。",
            band="确认",
            fact="确认",
            visible=False,
            filled_by="归口部门",
        ),
    ] = None

    # 归档
    archived_on: Annotated[
        date | None,
        column(
            "归档日期",
            Kind.DATE,
            prompt="效果确认报告归档的日期，写成 2026-03-31。确认后 10 个工作日内。",
            band="归档",
            fact="归档",
            dates_fact=True,
            filled_by="责任部门",
        ),
    ] = None
    report_number: Annotated[
        str | None,
        column(
            "报告编号",
            Kind.TEXT,
            prompt="效果确认报告的编号，例：GJBG-2026-001。",
            band="归档",
            fact="归档",
            visible=False,
            filled_by="责任部门",
        ),
    ] = None
    archive_location: Annotated[
        str | None,
        column(
            "归档位置",
            Kind.TEXT,
            prompt="报告存放的文件夹、柜号或链接；写文件的，从工作簿所在的文件夹写起。",
            band="归档",
            fact="归档",
            visible=False,
            filled_by="责任部门",
        ),
    ] = None
    cancelled_on: Annotated[
        date | None,
        column(
            "取消日期",
            Kind.DATE,
            prompt="不再做的，填取消日期，写成 2026-03-31。行不要删除。",
            band="归档",
            fact="取消",
            dates_fact=True,
            visible=False,
            filled_by="质量部",
        ),
    ] = None
    cancel_reason: Annotated[
        str | None,
        column(
            "取消原因",
            Kind.NOTE,
            prompt="为什么不再做，依据是什么。",
            band="归档",
            fact="取消",
            visible=False,
            filled_by="质量部",
        ),
    ] = None
    cancel_approver: Annotated[
        str | None,
        column(
            "取消批准人",
            Kind.PERSON,
            prompt="批准取消的人，与该措施的批准权限相同。",
            band="归档",
            fact="取消",
            visible=False,
            filled_by="质量部",
        ),
    ] = None
    remark: Annotated[
        str | None,
        column(
            "备注",
            Kind.NOTE,
            prompt="其他需要说明的事。",
            band="归档",
            visible=False,
            filled_by="任何人",
            aliases=("备注说明", "Comments", "Comment", "Remarks", "Notes"),
        ),
    ] = None

    stated_status: Annotated[str | None, column(
        "状态", Kind.STATED, offered=False,
        aliases=("当前状态", "整改状态", "销号状态", "是否关闭", "是否闭环", "关闭情况", "不符合项目前状态", "Status",
                 "问题状态", "任务状态", "处理状态", "完成状态", "办理状态", "进展状态", "是否完成", "是否整改",
                 "是否整改完成", "是否已整改", "是否销号", "是否关闭/闭环", "闭环情况", "闭环状态", "销号情况",
                 "Current Status", "Action Status", "Issue Status", "Open/Closed", "Complete?", "Completed?",
                 "Closed?", "结案否", "关闭否", "闭环否", "完成否", "销号否", "整改否", "整改完成否", "是否结案", "是否销项", "是否办结", "是否归档", "结案情况", "销项情况", "结案状态", "关闭",
                 "闭环", "销号", "验收状态"),
    )] = None  # fmt: skip
    """A table's own status column: read as a hint only, never written (semantics.md, *Tables that lack columns*)."""

    other_departments: tuple[str, ...] = ()
    """The departments that 责任部门 names besides the main one (no column of its own)."""
    departments_as_written: str = ""
    """责任部门 as the cell has it, where it names several or marks them; "" where it is the main one alone."""

    @property
    def departments(self) -> tuple[str, ...]:
        """All departments of 责任部门, the main one first."""
        return (self.responsible_department, *self.other_departments) if self.responsible_department else ()

    def as_in_cell(self) -> Self:
        """The action with 责任部门 as its cell has it: what journal and content hash compare from run to run."""
        if not self.departments_as_written:
            return self
        return structs.replace(self, responsible_department=self.departments_as_written)
