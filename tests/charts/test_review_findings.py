from xml.etree.ElementTree import fromstring

import pytest

from evidence.charts.direction_pages import HIGH
from evidence.charts.review_findings import review_findings_picture
from evidence.synthesis.certainty.cerqual import ReviewFinding
from tests.charts.conftest import HOSTILE
from tests.charts.test_findings_summary import SVG, drawn, said
from tests.synthesis.certainty.test_cerqual import WHOLE

LABELS = {1: "Park 2001", 2: "Wood 2003"}


def test_a_finding_stands_with_its_studies_confidence_and_reason() -> None:
    picture = review_findings_picture([WHOLE], LABELS)
    (page,) = picture.draw("light")
    assert {WHOLE.statement, "2: Park 2001; Wood 2003", "High", WHOLE.reason} <= set(said(page))
    fills = {circle.attrib["fill"] for circle in drawn(page).iter(f"{SVG}circle")}
    assert len(fills) == 1
    assert "confidence high" in picture.text
    values = dict(zip(picture.table.head, picture.table.rows[0], strict=True))
    assert values["Coherence"] == "no or very minor concerns"
    assert values["Studies"] == "Park 2001; Wood 2003"


def test_a_study_that_may_not_be_named_is_counted() -> None:
    picture = review_findings_picture([WHOLE], {1: "Park 2001"})
    assert "2: Park 2001, and 1 not in this report" in " ".join(said(picture.draw("light")[0]))
    assert "Park 2001, and 1 not in this report" in picture.table.rows[0]


def test_what_is_open_or_not_complete_says_so() -> None:
    new = ReviewFinding(uid="2", statement="New.")
    begun = ReviewFinding(uid="3", statement="Begun.", study_ids=(1,), components=WHOLE.components)
    (page,) = review_findings_picture([new, begun], LABELS).draw("dark")
    assert {"Not judged", "None chosen", "Not complete", "Confidence is not judged."} <= set(
        said(page)
    )
    assert not list(drawn(page).iter(f"{SVG}circle"))


def test_without_a_finding_the_page_says_so() -> None:
    assert "No finding of views" in " ".join(said(review_findings_picture([], {}).draw("light")[0]))


@pytest.mark.parametrize("text", [*HOSTILE, "wide " * 600, "\x00"])
def test_texts_from_outside_stay_texts_on_their_page(text: str) -> None:
    finding = ReviewFinding(uid="1", statement=text, study_ids=(1,), reason=text)
    for page in review_findings_picture([finding] * 3, {1: text}).draw("light"):
        root = fromstring(page)  # noqa: S314 - the text is our own
        assert float(root.attrib["height"]) <= HIGH + 1
        assert not list(root.iter(f"{SVG}script"))
