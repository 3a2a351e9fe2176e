"""Reviews: their reasons for exclusion and their terms."""

import pytest

from evidence.errors import Invalid, NotFound
from evidence.steps.desk import Desk
from evidence.steps.review import reasons, reviews
from evidence.steps.screening import decisions, screening_preferences
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from tests.steps.screening.deciding import EX, TA, say


def test_a_reason_that_is_renamed_stays_on_the_decisions_made_with_it(
    desk: Desk, ids: list[int]
) -> None:
    reasons.replace(desk, ["Not about work", "Not adults"])
    first, second = reasons.listing(desk)
    say(desk, ids[0], EX, reason_ids=(first.id,))
    reasons.rename(desk, first.id, " Not about  paid work ")
    assert [one.label for one in reasons.listing(desk)] == ["Not about paid work", "Not adults"]
    assert [one.reason for one in decisions.own(desk, TA)] == ["Not about paid work"]
    with pytest.raises(Invalid, match="a reason of this review already"):
        reasons.rename(desk, first.id, "Not adults")
    with pytest.raises(Invalid, match="new words"):
        reasons.rename(desk, first.id, "  ")
    other = reviews.create(desk.store, desk.person_id, Draft(title="Other"))
    with pytest.raises(NotFound):
        reasons.rename(other, second.id, "Elsewhere")
    reasons.replace(desk, ["Not adults"])
    with pytest.raises(NotFound):
        reasons.rename(desk, first.id, "Gone")


def test_a_reason_or_term_that_no_index_holds_is_refused_in_words(desk: Desk) -> None:
    """PostgreSQL's index of them ends at 2,700 bytes; signs that do not repeat are not packed."""
    long = "".join(chr(0x4E00 + number) for number in range(3000))
    reasons.replace(desk, ["Not about work", long[:500]])
    kept = reasons.listing(desk)
    with pytest.raises(Invalid, match="A reason has at most 500 letters"):
        reasons.replace(desk, ["Not about work", long])
    with pytest.raises(Invalid, match="A reason has at most 500 letters"):
        reasons.rename(desk, kept[0].id, long)
    with pytest.raises(Invalid, match="A term has at most 500 letters"):
        reviews.change(desk, Draft(title="R"), [], Terms(include=(long,)))
    assert reasons.listing(desk) == kept


@pytest.mark.parametrize("pattern", ["*a*b*", "a*b*c*d", "* * *", "*" + "a*" * 200])
def test_a_term_of_many_stars_is_refused_for_the_review_and_for_oneself(
    desk: Desk, pattern: str
) -> None:
    terms = Terms(exclude=(pattern,))
    with pytest.raises(Invalid, match="at most two stars"):
        reviews.change(desk, Draft(title="R"), [], terms)
    with pytest.raises(Invalid, match="at most two stars"):
        screening_preferences.change(desk, screening_preferences.ScreeningPreferences(terms=terms))
    reviews.change(desk, Draft(title="R"), [], Terms(include=("*employ*", "beha**vior*")))


def test_there_are_not_endlessly_many_terms(desk: Desk) -> None:
    many = tuple(f"term{number}" for number in range(1001))
    with pytest.raises(Invalid, match="at most 1,000 terms"):
        reviews.change(desk, Draft(title="R"), [], Terms(include=many))


def test_a_review_that_was_changed_since_it_was_shown_is_not_overwritten(desk: Desk) -> None:
    draft = Draft(title="Work", question="What helps?", criteria=("About work",))
    shown = draft, ("Not about work",), Terms(include=("employ*",))
    reviews.change(desk, *shown)
    reviews.change(desk, draft, ["Not about work", "Theirs"], shown[2], shown=shown)
    with pytest.raises(Invalid, match="Somebody changed the review meanwhile"):
        reviews.change(desk, draft, ["Not about work", "Mine"], shown[2], shown=shown)
    assert [one.label for one in reasons.listing(desk)] == ["Not about work", "Theirs"]
