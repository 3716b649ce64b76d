"""Promises about paper: what is printed can be read, and a printer that hangs holds nobody up."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a printer that hangs holds the event loop",
        "kiosk/printing/door.py",
        'threading.Thread(target=run, name="printer", daemon=True).start()',
        "run()",
        "printing/test_door.py::test_a_network_printer_that_takes_nothing_never_holds_the_event_loop",
    ),
    Mutation(
        "a program waits at its end for a printer that hangs",
        "kiosk/printing/door.py",
        "daemon=True",
        "daemon=False",
        "printing/test_door.py::test_a_program_ends_although_its_printer_hangs",
    ),
    Mutation(
        "a printer that ran out of paper midway counts as one that printed",
        "kiosk/printing/network.py",
        "                _refuse_end(read_status(connection, job.ends_at), job)\n",
        "                pass\n",
        "printing/test_network.py::test_after_that_paper_may_have_come_out",
    ),
    Mutation(
        "a printer that takes nothing counts as one that took all",
        "kiosk/printing/network.py",
        "        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)\n",
        "",
        "printing/test_network.py::test_a_printer_that_takes_nothing_is_stuck",
    ),
    Mutation(
        "bars are printed that are too narrow to be read",
        "kiosk/printing/drawing.py",
        "if wide < _LEAST_BAR:",
        "if wide < 1:",
        "printing/test_drawing.py::test_a_number_is_bars_where_they_can_be_read_and_else_a_qr_code",
    ),
    Mutation(
        "a long name runs over the edge of the paper",
        "kiosk/printing/typesetting.py",
        "wrapped(text, lambda line: self._line(line, size).width <= room)",
        "wrapped(text, lambda line: True)",
        "printing/test_drawing.py::test_names_of_any_script_are_drawn_whole",
    ),
    Mutation(
        "a value of the slip shows the code",
        "kiosk/printing/papers.py",
        "code = () if slip.code is None else (Code(slip.code), Qr(slip.code))",
        "code = () if slip.code is None else (Big(slip.code.get_secret_value()), Qr(slip.code))",
        "printing/test_drawing.py::test_no_value_shows_the_code",
    ),
    Mutation(
        "a slip that a killed kiosk may have printed comes again as if it were the first",
        "kiosk/journal/notice_store.py",
        "attempts = attempts + 1, cause = NULL",
        "attempts = attempts + 1",
        "background/test_paper.py::test_one_that_had_failed_and_was_begun_by_a_kiosk_that_died_is_a_copy",
    ),
    Mutation(
        "what broke off once is forgotten as soon as something else fails",
        "kiosk/background/paper.py",
        "(_may_be_out(each) or (each is first and _broke_off(error)))",
        "(each is first and _broke_off(error))",
        "background/test_paper.py::test_what_broke_off_is_a_copy_whatever_happens_before_it_is_printed",
    ),
    Mutation(
        "a slip is printed although its code is void",
        "kiosk/background/paper.py",
        "if begun.code is None and bears_code(begun.kind, begun.parcel):",
        "if False:",
        "background/test_paper.py::test_a_code_that_was_ended_is_printed_by_nobody",
    ),
    Mutation(
        "what this process owes waits for the next look",
        "kiosk/journal/store.py",
        "        if owes_more:\n",
        "        if False:\n",
        "background/test_paper.py::test_a_deposit_prints_its_slip_with_the_code_and_leaves_no_copy_of_it",
    ),
    Mutation(
        "a printer that does not print is tried for every slip that waits",
        "kiosk/background/paper.py",
        "due[at:], error))\n                break\n",
        "due[at:], error))\n",
        "background/test_paper.py::test_without_paper_all_waits_and_is_tried_again_ever_more_rarely",
    ),
    Mutation(
        "a desk without a printer offers to print",
        "screens/clerk/code.py",
        "if action is PRINT_SLIP and not self._printing.offers(states.NoticeKind.SLIP):",
        "if False:",
        "screens/clerk/test_printing.py::test_without_a_printer_no_screen_speaks_of_printing",
    ),
)
