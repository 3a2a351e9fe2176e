"""What a live part is made of is told in the words of the review."""

from dataclasses import replace

from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.report.part_words import made_of, studies_behind
from tests.report.made_facts import FACTS


def test_questions_and_codes_are_named_by_their_labels() -> None:
    waiting = replace(FACTS, waiting={"not coded completely yet": ("Study 5",)})
    token = live_token("shares by country of stream=outcome")
    assert made_of(waiting, token) == (
        "Studies by a question.",
        "Counted by the question “Country”.",
        "It is about 3 of 5 studies. These are coded “Stream: Outcome evaluation”.",
    )
    assert studies_behind(live_content(FACTS, token)) == (1, 2, 4)


def test_what_cannot_be_filled_rests_on_no_study() -> None:
    token = live_token("no-such-part")
    assert made_of(FACTS, token) == ()
    assert studies_behind(live_content(FACTS, token)) == ()
    assert made_of(FACTS, live_token("number of no-such=code")) == ("A number of studies.",)
