import zipfile
from datetime import date

from capa_xl.app.shared.pack_figures import figures_of
from capa_xl.app.shared.pack_files import changes_since, said_hash
from capa_xl.app.shared.paper_source import paper_source
from capa_xl.model.pack import PackState
from capa_xl.model.period import parse_period
from capa_xl.reports.kpi_words import previous_words
from tests.app.desks import desk_at
from tests.model.test_zip_system import made
from tests.tables import workbook_bytes


def test_what_a_pack_file_says_does_not_depend_on_how_it_or_a_workbook_in_it_is_packed():
    plain, packed = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
    books = [made(3, compression=how) for how in (plain, packed)]
    papers = [made(3, {"word/embeddings/Sheet1.xlsx": book}, packed) for book in books]
    assert papers[0] != papers[1]
    assert said_hash("报告.docx", papers[0]) == said_hash("报告.docx", papers[1])
    other = made(3, {"word/embeddings/Sheet1.xlsx": made(3, {"xl/a.xml": b"other"})})
    assert said_hash("报告.docx", other) != said_hash("报告.docx", papers[0])


LATE_THEN = [
    ["编号", "措施内容", "登记日期", "责任人", "完成期限", "批准人", "批准日期", "批准结论", "实际完成日期"],
    ["GJ-01", "改路由", "2026-04-07", "样例工", "2026-06-20", "样例甲", "2026-04-10", "同意", "2026-07-05"],
    ["GJ-02", "换电池", "2026-04-07", "样例工", "2026-08-31", "样例甲", "2026-04-10", "同意", None],
]
"""On 2026-06-30 GJ-01 was 10 days late; on 2026-08-10 it is done and GJ-02 not yet due."""


def of_the_day(tmp_path, on, period):
    """逾期率 and 最长逾期天数 of a pack made on that day: name, rows, base, 上期, longest."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": LATE_THEN}))
    figures = figures_of(paper_source(desk_at(path, date.fromisoformat(on))), parse_period(period))
    late, longest = figures.kpi("overdue"), figures.kpi("longest_overdue")
    return (
        late.name,
        late.rows,
        late.base,
        previous_words(late),
        longest.value,
        late.formula[late.formula.index("（") :],
    )


def test_a_figure_of_the_day_in_a_period_that_is_over_is_of_its_last_day_and_says_so(tmp_path):
    both = ("GJ-01", "GJ-02")
    said = ("逾期率（2026-06-30）", ("GJ-01",), both, "—", 10.0, "（截至 2026-06-30，上期截至 2026-03-31）")
    for made_on in ("2026-06-30", "2026-07-01", "2026-08-10"):
        assert of_the_day(tmp_path, made_on, "2026Q2") == said
    day_before = of_the_day(tmp_path, "2026-06-29", "2026Q2")
    assert (day_before[0], day_before[4]) == ("逾期率（2026-06-29）", 9.0)


def test_in_the_period_that_runs_it_is_of_t_beside_the_end_of_the_period_before(tmp_path):
    name, rows, base, before, longest, formula = of_the_day(tmp_path, "2026-08-10", "2026Q3")
    assert (name, rows, base, before, longest) == ("逾期率（2026-08-10）", (), ("GJ-02",), "1/2", 0.0)
    assert formula == "（截至 2026-08-10，上期截至 2026-06-30）"


def test_a_first_deadline_and_a_first_conclusion_change_none():
    def state(name, on, **rows):
        return PackState(name, date.fromisoformat(on), date.fromisoformat(on), rows)

    before = state("2026Q2", "2026-06-30", first=("待策划", "", ""), moved=("实施中", "2026-08-31", ""),
                   turned=("待归档", "2026-05-29", "有效"), taken_away=("待策划", "2026-08-31", ""))  # fmt: skip
    now = state("2026Q3", "2026-09-30", first=("待归档", "2026-08-31", "有效"), moved=("实施中", "2026-10-30", ""),
                turned=("措施无效", "2026-05-29", "无效"), taken_away=("待策划", "", ""))  # fmt: skip
    since, changes = changes_since(before, now)
    assert since == "2026Q2，数据截至 2026-06-30"
    assert {line.kind: line.numbers for line in changes} == {
        "新增": (), "关闭": (), "取消": (), "转后续": (),
        "期限变更": ("moved", "taken_away"), "结论变更": ("turned",),
    }  # fmt: skip


def test_the_changes_tell_how_everything_ended_new_ones_too():
    """Once 关闭 6 beside eight closed in the quarter: two of them were new, and what was cancelled stood nowhere."""
    day = date(2026, 9, 30)
    before = PackState(
        "2026Q3", day, day, {"old": ("待归档", "", ""), "was": ("已关闭", "", ""), "on": ("实施中", "", "")}
    )
    ended = {"old": "已关闭", "was": "已关闭", "on": "已转后续", "new": "已关闭", "off": "已取消", "runs": "实施中"}
    now = PackState("2026Q4", day, day, {number: (status, "", "") for number, status in ended.items()})
    _, changes = changes_since(before, now)
    assert {line.kind: line.numbers for line in changes if line.numbers} == {
        "新增": ("new", "off", "runs"), "关闭": ("old", "new"), "取消": ("off",), "转后续": ("on",)
    }  # fmt: skip
