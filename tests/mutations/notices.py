"""What must not go wrong with notices to recipients."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a name is markup in a mail",
        "kiosk/notify/letter.py",
        "escape(value)",
        "value",
        "notify/test_letter.py::test_nothing_from_outside_becomes_a_line_a_field_or_markup",
    ),
    Mutation(
        "somebody is told where another one's parcel lies",
        "kiosk/notify/letter.py",
        "    if told.goes_back or told.kind is NoticeKind.GIVEN_ON:",
        "    if told.goes_back:",
        "notify/test_letter.py::test_somebody_elses_parcel_is_not_told_where",
    ),
    Mutation(
        "a code goes out for a parcel that is gone",
        "kiosk/notify/letter.py",
        "if told.code and told.kind not in _NOT_HERE else",
        "if told.code else",
        "notify/test_letter.py::test_what_is_over_has_no_code_and_no_end",
    ),
    Mutation(
        "a subject is read as an encoded word",
        "kiosk/notify/envelope.py",
        ' and "=?" not in text',
        "",
        "notify/test_folder.py::test_nothing_from_outside_becomes_a_header_of_a_mail",
    ),
    Mutation(
        "a mail that the server may have is told as lost",
        "kiosk/notify/smtp.py",
        "            taking_over = True\n",
        "",
        "notify/test_smtp.py::test_a_line_that_breaks_is_made_anew_for_the_next_mail",
    ),
    Mutation(
        "a wrong address is tried for two days",
        "kiosk/notify/smtp_errors.py",
        'return DeliveryError("address_refused"',
        'return DeliveryDelayedError("address_refused"',
        "notify/test_smtp.py::test_each_refusal_is_for_good_or_for_now_and_the_next_mail_goes_out",
    ),
    Mutation(
        "a login page counts as a delivered notice",
        "kiosk/notify/webhook.py",
        "    if is_page:",
        "    if False:",
        "notify/test_webhook.py::test_each_answer_is_for_good_or_for_now",
    ),
    Mutation(
        "a notice wakes somebody in the night in which the clocks are set",
        "kiosk/notify/hours.py",
        "    if then.astimezone(rules.zone).utcoffset() == local.utcoffset():",
        "    if then:",
        "notify/test_hours.py::test_quiet_hours_that_end_while_the_clocks_go_forward_end_at_that_moment",
    ),
    Mutation(
        "a password goes over the network in clear text",
        "kiosk/settings/notices.py",
        " and not is_this_machine(mail.host):",
        " and False:",
        "test_settings.py::test_a_mail_password_goes_over_no_open_network",
    ),
    Mutation(
        "a code goes out although a further deposit has ended it",
        "kiosk/journal/notices.py",
        "        _forget_codes_in(database, event.place)\n",
        "        pass\n",
        "journal/test_notices.py::test_a_further_parcel_in_the_locker_ends_the_code_that_was_to_go_out",
    ),
    Mutation(
        "a recipient is told of a parcel that was collected",
        "kiosk/journal/notices.py",
        "    if not lies_here or ",
        "    if ",
        "journal/test_notices.py::test_nothing_is_owed_any_more_once_a_parcel_was_collected",
    ),
    Mutation(
        "two processes send the same notice",
        "kiosk/journal/notice_store.py",
        " WHERE notice_id = ? AND attempts = ?",
        " WHERE notice_id = ? AND attempts >= ?",
        "journal/test_notices.py::test_of_two_processes_that_would_send_it_one_does",
    ),
    Mutation(
        "each attempt is another message",
        "kiosk/background/notices.py",
        "group[0].message_id or uuid4().hex",
        "uuid4().hex",
        "background/test_notices.py::test_what_did_not_go_is_tried_again_as_the_same_message_later_and_later",
    ),
    Mutation(
        "a round that takes long goes on at night",
        "kiosk/background/notices.py",
        "            if not self._when.hours.allow(now):\n                return\n",
        "",
        "background/test_notices.py::test_a_round_that_lasts_ends_with_the_day_and_leaves_the_rest_as_it_was",
    ),
    Mutation(
        "a kiosk that was off takes the night for the day before",
        "kiosk/background/notices.py",
        "        now = self._clock.now()\n        when",
        "        now = self._time.now()\n        when",
        "background/test_notices.py::test_a_kiosk_that_was_off_until_night_wakes_nobody",
    ),
    Mutation(
        "a notice on its way brings back who was forgotten",
        "kiosk/journal/notice_store.py",
        "if is_owed or each.channel is Channel.PAPER or each.contact_id == notices.contact_id_of(parcel):",
        "if each:",
        "journal/test_notices.py::test_a_notice_on_its_way_to_who_was_forgotten_leaves_no_trace_of_them",
    ),
    Mutation(
        "who was told while a parcel changed hands does not hear of that",
        "kiosk/journal/notice_store.py",
        "not is_owed and _is_somebody_elses(parcel, each):",
        "False:",
        "journal/test_notices.py::test_who_is_told_while_a_parcel_becomes_somebody_elses_hears_of_that_too",
    ),
    Mutation(
        "a corrected address goes with the next import",
        "kiosk/recipients/importing.py",
        "            take_over_corrected(database)\n",
        "",
        "recipients/test_addresses.py::test_a_corrected_address_outlives_imports_that_still_have_the_wrong_one",
    ),
)
