"""What is said where a setting is wrong or can't be read; the codes are given in `kiosk/settings/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_NETWORK = N_("This machine's network settings are wrong")
_NOT_SECRET = N_("A secret is not private")
_CLOCK = N_("This machine's clock is wrong")
_SET_CLOCK = N_("Set the clock, or have it set by the network (timedatectl set-ntp true).")
_PEM = N_(
    "It has to be a PEM file with the certificate of the authority. Without it the kiosk's own authorities count."
)

TEXTS: dict[str, Text] = {
    "setting_unknown": Text(N_("Unknown setting {key} ({source}).")),
    "setting_misspelled": Text(N_("Unknown setting {key} ({source}). Did you mean {meant}?")),
    "setting_not_one_of": Text(N_("{key} ({source}) must be one of: {allowed}.")),
    "language_missing": Text(
        N_("There is no catalogue for desk.language = {language}, so the kiosk speaks English."),
        N_("Set one of these: {allowed}. Or put the catalogue into the folder that KIOSK_CATALOGUES names."),
    ),
    "language_unreadable": Text(
        N_("The catalogue of {language} can't be read, so the kiosk speaks English."),
        N_("Compile it again; docs/translating.md says how."),
    ),
    "language_wrong": Text(
        N_("The catalogue of {language} has texts that can't be used: {texts}."),
        N_("Give each the same names in braces as the English text."),
    ),
    "setting_not_some_of": Text(N_("{key} ({source}) must be a list of some of these: {allowed}.")),
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
    "address_with_credentials": Text(
        N_("{key} ({source}) must not contain a name or a password."),
        N_("Use the settings made for them; a proxy's go into HTTPS_PROXY. `kiosk check` tests the settings."),
    ),
    "no_proxy_address": Text(
        N_(
            "{key} ({source}) must be none, environment, or the address of a proxy such as http://proxy.example.com:3128."
        )
    ),
    "no_printer_address": Text(
        N_(
            "{key} ({source}) must be the address of a printer: tcp://host:9100, file:///dev/usb/lp0, or cups: and the"
            " name of a queue."
        )
    ),
    "printer_dots_wrong": Text(
        N_(
            "{key} ({source}) must be the dots in a row, such as 576, and for labels the rows too, such as 812x406:"
            " from {least} to {most} each."
        )
    ),
    "pictures_need_a_queue": Text(N_("{key} ({source}) can be png only for a queue of CUPS.")),
    "printer_address_needed": Text(N_("{key} ({source}) needs a printer: set printer.address.")),
    "device_twice": Text(N_("{key} ({source}) must not be the scanner's device: a badge is no barcode.")),
    "path_not_absolute": Text(N_("{key} ({source}) must be an absolute path, such as /srv/kiosk, or begin with ~/.")),
    "variable_not_absolute": Text(N_("{variable} must be an absolute path, such as /srv/kiosk, or begin with ~/.")),
    "proxy_unreadable": Text(
        N_("{setting} is not the address of a proxy, such as http://proxy.example.com:3128."),
        N_("In a name or a password, write %23 for #, %2F for /, %3F for ?, %40 for @ and %25 for %."),
        _NETWORK,
    ),
    "proxy_needs_socks": Text(
        N_("{setting} names a SOCKS proxy, for which a Python package is missing here (socksio)."),
        N_("Name an HTTP proxy, or install socksio beside the kiosk."),
        _NETWORK,
    ),
    "certificates_missing": Text(N_("The file that {setting} names is missing or can't be read."), _PEM, _NETWORK),
    "certificates_unreadable": Text(N_("The file that {setting} names has no certificates."), _PEM, _NETWORK),
    "certificates_not_hashed": Text(
        N_("{setting} names no folder in which certificates are found."),
        N_(
            "It has to be a folder prepared by `openssl rehash`."
            " Without the variable the kiosk's own authorities count."
        ),
        _NETWORK,
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
    "keys_unreadable": Text(
        N_("The public keys in {path} can't be read: {text}."),
        N_("Set console.keys_file, or set the console over SSH up: deploy/ssh/README.md."),
    ),
    "key_twice": Text(
        N_("Lines {lines} have the same key, {fingerprint}."),
        N_("Give each person a key of their own, and delete one of the lines. With that key nobody is let in."),
    ),
    "names_alike": Text(
        N_("Lines {lines} have names that differ in capital letters only and have different roles: {names}."),
        N_("Give one of the two another name, in the line and under [console.roles]."),
    ),
    "no_fleet_server": Text(
        N_("{key} ({source}) must name a server: host, host:port or host:port/database."),
        N_("The password does not stand there: `kiosk fleet join` keeps it."),
    ),
    "no_public_key": Text(
        N_("{key} ({source}) must be a public key of age, which begins with age1."),
        N_("Make a pair of keys on another machine with `age-keygen`, and keep the private one there."),
    ),
    "no_mail_address": Text(N_("{key} ({source}) must be an e-mail address such as mailroom@example.com.")),
    "no_host_name": Text(
        N_("{key} ({source}) must be the name or the address of a host, such as mail.example.com, without a port.")
    ),
    "no_language": Text(N_("{key} ({source}) must be the code of a language, such as en.")),
    "no_time_zone": Text(
        N_("{key} ({source}) is no time zone of this machine. Name one like America/New_York, or none for its own.")
    ),
    "no_clock_time": Text(N_('{key} ({source}) must be a time of day in quotes, such as "22:00".')),
    "secret_too_short": Text(N_("{key} ({source}) must be at least {least} characters long.")),
    "channel_incomplete": Text(N_("Notices go out by {channel}, and for that these settings are required: {missing}.")),
    "mail_password_in_clear": Text(
        N_("mail.password would go over the network in clear text, because mail.security is none."),
        N_("Set mail.security to tls or starttls. Only to this machine (127.0.0.1) may a password go without it."),
    ),
    "unknown_columns": Text(
        N_("{key} ({source}) names columns that the directory does not have: {unknown}. It has: {allowed}.")
    ),
    "settings_incomplete": Text(N_("These settings are required for the environment {environment}: {missing}.")),
    "home_unknown": Text(
        N_("There is no place for the data folder: this user has no home folder on this machine."),
        N_("Set storage.data_dir to an absolute path, or HOME to the user's home folder."),
    ),
    "environment_unreadable": Text(
        N_("An environment variable sets a whole section, but its value is not JSON."),
        N_("Use one variable for each key, such as KIOSK_DESK__NAME. `kiosk check` tests the settings."),
    ),
    "settings_unreadable": Text(N_("The settings file {path} can't be read: {text}.")),
    "secret_open_to_others": Text(
        N_("Every user of this machine can open {path}, and a secret is in it."),
        N_("Take their access away: chmod o= '{path}'. Whoever may have read the secret has it: get a new one."),
        _NOT_SECRET,
    ),
    "secret_replaceable": Text(
        N_("Every user of this machine can put another file in the place of {path}, and a secret is in it."),
        N_("Take their access away: chmod o= '{folder}'"),
        _NOT_SECRET,
    ),
    "clock_behind": Text(N_("The clock is {minutes} minutes behind the locker service's."), _SET_CLOCK, _CLOCK),
    "clock_ahead": Text(N_("The clock is {minutes} minutes ahead of the locker service's."), _SET_CLOCK, _CLOCK),
    "settings_not_toml": Text(N_("The settings file {path} is not valid TOML: {text}.")),
    "secrets_missing": Text(N_("The secrets folder {folder} does not exist.")),
    "secrets_unreadable": Text(N_("A file in the secrets folder {folder} can't be read: {text}.")),
    "secrets_not_texts": Text(N_("The secrets folder {folder} may contain only a few short UTF-8 text files.")),
}
