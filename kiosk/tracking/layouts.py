"""Keyboard layouts, and what a scanner that types US key codes puts on a computer that has another one. Pure data.

A scanner presses keys, not signs: the key that bears Z on a US keyboard bears Y on a German one. Each layout is written
down as what its 47 keys give, alone and with Shift, in the order of `_US`.
"""

# ruff: noqa: RUF001 - the signs of foreign keyboards look like others
from __future__ import annotations

from dataclasses import dataclass, field

_US = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
)


@dataclass(frozen=True)
class Layout:
    """A keyboard layout under its name."""

    name: str
    alone: str
    shifted: str
    digit_signs: frozenset[str] = field(init=False, repr=False, compare=False)
    """What its digit keys give, where that is no digit."""
    _typed: dict[int, str] = field(init=False, repr=False, compare=False)
    _sent: dict[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = list(zip(_US[0] + _US[1], self.alone + self.shifted, strict=True))
        sent: dict[int, str] = {}
        for us, sign in keys:
            # A sign that two keys give is taken for the first one's, without Shift before with Shift.
            sent.setdefault(ord(sign), us)
        # Digits stay: scanners hardly send what US keys have above them, and a French Caps Lock gives digits.
        sent |= {ord(digit): digit for digit in "0123456789"}
        for code, us in list(sent.items()):
            for other in (chr(code).upper(), chr(code).lower()):
                # Caps Lock makes capitals also of letters that the layout has in small only; ß has no single one.
                if len(other) == 1:
                    sent.setdefault(ord(other), us)
        object.__setattr__(self, "_typed", {ord(us): sign for us, sign in keys})
        object.__setattr__(self, "_sent", sent)
        object.__setattr__(self, "digit_signs", frozenset(sign for sign in self.alone[1:11] if not sign.isdigit()))

    def types(self, sent: str) -> str:
        """Return what arrives where a scanner sends this text; signs that no US keyboard has stay as they are."""
        return sent.translate(self._typed)

    def back(self, typed: str) -> str:
        """Return what a scanner sent for this text to arrive; signs that this layout lacks stay as they are."""
        return typed.translate(self._sent)

    @property
    def hyphen(self) -> str:
        """What the hyphen of a code becomes."""
        # The key right of the zero bears the hyphen on a US keyboard.
        return self.alone[11]


US = Layout("US", *_US)

LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "German",
        "^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-",
        "°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_",
    ),
    Layout(
        "French",
        "²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!",
        "~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§",
    ),
    Layout(
        "Belgian",
        "²&é\"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:=",
        "³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+",
    ),
    Layout(
        "Swiss German",
        "§1234567890'^qwertzuiopü¨$asdfghjklöäyxcvbnm,.-",
        '°+"*ç%&/()=?`QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_',
    ),
    Layout(
        "Swiss French",
        "§1234567890'^qwertzuiopè¨$asdfghjkléàyxcvbnm,.-",
        '°+"*ç%&/()=?`QWERTZUIOPü!£ASDFGHJKLöäYXCVBNM;:_',
    ),
    Layout(
        "Italian",
        "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-",
        '|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_',
    ),
    Layout(
        "Spanish",
        "º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-",
        'ª!"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_',
    ),
    Layout(
        "Latin American",
        "|1234567890'¿qwertyuiop´+}asdfghjklñ{zxcvbnm,.-",
        '°!"#$%&/()=?¡QWERTYUIOP¨*]ASDFGHJKLÑ[ZXCVBNM;:_',
    ),
    Layout(
        "Portuguese",
        "\\1234567890'«qwertyuiop+´~asdfghjklçºzxcvbnm,.-",
        '|!"#$%&/()=?»QWERTYUIOP*`^ASDFGHJKLÇªZXCVBNM;:_',
    ),
    Layout(
        "Brazilian",
        "'1234567890-=qwertyuiop´[]asdfghjklç~zxcvbnm,.;",
        '"!@#$%¨&*()_+QWERTYUIOP`{}ASDFGHJKLÇ^ZXCVBNM<>:',
    ),
    Layout(
        "UK",
        "`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./",
        '¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?',
    ),
    Layout(
        "Swedish",
        "§1234567890+´qwertyuiopå¨'asdfghjklöäzxcvbnm,.-",
        '½!"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÖÄZXCVBNM;:_',
    ),
    Layout(
        "Norwegian",
        "|1234567890+\\qwertyuiopå¨'asdfghjkløæzxcvbnm,.-",
        '§!"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLØÆZXCVBNM;:_',
    ),
    Layout(
        "Danish",
        "½1234567890+´qwertyuiopå¨'asdfghjklæøzxcvbnm,.-",
        '§!"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÆØZXCVBNM;:_',
    ),
    Layout(
        "Czech",
        ";+ěščřžýáíé=´qwertzuiopú)¨asdfghjklů§yxcvbnm,.-",
        "°1234567890%ˇQWERTZUIOP/('ASDFGHJKL\"!YXCVBNM?:_",
    ),
    Layout(
        "Slovak",
        ";+ľščťžýáíé=´qwertzuiopúäňasdfghjklô§yxcvbnm,.-",
        '°1234567890%ˇQWERTZUIOP/()ASDFGHJKL"!YXCVBNM?:_',
    ),
    Layout(
        "Hungarian",
        "0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-",
        "§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_",
    ),
    Layout(
        "Turkish",
        '"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.',
        "é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:",
    ),
    Layout(
        "Canadian French",
        "#1234567890-=qwertyuiop^¸<asdfghjkl;`zxcvbnm,.é",
        "|!\"/$%?&*()_+QWERTYUIOP^¨>ASDFGHJKL:`ZXCVBNM'.É",
    ),
)
"""The likelier first. Austria has the German one, Finland the Swedish one."""
