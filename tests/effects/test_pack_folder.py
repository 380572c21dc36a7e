"""A pack is there, old or new, at every moment; people's files in it are never replaced."""

import ast
import hashlib
import json
from pathlib import Path

import pytest

from capa_xl.effects import exchange, pack_folder
from capa_xl.effects.pack_folder import read_manifest, stage
from capa_xl.effects.temporary import own_name
from capa_xl.errors import UnsafeWrite, UsageError
from tests.effects.test_sharing import held


@pytest.fixture(params=["exchange", "aside"])
def system(request, monkeypatch):
    """A system that exchanges two folders, and one that can't (Windows)."""
    if request.param == "aside":
        monkeypatch.setattr(pack_folder, "exchange", lambda one, other: False)
    return request.param


def fill(staged, text):
    blob = text.encode()
    staged.write("01/内容.txt", blob)
    entry = {"path": "01/内容.txt", "sha256": hashlib.sha256(blob).hexdigest()}
    staged.write("manifest.json", json.dumps({"files": [entry]}).encode())


def make(target, text, before_its_put_there=lambda: None):
    with stage(target) as staged:
        fill(staged, text)
        before_its_put_there()
        staged.put_in_place()


def said(target):
    return (target / "01" / "内容.txt").read_text(encoding="utf-8")


def beside(target):
    return sorted(path.name for path in target.parent.iterdir())


def test_the_new_pack_takes_the_place_of_the_old(tmp_path, system):
    make(tmp_path / "包", "旧")
    make(tmp_path / "包", "新")
    assert said(tmp_path / "包") == "新"
    assert beside(tmp_path / "包") == ["包"]


def test_whenever_one_looks_a_whole_pack_stands_there(tmp_path, monkeypatch):
    target = tmp_path / "包"
    make(target, "旧")
    seen = []
    real = exchange._exchange

    def looked_at(one, other):
        seen.append(said(target))
        answer = real(one, other)
        seen.append(said(target))
        return answer

    monkeypatch.setattr(exchange, "_exchange", looked_at)
    make(target, "新")
    assert seen == ["旧", "新"]


def test_a_file_people_put_into_the_old_pack_meanwhile_stays_with_it(tmp_path, system):
    target = tmp_path / "包"
    make(target, "旧")
    with pytest.raises(UsageError, match=r"包」里的资料包已被改动.*签字\.jpg"):
        make(target, "新", lambda: (target / "签字.jpg").write_bytes(b"signed"))
    assert said(target) == "旧"
    assert (target / "签字.jpg").read_bytes() == b"signed"
    assert beside(target) == ["包"]


def test_an_old_pack_that_people_changed_and_that_cannot_go_back_is_kept_under_a_name_of_its_own(tmp_path, monkeypatch):
    target = tmp_path / "包"
    make(target, "旧")
    real, calls = pack_folder.exchange, iter(range(9))

    def only_once(one, other):
        if next(calls):
            raise OSError(5, "Input/output error")
        return real(one, other)

    monkeypatch.setattr(pack_folder, "exchange", only_once)
    with pytest.raises(UnsafeWrite, match=r"又不能放回原处：它在「.*包-换下的旧包」 → 请核对"):
        make(target, "新", lambda: (target / "签字.jpg").write_bytes(b"signed"))
    assert (tmp_path / "包-换下的旧包" / "签字.jpg").read_bytes() == b"signed"
    assert beside(target) == ["包", "包-换下的旧包"]


def test_a_pack_with_a_file_held_open_is_said_by_its_likely_cause(tmp_path, monkeypatch):
    target = tmp_path / "包"
    make(target, "旧")
    monkeypatch.setattr(pack_folder, "exchange", lambda one, other: False)
    monkeypatch.setattr("capa_xl.effects.sharing.PAUSES_S", ())
    with monkeypatch.context() as windows:
        windows.setattr(Path, "rename", held(100, 32))
        with pytest.raises(UnsafeWrite, match="包」出错：正被 Word、WPS、预览或同步软件打开，请关闭后再试"):
            make(target, "新")
    assert said(target) == "旧"
    assert beside(target) == ["包"]


def test_an_old_pack_that_stood_aside_when_the_run_was_killed_stands_there_again(tmp_path):
    target = tmp_path / "包"
    make(target, "旧")
    target.rename(tmp_path / own_name(pack_folder._short(target), pack_folder.ASIDE))
    with pytest.raises(RuntimeError), stage(target):
        assert said(target) == "旧"
        raise RuntimeError
    assert beside(target) == ["包"]


def test_half_done_folders_of_dead_runs_go(tmp_path):
    machine = own_name().split("-")[1]
    dead = tmp_path / f".capa_xl-{machine}-{2**22 + 1}-0a1b.tmp"
    (dead / "01").mkdir(parents=True)
    make(tmp_path / "包", "新")
    assert beside(tmp_path / "包") == ["包"]


def test_colleagues_can_open_the_folder_as_any_other(tmp_path):
    (tmp_path / "别的").mkdir()
    make(tmp_path / "包", "新")
    assert (tmp_path / "包").stat().st_mode == (tmp_path / "别的").stat().st_mode


def test_no_folder_that_is_renamed_into_place_is_made_by_mkdtemp():
    for path in sorted(Path(pack_folder.__file__).parents[1].rglob("*.py")):
        names = {node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
        assert "mkdtemp" not in names, path
        assert not {"TemporaryDirectory", "NamedTemporaryFile"} & names or not {"move", "rename", "replace"} & names, (
            path
        )


@pytest.mark.parametrize(
    ("manifest", "what"),
    [(None, "不是资料包 → 请核对文件夹"), ("folder", "不是普通文件，不是资料包的清单 → "), ("[]", "可能已损坏 → "),
     ('{"files": [{"path": "a"}]}', "可能已损坏 → ")],
)  # fmt: skip
def test_what_is_no_manifest_is_said_for_what_it_is(tmp_path, manifest, what):
    place = tmp_path / "manifest.json"
    if manifest == "folder":
        place.mkdir()
    elif manifest is not None:
        place.write_text(manifest, "utf-8")
    with pytest.raises(UsageError, match=what):
        read_manifest(tmp_path)


def test_of_a_folder_of_packs_the_command_for_the_first_is_told(tmp_path):
    for name in ("002 乙", "001 甲"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}", "utf-8")
    with pytest.raises(UsageError) as said:
        read_manifest(tmp_path)
    assert "不是资料包，其中的 2 个文件夹是 → 逐个运行：capa-xl archive " in str(said.value)
    assert "001 甲" in str(said.value) and "002 乙" not in str(said.value)
