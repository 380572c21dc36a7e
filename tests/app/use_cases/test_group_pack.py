"""group pack over real processes: the same bytes whoever worked at it, nothing left out in silence."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import docx
import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from capa_xl.app.shared.desk import desk_for
from capa_xl.app.shared.executors import Processes
from capa_xl.app.shared.group_run import Group
from capa_xl.app.shared.workbook_list import listed_workbooks
from capa_xl.app.use_cases.archive import OF_A_GROUP, check_archive
from capa_xl.app.use_cases.group_pack import group_pack, own_pack_names
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.cli.documents.pass_documents import group_pack_document
from capa_xl.effects.world import World
from capa_xl.errors import Interrupted, UsageError
from capa_xl.model.as_of import AsOf
from tests.app.office import DAY, QUALITY, TRACKER, workbook
from tests.app.use_cases.test_group import WORLD, no_sleep

AS_OF = AsOf(DAY, DAY)
LATE = (
    TRACKER.rstrip()
    + """
    GJ-02  修空调    样例甲  网络部    2026-01-05  2026-03-01
"""
)


@pytest.fixture(scope="module")
def engine():
    engine = Processes(2, 60.0)
    yield engine
    engine.close()


def company(folder: Path, name: str, tracker: str = TRACKER) -> Path:
    settings = f"""
        参数        值
        工作簿标识  {folder.name}
        公司名称    {name}
    """
    return workbook(folder / "表.xlsx", tracker, 人员部门=QUALITY, 参数=settings)


def group(engine, *places, world: World = WORLD) -> Group:
    desk_of = partial(desk_for, as_of=AS_OF, world=WORLD)
    return Group(listed_workbooks([str(place) for place in places]), desk_of, AS_OF, world, engine)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def cells(folder: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(folder / "01 集团看板.xlsx").get_sheet_by_name(sheet).to_python()


def text(folder: Path) -> str:
    paper = docx.Document(folder / "00 集团管理评审输入.docx")
    rows = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in paper.paragraphs), *rows]).replace("\xa0", " ")  # a number holds to its measure


def test_number_and_order_of_workers_change_no_byte(tmp_path, engine):
    companies = [company(tmp_path / "g" / name, f"样例{name}公司", LATE) for name in "甲乙丙"]
    group_pack(group(engine, tmp_path / "g"), "2026Q1", tmp_path / "two", each=True)
    single = Processes(1, 60.0)
    group_pack(group(single, *reversed(companies)), "2026Q1", tmp_path / "one", each=True)
    single.close()
    two = bytes_of(tmp_path / "two")
    assert two == bytes_of(tmp_path / "one")
    assert {"00 集团管理评审输入.docx", "01 集团看板.xlsx", "manifest.json"} < two.keys()
    assert {f"各公司/{name}-表/00 管理评审输入报告.docx" for name in "甲乙丙"} < two.keys()
    assert check_archive(tmp_path / "two").differences == ()


def test_a_company_keeps_its_folder_whichever_others_there_are():
    few, more = own_pack_names(["乙/表.xlsx", "丁/表.xlsx"]), own_pack_names(["甲/表.xlsx", "乙/表.xlsx", "丁/表.xlsx"])
    assert few == {"乙/表.xlsx": "乙-表", "丁/表.xlsx": "丁-表"} and few.items() < more.items()
    alike = own_pack_names(["乙/表.xlsx", "乙-表.xlsx", "丁/表.xlsx"])
    assert len({name.casefold() for name in alike.values()}) == 3 and alike["丁/表.xlsx"] == "丁-表"


def test_a_photocopy_of_the_heat_map_says_what_misses_its_target(tmp_path, engine):
    rows = [f"    GJ-1{at}  修空调    样例甲  网络部    2026-01-05  2026-03-01\n" for at in range(6)]
    company(tmp_path / "g" / "甲", "样例甲公司", TRACKER + "".join(rows))
    group_pack(group(engine, tmp_path / "g"), "2026Q1", tmp_path / "p")
    heat = cells(tmp_path / "p", "热力图")
    at = next(at for at, heading in enumerate(heat[3]) if str(heading).startswith("逾期率\n（"))
    assert [row[at] for row in heat[4:]] == ["× 85.7%", "× 85.7%"]  # six of seven, which is not < 5 %


@pytest.fixture(scope="module")
def packed(tmp_path_factory, engine):
    """The pack of two companies, which no test touches, in 包 beside its workbooks in g."""
    place = tmp_path_factory.mktemp("packed")
    company(place / "g" / "甲", "样例甲公司", LATE), company(place / "g" / "乙", "样例乙公司")
    return group_pack(group(engine, place / "g"), "2026Q1", place / "包")


def test_sums_and_the_rows_behind_them_name_their_workbook(packed):
    done, folder = packed, packed.directory
    heat = cells(folder, "热力图")
    assert heat[3][:5] == ["公司", "在办", "实施逾期", "环节超时", "错误"]
    assert [row[:3] for row in heat[4:]] == [["合计", 3.0, 1.0], ["样例甲公司", 2.0, 1.0], ["样例乙公司", 1.0, 0.0]]
    on_time = next(kpi for kpi in done.figures.kpis if kpi.key == "on_time")
    assert (on_time.numerator, on_time.denominator) == (0, 1)  # due 2026-03-01 and not done; the others are due later
    rows = [row for row in cells(folder, "行清单") if row[0] == on_time.name]
    assert rows == [[on_time.name, "样例甲公司", "GJ-02", "否", "甲/表.xlsx"]]
    late = cells(folder, "逾期清单")[4:]
    assert [(row[0], row[1], row[6], row[-1]) for row in late] == [("样例甲公司", "GJ-02", 30.0, "甲/表.xlsx")]
    assert "实施逾期 1 项，分布在 1 家；最长 30 天（样例甲公司 GJ-02）；环节超时 0 项。" in text(folder)


def test_what_is_left_out_is_named_in_paper_dashboard_manifest_and_answer(tmp_path, engine):
    company(tmp_path / "g" / "1好", "样例甲公司")
    (tmp_path / "g" / "2坏").mkdir()
    (tmp_path / "g" / "2坏" / "表.xlsx").write_bytes(b"PK\x03\x04 nothing")
    done = group_pack(group(engine, tmp_path / "g"), "2026Q1", tmp_path / "p")
    assert [(one.outcome, one.exit_code) for one in done.served] == [("served", 0), ("failed", 20)]
    assert done.exit_code == 20
    assert [row[0] for row in cells(tmp_path / "p", "未计入")[4:]] == ["2坏/表.xlsx"]
    assert "1 个没有计入（见附表）" in text(tmp_path / "p") and "2坏/表.xlsx" in text(tmp_path / "p")
    manifest = json.loads((tmp_path / "p" / "manifest.json").read_text("utf-8"))
    assert [one["workbook"] for one in manifest["workbooks"]] == ["1好/表.xlsx"]
    assert manifest["left_out"] == [{"workbook": "2坏/表.xlsx", "outcome": "failed"}]
    document = group_pack_document(done)
    assert list(document) == ["as_of", "period", "directory", "workbooks", "files", "archive", "notes"]
    assert [one["outcome"] for one in document["workbooks"]] == ["served", "failed"]


def test_companies_of_one_name_are_told_apart(tmp_path, engine):
    company(tmp_path / "g" / "甲", "样例公司"), company(tmp_path / "g" / "乙", "样例公司")
    done = group_pack(group(engine, tmp_path / "g"), "2026Q1", tmp_path / "p")
    assert [one.name for one in done.figures.companies] == ["样例公司（乙）", "样例公司（甲）"]


def test_where_nothing_can_be_counted_there_is_no_pack(tmp_path, engine):
    (tmp_path / "g").mkdir()
    (tmp_path / "g" / "坏.xlsx").write_bytes(b"nothing")
    with pytest.raises(UsageError, match=r"没有一个工作簿能计入.*坏\.xlsx"):
        group_pack(group(engine, tmp_path / "g"), "2026Q1", tmp_path / "p")
    assert [path.name for path in tmp_path.iterdir()] == ["g"]


def test_a_stopped_run_leaves_no_half_pack(tmp_path, engine):
    company(tmp_path / "g" / "甲", "样例甲公司")
    stopped = World(WORLD.now, no_sleep, lambda: False)
    with pytest.raises(Interrupted, match="已中断：1 个工作簿还没有统计"):
        group_pack(group(engine, tmp_path / "g", world=stopped), "2026Q1", tmp_path / "p")
    assert [path.name for path in tmp_path.iterdir()] == ["g"]


def test_peoples_files_are_not_replaced_and_an_unchanged_pack_is(tmp_path, engine, packed):
    books, folder = packed.directory.parent / "g", tmp_path / "p"
    shutil.copytree(packed.directory, folder)
    before = bytes_of(folder)
    group_pack(group(engine, books), "2026Q1", folder)
    assert bytes_of(folder) == before
    (folder / "自己的.txt").write_text("x")
    with pytest.raises(UsageError):
        group_pack(group(engine, books), "2026Q1", folder)


def test_a_large_group_stays_on_five_pages_worth_of_rows():
    from capa_xl.reports.word.context_group import MOST_COMPANIES, MOST_LATE, group_context
    from capa_xl.reports.word.decision_words import MOST_CARDS
    from capa_xl.reports.word.examples_group import example_group

    def context(count):
        facts = example_group()

        figures = replace(facts.figures, companies=facts.figures.companies[:1] * count)
        return group_context(replace(facts, figures=figures))

    for count in (MOST_COMPANIES, MOST_COMPANIES + 1):
        companies = context(count)["companies"]
        told = (len(companies["rows"]), bool(companies["more"]))
        assert told == (MOST_COMPANIES + 1, count > MOST_COMPANIES)  # and their sums
    assert context(MOST_COMPANIES + 1)["companies"]["more"] == "另有 1 家未列出，见“01 集团看板”。"
    assert len(context(100)["decisions"]["cards"]) == MOST_CARDS
    assert len(context(100)["late"]["rows"]) == MOST_LATE


def test_a_copy_is_in_no_figure_and_named(tmp_path, engine):
    table = company(tmp_path / "g" / "甲", "样例甲公司", LATE)
    (tmp_path / "g" / "甲" / "表 - 副本.xlsx").write_bytes(table.read_bytes())
    done = group_pack(group(engine, tmp_path / "g"), "2026Q1", tmp_path / "p", each=True)
    assert ([one.outcome for one in done.served], done.exit_code) == (["copy", "served"], 0)
    assert [row[0] for row in cells(tmp_path / "p", "未计入")[4:]] == ["表 - 副本.xlsx"]
    assert "实施逾期 1 项，分布在 1 家" in text(tmp_path / "p")
    assert len(list((tmp_path / "p" / "各公司").iterdir())) == 1


def test_a_pack_of_a_group_is_compared_with_no_ledger_and_its_own_packs_are(tmp_path, engine):
    """The company's journal beside it holds a pack of the same period and day; the group's is another."""
    folder = tmp_path / "g" / "甲"
    book = company(folder, "样例甲公司")
    make_pack(desk_for(book, AS_OF, WORLD), "2026Q1", folder / "包")
    group_pack(group(engine, tmp_path / "g"), "2026Q1", folder / "集团包")
    for state in (None, folder / ".capa_xl"):
        found = check_archive(folder / "集团包", state)
        assert (found.differences, found.journal) == ((), OF_A_GROUP)
    assert check_archive(folder / "包").journal == f"已与台账「{folder / '.capa_xl'}」核对"
    (folder / "集团包" / "01 集团看板.xlsx").write_bytes(b"x")
    assert "01 集团看板.xlsx" in check_archive(folder / "集团包").differences[0]


def test_every_figure_of_a_company_stands_in_the_sheet_of_all_companies(packed):
    folder = packed.directory
    names = {row[1] for row in cells(folder, "各公司指标")}
    assert {kpi.name for kpi in packed.figures.companies[0].kpis} <= names
    assert {"关闭天数中位数", "关闭天数 P90"} <= names
    assert "关闭天数中位数" not in {row[0] for row in cells(folder, "指标合计")}
