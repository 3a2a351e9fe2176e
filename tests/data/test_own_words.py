"""No text of the example and of what comes with it takes ten words running from a source."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, SHARED

FILES = sorted(
    path
    for folder in ("example", "founding", "frameworks", "principles", "published_figures")
    for path in (ROOT / "data" / folder).iterdir()
    if path.suffix in {".yaml", ".csv"}
)
PRINTED = {"title", "source", "citation", "works", "cited", "service", "place"}
"""Keys under which titles, names, citations and headings stand as they are printed."""
TITLES = (
    "Research on the job and training help mental health service users want",
    "Vocational services for people with severe mental health problems: commissioning guidance",
)
"""Of documents, which notes name."""


@cache
def runs_of_sources() -> frozenset[tuple[str, ...]]:
    seeds = [path.read_text("utf-8") for path in (SHARED / "seeds").glob("*.txt")]
    stated = (SHARED / "domain" / "outcomes.csv").read_text("utf-8")
    return frozenset(run for text in [*seeds, stated] for run in ten_words(text))


def ten_words(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[\w%']+", text.casefold())
    return (tuple(words[at : at + 10]) for at in range(len(words) - 9))


def own_texts(value: Any) -> Iterator[str]:
    """Every text but those that are printed so."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key not in PRINTED:
                yield from own_texts(below)
    elif isinstance(value, list):
        for each in value:
            yield from own_texts(each)
    elif isinstance(value, str):
        for title in TITLES:
            value = value.replace(title, " | ")
        yield from value.split("|")


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the source documents are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_ten_words_running_are_taken_from_a_source(path: Any) -> None:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            content: Any = list(csv.DictReader(lines))
    else:
        content = yaml.safe_load(path.read_text("utf-8"))
    texts = list(own_texts(content))
    assert texts
    taken = [(text, run) for text in texts for run in ten_words(text) if run in runs_of_sources()]
    assert taken == []
