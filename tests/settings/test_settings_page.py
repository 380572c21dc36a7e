from pathlib import Path

from tests.pages.settings_page import settings_reference


def test_the_settings_page_holds_every_key_as_the_classes_say_it():
    page = Path(__file__).parents[2] / "docs" / "settings.md"
    assert settings_reference() in page.read_text(encoding="utf-8")
