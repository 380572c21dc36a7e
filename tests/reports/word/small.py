"""Small templates for tests: one paragraph per line of text."""

from __future__ import annotations

import io

from docx import Document


def small_template(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    blob = io.BytesIO()
    document.save(blob)
    return blob.getvalue()


def small_table(*rows: tuple[str, ...]) -> bytes:
    document = Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cell, text in zip(table._cells, (text for row in rows for text in row), strict=True):
        cell.text = text
    blob = io.BytesIO()
    document.save(blob)
    return blob.getvalue()
