"""A new version of a scheme says what it touches before it is kept, and drops no answer."""

import re
from dataclasses import replace

import pytest

from evidence.coding import scheme_edits
from evidence.coding.answers import Answer
from evidence.coding.scheme import Scheme
from evidence.coding.scheme_edits import Node, Way
from evidence.coding.scheme_fields import set_field
from evidence.errors import Invalid, NotFound
from evidence.steps.coding import coding, scheme_versions, schemes
from evidence.steps.desk import Desk
from tests.steps.coding.test_coding import SCHEME, finding, study_id
from tests.steps.conftest import take_newest

__all__ = ["study_id"]
IPS = Node(question="service", option="ips")


def scheme_of(desk: Desk) -> tuple[Scheme, int]:
    """The scheme now, and its version."""
    (taken,) = schemes.taken(desk)
    return taken.scheme, taken.version.id


def told(desk: Desk, scheme: Scheme) -> list[str]:
    """What a new version touches, sentence by sentence."""
    lines = " ".join(scheme_versions.preview(desk, scheme))
    return re.split(r"(?<=\.) (?=[A-Z1-9])", lines)


def test_what_is_touched_is_told_in_sentences_and_nothing_is_kept(
    desk: Desk, study_id: int
) -> None:
    coding.set_answer(desk, study_id, Answer(question="service", codes=("ips",)))
    coding.set_answer(desk, study_id, Answer(question="people", value="143"))
    coding.put_finding(desk, study_id, finding())
    now, _ = scheme_of(desk)
    merged = scheme_edits.merge(now, "service", "ips", "clubhouse")
    stay = "stay as they were given, and count as “Clubhouse” from then on"
    assert told(desk, merged) == [
        "The code “IPS” of “Which service?” is merged into “Clubhouse”.",
        f"1 answer and 1 finding in 1 study {stay}.",
    ]
    without = scheme_edits.retire(now, Node(question="people"))
    assert told(desk, without) == [
        "The question “How many people?” is retired.",
        "1 answer in 1 study stays as “no longer in the scheme”, and out of maps and tables.",
    ]
    renamed = set_field(now, Node(question="outcome-of", option="hope"), "label", "Hopefulness")
    renamed = scheme_edits.add_option(renamed, "stream", "Both")
    renamed = set_field(renamed, Node(question="people"), "help", "At the start")
    assert told(desk, renamed) == [
        "The code “Both” of “Which stream?” is added.",
        "The question “How many people?”: help was nothing, and is At the start from now.",
        "1 answer in 1 study stays under it.",
        "The code “Hope” of “Which outcome?” is called “Hopefulness” from now.",
        "1 finding in 1 study stays under it.",
    ]
    moved = scheme_edits.move(now, IPS, Way.DOWN)
    (up_or_down, concerns) = told(desk, moved)
    assert up_or_down.endswith("moves up or down.")
    assert concerns == "1 answer and 1 finding in 1 study stay under it."
    unused = scheme_edits.retire(now, Node(question="stream", option="outcome"))
    assert told(desk, unused) == [
        "The code “Outcome study” of “Which stream?” is retired.",
        "Nothing is coded with it.",
    ]
    assert [version.number for version in schemes.versions(desk, 1)] == [1]


def test_ids_stand_only_where_names_do_not_tell_apart(desk: Desk, study_id: int) -> None:
    now, _ = scheme_of(desk)
    hope = Node(question="outcome-of", option="hope")
    asked = set_field(now, Node(question="component"), "when", "")
    waits = "was shown where Which stream? is Process study, and is always shown from now."
    assert told(desk, asked)[0] == f"The question “Which component?” {waits}"
    alike = scheme_edits.add_option(now, "stream", "Process study")
    assert told(desk, alike) == [
        "The code “Process study” of “Which stream?” (stream: process-study) is added."
    ]
    twice = set_field(now, Node(question="people"), "text", "Which stream?")
    assert told(desk, twice) == [
        "The question “How many people?” (people) is called “Which stream?” from now."
    ]
    other_id = scheme_edits.retire(scheme_edits.add_option(now, "outcome-of", "Hope"), hope)
    retired, _unused, added = told(desk, other_id)
    assert retired == "The code “Hope” of “Which outcome?” (outcome-of: hope) is retired."
    assert added.startswith("The code “Hope” of “Which outcome?” (outcome-of: hope-")


def test_no_name_turns_its_sentence_round_or_fills_the_page(desk: Desk, study_id: int) -> None:
    now, _ = scheme_of(desk)
    people = Node(question="people")
    turned = set_field(now, people, "text", "\u202eWho?\u2067")
    assert told(desk, turned)[0].endswith("is called “Who?” from now.")
    long = set_field(now, people, "help", "word " * 700)
    (sentence,) = scheme_versions.preview(desk, long)
    assert len(sentence) < 500
    asked = set_field(now, people, "required", "yes")
    assert "required was no, and is yes from now." in told(desk, asked)[0] + told(desk, asked)[-1]


def test_a_version_is_kept_once_and_no_answer_is_dropped(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="service", codes=("ips", "clubhouse")))
    coding.put_finding(desk, study_id, finding())
    before = coding.sheet(desk, study_id)
    now, seen = scheme_of(desk)
    changed = scheme_edits.merge(now, "service", "ips", "clubhouse")
    changed = scheme_edits.retire(changed, Node(question="people"))
    changed = replace(changed, version=scheme_edits.next_version(now.version, [now.version]))
    scheme_versions.keep(desk, changed, 1, seen)
    after = coding.sheet(desk, study_id)
    assert (after.rows, after.findings) == (before.rows, before.findings)
    assert after.answers == (Answer(question="service", codes=("clubhouse",)),)
    assert after.scheme == changed
    assert [version.version for version in schemes.versions(desk, 1)] == ["2", "1"]
    assert {("people", ""), ("service", "ips")} <= schemes.used_places(desk, 1)


def test_a_version_that_another_person_kept_meanwhile_is_not_passed_over(
    desk: Desk, study_id: int
) -> None:
    now, seen = scheme_of(desk)
    take_newest(desk, SCHEME.replace("label: Hope", "label: Hopefulness"), "small.yaml")
    moved = scheme_edits.move(now, IPS, Way.DOWN)
    with pytest.raises(Invalid, match="meanwhile"):
        scheme_versions.keep(desk, moved, 1, seen)
    assert len(schemes.versions(desk, 1)) == 2


def test_the_same_again_is_no_version(desk: Desk, study_id: int) -> None:
    now, seen = scheme_of(desk)
    with pytest.raises(Invalid, match="Nothing is changed"):
        scheme_versions.keep(desk, replace(now, version="2"), 1, seen)
    with pytest.raises(NotFound):
        scheme_versions.keep(desk, now, 9, seen)
