"""`kiosk report`: how things stand, for a watcher, as JSON and as numbers for Prometheus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.cli import health_file
from kiosk.cli.health_file import Metric, text_of
from tests.cli.harness import PERSON, Kiosk

LABEL = r'[a-z_]+="(?:[^"\\\n]|\\[\\n"])*"'
LINE = re.compile(rf"parcel_kiosk_[a-z_]+(?:\{{{LABEL}(?:,{LABEL})*\}})? -?[0-9.]+")


def numbers(file: Path) -> dict[str, float]:
    """Read the file as a collector does: each metric with its help and type in front, and no other line."""
    found: dict[str, float] = {}
    told: set[str] = set()
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("# "):
            kind, name = line.split()[1:3]
            assert kind in {"HELP", "TYPE"}
            told.add(f"{kind} {name}")
            continue
        assert LINE.fullmatch(line), line
        series, _, value = line.rpartition(" ")
        name = series.partition("{")[0]
        assert {f"HELP {name}", f"TYPE {name}"} <= told
        assert series not in found
        found[series] = float(value)
    return found


def test_the_report_says_what_went_well_last_and_what_waits(kiosk: Kiosk, tmp_path: Path) -> None:
    kiosk.deposited("T1")
    assert kiosk("backup", str(tmp_path)).code == 0
    report = kiosk("report").json
    assert report["schema"] >= 9
    assert report["version"]
    assert re.fullmatch(r"[0-9a-f]{16}:\d+:[0-9a-f]{64}", report["journalHead"])
    last = report["lastSuccess"]
    assert set(last) == {"call", "settle", "backup", "directoryImport", "notice"}
    assert [0 <= last[name]["ageSeconds"] < 60 for name in ("call", "backup", "directoryImport")] == [True] * 3
    assert (last["settle"], last["notice"]) == (None, None)
    assert report["waiting"]["inDoubt"] == 0
    assert report["fleet"] is None
    assert kiosk.events()[-1] == "report_read"


def test_the_numbers_are_prometheus_own_form_and_cost_no_call(kiosk: Kiosk, tmp_path: Path) -> None:
    kiosk.deposited("T1")
    calls = kiosk("report").json["calls"]["used"]
    events = len(kiosk.events())
    file = tmp_path / "kiosk.prom"
    assert kiosk("report", "--prometheus", str(file)).code == 0
    found = numbers(file)
    assert found["parcel_kiosk_parcels_here"] == 1
    assert found["parcel_kiosk_journal_events"] == events
    assert found["parcel_kiosk_calls_today"] == calls
    assert found['parcel_kiosk_waiting{what="in_doubt"}'] == 0
    assert 'parcel_kiosk_last_success_timestamp_seconds{what="call"}' in found
    assert 'parcel_kiosk_last_success_timestamp_seconds{what="backup"}' not in found, "there never was one"
    assert len(kiosk.events()) == events
    assert file.stat().st_mode & 0o777 == 0o644


def test_no_name_number_or_code_is_in_the_file(kiosk: Kiosk, tmp_path: Path) -> None:
    code = kiosk.deposited("1Z999AA10123456784")["pickupCode"]
    file = tmp_path / "kiosk.prom"
    kiosk("report", "--prometheus", str(file))
    text = file.read_text("utf-8")
    assert not [each for each in (code, "1Z999AA", PERSON, "Abboud", "example.com") if each in text]


def test_a_file_that_cant_be_written_stays_as_it_was(kiosk: Kiosk, tmp_path: Path) -> None:
    kiosk.deposited("T1")
    (tmp_path / "folder").mkdir()
    result = kiosk("report", "--prometheus", str(tmp_path / "folder"))
    assert result.code == 1
    assert "can't be written" in result.err
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_label_says_what_it_is_given() -> None:
    metric = Metric("waiting", "What waits.", {'a"b\\c\nd': 2}, ("what",))
    text = text_of(iter((metric,)), {"kiosk": 'the "big" one'})
    assert 'parcel_kiosk_info{kiosk="the \\"big\\" one"} 1\n' in text
    assert 'parcel_kiosk_waiting{what="a\\"b\\\\c\\nd"} 2\n' in text


def test_a_reader_finds_the_old_file_or_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kiosk.prom"
    health_file.write(file, "old\n")
    seen: list[str] = []
    replace = Path.replace

    def look_and_replace(part: Path, target: Path) -> Path:
        seen.append(file.read_text("utf-8"))
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", look_and_replace)
    health_file.write(file, "new\n")
    assert (seen, file.read_text("utf-8")) == (["old\n"], "new\n")
