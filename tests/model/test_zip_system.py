import io
import zipfile

from capa_xl.model.zip_system import as_made_on_unix

FILES = {"[Content_Types].xml": b"<a/>" * 500, "xl/工作簿.xml": b"PK\x01\x02 and PK\x05\x06 inside", "empty.xml": b""}


def made(system, files=FILES, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, blob in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.compress_type = system, compression
            archive.writestr(entry, blob)
    return stream.getvalue()


def test_a_zip_made_on_windows_gets_the_bytes_of_one_made_elsewhere():
    assert made(0) != made(3)
    assert as_made_on_unix(made(0)) == made(3) == as_made_on_unix(made(3))
    assert as_made_on_unix(made(0, {})) == made(3, {})
