"""What a review says of itself is kept with its history, and leaves with its archive."""

import json
import zipfile
from pathlib import Path

import pytest

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.review import about, archive
from evidence.synthesis.review_about import Author, ReviewAbout

FIRST = ReviewAbout(
    authors=(Author(name="Meyer, Eva", orcid="0000-0002-1825-0097"),),
    description="What is known of work.",
    keywords=("work", "recovery"),
    licence="CC BY 4.0",
    contact="=cmd|' /C calc'!A0",
)


def test_what_was_said_before_stays_in_the_history(desk: Desk) -> None:
    assert about.current(desk) == ReviewAbout()
    about.change(desk, FIRST, shown=ReviewAbout())
    second = ReviewAbout(licence="Ask us")
    about.change(desk, second)
    about.change(desk, second)
    assert about.current(desk) == second
    assert [change.about for change in about.history(desk)] == [second, FIRST]


def test_what_a_colleague_entered_meanwhile_is_not_written_over(desk: Desk) -> None:
    about.change(desk, FIRST)
    with pytest.raises(Invalid, match="Somebody else changed this"):
        about.change(desk, ReviewAbout(), shown=ReviewAbout())
    assert about.current(desk) == FIRST


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (ReviewAbout(authors=(Author(name="A", orcid="0000-0002-1825-0098"),)), "is no ORCID iD"),
        (ReviewAbout(funding="x" * 10_001), "more than 10,000 letters"),
        (ReviewAbout(keywords=("x",) * 501), "at most 500"),
        (ReviewAbout(keywords=("x" * 501,)), "more than 500 letters"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(desk: Desk, new: ReviewAbout, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        about.change(desk, new)
    assert about.history(desk) == []


def test_an_archive_describes_itself_for_people_and_programs(desk: Desk, tmp_path: Path) -> None:
    about.change(desk, FIRST)
    archive.save(desk, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        package = json.loads(packed.read("datapackage.json"))
        readme = packed.read("README.md").decode()
        dictionary = packed.read("data-dictionary.csv").decode()
        tables = {name for name in packed.namelist() if name.startswith("tables/")}
    assert package["contributors"] == [
        {
            "title": "Meyer, Eva",
            "roles": ["author"],
            "path": "https://orcid.org/0000-0002-1825-0097",
        }
    ]
    assert [each["name"] for each in package["licenses"]] == ["CC-BY-4.0"]
    assert package["keywords"] == ["work", "recovery"]
    assert {resource["path"] for resource in package["resources"]} == tables
    assert "What is known of work." in readme
    for resource in package["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert all(f"{resource['title']},{column}," in dictionary for column in columns)
