"""An example or two for the help of every command: those of one can be pasted one after another."""

from __future__ import annotations

from capa_xl.model.paper_kinds import PAPER_KINDS

_BOOK = "改进计划跟踪表.xlsx"

EXAMPLES: dict[str, tuple[str, ...]] = {
    **{kind.command: (f"capa-xl {kind.command} {_BOOK} -o {kind.title}",) for kind in PAPER_KINDS if kind.every},
    "demo": ("capa-xl demo demo",),
    "new": (f"capa-xl new {_BOOK}", "capa-xl new 小台账.xlsx --level 台账"),
    "grow": (
        f"capa-xl grow {_BOOK}",
        f"capa-xl grow {_BOOK} --level 制度 --apply",
        f"capa-xl grow {_BOOK} --sheet 延期记录 --apply",
    ),
    "adopt": (
        "capa-xl adopt 老表.xlsx -o 新表.xlsx --company 样例运维服务有限公司",
        "capa-xl adopt 老表.xlsx -o 新表.xlsx --map 要求完成时间=完成期限",
    ),
    "check": (
        f"capa-xl check {_BOOK}",
        f"capa-xl check {_BOOK} --fix",
        f"capa-xl check {_BOOK} --report 问题清单.xlsx",
    ),
    "refresh": (f"capa-xl refresh {_BOOK}", f"capa-xl refresh {_BOOK} --check", f"capa-xl refresh {_BOOK} --wait 10"),
    "remind": (
        f"capa-xl remind {_BOOK}",
        f"capa-xl remind {_BOOK} --send",
        f"capa-xl remind {_BOOK} --until 2026-12-31",
    ),
    "report": (f"capa-xl report {_BOOK} GJ-2026-012 -o 报告", f"capa-xl report {_BOOK} --all -o 报告"),
    "plan": (f"capa-xl plan {_BOOK} -o 改进计划.docx",),
    "templates": (
        "capa-xl templates copy -o 模板",
        "capa-xl templates check --templates 模板",
        "capa-xl templates fields",
    ),
    "templates copy": ("capa-xl templates copy -o 模板",),
    "templates check": ("capa-xl templates check --templates 模板",),
    "templates fields": ("capa-xl templates fields",),
    "analyse": (f"capa-xl analyse {_BOOK} -o 统计分析",),
    "pack": (f"capa-xl pack {_BOOK} --period 2026Q4 -o 资料包",),
    "archive": ("capa-xl archive 资料包",),
    "todo": (f"capa-xl todo {_BOOK} 样例工", f"capa-xl todo {_BOOK} 网络部"),
    "slip": (f"capa-xl slip {_BOOK} 网络部 -o 填报表", f"capa-xl slip {_BOOK} --all -o 填报表"),
    "collect": (f"capa-xl collect {_BOOK} 填报表", f"capa-xl collect {_BOOK} 填报表 --apply"),
    "year-end": (
        f"capa-xl year-end {_BOOK} --before 2026-01-01 -o 改进计划跟踪表_2025.xlsx",
        f"capa-xl year-end {_BOOK} --before 2026-01-01 -o 改进计划跟踪表_2025.xlsx --apply",
        f"capa-xl year-end {_BOOK} --moved 自己移走的.xlsx",
    ),
    "handover": (
        f"capa-xl handover {_BOOK} 样例工 样例检 --from 2026-12-01 -o 工作交接单.docx",
        f"capa-xl handover {_BOOK} 样例工 样例检 --from 2026-12-01 --apply",
    ),
    "reorganise": (f"capa-xl reorganise {_BOOK}", f"capa-xl reorganise {_BOOK} --apply"),
    "meeting": (
        f"capa-xl meeting {_BOOK} --period 2026-10 -o 改进例会.docx",
        f"capa-xl meeting {_BOOK} --period 2026-10 --minutes 会议记录.xlsx --by 样例质",
    ),
    "dossier": (
        f"capa-xl dossier {_BOOK} GJ-2026-031 -o 一项一档",
        f"capa-xl dossier {_BOOK} --period 2026Q4 -o 一项一档",
    ),
    "signed": (
        f"capa-xl signed {_BOOK} 签字件.pdf",
        f"capa-xl signed {_BOOK} 签字件.pdf --paper GJBG-2026-012",
        f"capa-xl signed {_BOOK}",
    ),
    "undo": (f"capa-xl undo {_BOOK}",),
    "history": (f"capa-xl history {_BOOK} GJ-2026-012", f"capa-xl history {_BOOK} --verify"),
    "daily": (f"capa-xl daily {_BOOK}", f"capa-xl daily {_BOOK} --quiet"),
    "group": ("capa-xl group check 各公司", "capa-xl group pack 各公司 --period 2026Q4 -o 集团资料包"),
    "group check": ("capa-xl group check 各公司",),
    "group pack": ("capa-xl group pack 各公司 --period 2026Q4 -o 集团资料包 --each",),
    "group daily": ("capa-xl group daily 各公司 --summary 汇总.xlsx",),
    "facts": (f"capa-xl facts {_BOOK} -o 措施.csv",),
    "schedule": (
        f"capa-xl schedule {_BOOK} --at 08:30",
        f"capa-xl schedule {_BOOK} --print windows -o capa-xl.xml",
        f"capa-xl schedule {_BOOK} --print cron",
    ),
    "desktop": (f"capa-xl desktop {_BOOK}",),
    "rules": ("capa-xl rules", "capa-xl rules AP03"),
    "docs": ("capa-xl docs",),
    "doctor": ("capa-xl doctor", f"capa-xl doctor {_BOOK}", f"capa-xl doctor {_BOOK} --mail"),
    "completion": (
        'eval "$(capa-xl completion bash)"',
        'eval "$(capa-xl completion zsh)"',
        "capa-xl completion fish | source",
        "capa-xl completion powershell | Out-String | Invoke-Expression",
    ),
    "patch": (f"capa-xl patch {_BOOK} --edits E.json -o 新.xlsx",),
}
"""Command, with its subcommand → the lines shown under 例 in its help."""
