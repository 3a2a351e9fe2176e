"""The file has what authors let out, and nothing of what they keep."""

import json
import re
from typing import Any

import pytest

from evidence.coding.answers import Answer
from evidence.errors import Invalid
from evidence.exports.map_colours import MapColours
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.results import map_document, map_file, map_settings
from evidence.steps.results.map_file import MadeMap, MapWishes
from evidence.synthesis.map_document import LongTexts
from evidence.synthesis.map_settings import MapCell
from tests.steps.coding.test_coding import finding
from tests.steps.conftest import enter
from tests.steps.results.test_map_document import QUALITY, code, study_ids

__all__ = ["study_ids"]

ALL = LongTexts(abstracts=True, quotations=True, notes=True)


def made(desk: Desk, **wishes: Any) -> MadeMap:
    return map_file.make(desk, map_document.wanted(desk), MapWishes(**wishes))


def document(desk: Desk, **wishes: Any) -> dict[str, Any]:
    text = made(desk, **wishes).data.decode()
    data = re.search(r' id="map-document">(.*?)</script>', text, re.DOTALL)
    assert data
    read: dict[str, Any] = json.loads(data[1])
    return read


@pytest.fixture
def coded(desk: Desk, study_ids: list[int]) -> list[int]:
    """Both studies coded, the first with a quotation, a note and an appraisal of low quality."""
    code(desk, study_ids[0], finding(quotation="words of the report"), note="a note of the coder")
    code(desk, study_ids[1], finding())
    quality = schemes.add(desk, QUALITY, "quality.yaml")
    answer = Answer(question="stream", codes=("low",), note="a note of the judge")
    coding.set_answer(desk, study_ids[0], answer, quality)
    coding.complete(desk, study_ids[0], quality)
    return study_ids


def ids(shown: dict[str, Any]) -> list[str]:
    return [dimension["id"] for dimension in shown["dimensions"]]


def test_long_texts_are_in_it_only_where_authors_say_so(desk: Desk, coded: list[int]) -> None:
    bare = made(desk).data.decode()
    for text in ("words of the report", "a note of the coder", "a note of the judge"):
        assert text not in bare
        assert text in made(desk, texts=ALL).data.decode()
    assert made(desk).studies == len(coded)


def test_what_stays_out_leaves_no_code_label_note_or_mark(desk: Desk, coded: list[int]) -> None:
    cell = MapCell.where("question:stream", "process", "axis:outcome", "hope")
    map_settings.mark_cell(desk, cell, not_applicable=True)
    whole = document(desk, texts=ALL)
    assert len(whole["gaps"]["not_applicable"]) == 1
    assert "Outcome study" in json.dumps(whole)
    partly = document(desk, texts=ALL, without=("stream",))
    assert ids(partly) == [each for each in ids(whole) if each != "question:stream"]
    for text in ("Outcome study", "a note of the coder"):
        assert text not in made(desk, texts=ALL, without=("stream",)).data.decode()
    assert "a note of the judge" in json.dumps(partly)  # its question has the same id elsewhere
    assert partly["gaps"]["not_applicable"] == []
    assert partly["version"] != whole["version"]


def test_how_studies_were_judged_stays_out_with_the_judgements(
    desk: Desk, coded: list[int]
) -> None:
    low_quality = 32
    assert document(desk)["studies"]["roles"] == [0, low_quality]
    shown = document(desk, texts=ALL, without=("question:quality/stream",))
    assert "question:quality/stream" not in ids(shown)
    assert shown["studies"]["roles"] == [0, 0]
    assert "a note of the judge" not in json.dumps(shown)


def test_a_view_in_which_something_stays_out_gives_way_to_the_usual_one(
    desk: Desk, coded: list[int]
) -> None:
    assert document(desk)["view"].startswith("rows=axis%3Aintervention&columns=axis%3Aoutcome")
    assert document(desk, without=("axis:outcome",))["view"].startswith(
        "rows=axis%3Aintervention&columns="
    )
    asked = document(desk, view="file:///map.html#rows=axis%3Aoutcome&columns=question%3Astream")
    assert asked["view"] == "rows=axis%3Aoutcome&columns=question%3Astream"
    turned = document(desk, rows="axis:outcome")
    assert turned["view"].startswith("rows=axis%3Aoutcome&columns=axis%3Aintervention")


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"without": ("nothing",)}, "This map has no “nothing”. It has: axis:intervention"),
        ({"view": "rows=axis%3Anone&columns=axis%3Aoutcome"}, "none"),
        ({"rows": "axis:none"}, "none"),
        ({"view": "rows=question%3Astream&columns=axis%3Aoutcome", "without": ("stream",)},
         "stream"),
        ({"colours": MapColours(accent="blue")}, "“blue” is no colour"),
    ],
)  # fmt: skip
def test_wishes_that_cannot_be_met_are_told(
    desk: Desk, coded: list[int], wishes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Invalid, match=re.escape(words)):
        made(desk, **wishes)


def test_rows_and_columns_must_be_left(desk: Desk, coded: list[int]) -> None:
    all_but_one = tuple(ids(document(desk))[1:])
    with pytest.raises(Invalid, match="A map needs rows and columns"):
        made(desk, without=all_but_one)


def test_without_a_complete_coding_there_is_no_file(desk: Desk, study_ids: list[int]) -> None:
    with pytest.raises(Invalid, match="No study of this review is coded completely yet"):
        made(desk)
    with pytest.raises(Invalid, match="No study"):
        map_file.choices(desk, map_document.wanted(desk))


def test_the_same_review_gives_the_same_bytes_and_a_name_that_says_what_it_is(
    desk: Desk, coded: list[int]
) -> None:
    first = made(desk, title="Work & hope: a map / <2026>")
    assert first == made(desk, title="Work & hope: a map / <2026>")
    assert first.name == "work-hope-a-map-2026-map.html"
    assert made(desk, title="☂").name == "map.html"


def test_what_is_hidden_from_who_takes_it_away_is_not_in_it(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    enter(bens_desk)
    code(desk, study_ids[0], finding(quotation="a secret"), note="a secret")
    code(desk, study_ids[1], finding())
    code(bens_desk, study_ids[0], done=False)
    assert b"a secret" not in made(bens_desk, texts=ALL).data
    assert document(bens_desk)["studies"]["id"] == study_ids[1:]
