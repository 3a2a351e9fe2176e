from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from evidence.charts.direction_pages import HIGH
from evidence.charts.findings_summary import SummaryWords, summary_picture
from evidence.coding.effects.measures import Measure
from evidence.synthesis.certainty.grade import (
    OPEN,
    Certainty,
    CertaintyJudgement,
    Concern,
    DomainConcern,
    GradeDomain,
)
from evidence.synthesis.certainty.outcome_effect import OutcomeEffect
from evidence.synthesis.certainty.outcome_rows import OutcomeRow, SummaryKey
from evidence.synthesis.direction_words import Agreement, DirectionWord
from evidence.synthesis.pooling.methods import Method
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.results import Pooled
from evidence.synthesis.pooling.study_effects import StudyEffect
from evidence.synthesis.within_study import EffectDirection
from tests.charts.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
WORDS = SummaryWords(intervention="IPS", contrast="between arms")


def judged(reason: str, concern: Concern = Concern.NONE) -> CertaintyJudgement:
    domains = {domain: DomainConcern(concern=Concern.NONE, reason=reason) for domain in GradeDomain}
    serious = DomainConcern(concern=concern, reason=reason)
    return CertaintyJudgement(domains=domains | {GradeDomain.IMPRECISION: serious})


def a_row(text: str, judgement: CertaintyJudgement) -> OutcomeRow:
    return OutcomeRow(
        key=SummaryKey(contrast="arms", intervention="ips", outcome=text),
        outcome=text,
        word=DirectionWord(
            intervention="ips",
            outcome=text,
            studies={EffectDirection.FAVOURABLE: (1, 2)},
            word=Agreement.FEW,
            direction=None,
            test=None,
        ),
        people=1204,
        unknown=0,
        judgement=judgement,
    )


def drawn(page: str) -> Element:
    return fromstring(page)  # noqa: S314 - the text is our own


def said(page: str) -> list[str]:
    return [text.text or "" for text in drawn(page).iter(f"{SVG}text")]


def test_certainty_is_said_in_circles_and_words_with_its_reason() -> None:
    row = a_row("Hope", judged("wide intervals", Concern.SERIOUS))
    picture = summary_picture([row], WORDS)
    (page,) = picture.draw("light")
    fills = [circle.attrib["fill"] for circle in drawn(page).iter(f"{SVG}circle")]
    assert len(fills) == 4
    assert len(set(fills[:3])) == 1
    assert fills[3] != fills[0]
    assert {"Moderate", "1,204", "Imprecision, serious: wide intervals"} <= set(said(page))
    assert "Certainty moderate" in picture.text
    assert picture.table.rows[0][picture.table.head.index("Certainty")] == "Moderate"


def test_what_a_judgement_lacks_stands_in_its_row() -> None:
    rows = [a_row("Hope", OPEN), a_row("Earnings", judged("why", Concern.OPEN))]
    (page,) = summary_picture(rows, WORDS).draw("light")
    assert {"Not judged", "Not complete", "Imprecision is not judged."} <= set(said(page))
    assert not list(drawn(page).iter(f"{SVG}circle"))


def test_another_certainty_stands_beside_what_follows() -> None:
    judgement = CertaintyJudgement(
        domains=judged("none").domains, overall=Certainty.LOW, reason="one small trial"
    )
    table = summary_picture([a_row("Hope", judgement)], WORDS).table
    values = dict(zip(table.head, table.rows[0], strict=True))
    assert (values["By the domains"], values["Certainty"]) == ("high", "Low")
    assert values["Why another"] == "one small trial"


@pytest.mark.parametrize("number", [0, 1, 200])
def test_outcomes_go_on_further_pages(number: int) -> None:
    rows = [a_row(f"Outcome {n}", judged("as appraised", Concern.SERIOUS)) for n in range(number)]
    pages = summary_picture(rows, WORDS).draw("light")
    assert sum(text.startswith("Outcome ") for page in pages for text in said(page)) == number
    assert all(float(drawn(page).attrib["height"]) <= HIGH + 1 for page in pages)
    assert number or "No study has a finding here yet." in " ".join(said(pages[0]))


@pytest.mark.parametrize("text", [*HOSTILE, "wide " * 400, "\x00"])
def test_texts_from_outside_stay_texts_on_their_page(text: str) -> None:
    for page in summary_picture([a_row(text, judged(text, Concern.SERIOUS))], WORDS).draw("dark"):
        assert float(drawn(page).attrib["height"]) <= HIGH + 1
        assert not list(drawn(page).iter(f"{SVG}script"))


def test_a_pooled_effect_stands_in_its_row_in_words_and_in_its_table_in_numbers() -> None:
    effects = [StudyEffect(study=str(n), estimate=n / 10, variance=0.04) for n in (2, 4, 6)]
    pooled = pool(effects, Method.REML)
    assert isinstance(pooled, Pooled)
    effect = OutcomeEffect(
        measure=Measure.STANDARDISED_MEAN_DIFFERENCE, pooled=pooled, is_turned=True
    )
    with_numbers = replace(a_row("Hope", OPEN), effect=effect)
    without = a_row("Earnings", OPEN)
    picture = summary_picture([with_numbers, without], WORDS)
    (page,) = picture.draw("light")
    whole = " ".join(said(page))
    assert "SMD 0.40" in whole
    assert "No numbers that give an effect." in whole
    assert "most precise finding of each study" in whole
    first, second = (dict(zip(picture.table.head, row, strict=True)) for row in picture.table.rows)
    assert (first["Measure"], first["Studies pooled"]) == ("standardised mean difference", 3)
    assert first["Effect"] == pytest.approx(0.4)
    assert second["Measure"] is None
