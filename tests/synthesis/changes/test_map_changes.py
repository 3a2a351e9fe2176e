"""What changed between two documents of a map is all that changed, and is told by its labels."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.coding.findings import Direction
from evidence.synthesis.changes.map_changes import MapChanges, MapStudy, changes, map_studies
from evidence.synthesis.changes.told_changes import with_changes
from evidence.synthesis.map_document import MapContent, MapNote, MapReport, map_document
from tests.synthesis.test_map_document import content
from tests.viewer.random_reviews import random_review

__all__ = ["content"]

SEEDS = st.integers(0, 500)
FROZEN = {"number": 2, "date": "2026-03-03", "note": "As submitted"}


def later(content: MapContent, seed: int) -> MapContent:
    """The content after an update: studies gone, added, recoded, with fewer headings at times."""
    random = Random(seed)  # noqa: S311 - examples, the same in every run
    other = random_review(seed + 1_000).content
    studies = [study for study in content.studies if random.random() < 0.8]
    for at, study in enumerate(studies):
        if random.random() < 0.4:
            findings = list(study.findings)
            random.shuffle(findings)
            changed = [
                replace(
                    f, direction=random.choice(list(Direction)), time=random.choice(["", "later"])
                )
                for f in findings[1:]
            ]
            codes = {q: c for q, c in study.codes.items() if random.random() < 0.7}
            studies[at] = replace(study, codes=codes, findings=tuple(changed))
    known = {study.id for study in content.studies}
    added = [study for study in other.studies if study.id not in known]
    dimensions = content.dimensions[random.choice([0, 0, 1]) :]
    dimensions = tuple(
        replace(d, headings=d.headings[random.choice([0, 0, 1]) :]) for d in dimensions
    )
    return replace(content, studies=(*studies, *added), dimensions=dimensions)


def documents(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    before = random_review(seed).content
    return map_document(before), map_document(later(before, seed))


@settings(max_examples=15)
@given(seed=SEEDS)
def test_what_changed_makes_the_later_document_of_the_earlier_one(seed: int) -> None:
    before, now = documents(seed)
    told = changes(before, now)
    old, new = map_studies(before), map_studies(now)
    made = {study: each for study, each in old.items() if study not in told.removed}
    made |= {study: new[study] for study in told.added}
    for each in told.recoded:
        made[each.study] = applied(made[each.study], each)
    assert {study: each.coding for study, each in made.items()} == {
        study: each.coding for study, each in new.items()
    }
    for study in set(old) & set(new):
        assert (study in told.corrected) == (old[study].described != new[study].described)


def applied(study: MapStudy, each: Any) -> MapStudy:
    assert each.lost <= study.codes
    assert not each.gained & study.codes
    findings = Counter(study.findings)
    for finding in (*each.dropped, *(was for was, _ in each.changed)):
        assert findings[finding] > 0
        findings[finding] -= 1
    findings.update([*each.found, *(is_now for _, is_now in each.changed)])
    return replace(
        study,
        codes=study.codes - each.lost | each.gained,
        findings=tuple(findings.elements()),
        texts=study.texts - each.unsaid | each.said,
    )


@settings(max_examples=15)
@given(seed=SEEDS)
def test_the_other_way_round_it_is_the_opposite(seed: int) -> None:
    before, now = documents(seed)
    there, back = changes(before, now), changes(now, before)
    assert (set(there.added), set(there.removed)) == (set(back.removed), set(back.added))
    assert set(there.corrected) == set(back.corrected)
    opposite = {each.study: each for each in back.recoded}
    assert {each.study for each in there.recoded} == set(opposite)
    for each in there.recoded:
        other = opposite[each.study]
        assert (each.gained, each.lost) == (other.lost, other.gained)
        assert (each.said, each.unsaid) == (other.unsaid, other.said)
        assert Counter(each.found) == Counter(other.dropped)
        assert Counter(each.changed) == Counter((is_now, was) for was, is_now in other.changed)


@settings(max_examples=15)
@given(seed=SEEDS)
def test_a_map_that_did_not_change_has_no_changes(seed: int) -> None:
    content = random_review(seed).content
    same = MapChanges(added=(), removed=(), recoded=(), corrected=())
    assert changes(map_document(content), map_document(content)) == same
    retold = replace(content, title="Another", gaps=replace(content.gaps, few=9))
    since: Any = with_changes(map_document(retold), map_document(content) | {"frozen": FROZEN})
    assert since["since"] == {
        **FROZEN, "studies": len(content.studies), "added": [], "recoded": [], "changes": [],
        "corrected": [], "corrections": [], "removed": [], "scheme": [],
    }  # fmt: skip


@settings(max_examples=15)
@given(seed=SEEDS)
def test_of_studies_that_are_hidden_nothing_is_told(seed: int) -> None:
    before, now = documents(seed)
    hidden = {*before["studies"]["id"][::2], *now["studies"]["id"][::3]}
    told = changes(before, now, hidden)
    named = {*told.added, *told.removed, *told.corrected, *(each.study for each in told.recoded)}
    assert not named & hidden


@settings(max_examples=15)
@given(seed=SEEDS)
def test_every_position_and_line_of_the_document_is_of_a_study_that_changed(seed: int) -> None:
    before, now = documents(seed)
    document: dict[str, Any] = with_changes(now, {**before, "frozen": FROZEN})
    told, since = changes(before, now), document["since"]
    ids = now["studies"]["id"]
    assert [ids[at] for at in since["added"]] == list(told.added)
    assert [ids[at] for at in since["recoded"]] == [each.study for each in told.recoded]
    assert len(since["changes"]) == len(told.recoded)
    for lines in since["changes"]:
        assert lines
        for what, was, is_now in lines:
            assert isinstance(what, str)
            assert was or is_now
    assert [each["id"] for each in since["removed"]] == list(told.removed)
    assert {name: part for name, part in document.items() if name not in ("since", "version")} == {
        name: part for name, part in now.items() if name != "version"
    }
    assert document["version"] != now["version"]


def test_what_was_and_what_is_are_told_by_the_labels_of_their_day(content: MapContent) -> None:
    before = map_document(content) | {"frozen": FROZEN}
    country = next(d for d in content.dimensions if d.id == "question:country")
    renamed = tuple(
        replace(
            d, title="Where", headings=tuple(replace(h, label="The States") for h in d.headings)
        )
        if d is country
        else d
        for d in content.dimensions
    )
    first, *others = content.studies
    finding = replace(first.findings[0], direction=Direction.WORSE)
    recoded = replace(first, codes={}, findings=(finding, *first.findings[1:]))
    now = replace(
        content,
        studies=(recoded, *others),
        dimensions=renamed,
        notes=(MapNote(study=first.id, question="Setting", text="Urban"),),
        reports={others[0].id: (MapReport(title="Corrected"),)},
    )
    since: Any = with_changes(map_document(now), before)["since"]
    assert since["recoded"] == [0, 1]
    assert since["corrected"] == [0, 1]  # the report of one is gone, the other has one now
    assert since["corrections"] == [
        [["Reports", "Work helps · Burns T", ""]],
        [["Reports", "", "Corrected"]],
    ]
    assert since["scheme"][0] == ["Question", "Country", "Where"]
    assert ["Where", "US", "The States"] in since["scheme"]
    finding_line, note_line = since["changes"][0][1:]
    assert since["changes"][0][0] == ["Where", "UK; US", ""]
    assert finding_line == ["Finding on Work › IPS → Self-esteem", "Better", "Worse"]
    assert note_line == ["Setting", "", "Urban"]
    assert since["changes"][1] == [["Setting", "Rural", ""]]
