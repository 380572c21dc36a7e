import shutil
import subprocess
from io import BytesIO

import docx
import pytest

from capa_xl.effects.office_fonts import installed_families, missing_typefaces, stand_ins, write_profile
from capa_xl.effects.pdf import convert_to_pdf

LATIN = ("Times New Roman", "Arial")
NOTO = frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC"})


def test_a_missing_song_gets_a_serif_and_a_missing_hei_a_sans():
    found = stand_ins(NOTO)
    assert found["宋体"] == found["仿宋"] == "Noto Serif CJK SC"
    assert found["黑体"] == found["微软雅黑"] == "Noto Sans CJK SC"


def test_what_is_installed_under_either_name_is_not_replaced():
    assert "宋体" not in stand_ins(NOTO | {"SimSun"}) and "黑体" not in stand_ins(NOTO | {"黑体"})
    assert missing_typefaces(frozenset({"SimSun", "黑体"})) == ("仿宋", "楷体", "微软雅黑", "等线", *LATIN)


def test_figures_get_a_typeface_as_wide_as_times_or_else_the_chinese_one():
    found = stand_ins(NOTO | {"Liberation Serif", "DejaVu Serif"})
    assert found["Times New Roman"] == "Liberation Serif"
    assert found["Arial"] == "Noto Sans CJK SC"
    assert not set(LATIN) & stand_ins(NOTO | set(LATIN)).keys()


def test_with_nothing_to_stand_in_nothing_is_replaced():
    assert stand_ins(frozenset({"DejaVu Sans"})) == {}


def test_the_profile_replaces_both_names_of_a_typeface(tmp_path):
    write_profile(tmp_path / "p", {"宋体": "Noto Serif CJK SC"})
    text = (tmp_path / "p/user/registrymodifications.xcu").read_text("utf-8")
    assert text.count("<value>Noto Serif CJK SC</value>") == 2
    assert "<value>宋体</value>" in text and "<value>SimSun</value>" in text


def song_and_hei() -> bytes:
    document, blob = docx.Document(), BytesIO()
    for face in ("宋体", "黑体"):
        run = document.add_paragraph().add_run("改进措施")
        run.font.name = face
        run._element.rPr.rFonts.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia", face)
    document.save(blob)
    return blob.getvalue()


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on the PATH")
@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts is not on the PATH")
@pytest.mark.skipif(not (installed_families() or frozenset()) >= NOTO, reason="Noto CJK isn't installed")
def test_a_pdf_sets_song_in_a_serif_and_hei_in_a_sans(tmp_path):
    (tmp_path / "字体.docx").write_bytes(song_and_hei())
    assert convert_to_pdf(tmp_path, ("字体.docx",)) == ("字体.pdf",)
    fonts = subprocess.run(["pdffonts", tmp_path / "字体.pdf"], capture_output=True, text=True, check=True).stdout
    if "宋体" in stand_ins(installed_families() or frozenset()):
        assert "NotoSerifCJK" in fonts and "NotoSansCJK" in fonts
