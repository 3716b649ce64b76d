"""People, parcels and places as a test of notices wants them: samples, and anything that the outside can bring."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st
from pydantic import SecretStr

from kiosk.notify.told import Told
from kiosk.parcels.notices import NoticeKind

UNTIL = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
KINDS = [kind for kind in NoticeKind if kind not in {NoticeKind.SLIP, NoticeKind.LABEL}]
CODE = "NR8PBW"
PARCEL = Told(
    NoticeKind.ARRIVED,
    "5784",
    carrier="UPS",
    bank="Lobby A",
    locker="12",
    until=UNTIL,
    code=SecretStr(CODE),
)

HOSTILE = (
    "Ann\r\nBcc: all@example.com",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&lt;b&gt;",
    "\u202eevil\u2028line",
    "=?utf-8?q?=0D=0ABcc:?=",
    "\r\n\r\n.\r\nQUIT",
    "a" * 500,
    "Ünï, cødé; <x@y.z>",
    "山田 太郎",
    "\ud800\x00\x1b]0;x\x07",
)
anything = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(HOSTILE)
moments = st.integers(1_700_000_000, 2_100_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
codes = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=4, max_size=12).map(SecretStr)
parcels = st.builds(
    Told,
    st.sampled_from(KINDS),
    anything,
    carrier=anything,
    bank=anything,
    locker=anything,
    shelf=anything,
    goes_back=st.booleans(),
    until=st.none() | moments,
    code=st.none() | codes,
)
