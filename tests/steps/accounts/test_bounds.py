"""Bounds per person on a server for teams: clear words at each, and none on one's own machine."""

import pytest

from evidence.errors import Invalid
from evidence.settings import Settings
from evidence.steps.accounts import access, invitations, signing_in
from evidence.steps.desk import Desk
from evidence.steps.records.importing import uploads
from evidence.steps.review import reviews
from evidence.steps.screening import full_texts
from evidence.store import Role, Store
from evidence.store.accounts.invitations import Draft
from evidence.store.review.reviews import Draft as ReviewDraft
from tests.steps.accounts.test_signing_in import at, come_in, empty, number, review_of, server
from tests.steps.prepared import PDF, ris

__all__ = ["empty", "server"]


@pytest.fixture
def amira(server: Store) -> Desk:
    return review_of(server, come_in(server, "Amira"))


def test_with_one_browser_too_many_the_oldest_is_signed_out(
    server: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_MOST_SESSIONS", "2")
    bens = come_in(server, "Ben")
    tokens = [come_in(server, "Amira") for _ in range(3)]
    goes_on = [signing_in.who_holds(server, token) is not None for token in [bens, *tokens]]
    assert goes_on == [True, False, True, True]


def test_one_review_too_many_is_refused_until_somebody_else_owns_one(
    server: Store, amira: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_MOST_REVIEWS", "1")
    with pytest.raises(Invalid, match="You own 1 reviews, as many"):
        reviews.create(server, amira.person_id, ReviewDraft(title="Another"))
    link = invitations.invite(amira, Draft(for_whom="Ben", role=Role.OWNER))
    ben = at(amira, come_in(server, "Ben", link))
    access.change_role(ben, amira.person_id, Role.EDITOR)
    reviews.create(server, amira.person_id, ReviewDraft(title="Another"))
    monkeypatch.setenv("WAYMARK_MOST_REVIEWS", "0")
    reviews.create(server, number(server, come_in(server, "Ben")), ReviewDraft(title="A third"))


def test_one_file_too_many_that_is_not_imported_is_refused(server: Store, amira: Desk) -> None:
    settings = Settings(most_uploads=1)
    uploads.add_all(amira, "a.ris", ris("Work"), settings)
    with pytest.raises(Invalid, match="There are 1 files that you read in"):
        uploads.add_all(amira, "b.ris", ris("Health"), settings)
    uploads.add_all(amira, "b.ris", ris("Health"), Settings(most_uploads=0))


def test_a_full_text_that_has_no_room_is_refused(
    server: Store, amira: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_texts, "MEGABYTE", len(PDF) - 1)
    monkeypatch.setenv("WAYMARK_FULL_TEXTS_MB", "1")
    with pytest.raises(Invalid, match="more than the 1 MB"):
        full_texts.add(amira, 1, "a.pdf", PDF)
    (filed,) = full_texts.file_by_name(amira, [("a.pdf", PDF)])
    assert "more than the 1 MB" in filed.problem
