"""Every sheet of the workbook in one place: name, record class, keeper, and where its rows go in the register."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from capa_xl.model import records
from capa_xl.model.action import TRACKER_SHEET, Action
from capa_xl.model.columns import Column, columns_of
from capa_xl.model.derived import AUTO_COLUMNS


class SheetSpec(Struct, frozen=True):
    """One sheet.

    Attributes:
        name: The sheet's name.
        key: Field of `Register` that holds its table; "" for sheets that are not read into records.
        record: Record class; None for 总览, 时间轴, 字典, 使用说明.
        kept_by: Who keeps it, in Chinese.
        one_row_per: What a row stands for, in Chinese.
        owned: True for the sheets whose data rows we write.
    """

    name: str
    key: str
    record: type | None
    kept_by: str
    one_row_per: str
    owned: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns people (or, on owned sheets, we) fill, in order; without the 〔自动〕 ones of the tracker."""
        return columns_of(self.record) if self.record is not None else ()

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """`columns`, and on the tracker the 〔自动〕 columns behind them."""
        return self.columns + (AUTO_COLUMNS if self.record is Action else ())


OVERVIEW_SHEET = "总览"
TIMELINE_SHEET = "时间轴"
PEOPLE_SHEET = "人员部门"
SETTINGS_SHEET = "参数"
NO_TRACKER = f"没有找到工作表《{TRACKER_SHEET}》"
SEVERAL_TRACKERS = "{v} 都像，不能确定是哪一个"
SEVERAL_FIX = "{v} 都要计入的（如一年一张），运行 capa-xl adopt 本工作簿 -o 新表.xlsx，接成一本；只用一张的，"
ADOPT_FIX = "要接管{old}，运行 capa-xl adopt 本工作簿 -o 新表.xlsx；本来就有跟踪表的，"
NO_TRACKER_FIX = f"把跟踪表的工作表改名为“{TRACKER_SHEET}”；误删的，可取回 .capa_xl/backups 里的备份"
NO_COLUMN = "缺少必需列「{c}」"
ALIASES = "（可识别别名：{a}）"
NO_COLUMN_RENAMED = "，像是改名成了「{n}」"
NO_COLUMN_RENAMED_FIX = "是改名的，运行 capa-xl adopt 本工作簿 --map {q}；不是的，"
NO_COLUMN_OTHERS_FIX = "把那一项换成 {e}；都不是的，"
NO_COLUMN_STRANGE_FIX = "改了列名的，运行 {adopt}（等号左边写那一列的列名：{u}）；不是的，"
NO_COLUMN_FIX = "补上「{c}」列，或把意思相同的列改成这个名称"
"""What is said of a workbook without a tracker, or a tracker without a needed column: in check and every refusal."""
NO_HEADER = "找不到标题行（编号、问题描述或措施内容、责任人或责任部门、完成期限）"
NO_HEADER_FIX = "恢复标题行，或取回 .capa_xl/backups 里的备份"
"""What is said, once, of a tracker of whose always-needed columns none is there."""
LISTS_SHEET = "字典"
GUIDE_SHEET = "使用说明"
FINDINGS_SHEET = "校验结果"
LEDGER_SHEET = "提醒台账"

SHEETS: tuple[SheetSpec, ...] = (
    SheetSpec(OVERVIEW_SHEET, "", None, "工具", "—（实时总览）", owned=True),
    SheetSpec(TRACKER_SHEET, "tracker", Action, "责任部门填写，质量部保存", "措施"),
    SheetSpec(TIMELINE_SHEET, "", None, "工具", "在办措施（半年时间轴）", owned=True),
    SheetSpec("措施分解", "steps", records.Step, "责任人", "步骤"),
    SheetSpec("进展反馈", "progress", records.Progress, "责任人、归口部门", "记录"),
    SheetSpec("延期记录", "extensions", records.Extension, "责任人、批准人", "期限变更"),
    SheetSpec("效果确认", "confirmations", records.Confirmation, "归口部门负责人", "确认轮次"),
    SheetSpec("更正记录", "corrections", records.Correction, "质量部", "更正、重开或撤销"),
    SheetSpec("文件修订", "revisions", records.Revision, "归口部门", "文件"),
    SheetSpec("问题需求登记", "needs", records.Need, "各部门", "问题或需求"),
    SheetSpec("管理评审", "decisions", records.Decision, "质量部", "决议"),
    SheetSpec("计划", "plans", records.PlanVersion, "质量部、总经理", "计划版本"),
    SheetSpec("过程指标", "measurements", records.Measurement, "责任部门", "指标和期间"),
    SheetSpec("质量数据", "observations", records.Observation, "各部门", "数据"),
    SheetSpec("分析记录", "analyses", records.Analysis, "归口部门", "分析或信号"),
    SheetSpec("例外说明", "excuses", records.Excuse, "质量部负责人", "情况说明"),
    SheetSpec(PEOPLE_SHEET, "people", records.Person, "质量部", "人员和期间"),
    SheetSpec("部门沿革", "successions", records.Succession, "质量部", "部门更名、并入或拆分"),
    SheetSpec(SETTINGS_SHEET, "settings", records.Setting, "质量部", "参数"),
    SheetSpec(LISTS_SHEET, "", None, "质量部", "列表值"),
    SheetSpec("节假日", "holidays", records.Holiday, "质量部", "日期"),
    SheetSpec(FINDINGS_SHEET, "", records.FindingRow, "工具", "问题", owned=True),
    SheetSpec(LEDGER_SHEET, "ledger", records.LedgerRow, "工具", "提醒", owned=True),
    SheetSpec(GUIDE_SHEET, "", None, "—", "—"),
)
SHEET_NAMES = frozenset(spec.name for spec in SHEETS)

CHILDREN_OF_ACTIONS = ("steps", "progress", "extensions", "confirmations", "revisions", "corrections")
"""Keys of the sheets whose every row belongs to the action that its 编号 names."""

IN_USE_WHEN_EMPTY = frozenset({*CHILDREN_OF_ACTIONS, "excuses"})
"""Keys of the sheets that are in use as soon as they exist; a register is in use from its first row."""
ADDED_ALONE: Final = tuple(
    spec.name for spec in SHEETS if spec.record is not None and not spec.owned and spec.name != TRACKER_SHEET
)
"""Names of the sheets that people fill beside the tracker: each can come into a workbook without the others."""


def sheet_spec(name: str) -> SheetSpec:
    """The sheet of that name.

    Raises:
        KeyError: Our schema has no such sheet (a bug of the caller, not of the table).
    """
    return _BY_NAME[name]


def spec_of(key: str) -> SheetSpec:
    """The sheet whose table `Register` holds in that field.

    Raises:
        KeyError: There is none.
    """
    return _BY_KEY[key]


def record_class_of(key: str) -> type:
    """The record class of the rows of that sheet.

    Raises:
        KeyError: There is none.
    """
    return _RECORDS[key]


_BY_NAME = {spec.name: spec for spec in SHEETS}
_BY_KEY = {spec.key: spec for spec in SHEETS if spec.key}
_RECORDS = {spec.key: spec.record for spec in _BY_KEY.values() if spec.record is not None}
