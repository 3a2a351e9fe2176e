"""What authors keep to themselves is nowhere in the bytes of the file, packed or not."""

import base64
import json
import re
import zlib
from typing import Any

import pytest

from evidence.coding.scheme import Of, OptionRole
from evidence.exports.map_file import map_file
from evidence.steps.results.map_file import MapWishes, public_document
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.map_document import ALL_TEXTS, MapContent, MapNote, MapReport, map_document
from evidence.synthesis.map_view import MapView
from evidence.synthesis.studies import CodedStudy

SECRETS = {
    "authors": ("Geheimowa", "Geheimowa 2001"),
    "links": ("10.9999/verborgen", "https://verborgen.example"),
    "quality": ("Judged in secret", "why it was judged so"),
}
REVIEW, HIGH, LOW = 1, 8, 32


def heading(code: str, label: str, role: OptionRole | None = None) -> Heading:
    return Heading(id=code, label=label, covers=frozenset({code}), role=role)


def of_study(key: str, title: str, *headings: Heading) -> Dimension:
    return Dimension(id=f"question:{key}", title=title, of=Of.STUDY, headings=headings)


DIMENSIONS = (
    of_study("place", "Place", heading("here", "Here"), heading("there", "There")),
    of_study(
        "design", "Design", heading("review", "Review", OptionRole.REVIEW), heading("rct", "RCT")
    ),
    of_study(
        "quality",
        "Judged in secret",
        heading("good", "Good", OptionRole.HIGH_QUALITY),
        heading("poor", "Poor", OptionRole.LOW_QUALITY),
    ),
)


def document(studies: int) -> dict[str, Any]:
    coded = tuple(
        CodedStudy(
            id=number,
            label=f"Geheimowa 2001 {number}",
            year=2001,
            codes={
                "place": frozenset({"here"}),
                "design": frozenset({"review" if number % 2 else "rct"}),
                "quality": frozenset({"good" if number % 2 else "poor"}),
            },
        )
        for number in range(1, studies + 1)
    )
    report = MapReport(
        title="Does it help?",
        authors=("Geheimowa, A.",),
        doi="10.9999/verborgen",
        link="https://verborgen.example/a",
    )
    return map_document(
        MapContent(
            title="A map",
            studies=coded,
            dimensions=DIMENSIONS,
            view=MapView(rows="question:place", columns="question:design"),
            reports={study.id: (report,) for study in coded},
            notes=(MapNote(study=1, question="Judged in secret", text="why it was judged so",
                           dimension="question:quality"),),
        )
    )  # fmt: skip


def made_file(whole: dict[str, Any], wishes: MapWishes) -> bytes:
    return map_file(public_document(whole, wishes))


def texts_of(data: bytes) -> str:
    """The file, and behind it what stands packed in it."""
    file = data.decode()
    packed = re.search(r' id="map-document" data-packed="deflate">([^<]*)<', file)
    return file + (zlib.decompress(base64.b64decode(packed[1])).decode() if packed else "")


@pytest.mark.journey
@pytest.mark.parametrize("studies", [6, 3000])
@pytest.mark.parametrize("without", [("authors",), ("links",), ("quality",), tuple(SECRETS)])
def test_no_secret_is_in_the_bytes_and_nothing_else_is_missing(
    studies: int, without: tuple[str, ...]
) -> None:
    made = made_file(document(studies), MapWishes(title="M", texts=ALL_TEXTS, without=without))
    text = texts_of(made)
    if len(without) == 1:  # what is left without all of it is small enough to stand as it is
        assert (b' data-packed="deflate">' in made) == (studies > 6)
    for name, secrets in SECRETS.items():
        for secret in secrets:
            assert (secret in text) == (name not in without)
    assert "Does it help?" in text
    assert "Study 3" in text or "authors" not in without


def public(*without: str) -> dict[str, Any]:
    text = texts_of(made_file(document(4), MapWishes(without=without)))
    found = re.search(r' id="map-document">(.*?)</script>', text, re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_judgements_go_with_their_question_and_reviews_stay_reviews() -> None:
    assert public()["studies"]["roles"] == [REVIEW | HIGH, LOW] * 2
    left = public("quality")
    assert left["studies"]["roles"] == [REVIEW, 0] * 2
    # Else every cell with several studies would seem to lack a review of high quality.
    assert (public()["gaps"]["several"], left["gaps"]["several"]) == (5, 0)
    assert public("design")["studies"]["roles"] == [REVIEW | HIGH, LOW] * 2
