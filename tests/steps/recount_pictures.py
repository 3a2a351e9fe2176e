"""A second count of the numbers in the report's figures and long tables, as in recount.py."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.steps.recount import Recount, of_study

Line = tuple[Any, ...]
ALL, NONE = "All studies", "Not coded"
_FAVOURS = {
    "better": "favourable",
    "worse": "unfavourable",
}
_GROUPS = {
    "non-vocational-outcomes": "Non-vocational outcomes",
    "vocational-outcomes": "Vocational outcomes",
}


def years(again: Recount) -> list[Line]:
    """Year and number of studies, the one without a year last."""
    dated = again.years()
    unknown = len(again.codings) - len(dated)
    lines: list[Line] = [("All studies", *line) for line in sorted(Counter(dated.values()).items())]
    return [*lines, *[("All studies", None, unknown)] * bool(unknown)]


def countries(again: Recount) -> list[Line]:
    """Label, studies and their share of all, of each code that a study has; no order."""
    total = len(again.codings)
    return sorted((label, n, n / total) for label, n in again.main("country"))


def cells(again: Recount) -> list[Line]:
    """Main intervention, outcome and number of studies, with margins and those without a finding,
    in no order.
    """
    main, outcomes = again.options("intervention"), _outcomes(again)
    found: set[tuple[int, str, str]] = set()
    for study, f in again.findings():
        row = (*main[f["intervention"]].above, f["intervention"])[0]
        found.add((study, main[row].label, outcomes[f["outcome"]][1]))
    found |= {(study, NONE, NONE) for study in again.codings.keys() - {each for each, *_ in found}}
    margins = {
        (study, *place)
        for study, row, column in found
        for place in ((row, ALL), (ALL, column), (ALL, ALL))
    }
    numbers = Counter((row, column) for _, row, column in found | margins)
    return sorted((*place, n) for place, n in numbers.items())


def arrows(again: Recount, contrast: str) -> list[Line]:
    """Study, outcome below its group, direction and number of findings of each arrow; no order."""
    outcomes = _outcomes(again)
    labels = dict(again.rows("SELECT id, label FROM study WHERE review_id = :review"))
    gathered: dict[tuple[int, str], list[str]] = {}
    for study, finding in again.findings():
        if finding["contrast"] == contrast:
            gathered.setdefault((study, finding["outcome"]), []).append(finding["direction"])
    return sorted(
        (labels[study], " › ".join(outcomes[outcome]), _direction(found), len(found))
        for (study, outcome), found in gathered.items()
    )


def counted_by_title(again: Recount, state: str) -> Counter[str]:
    """Titles of the works in a state at full text."""
    sql = (
        "SELECT title FROM work WHERE review_id = :review AND merged_into IS NULL "
        "AND title_abstract = 'include' AND full_text = :state"
    )
    return Counter(title for (title,) in again.rows(sql, state=state))


def reasons(again: Recount) -> Counter[str]:
    """How often each reason was the last one said of a work that is excluded by its full text."""
    sql = (
        "SELECT d.work_id, r.label FROM decision d JOIN reason r ON r.id = d.reason_id "
        "JOIN work w ON w.id = d.work_id WHERE w.review_id = :review "
        "AND w.full_text = 'exclude' AND d.stage = 'full_text' AND d.verdict = 'exclude' "
        "ORDER BY d.id"
    )
    return Counter(dict(again.rows(sql)).values())


def boxes(again: Recount) -> dict[str, int]:
    """How many reports stand in boxes of the flow that both roads have, and in the last ones."""
    sql = (
        "SELECT full_text, COUNT(*) FROM work WHERE review_id = :review AND merged_into IS NULL "
        "AND title_abstract = 'include' GROUP BY full_text"
    )
    states: Counter[str] = Counter(dict(again.rows(sql)))
    assessed = states["include"] + states["exclude"]
    return {
        "Reports sought for retrieval": assessed + states["not_retrieved"],
        "Reports not retrieved": states["not_retrieved"],
        "Reports assessed for eligibility": assessed,
        "Reports excluded": states["exclude"],
    }


def questions(again: Recount) -> list[Line]:
    """Question with its id, and the labels of all its codes, in the order of the scheme."""
    asked = [each for section in again.scheme["sections"] for each in section["questions"]]
    return [(f"{each['text']} ({each['id']})", "; ".join(_labels(each)) or "–") for each in asked]


def records_by_source(again: Recount) -> Counter[str]:
    """How many records each source gave."""
    sql = (
        "SELECT s.name FROM record r JOIN imported_file f ON f.id = r.file_id "
        "JOIN source s ON s.id = f.source_id WHERE r.review_id = :review"
    )
    return Counter(name for (name,) in again.rows(sql))


def _outcomes(again: Recount) -> dict[str, tuple[str, str]]:
    """Group and label of each outcome."""
    return {
        code: (group, option.label)
        for question, group in _GROUPS.items()
        for code, option in again.options(question).items()
    }


def _labels(above: Any) -> Iterator[str]:
    """The labels of all codes below a question or a code."""
    if above.get("kind") == "yes/no":
        yield from ("Yes", "No")
    for option in above.get("options") or []:
        yield option["label"]
        yield from _labels(option)


def _direction(found: list[str]) -> str:
    direction = of_study(found)
    return _FAVOURS.get(direction, direction)
