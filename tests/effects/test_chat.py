import importlib.util

import pytest

from capa_xl.effects.chat import require_robot
from capa_xl.errors import SettingsError


@pytest.mark.parametrize("url", ["wecom://key", "WeCom://key", "mailto://a:b@x.example", "key-without-scheme"])
def test_a_third_partys_relay_and_other_schemes_are_refused_without_repeating_the_key(url):
    with pytest.raises(SettingsError) as refused:
        require_robot(url)
    assert "key" not in str(refused.value)


@pytest.mark.parametrize("url", ["wecombot://key", "dingtalk://key", "feishu://key"])
def test_the_three_company_robots_pass_where_apprise_is_installed(url):
    if importlib.util.find_spec("apprise"):
        require_robot(url)
    else:
        with pytest.raises(SettingsError, match="apprise"):
            require_robot(url)
