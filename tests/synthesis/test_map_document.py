import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from evidence.coding.findings import Finding
from evidence.coding.scheme import Scheme
from evidence.synthesis.dimensions import dimensions
from evidence.synthesis.map_document import (
    LongTexts,
    MapContent,
    MapNote,
    MapReport,
    as_json,
    map_document,
    words_of,
)
from evidence.synthesis.map_view import MapView
from evidence.synthesis.studies import CodedStudy

Studies = Callable[..., CodedStudy]
Findings = Callable[..., Finding]
NO_TEXTS = LongTexts()


@pytest.fixture
def content(scheme: Scheme, study: Studies, finding: Findings) -> MapContent:
    first = study(
        replace(finding("ips", "esteem", n=30), quotation="They worked", measure="Scale"),
        finding("retired", "symptoms"),
        year=2009,
        codes={"country": {"us", "uk"}},
    )
    second = study()
    return MapContent(
        title="Work",
        studies=(first, second),
        dimensions=dimensions(scheme),
        view=MapView(rows="axis:intervention", columns="axis:outcome"),
        reports={first.id: (MapReport(title="Work helps", authors=("Burns T",), abstract="Long"),)},
        notes=(MapNote(study=second.id, question="Setting", text="Rural"),),
        effects=lambda each: "SMD 0.3" if each.outcome == "esteem" else "",
    )


def test_codes_stand_as_ticked_by_their_positions(content: MapContent) -> None:
    document = json.loads(as_json(map_document(content)))
    codes = {each["id"]: each["codes"] for each in document["dimensions"]}
    assert codes["axis:intervention"] == [1, -1]
    assert codes["question:country"] == [[0, 1], -1]
    (interventions,) = (d for d in document["dimensions"] if d["id"] == "axis:intervention")
    assert interventions["headings"]["depth"] == [0, 1, 1, 0]
    assert document["findings"] == {
        "study": [0, 0],
        "time": ["", ""],
        "measure": ["Scale", ""],
        "n": [[30, None], None],
        "effect": ["SMD 0.3", ""],
        "quotation": ["They worked", ""],
        "note": ["", ""],
    }
    assert document["studies"]["year"] == [2009, None]
    assert document["strays"] == [["axis:intervention", "retired", 1]]


def test_the_same_content_gives_the_same_bytes_and_another_one_another_version(
    content: MapContent,
) -> None:
    document = map_document(content)
    assert as_json(document) == as_json(map_document(content))
    assert document["version"] != map_document(replace(content, title="Works"))["version"]


def test_long_texts_are_a_choice_and_words_are_sought_in_what_is_there(content: MapContent) -> None:
    full, short = as_json(map_document(content)), as_json(map_document(content, NO_TEXTS))
    for text in ("Long", "They worked", "Rural"):
        assert text in full
        assert text not in short
    assert "Work helps" in short
    assert words_of(content)[1].split("\n")[1:] == ["work helps", "long", "burns t", "", *_found()]
    assert words_of(content, NO_TEXTS)[2] == "study 2"
    assert words_of(content)[2] == "study 2\nrural"


def _found() -> list[str]:
    return ["they worked", "", "", ""]
