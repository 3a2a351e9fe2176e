import re

import numpy as np
import pytest

from evidence import deduplication
from evidence.citations.record import Name, Reference
from evidence.deduplication import Band, DedupeSettings, Veto
from evidence.deduplication.all_rules import RULE_NUMBERS, RULES, decide, version
from evidence.deduplication.asking_rules import NAMED_OTHERWISE
from evidence.deduplication.facts import Fact
from evidence.deduplication.judge_pairs import keeps_apart
from evidence.deduplication.prepare import prepare
from evidence.deduplication.reference_columns import from_references

AUTHORS = (Name("Tann", "A."), Name("Schultz", "B."))


def test_every_rule_has_a_code_and_says_a_sentence() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.code) for rule in RULES)
    assert all(rule.says[0].isupper() and rule.says.endswith(".") for rule in RULES)
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_every_question_and_nothing_else_says_how_often_such_pairs_are_the_same() -> None:
    assert all((0 < rule.share < 1) == (rule.band is Band.POSSIBLE) for rule in RULES)


def test_every_veto_has_a_rule() -> None:
    assert {rule.veto for rule in RULES} - {None} == set(Veto)


def test_no_rule_joins_by_an_identifier_alone() -> None:
    known = {fact: np.array([fact in {Fact.DOI_SAME, Fact.PMID_SAME}]) for fact in Fact}

    assert decide(known, DedupeSettings()).tolist() == [-1]


def test_no_rule_joins_where_everything_is_missing() -> None:
    known = {fact: np.array([fact.name.endswith("_MISSING")]) for fact in Fact}

    assert decide(known, DedupeSettings()).tolist() == [-1]


def _review(year: int, doi: str) -> Reference:
    return Reference(
        title="Air or oxygen for resuscitation of infants",
        authors=AUTHORS,
        year=year,
        journal="Cochrane Database of Systematic Reviews",
        pages="CD902273",
        doi=doi,
    )


def _article(**values: object) -> Reference:
    title = "Contact tracing with phones in small remote towns"
    return Reference(**{"title": title, "authors": AUTHORS, "year": 2020} | values)  # type: ignore[arg-type]


def _titled(title: str) -> tuple[Reference, Reference]:
    return _article(title=title), _article()


# Pairs that one veto keeps apart, and nothing else.
TITLED = {
    Veto.PART: (_article(title="Of joins: part 1"), _article(title="Of joins: part 2")),
    Veto.ERRATUM: _titled(f"Erratum: {_article().title}"),
    Veto.COMMENT: _titled(f"Comment: {_article().title}"),
    Veto.REPLY: _titled(f"{_article().title}: reply"),
    Veto.RETRACTION: _titled(f"Retraction: {_article().title}"),
    Veto.PROTOCOL: _titled(f"{_article().title}: study protocol"),
}
PAIRS = {
    Veto.UPDATE: (
        _review(2004, "10.1002/14651858.cd902273.pub2"),
        _review(2005, "10.1002/14651858.cd902273.pub3"),
    ),
    Veto.PREPRINT: (
        _article(journal="medRxiv"),
        _article(journal="Epidemic Letters", volume="6", pages="100-110"),
    ),
    Veto.CONFERENCE_ABSTRACT: (
        _article(journal="World Congress of Tracing", pages="12"),
        _article(journal="Epidemic Letters", volume="6", pages="100-110"),
    ),
}


@pytest.mark.parametrize("veto", PAIRS)
def test_a_veto_can_be_switched_off(veto: Veto) -> None:
    pair = PAIRS[veto]

    strict = deduplication.find(pair, ids=[1, 2])
    loose = deduplication.find(
        pair, ids=[1, 2], settings=DedupeSettings(vetoes=frozenset(Veto) - {veto})
    )

    assert strict.groups == ()
    assert loose.groups == ((1, 2),)
    assert loose.verdicts[0].band is Band.SAME
    assert loose.verdicts[0].rules == f"{version(DedupeSettings())} without {veto}"


@pytest.mark.parametrize("veto", Veto)
def test_each_veto_keeps_its_pair_apart_unless_it_is_switched_off(veto: Veto) -> None:
    records = prepare(from_references((PAIRS | TITLED)[veto]))
    pair = np.array([0]), np.array([1])

    others = DedupeSettings(vetoes=frozenset({veto}))
    without = DedupeSettings(vetoes=frozenset(Veto) - {veto})

    assert keeps_apart(records, *pair, DedupeSettings()).tolist() == [True]
    assert keeps_apart(records, *pair, others).tolist() == [True]
    if veto is not Veto.PART:  # titles that differ in a number differ in any case
        assert keeps_apart(records, *pair, without).tolist() == [False]


def test_versions_join_only_where_their_veto_is_off() -> None:
    pair = (
        _article(journal="World Congress of Tracing", year=2019),
        _article(journal="", year=2020, volume="6"),
    )

    assert deduplication.find(pair, ids=[1, 2]).groups == ()


def test_the_rules_about_other_names_of_journals_exist() -> None:
    assert set(NAMED_OTHERWISE) <= set(RULE_NUMBERS)
