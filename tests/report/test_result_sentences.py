"""Each pattern of sentence on results with none, one, two, all, none coded and several alike."""

from dataclasses import replace

import pytest

from evidence.coding.findings import Reporting
from evidence.report import result_sentences as sentences
from evidence.report.map_gaps import GapCell, MapGaps
from evidence.report.statements import StudyGroup
from evidence.synthesis.appraisal.judgements import (
    Domain,
    JudgedRow,
    Judgement,
    JudgementTable,
    Level,
    Unit,
)
from evidence.synthesis.certainty.cerqual import (
    Component,
    ComponentConcern,
    ConcernLevel,
    ReviewFinding,
)
from evidence.synthesis.certainty.grade import (
    OPEN,
    Certainty,
    CertaintyJudgement,
    Concern,
    DomainConcern,
    GradeDomain,
)
from evidence.synthesis.certainty.outcome_rows import OutcomeRow, SummaryKey
from evidence.synthesis.certainty.whole_summary import SummaryPart
from evidence.synthesis.counts.code_matrix import code_matrix
from evidence.synthesis.direction_rules import USUAL
from evidence.synthesis.direction_words import DirectionWord, word_of
from evidence.synthesis.map_cells import CellKind
from evidence.synthesis.pooling.forest import Forest, ForestGroup, ForestStudy
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import Method
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.results import Pooled
from evidence.synthesis.pooling.study_effects import StudyEffect
from evidence.synthesis.review_overlap.covered_area import InclusionTable
from evidence.synthesis.sign_test import sign_test
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.within_study import EffectDirection
from tests.report.made_facts import dimension


def word(intervention: str = "i", outcome: str = "o", **studies: int) -> DirectionWord:
    """So many studies of each direction, their ids one after another."""
    found, first = {}, 0
    for name, number in studies.items():
        found[EffectDirection[name.upper()]] = tuple(range(first, first + number))
        first += number
    said, direction = word_of(found)
    return DirectionWord(
        intervention=intervention,
        outcome=outcome,
        studies=found,
        word=said,
        direction=direction,
        test=sign_test(studies.get("favourable", 0), studies.get("unfavourable", 0)),
    )


def group(total: int) -> StudyGroup:
    return StudyGroup(
        studies=tuple(CodedStudy(id=n, label=f"S{n}", year=2000, codes={}) for n in range(total))
    )


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (word(), "no studies"),
        (word(not_stated=1), "direction not stated, in one study"),
        (word(not_stated=2), "direction not stated, in two studies"),
        (
            word(favourable=1),
            "few studies, one favourable; a word needs three with a stated direction",
        ),
        (
            word(favourable=1, unfavourable=1, not_stated=1),
            (
                "few studies, one favourable and one unfavourable; a word needs three with a "
                "stated direction; one more does not state it"
            ),
        ),
        (
            word(favourable=3),
            (
                "consistent favourable, in three of three studies with a stated direction (95% "
                "interval 44% to 100%; with so few, p < 0.05 is out of reach)"
            ),
        ),
        (
            word(favourable=6),
            (
                "consistent favourable, in six of six studies with a stated direction (95% "
                "interval 61% to 100%; sign test p = 0.031)"
            ),
        ),
        (
            word(favourable=3, unfavourable=1),
            (
                "most favourable, in three of four studies with a stated direction (95% interval "
                "30% to 95%; with so few, p < 0.05 is out of reach)"
            ),
        ),
        (
            word(favourable=1, unfavourable=1, conflicting=1),
            (
                "mixed, one favourable, one unfavourable and one conflicting of three studies with "
                "a stated direction (one of two clear directions favourable, 95% interval 9% to "
                "91%; with so few, p < 0.05 is out of reach)"
            ),
        ),
        (
            word(no_change=3),
            "consistent no change, in three of three studies with a stated direction",
        ),
    ],
)
def test_directions(found: DirectionWord, text: str) -> None:
    said = sentences.directions(found, "IPS", "Hope", "between groups", USUAL)
    assert said.text == f"“IPS” on “Hope” (between groups): {text}."
    assert said.studies == tuple(range(found.total))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], "No studies (between groups)."),
        (
            [word(favourable=1)],
            (
                "One study reports on one pair of intervention and outcome (between groups). "
                "There, it states a direction."
            ),
        ),
        (
            [word(not_stated=2), word(not_stated=1)],
            (
                "Two studies report on two pairs of intervention and outcome (between groups). In "
                "both, no study states a direction."
            ),
        ),
        (
            [word(favourable=3), word(favourable=1), word(not_stated=1)],
            (
                "Three studies report on three pairs of intervention and outcome (between groups). "
                "Enough studies state a direction for a word on “IPS” on “Hope” (consistent "
                "favourable; three studies). In one of three pairs, one study states a "
                "direction. In one of three pairs, no study states a direction."
            ),
        ),
        (
            [word(favourable=3)] * 12,
            None,
        ),
    ],
)
def test_directions_in_all(words: list[DirectionWord], text: str | None) -> None:
    said = sentences.directions_in_all(words, {"i": "IPS"}, {"o": "Hope"}, "between groups")
    if text is None:
        assert "and two more." in said.text
    else:
        assert said.text == text


def test_direction_rules_say_since_when_they_hold() -> None:
    said = sentences.direction_rules(USUAL, "Set on 2026-01-02.").text
    assert said == f"{USUAL.of_study} {USUAL.of_words} Set on 2026-01-02."


def forest(*effects: float, method: Method = Method.REML) -> Forest:
    studies = [StudyEffect(study=f"S{n}", estimate=e, variance=0.04) for n, e in enumerate(effects)]
    whole = pool(studies, method)
    assert isinstance(whole, Pooled)
    return Forest(
        measure=PooledMeasure.SMD,
        raw_heads=(),
        groups=(ForestGroup(title="", studies=tuple(ForestStudy(study=s.study) for s in studies)),),
        pooled=whole,
        favours=("Favours comparison", "Favours intervention"),
    )


def test_pooled_says_estimate_interval_heterogeneity_and_prediction() -> None:
    said = sentences.pooled(forest(0.1, 0.5, 0.9, 0.2), "“IPS” on “Hope” (x)", [1, 2, 3, 4])
    assert said.studies == (1, 2, 3, 4)
    assert said.text.startswith(
        "“IPS” on “Hope” (x): the pooled standardised mean difference of four studies is 0.42 "
        "(95% interval −0.15 to 1.00; random effects, restricted maximum likelihood; interval by "
        "the Knapp and Hartung method). Values above 0 favour the intervention. Studies differ "
        "with tau² 0.0892 and I² 69% (REML). The effect in a new study would lie between "
    )
    assert "(95% prediction interval)" in said.text


def test_one_study_is_not_pooled_and_two_have_no_prediction() -> None:
    assert sentences.pooled(forest(0.3), "A", [1]).text == (
        "A: one study has numbers, with a standardised mean difference of 0.30 (95% interval "
        "−0.09 to 0.69); nothing is pooled."
    )
    two = sentences.pooled(forest(0.3, 0.5), "A", [1, 2]).text
    assert "of two studies" in two
    assert "prediction" not in two


def test_one_common_effect_has_no_tau2() -> None:
    said = sentences.pooled(forest(0.3, 0.5, method=Method.FE), "A", [1, 2]).text
    assert "I² is 0% (by Q)." in said
    assert "tau²" not in said


def judged(certainty: Certainty | None) -> CertaintyJudgement:
    none = {d: DomainConcern(concern=Concern.NONE, reason="r") for d in GradeDomain}
    if certainty is None:
        return replace(OPEN, domains=none | {GradeDomain.IMPRECISION: DomainConcern()})
    return replace(OPEN, domains=none, overall=certainty, reason="r")


def part(*judgements: CertaintyJudgement) -> SummaryPart:
    return SummaryPart(
        contrast="between groups",
        intervention="IPS",
        rows=tuple(
            OutcomeRow(
                key=SummaryKey(contrast="c", intervention="i", outcome=str(n)),
                outcome=str(n),
                word=word(favourable=1),
                people=0,
                unknown=1,
                judgement=each,
            )
            for n, each in enumerate(judgements)
        ),
    )


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            part(OPEN),
            "certainty of the one outcome is not judged.",
        ),
        (part(judged(Certainty.LOW)), "certainty of the one outcome is low."),
        (part(judged(None)), "certainty of the one outcome is not judged completely."),
        (part(OPEN, OPEN), "certainty is not judged for either of the two outcomes."),
        (
            part(OPEN, judged(None)),
            "of two outcomes, one is not judged and one is not judged completely.",
        ),
        (
            part(judged(Certainty.HIGH), judged(Certainty.LOW), OPEN),
            "of three outcomes, certainty is high for one and low for one; one is not judged.",
        ),
        (
            part(judged(Certainty.LOW), judged(Certainty.LOW)),
            "certainty is low for both outcomes.",
        ),
        (
            part(judged(Certainty.HIGH), judged(None), OPEN, OPEN),
            (
                "of four outcomes, certainty is high for one; two are not judged and one is not "
                "judged completely."
            ),
        ),
    ],
)
def test_certainty(found: SummaryPart, text: str) -> None:
    said = sentences.certainty(found)
    assert said.text == f"“IPS” (between groups): {text}"
    assert said.studies == (0,)


def test_confidence_tells_what_is_not_judged() -> None:
    assert sentences.confidence([]).text == ""
    whole = ReviewFinding(
        uid="a",
        statement="s",
        study_ids=(1, 2),
        components={c: ComponentConcern(level=ConcernLevel.MINOR, reason="r") for c in Component},
        confidence=Certainty.MODERATE,
        reason="r",
    )
    said = sentences.confidence([whole, replace(whole, uid="b", study_ids=(2, 3))])
    assert said.studies == (1, 2, 3)
    assert said.text == (
        "Findings of views and process studies: confidence is moderate for both findings."
    )
    begun, untouched = replace(whole, reason=""), ReviewFinding(uid="c", statement="s")
    assert sentences.confidence([begun, untouched]).text.endswith(
        ": of two findings, one is not judged and one is not judged completely."
    )


def table(*overall: str, has_overall: bool = True) -> JudgementTable:
    levels = {"Low": Level.FAVOURABLE, "Some": Level.MIDDLING, "High": Level.UNFAVOURABLE}
    rows = tuple(
        JudgedRow(
            study=f"S{n}",
            study_id=n,
            judgements=(Judgement(level=levels[words], words=words),),
            overall=Judgement(level=levels[words], words=words) if has_overall else None,
        )
        for n, words in enumerate(overall, start=1)
    )
    domains = (Domain(name="D", short="D"),)
    return JudgementTable(
        title="T",
        unit=Unit.STUDY,
        domains=domains,
        rows=rows,
        overall="Overall" if has_overall else "",
    )


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (table(), "nothing is judged yet."),
        (table("Low"), "the one study is judged “Low” overall."),
        (table("Low", "High"), "of two studies, one is judged “Low” overall and one “High”."),
        (
            table("Some", "Some", "High", "Low"),
            "of four studies, two are judged “Some” overall, one “Low” and one “High”.",
        ),
        (
            table("Low", "High", has_overall=False),
            "two studies were judged by one domain, without an overall judgement.",
        ),
    ],
)
def test_appraised(found: JudgementTable, text: str) -> None:
    said = sentences.appraised(found)
    assert said.text == f"“T”: {text}"
    assert said.studies == tuple(range(1, len(found.rows) + 1))


def test_appraisal_rules_say_what_is_judged_and_how_an_overall_judgement_follows() -> None:
    assert sentences.appraisal_rules([]).text == ""
    ruled = replace(table("Low"), unit=Unit.RESULT, notes=("Overall: by the rule, the worst.",))
    assert sentences.appraisal_rules([ruled, table("Low")]).text == (
        "“T” judges results by one domain. Overall: by the rule, the worst. “T” judges studies by "
        "one domain."
    )


DESCRIBED = replace(dimension("described", peer="Peer support", home="Home visits"))
MECHANISM = replace(dimension("mechanism", peer="Peer support", home="Home visits"))


def coded(*codes: tuple[str, str]) -> StudyGroup:
    return StudyGroup(
        studies=tuple(
            CodedStudy(
                id=n,
                label=f"S{n}",
                year=2000,
                codes={
                    "described": frozenset(filter(None, [described])),
                    "mechanism": frozenset(filter(None, [mechanism])),
                },
            )
            for n, (described, mechanism) in enumerate(codes)
        )
    )


@pytest.mark.parametrize(
    ("studies", "text"),
    [
        (coded(), ""),
        (coded(("", "")), "The one study does not have a code of “Described”."),
        (coded(("", ""), ("", "")), "Neither of the two studies has a code of “Described”."),
        (
            coded(("peer", ""), ("home", "home"), ("", "")),
            (
                "Two of three studies have a code of “Described”; for “Mechanism” it is one study; "
                "most often “Peer support” (1) and “Home visits” (1)."
            ),
        ),
        (
            coded(("peer", ""), ("peer", ""), ("peer", "")),
            (
                "All three studies have a code of “Described”; for “Mechanism” it is no study; "
                "most often “Peer support” (3)."
            ),
        ),
    ],
)
def test_components(studies: StudyGroup, text: str) -> None:
    matrix = code_matrix(studies.studies, (DESCRIBED, MECHANISM))
    assert sentences.components(studies, matrix).text == text


def test_reported_tells_what_was_measured_only() -> None:
    how = {(0, "a"): Reporting.REPORTED, (1, "a"): Reporting.REPORTED}
    assert sentences.reported(group(0), {}).text == ""
    assert sentences.reported(group(2), {}).text == "Neither of the two studies has a finding."
    assert sentences.reported(group(2), how).text == (
        "Both studies have findings on one outcome. The result is reported for both pairs of "
        "study and outcome."
    )
    more = how | {(1, "b"): Reporting.PARTLY, (1, "c"): Reporting.MEASURED_ONLY}
    said = sentences.reported(group(3), more)
    assert said.studies == (0, 1)
    assert said.text == (
        "Two of three studies have findings on three outcomes. Of four pairs of study and outcome, "
        "the result is reported for two and partly for one; one was measured only."
    )
    # a study of another group is in no number
    assert sentences.reported(group(1), more).text == (
        "The one study has findings on one outcome. The result is reported for the one pair of "
        "study and outcome."
    )


def test_review_overlap_gives_the_corrected_covered_area() -> None:
    none = InclusionTable(reviews=(), studies=(), inclusions=frozenset())
    assert sentences.review_overlap(none).text == ""
    one = InclusionTable(reviews=("R",), studies=("S",), inclusions=frozenset({(0, 0)}))
    assert sentences.review_overlap(one).text == (
        "One review includes one primary study; overlap needs two reviews."
    )
    # 8 inclusions of 3 studies in 5 reviews: 41.67 % (shared rules)
    pairs = frozenset({(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 0), (1, 1), (2, 0)})
    five = InclusionTable(reviews=tuple("ABCDE"), studies=tuple("xyz"), inclusions=pairs)
    assert sentences.review_overlap(five).text == (
        "Five reviews include three primary studies, eight times in all: the corrected covered "
        "area is 41.67% (very high)."
    )


def gaps(*kinds: CellKind, few: int = 0, knows_reviews: bool = True, to: str = "") -> MapGaps:
    return MapGaps(
        rows="Intervention",
        columns="Outcome",
        cells=tuple(
            GapCell(row=f"R{n}", column="C", kind=kind, studies=frozenset())
            for n, kind in enumerate(kinds)
        ),
        studies=frozenset({0}),
        few=few,
        several=5,
        searched_to=to,
        knows_reviews=knows_reviews,
    )


def test_gaps_hold_for_searches_to_a_day() -> None:
    assert sentences.map_gaps(gaps()).text == ""
    assert sentences.map_gaps(gaps(CellKind.NOT_APPLICABLE)).text == ""
    said = sentences.map_gaps(
        gaps(
            CellKind.NO_STUDY,
            CellKind.FEW,
            CellKind.SYNTHESIS_GAP,
            CellKind.ONGOING_ONLY,
            CellKind.EVIDENCE,
            CellKind.NOT_APPLICABLE,
            few=2,
            to="2025-03-01",
        )
    )
    assert said.text == (
        "Of five cells of the map (main codes of “Intervention” by “Outcome”), one has no study "
        "and one has few, up to two studies and reviews (absolute gaps). One cell has five or more "
        "primary studies and no recent review of high quality (synthesis gaps): “R2” by “C”. One "
        "cell has ongoing studies only. This holds for the searches to 2025-03-01."
    )


def test_gaps_without_reviews_coded_or_a_date_say_so() -> None:
    said = sentences.map_gaps(gaps(CellKind.NO_STUDY, CellKind.NO_STUDY, knows_reviews=False)).text
    assert said == (
        "Of two cells of the map (main codes of “Intervention” by “Outcome”), two have no study "
        "(absolute gaps). No code says which studies are reviews, so synthesis gaps cannot be "
        "told. This holds for the searches, whose last day is not recorded."
    )
    assert "No cell has five or more" in sentences.map_gaps(gaps(CellKind.EVIDENCE)).text


def test_on_map_counts_the_studies_that_have_a_place() -> None:
    assert sentences.on_map(group(0), gaps()).text == ""
    assert sentences.on_map(group(3), gaps()).text.startswith("One of three studies stands on the")
    assert sentences.on_map(group(1), gaps()).text.startswith("The one study stands on the map")
    nobody = replace(gaps(), studies=frozenset())
    assert sentences.on_map(group(3), nobody).text.startswith("None of the three studies stands")
    both = replace(gaps(), studies=frozenset({0, 1}))
    assert sentences.on_map(group(2), both).text.startswith("Both studies stand on the map")
