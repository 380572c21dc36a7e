"""Registers from a few words, so that a test of the policy shows only what it is about."""

from __future__ import annotations

from datetime import date

from msgspec.structs import asdict

from capa_xl.model import records
from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.columns import columns_of
from capa_xl.model.procedure import Procedure
from capa_xl.model.register import Register, Table
from capa_xl.model.schema import IN_USE_WHEN_EMPTY, SHEETS
from capa_xl.policy.viewing import view_register

ALL = tuple(c.key for c in columns_of(Action) if c.offered)
CLASSES = {
    "steps": records.Step, "progress": records.Progress, "extensions": records.Extension, "needs": records.Need,
    "confirmations": records.Confirmation, "revisions": records.Revision, "decisions": records.Decision,
    "plans": records.PlanVersion, "people": records.Person, "analyses": records.Analysis, "excuses": records.Excuse,
    "corrections": records.Correction, "measurements": records.Measurement, "successions": records.Succession,
    "observations": records.Observation,
}  # fmt: skip

NAMES = {spec.key: spec.name for spec in SHEETS}

PEOPLE = (
    {"name": "样例总", "department": "总经办", "roles": ("总经理",)},
    {"name": "样例质", "department": "质量部", "roles": ("质量部负责人",), "owned_processes": ("内部审核",)},
    {"name": "样例检", "department": "质量部", "roles": ("质量部专员",)},
    {"name": "样例甲", "department": "服务台", "roles": ("部门经理",), "owned_processes": ("事件",)},
    {"name": "样例工", "department": "服务台", "roles": ("员工",)},
    {"name": "样例乙", "department": "网络部", "roles": ("部门经理",), "owned_processes": ("网络",)},
    {"name": "样例网", "department": "网络部", "roles": ("员工",)},
)
PINYIN = dict(zip("总质检甲工乙网", ("zong", "zhi", "jian", "jia", "gong", "yi", "wang"), strict=True))


def day(text):
    """A date from 2026-11-22, or a date as it is."""
    return date.fromisoformat(text) if isinstance(text, str) else text


def _typed(record_class, row, values):
    kinds = {c.key: c.kind.name for c in columns_of(record_class)}
    return record_class(row=row, **{k: day(v) if kinds.get(k) == "DATE" else v for k, v in values.items()})


def table(record_class, rows, sheet="", columns=None):
    keys = columns or tuple(c.key for c in columns_of(record_class))
    columns = {key: n for n, key in enumerate(keys, start=1)}
    records = tuple(_typed(record_class, n, row) for n, row in enumerate(rows, start=2))
    outlined = frozenset(c.key for c in columns_of(record_class) if not c.visible)  # as in a workbook of ours
    return Table(sheet, 1, columns, records, last_row=1 + len(rows), outlined=outlined)


def planned(**values):
    """A general corrective action of 服务台 with its planning set complete; values override."""
    base = {
        "number": "GJ-2026-001", "description": "客户系统夜间告警无人响应",
        "registered_on": "2026-01-05", "source": "运维服务过程",
        "action_type": "纠正", "severity": "一般", "process": "事件",
        "cause": "夜间告警只发公共邮箱", "measure": "告警按级别路由",
        "scheme": "整理路由规则，配置并演练，更新值班卡",
        "owning_department": "服务台", "responsible_department": "服务台",
        "owners": ("样例工",), "due_on": "2026-06-30",
    }  # fmt: skip
    return {**base, **values}


def approved(**values):
    """`planned`, approved by the manager on 2026-01-12."""
    agreed = {"approver": "样例甲", "approved_on": "2026-01-12", "approval": "同意", "approval_route": "部门经理"}
    return planned(**{**agreed, **values})


def running(**values):
    """`approved`, started on 2026-01-13."""
    return approved(**{"started_on": "2026-01-13", **values})


def completed(**values):
    """`running`, completed on 2026-03-02."""
    return running(**{"completed_on": "2026-03-02", **values})


def inspected(**values):
    """`completed`, inspected 合格 on 2026-03-05."""
    return completed(**{"inspector": "样例甲", "inspected_on": "2026-03-05", "inspection": "合格", **values})


def confirmed(**values):
    """`inspected`, confirmed 有效 without revision on 2026-04-07."""
    signed = {
        "confirmer": "样例甲",
        "confirmed_on": "2026-04-07",
        "execution": "已落实",
        "effect": "有效",
        "needs_revision": False,
    }
    return inspected(**{**signed, "needs_revision": False, **values})


def closed(**values):
    """`confirmed`, archived on 2026-04-10."""
    return confirmed(
        **{"archived_on": "2026-04-10", "report_number": "GJBG-001", "archive_location": "档案柜", **values}
    )


def register(*actions, columns=ALL, people=PEOPLE, procedure=None, **others):
    """A register of these actions; other sheets by their key, as rows of field values."""
    staff = tuple({"email": f"{PINYIN.get(p['name'][-1], 'x')}@yangli-ops.example", **p} for p in people)
    given = {key: rows for key, rows in {**others, "people": staff}.items() if rows or key in IN_USE_WHEN_EMPTY}
    sheets = {key: table(CLASSES[key], rows, NAMES[key]) for key, rows in given.items()}
    rows = tuple({k: v for k, v in a.items() if k in columns} for a in actions)
    return Register(
        tracker=table(Action, rows, "改进计划跟踪表", columns), procedure=procedure or Procedure(), **sheets
    )


def view(*actions, on, **others):
    """The view of these actions on a day."""
    return view_register(register(*actions, **others), AsOf(day(on), day(on)))


def derived(action, on, **others):
    """What is derived for one action on a day."""
    return view(action, on=on, **others).derived[action.get("number", "GJ-2026-001")]


def without(*keys):
    """All tracker columns but these."""
    return tuple(key for key in ALL if key not in keys)


def fields_of(value):
    """A value as a dict."""
    return asdict(value)
