"""A vote that its person did not cast herself never opens what another said blind."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.screening.brought_in import (
    HIDDEN,
    Obstacle,
    Standing,
    obstacle,
    obstacle_to_voucher,
)
from evidence.screening.stage_settings import Maybe, Rule, StageSettings
from evidence.screening.verdicts import ALLOWED, Stage, State, Verdict, Vote, consensus

OWNER, READER, PERSON, OTHER = 1, 2, 3, 4
FT = Stage.FULL_TEXT
verdicts = st.sampled_from([*ALLOWED[FT], Verdict.WITHDRAWN])


def vote_of(person: int, verdict: Verdict, *, resolves: bool) -> Vote:
    """As it is stored: that a report cannot be had is said for all."""
    return Vote(person, verdict, resolves=resolves or verdict is Verdict.NOT_RETRIEVED)


votes = st.lists(
    st.builds(
        vote_of,
        st.sampled_from([OWNER, READER, PERSON, OTHER]),
        verdicts,
        resolves=st.sampled_from([False, False, False, True]),
    ),
    max_size=8,
)
rules = st.builds(StageSettings, rule=st.sampled_from(Rule), maybe=st.sampled_from(Maybe))


def standing(cast: Sequence[Vote], state: State, vouched: Sequence[int] = ()) -> Standing:
    states = {Stage.TITLE_ABSTRACT: State.INCLUDE, FT: state}
    return Standing(states=states, votes=cast, vouched=vouched)


@pytest.mark.journey
@given(votes, rules, st.integers(1, 4), st.sampled_from(ALLOWED[FT]))
@settings(max_examples=3000)
def test_vouching_opens_no_vote_of_a_reader(
    cast: list[Vote], rule: StageSettings, voices: int, verdict: Verdict
) -> None:
    before = consensus(cast, rule, voices)
    way = obstacle_to_voucher(standing(cast, before), FT, PERSON, OWNER, reads=False)
    if way is not None:
        return
    after = consensus([*cast, vote_of(PERSON, verdict, resolves=False)], rule, voices)
    blind = {vote.person for vote in cast if not vote.resolves} - {OWNER, PERSON}
    assert before not in HIDDEN or after in HIDDEN or not blind


@pytest.mark.journey
@given(votes, rules, st.integers(1, 4))
@settings(max_examples=1000)
def test_who_vouches_is_allowed_no_more_than_the_person_herself(
    cast: list[Vote], rule: StageSettings, voices: int
) -> None:
    now = standing(cast, consensus(cast, rule, voices), vouched=[OTHER])
    for_her = obstacle(now, FT, PERSON)
    assert for_her is None or obstacle_to_voucher(now, FT, PERSON, OWNER, reads=False) is for_her


def test_what_came_by_the_owners_word_is_no_secret() -> None:
    cast = [Vote(OTHER, Verdict.INCLUDE)]
    for vouched, way in (((), Obstacle.BLIND), ((OTHER,), None)):
        now = standing(cast, State.OPEN, vouched)
        assert obstacle_to_voucher(now, FT, PERSON, OWNER, reads=False) is way


def test_what_the_owner_still_reads_is_left_to_that() -> None:
    now = standing([], State.OPEN)
    assert obstacle_to_voucher(now, FT, PERSON, OWNER, reads=True) is Obstacle.READING


def test_what_was_given_to_others_is_theirs_while_it_is_open() -> None:
    for state, way in ((State.OPEN, Obstacle.NOT_ASKED), (State.EXCLUDE, None)):
        states = {Stage.TITLE_ABSTRACT: State.INCLUDE, FT: state}
        now = Standing(states=states, votes=[], unasked=True)
        assert obstacle(now, FT, PERSON) is way
