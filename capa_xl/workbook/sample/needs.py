"""问题需求登记: what departments reported, how 质量部 evaluated it, and the requests one department sent another."""

from __future__ import annotations

from capa_xl.workbook.sample.rows import Row, Sheets, Value


def _need(number: str, on: str, who: tuple[str, str], kind: tuple[str, str, str], text: str, **more: Value) -> Row:
    """One registration: who (department, person), kind (类别, 来源, 过程)."""
    return {
        "number": number,
        "registered_on": on,
        "department": who[0],
        "raised_by": who[1],
        "need_class": kind[0],
        "source": kind[1],
        "process": kind[2],
        "description": text,
        **({"is_valid": True} if kind[0] == "不合格" else {}),
        **more,
    }


def _adopted(on: str, scores: tuple[int, int, int], tracker: str | None) -> Row:
    """Evaluated and taken into the plan; scores are 影响, 紧急, 频次."""
    return _evaluated("采纳", on, scores) | {"tracker_numbers": tracker}


def _evaluated(evaluation: str, on: str, scores: tuple[int, int, int], note: str | None = None) -> Row:
    weight = scores[0] * scores[1] * scores[2]
    return {
        "evaluation": evaluation,
        "evaluation_note": note,
        "evaluator": "样例检",
        "evaluated_on": on,
        "impact": scores[0],
        "urgency": scores[1],
        "frequency": scores[2],
        "priority": "高" if weight >= 60 else "中" if weight >= 18 else "低",
    }


def _request(
    department: str, receiver: str, due_on: str, replied_on: str | None = None, reply: str | None = None
) -> Row:
    """A 纠正预防措施要求 to another department (3.3.3)."""
    return {
        "receiving_department": department,
        "receiver": receiver,
        "reply_due_on": due_on,
        "replied_on": replied_on,
        "reply": reply,
    }


NEEDS: Sheets = {
    "needs": (
        _need(
            "XQ-2026-004",
            "2026-03-10",
            ("系统部", "样例库"),
            ("不合格", "运维服务过程", "备份"),
            "客户D 数据库备份连续 4 天失败未被发现，恢复演练时才暴露。",
        )
        | _adopted("2026-03-12", (4, 4, 4), "GJ-2026-012"),
        _need(
            "XQ-2026-008",
            "2026-05-08",
            ("服务台", "样例岗"),
            ("不合格", "运维服务过程", "变更"),
            "客户B 核心交换机变更后中断 3 小时 12 分，要求变更责任部门查明原因。",
        )
        | _adopted("2026-05-11", (5, 5, 3), "GJ-2026-024")
        | _request(
            "系统部",
            "样例丙",
            "2026-05-15",
            "2026-05-13",
            "已组织 5Why 分析，原因为方案无回退步骤，措施随 GJ-2026-024 报批。",
        ),
        _need(
            "XQ-2026-009",
            "2026-05-21",
            ("服务台", "样例甲"),
            ("改进需求", "顾客/市场反馈", "服务级别"),
            "客户C 回访时希望增设周末电话支持。",
        )
        | _adopted("2026-05-25", (2, 2, 3), "GJ-2026-027"),
        _need(
            "XQ-2026-011",
            "2026-06-03",
            ("服务台", "样例工"),
            ("不合格", "运维服务过程", "事件"),
            "<2026-05 月>月报统计 P2 首次响应超时 23 件，超时率 12.6%。",
        )
        | _adopted("2026-06-05", (3, 4, 5), "GJ-2026-031"),
        _need(
            "XQ-2026-012",
            "2026-06-18",
            ("服务台", "样例甲"),
            ("不合格", "顾客投诉", "值班"),
            "客户F 投诉（TS-2026-014）：夜班交接后 2 张工单无人跟进，投诉成立。",
        )
        | _adopted("2026-06-18", (3, 4, 3), "GJ-2026-033"),
        _need(
            "XQ-2026-015",
            "2026-09-03",
            ("质量部", "样例检"),
            ("不合格", "内部审核", "配置"),
            "内审不符合项 NC-2026-05：CMDB 与实物不符 9 台（抽查 60 台）。",
        )
        | _adopted("2026-09-03", (3, 3, 4), "GJ-2026-044")
        | _request("系统部", "样例丙", "2026-09-11", "2026-09-10", "承认不符合，原因与措施见 GJ-2026-044。"),
    )
}
