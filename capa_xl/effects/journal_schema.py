"""The tables of the journal, as the steps that made them: each brings a journal of one version to the next."""

from __future__ import annotations

_VERSION_1 = """
CREATE TABLE workbook (
    file_name TEXT PRIMARY KEY,
    id TEXT NOT NULL
);
CREATE TABLE posting (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    workbook_id TEXT NOT NULL,
    number TEXT NOT NULL,
    milestone TEXT NOT NULL,
    due_version TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    recipient TEXT NOT NULL,
    transport TEXT NOT NULL,
    rehearsed_on TEXT NOT NULL DEFAULT '',
    result TEXT NOT NULL,
    planned_on TEXT NOT NULL,
    sent_on TEXT NOT NULL DEFAULT '',
    sent_at TEXT NOT NULL DEFAULT '',
    tried_on TEXT NOT NULL DEFAULT '',
    message_id TEXT NOT NULL,
    error TEXT NOT NULL DEFAULT '',
    counts INTEGER NOT NULL DEFAULT 0,
    UNIQUE (workbook_id, number, milestone, due_version, occurrence, recipient, transport, rehearsed_on)
);
CREATE TABLE row_seen (
    workbook_id TEXT NOT NULL,
    number TEXT NOT NULL,
    fields TEXT NOT NULL,
    first_due TEXT NOT NULL DEFAULT '',
    changed_on TEXT NOT NULL DEFAULT '',
    gone_on TEXT NOT NULL DEFAULT '',
    approved_stamp TEXT NOT NULL DEFAULT '',
    approved_measure TEXT NOT NULL DEFAULT '',
    approved_due TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (workbook_id, number)
);
CREATE TABLE due_seen (
    workbook_id TEXT NOT NULL,
    number TEXT NOT NULL,
    due_on TEXT NOT NULL,
    seen_on TEXT NOT NULL,
    PRIMARY KEY (workbook_id, number, due_on)
) WITHOUT ROWID;
CREATE TABLE auto_row (
    workbook_id TEXT NOT NULL,
    number TEXT NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (workbook_id, number)
);
CREATE TABLE snapshot (
    workbook_id TEXT PRIMARY KEY,
    taken_on TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    columns TEXT NOT NULL,
    alarm_to TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE field_change (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    workbook_id TEXT NOT NULL,
    number TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    seen_on TEXT NOT NULL
);
CREATE INDEX field_change_of ON field_change (workbook_id, number);
CREATE TABLE run (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    workbook_id TEXT NOT NULL,
    ran_at TEXT NOT NULL,
    as_of TEXT NOT NULL,
    command TEXT NOT NULL,
    fingerprint TEXT NOT NULL
);
CREATE TABLE applied (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    workbook_id TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    what TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    edits TEXT NOT NULL,
    undone_at TEXT NOT NULL DEFAULT ''
);
"""

_VERSION_2 = """
CREATE TABLE pack (
    workbook_id TEXT NOT NULL,
    period_to TEXT NOT NULL,
    as_of TEXT NOT NULL,
    period TEXT NOT NULL,
    actions TEXT NOT NULL,
    PRIMARY KEY (workbook_id, period, as_of)
);
"""

_VERSION_3 = """
CREATE TABLE layout (
    id INTEGER PRIMARY KEY,
    names TEXT NOT NULL UNIQUE
);
ALTER TABLE row_seen ADD COLUMN layout INTEGER NOT NULL DEFAULT 0;
ALTER TABLE auto_row ADD COLUMN layout INTEGER NOT NULL DEFAULT 0;
"""

_VERSION_4 = """
CREATE TABLE chain (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    workbook_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    content TEXT NOT NULL,
    previous TEXT NOT NULL,
    mark TEXT NOT NULL
);
CREATE INDEX chain_of ON chain (workbook_id, serial);
ALTER TABLE pack ADD COLUMN manifest TEXT NOT NULL DEFAULT '';
"""

_VERSION_5 = """
CREATE TABLE row_event (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    workbook_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    seen_on TEXT NOT NULL
);
"""

_VERSION_6 = """
CREATE TABLE intent (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    workbook_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    declared_at TEXT NOT NULL,
    as_of TEXT NOT NULL,
    command TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    edits TEXT NOT NULL DEFAULT '[]',
    undoes INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE intended_auto_row (
    intent INTEGER NOT NULL,
    number TEXT NOT NULL,
    layout INTEGER NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (intent, number)
) WITHOUT ROWID;
"""

_VERSION_7 = """
CREATE TABLE slip (
    workbook_id TEXT NOT NULL,
    token TEXT NOT NULL,
    department TEXT NOT NULL,
    made_on TEXT NOT NULL,
    addresses TEXT NOT NULL,
    PRIMARY KEY (workbook_id, token)
);
"""

_VERSION_8 = """
CREATE TABLE attempt (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    workbook_id TEXT NOT NULL,
    number TEXT NOT NULL,
    milestone TEXT NOT NULL,
    due_version TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    recipient TEXT NOT NULL,
    transport TEXT NOT NULL,
    rehearsed_on TEXT NOT NULL,
    result TEXT NOT NULL,
    planned_on TEXT NOT NULL,
    sent_on TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    tried_on TEXT NOT NULL,
    message_id TEXT NOT NULL,
    error TEXT NOT NULL,
    counts INTEGER NOT NULL
);
"""

_VERSION_9 = """
CREATE TABLE edition (
    workbook_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    at INTEGER NOT NULL,
    paper_number TEXT NOT NULL,
    frozen_on TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (workbook_id, kind, number, at)
);
CREATE TABLE scan (
    workbook_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    at INTEGER NOT NULL,
    paper_number TEXT NOT NULL,
    pages INTEGER NOT NULL,
    signed_on TEXT NOT NULL,
    filed_on TEXT NOT NULL,
    PRIMARY KEY (workbook_id, sha256)
);
"""

_VERSION_10 = """
ALTER TABLE applied ADD COLUMN stood TEXT NOT NULL DEFAULT '';
"""

_VERSION_11 = """
CREATE TABLE need_seen (
    workbook_id TEXT NOT NULL,
    number TEXT NOT NULL,
    gone_on TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (workbook_id, number)
) WITHOUT ROWID;
"""

_VERSION_12 = """
ALTER TABLE row_seen ADD COLUMN mark BLOB NOT NULL DEFAULT x'';
"""

_VERSION_13 = """
ALTER TABLE run ADD COLUMN stood TEXT NOT NULL DEFAULT '';
"""

STEPS = (
    _VERSION_1, _VERSION_2, _VERSION_3, _VERSION_4, _VERSION_5, _VERSION_6, _VERSION_7, _VERSION_8, _VERSION_9,
    _VERSION_10, _VERSION_11, _VERSION_12, _VERSION_13,
)  # fmt: skip
"""Step n brings a journal from version n to n + 1; a published step is never edited."""
