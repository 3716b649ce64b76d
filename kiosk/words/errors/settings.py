"""What is said where a setting is wrong or can't be read; the codes are given in `kiosk/settings/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

TEXTS: dict[str, Text] = {
    "setting_unknown": Text(N_("There is no setting {key} ({source}).")),
    "setting_not_one_of": Text(N_("{key} ({source}) must be one of: {allowed}.")),
    "setting_empty": Text(N_("{key} ({source}) must not be empty.")),
    "setting_too_long": Text(N_("{key} ({source}) may have at most {bound} characters.")),
    "setting_too_low": Text(N_("{key} ({source}) must be more than {bound}.")),
    "setting_below": Text(N_("{key} ({source}) must be at least {bound}.")),
    "setting_above": Text(N_("{key} ({source}) must be at most {bound}.")),
    "setting_no_number": Text(N_("{key} ({source}) must be a number.")),
    "setting_no_yes_or_no": Text(N_("{key} ({source}) must be true or false.")),
    "setting_no_text": Text(N_("{key} ({source}) must be text in quotes.")),
    "setting_no_section": Text(N_("{key} ({source}) is a section: its keys are set one by one.")),
    "setting_wrong": Text(N_("{key} ({source}) is wrong: {text}.")),
    "no_web_address": Text(N_("{key} ({source}) must be a web address such as https://host/path.")),
    "http_elsewhere": Text(
        N_("{key} ({source}) may use http:// only for this machine (127.0.0.1); elsewhere it must be https://.")
    ),
    "no_country": Text(N_("{key} ({source}) must be a country code of two letters, such as US.")),
    "not_sendable": Text(N_("{key} ({source}) may hold neither blanks nor letters beyond ASCII.")),
    "own_prefix_wrong": Text(N_("{key} ({source}) may hold only the letters A to Z, digits and hyphens.")),
    "prefix_in_numbers": Text(
        N_(
            "{key} ({source}) needs a character that no tracking number has, such as ~;"
            " letters and digits would cut numbers in two."
        )
    ),
    "settings_incomplete": Text(N_("The environment {environment} needs these settings: {missing}.")),
    "environment_unreadable": Text(
        N_("An environment variable stands for a whole section, but does not hold JSON."),
        N_("Give each key a variable of its own, such as KIOSK_DESK__NAME; `kiosk check` tests the settings."),
    ),
    "settings_unreadable": Text(N_("The settings file {path} can't be read: {text}.")),
    "settings_not_toml": Text(N_("The settings file {path} is not valid TOML: {text}.")),
    "secrets_missing": Text(N_("The folder of secrets {folder} does not exist.")),
    "secrets_unreadable": Text(N_("A file in the folder of secrets {folder} can't be read: {text}.")),
    "secrets_not_texts": Text(N_("The folder of secrets {folder} may hold only a few short text files in UTF-8.")),
}
