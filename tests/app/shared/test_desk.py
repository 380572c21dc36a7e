import pickle
import time
from datetime import date, datetime

import pytest

from capa_xl.app.shared.desk import Desk, desk_for
from capa_xl.cli.world import Stop, now, world_until
from capa_xl.errors import SettingsError
from capa_xl.model.as_of import SHANGHAI, AsOf
from capa_xl.settings.values import PathSettings, Settings
from tests.app.desks import desk_at, still_world

DAY = date(2026, 11, 22)


def test_a_desk_with_settings_of_a_mail_server_goes_to_another_process_without_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("CAPA_XL_MAIL_SECRET", "env:PW")
    monkeypatch.setenv("PW", "right-horse")
    desk = desk_for(tmp_path / "表.xlsx", AsOf(DAY, DAY), world_until(Stop()))
    packed = pickle.dumps(desk)
    assert b"right-horse" not in packed
    arrived = pickle.loads(packed)
    assert (arrived.workbook, arrived.as_of, arrived.settings) == (desk.workbook, desk.as_of, desk.settings)
    assert arrived.settings.mail.secret.reveal() == "right-horse"
    assert (arrived.world.now, arrived.world.go_on()) == (now, True)


def test_a_stop_asked_for_here_is_not_asked_for_in_the_process_it_is_sent_to():
    stop = Stop()
    stop.ask()
    world = pickle.loads(pickle.dumps(world_until(stop)))
    assert (stop.go_on(), world.go_on()) == (False, True)


def test_state_lies_beside_the_workbook_or_where_the_settings_say(tmp_path):
    beside, named = tmp_path / ".capa_xl", tmp_path / "elsewhere"
    desk = desk_at(tmp_path / "表.xlsx", DAY)
    assert (desk.state, desk.backups, desk.outbox) == (beside, beside / "backups", beside / "outbox")
    desk = desk_at(tmp_path / "表.xlsx", DAY, settings=Settings(paths=PathSettings(state=named)))
    assert (desk.state, desk.backups, desk.outbox) == (named, named / "backups", named / "outbox")


def test_what_the_command_line_says_stands_over_the_settings_and_nothing_said_leaves_them(tmp_path):
    desk = desk_at(tmp_path / "表.xlsx", DAY, settings=Settings(paths=PathSettings(templates=tmp_path)))
    assert desk.with_settings(templates=None, wait_minutes=None) == desk
    said = desk.with_settings(templates=tmp_path / "own", wait_minutes=0.5)
    assert (said.templates, said.wait_s, desk.templates, desk.wait_s) == (tmp_path / "own", 30.0, tmp_path, 0.0)


def test_a_rehearsal_has_the_instant_of_its_own_day_and_stamps_backups_by_the_real_one(tmp_path):
    desk = desk_at(tmp_path / "表.xlsx", AsOf(date(2026, 12, 24), DAY), world=still_world(DAY))
    assert desk.is_rehearsal
    assert desk.instant() == datetime(2026, 12, 24, 8, 30, tzinfo=SHANGHAI)
    assert desk.stamp() == "20261122-083000"
    assert not desk_at(tmp_path / "表.xlsx", DAY).is_rehearsal


def test_faulty_settings_are_refused_before_anything_is_opened(tmp_path):
    (tmp_path / "capa_xl.toml").write_text("[mail]\nhots = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError):
        desk_for(tmp_path / "表.xlsx", AsOf(DAY, DAY), still_world(DAY))


def test_a_pause_ends_when_somebody_asks_to_stop(tmp_path):
    stop = Stop()
    stop.ask()
    began = time.monotonic()
    Desk(tmp_path, AsOf(DAY, DAY), world_until(stop)).world.sleep(60)
    assert time.monotonic() - began < 5
