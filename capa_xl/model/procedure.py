"""What the quality department decides: the settings of sheet 参数, the lists of 字典, the days of 节假日, typed."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Final

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.lead import ONE_MONTH, Lead
from capa_xl.model.meanings import (
    ADDED_COLUMNS_PREFIX,
    HEADINGS_PREFIX,
    MEANING_PREFIX,
    NUMBER_PREFIX_PREFIX,
    SHEET_PREFIX,
)
from capa_xl.model.paper_kinds import FORM_NUMBER_PREFIX

_NOTHING: Any = MappingProxyType({})


class SettingKey(Struct, frozen=True):
    """The key of a setting in sheet 参数.

    Attributes:
        name: 参数.
        note: 说明.
        count: Of a list of days: how many it must name, each more than the one before; None for any.
    """

    name: str
    note: str
    count: int | None = None


class Family(Struct, frozen=True):
    """The prefix of an open family of keys in sheet 参数: KPI目标_ and the name of a KPI."""

    prefix: str


POLICY_NUMBER: Final = "YNTD-ITSS-0300"
"""Of the procedure that is built in; the print headings of new sheets bear it."""


_RECOUNTED: Final = "；改了，以前的也按新的算"
"""What is said of a limit: no day stands beside it, so that deeds of before are judged by it too."""


class Procedure(Struct, frozen=True):
    """The settings in force; every field has the default of workbook.md, so a table without 参数 works.

    A field is noted with its `SettingKey`, or the `Family` of keys it collects.
    """

    company: Annotated[str, SettingKey("公司名称", "用于总览、信件和文件；工作表的打印页眉另在页面设置里填")] = ""
    workbook_id: Annotated[str, SettingKey("工作簿标识", "提醒台账用，请勿修改")] = ""
    level: Annotated[str, SettingKey("级别", "由工具填写；“台账”不能覆盖制度要求，空白为完整的")] = ""
    number_pattern: Annotated[str, SettingKey("编号规则", "YYYY 年（两位写 YY），NNN 流水号；其余字符照写")] = (
        "GJ-YYYY-NNN"
    )
    policy_number: Annotated[str, SettingKey("制度编号", "印在信件、计划、自查表中；打印页眉另在页面设置里改")] = (
        POLICY_NUMBER
    )
    policy_name: Annotated[str, SettingKey("制度名称", "印在信件、计划和自查表中")] = "运维服务能力改进管理制度"
    workbook_place: Annotated[str, SettingKey("工作簿位置", "网址或共享文件夹中的路径，信件里印成链接")] = ""
    quality_contact: Annotated[str, SettingKey("质量部联系人", "姓名和电话，印在每封信的末尾")] = ""
    reminders_from: Annotated[date | None, SettingKey("提醒启用日", "此日之前的提醒不补发；空白为不限")] = None
    past_workbooks: Annotated[
        str, SettingKey("上年工作簿", "已归档的年度工作簿，从本文件夹算起，多个用“、”隔开；由工具填写")
    ] = ""
    taken_over_on: Annotated[
        date | None, SettingKey("接管基线日", "此日之前已关闭的行是历史：只提示，不计入自查表和指标")
    ] = None
    observation_days_general: Annotated[int, SettingKey("观察期_一般", f"天，实际完成日起{_RECOUNTED}")] = 30
    observation_days_major: Annotated[int, SettingKey("观察期_重大", f"天，实际完成日起{_RECOUNTED}")] = 90
    observation_days_documents: Annotated[
        int, SettingKey("观察期_文件类", f"天，所属过程为体系文件的一般措施{_RECOUNTED}")
    ] = 7
    limit_planning: Annotated[int, SettingKey("限期工作日_策划", f"工作日，登记后{_RECOUNTED}")] = 10
    limit_approval: Annotated[int, SettingKey("限期工作日_审批", f"工作日，登记后{_RECOUNTED}")] = 15
    limit_inspection: Annotated[int, SettingKey("限期工作日_检查", f"工作日，完成后{_RECOUNTED}")] = 10
    limit_confirmation: Annotated[int, SettingKey("限期工作日_确认", f"工作日，最早确认日后{_RECOUNTED}")] = 10
    limit_archiving: Annotated[int, SettingKey("限期工作日_归档", f"工作日，确认后（4.5.2“及时”）{_RECOUNTED}")] = 10
    limit_evaluation: Annotated[int, SettingKey("限期工作日_评估", f"工作日，需求登记后{_RECOUNTED}")] = 10
    limit_feedback: Annotated[int, SettingKey("限期工作日_反馈", f"工作日，反馈登记后{_RECOUNTED}")] = 5
    early_days_general: Annotated[tuple[int, ...], SettingKey("提前提醒天数", "除提前一个月之外的提醒，天")] = (7,)
    early_days_major: Annotated[tuple[int, ...], SettingKey("提前提醒天数_重大", "重大措施，天")] = (7, 1)
    first_reminder: Annotated[Lead, SettingKey("到期前首次提醒", "“1月”或“15天”；制度 4.4.6 为一个月")] = ONE_MONTH
    escalation_days: Annotated[
        tuple[int, ...], SettingKey("逾期升级天数", "超过几天升级至归口部门负责人、几天升级至总经理", count=2)
    ] = (7, 30)
    letters_per_week: Annotated[int, SettingKey("每周每人上限", "封；提前一个月的提醒不计")] = 2
    confirms_escalation: Annotated[
        bool, SettingKey("上报前由质量部确认", "是：升级至总经理的信先给质量部负责人，下一个工作日再发总经理")
    ] = False
    attaches_slip: Annotated[
        bool, SettingKey("随信附填报表", "是：提醒信附上收件人待填的填报表，填好发回后收进工作簿")
    ] = False
    cover: Annotated[bool, SettingKey("封面", "是：计划和评审报告加封面")] = False
    kpi_targets: Annotated[Mapping[str, str], Family("KPI目标_")] = _NOTHING
    form_numbers: Annotated[Mapping[str, str], Family(FORM_NUMBER_PREFIX)] = _NOTHING
    headings: Annotated[Mapping[str, str], Family("列名_")] = _NOTHING
    """What headings of an adopted table mean, as answered to `adopt`: heading → header of the schema, "" for none."""
    adopted_headings: Annotated[Mapping[str, str], Family(HEADINGS_PREFIX)] = _NOTHING
    """Sheets of an adopted table → their headings at adoption: what comes later is asked first."""
    meanings: Annotated[Mapping[str, Mapping[str, str]], Family(MEANING_PREFIX)] = _NOTHING
    """What words of an adopted table mean: column header → `word_key` of the word → canonical word, "" for blank."""
    sheets: Annotated[Mapping[str, str], Family(SHEET_PREFIX)] = _NOTHING
    """Sheets that are the register together, or aren't of it: name → 计入, 不计入."""
    number_prefixes: Annotated[Mapping[str, str], Family(NUMBER_PREFIX_PREFIX)] = _NOTHING
    """What stands before every number of a sheet whose 序号 begins anew: name → 2025-."""
    added_columns: Annotated[Mapping[str, str], Family(ADDED_COLUMNS_PREFIX)] = _NOTHING
    """Day of a growth, ISO → the columns that came, between 、, and 文件修订 for that sheet."""
    lists: Mapping[str, tuple[str, ...]] = _NOTHING
    """Values of sheet 字典 by list header; 部门 among them."""
    working_days: Mapping[date, bool] = _NOTHING
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
