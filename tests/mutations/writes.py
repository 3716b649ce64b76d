"""Broken promises of the write path: a write is recorded first, looked at before each repeat, and done once."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

_REQUESTS, _DEPOSIT, _UPDATE = (
    "kiosk/desk/requests.py",
    "kiosk/desk/writes/deposit.py",
    "kiosk/desk/writes/update.py",
)
_SENDING, _WANTED = "kiosk/desk/writes/sending.py", "kiosk/desk/writes/wanted.py"
_MOVED_ON = "desk/test_moved_on.py"

MUTATIONS = (
    Mutation(
        "two processes take over one dead process's write",
        _REQUESTS,
        "            if known.open_write != write:",
        "            if known.open_write is None:",
        f"{_MOVED_ON}::test_what_a_dead_process_left_is_taken_over_by_one_process_only",
    ),
    Mutation(
        "a live owner's write is taken over",
        _REQUESTS,
        "            case Life.ALIVE:",
        "            case Life.ALIVE if not write.owner:",
        "desk/test_in_doubt.py::test_a_write_of_a_living_process_is_left_to_it",
    ),
    Mutation(
        "an outcome is recorded whoever's write is open",
        _REQUESTS,
        "if write is None or by_now is None or (by_now.intent_id, by_now.owner) != (write.intent_id, owner):",
        "if write is None:",
        f"{_MOVED_ON}::test_an_outcome_is_recorded_only_for_the_write_that_is_still_open",
    ),
    Mutation(
        "a request leaves before its intent is on the disk",
        _REQUESTS,
        "            current, mates = await self._journal.ask(parcel.parcel_id, asked, person, allowed=look)\n",
        "            await WRITES[asked.operation].send(self._sending(parcel, OpenWrite(**asked.model_dump())))\n"
        "            current, mates = await self._journal.ask(parcel.parcel_id, asked, person, allowed=look)\n",
        "desk/test_write_path.py::test_the_intent_is_on_the_disk_before_the_request_leaves_and_the_outcome_before_it_returns",
    ),
    Mutation(
        "the step is looked at outside the transaction",
        _REQUESTS,
        "allowed=look)\n            # From here",
        "allowed=lambda *_: None)\n            # From here",
        f"{_MOVED_ON}::test_two_processes_at_put_in_get_one_code",
    ),
    Mutation(
        "a repeat sends a deposit whatever the unit is by now",
        _DEPOSIT,
        "    if unit is None:\n        await _gone(sending)\n",
        "    if unit is None:\n        return LockerUnit(locker_unit_id=place.locker_unit_id)\n",
        f"{_MOVED_ON}::test_a_deposit_is_never_sent_into_a_unit_that_is_somebody_elses_by_now",
    ),
    Mutation(
        "the unit that holds a number is not compared",
        _SENDING,
        "    return unit.locker_unit_id == place.locker_unit_id",
        "    return bool(unit.locker_unit_id or place.locker_unit_id)",
        f"{_MOVED_ON}::test_a_number_that_lies_in_another_unit_by_now_is_not_deposited_again",
    ),
    Mutation(
        "the contact of a unit is not compared",
        _SENDING,
        "return contact is not None and unit.contact_id not in",
        "return contact is None and unit.contact_id not in",
        f"{_MOVED_ON}::test_a_deposit_is_never_sent_into_a_unit_that_is_somebody_elses_by_now",
    ),
    Mutation(
        "the code of an answer about another unit is shown",
        _SENDING,
        '        raise AnswerLostError("answer_about_another", status=200)',
        "        return",
        f"{_MOVED_ON}::test_the_code_of_an_answer_about_another_unit_is_not_shown",
    ),
    Mutation(
        "a parcel collected while its deposit was in doubt is in the clerk's hands",
        _DEPOSIT,
        "    raise MovedOnError(cause, ParcelLeftUnrecorded(place=place), AttentionRaised(item=item))",
        "    raise MovedOnError(cause, AttentionRaised(item=item))",
        f"{_MOVED_ON}::test_a_parcel_collected_while_its_deposit_was_in_doubt_is_never_in_the_clerks_hands",
    ),
    Mutation(
        "what was seen done is asked about",
        _DEPOSIT,
        "return sending.parcel.is_in_locker or sending.write.was_done",
        "return sending.parcel.is_in_locker",
        f"{_MOVED_ON}::test_a_deposit_that_was_seen_done_before_it_was_collected_asks_nobody",
    ),
    Mutation(
        "a new code for a shared unit names one parcel only",
        _DEPOSIT,
        "    return parcel.shared or parcel.is_in_locker or sending.has_mates or is_over",
        "    return parcel.shared or is_over",
        f"{_MOVED_ON}::test_a_new_code_for_a_shared_unit_names_all_that_lie_there",
    ),
    Mutation(
        "a list names what has left the unit",
        _SENDING,
        "    return [each for number, each in others.items() if number not in gone]",
        "    return [each for number, each in others.items() if number or gone]",
        f"{_MOVED_ON}::test_a_number_that_the_journal_knows_to_have_left_is_named_by_no_list",
    ),
    Mutation(
        "an added parcel names only itself",
        _UPDATE,
        "        parcels=[*inside, reference(sending.parcel)],",
        "        parcels=[*inside[:0], reference(sending.parcel)],",
        "desk/test_open_lockers.py::test_a_parcel_is_added_with_all_that_the_unit_holds",
    ),
    Mutation(
        "a parcel is taken out while a list that names it is on its way",
        _WANTED,
        "write.cause is None and write.operation in _NAME_OTHERS",
        "write.cause is not None and write.operation in _NAME_OTHERS",
        f"{_MOVED_ON}::test_a_parcel_is_not_taken_out_while_a_list_that_may_name_it_is_on_its_way",
    ),
    Mutation(
        "a unit that is given to two people is shown to both",
        "kiosk/desk/intake.py",
        "            if mate.has_unit and mate.place == place:",
        "            if mate.has_unit and mate.place is None:",
        f"{_MOVED_ON}::test_one_unit_that_is_given_to_two_people_is_shown_to_neither",
    ),
    Mutation(
        "confirming a code deletes the one that replaced it",
        "kiosk/journal/code_store.py",
        '            if _intent(code) != _intent(shown):\n                raise WrongStateError("code_replaced")\n',
        "            del shown\n",
        "desk/test_pickup_codes.py::test_a_code_that_replaced_the_one_on_the_screen_is_not_deleted_by_confirming_that",
    ),
    Mutation(
        "codes go by one clock",
        "kiosk/desk/trusted_time.py",
        "            return min(clock, expected)",
        "            return clock",
        "desk/test_trusted_time.py::test_a_clock_that_jumps_and_comes_back_deletes_nothing",
    ),
    Mutation(
        "a journal is verified without a replay",
        "kiosk/journal/audit.py",
        "        different = next(differences(database, told), None)",
        "        different = next(iter(()), None)",
        "journal/test_manipulations.py::test_what_was_changed_is_named",
    ),
    Mutation(
        "an owner that can't be looked at is dead",
        "kiosk/journal/owners.py",
        "none of them says anything of the owner\n            return Life.UNKNOWN",
        "none of them says anything of the owner\n            return Life.DEAD",
        "journal/test_owners.py::test_who_can_not_be_looked_at_is_not_dead",
    ),
    Mutation(
        "a pickup is noticed only while the unit is free",
        "kiosk/parcels/findings.py",
        "    return unit.state is UnitState.FREE or bool(unit.numbers) or _is_anothers(unit, parcel)",
        "    return unit.state is UnitState.FREE",
        "parcels/test_findings.py::test_a_unit_that_is_free_or_has_another_parcel_or_contact_does_not_hold_it",
    ),
    Mutation(
        "a request whose answer was lost counts as not done",
        "kiosk/desk/requests.py",
        "        except AnswerLostError as error:\n",
        "        except AnswerLostError as error:\n"
        "            await self._failed(parcel, error, person)\n            raise\n",
        "desk/test_in_doubt.py::test_a_lost_answer_is_found_out_and_the_write_is_done_exactly_once",
    ),
    Mutation(
        "a repeat leaves without a trace",
        "kiosk/desk/requests.py",
        "        parcel = await self._append(parcel, repeated, person)\n",
        "",
        "desk/test_in_doubt.py::test_a_repeat_that_is_refused_for_good_ends_the_doubt",
    ),
    Mutation(
        "a write goes to a unit that is no longer the parcel's",
        "kiosk/desk/writes/wanted.py",
        "        _check_own(wanted, parcel)\n",
        "        pass\n",
        "desk/test_write_path.py::test_a_unit_that_is_not_the_parcels_any_more_is_not_written_to",
    ),
    Mutation(
        "a reservation for somebody else is believed",
        "kiosk/desk/writes/reserve.py",
        "        _believe(answer, request, place)\n",
        "",
        "desk/test_moved_on.py::test_a_reservation_answered_about_something_else_is_looked_into",
    ),
    Mutation(
        "a repeat asks for another unit",
        "kiosk/desk/writes/reserve.py",
        "unit_id = place.locker_unit_id or None",
        "unit_id = None",
        "desk/test_write_path.py::test_a_reservation_names_the_user_the_contact_and_the_very_unit",
    ),
    Mutation(
        "a unit that is held for another contact is adopted",
        "kiosk/desk/writes/reserve.py",
        "if is_of_another(unit, parcel):",
        "if False:",
        "desk/test_in_doubt.py::test_a_number_that_turns_out_to_be_somebody_elses_stops_the_write",
    ),
    Mutation(
        "a parcel that lies in a unit is reserved into it",
        "kiosk/desk/writes/reserve.py",
        "if unit.has_deposited(parcel.tracking_number):",
        "if False:",
        "desk/test_in_doubt.py::test_a_number_that_was_deposited_meanwhile_is_not_adopted",
    ),
    Mutation(
        "a deposit goes into a unit that is somebody else's by now",
        "kiosk/desk/writes/deposit.py",
        '    if is_of_another(unit, parcel):\n        _unrecorded(sending, "unit_given_away", place)\n    # A',
        "    # A",
        "desk/test_moved_on.py::test_nor_is_it_where_that_unit_holds_the_same_number_for_somebody_else",
    ),
    Mutation(
        "a number that somebody reserved anew is freed",
        "kiosk/desk/writes/free.py",
        " and is_there(unit, place) and not is_of_another(unit, parcel)",
        " and is_there(unit, place)",
        "desk/test_moved_on.py::test_a_freed_number_that_somebody_reserved_anew_is_not_freed_again",
    ),
)
