"""The framework that comes with the program says what its sources say, in other words."""

import re
from itertools import chain

import pytest

from evidence.steps.practice.frameworks import FILE, shipped
from tests.conftest import ROOT

SEEDS = ROOT / ".." / "shared" / "seeds"
RUN = 10  # words


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


def source(beginning: str) -> str:
    found = sorted(SEEDS.glob(f"{beginning}_*.txt"))
    if not found:
        pytest.skip("the documents in ../shared are not beside the repository")
    return found[0].read_text(encoding="utf-8")


def test_no_run_of_ten_words_is_taken_from_a_source_but_its_title() -> None:
    known = shipped()
    ours = words(FILE.read_text("utf-8").replace(known.source, "").partition("services:")[2])
    for beginning in ("002", "003"):
        theirs = f" {' '.join(words(source(beginning)))} "
        runs = (" ".join(ours[at : at + RUN]) for at in range(len(ours) - RUN + 1))
        assert [run for run in runs if f" {run} " in theirs] == []


def test_every_number_of_the_framework_stands_in_its_table() -> None:
    table = source("003").partition("Table 1: Commissioning framework")[2]
    printed = set(re.findall(r"\d+(?:,\d{3})*", table.partition("Commissioning guidance:")[0]))
    rows = chain.from_iterable(chain(*each.rows.values()) for each in shipped().services)
    assert set(re.findall(r"\d+(?:,\d{3})*", " ".join(rows))) <= printed
    assert {"25", "10", "15", "100,000"} <= printed
