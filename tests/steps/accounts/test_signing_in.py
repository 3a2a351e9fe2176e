"""Signing in on a server for teams: who comes in, by what, and how it ends everywhere at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from evidence.errors import Invalid, NotAllowed, NotFound, Unavailable
from evidence.steps.accounts import access, invitations, signing_in
from evidence.steps.accounts.signing_in import Admission
from evidence.steps.desk import Desk
from evidence.steps.review import membership, people, reviews, team
from evidence.store import Role, Store, audit
from evidence.store.accounts import administrators, sessions
from evidence.store.accounts.accounts import Identity
from evidence.store.accounts.invitations import Draft
from evidence.store.audit import AuditFilter, AuditKind
from evidence.store.review.reviews import Draft as ReviewDraft

ISSUER = "https://sign-in.example.org"
EVERYBODY = Admission(everybody=True)
INVITED = Admission()
LASTS = timedelta(days=30)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accounts") / "empty.db"
    store = Store.open(f"sqlite:///{path}")
    store.checkpoint()
    store.close()
    return path


@pytest.fixture
def server(empty: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "waymark.db"
    path.write_bytes(empty.read_bytes())
    store = Store.open(f"sqlite:///{path}", private=True)
    yield store
    store.close()


def identity(name: str, **values: Any) -> Identity:
    given: dict[str, Any] = {"issuer": ISSUER, "subject": f"id-of-{name}", "name": name, **values}
    return Identity(**given)


def come_in(store: Store, name: str, invitation: str = "") -> str:
    """Signed in as somebody; gives the secret of their browser."""
    admission = INVITED if invitation else EVERYBODY
    return signing_in.sign_in(store, identity(name), admission, lasts=LASTS, invitation=invitation)


def number(store: Store, token: str) -> int:
    session = signing_in.who_holds(store, token)
    assert session is not None
    return session.person.id


def review_of(store: Store, token: str, title: str = "Work and health") -> Desk:
    return reviews.create(store, number(store, token), ReviewDraft(title=title))


def at(desk: Desk, token: str) -> Desk:
    return replace(desk, person_id=number(desk.store, token))


def kinds(store: Store) -> list[AuditKind]:
    with store.reading_outside() as c:
        return [entry.kind for entry in audit.entries(c, AuditFilter(), limit=100)]


def test_whoever_is_admitted_gets_an_account_and_is_found_by_it_again(server: Store) -> None:
    first, second = come_in(server, "Amira"), come_in(server, "Amira")
    assert number(server, first) == number(server, second)
    assert first != second


def test_two_people_of_one_name_are_two(server: Store) -> None:
    one = come_in(server, "Amira")
    other = signing_in.sign_in(server, identity("Amira", subject="another"), EVERYBODY, lasts=LASTS)
    assert number(server, one) != number(server, other)


def test_the_same_subject_of_another_issuer_is_somebody_else(server: Store) -> None:
    one = come_in(server, "Amira")
    other = identity("Amira", issuer="https://elsewhere.example.org")
    token = signing_in.sign_in(server, other, EVERYBODY, lasts=LASTS)
    assert number(server, one) != number(server, token)


def test_who_was_not_invited_is_refused_and_that_is_in_the_audit(server: Store) -> None:
    with pytest.raises(NotAllowed, match="nobody has invited you"):
        signing_in.sign_in(server, identity("Eve"), INVITED, lasts=LASTS)
    assert kinds(server) == [AuditKind.REFUSED]
    assert people.everybody(server) == []


def test_a_domain_admits_verified_addresses_only() -> None:
    admission = Admission(domains=("york.example",))

    def admits(email: str, *, verified: bool = True) -> bool:
        return admission.admits(identity("Amira", email=email, email_is_verified=verified))

    assert admits("amira@york.example")
    assert admits("Amira@YORK.example")
    assert not admits("amira@york.example", verified=False)
    for other in ("amira@notyork.example", "york.example", "@york.example", ""):
        assert not admits(other)


@pytest.mark.parametrize("subject", ["", " ", "x" * 501])
def test_a_sign_in_without_a_subject_is_refused(server: Store, subject: str) -> None:
    with pytest.raises(Invalid):
        signing_in.sign_in(server, identity("Amira", subject=subject), EVERYBODY, lasts=LASTS)


def test_an_ended_session_is_over_everywhere_and_never_begins_again(server: Store) -> None:
    token = come_in(server, "Amira")
    signing_in.sign_out(server, token)
    assert signing_in.who_holds(server, token) is None
    again = come_in(server, "Amira")
    assert signing_in.who_holds(server, token) is None
    assert signing_in.who_holds(server, again) is not None


def test_signing_out_everywhere_ends_all_sessions_of_the_person_only(server: Store) -> None:
    amira, hers, bens = come_in(server, "Amira"), come_in(server, "Amira"), come_in(server, "Ben")
    signing_in.sign_out(server, amira, everywhere=True)
    assert signing_in.who_holds(server, amira) is None
    assert signing_in.who_holds(server, hers) is None
    assert signing_in.who_holds(server, bens) is not None


def test_signing_in_anew_ends_the_session_of_the_browser_before(server: Store) -> None:
    token = come_in(server, "Amira")
    newer = signing_in.sign_in(server, identity("Ben"), EVERYBODY, lasts=LASTS, token_before=token)
    assert signing_in.who_holds(server, token) is None
    assert signing_in.who_holds(server, newer) is not None


def test_a_session_ends_by_itself(server: Store) -> None:
    token = signing_in.sign_in(server, identity("Amira"), EVERYBODY, lasts=timedelta(seconds=-1))
    assert signing_in.who_holds(server, token) is None


def test_a_session_is_heard_of_at_most_every_few_minutes(server: Store) -> None:
    token = come_in(server, "Amira")
    seen = datetime.now(UTC) - timedelta(hours=1)
    with server.writing_outside() as c:
        sessions.hear(c, token, seen)
    signing_in.who_holds(server, token)
    after = signing_in.who_holds(server, token)
    assert after is not None
    assert after.seen_at > seen


def test_whoever_is_blocked_is_out_at_once_and_stays_out(server: Store) -> None:
    token = come_in(server, "Amira")
    with server.writing_outside() as c:
        administrators.block(c, number(server, token), datetime.now(UTC))
    assert signing_in.who_holds(server, token) is None
    with pytest.raises(NotAllowed, match="may not sign in here any more"):
        come_in(server, "Amira")


class TestReviews:
    """Reviews are private."""

    def test_a_stranger_does_not_learn_that_there_is_a_review(self, server: Store) -> None:
        desk = review_of(server, come_in(server, "Amira"))
        stranger = at(desk, come_in(server, "Eve"))
        with pytest.raises(NotFound):
            reviews.get(stranger)
        with pytest.raises(NotFound):
            membership.join(stranger)
        with pytest.raises(NotFound):
            team.take_out(stranger, desk.person_id)
        assert reviews.overviews(server, stranger.person_id) == []
        assert [each.review.id for each in reviews.overviews(server, desk.person_id)] == [
            desk.review_id
        ]

    def test_everybody_reads_the_example_and_nobody_joins_it(self, server: Store) -> None:
        maker = number(server, come_in(server, "Amira"))
        example = reviews.create(server, maker, ReviewDraft(title="Example", demonstration=True))
        stranger = at(example, come_in(server, "Ben"))
        assert reviews.get(stranger).title == "Example"
        assert len(reviews.overviews(server, stranger.person_id)) == 1
        with pytest.raises(NotAllowed, match="by invitation"):
            membership.join(stranger)

    def test_nobody_is_taken_in_by_a_name(self, server: Store) -> None:
        desk = review_of(server, come_in(server, "Amira"))
        come_in(server, "Ben")
        with pytest.raises(NotAllowed, match="by invitation"):
            team.add(desk, "Ben")

    def test_names_of_people_elsewhere_are_not_told(self, server: Store) -> None:
        desk = review_of(server, come_in(server, "Amira"))
        come_in(server, "Ben")
        assert [person.name for person in people.known(desk)] == ["Amira"]


class TestInvitations:
    """Access by a link."""

    @pytest.mark.parametrize("role", list(Role))
    def test_gives_the_role_that_it_names_once(self, server: Store, role: Role) -> None:
        desk = review_of(server, come_in(server, "Amira"))
        link = invitations.invite(desk, Draft(for_whom="Ben", role=role))
        ben = at(desk, come_in(server, "Ben", link))
        assert membership.standing(ben).role is role
        with pytest.raises(NotAllowed, match="does not work"):
            come_in(server, "Eve", link)
        assert kinds(server)[0] is AuditKind.REFUSED

    def test_does_not_lower_what_somebody_may_do(self, server: Store) -> None:
        token = come_in(server, "Amira")
        desk = review_of(server, token)
        come_in(server, "Amira", invitations.invite(desk, Draft(for_whom="me", role=Role.READER)))
        assert membership.standing(desk).role is Role.OWNER

    def test_withdrawn_or_over_lets_nobody_in(self, server: Store) -> None:
        desk = review_of(server, come_in(server, "Amira"))
        link = invitations.invite(desk, Draft(for_whom="Ben"))
        (open_one,) = invitations.of_review(desk)
        assert invitations.withdraw(desk, open_one.id)
        assert invitations.opened(server, link) is None
        with pytest.raises(NotAllowed, match="does not work"):
            come_in(server, "Ben", link)
        assert not invitations.withdraw(desk, open_one.id)

    def test_only_owners_invite(self, server: Store) -> None:
        desk = review_of(server, come_in(server, "Amira"))
        link = invitations.invite(desk, Draft(for_whom="Ben", role=Role.EDITOR))
        ben = at(desk, come_in(server, "Ben", link))
        with pytest.raises(NotAllowed, match="needs an owner"):
            invitations.invite(ben, Draft(for_whom="Eve", role=Role.OWNER))
        with pytest.raises(NotAllowed, match="needs an owner"):
            invitations.of_review(ben)

    def test_cannot_be_withdrawn_from_another_review(self, server: Store) -> None:
        desk = review_of(server, come_in(server, "Amira"))
        other = review_of(server, come_in(server, "Eve"), "Another")
        invitations.invite(desk, Draft(for_whom="Ben"))
        (open_one,) = invitations.of_review(desk)
        assert not invitations.withdraw(other, open_one.id)

    @pytest.mark.parametrize(("name", "days"), [("", 14), ("x" * 201, 14), ("B", 0), ("B", 91)])
    def test_that_cannot_be_is_refused(self, server: Store, name: str, days: int) -> None:
        desk = review_of(server, come_in(server, "Amira"))
        with pytest.raises(Invalid):
            invitations.invite(desk, Draft(for_whom=name), days=days)

    def test_to_the_server_is_for_whoever_looks_after_it(self, server: Store) -> None:
        link = invitations.invite_to_server(
            server, None, Draft(for_whom="Amira", makes_administrator=True)
        )
        amira = number(server, come_in(server, "Amira", link))
        assert invitations.to_server(server, amira) == []
        invitations.invite_to_server(server, amira, Draft(for_whom="Ben"))
        (waiting,) = invitations.to_server(server, amira)
        assert waiting.draft.for_whom == "Ben"
        eve = number(server, come_in(server, "Eve"))
        for act in (
            partial(invitations.invite_to_server, server, eve, Draft(for_whom="Eve")),
            partial(invitations.to_server, server, eve),
            partial(invitations.withdraw_from_server, server, eve, 1),
        ):
            with pytest.raises(NotAllowed, match="looks after this server"):
                act()

    def test_an_administrator_sees_no_review_by_that(self, server: Store) -> None:
        desk = review_of(server, come_in(server, "Amira"))
        link = invitations.invite_to_server(
            server, None, Draft(for_whom="Ben", makes_administrator=True)
        )
        ben = at(desk, come_in(server, "Ben", link))
        with pytest.raises(NotFound):
            reviews.get(ben)
        assert reviews.overviews(server, ben.person_id) == []


class TestTakingOver:
    """The work of a name of one's own machine becomes an account's."""

    @pytest.fixture
    def desk(self, server: Store) -> Desk:
        """A review that Amira made on her own machine, with Ben in its team; she has an account."""
        server.private = False
        amira = people.named(server, "Amira")
        desk = reviews.create(server, amira.id, ReviewDraft(title="From before"))
        team.add(desk, "Amira")
        team.add(desk, "Ben")
        server.private = True
        link = invitations.invite_to_server(
            server, None, Draft(for_whom="Amira", as_person=amira.id)
        )
        come_in(server, "Amira of York", link)
        return desk

    def test_by_an_owner_one_by_one(self, server: Store, desk: Desk) -> None:
        names = {each.name: each.person_id for each in access.listing(desk)}
        link = invitations.invite(desk, Draft(for_whom="Ben", as_person=names["Ben"]))
        assert number(server, come_in(server, "Benjamin", link)) == names["Ben"]
        assert membership.standing(replace(desk, person_id=names["Ben"])).role is Role.EDITOR

    def test_never_by_the_name_alone(self, server: Store, desk: Desk) -> None:
        ben = at(desk, come_in(server, "Ben"))
        with pytest.raises(NotFound):
            reviews.get(ben)

    def test_not_where_the_name_worked_on_a_review_of_others(
        self, server: Store, desk: Desk
    ) -> None:
        server.private = False
        eve = people.named(server, "Eve")
        other = reviews.create(server, eve.id, ReviewDraft(title="Of Eve"))
        team.add(other, "Eve")
        team.add(other, "Ben")
        server.private = True
        names = {each.name: each.person_id for each in access.listing(desk)}
        with pytest.raises(NotAllowed, match="other reviews"):
            invitations.invite(desk, Draft(for_whom="Ben", as_person=names["Ben"]))

    def test_not_of_somebody_who_has_an_account(self, desk: Desk) -> None:
        with pytest.raises(NotAllowed, match="has an account already"):
            invitations.invite(desk, Draft(for_whom="Amira", as_person=desk.person_id))

    def test_not_of_somebody_of_another_review(self, server: Store, desk: Desk) -> None:
        stranger = number(server, come_in(server, "Eve"))
        with pytest.raises(Invalid, match="Nobody of that number"):
            invitations.invite(desk, Draft(for_whom="Eve", as_person=stranger))

    def test_not_by_an_account_that_is_somebody_else(self, server: Store, desk: Desk) -> None:
        names = {each.name: each.person_id for each in access.listing(desk)}
        link = invitations.invite(desk, Draft(for_whom="Ben", as_person=names["Ben"]))
        come_in(server, "Eve")
        with pytest.raises(NotAllowed, match="under another name"):
            come_in(server, "Eve", link)
        assert invitations.opened(server, link) is not None


class TestOwners:
    """There is always one."""

    @pytest.fixture
    def two(self, server: Store) -> tuple[Desk, Desk]:
        desk = review_of(server, come_in(server, "Amira"))
        link = invitations.invite(desk, Draft(for_whom="Ben", role=Role.OWNER))
        return desk, at(desk, come_in(server, "Ben", link))

    def test_of_two_who_remove_each_other_the_second_is_refused(
        self, two: tuple[Desk, Desk]
    ) -> None:
        amira, ben = two
        team.take_out(amira, ben.person_id)
        with pytest.raises(NotFound):
            team.take_out(ben, amira.person_id)
        assert [each.name for each in access.listing(amira)] == ["Amira"]

    def test_the_last_one_neither_leaves_nor_steps_down(self, two: tuple[Desk, Desk]) -> None:
        amira, ben = two
        access.change_role(ben, ben.person_id, Role.REVIEWER)
        for act in (
            partial(team.take_out, amira, amira.person_id),
            partial(access.change_role, amira, amira.person_id, Role.READER),
        ):
            with pytest.raises(NotAllowed, match="Nobody would own"):
                act()

    def test_whoever_made_the_review_can_leave_it_to_another_owner(
        self, two: tuple[Desk, Desk]
    ) -> None:
        amira, ben = two
        team.take_out(amira, amira.person_id)
        with pytest.raises(NotFound):
            reviews.get(amira)
        assert [(each.name, each.role) for each in access.listing(ben)] == [("Ben", Role.OWNER)]
        team.take_back(ben, amira.person_id)
        assert membership.standing(amira).role is Role.OWNER

    def test_a_role_that_was_taken_away_ends_the_act_in_words(self, two: tuple[Desk, Desk]) -> None:
        amira, ben = two
        access.change_role(amira, ben.person_id, Role.READER)
        with pytest.raises(NotAllowed, match="Ben is a reader of this review"):
            access.change_role(ben, amira.person_id, Role.READER)
        assert AuditKind.ROLE_CHANGED in kinds(amira.store)


class TestArbiters:
    """Who ends conflicts."""

    def test_is_a_reviewer_at_least(self, server: Store) -> None:
        desk = review_of(server, come_in(server, "Amira"))
        link = invitations.invite(desk, Draft(for_whom="Ben", role=Role.READER))
        ben = at(desk, come_in(server, "Ben", link))
        with pytest.raises(NotAllowed, match="reviewer at least"):
            access.change_arbiter(desk, ben.person_id, is_arbiter=True)
        access.change_role(desk, ben.person_id, Role.REVIEWER)
        access.change_arbiter(desk, ben.person_id, is_arbiter=True)
        assert [each.is_arbiter for each in access.listing(desk)] == [False, True]
        access.change_role(desk, ben.person_id, Role.READER)
        assert [each.is_arbiter for each in access.listing(desk)] == [False, False]


def test_who_was_taken_out_does_not_come_back_by_an_invitation_they_kept(server: Store) -> None:
    amira, ben = come_in(server, "Amira"), come_in(server, "Ben")
    desk = review_of(server, amira)
    link = invitations.invite(desk, Draft(for_whom="Ben", role=Role.OWNER))
    signing_in.take_up(server, ben, link)
    kept = invitations.invite(at(desk, ben), Draft(for_whom="Eve", role=Role.OWNER))
    team.take_out(desk, number(server, ben))
    for token in (ben, come_in(server, "Eve")):
        with pytest.raises(NotAllowed, match="may not invite"):
            signing_in.take_up(server, token, kept)
    with pytest.raises(NotFound):
        reviews.get(at(desk, ben))


def test_an_administrator_who_was_blocked_does_not_come_back_by_an_invitation(
    server: Store,
) -> None:
    amira = come_in(server, "Amira")
    with server.writing_outside() as c:
        administrators.make(c, number(server, amira))
    draft = Draft(for_whom="themselves", makes_administrator=True)
    kept = invitations.invite_to_server(server, number(server, amira), draft)
    with server.writing_outside() as c:
        administrators.block(c, number(server, amira), datetime.now(UTC))
    with pytest.raises(NotAllowed, match="may not invite"):
        come_in(server, "Amira again", kept)


def test_a_full_disk_keeps_nobody_from_reading(
    server: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = come_in(server, "Amira")

    def full(*_args: object) -> None:
        raise Unavailable("The disk is full.")

    monkeypatch.setattr(sessions, "hear", full)
    monkeypatch.setattr(signing_in, "HEARD_EVERY", timedelta(seconds=-1))
    assert signing_in.who_holds(server, token) is not None
