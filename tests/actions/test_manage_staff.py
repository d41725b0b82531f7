"""Who gets in, how often one may guess, and what an invitation is good for."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from feedback.actions.errors import InvitationOver, NotAllowed, Refusal, TooManyAttempts
from feedback.actions.manage_staff import (
    ACCOUNTS_AN_ADDRESS,
    GUESSING_WINDOW,
    INVITATION_LASTS,
    NewUser,
    accept_invitation,
    add_user,
    invite,
    log_in,
    log_out,
    open_invitation,
)
from feedback.actions.secrets import token_hash
from feedback.store.staff import Invitation, Login, Role, User, has_administrator, login_by_hash
from tests.make import NOW, PASSWORD

EVA = "eva@karlskoga.example"
HOME, CAFE = "a" * 32, "b" * 32
GUESSES = 3


def eva(session: Session, password: str = PASSWORD) -> User:
    return add_user(session, NewUser(EVA, "Eva", password, Role.DECIDER))


def enter(
    session: Session,
    password: str = PASSWORD,
    *,
    email: str = EVA,
    address: str = HOME,
    later: timedelta = timedelta(0),
) -> str | None:
    return log_in(
        session, email=email, password=password, address_key=address, guesses=GUESSES, hours=10, now=NOW + later
    )  # fmt: skip


def accept(session: Session, token: str, email: str = EVA, later: timedelta = timedelta(0)) -> User:
    return accept_invitation(session, token, email=email, name="Eva", password=PASSWORD, now=NOW + later)


def test_the_right_password_gives_a_login_that_ends(session: Session) -> None:
    user = eva(session)
    token = enter(session)
    assert token
    session.flush()
    found = login_by_hash(session, token_hash(token), NOW + timedelta(hours=9, minutes=59))
    assert found
    assert found.user is user
    assert login_by_hash(session, token_hash(token), NOW + timedelta(hours=10)) is None


def test_neither_password_nor_token_is_stored(session: Session) -> None:
    eva(session)
    token = enter(session) or ""
    session.flush()
    stored = [
        str(value)
        for table in (User, Login)
        for row in session.execute(select(table.__table__))
        for value in row
    ]
    assert PASSWORD not in " ".join(stored)
    assert token not in " ".join(stored)
    assert any(value.startswith("$argon2id$") for value in stored)


def test_after_logging_out_the_token_is_worth_nothing(session: Session) -> None:
    eva(session)
    token = enter(session) or ""
    log_out(session, token)
    session.flush()
    assert login_by_hash(session, token_hash(token), NOW) is None
    log_out(session, "no such token")


def test_who_is_no_longer_active_gets_in_no_more(session: Session) -> None:
    user = eva(session)
    token = enter(session) or ""
    user.active = False
    session.flush()
    assert login_by_hash(session, token_hash(token), NOW) is None
    assert enter(session) is None


def test_the_address_may_be_written_in_any_case(session: Session) -> None:
    eva(session)
    assert enter(session, email=f"  {EVA.upper()} ")


def test_a_password_is_its_letters_however_the_keyboard_makes_them(session: Session) -> None:
    composed = unicodedata.normalize("NFC", "på åker och äng")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    eva(session, composed)
    assert enter(session, decomposed)
    assert enter(session, composed.replace("å", "a")) is None


def test_guessing_locks_out_the_guesser_and_nobody_else(session: Session) -> None:
    eva(session)
    for _ in range(GUESSES):
        assert enter(session, "fel", address=CAFE) is None
    with pytest.raises(TooManyAttempts):
        enter(session, address=CAFE)
    assert enter(session, address=HOME), "Eva at home does not notice"
    assert enter(session, "fel", email="any@body.example", address=CAFE) is None, "nor does another account"


def test_the_guesser_may_try_again_after_a_while(session: Session) -> None:
    eva(session)
    for _ in range(GUESSES):
        enter(session, "fel")
    with pytest.raises(TooManyAttempts):
        enter(session, later=GUESSING_WINDOW - timedelta(seconds=1))
    assert enter(session, later=GUESSING_WINDOW)


def test_guessing_at_an_address_that_has_no_account_is_counted_too(session: Session) -> None:
    for _ in range(GUESSES):
        assert enter(session, "fel", email="nobody@example.se") is None
    with pytest.raises(TooManyAttempts):
        enter(session, "fel", email="nobody@example.se")


def test_an_invitation_makes_the_user_it_was_meant_for(session: Session) -> None:
    token = invite(session, Role.DECIDER, now=NOW, organisation="police", municipality="degerfors")
    user = accept(session, token)
    assert (user.role, user.organisation, user.municipality) == (Role.DECIDER, "police", "degerfors")
    assert enter(session)


def test_an_invitation_is_good_for_one(session: Session) -> None:
    token = invite(session, Role.ADMINISTRATOR, now=NOW)
    accept(session, token)
    with pytest.raises(InvitationOver):
        accept(session, token, "another@example.se")
    with pytest.raises(InvitationOver):
        open_invitation(session, token, NOW)


def test_an_invitation_ends(session: Session) -> None:
    token = invite(session, Role.REVIEWER, now=NOW)
    assert open_invitation(session, token, NOW + INVITATION_LASTS - timedelta(seconds=1))
    with pytest.raises(InvitationOver):
        accept(session, token, later=INVITATION_LASTS)


@pytest.mark.parametrize("token", ["", "x", "å" * 500, "\x00"])
def test_a_made_up_invitation_is_over(session: Session, token: str) -> None:
    with pytest.raises(InvitationOver):
        open_invitation(session, token, NOW)


def test_an_invitation_is_not_used_up_by_an_address_that_is_taken(session: Session) -> None:
    eva(session)
    token = invite(session, Role.REVIEWER, now=NOW)
    with pytest.raises(NotAllowed, match=Refusal.EMAIL_TAKEN):
        accept(session, token, f" {EVA.title()}")
    assert accept(session, token, "bo@example.se")


def test_two_who_open_the_same_invitation_at_once_become_one_user(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        token = invite(session, Role.ADMINISTRATOR, now=NOW)
    together = Barrier(2)

    def open_it(number: int) -> bool:
        with Session(engine) as session:
            together.wait()
            try:
                accept(session, token, f"person{number}@example.se")
            except InvitationOver:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(open_it, range(2))) == [False, True]
    with Session(engine) as session:
        assert len(session.scalars(select(User)).all()) == 1
        assert has_administrator(session)


def test_only_an_active_administrator_counts_as_one(session: Session) -> None:
    assert not has_administrator(session)
    user = add_user(session, NewUser(EVA, "Eva", PASSWORD, Role.ADMINISTRATOR))
    assert has_administrator(session)
    user.active = False
    session.flush()
    assert not has_administrator(session)


def test_only_a_hash_of_an_invitation_is_stored(session: Session) -> None:
    token = invite(session, Role.REVIEWER, now=NOW)
    session.flush()
    assert token not in str(session.execute(select(Invitation.__table__)).one())


def test_one_password_cannot_be_tried_on_everybody(session: Session) -> None:
    eva(session)
    for number in range(GUESSES * ACCOUNTS_AN_ADDRESS):
        assert enter(session, "sommar2026 sommar2026", email=f"person{number}@karlskoga.example") is None
    with pytest.raises(TooManyAttempts):
        enter(session)
    assert enter(session, address=CAFE), "everybody else still gets in"
