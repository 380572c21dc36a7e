import os

import pytest

from capa_xl.effects.resources import MOST_TEMPLATE, is_own_template, resource_dir, resource_dir_of
from capa_xl.errors import SettingsError


def test_a_checkout_finds_workbooks_and_templates_at_its_top():
    assert all((resource_dir() / name).is_dir() for name in ("workbooks", "report_templates"))
    assert resource_dir("workbooks") == resource_dir() / "workbooks"


def test_a_wheel_finds_them_inside_the_package(tmp_path):
    package = tmp_path / "site-packages" / "capa_xl"
    (package / "_resources" / "workbooks").mkdir(parents=True)
    assert resource_dir_of(package) == package / "_resources"


def test_a_template_of_peoples_own_is_a_plain_file_of_bearable_size(tmp_path):
    own = tmp_path / "报告.docx"
    assert not is_own_template(None)
    assert not is_own_template(own)
    own.write_bytes(b"x")
    assert is_own_template(own)
    os.truncate(own, MOST_TEMPLATE)
    assert is_own_template(own)
    os.truncate(own, MOST_TEMPLATE + 1)
    with pytest.raises(SettingsError, match="超过 32 MB"):
        is_own_template(own)


def test_a_folder_or_a_pipe_in_a_templates_place_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="不是普通文件"):
        is_own_template(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "报告.docx")
        with pytest.raises(SettingsError, match="不是普通文件"):
            is_own_template(tmp_path / "报告.docx")
