"""How the fields of an answer are called where people read them; programs read the names themselves.

A name without a label, such as a setting's key, is shown as it is.
"""

from __future__ import annotations

from kiosk.words.language import N_, _

LABELS = {
    "TERM": "TERM",
    "active": N_("Active"),
    "aliases": N_("Other names"),
    "answer": N_("Answer"),
    "asks": N_("Question"),
    "atServer": N_("Locker service"),
    "colours": N_("Colours"),
    "columns": N_("Columns"),
    "contactId": N_("Contact id"),
    "contactName": N_("Contact name"),
    "contactType": N_("Contact type"),
    "contacts": N_("Recipients"),
    "department": N_("Department"),
    "difference": N_("Difference"),
    "depositExpiryTime": N_("Deposit expires"),
    "depositTime": N_("Deposited"),
    "destination": N_("Goes to"),
    "dots": N_("Dots"),
    "email": N_("E-mail"),
    "encoding": N_("Encoding"),
    "environment": N_("Environment"),
    "cause": N_("Why"),
    "events": N_("Events"),
    "facilitiesUrl": N_("Facility finder"),
    "fault": N_("Damage"),
    "fileMode": N_("Mode of the file"),
    "files": N_("Files"),
    "folder": N_("Folder"),
    "folderMode": N_("Mode of the folder"),
    "font": N_("Font"),
    "handedTo": N_("Handed to"),
    "importedAt": N_("Imported"),
    "inDoubt": N_("Not confirmed"),
    "kind": N_("Kind of code"),
    "locationId": N_("Location id"),
    "locationName": N_("Location name"),
    "lockerBankId": N_("Locker bank id"),
    "lockerBankName": N_("Locker bank name"),
    "lockerBanks": N_("Locker banks"),
    "lockerUnitId": N_("Locker"),
    "language": N_("Language"),
    "languages": N_("Languages"),
    "lines": N_("Lines"),
    "lockersUrl": N_("Locker service"),
    "name": N_("Name"),
    "nearest": N_("Nearest facility"),
    "pickupCode": N_("Pickup code"),
    "printer": N_("Printer"),
    "readTime": N_("Read"),
    "reservationExpiryTime": N_("Reserved until"),
    "rightToLeft": N_("Right to left"),
    "room": N_("Room"),
    "seconds": N_("Seconds"),
    "secondsBehind": N_("Seconds behind"),
    "secondaryTrackingNumber": N_("Second number"),
    "sentTo": N_("Sent to"),
    "shelf": N_("Shelf place"),
    "size": N_("Size"),
    "source": N_("Authorities"),
    "sqliteVersion": N_("SQLite"),
    "state": N_("State"),
    "takenInTime": N_("Taken in"),
    "takenOff": N_("Taken off"),
    "tellsStatus": N_("Tells its status"),
    "tokenUrl": N_("Access tokens"),
    "trackingNumber": N_("Tracking number"),
    "unfinishedParcels": N_("Unfinished parcels"),
    "webhookUrl": N_("Webhook"),
}


def label(name: str) -> str:
    """Return what people read in the place of a field's name."""
    return _(LABELS.get(name, name))
