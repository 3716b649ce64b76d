"""Under which heading each error is told, and what to do about it where its sentence says nothing better."""

from __future__ import annotations

from typing import NamedTuple

from kiosk import errors
from kiosk.words.language import N_


class Heading(NamedTuple):
    """What is said of every error of one class; an empty hint is that of the class above."""

    title: str
    hint: str = ""


HEADINGS: dict[type[errors.KioskError], Heading] = {
    errors.KioskError: Heading(
        N_("Something went wrong"),
        N_("Try again. If it stays, call the operator."),
    ),
    errors.SettingsError: Heading(
        N_("The settings don't work"),
        N_("Correct the setting and start again; `kiosk check` tests the settings."),
    ),
    errors.StorageError: Heading(
        N_("The kiosk can't write its journal"),
        N_("Call the operator. No parcel is taken in until this is mended."),
    ),
    errors.StorageFullError: Heading(
        N_("The disk is full"),
        N_("Make room on the disk, then try again. What was recorded before is safe."),
    ),
    errors.StorageReadOnlyError: Heading(
        N_("The data folder is read-only"),
        N_("Give this user the right to write there, or set storage.data_dir to another folder."),
    ),
    errors.StorageBusyError: Heading(
        N_("The journal is in use"),
        N_("Wait a moment and try again; another kiosk process works on the same data folder."),
    ),
    errors.StorageDamagedError: Heading(
        N_("The journal is damaged"),
        N_("Keep the file as it is and call the operator; `kiosk journal verify` names the first bad event."),
    ),
    errors.StorageForeignError: Heading(
        N_("The data folder belongs to something else"),
        N_("Set storage.data_dir to the right folder, or use the program version that made it."),
    ),
    errors.DirectoryError: Heading(
        N_("The directory of names can't be used"),
        N_("Import the list of recipients again with `kiosk recipients import FILE`."),
    ),
    errors.ImportUnderWayError: Heading(
        N_("Another import is under way"),
        N_("Wait until it has ended, then try again."),
    ),
    errors.UnusableFileError: Heading(
        N_("The file was not imported"),
        N_("The directory is as it was. docs/directory.md lists the columns that are understood."),
    ),
    errors.ApiError: Heading(
        N_("The locker service did not do it"),
    ),
    errors.NotSentError: Heading(
        N_("No connection to the locker service"),
        N_("Check the network. Nothing was changed; try again when the connection is back."),
    ),
    errors.NoTokenError: Heading(N_("No access token from the locker service")),
    errors.AnswerLostError: Heading(
        N_("The locker service did not answer"),
        N_("The kiosk finds out by itself what happened. Nothing is lost."),
    ),
    errors.RefusedError: Heading(
        N_("The locker service refused"),
    ),
    errors.NotAuthorizedError: Heading(
        N_("The locker service does not accept this kiosk's credentials"),
        N_("The administrator must check lockers.client_id and its secret. Nothing was changed."),
    ),
    errors.NotFoundError: Heading(
        N_("The locker service does not know it"),
    ),
    errors.ThrottledError: Heading(
        N_("The locker service asks to wait"),
        N_("Wait a minute and try again. Nothing was changed."),
    ),
    errors.DeskError: Heading(
        N_("That does not work here"),
    ),
    errors.UnknownParcelError: Heading(
        N_("This parcel is not known here"),
        N_("Scan it to take it in."),
    ),
    errors.WrongStateError: Heading(
        N_("The parcel is at another step"),
        N_("Open the parcel from the list to see where it stands."),
    ),
    errors.UnreadableScanError: Heading(
        N_("That was no parcel number"),
        N_("Scan the barcode again, or type the number under it."),
    ),
    errors.ReservationLapsedError: Heading(
        N_("The locker is no longer reserved"),
        N_("Reserve a locker again; the parcel is still yours to place."),
    ),
    errors.ParcelElsewhereError: Heading(
        N_("This number already has a locker"),
        N_("Look at the parcel's label and at the locker named here; call the operator if they disagree."),
    ),
    errors.UnitTakenError: Heading(
        N_("That locker is not free"),
        N_("Choose another locker, or a size and let the kiosk choose."),
    ),
    errors.ShelfPlaceTakenError: Heading(
        N_("Choose another shelf place"),
        N_("Type the name of an empty place."),
    ),
    errors.NoFreeUnitError: Heading(
        N_("No free locker of this size"),
        N_("Choose another size or another bank."),
    ),
    errors.UnknownBankError: Heading(
        N_("No such locker bank"),
        N_("`kiosk banks` lists the banks; desk.default_bank in the settings names the desk's own."),
    ),
    errors.WrongQuestionError: Heading(
        N_("This search can't be made"),
        N_("Check street, city, state and postal code, then search again."),
    ),
    errors.FinderNotSetUpError: Heading(
        N_("The facility finder is not set up"),
        N_("The administrator must check facilities.api_key and facilities.api_secret. Everything else works."),
    ),
    errors.FinderUnreachableError: Heading(
        N_("The facility finder got no answer"),
        N_("Check the network, then search again."),
    ),
    errors.UnknownPersonError: Heading(
        N_("Nobody here has this contact id"),
        N_("`kiosk recipients search` finds the ids of the people in the directory."),
    ),
    errors.ParcelsPresentError: Heading(
        N_("A parcel is still here for this person"),
        N_("Hand the parcel out or free its locker first, then try again. Nothing was forgotten."),
    ),
    errors.NotAllowedError: Heading(
        N_("Your role does not allow that"),
        N_("Nothing was changed. The administrator gives roles in the settings (console.roles)."),
    ),
    errors.NoReasonError: Heading(
        N_("A reason is needed"),
        N_("Nothing was changed. Say why in a few words; it is recorded under your name."),
    ),
    errors.InDoubtError: Heading(
        N_("Not confirmed yet"),
        N_("Nothing is lost: the kiosk goes on asking in the background and shows the parcel under Unfinished."),
    ),
}
