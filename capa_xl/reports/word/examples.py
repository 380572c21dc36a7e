"""One fully filled value per paper: what `templates check` renders, what the field list is read from. People are samples."""

from __future__ import annotations

from base64 import b64decode
from datetime import date

from msgspec.structs import replace

from capa_xl.model import palette
from capa_xl.model.action import Action
from capa_xl.model.approval_in_force import Approval
from capa_xl.model.charts import COLUMNS, STEP, Chart, Series
from capa_xl.model.columns import columns_of
from capa_xl.model.conclusion import Conclusion
from capa_xl.model.derived import Derived
from capa_xl.model.evidence import Photo, UnshownPhoto
from capa_xl.model.paper_facts import (
    EffectFacts,
    EffectRow,
    ExceptionFacts,
    ExceptionLine,
    MonthAheadFacts,
    PaperHead,
    ReminderFacts,
    ReportFacts,
    RequestFacts,
    RevisionFacts,
)
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.records import (
    Analysis,
    Confirmation,
    Correction,
    Decision,
    Extension,
    Need,
    Progress,
    Revision,
    Step,
)

_GREY_JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqm"
    "x5moq6T/wAALCAADAAQBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEG"
    "E1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJ"
    "ipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/ANWv/9k="
)
"""A photo of 4 by 3 pixels, all grey."""
COMPANY = "样例运维服务有限公司"
AS_OF = date(2026, 11, 22)
FINGERPRINT = "3f9a1c7e" * 8


def example_head(number: str, form: str, *, draft: bool = False) -> PaperHead:
    """The head of a sample paper."""
    return PaperHead(COMPANY, number, AS_OF, FINGERPRINT, "", f"YNTD-ITSS-0300-{form}", draft)


def example_action() -> Action:
    """GJ-2026-031, every column filled."""
    return replace(
        _planned_action(),
        approver="样例甲",
        approved_on=date(2026, 6, 12),
        approval="同意",
        approval_route="部门经理",
        review_number="GLPS-2026-01",
        approval_evidence="OA-2026-0612",
        progress_note="规则 42 条已整理并配置；7月17日、7月24日 演练两次，平均确认时间 6 分钟；值班卡 V1.2 已发放。",
        completed_on=date(2026, 7, 28),
        evidence="演练记录 YL-2026-07、告警路由配置截图、值班卡 V1.2",
        started_on=date(2026, 6, 15),
        progress=100.0,
        inspector="样例岗",
        inspected_on=date(2026, 8, 3),
        inspection="合格",
        inspection_note="抽查夜间告警 20 条，全部转到值班手机。",
        confirmer="样例甲",
        confirmed_on=date(2026, 8, 31),
        execution="已落实",
        effect="有效",
        needs_revision=False,
        actual=1.8,
        confirmation_evidence="OA-2026-0831",
        follow_ups=("GJ-2026-049",),
        evaluating_department="服务台",
        archived_on=date(2026, 9, 8),
        report_number="GJBG-2026-031",
        archive_location="质量部档案柜 3-2",
        remark="—",
    )


def _planned_action() -> Action:
    """Up to the point where it waits for its approval."""
    return Action(
        row=5,
        number="GJ-2026-031",
        description="2026年5月 P2 事件 182 件中 23 件首次响应超过 15 分钟（12.6%，目标 ≤3%）。",
        registered_on=date(2026, 6, 8),
        raised_by="样例工",
        source="运维服务过程",
        raised_department="服务台",
        source_number="FX-2026-003",
        need_number="XQ-2026-021",
        plan_number="JH-2026",
        action_type="纠正",
        severity="一般",
        is_repeat=False,
        process="事件",
        priority="中",
        impact="客户A、C 共 3 个系统，无合同违约；同类排查 P1 无超时。",
        cause="夜间告警只发公共邮箱，无人值守时段未转值班手机。\n值班卡没有写明夜间接警的路径，交接时也不检查。",
        previous_numbers=("GJ-2025-007",),
        level="服务过程",
        category="响应超时",
        current_state="夜间 22:00 至次日 8:00 的告警平均 41 分钟后才有人看到。",
        cause_category=("法",),
        analysis_methods=("5Why",),
        main_cause="夜间告警没有责任人。",
        analysis_number="FX-2026-003",
        breached_requirement="服务级别协议 3.2：P2 事件 30 分钟内响应。",
        like_problems="查了网络、系统、机房三类告警的路由：机房告警同样只发公共邮箱，一并调整。",
        containment="6月8日起夜间人工轮询。",
        investigators=("样例甲", "样例工"),
        investigated_on=date(2026, 6, 10),
        goal="P2 响应超时率 ≤3%。",
        measure="告警平台按级别路由到值班手机，15 分钟未确认自动升级到二线。",
        scheme="整理路由规则；在告警平台配置并演练两次；更新值班卡并培训全部值班人员。",
        owning_department="服务台",
        responsible_department="服务台",
        owners=("样例工",),
        due_on=date(2026, 7, 31),
        original_due_on=date(2026, 7, 31),
        indicator="P2 响应超时率",
        baseline=12.6,
        target=3.0,
        unit="%",
        involved_departments=("服务台", "网络部"),
        communication="6月11日 例会：网络部确认短信网关可用。",
        resources="值班手机 2 部",
        resources_on=date(2026, 6, 15),
        observation_days=30,
    )


def example_derived() -> Derived:
    """What the policy makes of it."""
    return Derived(
        number="GJ-2026-031",
        row=5,
        status="已关闭",
        stage="A",
        route="部门经理",
        route_satisfied=True,
        inspector_department="服务台",
        overdue=(),
        days_overdue=0,
        days_left=None,
        remind_on=date(2026, 6, 30),
        earliest_confirmation_on=date(2026, 8, 27),
        report_due_on=date(2026, 9, 14),
        next_step="",
        next_actor="",
        level="服务过程",
        owning_department="服务台",
        priority="中",
        original_due_on=date(2026, 7, 31),
        closed_on=date(2026, 9, 8),
        conclusion=Conclusion("有效", date(2026, 8, 31), "样例甲", example_round()),
        approval=Approval(date(2026, 6, 12)),
    )


def example_round() -> Confirmation:
    """Its one round of 效果确认."""
    return Confirmation(2, "GJ-2026-031", 1, date(2026, 7, 28), date(2026, 8, 27), "P2 响应超时率", 182, 23, 12.6, 171, 3,
                        1.8, "有效", "服务台", ("样例工", "样例检"), "样例甲", date(2026, 8, 31), "8月事件单统计")  # fmt: skip


def example_steps() -> tuple[Step, ...]:
    """Its three steps."""
    rows = (
        ("整理路由规则", date(2026, 6, 26), date(2026, 6, 25), "规则表 42 条"),
        ("配置并演练", date(2026, 7, 17), date(2026, 7, 17), "演练记录 YL-2026-07"),
        ("更新值班卡", date(2026, 7, 28), date(2026, 7, 28), "值班卡 V1.2"),
    )
    number = "GJ-2026-031"
    return tuple(
        Step(at + 1, number, str(at), content, ("样例工",), due, done, output)
        for at, (content, due, done, output) in enumerate(rows, start=1)
    )


def example_revision() -> Revision:
    """One document to revise."""
    return Revision(
        2, "GJ-2026-031", "OPS-QP-08", "值班管理规范", "管理", "5.3", "V2.1",
        "增加：夜间告警转值班手机，15 分钟未确认升级二线。", "样例甲", date(2026, 9, 1), "样例质",
        date(2026, 9, 4), "同意", None, "样例岗", date(2026, 9, 30), date(2026, 9, 28), "V2.2",
    )  # fmt: skip


def example_problem() -> Problem:
    """One open error."""
    return Problem(
        "EF01", "4.5.1", Severity.ERROR, "改进计划跟踪表", "AR5", "GJ-2026-031", 5,
        "效果确认应由归口部门负责人进行，现为「样例岗」", "由归口部门负责人确认",
    )  # fmt: skip


def example_effect_chart() -> Chart:
    """Before and after."""
    return Chart(
        title="P2 响应超时率：改进前后（2026年5月 与 2026年8月）",
        categories=("改进前 23/182 = 12.6%", "改进后 3/171 = 1.8%"),
        series=(
            Series("超时率", (12.6, 1.8), COLUMNS),
            Series("目标 ≤3%", (3.0, 3.0), STEP, palette.OVERDUE),
        ),
        y_title="超时率（%）",
        number_format="0.0",
    )


def example_photo(name: str) -> Photo:
    """A grey one, 4 by 3."""
    return Photo(name, "5f2c9a01" * 8, _GREY_JPEG, 4, 3)


def example_report(*, draft: bool = False) -> ReportFacts:
    """GJ-2026-031 with every part filled."""
    number = "GJ-2026-031"
    return ReportFacts(
        head=example_head("GJBG-2026-031", "JL01", draft=draft),
        action=example_action(),
        derived=example_derived(),
        columns=frozenset(col.key for col in columns_of(Action)),
        observation_days=30,
        content_hash="9b1f0c2a5d7e4863" * 4,
        steps=example_steps(),
        progress=(
            Progress(2, number, date(2026, 7, 2), "样例工", "问题", "短信网关夜间限流，演练时 3 条告警延迟。", "网络部",
                     True, "网络部放开限流，总经理同意增购套餐。", "样例总", date(2026, 7, 6), "已解决"),
            Progress(3, number, date(2026, 6, 12), "样例甲", "资源申请", "值班手机 2 部，0.3 万元", "总经理",
                     True, "同意", "样例总", date(2026, 6, 13), "同意"),
            Progress(4, number, date(2026, 7, 29), "样例岗", "检查", "抽查 10 条，2 条未转，退回返工。", "服务台",
                     False, None, None, None, "不合格"),
        ),
        corrections=(
            Correction(
                2, "GJ-2026-031", "撤销确认", "效果结论", "有效", "待重新确认", "误把另一项的数据当作本项", "样例质", date(2026, 8, 20)
            ),
        ),
        extensions=(
            Extension(2, number, date(2026, 7, 1), "样例工", date(2026, 7, 15), date(2026, 7, 31),
                      "短信网关升级推迟两周", "样例甲", date(2026, 7, 3), "同意"),
        ),
        confirmations=(example_round(),),
        past_conclusions=(
            Conclusion("部分有效", date(2026, 8, 14), "样例甲",
                       Confirmation(3, number, None, date(2026, 7, 28), date(2026, 8, 13), basis="8月上半月事件单")),
        ),
        revisions=(example_revision(),),
        decision=Decision(2, "GLPS-2026-01", "3", date(2026, 4, 16), "样例总", "响应超时", (number,), "同意，列为年度重点",
                          "同意", "服务台", date(2026, 7, 31), (number,)),
        analysis=Analysis(2, "FX-2026-003", date(2026, 6, 5), "2026-05", "服务台", "质量数据", "2026年1–5月 P2 事件",
                          "p 控制图", "5月超上限", "异常", "预防措施", (number,), None),
        follow_ups=(Action(row=9, number="GJ-2026-049", measure="二线升级规则复核", due_on=date(2026, 12, 31)),),
        recurrences=("GJ-2026-050",),
        departments=(("样例岗", date(2026, 8, 3), "服务台"), ("样例岗", date(2026, 7, 29), "服务台")),
        watched_from=date(2026, 8, 31),
        roles=(("样例甲", date(2026, 6, 12), "部门经理"), ("样例甲", date(2026, 8, 31), "归口部门负责人"),
               ("样例总", date(2026, 6, 13), "总经理")),
        reminders=ReminderFacts(
            (MonthAheadFacts(date(2026, 7, 31), date(2026, 6, 30), sent_on=date(2026, 6, 30), names=("样例甲（部门经理）", "样例工")),),
            follow_ups=1, last_follow_up=date(2026, 7, 24),
        ),
        effect=EffectFacts(
            (EffectRow("P2 响应超时率", "2026年5月，182 件中 23 件（12.6%）", "2026年8月，171 件中 3 件（1.8%）", "≤3%", "是"),),
            "改进前 182 件中 23 件超时，改进后 171 件中 3 件；差异具有统计学意义（单侧检验，p<0.001）。",
            example_effect_chart(),
        ),
        photos=(example_photo("整改前.jpg"), example_photo("整改后.jpg"), example_photo("值班手机.jpg")),
        unshown=(UnshownPhoto("旧照片.heic", "HEIC 格式印不出来，请另存为 JPG"),),
        is_final=not draft,
        problems=(example_problem(),),
    )  # fmt: skip


def example_request() -> RequestFacts:
    """A request that was answered, done and confirmed."""
    report = example_report()
    return RequestFacts(
        head=example_head("XQ-2026-021", "JL03"),
        action=report.action,
        derived=report.derived,
        need=example_need(),
        steps=report.steps or (),
        decision=report.decision,
        problems=report.problems,
    )


def example_exceptions() -> ExceptionFacts:
    """Two entries: one signed, one to be signed."""
    found = ("未经批准已实施：开始日期「2026-06-01」，批准日期 2026-06-12",)
    signed = ExceptionLine(
        "GJ-2026-031", "AP06", "夜间抢修先行实施，次日补批。", found, "样例质", "质量部负责人", date(2026, 6, 15), "已确认"
    )  # fmt: skip
    waiting = ExceptionLine("2026-05 各项", "LG01", "服务器迁移，任务停 3 天。", (), "", "", None, "待确认")
    return ExceptionFacts(example_head("QKSM-2026-06-30", "JL07"), (signed, waiting))


def example_need() -> Need:
    """The need behind it."""
    return Need(
        2, "XQ-2026-021", date(2026, 6, 8), "服务台", "样例工", "不合格", "运维服务过程", "事件",
        "2026年5月 P2 事件 182 件中 23 件首次响应超过 15 分钟（12.6%，目标 ≤3%）。", True, None, "采纳", None,
        "样例检", date(2026, 6, 9), 3, 3, 4, "中", "服务台", "样例甲", date(2026, 6, 15), date(2026, 6, 12),
        "已制定措施", ("GJ-2026-031",),
    )  # fmt: skip


def example_revision_facts() -> RevisionFacts:
    """One document, one row."""
    return RevisionFacts(
        head=example_head("WX-2026-001", "JL04"),
        rows=(example_revision(),),
        action=example_action(),
        conclusion=example_derived().conclusion,
        proposing_department="服务台",
        owning_department="质量部",
        problems=(example_problem(),),
    )
