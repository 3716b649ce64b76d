"""Sessions over a real sshd: one is ended from another one, one too many is not let in, a key stands on one line."""

from __future__ import annotations

from tests.e2e.ssh_house import House, needs_sshd, opened

pytestmark = needs_sshd


def test_a_session_is_ended_from_another_one_and_told_by_whom_and_why(house: House) -> None:
    with house.ssh.login(house.ssh.let_in("ben")) as bens:
        opened(bens)
        with house.ssh.login(house.ssh.let_in("ana")) as anas:
            opened(anas)
            anas.type_by_hand("7")
            anas.wait("7 Sessions", "ben", "this one")
            anas.type_by_hand("e")
            anas.wait("End the session of ben")
            anas.type_by_hand("gone home\r")
            bens.wait("ana ended this session: gone home")
            assert bens.end() == 0
            anas.wait("The session of ben was ended.")
            anas.type("q")
            assert anas.end() == 0
    kinds = house.told()
    assert kinds.index(("ana", "session_ended")) < kinds.index(("ben", "operator_logged_out"))


def test_one_session_too_many_is_not_let_in(house: House) -> None:
    house.config.write_text(f"[console]\nmost_sessions = 1\n{house.config.read_text('utf-8')}", "utf-8")
    ana = house.ssh.let_in("ana")
    with house.ssh.login(ana) as first:
        opened(first)
        with house.ssh.login(ana) as second:
            second.wait("One session too many")
            assert second.end() == 1
        first.type("q")
        assert first.end() == 0
    assert ("ana", "operator_refused") in house.told()


def test_a_key_on_two_lines_lets_nobody_in(house: House) -> None:
    key = house.ssh.let_in("ana")
    public = key.with_suffix(".pub").read_text("utf-8").split()[1]
    house.ssh.let_in("ben", line=f"restrict,pty ssh-ed25519 {public} ben\nrestrict ssh-ed25519 PUBLIC-KEY ben")
    result = house.ssh.run(key, "127.0.0.1", "report")
    assert (result.returncode, result.stdout) == (1, "")
    assert "no key with a name" in result.stderr
    assert house.events() == []
