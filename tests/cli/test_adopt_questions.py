"""The conversation of adopt: one screen a question, Enter takes the first answer, b goes back."""

from __future__ import annotations

import shlex
from datetime import date

from capa_xl.cli.adopt_questions import _chosen, _screen, answer_likeliest, ask_all
from capa_xl.cli.main import run
from capa_xl.model.adoption import ListWord
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt, survey_adoption
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
ROWS = [
    ["编号", "问题描述", "隐患级别", "责任人", "要求完成日期", "计划完成日期"],
    ["1", "走廊堆放纸箱", "高", "人乙", DAY, DAY], ["2", "灯具损坏", "低", "人丙", DAY, DAY],
]  # fmt: skip


def talked(*typed):
    """The wish after these replies, and the screens that were shown."""
    blob, screens, replies = workbook_bytes({"表": ROWS}), [], iter(typed)

    def ask(screen, default):
        screens.append(screen)
        return next(replies) or default

    return ask_all(Adopting({}, "a1", DAY), lambda wish: adopt(blob, wish)[1], ask), screens


def test_enter_takes_the_likeliest_answer_until_nothing_is_open():
    wish, screens = talked("1", "", "")
    assert wish.answers == {"要求完成日期": "完成期限"}
    assert wish.meanings == {"严重度": {"高": "重大", "低": "一般"}}
    assert [screen.splitlines()[0] for screen in screens] == [
        "第 1 问　列 E1「要求完成日期」是什么？", "第 2 问　「隐患级别」里的「高」（1 行）是什么意思？",
        "第 3 问　「隐患级别」里的「低」（1 行）是什么意思？",
    ]  # fmt: skip


def test_back_takes_the_last_answer_back_and_a_word_may_be_typed():
    wish, screens = talked("1", "b", "2", "1", "重大")
    assert wish.answers == {"要求完成日期": "原完成期限"}
    assert wish.meanings == {"严重度": {"高": "重大", "低": "重大"}}
    assert len(screens) == 5


def test_none_of_ours_is_an_answer_and_nonsense_asks_again():
    wish, screens = talked("7", "0", "", "")
    assert wish.answers == {"要求完成日期": ""}
    assert screens[1] == "「7」不在选项里，请输入左边的编号。\n\n" + screens[0]


def test_back_on_the_first_question_stays_there():
    wish, screens = talked("b", "1", "", "")
    assert screens[0] == screens[1]
    assert wish.answers == {"要求完成日期": "完成期限"}


def test_what_the_flags_said_is_not_asked():
    blob = workbook_bytes({"表": ROWS})
    said = Adopting({"计划完成日期": "完成期限"}, "a1", DAY, {"隐患级别": {"高": "重大", "低": "一般"}})
    assert ask_all(said, lambda wish: adopt(blob, wish)[1], lambda *_: "x") == said


def test_a_field_that_is_called_as_another_columns_heading_gets_its_own_answer():
    rows = [
        ["2026年食堂检查"], ["序号", "检查日期", "存在问题", "整改措施", "责任人", "限期", "复查日期"],
        ["1", "3月5日", "留样不足", "补足留样", "人乙", "3月6日", "3月7日"],
        ["2", "4月12日", "冰箱结霜", "除霜", "人丙", "4月15日", "4月16日"],
    ]  # fmt: skip
    blob, asked = workbook_bytes({"表": rows}), []

    def ask(screen, default):
        asked.append(screen.splitlines()[0])
        assert len(asked) < 20, asked[-3:]
        return default

    wish = ask_all(Adopting({}, "a1", DAY), lambda wish: adopt(blob, wish)[1], ask)
    assert wish.meanings == {"全部日期": {"没有年份的日期": "2026"}}
    assert len(asked) == len(set(asked))
    assert not adopt(blob, wish)[1].asked_words


OPEN_COLUMN = [
    ["编号", "问题描述", "整改措施", "责任人", "期限", "CAPA状态", "影响级别"],
    ["1", "走廊堆放纸箱", "清理并公示", "人乙", DAY, "已关闭", "P1"],
    ["2", "灯具损坏两处", "更换灯具", "人丙", DAY, "移交执法", "P2"],
    ["3", "应急灯不亮", "更换电池", "人丁", DAY, "整改中", "P2"],
]


def test_the_likeliest_answers_name_every_question_they_answer_words_of_a_column_in_question_too():
    blob = workbook_bytes({"表": OPEN_COLUMN})
    wish, asked = answer_likeliest(Adopting({}, "a1", DAY), lambda tried: survey_adoption(blob, tried))
    assert [one.header if hasattr(one, "cell") else one.word for one in asked] == ["CAPA状态", "影响级别", "移交执法"]
    assert wish.answers == {"CAPA状态": "状态", "影响级别": "待定"}
    assert wish.meanings == {"状态": {"移交执法": "待定"}}


def test_the_command_to_paste_carries_every_question_and_each_stands_above_it(tmp_path, capsys):
    source = tmp_path / "表.xlsx"
    source.write_bytes(workbook_bytes({"表": OPEN_COLUMN}))
    given = ["adopt", str(source), "-o", str(tmp_path / "新.xlsx"), "--company", " 样例 甲  公司"]
    assert run([*given, "--as-of", "2026-11-28", "--no-input"]) == 2
    *said, line = capsys.readouterr().err.rstrip().splitlines()
    assert '--company "样例 甲 公司"' in line
    answers = [part.partition("=")[0] for part in shlex.split(line) if "=" in part]
    assert answers == ["CAPA状态", "影响级别", "状态:移交执法"]
    shown = "".join(one for one in said if "请确认" in one)
    assert all(f"「{answer.rpartition(':')[2]}」" in shown for answer in answers)


def test_a_pasted_command_with_an_answer_left_open_asks_it_again(tmp_path, capsys):
    """Everything but the needed 待定 was answered: the second refusal names what is still open, as the first did."""
    source = tmp_path / "表.xlsx"
    source.write_bytes(workbook_bytes({"表": OPEN_COLUMN}))
    first = ["adopt", str(source), "-o", str(tmp_path / "新.xlsx"), "--as-of", "2026-11-28", "--no-input"]
    assert run(first) == 2
    told = capsys.readouterr().err.rstrip().splitlines()
    again = shlex.split(told[-1])[1:]
    assert run([*again, "--as-of", "2026-11-28", "--no-input"]) == 2
    second = capsys.readouterr().err.rstrip().splitlines()
    assert second[-1] == told[-1]
    assert [line for line in second if "移交执法" in line and "请确认" in line]


def test_any_field_may_be_typed_and_an_unneeded_question_may_stay_open():
    rows = [["编号", "问题描述", "整改措施", "责任人", "期限", "状态", "班组"],
            ["1", "走廊堆放纸箱", "清理并公示", "人乙", "立行立改", "进行中", "一班"],
            ["2", "灯具损坏两处", "更换灯具", "人丙", DAY, "进行中", "二班"]]  # fmt: skip
    blob, typed, screens = workbook_bytes({"表": rows}), iter(["涉及部门", "待定"]), []

    def ask(screen, _):
        screens.append(screen)
        return next(typed)

    wish = ask_all(Adopting({}, "a1", DAY), lambda wish: adopt(blob, wish)[1], ask)
    assert (wish.answers, wish.meanings) == ({"班组": "涉及部门"}, {"完成期限": {"立行立改": "待定"}})
    assert all("待定" in screen for screen in screens)


def test_a_crossed_out_row_is_counted_or_not_and_never_a_blank():
    word = ListWord("编号", "编号", "7", 1, "", ("不计入", "计入"), proposal="不计入")
    assert ("当作空白" in _screen(word, 1), _chosen(word, "0")) == (False, None)


def test_words_of_a_column_that_is_only_proposed_are_shown_before_anything_is_written(tmp_path, capsys):
    rows = [["编号", "问题描述", "整改措施", "责任人", "期限", "CAPA状态", "Classification"],
            ["1", "走廊堆放纸箱", "清理并公示", "人乙", DAY, "已关闭", "Major"],
            ["2", "灯具损坏两处", "更换灯具", "人丙", DAY, "进行中", "Minor"]]  # fmt: skip
    source = tmp_path / "表.xlsx"
    source.write_bytes(workbook_bytes({"表": rows}))
    assert run(["adopt", str(source), "-o", str(tmp_path / "新.xlsx"), "--as-of", "2026-11-28", "--no-input"]) == 2
    said = capsys.readouterr().err
    assert "照下面的建议，「Classification」的取值：Major（1 行，按“重大”计）、Minor（1 行，按“一般”计）" in said


def test_a_heading_on_two_lines_is_told_on_one_and_a_long_list_of_words_once(tmp_path, capsys):
    rows = [["编号", "问题描述", "整改措施", "责任人", "期限", "状态", "Source\n来源"],
            ["1", "走廊堆放纸箱", "清理并公示", "人乙", DAY, "已关闭", "店长巡店"],
            ["2", "灯具损坏两处", "更换灯具", "人丙", DAY, "进行中", "神秘顾客"]]  # fmt: skip
    source = tmp_path / "表.xlsx"
    source.write_bytes(workbook_bytes({"表": rows}))
    run(["adopt", str(source), "-o", str(tmp_path / "新.xlsx"), "--as-of", "2026-11-28", "--no-input"])
    said = "".join(capsys.readouterr())
    assert "Source\n" not in said
    assert said.count("体系运行过程 或") <= 1


def test_a_field_given_to_two_columns_ends_in_a_whole_line_to_paste(tmp_path, capsys):
    head = ["编号", "问题描述", "改进行动\nAction", "回退措施\nRollback", "责任人", "完成期限"]
    row = ["1", "走廊堆放纸箱", "设置专用的堆放区", "恢复原来的堆放区", "人乙", DAY]
    source = tmp_path / "表 1.xlsx"
    source.write_bytes(workbook_bytes({"表": [head, row, ["2", *row[1:]]]}))
    both = ["--map", "改进行动 Action=措施内容", "--map", "回退措施 Rollback=措施内容"]
    argv = ["adopt", str(source), "-o", str(tmp_path / "新.xlsx"), *both, "--no-input"]
    assert run(argv) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert "只能有一列是" in said[0]
    line = next(one for one in said if one.startswith("capa-xl adopt"))
    assert run([*shlex.split(line)[1:], "--no-input"]) == 0


def test_the_last_line_is_the_next_step_also_where_the_roster_is_still_empty(tmp_path, capsys):
    source, target = tmp_path / "老表.xlsx", tmp_path / "新表.xlsx"
    source.write_bytes(workbook_bytes({"表": [["编号", "问题描述", "责任人", "完成期限"], ["1", "灯坏", "人乙", DAY]]}))
    assert run(["adopt", str(source), "-o", str(target), "--no-input"]) == 0
    *said, last = capsys.readouterr().out.strip().splitlines()
    assert any("工作表《人员部门》是空的" in line for line in said)
    assert any("加工作表《总览》《时间轴》" in line for line in said)
    assert sum(line.startswith("打印页眉的左边没有公司名称 → ") for line in said) == 1
    assert last == f"已接管为 {target}，原文件没有改动。下一步：capa-xl check {target}"


def test_a_workbook_that_is_adopted_already_has_its_company_in_a_sheet(tmp_path, capsys):
    source, target = tmp_path / "老表.xlsx", tmp_path / "新表.xlsx"
    source.write_bytes(workbook_bytes({"表": [["编号", "问题描述", "责任人", "完成期限"], ["1", "灯坏", "人乙", DAY]]}))
    assert run(["adopt", str(source), "-o", str(target), "--company", "样例公司", "--no-input"]) == 0
    assert "公司名称 → " not in capsys.readouterr().out
    before = target.read_bytes()
    assert run(["adopt", str(target), "--company", "样例公司", "--no-input"]) == 2
    assert "公司名称在《参数》填" in capsys.readouterr().err
    assert target.read_bytes() == before
