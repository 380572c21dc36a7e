from pathlib import Path

import pytest

from capa_xl.errors import SettingsError
from capa_xl.settings.read import load_settings

SERVER = '[mail]\ntransport = "smtp"\nhost = "smtp.corp.example"\nfrom = "capa@corp.example"\n'

HINT = 'secret = "env:CAPA_XL_SMTP_PASSWORD"（写密码放在哪里：env:变量名、file:文件 或 keyring:服务/用户）'


def loaded(folder: Path, text: str, **environ: str):
    (folder / "capa_xl.toml").write_text(text, encoding="utf-8")
    return load_settings(folder / "表.xlsx", None, environ)


def refusal(folder: Path, text: str, **environ: str) -> str:
    with pytest.raises(SettingsError) as trouble:
        loaded(folder, text, **environ)
    assert trouble.value.exit_code == 24
    return str(trouble.value)


def test_no_file_means_the_outbox_and_half_past_eight(tmp_path):
    settings = load_settings(tmp_path / "表.xlsx", None, {})
    assert (settings.mail.transport, settings.schedule.at, settings.source) == ("outbox", "08:30", None)


def test_every_key_reaches_its_field(tmp_path):
    settings = loaded(
        tmp_path,
        SERVER + 'security = "ssl"\nallowed_domains = ["Corp.example"]\ntimeout_s = 5\nca_file = "ca.pem"\n'
        '[paths]\nstate = "账本"\n[lock]\nwait_minutes = 2.5\n[schedule]\nat = "07:15"\n',
    )
    assert settings.mail.port_in_use == 465
    assert settings.mail.allowed_domains == ("corp.example",)
    assert settings.mail.ca_file == tmp_path / "ca.pem"
    assert settings.mail.timeout_s == 5.0
    assert settings.paths.state == tmp_path / "账本"
    assert (settings.lock.wait_minutes, settings.schedule.at) == (2.5, "07:15")


def test_an_unknown_key_names_the_nearest_known_one(tmp_path):
    assert refusal(tmp_path, '[mail]\nhots = "x"\n') == "capa_xl.toml：[mail] hots 不认识 → 是不是 host？"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("CAPA_XL_MAIL_HOTS", "CAPA_XL_MAIL_HOST"),
        ("CAPA_XL_MIAL_HOST", "CAPA_XL_MAIL_HOST"),
        ("CAPA_XL_SMTP_HOST", "CAPA_XL_MAIL_HOST"),
        ("CAPA_XL_PATH_STATE", "CAPA_XL_PATHS_STATE"),
        ("CAPAXL_MAIL_HOST", "CAPA_XL_MAIL_HOST"),
        ("capa_xl_mail_host", "CAPA_XL_MAIL_HOST"),
        ("CAPA_XL_MAIL_SECRETS", "CAPA_XL_MAIL_SECRET"),
    ],
)
def test_a_misspelt_variable_names_the_nearest_known_one(tmp_path, name, meant):
    assert refusal(tmp_path, "", **{name: "x"}) == f"环境变量 {name} 不认识 → 是不是 {meant}？"


def test_a_variable_that_holds_a_secret_has_any_name_and_one_that_nothing_uses_is_told_not_refused(tmp_path):
    secrets = {"CAPA_XL_MAIL_SECRETS": "x", "CAPA_XL_MAIL_CHAT_URL": "x", "CAPA_XL_SMTP_PASSWORD": "x", "CAPACITY": "9"}
    used = loaded(tmp_path, '[mail]\nsecret = "env:CAPA_XL_MAIL_SECRETS"\n', **secrets)
    assert used.unused == ("CAPA_XL_MAIL_CHAT_URL", "CAPA_XL_SMTP_PASSWORD")


def test_an_unknown_section_names_the_nearest_known_one(tmp_path):
    assert refusal(tmp_path, "[mails]\n") == "capa_xl.toml：[mails] 不认识 → 是不是 mail？"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('timeout_s = "soon"', "[mail] timeout_s「soon」不是数"),
        ("host = 5", "[mail] host「5」应是文字"),
        ("max_send = 1.5", "[mail] max_send「1.5」不是整数 → 请写 0–1000000 的整数"),
        ("max_send = -1", "[mail] max_send「-1」超出范围 → 请写 0–1000000 的数"),
        ("max_send = true", "[mail] max_send「True」不是数"),
        ('security = "tls"', "[mail] security「tls」不能用 → 请选 starttls、ssl、none"),
        ("allowed_domains = 3", "[mail] allowed_domains「3」应是列表"),
        ("port = 65536", "[mail] port「65536」超出范围 → 请写 0–65535 的数"),
        ("port = inf", "[mail] port「inf」不是整数 → 请写 0–65535 的整数"),
        ("timeout_s = 0", "[mail] timeout_s「0」超出范围 → 请写 0.1–3600 的数"),
        ("timeout_s = inf", "[mail] timeout_s「inf」超出范围"),
        ("timeout_s = nan", "[mail] timeout_s「nan」超出范围 → 请写 0.1–3600 的数"),
        ("max_send = 1000001", "[mail] max_send「1000001」超出范围 → 请写 0–1000000 的数"),
        ("max_connections = 0", "[mail] max_connections「0」超出范围 → 请写 1–100 的数"),
        ('secret = "env:"', "[mail] secret：env: 后面还没有写名字"),
        ('secret = "file: "', "[mail] secret：file: 后面还没有写名字"),
        ('chat = ["keyring:"]', "[mail] chat：keyring: 后面还没有写名字"),
    ],
)
def test_a_wrong_type_is_said_with_file_and_key(tmp_path, line, sentence):
    assert refusal(tmp_path, f"[mail]\n{line}\n").startswith(f"capa_xl.toml：{sentence}")


def test_a_section_that_is_a_value_is_refused(tmp_path):
    assert "请写成 [mail]" in refusal(tmp_path, 'mail = "smtp"\n')


def test_broken_toml_names_the_line(tmp_path):
    assert "第 2 行" in refusal(tmp_path, "[mail]\nhost = 中文\n")


def test_a_file_in_gbk_is_refused(tmp_path):
    (tmp_path / "capa_xl.toml").write_bytes('[mail]\nfrom = "质量部"\n'.encode("gbk"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings(tmp_path / "表.xlsx", None, {})


def test_the_environment_beats_the_file(tmp_path):
    settings = loaded(tmp_path, SERVER, CAPA_XL_MAIL_HOST="other.example", CAPA_XL_MAIL_MAX_SEND="7")
    assert (settings.mail.host, settings.mail.max_send) == ("other.example", 7)
    assert settings.overriding == ("CAPA_XL_MAIL_HOST", "CAPA_XL_MAIL_MAX_SEND")


@pytest.mark.parametrize(
    ("text", "environ", "said"),
    [
        (SERVER + 'security = "none"\n', {"MAIL_HOST": "zzz"}, '[mail] security = "none" 只允许本机（127.0.0.1）'),
        (SERVER, {"MAIL_USER": "capa"}, "[mail] 有 user 没有 secret"),
        (SERVER, {"MAIL_USER": "另一人"}, "[mail] user「另一人」含中文"),
        (SERVER, {"MAIL_AUTH": "xoauth2"}, '[mail] auth = "xoauth2" 还要'),
        ("", {"MAIL_TRANSPORT": "smtp"}, '[mail] transport = "smtp" 还要 host 和 from'),
        (SERVER, {"MAIL_FROM": "质量部"}, "[mail] from「质量部」不是邮箱"),
        ("", {"SCHEDULE_AT": "8点"}, "[schedule] at「8点」不是时刻"),
        ("", {"SCHEDULE_PING_URL": "foo"}, "[schedule] ping_url「foo」不是网址"),
        ("", {"PATHS_TEMPLATES": "nodir"}, "[paths] templates：找不到文件夹"),
        ("", {"PATHS_STATE": "capa_xl.toml/下面"}, "[paths] state："),
    ],
)
def test_what_a_variable_of_the_environment_spoils_is_blamed_on_it_by_name(tmp_path, text, environ, said):
    """Nobody finds the fault in the file, where the key has another value or none."""
    variables = {f"CAPA_XL_{name}": value for name, value in environ.items()}
    faulty = "、".join(f"环境变量 {name}" for name in variables)
    assert refusal(tmp_path, text, **variables).startswith(f"{faulty}：{said}")


def test_a_variable_that_is_out_of_the_matter_is_not_blamed(tmp_path):
    said = refusal(tmp_path, SERVER + 'user = "capa"\n', CAPA_XL_MAIL_PORT="25", CAPA_XL_LOCK_WAIT_MINUTES="3")
    assert said.startswith("capa_xl.toml：[mail] 有 user 没有 secret")


@pytest.mark.parametrize("key", ["password", "Passwd", "pwd", "smtp_password", "pass", "密码", "授权码"])
def test_a_password_under_any_name_is_sent_to_secret_and_not_repeated(tmp_path, key):
    said = refusal(tmp_path, f'[mail]\n"{key}" = "hunter2"\n')
    assert said == f"capa_xl.toml：[mail] {key} 不认识，密码不写在这里 → 请删除这一行，改写 {HINT}"


@pytest.mark.parametrize(("key", "meant"), [("smtp_host", "host"), ("username", "user"), ("timeout", "timeout_s")])
def test_a_key_that_holds_a_known_name_or_a_part_of_one_is_meant_for_it(tmp_path, key, meant):
    assert refusal(tmp_path, f'[mail]\n{key} = "x"\n').endswith(f"是不是 {meant}？")


@pytest.mark.parametrize("key", ["retries", "tls", "reply_to"])
def test_a_key_that_is_like_none_is_guessed_at_by_none(tmp_path, key):
    assert f"{key} 不认识 → 可用：transport、host" in refusal(tmp_path, f'[mail]\n{key} = "x"\n')


def test_a_password_in_the_file_is_refused_and_not_repeated(tmp_path):
    said = refusal(tmp_path, '[mail]\nsecret = "hunter2"\n')
    assert "hunter2" not in said
    assert "env:" in said


def test_a_secret_comes_from_the_environment_and_never_shows(tmp_path):
    settings = loaded(tmp_path, '[mail]\nsecret = "env:PW"\n', PW="hunter2")
    assert settings.mail.secret.reveal() == "hunter2"
    assert "hunter2" not in repr(settings)


def test_a_secret_comes_from_a_file_beside_the_settings(tmp_path):
    (tmp_path / "pw.txt").write_text("授权码\n", encoding="utf-8")
    assert loaded(tmp_path, '[mail]\nsecret = "file:pw.txt"\n').mail.secret.reveal() == "授权码"


@pytest.mark.parametrize("reference", ["env:NOT_THERE", "file:none.txt"])
def test_an_absent_secret_is_a_settings_error_when_it_is_needed(tmp_path, reference):
    secret = loaded(tmp_path, f'[mail]\nsecret = "{reference}"\n').mail.secret
    with pytest.raises(SettingsError, match=reference):
        secret.reveal()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[mail]\ntransport = "smtp"\n', "还要 host 和 from →"),
        ('[mail]\ntransport = "smtp"\nhost = "127.0.0.1"\n', "还要 from →"),
        ('[mail\nhost = "x"\n', "第 1 行 → 一节的名字写成"),
        ('[mail]\nhost "x"\n', "第 2 行 → 一行写成 名称 = 值"),
        ("[mail]\nhost = x\n", "第 2 行 → 字符串要加英文引号"),
        (SERVER + 'security = "none"\n', "只允许本机"),
        (SERVER + 'user = "capa"\n', "有 user 没有 secret"),
        (SERVER + 'auth = "xoauth2"\n', "还要 user、tenant 和 client_id"),
        ('[schedule]\nat = "8点"\n', "不是时刻"),
        ('[schedule]\nat = "08:00,25:00"\n', "「08:00,25:00」不是时刻 → 请写成 08:30，一天几次写成 08:00,12:00,17:30"),
        ('[mail]\nfrom = "质量部"\n', "不是邮箱"),
        ('[mail]\nfrom = "a@b.example, c@d.example"\n', "「a@b.example, c@d.example」不止一个地址"),
        (SERVER + 'user = "另一人@corp.example"\nsecret = "env:PW"\n', "user「另一人@corp.example」含中文或全角字符"),
        ('[schedule]\nping_url = "foo"\n', "ping_url「foo」不是网址"),
        ('[schedule]\nping_url = "ftp://x.example"\n', "ping_url「ftp://x.example」不是网址"),
        ("[lock]\nwait_minutes = inf\n", "wait_minutes「inf」超出范围 → 请写 0–1440 的数"),
        ('[paths]\ntemplates = "nodir"\n', "找不到文件夹"),
        ('[paths]\nstate = "capa_xl.toml"\n', "capa_xl.toml」是文件，不是文件夹"),
        ('[paths]\nstate = "capa_xl.toml/下面"\n', "capa_xl.toml」是文件，不是文件夹"),
    ],
)
def test_settings_that_do_not_fit_together_are_refused(tmp_path, text, sentence):
    assert sentence in refusal(tmp_path, text)


def test_a_relay_on_this_machine_may_go_without_encryption(tmp_path):
    text = SERVER.replace("smtp.corp.example", "127.0.0.1") + 'security = "none"\n'
    assert loaded(tmp_path, text).mail.port_in_use == 25


def test_every_number_takes_both_ends_of_its_range(tmp_path):
    ends = {"port": (0, 65535), "timeout_s": (0.1, 3600), "max_send": (0, 1_000_000), "max_connections": (1, 100)}
    for key, numbers in ends.items():
        for number in numbers:
            assert getattr(loaded(tmp_path, f"[mail]\n{key} = {number}\n").mail, key) == number


def test_a_path_left_empty_is_none_given(tmp_path):
    settings = loaded(tmp_path, '[mail]\nca_file = ""\n[paths]\nstate = ""\ntemplates = " "\n')
    assert (settings.mail.ca_file, settings.paths.state, settings.paths.templates) == (None, None, None)


def test_a_sender_whose_name_holds_a_comma_in_quotes_is_one_address(tmp_path):
    text = SERVER.replace('"capa@corp.example"', "'\"甲, 乙\" <capa@corp.example>'")
    assert loaded(tmp_path, text).mail.sender == '"甲, 乙" <capa@corp.example>'


def test_a_folder_that_bears_the_name_of_the_settings_is_no_silent_default(tmp_path):
    (tmp_path / "capa_xl.toml").mkdir()
    with pytest.raises(SettingsError, match="不是普通文件"):
        load_settings(tmp_path / "表.xlsx", None, {})
