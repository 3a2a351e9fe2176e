from dataclasses import replace

from evidence import deduplication
from evidence.citations.record import Name, Reference
from evidence.deduplication import Band, explain
from evidence.deduplication.verdicts import SHARES

RECORD = Reference(
    title="Care in remote mountain areas",
    authors=(Name("Ito", "K."),),
    year=2001,
    journal="Rural Care",
    volume="3",
    pages="10-19",
)


def test_a_verdict_is_told_in_one_sentence() -> None:
    verdict = deduplication.find([RECORD, RECORD], ids=[1, 2]).verdicts[0]

    assert explain(verdict) == (
        "Same: the titles agree, the authors fit, and both stand on the same pages "
        "(alike: title, authors, year, journal, volume, pages; not given: issue, DOI, abstract)."
    )


def test_years_that_are_one_apart_are_not_called_alike() -> None:
    online = replace(RECORD, year=2000)
    verdict = deduplication.find([RECORD, online], ids=[1, 2]).verdicts[0]

    assert verdict.scores.year == 0.5
    assert "(alike: title, authors, journal, volume, pages; differing: year; " in explain(verdict)


def test_scores_tell_missing_from_different() -> None:
    verdict = deduplication.find([RECORD, RECORD], ids=[1, 2]).verdicts[0]

    assert (verdict.scores.title, verdict.scores.doi) == (1.0, None)


def test_a_cut_chain_becomes_a_question() -> None:
    first = Reference(title=RECORD.title, authors=RECORD.authors, year=2001, journal="Rural Care")
    later = replace(RECORD, pages="90-99", issue="4")

    result = deduplication.find([RECORD, first, later], ids=[1, 2, 3])

    questions = [verdict for verdict in result.verdicts if verdict.band is Band.POSSIBLE]
    assert len(result.groups) == 1
    assert [verdict.reason for verdict in questions] == ["chain"]
    assert "kept apart from the other" in explain(questions[0])


def test_a_question_tells_how_likely_it_is_and_the_likeliest_come_first() -> None:
    other = replace(RECORD, title="Prices of maize on two river markets", volume="", pages="")
    records = [
        *(other, replace(other, title=f"Northern prize essay: {other.title}", year=None)),
        *(RECORD, replace(RECORD, title="Mountain care, in remote regions of old", pages="10")),
    ]

    questions = deduplication.find(records, ids=range(4)).verdicts

    assert [v.reason for v in questions] == ["similar-title-same-page", "part-of-title"]
    assert explain(questions[0]).endswith(
        "Of 100 such pairs about 99 were the same where it was tried."
    )
    assert SHARES[questions[0].reason] > SHARES[questions[1].reason]


def test_every_record_stands_in_one_work_and_works_that_may_be_one_are_named() -> None:
    found = deduplication.find([RECORD, RECORD], ids=[1, 2])
    possible = replace(found.verdicts[0], a=5, b=1, band=Band.POSSIBLE, reason="maybe")
    result = replace(found, groups=((4, 1), (2, 9)), verdicts=(*found.verdicts, possible))

    works = result.works([1, 2, 4, 5, 9])

    assert works == ((1, 4), (2, 9), (5,))
    assert [(a, b, each.reason) for a, b, each in result.possible_works(works)] == [(2, 0, "maybe")]
