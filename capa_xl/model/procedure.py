"""What the quality department decides: the settings of sheet 参数, the lists of 字典, the days of 节假日, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.lead import ONE_MONTH, Lead
from capa_xl.model.meanings import MEANING_PREFIX, NUMBER_PREFIX_PREFIX, SHEET_PREFIX
from capa_xl.model.paper_kinds import FORM_NUMBER_PREFIX

_NOTHING: Any = MappingProxyType({})


def _days(name: str, default: int, note: str) -> Any:
    return field(default=default, metadata={"setting": name, "note": note})


@dataclass(frozen=True, slots=True)
class Procedure:
    """The settings in force; every field has the default of workbook.md, so a table without 参数 works.

    Each field names its 参数 key in `metadata["setting"]`; `KPI目标_*`, `表单号_*`, `列名_*`, `取值_*`,
    `跟踪表_*` and `编号前缀_*` are open families.
    """

    company: str = field(default="", metadata={"setting": "公司名称", "note": "用于总览、通知和文件的页眉"})
    workbook_id: str = field(default="", metadata={"setting": "工作簿标识", "note": "提醒台账用，请勿修改"})
    level: str = field(
        default="",
        metadata={"setting": "级别", "note": "由 new、grow 填写；“台账”不能覆盖制度要求，空白为完整的"},
    )
    number_pattern: str = field(
        default="GJ-YYYY-NNN", metadata={"setting": "编号规则", "note": "YYYY 年，NNN 流水号；其余字符照写"}
    )
    policy_number: str = field(
        default="YNTD-ITSS-0300", metadata={"setting": "制度编号", "note": "印在信件、计划和自查表中"}
    )
    policy_name: str = field(
        default="运维服务能力改进管理制度", metadata={"setting": "制度名称", "note": "印在信件、计划和自查表中"}
    )
    workbook_place: str = field(
        default="", metadata={"setting": "工作簿位置", "note": "网址或共享文件夹中的路径，信件里印成链接"}
    )
    quality_contact: str = field(
        default="", metadata={"setting": "质量部联系人", "note": "姓名和电话，印在每封信的末尾"}
    )
    reminders_from: date | None = field(
        default=None, metadata={"setting": "提醒启用日", "note": "此日之前的提醒不补发；空白为不限"}
    )
    past_workbooks: str = field(
        default="",
        metadata={"setting": "上年工作簿", "note": "已归档的年度工作簿，从本文件夹算起，多个用、分开；year-end 填写"},
    )
    taken_over_on: date | None = field(
        default=None, metadata={"setting": "接管基线日", "note": "此日之前已关闭的行是历史：只提示，不计入自查表和指标"}
    )
    observation_days_general: int = _days("观察期_一般", 30, "天，实际完成日起")
    observation_days_major: int = _days("观察期_重大", 90, "天，实际完成日起")
    observation_days_documents: int = _days("观察期_文件类", 7, "天，所属过程为体系文件的一般措施")
    limit_planning: int = _days("限期工作日_策划", 10, "工作日，登记后")
    limit_approval: int = _days("限期工作日_审批", 15, "工作日，登记后")
    limit_inspection: int = _days("限期工作日_检查", 10, "工作日，完成后")
    limit_confirmation: int = _days("限期工作日_确认", 10, "工作日，最早确认日后")
    limit_archiving: int = _days("限期工作日_归档", 10, "工作日，确认后 (4.5.2“及时”)")
    limit_evaluation: int = _days("限期工作日_评估", 10, "工作日，需求登记后")
    limit_feedback: int = _days("限期工作日_反馈", 5, "工作日，反馈登记后")
    early_days_general: tuple[int, ...] = field(
        default=(7,), metadata={"setting": "提前提醒天数", "note": "除提前一个月之外的提醒，天"}
    )
    early_days_major: tuple[int, ...] = field(
        default=(7, 1), metadata={"setting": "提前提醒天数_重大", "note": "重大措施，天"}
    )
    first_reminder: Lead = field(
        default=ONE_MONTH, metadata={"setting": "到期前首次提醒", "note": "“1月”或“15天”；制度 4.4.6 为一个月"}
    )
    escalation_days: tuple[int, ...] = field(
        default=(7, 30),
        metadata={"setting": "逾期升级天数", "note": "超过几天升级至归口部门负责人、几天升级至总经理", "count": 2},
    )
    letters_per_week: int = _days("每周每人上限", 2, "封；提前一个月的提醒不计")
    confirms_escalation: bool = field(
        default=False,
        metadata={
            "setting": "上报前由质量部确认",
            "note": "是：升级至总经理的信先给质量部负责人，下一个工作日再发总经理",
        },
    )
    attaches_slip: bool = field(
        default=False,
        metadata={"setting": "随信附填报表", "note": "是：提醒信附上收件人待填的填报表，填好发回，用 collect 收"},
    )
    cover: bool = field(default=False, metadata={"setting": "封面", "note": "是：计划和评审报告加封面"})
    kpi_targets: Mapping[str, str] = field(default_factory=lambda: _NOTHING, metadata={"family": "KPI目标_"})
    form_numbers: Mapping[str, str] = field(default_factory=lambda: _NOTHING, metadata={"family": FORM_NUMBER_PREFIX})
    headings: Mapping[str, str] = field(default_factory=lambda: _NOTHING, metadata={"family": "列名_"})
    """What headings of an adopted table mean, as answered to `adopt`: heading → header of the schema, "" for none."""
    meanings: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: _NOTHING, metadata={"family": MEANING_PREFIX}
    )
    """What words of an adopted table mean: column header → `word_key` of the word → canonical word, "" for blank."""
    sheets: Mapping[str, str] = field(default_factory=lambda: _NOTHING, metadata={"family": SHEET_PREFIX})
    """Sheets that are the register together, or aren't of it: name → 计入, 不计入."""
    number_prefixes: Mapping[str, str] = field(
        default_factory=lambda: _NOTHING, metadata={"family": NUMBER_PREFIX_PREFIX}
    )
    """What stands before every number of a sheet whose 序号 begins anew: name → 2025-."""
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    """Values of sheet 字典 by list header; 部门 among them."""
    working_days: Mapping[date, bool] = field(default_factory=lambda: _NOTHING)
    """Days of sheet 节假日: True for 班 (work), False for 休 (rest)."""

    @property
    def judged_from(self) -> date | None:
        """The later of 提醒启用日 and 接管基线日: what was confirmed before isn't opened again; None without both."""
        return max((day for day in (self.reminders_from, self.taken_over_on) if day), default=None)

    def is_old(self, day: date | None) -> bool:
        """True for a day before `judged_from`."""
        return day is not None and self.judged_from is not None and day < self.judged_from

    @property
    def policy(self) -> str:
        """The policy as papers and letters name it: YNTD-ITSS-0300《运维服务能力改进管理制度》."""
        return f"{self.policy_number}《{self.policy_name}》" if self.policy_name else self.policy_number

    def observation_days_of(self, action: Action) -> int:
        """Calendar days an action is observed for: its own 观察期(天), else the setting by 严重度 (4.5.1).

        A general action on the system's own documents shows its effect as soon as the document is in force.
        """
        if action.observation_days is not None:
            return action.observation_days
        if action.severity == words.MAJOR:
            return self.observation_days_major
        documents = action.process == words.SYSTEM_DOCUMENTS
        return self.observation_days_documents if documents else self.observation_days_general
