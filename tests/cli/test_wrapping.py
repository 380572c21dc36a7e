import pytest

from capa_xl.cli.wrapping import WIDTH, columns_of, wrapped


def test_a_line_that_fits_stays_as_it_is():
    assert list(wrapped("  错误 E5：完成期限「月底」不是明确日期")) == ["  错误 E5：完成期限「月底」不是明确日期"]
    assert list(wrapped("")) == [""]


def test_a_line_of_exactly_the_width_stays_whole_and_one_more_wraps():
    assert list(wrapped("字" * 50)) == ["字" * 50]
    assert list(wrapped("字" * 51)) == ["字" * 50, "  字"]


def test_what_goes_on_hangs_under_its_beginning():
    first, second = wrapped("  警告 " + "长" * 60)
    assert first.startswith("  警告 长")
    assert second.startswith("    长")
    assert not second.startswith("     ")


TOKENS = (
    "GJ-2026-031",
    "https://portal.example/a/b?c=1",
    "C:\\共享\\样例\\表.xlsx",
    "/srv/样例/备份.xlsx",
    "2026-11-22",
    "slips/填报表 信息安全部 2026-11-28.xlsx",
    "措施分解!F32",
    "效果确认!L2:L14",
    "14.0 %",
    "《改进计划跟踪表》",
    "「样例二」",
    "“上年工作簿”",
    "[必填]",
    "53 天",
    "04 文件修改意见单/WX-2026-012 变更管理程序.docx",
)


@pytest.mark.parametrize("token", TOKENS)
def test_no_token_is_split(token):
    for before in range(40, 51):
        lines = list(wrapped("说" * before + " " + token + " " + "明" * 30))
        assert any(token in line for line in lines)


def test_a_closing_mark_never_begins_a_line_and_an_opening_one_never_ends_it():
    for length in range(40, 60):
        lines = list(wrapped("字" * length + "（见第 3 条）。" + "字" * 40))
        assert not [line for line in lines[1:] if line.strip()[0] in "）。，"]
        assert not [line for line in lines if line.rstrip().endswith("（")]
        assert all(columns_of(line) <= WIDTH for line in lines)


def test_a_command_to_paste_stays_whole():
    command = "capa-xl adopt 老表.xlsx -o 新表.xlsx --map 整改期限=完成期限"
    lines = list(
        wrapped("请先补齐缺少的列，再运行下面的命令，它会在副本右侧补上自动列，原件不动：" * 2 + command + "。")
    )
    assert any(command in line for line in lines)


@pytest.mark.parametrize(
    "command",
    [
        "/opt/capa-xl/bin/python -m pip install msal",
        'cmd /c call "C:\\Program Files (x86)\\样例 甲\\python.exe" -m pip install apprise',
        r"C:\质量部\样例甲\Scripts\python.exe -m pip install apprise",
        '"/srv/样例 甲/bin/python" -m pip install apprise',
        "uv pip install --python /opt/capa-xl/bin/python msal",
        "chmod 600 '/etc/capa xl/密码.txt'",
    ],
)
def test_a_command_of_the_system_stays_whole_too(command):
    for width in range(len(command) + 12, 100):
        lines = list(wrapped(f"没有安装 msal，Office 365 的信发不出去 → 请运行 {command}，再试", width))
        assert sum(command in line for line in lines) == 1, lines


def test_a_token_wider_than_the_terminal_stands_on_its_own_line_whole():
    path = "/" + "a" * 130
    assert list(wrapped("备份：" + path)) == ["备份：", "  " + path]
