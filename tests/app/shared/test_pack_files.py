import zipfile

from capa_xl.app.shared.pack_files import content_hash
from tests.model.test_zip_system import made


def test_what_a_pack_file_says_does_not_depend_on_how_it_or_a_workbook_in_it_is_packed():
    plain, packed = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
    books = [made(3, compression=how) for how in (plain, packed)]
    papers = [made(3, {"word/embeddings/Sheet1.xlsx": book}, packed) for book in books]
    assert papers[0] != papers[1]
    assert content_hash("报告.docx", papers[0]) == content_hash("报告.docx", papers[1])
    other = made(3, {"word/embeddings/Sheet1.xlsx": made(3, {"xl/a.xml": b"other"})})
    assert content_hash("报告.docx", other) != content_hash("报告.docx", papers[0])
