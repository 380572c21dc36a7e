"""What calamine finds in single cells, shared strings among them."""

from __future__ import annotations

from capa_xl.ooxml.proof.read_back import read_back

ROOT = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
STRINGS = ROOT.replace(b"worksheet", b"sst") + "<si><t>登记</t></si><si><t>关闭</t></si></sst>".encode()


def test_a_cell_that_points_at_a_shared_string_is_read_with_its_text():
    cells = [b' t="s"><v>1</v></c>', b"/>", b"><v>2</v></c>", b' t="s"><v>0</v></c>']
    assert read_back(cells, b"", ROOT, STRINGS) == ["关闭", "", 2.0, "登记"]
