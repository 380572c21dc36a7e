"""report and templates at the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from capa_xl.cli.main import run
from capa_xl.effects.resources import resource_dir
from capa_xl.model.paper_kinds import PLAN
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.sample.content import sample_content
from tests.reports.word.small import small_template

DAY = date(2026, 11, 22)
TEMPLATES = resource_dir("report_templates")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "跟踪表.xlsx"
    path.write_bytes(build_workbook(sample_content(DAY), as_of=DAY))
    return path


def test_a_report_says_where_it_is_and_whether_it_is_final(workbook, tmp_path, capsys):
    assert (
        run(["report", str(workbook), "GJ-2026-031", "GJ-2026-024", "-o", str(tmp_path), "--as-of", "2026-11-22"]) == 0
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("预演　") and lines[2].startswith("草稿（预演）　")
    assert lines[1] == "　　预演（--as-of 不是今天），没有存为定稿"
    assert lines[-1] == "共 2 份，其中草稿 1 份、预演 2 份；草稿和预演不作为归档依据。"


def test_a_form_that_is_not_kept_is_made_and_no_final(workbook, tmp_path, capsys):
    asked = ["request", str(workbook), "GJ-2026-031", "-o", str(tmp_path)]
    assert run(asked) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("已生成　")
    assert run([*asked, "--as-of", "2026-11-22"]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("_预演.docx")
    assert not (workbook.parent / ".capa_xl" / "papers").exists()


def test_a_pack_and_its_archive_say_the_same_number_of_files(workbook, tmp_path, capsys):
    folder = str(tmp_path / "资料包")
    assert run(["pack", str(workbook), "--period", "2026-10", "-o", folder, "--as-of", "2026-11-22"]) == 0
    packed = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("资料包 2026-10 共"))
    run(["archive", folder])
    listed = capsys.readouterr().out.splitlines()[0].rpartition("清单 ")[2]
    assert packed.startswith(f"资料包 2026-10 共 {listed.rstrip('。')}，另有清单 manifest.json，在")


def test_a_refused_final_gives_its_reason_and_exit_code_2(workbook, tmp_path, capsys):
    code = run(["report", str(workbook), "GJ-2026-029", "-o", str(tmp_path), "--as-of", "2026-11-22", "--json"])
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert code == 2
    assert document["files"] == [] and document["refused"][0]["problems"] == ["EF05"]
    assert "EF05" in told.err and "--with-findings" in told.err


def test_an_unknown_number_is_a_usage_error(workbook, tmp_path, capsys):
    assert run(["report", str(workbook), "GJ-1", "-o", str(tmp_path)]) == 2
    assert "跟踪表中找不到编号「GJ-1」" in capsys.readouterr().err


def test_a_faulty_template_is_named_with_exit_code_24(tmp_path, capsys):
    (tmp_path / "文件修改意见单.docx").write_bytes(small_template("甲", "责任人：{{ action.owenr }}"))
    assert run(["templates", "check", "--templates", str(tmp_path)]) == 24
    told = "文件修改意见单.docx 第 2 段「责任人：{{ action.owenr }}」没有这个变量：action.owenr"
    assert f"    {told}\n" in (Path(__file__).parents[2] / "docs" / "papers.md").read_text("utf-8")
    assert told in capsys.readouterr().out


def test_our_own_templates_pass(capsys):
    assert run(["templates", "check"]) == 0
    assert "没有问题" in capsys.readouterr().out


def test_a_folder_without_templates_is_said_to_have_none(tmp_path, capsys):
    assert run(["templates", "check", "--templates", str(tmp_path)]) == 0
    cure = "请核对文件夹；要自己改，先运行 capa-xl templates copy -o 模板"
    assert f"「{tmp_path}」里没有模板，检查的是自带的 → {cure}" in capsys.readouterr().out


def test_a_template_of_before_is_told_by_its_check_and_by_its_command(workbook, tmp_path, capsys):
    own = tmp_path / "模板"
    own.mkdir()
    (own / PLAN.template).write_bytes(small_template("{%p for i in preventive %}", "{{ i.number }}", "{%p endfor %}"))
    assert run(["templates", "check", "--templates", str(own)]) == 0
    told = capsys.readouterr().out
    assert "没有字段 unclassified" in told and "没有写坏的地方" in told and "没有问题" not in told
    assert run(["plan", str(workbook), "-o", str(tmp_path), "--draft", "--templates", str(own), "--json"]) == 0
    assert "没有字段 unclassified" in json.loads(capsys.readouterr().out)["template"]


def test_the_fields_are_listed_in_chinese(capsys):
    assert run(["templates", "fields"]) == 0
    assert "{{ reports[].action.owners }}  跟踪表：责任人" in capsys.readouterr().out


def test_templates_are_copied_once_and_never_over_a_changed_one(tmp_path, capsys):
    own = tmp_path / "我的 模板"
    assert run(["templates", "copy", "-o", str(own)]) == 0
    assert f'capa-xl templates check --templates "{own}"' in capsys.readouterr().out
    ours = sorted(path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("*") if path.is_file())
    assert sorted(path.relative_to(own) for path in own.rglob("*") if path.is_file()) == ours
    assert all((own / path).read_bytes() == (TEMPLATES / path).read_bytes() for path in ours)
    assert run(["templates", "copy", "-o", str(own)]) == 0  # nothing was changed: again is the same
    (own / "文件修改意见单.docx").unlink()
    (own / "letters" / "subject.txt.j2").write_text("改过", "utf-8")
    capsys.readouterr()
    assert run(["templates", "copy", "-o", str(own)]) == 2
    said = capsys.readouterr().err
    assert f"「{own}」里已有改过的模板（{Path('letters', 'subject.txt.j2')}），一个也没有复制 → 请换一个文件夹" in said
    assert (own / "letters" / "subject.txt.j2").read_text("utf-8") == "改过"
    assert not (own / "文件修改意见单.docx").exists()


def test_a_copied_template_that_was_changed_is_used(workbook, tmp_path, capsys):
    own = tmp_path / "模板"
    assert run(["templates", "copy", "-o", str(own), "--quiet"]) == 0
    (own / "改进效果确认报告.docx").write_bytes(small_template("本公司的样子", "{{ reports[0].action.number }}"))
    capsys.readouterr()
    call = ["report", str(workbook), "GJ-2026-031", "-o", str(tmp_path / "出"), "--templates", str(own)]
    assert run([*call, "--as-of", "2026-11-22"]) == 0
    (paper,) = (tmp_path / "出").glob("*.docx")
    assert "本公司的样子" in [paragraph.text for paragraph in Document(str(paper)).paragraphs]


def test_the_copy_in_json_lists_the_files(tmp_path, capsys):
    assert run(["templates", "copy", "-o", str(tmp_path / "模板"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["directory"] == str(tmp_path / "模板")
    assert str(tmp_path / "模板" / "letters" / "letter.txt.j2") in document["templates"]
