"""group pack: one review pack for many companies; the same workbooks give the same bytes, whoever worked at them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.analysis.group_kpi import summed_flow, summed_kpis, summed_months
from capa_xl.app.shared.company_figures import company_figures
from capa_xl.app.shared.executors import Lost
from capa_xl.app.shared.group_run import Group, lost_served, to_be_worked_at
from capa_xl.app.shared.group_tasks import unread
from capa_xl.app.shared.pack_files import pack_file
from capa_xl.app.shared.paper_source import engine_for, paper_source
from capa_xl.app.shared.review_charts import flow_chart
from capa_xl.app.shared.said_so_far import saying_what_stands
from capa_xl.app.shared.served import SERVED, Served, exit_code
from capa_xl.app.shared.workbook_list import GroupTask, common_names
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.effects.pack_folder import listing, stage, write_zip
from capa_xl.errors import CapaError, Interrupted, UnsafeWrite, UsageError
from capa_xl.model.command_line import with_the_path
from capa_xl.model.group_figures import CompanyFigures, GroupFigures, GroupReviewFacts, LeftOut
from capa_xl.model.kpi import SUMMARY_KPIS
from capa_xl.model.pack import MANIFEST, PackedFile
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.paper_kinds import GROUP
from capa_xl.model.period import Period, begun_period
from capa_xl.reports.file_names import file_name
from capa_xl.reports.group_dashboard import group_dashboard
from capa_xl.reports.manifest import group_manifest_blob

if TYPE_CHECKING:
    from capa_xl.reports.word.engine import Engine

OWN_PACKS = "各公司"
"""Folder of the pack in which every company's own lies."""
_Answers = Mapping[int, CompanyFigures | Served]


class FiguresTask(Struct, frozen=True):
    """One workbook of a group's pack.

    Attributes:
        name: What the pack calls the workbook.
        own_pack: Folder for the company's own pack; None makes none.
    """

    task: GroupTask
    name: str
    period: Period
    own_pack: Path | None


def figures_task(given: FiguresTask) -> CompanyFigures | Served:
    """The figures of one workbook, and its own pack where one is asked for; else why there are none."""
    path = given.task.listed.path
    try:
        desk = given.task.desk_of(path)
        figures = company_figures(paper_source(desk), given.name, given.period)
        if given.own_pack is not None:
            _refuse_unseen(given.own_pack.parent.parent)
            make_pack(desk, given.period.name, given.own_pack)
        return figures
    except CapaError as trouble:
        return unread(given.task.listed, trouble)


def _refuse_unseen(staged: Path) -> None:
    """Return where the folder of the whole pack is there: on another machine it may not be, and is not made there."""
    if not staged.is_dir():
        raise UnsafeWrite(
            f"worker 所在的电脑上没有资料包的文件夹「{staged.parent}」 → -o 要写在共享文件夹里，各台电脑以同一路径打开"
        )


class GroupPack(Struct, frozen=True):
    """What group pack made.

    Attributes:
        served: By path; outcome served where the workbook is in the figures.
        files: All of the folder, the manifest too.
        archive: The .zip beside the folder; None when none was asked for.
        notes: What there is to say of the group as a whole.
    """

    figures: GroupFigures
    directory: Path
    served: tuple[Served, ...]
    files: tuple[PackedFile, ...]
    archive: Path | None
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, else that of the first failure by path."""
        return exit_code(self.served)


def group_pack(
    group: Group,
    period: str,
    folder: Path,
    *,
    company: str = "",
    each: bool = False,
    archive: bool = False,
    templates: Path | None = None,
) -> GroupPack:
    """Count every workbook where the group's engine works, sum up, and put the folder in its place as one step.

    Args:
        period: 2026Q4, 2026H2, 2026, 2026-10 or FROM..TO.
        company: Name of the group, above every page; no workbook knows it.
        each: Put every company's own pack beside it.

    Raises:
        UsageError: No period that has begun; the folder holds something that is no unchanged pack; no workbook
            could be counted, or the run was stopped or lost its engine: half a group is no pack.
        BadTemplate: The template can't be used.
        UnsafeWrite: The folder can't be written; nothing is left behind.
    """
    span, group = begun_period(period, group.as_of.on), to_be_worked_at(group)
    names, engine = _names(group), engine_for((GROUP,), templates)
    with stage(folder) as staged:
        answers = _answers(group, span, names, staged.folder if each else None)
        figures = replace(group_figures(span, group, names, answers), group=" ".join(company.split()))
        own = listing(staged.folder)
        files = [pack_file(path, blob) for path, blob in _files(figures, engine)]
        for file in files:
            staged.write(file.path, file.blob)
        files += [pack_file(one.path, (staged.folder / one.path).read_bytes()) for one in own]
        staged.write(MANIFEST, group_manifest_blob(figures, files))
        made = listing(staged.folder)
        staged.put_in_place()
    served = [*(_served(group, place, answers[place]) for place in sorted(answers)), *group.left_out]
    served.sort(key=lambda one: one.workbook)
    with saying_what_stands([folder]):
        packed = write_zip(folder) if archive else None
    return GroupPack(figures, folder, tuple(served), made, packed, group.notes)


def _names(group: Group) -> Mapping[Path, str]:
    """What the pack calls the workbooks, copies too."""
    paths = [*(one.path for one in group.listed), *(one.workbook for one in group.left_out)]
    return dict(zip(paths, common_names(paths), strict=True))


def group_figures(span: Period, group: Group, names: Mapping[Path, str], answers: _Answers) -> GroupFigures:
    """The sums over the workbooks that were counted; the others are named with their reasons.

    Args:
        names: What the pack calls the workbooks, copies too.
    """
    ordered = [answers[place] for place in sorted(answers)]
    companies = told_apart([one for one in ordered if isinstance(one, CompanyFigures)])
    failed = [one for one in ordered if isinstance(one, Served)]
    left_out = tuple(_left_out(one, names[one.workbook]) for one in (*failed, *group.left_out))
    if not companies:
        why = next((f"{one.workbook}：{one.reason}" for one in left_out), "没有工作簿")
        raise UsageError(f"没有一个工作簿能计入，没有生成资料包。{why}")
    return GroupFigures(
        period=span,
        on=group.as_of.on,
        companies=companies,
        left_out=left_out,
        kpis=summed_kpis(companies),
        flow=summed_flow(company.flow for company in companies),
        months=summed_months([company.months for company in companies]),
    )


def _left_out(one: Served, name: str) -> LeftOut:
    """A workbook that isn't counted, under the name that the pack has for it, in the commands to paste too."""
    return LeftOut(name, one.outcome, with_the_path(one.words, name))


def told_apart(companies: Sequence[CompanyFigures]) -> tuple[CompanyFigures, ...]:
    """The same, those of one name with their folder beside it, or their file where that is one too."""
    names = Counter(one.name for one in companies)
    places = Counter((one.name, _folder(one)) for one in companies)
    return tuple(
        replace(one, company=f"{one.name}（{_folder(one) if places[one.name, _folder(one)] == 1 else one.workbook}）")
        if names[one.name] > 1
        else one
        for one in companies
    )


def _folder(company: CompanyFigures) -> str:
    return Path(company.workbook).parent.as_posix()


def _answers(group: Group, span: Period, names: Mapping[Path, str], folder: Path | None) -> _Answers:
    folders = own_pack_names(names.values())
    tasks = [
        FiguresTask(task, name, span, folder / OWN_PACKS / folders[name] if folder is not None else None)
        for task in group.tasks()
        for name in (names[task.listed.path],)
    ]
    found: dict[int, CompanyFigures | Served] = {}
    for end in group.engine.run(figures_task, tasks, group.world.go_on):
        if isinstance(end, Lost) and end.why:
            raise UsageError(f"{end.why}。统计了 {len(found)} 个，共 {len(tasks)} 个，没有生成资料包")
        found[end.place] = lost_served(group.listed[end.place], end) if isinstance(end, Lost) else end.result
        group.step("统计", len(found), len(tasks))
    if len(found) < len(tasks):
        raise Interrupted(f"已中断：{len(tasks) - len(found)} 个工作簿还没有统计，没有生成资料包 → 请再运行一次")
    return found


def own_pack_names(names: Iterable[str]) -> dict[str, str]:
    """What the group calls a workbook → the folder of its own pack.

    It hangs on that name alone, so that a company has the same folder whichever others are counted; those that would
    have one folder get a mark of their name behind it.
    """
    plain = {name: file_name("-".join(Path(name).with_suffix("").parts), "") for name in names}
    count = Counter(folder.casefold() for folder in plain.values())
    return {
        name: folder if count[folder.casefold()] == 1 else f"{folder} {hashlib.sha256(name.encode()).hexdigest()[:4]}"
        for name, folder in plain.items()
    }


def _files(figures: GroupFigures, engine: Engine) -> Iterator[tuple[str, bytes]]:
    from capa_xl.reports.word.paper_catalogue import paper_blob

    facts = review_facts_of(figures)
    yield f"{GROUP.in_pack}.docx", paper_blob(engine, GROUP, facts)
    yield "01 集团看板.xlsx", group_dashboard(figures, facts.trend)


def review_facts_of(figures: GroupFigures) -> GroupReviewFacts:
    """What the paper says of the figures."""
    by_key = {kpi.key: kpi for kpi in figures.kpis}
    marks = "".join(f"{company.workbook}\n{company.sha256}\n" for company in figures.companies)
    head = PaperHead(
        company=figures.group,
        number=f"JT-{figures.period.end:%Y-%m}",
        as_of=figures.on,
        fingerprint=hashlib.sha256(marks.encode()).hexdigest(),
    )
    return GroupReviewFacts(head, figures, tuple(by_key[key] for key in SUMMARY_KPIS), flow_chart(figures.months))


def _served(group: Group, place: int, answer: CompanyFigures | Served) -> Served:
    if isinstance(answer, Served):
        return answer
    return Served(group.listed[place].path, SERVED, 0, (f"已计入：{answer.tally.headline}",))
