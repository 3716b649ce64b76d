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
        N_("Try again. If it keeps happening, tell the operator."),
    ),
    errors.SettingsError: Heading(
        N_("The settings are wrong"),
        N_("Correct the setting, then try again. `kiosk check` tests the settings."),
    ),
    errors.StorageError: Heading(
        N_("The kiosk can't use its journal"),
        N_("Tell the operator. No parcels can be taken in until this is fixed."),
    ),
    errors.StorageFullError: Heading(
        N_("The disk is full"),
        N_("Free up disk space, then try again."),
    ),
    errors.StorageReadOnlyError: Heading(
        N_("The data folder is read-only"),
        N_("Give this user write permission for the folder, or set storage.data_dir to another one."),
    ),
    errors.StorageBusyError: Heading(
        N_("The journal is in use"),
        N_("Another kiosk process is using the same data folder. Wait a moment, then try again."),
    ),
    errors.StorageDamagedError: Heading(
        N_("The journal is damaged"),
        N_("Leave the file as it is and tell the operator. `kiosk journal verify` shows the first bad event."),
    ),
    errors.StorageForeignError: Heading(
        N_("The data folder does not belong to this kiosk"),
        N_("Set storage.data_dir to the right folder, or use the version of this program that created it."),
    ),
    errors.BackupError: Heading(
        N_("No backup was made"),
        N_("The desk works on, and the backups made before are as they were. Correct this, then try again."),
    ),
    errors.RestoreError: Heading(
        N_("Nothing was restored"),
        N_("The data folder is as it was. Try another backup."),
    ),
    errors.DirectoryError: Heading(
        N_("The recipient directory can't be used"),
        N_("Import the list of recipients again: `kiosk recipients import FILE --reason TEXT`."),
    ),
    errors.DirectoryBusyError: Heading(
        N_("The recipient directory can't be used right now"),
        N_("Try again in a moment. If it keeps happening, tell the operator."),
    ),
    errors.ImportUnderWayError: Heading(
        N_("Another import is running"),
        N_("Wait until it has finished, then try again."),
    ),
    errors.ImportStoppedError: Heading(
        N_("The import was stopped"),
        N_(
            "The directory was not changed. Make sure that the list is complete, and import it again with --force."
            " --dry-run shows what would change."
        ),
    ),
    errors.UnusableFileError: Heading(
        N_("The file was not imported"),
        N_("The directory was not changed. docs/directory.md lists the columns an import can read."),
    ),
    errors.PrinterError: Heading(
        N_("The printer can't be used"),
        N_("Nothing was printed. Correct the setting, then try again. `kiosk check --print` tests the printer."),
    ),
    errors.PrinterAwayError: Heading(
        N_("The printer can't print right now"),
        N_("Nothing was printed. Make sure that the printer is on and connected, then print again."),
    ),
    errors.MaybePrintedError: Heading(
        N_("It may not have been printed"),
        N_("Look at the printer. Print again only if the paper is missing or cut short."),
    ),
    errors.DeviceError: Heading(
        N_("The device can't be read"),
        N_(
            "The kiosk keeps trying. Correct the setting, then try again. docs/scanner-device.md says how it is set up."
        ),
    ),
    errors.ApiError: Heading(
        N_("The request to the locker service failed"),
    ),
    errors.NotSentError: Heading(
        N_("No connection to the locker service"),
        N_("The request was not sent. Check the network, then try again."),
    ),
    errors.NoTokenError: Heading(N_("No access token from the locker service")),
    errors.AnswerLostError: Heading(
        N_("No usable answer from the locker service"),
        N_("Check the network, then try again. Nothing is lost."),
    ),
    errors.RefusedError: Heading(
        N_("The locker service refused the request"),
    ),
    errors.NotAuthorizedError: Heading(
        N_("The locker service rejected this kiosk's credentials"),
        N_("Ask the administrator to check lockers.client_id and lockers.client_secret."),
    ),
    errors.NotFoundError: Heading(
        N_("Not found at the locker service"),
    ),
    errors.ThrottledError: Heading(
        N_("Too many requests to the locker service"),
        N_("Wait a minute, then try again."),
    ),
    errors.FleetError: Heading(
        N_("The centre of the desks can't be used"),
        N_("This desk works on alone. docs/fleet.md says how a centre is set up."),
    ),
    errors.FleetAwayError: Heading(
        N_("The centre of the desks is not there"),
        N_("This desk works on alone, and tries again by itself."),
    ),
    errors.FleetRefusedError: Heading(
        N_("The centre of the desks refuses this desk"),
    ),
    errors.DeliveryError: Heading(
        N_("A notice could not be delivered"),
        N_("Correct what is wrong, and send the notice again."),
    ),
    errors.DeliveryDelayedError: Heading(
        N_("A notice is not delivered yet"),
        N_("Notices wait, and are tried again. `kiosk check` tests the way."),
    ),
    errors.DeskError: Heading(
        N_("This can't be done"),
    ),
    errors.UnknownParcelError: Heading(
        N_("Parcel not found"),
        N_("To take it in, scan it."),
    ),
    errors.WrongStateError: Heading(
        N_("Not possible for this parcel right now"),
        N_("Open the parcel from the list to see where it is."),
    ),
    errors.UnreadableScanError: Heading(
        N_("This is not a tracking number"),
        N_("Scan the barcode again, or type the number under it."),
    ),
    errors.ReservationLapsedError: Heading(
        N_("The locker is no longer reserved"),
        N_("Keep the parcel with you and reserve another locker."),
    ),
    errors.ParcelElsewhereError: Heading(
        N_("This number already has a locker"),
        N_("Compare the label with the parcel in that locker. If they don't match, tell the operator."),
    ),
    errors.NotRecordedError: Heading(
        N_("The parcel is not recorded in its locker"),
        N_("Check the locker. If the parcel is in it, take it out; then say what became of it."),
    ),
    errors.UnitTakenError: Heading(
        N_("This locker is not free"),
        N_("Choose another locker, or choose a size and let the kiosk pick one."),
    ),
    errors.ShelfPlaceTakenError: Heading(
        N_("Choose another shelf place"),
        N_("Type the name of an empty shelf place."),
    ),
    errors.NoFreeUnitError: Heading(
        N_("No free locker of this size"),
        N_("Choose another size or another locker bank."),
    ),
    errors.NoLargerUnitError: Heading(
        N_("No larger locker is free"),
        N_("Put the parcel on the shelf, or choose a locker in another bank."),
    ),
    errors.UnknownBankError: Heading(
        N_("Locker bank not found"),
        N_("`kiosk banks` lists the locker banks. The setting desk.default_bank names this desk's own."),
    ),
    errors.WrongQuestionError: Heading(
        N_("This search is not possible"),
        N_("Check the street, city, state and postal code, then search again."),
    ),
    errors.FinderNotSetUpError: Heading(
        N_("The facility finder is not set up"),
        N_("Ask the administrator to check facilities.api_key and facilities.api_secret. The rest of the kiosk works."),
    ),
    errors.FinderUnreachableError: Heading(
        N_("No usable answer from the facility service"),
        N_("Check the network, then search again."),
    ),
    errors.UnknownPersonError: Heading(
        N_("Unknown contact ID"),
        N_("`kiosk recipients search` finds the contact IDs in the directory."),
    ),
    errors.NotListedError: Heading(
        N_("Nobody of that name is listed"),
        N_("`kiosk people list` shows who may sign in at this desk."),
    ),
    errors.UnusablePersonError: Heading(
        N_("The person was not listed"),
        N_("Nothing was changed. Correct it, then try again."),
    ),
    errors.SignInError: Heading(
        N_("Not signed in"),
        N_("Try again, or ask an administrator."),
    ),
    errors.ParcelsPresentError: Heading(
        N_("This person still has parcels here"),
        N_("Hand the parcels over or free their lockers first, then try again. No data was deleted."),
    ),
    errors.NotAllowedError: Heading(
        N_("Your role does not allow this"),
        N_("Nothing was changed. The administrator assigns roles in the settings (console.roles)."),
    ),
    errors.NoReasonError: Heading(
        N_("A reason is needed"),
        N_("Nothing was changed. Enter a short reason; the journal keeps it with your name."),
    ),
    errors.InDoubtError: Heading(
        N_("Not confirmed yet"),
        N_("Nothing is lost: the kiosk keeps checking in the background. The parcel is listed under Unfinished."),
    ),
}
