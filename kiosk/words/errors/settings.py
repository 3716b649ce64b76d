"""What is said where a setting is wrong or can't be read; the codes are given in `kiosk/settings/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

TEXTS: dict[str, Text] = {
    "setting_unknown": Text(N_("Unknown setting {key} ({source}).")),
    "setting_not_one_of": Text(N_("{key} ({source}) must be one of: {allowed}.")),
    "setting_empty": Text(N_("{key} ({source}) must not be empty.")),
    "setting_too_long": Text(N_("{key} ({source}) must be no longer than {bound} characters.")),
    "setting_too_low": Text(N_("{key} ({source}) must be more than {bound}.")),
    "setting_below": Text(N_("{key} ({source}) must be at least {bound}.")),
    "setting_above": Text(N_("{key} ({source}) must be at most {bound}.")),
    "setting_no_number": Text(N_("{key} ({source}) must be a number.")),
    "setting_no_yes_or_no": Text(N_("{key} ({source}) must be true or false.")),
    "setting_no_text": Text(N_("{key} ({source}) must be text in quotes.")),
    "setting_no_section": Text(N_("{key} ({source}) is a section. Set each of its keys separately.")),
    "setting_wrong": Text(N_("{key} ({source}) is not valid: {text}.")),
    "no_web_address": Text(N_("{key} ({source}) must be a web address such as https://host/path.")),
    "http_elsewhere": Text(
        N_("{key} ({source}) may use http:// only for this machine (127.0.0.1). For any other host, use https://.")
    ),
    "no_country": Text(N_("{key} ({source}) must be a two-letter country code such as US.")),
    "not_sendable": Text(N_("{key} ({source}) must not contain spaces or characters outside ASCII.")),
    "own_prefix_wrong": Text(N_("{key} ({source}) may contain only the letters A to Z, digits and hyphens.")),
    "prefix_in_numbers": Text(
        N_(
            "{key} ({source}) must contain a character that never occurs in a tracking number, such as ~."
            " Letters and digits alone would split numbers in two."
        )
    ),
    "unknown_columns": Text(
        N_("{key} ({source}) names columns that the directory does not have: {unknown}. It has: {allowed}.")
    ),
    "settings_incomplete": Text(N_("These settings are required for the environment {environment}: {missing}.")),
    "environment_unreadable": Text(
        N_("An environment variable sets a whole section, but its value is not JSON."),
        N_("Use one variable for each key, such as KIOSK_DESK__NAME. `kiosk check` tests the settings."),
    ),
    "settings_unreadable": Text(N_("The settings file {path} can't be read: {text}.")),
    "settings_not_toml": Text(N_("The settings file {path} is not valid TOML: {text}.")),
    "secrets_missing": Text(N_("The secrets folder {folder} does not exist.")),
    "secrets_unreadable": Text(N_("A file in the secrets folder {folder} can't be read: {text}.")),
    "secrets_not_texts": Text(N_("The secrets folder {folder} may contain only a few short UTF-8 text files.")),
}
