"""Settings: where each comes from, what wins, and that a wrong one is named with its source and what is allowed."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from kiosk.errors import SettingsError
from kiosk.facilities.addresses import Address
from kiosk.parcels.states import Channel
from kiosk.settings import AuthKind, Column, Environment, Settings, Theme, files_with_secrets, load_settings
from kiosk.settings.mail import MailDelivery
from kiosk.settings.notices import Weekday
from kiosk.words.errors import explain

SECRET = "hunter2-and-more"
SANDBOX = {
    "KIOSK_ENVIRONMENT": "sandbox",
    "KIOSK_DESK__USER_ID": "desk@example.com",
    "KIOSK_LOCKERS__CLIENT_ID": "me",
    "KIOSK_LOCKERS__CLIENT_SECRET": SECRET,
}


@pytest.fixture
def from_toml(tmp_path: Path) -> Callable[[str], Settings]:
    """Load a TOML text as `kiosk.toml`."""

    def load(text: str) -> Settings:
        path = tmp_path / "kiosk.toml"
        path.write_text(text, "utf-8")
        return load_settings(path, environ={})

    return load


def secrets(folder: Path, **files: str) -> dict[str, str]:
    for name, text in files.items():
        (folder / name).write_text(text)
    return {"KIOSK_SECRETS_DIR": str(folder)}


def test_without_any_source_the_kiosk_runs_the_demo_with_its_own_simulator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nowhere")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    settings = load_settings(environ={})
    assert settings.environment is Environment.DEMO
    assert settings.embeds_simulator
    assert settings.data_dir == Path("/data/parcel-kiosk/demo")
    assert settings.user_id == "demo-desk@example.com"
    assert settings.desk.theme is Theme.DARK
    assert settings.lockers.auth is AuthKind.OAUTH


def test_every_section_can_be_set_in_the_file(from_toml: Callable[[str], Settings]) -> None:
    settings = from_toml(f"""
        environment = "production"
        [desk]
        name = "Gate 3"
        user_id = "gate3@example.com"
        location_id = "HQ"
        default_bank = "AOne"
        reservation_hours = 12
        longest_hold_days = 14
        own_prefix = "G3-"
        scanner_end = "silence"
        scanner_prefix = "~"
        bell = false
        names_minutes = 5
        code_minutes = 3
        directory_days = 7
        theme = "contrast"
        large_print = true
        language = "de"
        right_to_left = "terminal"
        signs = "ascii"
        speech = true
        [desk.address]
        lines = "1 Main St; Suite 2"
        city = "Westport"
        state = "CT"
        postal_code = "06880"
        [lockers]
        client_id = "me"
        client_secret = "{SECRET}"
        connect_seconds = 2
        read_seconds = 10.5
        [facilities]
        variant = "shipping360"
        partner_id = "159503200"
        api_key = "mine"
        api_secret = "{SECRET}"
        [storage]
        data_dir = "/srv/kiosk"
        personal_days = 30
        [directory]
        most_removed = 5
        [directory.columns]
        contact_id = "EMPLID"
    """)
    assert settings.desk.model_dump(mode="json") == {
        "name": "Gate 3",
        "user_id": "gate3@example.com",
        "location_id": "HQ",
        "default_bank": "AOne",
        "reservation_hours": 12,
        "reserve_at_once": False,
        "longest_hold_days": 14,
        "own_prefix": "G3-",
        "scanner_end": "silence",
        "scanner_prefix": "~",
        "bell": False,
        "names_minutes": 5,
        "code_minutes": 3,
        "theme": "contrast",
        "large_print": True,
        "language": "de",
        "right_to_left": "terminal",
        "signs": "ascii",
        "speech": True,
        "address": {
            "lines": "1 Main St; Suite 2",
            "city": "Westport",
            "state": "CT",
            "postal_code": "06880",
            "country": "US",
        },
        "directory_days": 7,
    }
    assert Address.of_desk(settings.desk.address).one_line == "1 Main St, Suite 2, Westport, CT 06880"
    assert settings.facilities.variant == "shipping360"
    assert (settings.facilities.api_key, settings.facilities.partner_id) == ("mine", "159503200")
    assert settings.facilities.api_secret.get_secret_value() == SECRET
    assert settings.lockers.client_secret.get_secret_value() == SECRET
    assert (settings.lockers.connect_seconds, settings.lockers.read_seconds) == (2, 10.5)
    assert (settings.data_dir, settings.storage.personal_days) == (Path("/srv/kiosk"), 30)
    assert (settings.directory.most_removed, settings.directory.columns) == (5, {Column.CONTACT_ID: "EMPLID"})
    assert settings.user_id == "gate3@example.com"
    assert not settings.embeds_simulator


def test_the_environment_wins_over_secret_files_and_those_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text('[desk]\nname = "toml"\nlocation_id = "toml"\n[lockers]\nclient_id = "toml"\n')
    folder = tmp_path / "secrets"
    folder.mkdir()
    environ = secrets(folder, desk__name="file\n", desk__location_id="file\n", lockers__client_secret="file\n")
    settings = load_settings(path, environ={**environ, "KIOSK_DESK__NAME": "environment"})
    assert (settings.desk.name, settings.desk.location_id) == ("environment", "file")
    assert settings.lockers.client_id == "toml"
    assert settings.lockers.client_secret.get_secret_value() == "file"


def test_the_file_is_the_one_named_first_by_the_argument_then_by_the_environment_then_the_platforms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("argument", "environment"):
        (tmp_path / f"{name}.toml").write_text(f'[desk]\nname = "{name}"\n')
    place = tmp_path / "config" / "parcel-kiosk" / "kiosk.toml"
    place.parent.mkdir(parents=True)
    place.write_text('[desk]\nname = "platform"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    environ = {"KIOSK_CONFIG": str(tmp_path / "environment.toml")}
    assert load_settings(tmp_path / "argument.toml", environ).desk.name == "argument"
    assert load_settings(environ=environ).desk.name == "environment"
    assert load_settings(environ={}).desk.name == "platform"


def test_nothing_but_the_named_sources_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIOSK_DESK__NAME", "from the process")
    path = tmp_path / "kiosk.toml"
    path.write_text("")
    assert load_settings(path, environ={}).desk.name == "Mailroom"


def test_systemds_folder_of_credentials_is_read_unless_another_is_named(tmp_path: Path) -> None:
    systemd, own = tmp_path / "systemd", tmp_path / "own"
    for folder in (systemd, own):
        folder.mkdir()
        secrets(folder, lockers__token=folder.name, unrelated="something else")
    environ = {"CREDENTIALS_DIRECTORY": str(systemd)}
    assert load_settings(environ=environ).lockers.token.get_secret_value() == "systemd"
    environ["KIOSK_SECRETS_DIR"] = str(own)
    assert load_settings(environ=environ).lockers.token.get_secret_value() == "own"


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        (
            'environment = "moon"',
            "setting_not_one_of",
            "environment (FILE) must be one of: demo, sandbox, production, ",
        ),
        ("colour = 1", "setting_unknown", "Unknown setting colour (FILE)."),
        ('[desk]\nnaem = "x"', "setting_misspelled", "Unknown setting desk.naem (FILE). Did you mean desk.name?"),
        ('[desk]\nname = ""', "setting_empty", "desk.name (FILE) must not be empty."),
        ("[desk]\nname = 5", "setting_no_text", "desk.name (FILE) must be text in quotes."),
        ("[desk]\nreservation_hours = 0", "setting_too_low", "desk.reservation_hours (FILE) must be more than 0."),
        ("[desk]\nreservation_hours = nan", "setting_above", "desk.reservation_hours (FILE) must be at most 2160."),
        ("[desk]\nreservation_hours = 9999", "setting_above", "desk.reservation_hours (FILE) must be at most 2160."),
        ('[desk]\nreservation_hours = "x"', "setting_no_number", "desk.reservation_hours (FILE) must be a number."),
        ("[desk]\ncode_minutes = -1", "setting_below", "desk.code_minutes (FILE) must be at least 0."),
        ('[desk]\nbell = "loud"', "setting_no_yes_or_no", "desk.bell (FILE) must be true or false."),
        ('[desk]\ntheme = "pink"', "setting_not_one_of", "desk.theme (FILE) must be one of: dark, light, contrast."),
        (
            '[desk]\nscanner_end = "tab"',
            "setting_not_one_of",
            "desk.scanner_end (FILE) must be one of: enter, silence.",
        ),
        ('[desk]\nscanner_prefix = "S1"', "prefix_in_numbers", "desk.scanner_prefix (FILE) must contain a character"),
        (
            '[desk]\nscanner_prefix = "~~~~~~~~~~~"',
            "setting_too_long",
            "desk.scanner_prefix (FILE) must be no longer than 10 characters.",
        ),
        ('[desk]\nown_prefix = "ih"', "own_prefix_wrong", "desk.own_prefix (FILE) may contain only the letters"),
        (
            '[lockers]\nauth = "magic"',
            "setting_not_one_of",
            "lockers.auth (FILE) must be one of: oauth, bearer, basic.",
        ),
        ("[lockers]\nread_seconds = 301", "setting_above", "lockers.read_seconds (FILE) must be at most 300."),
        ("lockers = 5", "setting_no_section", "lockers (FILE) is a section. Set each of its keys separately."),
        ("[storage]\ndata_dir = 5", "setting_no_text", "storage.data_dir (FILE) must be text in quotes."),
        ('[lockers]\nurl = "example.com"', "no_web_address", "lockers.url (FILE) must be a web address such as https"),
        ('[lockers]\nurl = "ftp://example.com"', "no_web_address", "lockers.url (FILE) must be a web address"),
        ('[lockers]\nurl = "https://["', "no_web_address", "lockers.url (FILE) must be a web address"),
        ('[lockers]\nurl = "http://example.com"', "http_elsewhere", "lockers.url (FILE) may use http:// only for this"),
        ('[lockers]\ntoken_url = "http://example.com"', "http_elsewhere", "lockers.token_url (FILE) may use http://"),
        ('[lockers]\nurl = "https://me:secret@example.com"', "address_with_credentials", "lockers.url (FILE) must not"),
        ('[lockers]\nurl = "https://me:se#cret@a.example"', "address_with_credentials", "lockers.url (FILE) must not"),
        ('[lockers]\nurl = "https://example.com:x"', "no_web_address", "lockers.url (FILE) must be a web address"),
        ('[lockers]\nurl = "https://example.com/?a=b"', "no_web_address", "lockers.url (FILE) must be a web address"),
        (
            '[network]\nproxy = "http://me:secret@p.example"',
            "address_with_credentials",
            "network.proxy (FILE) must not",
        ),
        ('[network]\nproxy = "environ"', "no_proxy_address", "network.proxy (FILE) must be none, environment, or"),
        ('[network]\nca_file = "ca.pem"', "path_not_absolute", "network.ca_file (FILE) must be an absolute path"),
        ('[storage]\ndata_dir = "data"', "path_not_absolute", "storage.data_dir (FILE) must be an absolute path"),
        ('[storage]\ndata_dir = "~nobody-here/x"', "path_not_absolute", "storage.data_dir (FILE) must be an absolute"),
        ('[storage]\ndata_dir = "/a\\u0000b"', "path_not_absolute", "storage.data_dir (FILE) must be an absolute path"),
        (
            '[storage]\nheads_file = "./heads"',
            "path_not_absolute",
            "storage.heads_file (FILE) must be an absolute path",
        ),
        ('[console.roles]\nana = "boss"', "setting_not_one_of", "console.roles.ana (FILE) must be one of: viewer, "),
        ('[directory.columns]\nshoe = "Size"', "unknown_columns", "directory.columns (FILE) names columns that the"),
        ("[directory.columns]\nname = 5", "setting_no_text", "directory.columns.name (FILE) must be text in quotes."),
        (
            '[notices]\nchannels = ["paper"]',
            "setting_not_some_of",
            "notices.channels (FILE) must be a list of some of these: mail, webhook.",
        ),
        ("[notices]\nchannels = 5", "setting_not_some_of", "notices.channels (FILE) must be a list of some"),
        (
            "[notices]\nweekdays = []",
            "setting_not_some_of",
            "notices.weekdays (FILE) must be a list of",
        ),
        ('[notices]\ntime_zone = "Europe"', "no_time_zone", "notices.time_zone (FILE) is no time zone"),
        ('[notices]\ntime_zone = "Mars/Base"', "no_time_zone", "notices.time_zone (FILE) is no time zone"),
        ('[notices]\ntime_zone = "../UTC"', "no_time_zone", "notices.time_zone (FILE) is no time zone"),
        ('[notices]\nquiet_from = "24:00"', "no_clock_time", "notices.quiet_from (FILE) must be a time of day in"),
        ('[notices]\nquiet_until = "7"', "no_clock_time", "notices.quiet_until (FILE) must be a time of day in"),
        ('[notices]\nlanguage = "English"', "no_language", "notices.language (FILE) must be the code of a language"),
        ('[notices]\ncode = "sms"', "setting_not_one_of", "notices.code (FILE) must be one of: never, mail."),
        ("[notices]\nreminder_days = -1", "setting_below", "notices.reminder_days (FILE) must be at least 0."),
        ('[mail]\nsender = "Desk <a@b.example>"', "no_mail_address", "mail.sender (FILE) must be an e-mail address"),
        ('[mail]\nreply_to = "a@b.example, c@d.example"', "no_mail_address", "mail.reply_to (FILE) must be an e-mail"),
        ('[mail]\nhost = "https://mail.example"', "no_host_name", "mail.host (FILE) must be the name or the address"),
        ('[mail]\nsecurity = "ssl"', "setting_not_one_of", "mail.security (FILE) must be one of: tls, starttls, none."),
        (
            '[webhook]\nurl = "http://hook.example"',
            "http_elsewhere",
            "webhook.url (FILE) may use http://",
        ),
        (
            '[webhook]\nsecret = "short"',
            "secret_too_short",
            "webhook.secret (FILE) must be at least 16 characters",
        ),
        ("[directory]\nmost_removed = 101", "setting_above", "directory.most_removed (FILE) must be at most 100."),
    ],
)
def test_a_wrong_setting_is_named_with_its_source_and_what_is_allowed(
    from_toml: Callable[[str], Settings], tmp_path: Path, text: str, code: str, sentence: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        from_toml(text)
    assert caught.value.code == code
    assert caught.value.parameters["source"] == str(tmp_path / "kiosk.toml")
    said = explain(caught.value).sentence
    assert said.startswith(sentence.replace("FILE", str(tmp_path / "kiosk.toml")))
    assert said[-1] in ".?"


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"KIOSK_DESK__THEME": "pink"}, "desk.theme (KIOSK_DESK__THEME) must be one of: dark, light, contrast."),
        ({"KIOSK_LOCKERS__TYPO": "x"}, "Unknown setting lockers.typo (KIOSK_LOCKERS__TYPO)."),
        (
            {"KIOSK_ENVIRONMEN": "production"},
            "Unknown setting environmen (KIOSK_ENVIRONMEN). Did you mean KIOSK_ENVIRONMENT?",
        ),
        ({"KIOSK_DESK_NAME": "x"}, "Unknown setting desk_name (KIOSK_DESK_NAME). Did you mean KIOSK_DESK__NAME?"),
        (
            {"kiosk_locker__url": "x"},
            "Unknown setting locker.url (KIOSK_LOCKER__URL). Did you mean KIOSK_LOCKERS__URL?",
        ),
        (
            {"KIOSK_LOCKERS__CLIENT_SECRETT": "x"},
            "Unknown setting lockers.client_secrett (KIOSK_LOCKERS__CLIENT_SECRETT)",
        ),
        ({"KIOSK_PORT": "tcp://1"}, "Unknown setting port (KIOSK_PORT)."),
        ({"KIOSK_LOCKERS": "{bad"}, "An environment variable sets a whole section, but"),
        ({"KIOSK_SECRETS_DIR": "secrets"}, "KIOSK_SECRETS_DIR must be an absolute path"),
        ({"KIOSK_CONFIG": "./kiosk.toml"}, "KIOSK_CONFIG must be an absolute path"),
        ({"KIOSK_CONFIG": "~nobody-of-this-name/kiosk.toml"}, "KIOSK_CONFIG must be an absolute path"),
        ({"KIOSK_SECRETS_DIR": "/nowhere"}, "The secrets folder /nowhere does not exist."),
        ({"KIOSK_CONFIG": "/nowhere.toml"}, "The settings file /nowhere.toml can't be read: No such file"),
    ],
)
def test_a_wrong_environment_variable_is_named(environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ=environ)
    assert explain(caught.value).sentence.startswith(sentence)


def test_a_wrong_value_is_blamed_on_the_source_that_won(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text('[desk]\ntheme = "light"\n')
    with pytest.raises(SettingsError, match="source=KIOSK_DESK__THEME"):
        load_settings(path, environ={"KIOSK_DESK__THEME": "pink"})


def test_a_wrong_secret_file_is_named_by_its_folder(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"key=lockers.typo, source={tmp_path}"):
        load_settings(environ=secrets(tmp_path, lockers__typo="x"))


def test_a_secret_file_that_is_no_text_is_said_without_showing_it(tmp_path: Path) -> None:
    (tmp_path / "lockers__client_secret").write_bytes(b"hunter\xff2")
    with pytest.raises(SettingsError, match="secrets_not_texts") as caught:
        load_settings(environ={"KIOSK_SECRETS_DIR": str(tmp_path)})
    assert "hunter" not in "".join(traceback.format_exception(caught.value))


def test_a_folder_of_secrets_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "lockers__token").open("wb") as file:
        file.truncate(20 * 2**20)
    with pytest.raises(SettingsError, match="secrets_not_texts"):
        load_settings(environ={"KIOSK_SECRETS_DIR": str(tmp_path)})


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text('environment = "sandbox"\n[desk]\ntheme = "pink"\nuser_id = "a"\n[storage]\ndata_dir = "data"\n')
    with pytest.raises(SettingsError) as caught:
        load_settings(path, environ={"KIOSK_DESK_NAME": "Gate"})
    assert [each.code for each in (caught.value, *caught.value.also)] == [
        "setting_misspelled",
        "setting_not_one_of",
        "path_not_absolute",
        "settings_incomplete",
    ]
    said = explain(caught.value).sentence
    assert "KIOSK_DESK__NAME? desk.theme" in said
    assert said.endswith("sandbox: lockers.client_id, lockers.client_secret.")


def test_a_path_may_begin_at_home_and_an_empty_one_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "kiosk.toml").write_text('[storage]\ndata_dir = "~/data"\nheads_file = ""\n')
    (tmp_path / "secrets").mkdir()
    secrets(tmp_path / "secrets", desk__name="Gate")
    settings = load_settings(environ={"KIOSK_CONFIG": "~/kiosk.toml", "KIOSK_SECRETS_DIR": "~/secrets"})
    assert (settings.data_dir, settings.storage.heads_file) == (tmp_path / "data", None)
    assert settings.desk.name == "Gate"


@pytest.mark.parametrize(("variable", "value"), [("HOME", "relative"), ("HOME", ""), ("XDG_DATA_HOME", "relative")])
def test_no_folder_depends_on_where_the_program_was_started(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv(variable, value)
    assert load_settings(environ={}).data_dir.is_absolute()


def test_an_account_without_a_home_is_a_sentence_unless_the_data_folder_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    with pytest.raises(SettingsError, match="home_unknown"):
        load_settings(environ={})
    assert load_settings(environ={"KIOSK_STORAGE__DATA_DIR": "/srv/kiosk"}).data_dir == Path("/srv/kiosk")


def test_settings_that_can_not_be_looked_for_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/" + "x" * 5000)
    with pytest.raises(SettingsError, match="settings_unreadable"):
        load_settings(environ={})


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_bytes(b'\xef\xbb\xbf[desk]\r\nname = "Gate"\r\n')
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "lockers__client_secret").write_bytes(b"\xef\xbb\xbfsesame\r\n")
    settings = load_settings(path, environ={"KIOSK_SECRETS_DIR": str(folder)})
    assert (settings.desk.name, settings.lockers.client_secret.get_secret_value()) == ("Gate", "sesame")


def test_the_files_that_hold_secrets_are_known(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text('[lockers]\ntoken = "x"\nclient_secret = "y"\n')
    folder = tmp_path / "secrets"
    folder.mkdir()
    environ = secrets(folder, facilities__api_secret="z", lockers__client_id="me", unrelated="w")
    environ["KIOSK_LOCKERS__TOKEN"] = "t"
    assert files_with_secrets(path, environ) == [folder / "facilities__api_secret", path]
    path.write_text("")
    assert files_with_secrets(path, {}) == []


@pytest.mark.parametrize(
    "content", [b"desk = ", b"\xff", b"a = " + b"9" * 5000, b"a = " + b"[" * 100_000, b"a = 2026-99-99"]
)
def test_a_file_that_is_no_toml_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match="settings_not_toml") as caught:
        load_settings(path, environ={})
    assert caught.value.parameters["path"] == str(path)


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"settings_unreadable .*Is a directory"):
        load_settings(tmp_path, environ={})


@pytest.mark.parametrize("missing", [name for name in SANDBOX if name != "KIOSK_ENVIRONMENT"])
def test_an_account_needs_a_user_and_credentials(missing: str) -> None:
    environ = {name: value for name, value in SANDBOX.items() if name != missing}
    key = missing.removeprefix("KIOSK_").lower().replace("__", ".")
    with pytest.raises(SettingsError, match=rf"settings_incomplete .*environment=sandbox, missing=\('{key}',\)"):
        load_settings(environ=environ)


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ={"KIOSK_ENVIRONMENT": "production"})
    assert explain(caught.value).sentence == (
        "These settings are required for the environment production:"
        " lockers.client_id, lockers.client_secret, desk.user_id."
    )


def test_a_fixed_token_needs_only_the_token() -> None:
    environ = {
        "KIOSK_ENVIRONMENT": "sandbox",
        "KIOSK_DESK__USER_ID": "desk@example.com",
        "KIOSK_LOCKERS__AUTH": "bearer",
    }
    with pytest.raises(SettingsError, match=r"missing=\('lockers\.token',\)"):
        load_settings(environ=environ)
    settings = load_settings(environ={**environ, "KIOSK_LOCKERS__TOKEN": SECRET})
    assert settings.lockers.token.get_secret_value() == SECRET


def test_no_secret_is_shown_by_the_settings() -> None:
    settings = load_settings(environ={**SANDBOX, "KIOSK_LOCKERS__TOKEN": SECRET})
    assert SECRET not in f"{settings!r} {settings} {settings.lockers!r} {settings.model_dump()}"
    assert SECRET not in settings.model_dump_json()


@pytest.mark.parametrize(
    "environ",
    [
        {"KIOSK_ENVIRONMENT": "sandbox", "KIOSK_LOCKERS__CLIENT_SECRET": SECRET},
        {**SANDBOX, "KIOSK_LOCKERS__READ_SECONDS": "0"},
        {**SANDBOX, "KIOSK_LOCKERS__CLIENT_SECRETT": SECRET},
        {**SANDBOX, "KIOSK_LOCKERS": f'["{SECRET}"]'},
    ],
)
def test_no_secret_is_shown_by_an_error_or_its_causes(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ=environ)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_settings_can_not_be_changed() -> None:
    settings = load_settings(environ=SANDBOX)
    with pytest.raises(ValidationError):
        settings.environment = Environment.DEMO  # type: ignore[misc]
    with pytest.raises(ValidationError):
        settings.lockers.client_id = "you"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("environment", "host"),
    [
        ("sandbox", "https://api-sandbox.sendpro360.pitneybowes.com"),
        ("production", "https://api.sendpro360.pitneybowes.com"),
        ("dev", "https://api-dev.sendpro360.pitneycloud.com"),
        ("qa", "https://api-qa.sendpro360.pitneycloud.com"),
    ],
)
def test_each_environment_has_its_host_for_lockers_and_tokens(environment: str, host: str) -> None:
    settings = load_settings(environ={**SANDBOX, "KIOSK_ENVIRONMENT": environment})
    assert settings.lockers_url() == f"{host}/parcelpoint"
    assert settings.token_url() == f"{host}/auth/api/v1/token"
    assert not settings.embeds_simulator
    assert settings.data_dir.name == environment


def test_the_demo_works_on_the_address_of_its_simulator() -> None:
    settings = load_settings(environ={})
    assert settings.lockers_url("http://127.0.0.1:8800") == "http://127.0.0.1:8800/parcelpoint"
    assert settings.token_url("http://127.0.0.1:8800") == "http://127.0.0.1:8800/auth/api/v1/token"


def test_the_demo_on_another_simulator_embeds_none_and_needs_no_account() -> None:
    settings = load_settings(environ={"KIOSK_LOCKERS__URL": "http://localhost:8800/parcelpoint/"})
    assert not settings.embeds_simulator
    assert settings.lockers_url() == "http://localhost:8800/parcelpoint"
    assert settings.token_url() == "http://localhost:8800/auth/api/v1/token"
    assert settings.lockers.client_id == "demo"


def test_set_addresses_win_over_the_environments() -> None:
    environ = {**SANDBOX, "KIOSK_LOCKERS__URL": "https://proxy.example.com:8443/pb/parcelpoint"}
    settings = load_settings(environ=environ)
    assert settings.lockers_url("http://127.0.0.1:1") == "https://proxy.example.com:8443/pb/parcelpoint"
    assert settings.token_url() == "https://proxy.example.com:8443/auth/api/v1/token"
    settings = load_settings(environ={**environ, "KIOSK_LOCKERS__TOKEN_URL": "https://login.example.com/token"})
    assert settings.token_url() == "https://login.example.com/token"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_http_is_allowed_on_this_machine(host: str) -> None:
    settings = load_settings(environ={"KIOSK_LOCKERS__URL": f"http://{host}:8800/parcelpoint"})
    assert settings.lockers_url() == f"http://{host}:8800/parcelpoint"


@pytest.mark.parametrize(
    ("environment", "variant", "url"),
    [
        ("sandbox", "shippingservices", "https://shipping-api-sandbox.pitneybowes.com/shippingservices"),
        ("production", "shippingservices", "https://shipping-api.pitneybowes.com/shippingservices"),
        ("qa", "shippingservices", None),
        ("sandbox", "shipping360", "https://api-sandbox.sendpro360.pitneybowes.com/shipping"),
        ("qa", "shipping360", "https://api-qa.sendpro360.pitneycloud.com/shipping"),
    ],
)
def test_each_environment_has_its_host_for_facilities(environment: str, variant: str, url: str | None) -> None:
    environ = {**SANDBOX, "KIOSK_ENVIRONMENT": environment, "KIOSK_FACILITIES__VARIANT": variant}
    assert load_settings(environ=environ).facilities_url() == url
    other = {**environ, "KIOSK_FACILITIES__URL": "https://host.example/base/"}
    assert load_settings(environ=other).facilities_url() == "https://host.example/base"


def test_the_demo_finds_facilities_on_its_simulator_around_a_sample_address() -> None:
    settings = load_settings(environ={})
    assert settings.facilities_url("http://127.0.0.1:8800") == "http://127.0.0.1:8800/shippingservices"
    assert settings.facilities.api_secret.get_secret_value() == "demo"
    assert Address.of_desk(settings.desk.address).one_line == "6525 Greenway Dr, Roanoke, VA"
    apart = load_settings(environ={"KIOSK_LOCKERS__URL": "http://127.0.0.1:8800/parcelpoint"})
    assert apart.facilities_url() == "http://127.0.0.1:8800/shippingservices"
    own = load_settings(environ={"KIOSK_DESK__ADDRESS__POSTAL_CODE": "06880"})
    assert Address.of_desk(own.desk.address).one_line == "06880"
    assert not load_settings(environ=SANDBOX).desk.address.is_set


@pytest.mark.parametrize(
    ("name", "value", "key", "code"),
    [
        ("FACILITIES__VARIANT", "sendpro", "facilities.variant", "setting_not_one_of"),
        ("FACILITIES__URL", "http://host.example", "facilities.url", "http_elsewhere"),
        ("FACILITIES__PARTNER_ID", "1 2", "facilities.partner_id", "not_sendable"),
        ("DESK__ADDRESS__COUNTRY", "Germany", "desk.address.country", "no_country"),
        ("DESK__ADDRESS__TOWN", "Westport", "desk.address.town", "setting_unknown"),
    ],
)
def test_a_wrong_setting_of_the_finder_is_named(name: str, value: str, key: str, code: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ={f"KIOSK_{name}": value})
    assert (caught.value.code, caught.value.parameters["key"]) == (code, key)
    assert explain(caught.value).sentence.endswith(".")


def test_the_finders_secret_is_not_shown() -> None:
    settings = load_settings(environ={**SANDBOX, "KIOSK_FACILITIES__API_SECRET": SECRET})
    assert SECRET not in f"{settings!r} {settings.facilities} {settings.model_dump_json()}"


def test_the_demo_writes_notices_into_a_folder_and_elsewhere_none_go_out() -> None:
    demo, sandbox = load_settings(environ={}), load_settings(environ=SANDBOX)
    assert (demo.notices.channels, demo.notices.code) == ((Channel.MAIL,), "mail")
    assert (demo.mail.delivery, demo.mail.sender) == (MailDelivery.FOLDER, "mailroom@example.com")
    assert (sandbox.notices.channels, sandbox.notices.code) == ((), "never")
    assert sandbox.mail.delivery is MailDelivery.SMTP


def test_lists_are_lists_in_the_file_and_words_with_commas_in_a_variable(from_toml: Callable[[str], Settings]) -> None:
    notices = from_toml('[notices]\nchannels = ["mail", "mail"]\nweekdays = ["sat", "sun"]').notices
    assert (notices.channels, notices.weekdays) == ((Channel.MAIL,), (Weekday.SAT, Weekday.SUN))
    environ = {
        "KIOSK_NOTICES__CHANNELS": "",
        "KIOSK_NOTICES__WEEKDAYS": "mon, fri",
        "KIOSK_NOTICES__QUIET_FROM": "9:05",
    }
    notices = load_settings(environ=environ).notices
    assert (notices.channels, notices.weekdays) == ((), (Weekday.MON, Weekday.FRI))
    assert notices.quiet_from == time(9, 5)


def test_a_webhooks_address_keeps_the_slash_at_its_end() -> None:
    environ = {"KIOSK_WEBHOOK__URL": "https://hook.example/in/", "KIOSK_LOCKERS__URL": "https://api.example/x/"}
    settings = load_settings(environ=environ)
    assert (settings.webhook.url, settings.lockers.url) == ("https://hook.example/in/", "https://api.example/x")


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({"NOTICES__CHANNELS": "mail"}, [("mail.host", "mail.sender")]),
        ({"NOTICES__CHANNELS": "mail", "MAIL__DELIVERY": "folder"}, [("mail.sender",)]),
        (
            {"NOTICES__CHANNELS": "mail", "MAIL__HOST": "m", "MAIL__SENDER": "a@b.example", "MAIL__USER": "x"},
            [("mail.password",)],
        ),
        ({"NOTICES__CHANNELS": "webhook"}, [("webhook.url", "webhook.secret")]),
        (
            {"NOTICES__CHANNELS": "webhook,mail", "MAIL__HOST": "m"},
            [("webhook.url", "webhook.secret"), ("mail.sender",)],
        ),
    ],
)
def test_a_channel_that_is_chosen_has_to_be_set_up(environ: dict[str, str], missing: list[tuple[str, ...]]) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ=SANDBOX | {f"KIOSK_{name}": value for name, value in environ.items()})
    found = (caught.value, *caught.value.also)
    assert [(each.code, each.parameters["missing"]) for each in found] == [
        ("channel_incomplete", each) for each in missing
    ]


@pytest.mark.parametrize(("host", "is_allowed"), [("127.0.0.1", True), ("localhost", True), ("mail.example", False)])
def test_a_mail_password_goes_over_no_open_network(host: str, is_allowed: bool) -> None:  # noqa: FBT001 - a row
    mail = {"HOST": host, "SECURITY": "none", "USER": "x", "PASSWORD": SECRET, "SENDER": "a@b.example"}
    environ = SANDBOX | {f"KIOSK_MAIL__{name}": value for name, value in mail.items()}
    if is_allowed:
        assert load_settings(environ=environ).mail.user == "x"
        return
    with pytest.raises(SettingsError, match="mail_password_in_clear") as caught:
        load_settings(environ=environ)
    assert SECRET not in explain(caught.value).sentence
