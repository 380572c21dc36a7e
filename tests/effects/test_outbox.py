import os
from datetime import date, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from capa_xl.effects.mime import mime_of
from capa_xl.effects.outbox import Outbox, is_filed_as
from capa_xl.effects.transport import Outcome
from capa_xl.model.journal import FILED
from tests.effects.mail_server import SENDER, letter_to

AT = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=8)))


def test_a_letter_lies_under_its_day_by_recipient_and_message_id(tmp_path):
    letter = letter_to("jia@corp.example", "<abc@capa-xl.example>")
    assert Outbox(tmp_path, date(2026, 11, 23), SENDER).deliver(letter, AT) == Outcome(FILED)
    (file,) = [place for place in tmp_path.rglob("*") if place.is_file()]
    assert file == tmp_path / "2026-11-23" / f"{letter.recipient} abc@capa-xl.example.eml"
    assert file.read_bytes() == mime_of(letter, SENDER, AT)


def test_characters_that_no_file_system_takes_are_replaced(tmp_path):
    outbox = Outbox(tmp_path, date(2026, 11, 23))
    letter = letter_to("jia@corp.example", "<a/../b:c@x.example>")
    outbox.deliver(letter, AT)
    assert outbox.place_of(letter).name == f"{letter.recipient} a_.._b_c@x.example.eml"
    assert outbox.place_of(letter).is_file()


@pytest.mark.parametrize(
    ("recipient", "name"),
    [
        ("样例甲", "样例甲 abc@capa-xl.example.eml"),
        ("样例/甲:\n乙", "样例_甲_ 乙 abc@capa-xl.example.eml"),
        ("..", "abc@capa-xl.example.eml"),
        ("甲" * 300, f"{'甲' * 40} abc@capa-xl.example.eml"),
    ],
)
def test_whose_letter_it_is_stands_in_a_name_that_windows_takes(recipient, name, tmp_path):
    letter = replace(letter_to("jia@corp.example", "<abc@capa-xl.example>"), recipient=recipient)
    place = Outbox(tmp_path, date(2026, 11, 23)).place_of(letter)
    assert place.name == name
    assert len(place.name.encode()) < 255
    assert is_filed_as(place, {"abc@capa-xl.example"})


def test_a_letter_that_an_earlier_version_filed_is_known(tmp_path):
    assert is_filed_as(tmp_path / "abc@capa-xl.example.eml", {"abc@capa-xl.example"})
    assert not is_filed_as(tmp_path / "样例甲 xyz@capa-xl.example.eml", {"abc@capa-xl.example"})


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
@pytest.mark.parametrize(("of_state", "of_letter"), [(0o700, 0o600), (0o750, 0o640), (0o755, 0o644)])
def test_letters_are_as_open_as_the_state_folder_whatever_the_umask(tmp_path, of_state, of_letter):
    (tmp_path / "state").mkdir()
    (tmp_path / "state").chmod(of_state)
    before = os.umask(0)
    try:
        outbox = Outbox(tmp_path / "state" / "outbox", date(2026, 11, 23))
        letter = letter_to("jia@corp.example", "<abc@capa-xl.example>")
        outbox.deliver(letter, AT)
    finally:
        os.umask(before)
    place = outbox.place_of(letter)
    modes = [path.stat().st_mode & 0o777 for path in (place, place.parent, place.parent.parent)]
    assert modes == [of_letter, of_state, of_state]
