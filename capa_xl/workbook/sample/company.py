"""The fictional company: who works there, in which role, and its settings."""

from __future__ import annotations

from capa_xl.workbook.sample.rows import Row, Sheets

COMPANY = "样例运维服务有限公司"
WORKBOOK_ID = "YANGLI-SAMPLE"

_MAIL = {
    "样例总": "zong",
    "样例质": "zhi",
    "样例检": "jian",
    "样例甲": "jia",
    "样例工": "gong",
    "样例岗": "gang",
    "样例乙": "yi",
    "样例网": "wang",
    "样例丙": "bing",
    "样例系": "xi",
    "样例库": "ku",
    "样例丁": "ding",
    "样例安": "an",
    "样例庚": "geng",
    "样例机": "ji",
    "样例戊": "wu",
    "样例商": "shang",
    "样例己": "ji.bj",
    "样例件": "jian.bj",
    "样例旧": "jiu",
}

_HEADS = (
    ("质量部", "样例质", "体系文件、内部审核"),
    ("服务台", "样例甲", "事件、服务级别、服务报告、值班"),
    ("网络部", "样例乙", "网络"),
    ("系统部", "样例丙", "问题、变更、发布、配置、备份"),
    ("信息安全部", "样例丁", "信息安全"),
    ("数据中心部", "样例庚", "机房"),
    ("商务部", "样例戊", "供方"),
    ("备件物流部", "样例己", "备件"),
)

_STAFF = (
    ("服务台", "样例工"),
    ("服务台", "样例岗"),
    ("网络部", "样例网"),
    ("系统部", "样例系"),
    ("系统部", "样例库"),
    ("信息安全部", "样例安"),
    ("数据中心部", "样例机"),
    ("商务部", "样例商"),
    ("备件物流部", "样例件"),
)


def _person(name: str, department: str, role: str, **more: str | bool) -> Row:
    email = f"{_MAIL[name]}@yangli-ops.example"
    return {"name": name, "department": department, "role": role, "email": email, "active": True, **more}


def _deputy(name: str) -> dict[str, str | bool]:
    if name != "样例乙":
        return {}
    return {"deputy": "样例网", "deputy_from": "2026-11-17", "deputy_to": "2026-11-27"}


def _head(department: str, name: str, processes: str) -> tuple[Row, Row]:
    """A head of department holds two roles: 部门经理 and, for its processes, 归口部门负责人."""
    return (
        _person(name, department, "部门经理", **_deputy(name)),
        _person(name, department, "归口部门负责人", owned_processes=processes, **_deputy(name)),
    )


PEOPLE: tuple[Row, ...] = (
    _person("样例总", "总经办", "总经理"),
    _person("样例质", "质量部", "质量部负责人"),
    *(row for head in _HEADS for row in _head(*head)),
    _person("样例检", "质量部", "质量部专员"),
    *(_person(name, department, "员工") for department, name in _STAFF),
    _person("样例旧", "系统部", "员工") | {"active": False, "valid_from": "2024-03-01", "valid_to": "2026-05-29"},
)

SETTINGS: tuple[Row, ...] = (
    {"name": "公司名称", "value": COMPANY},
    {"name": "工作簿标识", "value": WORKBOOK_ID},
)
"""参数: what differs from the defaults, which `build_workbook` fills in."""

COMPANY_SHEETS: Sheets = {"people": PEOPLE, "settings": SETTINGS}
