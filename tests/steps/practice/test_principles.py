"""Principles are entered, brought, changed and linked; what nobody saw is not written over."""

from dataclasses import replace

import pytest

from evidence.errors import Invalid
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.practice import principles
from evidence.steps.practice.principles import new_uid
from evidence.steps.results.concluding import conclusions
from evidence.synthesis.conclusions.conclusion import Conclusion
from evidence.synthesis.principles.edits import with_principle, without_principle
from evidence.synthesis.principles.links import LinkKind, PrincipleLink
from evidence.synthesis.principles.principle_set import (
    Principle,
    PrincipleName,
    PrincipleSet,
    PrincipleVersion,
)
from tests.steps.coding.test_coding import study_id
from tests.steps.conftest import enter

__all__ = ["study_id"]
OLD, NEW = PrincipleName(version="a", number="1"), PrincipleName(version="b", number="1")
SCALE = "supported-employment-fidelity-25"


def added(desk: Desk, title: str = "Rules of the house") -> PrincipleSet:
    versions = (
        PrincipleVersion(
            name="a",
            source="A leaflet",
            grades=("strong",),
            principles=(Principle(number="1", text="Be kind", grade="strong"),),
        ),
        PrincipleVersion(name="b", principles=(Principle(number="1", text="Be kinder"),)),
    )
    given = PrincipleSet(uid=new_uid(), title=title, versions=versions, pairs=((OLD, NEW),))
    principles.add(desk, given)
    return given


def item(number: int, principle: PrincipleName = OLD, note: str = "") -> PrincipleLink:
    ids = (SCALE, f"fidelity-{number:02}")
    return PrincipleLink(principle=principle, kind=LinkKind.ITEM, ids=ids, note=note)


def test_a_set_is_added_changed_taken_away_and_brought_back(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    given = added(desk)
    principles.add(desk, given)  # sent twice
    with pytest.raises(Invalid, match="already"):
        added(desk, "rules of the HOUSE")
    changed = replace(given, title="House rules")
    principles.change(bens_desk, changed, given)
    with pytest.raises(Invalid, match="meanwhile"):
        principles.change(desk, replace(given, title="Mine"), given)
    with pytest.raises(Invalid, match="meanwhile"):
        principles.remove(desk, given)
    principles.remove(desk, changed)
    assert principles.listing(desk) == ()
    principles.bring_back(desk, given.uid)
    assert principles.listing(desk)[0].principles == changed
    assert [each.is_removed for each in principles.history(desk)] == [False, True, False, False]


def test_links_lead_to_studies_items_and_statements_and_back(desk: Desk, study_id: int) -> None:
    given = added(desk)
    said = Conclusion(uid=conclusions.new_uid(), text="Be kind to people.")
    conclusions.add(desk, said)
    study = PrincipleLink(principle=OLD, kind=LinkKind.STUDY, ids=(str(study_id),))
    statement = PrincipleLink(principle=NEW, kind=LinkKind.STATEMENT, ids=(said.uid,), note="so")
    links = [study, statement, item(9)]
    principles.link(desk, given.uid, links, ())
    (line,) = principles.listing(desk)
    assert set(line.links) == set(links)
    assert line.label(item(9)).endswith("Zero exclusion criteria")
    assert line.label(statement) == "Be kind to people."
    assert principles.by_study(desk) == {study_id: ["Rules of the house, a/1: Be kind (strong)"]}
    assert principles.by_statement(desk) == {
        said.uid: ["Rules of the house, b/1: Be kinder (not graded by the source)"]
    }
    conclusions.remove(desk, said)
    (line,) = principles.listing(desk)
    assert line.label(statement) == "a statement that is not there any more"


def test_links_that_nobody_saw_are_not_parted(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    given = added(desk)
    principles.link(bens_desk, given.uid, [item(1)], ())
    with pytest.raises(Invalid, match="meanwhile"):
        principles.link(desk, given.uid, [item(2)], ())
    principles.link(desk, given.uid, [item(1, note="by name"), item(2)], [item(1)])
    principles.link(desk, given.uid, [item(2)], [item(1, note="by name"), item(2)])
    assert principles.listing(desk)[0].links == (item(2),)
    parted = [each.link for each in principles.link_history(desk) if each.is_removed]
    assert parted == [item(1, note="by name")]


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ([item(1), item(1)], "linked twice"),
        ([item(1), item(1, note="x")], "linked twice"),
        ([item(99)], "not there any more"),
        ([item(1, PrincipleName(version="a", number="7"))], "no principle a/7"),
        ([item(1, note="x" * 501)], "up to 500"),
        ([PrincipleLink(principle=OLD, kind=LinkKind.STUDY, ids=("1", "2"))], "not complete"),
        ([PrincipleLink(principle=OLD, kind=LinkKind.STUDY, ids=("x",))], "not there any more"),
    ],
)
def test_what_cannot_be_linked_is_refused_in_words(
    desk: Desk, links: list[PrincipleLink], told: str
) -> None:
    given = added(desk)
    with pytest.raises(Invalid, match=told):
        principles.link(desk, given.uid, links, ())
    assert principles.listing(desk)[0].links == ()


def test_a_principle_that_goes_leaves_its_links_to_be_seen(desk: Desk) -> None:
    given = added(desk)
    principles.link(desk, given.uid, [item(1)], ())
    changed = without_principle(given, OLD)
    assert [version.name for version in changed.versions] == ["b"]
    assert changed.pairs == ()
    principles.change(desk, changed, given)
    assert principles.listing(desk)[0].adrift == (item(1),)


def test_one_principle_is_changed_moved_or_added() -> None:
    given = PrincipleSet(uid="x", title="Mine")
    first = with_principle(given, PrincipleVersion(name="a"), Principle(number="1", text="x"), ())
    second = with_principle(
        first,
        PrincipleVersion(name="b", source="A book"),
        Principle(number="1", text="y", grade="weak"),
        (OLD,),
    )
    assert second.pairs == ((OLD, NEW),)
    assert second.versions[1].grades == ("weak",)
    renumbered = Principle(number="2", text="y")
    third = with_principle(second, second.versions[1], renumbered, (OLD,), NEW)
    two = PrincipleName(version="b", number="2")
    assert third.pairs == ((OLD, two),)
    assert third.versions[1].grades == ()
    assert third.corresponding(OLD) == (two,)
    moved = with_principle(third, third.versions[0], renumbered, (), two)
    assert [version.name for version in moved.versions] == ["a"]
    assert [each.number for each in moved.versions[0].principles] == ["1", "2"]


def test_a_file_is_read_or_refused_and_what_was_taken_along_comes_back(desk: Desk) -> None:
    given = added(desk)
    again = principles.read_file("mine.csv", principles.as_csv(given))
    assert again.versions == given.versions
    assert again.pairs == given.pairs
    assert again.title == "mine"
    with pytest.raises(Invalid, match="UTF-8"):
        principles.read_file("mine.csv", b"\xff\xfe\x00")
    with pytest.raises(Invalid, match="up to 1,000,000 bytes"):
        principles.read_file("mine.yaml", b"x" * 1_000_001)


def test_the_shipped_principles_can_be_linked_to_the_shipped_scale(desk: Desk) -> None:
    (offer,) = principles.offered()
    principles.add(desk, offer.principles)
    items = principles.choices(desk, Settings())[LinkKind.ITEM]
    assert sum(scheme == SCALE for scheme, _ in items) == 25
