import numpy as np

from evidence import deduplication
from evidence.citations.record import Name, Reference
from evidence.deduplication.prepare import prepare
from evidence.deduplication.recurring import ENOUGH, mark_recurring
from evidence.deduplication.reference_columns import from_references


def _notes(*years: int) -> list[Reference]:
    return [Reference(title="Notes on joins", authors=(Name("Dietz"),), year=y) for y in years]


def _weights(references: list[Reference]) -> list[int]:
    records = prepare(from_references(references))
    titles = np.unique(records.title, return_inverse=True)[1] + 1
    weights: list[int] = mark_recurring(records, titles.astype(np.int64)).weight.tolist()
    return weights


def test_a_short_title_that_one_author_uses_year_after_year_returns() -> None:
    assert set(_weights(_notes(2001, 2001, 2002, 2002, 2003, 2003))) == {0}


def test_years_that_were_misprinted_here_and_there_do_not_make_a_title_return() -> None:
    assert 0 not in _weights(_notes(2001, 2001, 2001, 2001, 2002, 2003))


def test_a_work_that_is_cited_with_misprinted_years_is_one() -> None:
    cited = [
        Reference(
            title="Notes on joins", authors=(Name("Dietz"),), year=year, journal="DBX", volume="4"
        )
        for year in (2001, 2001, 2001, 2001, 2002, 2000)
    ]

    assert deduplication.find(cited, ids=range(6)).groups == (tuple(range(6)),)


def _numbered(issue: str) -> list[Reference]:
    """As many works as need be, each twice, with running numbers in place of issues."""
    return [
        Reference(
            title=f"Care in the district of {chr(97 + work % 26)}{'abc'[work // 26]}enheim",
            authors=(Name("Ito"),),
            year=2001,
            journal="Rural Care",
            volume="7",
            issue=issue or str(100 + 2 * work + copy),
            pages=f"{30 + work}-{39 + work}" if copy else "",
        )
        for work in range(ENOUGH // 2)
        for copy in (0, 1)
    ]


def test_running_numbers_in_place_of_issues_part_nothing() -> None:
    records = prepare(from_references(_numbered("")))

    marked = mark_recurring(records, np.arange(1, len(records) + 1))

    assert set(marked.issue.tolist()) == {0}
    kept = prepare(from_references(_numbered("4")))
    assert mark_recurring(kept, np.arange(1, len(kept) + 1)).issue.tolist() == kept.issue.tolist()
