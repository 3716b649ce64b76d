"""What can be chosen before a search, in a clerk's words, and the question that follows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kiosk.facilities.values import Question
from kiosk.facilities.variants import FacilityCarrier, FacilityService, Limits
from kiosk.words.language import _

_MILES = (1, 3, 5, 10, 25)
_COUNTS = (5, 10, 20, 50, 200)


class Aspect(StrEnum):
    """What can be chosen."""

    CARRIER = "carrier"
    SERVICE = "service"
    RADIUS = "radius"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its words, and the fields of the question that it sets."""

    label: str
    fields: dict[str, Any]

    def fits(self, question: Question) -> bool:
        """Tell whether the question asks for just this."""
        return all(getattr(question, name) == value for name, value in self.fields.items())

    def in_question(self, question: Question) -> Question:
        """Return the question with this choice."""
        return question.model_copy(update=self.fields)


def options_of(aspect: Aspect, limits: Limits) -> tuple[Option, ...]:
    """Return what can be chosen, as far as this account's service takes it."""
    match aspect:
        case Aspect.CARRIER:
            return tuple(option for option in _carriers() if option.fields["carrier"] in limits.carriers)
        case Aspect.SERVICE:
            return tuple(option for option in _services() if _is_offered(option, limits))
        case Aspect.RADIUS:
            most = limits.most_miles or _MILES[-1]
            return tuple(
                Option(_("{miles} mi").format(miles=miles), {"radius_miles": miles})
                for miles in _MILES
                if miles <= most
            )
        case Aspect.COUNT:
            return tuple(
                Option(_("Up to {count}").format(count=count), {"count": count})
                for count in _COUNTS
                if count <= limits.most_facilities
            )


def question_words(question: Question, limits: Limits) -> str:
    """List what is looked for, in the words of the choices."""
    chosen = (option for aspect in Aspect for option in options_of(aspect, limits) if option.fits(question))
    return " \u00b7 ".join(option.label for option in chosen)


def _carriers() -> tuple[Option, ...]:
    return (
        Option(_("USPS"), {"carrier": FacilityCarrier.USPS}),
        Option(_("Pitney Bowes"), {"carrier": FacilityCarrier.PBCS}),
    )


def _services() -> tuple[Option, ...]:
    return (
        _service(_("Any service"), None),
        _service(_("Prints labels"), FacilityService.LABEL_BROKER_RETAIL),
        _service(_("Label machine"), FacilityService.LABEL_BROKER_SELF_SERVICE_KIOSK),
        _service(_("Takes returns"), FacilityService.PUDO_POINT),
        _service(_("Returns without box"), FacilityService.PUDO_POINT, packageless=True),
        _service(_("Returns by QR code"), FacilityService.PUDO_POINT, qr_code=True),
    )


def _service(
    label: str, service: FacilityService | None, *, packageless: bool | None = None, qr_code: bool | None = None
) -> Option:
    return Option(label, {"service": service, "packageless": packageless, "qr_code": qr_code})


def _is_offered(option: Option, limits: Limits) -> bool:
    service, extra = option.fields["service"], option.fields["packageless"] or option.fields["qr_code"]
    return (service is None or service in limits.services) and (limits.has_return_options or not extra)
