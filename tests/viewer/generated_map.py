"""Invented maps of any size for the viewer: the same arguments give the same document.

Nothing in them is of a real study. Words come from small lists, so that labels look like labels.
"""

from collections.abc import Sequence
from random import Random
from typing import Any

Headings = Sequence[tuple[str, str, int]]
"""Ids, labels and depths."""

FIELDS = ("Health", "Housing", "Wellbeing", "Work and income", "Cost", "Justice", "Attitudes",
          "Learning", "Family", "Community")  # fmt: skip
THINGS = ("status", "access to care", "satisfaction with the place where people live", "risk",
          "skills and self-care", "quality of life", "earned income", "costs for each participant",
          "social connectedness and networks")  # fmt: skip
ACTS = ("Outreach", "Case management", "Training", "Vouchers", "Peer support", "Advice by phone",
        "Shared housing", "Supported employment", "Day centres")  # fmt: skip
PLACES = ("Chile", "Ghana", "India", "Italy", "Japan", "Kenya", "Norway", "Peru", "Spain")
DESIGNS = ("Randomised trial", "Controlled, not randomised", "Before and after",
           "Systematic review", "Ongoing")  # fmt: skip
DIRECTIONS = ("better", "worse", "no change", "mixed", "not stated")
ROLES_OF_DESIGN = (0, 0, 0, 1, 2)  # a review, ongoing
GOOD, POOR = 8, 32 | 4  # of high quality; of low quality and weight
HEAVY = (8, 3, 4, 2, 2)  # of each direction
GROUPS_OF_ROWS, GROUPS_OF_COLUMNS = 9, 7


def dimension(of: str, key: str, title: str, headings: Headings) -> dict[str, Any]:
    """A dimension without codes yet.

    Args:
        of: study or finding.
        key: its id.
        title: its title.
        headings: in reading order.
    """
    labels = [label for _, label, _ in headings]
    return {
        "id": key, "title": title, "of": of,
        "axis": key.removeprefix("axis:") if key.startswith("axis:") else None,
        "headings": {
            "id": [code for code, _, _ in headings],
            "label": labels,
            "depth": [depth for _, _, depth in headings],
            "help": [f"What counts as {label.lower()} in this invention." for label in labels],
            "role": [""] * len(headings),
        },
        "codes": [],
    }  # fmt: skip


def flat(prefix: str, labels: Sequence[str]) -> Headings:
    """Headings side by side."""
    return [(f"{prefix}{at}", label, 0) for at, label in enumerate(labels)]


def tree(prefix: str, groups: int, leaves: int, words: Sequence[str]) -> Headings:
    """So many leaves in so many groups."""
    headings = []
    for group in range(groups):
        headings.append((f"{prefix}{group}", FIELDS[group % len(FIELDS)], 0))
        for leaf in range(group, leaves, groups):
            label = f"{words[leaf % len(words)]} {leaf // len(words) + 1}"
            headings.append((f"{prefix}{group}.{leaf}", label, 1))
    return headings


def generated_map(
    studies: int = 800, rows: int = 43, columns: int = 24, *, seed: int = 1, **more: Any
) -> dict[str, Any]:
    """A document with findings, and with design, country and confidence of each study.

    Args:
        studies: how many.
        rows: leaves of the interventions, which stand in nine groups.
        columns: leaves of the outcomes, which stand in seven.
        seed: of the chances.
        more: keys of the document that shall be others.
    """
    chance = Random(seed)  # noqa: S311
    axes = (
        dimension("finding", "axis:intervention", "Intervention",
                  tree("i", GROUPS_OF_ROWS, rows, ACTS)),
        dimension("finding", "axis:outcome", "Outcome",
                  tree("o", GROUPS_OF_COLUMNS, columns, THINGS)),
        dimension("finding", "axis:contrast", "Type of contrast",
                  flat("t", ("Between groups", "Before and after"))),
        dimension("finding", "property:direction", "Direction of effect",
                  [(code, code.capitalize(), 0) for code in DIRECTIONS]),
    )  # fmt: skip
    of_studies = (
        dimension("study", "question:design", "Design", flat("d", DESIGNS)),
        dimension("study", "question:country", "Country", flat("c", PLACES)),
        dimension("study", "question:confidence", "Confidence", flat("q", ("Higher", "Low"))),
    )
    return {
        "format": "waymark-map 1", "version": f"{studies:020x}", "title": "An invented map",
        "caption": "No study in it is real", "searched_to": "2026-05-01", "about": {},
        "dimensions": [*axes, *of_studies],
        "studies": _studies(chance, studies, of_studies),
        "findings": _findings(chance, studies, axes),
        "gaps": {"few": 1, "several": 5, "recent_since": 2021,
                 "not_applicable": [["axis:intervention", "i0", "axis:outcome", "o6"]]},
        "directions": {"count_no_change": False}, "strays": [],
        "view": "rows=axis%3Aintervention&columns=axis%3Aoutcome&segment=question%3Adesign",
    } | more  # fmt: skip


def _studies(chance: Random, studies: int, of_studies: Sequence[dict[str, Any]]) -> dict[str, Any]:
    design, country, confidence = of_studies
    roles, years, reports = [], [], []
    for study in range(studies):
        kind = chance.choices(range(len(DESIGNS)), (30, 25, 20, 15, 6))[0]
        is_low = chance.random() < 1 / 2
        places = chance.sample(range(len(PLACES)), chance.choice((1, 1, 1, 2)))
        roles.append(ROLES_OF_DESIGN[kind] | (POOR if is_low else GOOD))
        design["codes"].append(kind)
        country["codes"].append(sorted(places))
        confidence["codes"].append(int(is_low))
        years.append(1995 + study % 31)
        title = f"{FIELDS[study % len(FIELDS)]} and {ACTS[study % len(ACTS)].lower()}"
        reports.append([{
            "title": title, "authors": [f"Writer {study + 1}, A.", "Second, B."],
            "year": years[-1], "journal": "Journal of Invented Trials", "volume": "4",
            "doi": f"10.1234/invented.{study + 1}", "link": f"https://example.org/{study + 1}",
        }])  # fmt: skip
    labels = [f"Writer {study + 1} {year}" for study, year in enumerate(years)]
    return {"id": list(range(1, studies + 1)), "label": labels, "year": years, "roles": roles,
            "reports": reports}  # fmt: skip


def _findings(chance: Random, studies: int, axes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Some headings have many studies and some hardly any, as in real maps."""
    intervention, outcome, contrast, direction = axes
    leaves = [[at for at, depth in enumerate(axis["headings"]["depth"]) if depth]
              for axis in (intervention, outcome)]  # fmt: skip
    weights = [[1 / (1 + chance.random() * 12) for _ in below] for below in leaves]
    of = [study for study in range(studies) for _ in range(chance.choice((0, 1, 2, 2, 3, 4)))]
    for _ in of:
        for axis, below, heavy in zip((intervention, outcome), leaves, weights, strict=True):
            axis["codes"].append(chance.choices(below, heavy)[0])
        contrast["codes"].append(chance.choices((0, 1), (4, 1))[0])
        direction["codes"].append(chance.choices(range(len(DIRECTIONS)), HEAVY)[0])
    return {
        "study": of, "time": ["12 months"] * len(of), "measure": ["Invented scale"] * len(of),
        "n": [[chance.randint(8, 400), chance.randint(8, 400)] for _ in of],
        "effect": [""] * len(of),
        "quotation": [f"Of study {study + 1} nothing was measured." for study in of],
    }  # fmt: skip
