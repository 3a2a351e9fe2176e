"""Shipped schemes that follow a source say what the source says, and nothing of what it owns."""

import re
from pathlib import Path

import pytest

from evidence.coding.scheme import Judges, OptionRole, Purpose, QuestionKind, Scheme
from evidence.synthesis.counts.country_names import country_name
from tests.coding.test_shipped_schemes import SCHEMES
from tests.conftest import ROOT

DOMAIN = ROOT.parent / "shared" / "domain.md"
needs_domain = pytest.mark.skipif(
    not DOMAIN.is_file(), reason="the facts of the field (../shared/domain.md) are not here"
)
FIDELITY = SCHEMES["supported-employment-fidelity-25"]
SERVICES = SCHEMES["vocational-services"]
# What domain.md calls a variable, column or concept, and the question or option that is it here.
TABLE_2 = {
    "full reference": "md-reference",
    "year": "md-year",
    "publication type": "md-publication-type",
    "language": "md-language",
    "study country": "md-country",
    "linked study": "md-linked-study",
    "data source (primary/secondary)": "md-data-source",
    "data type": "md-data-type",
    "study design": "md-design",
    "population": "md-population",
    "intervention": "md-intervention",
    "exposure": "md-exposure",
    "comparator": "md-comparator",
    "outcome": "md-outcome",
    "sampling strategy": "md-sampling",
    "length/period": "md-length",
}
COLUMNS = {
    "Clinical vocational leads": "clinical-vocational-lead",
    "Employment specialists": "employment-specialists",
    "Public services as exemplar employers": "exemplar-employer",
    "Supported work (social enterprises/firms)": "supported-work",
    "Local multi-agency forums": "local-forum",
}
CONCEPTS = {
    "self-efficacy": "core-self-efficacy",
    "resources not medical model": "core-resources",
    "managing the health condition": "core-health-condition",
    "managing jobsearch": "core-job-search",
    "job keeping skills": "core-job-keeping",
    "managing retention": "core-retention",
    "individual needs": "core-individual-needs",
    "employer needs": "core-employer-needs",
    "intermediary requirements": "core-intermediary",
}
STAGES = {
    "prepare": "stage-preparing",
    "jobsearch": "stage-searching",
    "retention/progression": "stage-staying",
}


def domain() -> str:
    return DOMAIN.read_text(encoding="utf-8")


def codes(scheme: Scheme, question_id: str) -> list[str]:
    question = scheme.question(question_id)
    assert question
    return [option.id for option in question.walk()]


def listed_after(start: str, separator: str, end: str = "\n") -> list[str]:
    """The parts of a list of the domain's facts, without the signs of what was verified."""
    (after,) = re.findall(re.escape(start) + f"(.*?)(?:{end})", domain(), re.DOTALL)
    return [re.sub(r"\*", "", part).strip(" .") for part in after.split(separator)]


# ── the fidelity scale ────────────────────────────────────────────────────────────────────────────


def test_the_fidelity_scale_judges_services_by_25_items_in_three_sections() -> None:
    assert (FIDELITY.purpose, FIDELITY.judges) == (Purpose.APPRAISAL, Judges.PRACTICE)
    assert [(s.title, len(s.questions)) for s in FIDELITY.sections] == [
        ("Staffing", 3), ("Organization", 8), ("Services", 14)]  # fmt: skip
    for number, item in enumerate(FIDELITY.questions, 1):
        assert item.text.startswith(f"{number}. ")
        assert item.kind is QuestionKind.ONE
        labels = [option.label for option in item.options]
        assert labels == ["1", "2", "3", "4", "5", "Cannot rate"]
        assert [o.id for o in item.options if o.role is OptionRole.NO_INFORMATION] == [
            "cannot-rate"
        ]


def test_nothing_says_what_a_score_asks_for() -> None:
    """The anchors are copyrighted; the scheme leads to them."""
    assert [q.id for q in FIDELITY.questions for o in q.options if o.help] == []
    assert "https://ipsworks.org" in FIDELITY.description


@needs_domain
def test_the_items_have_the_names_that_the_facts_give() -> None:
    (section,) = re.findall(
        r"^\s*\*\*Staffing\*\* .*?(?=^\* Anchors)", domain(), re.MULTILINE | re.DOTALL
    )
    plain = re.sub(r"\([^)]*\)|\*", "", section)
    named = re.findall(r"(\d+) ([^;.\d]+(?:\.\.\. [^;.\d]+)?)", plain)
    names = {int(number): name.strip() for number, name in named}
    names[5] = names[4].replace("team assignment", "frequent team member contact")
    ours = {number: q.text.partition(". ")[2] for number, q in enumerate(FIDELITY.questions, 1)}
    assert ours == names


# ── the survey of services ────────────────────────────────────────────────────────────────────────


def test_a_survey_of_services_is_no_coding_of_studies() -> None:
    assert (SERVICES.purpose, SERVICES.judges) == (Purpose.PRACTICE, Judges.PRACTICE)


def test_each_question_that_follows_a_source_names_its_place_for_who_carries_it_on() -> None:
    """In comments: whoever answers is asked, not taught what is suggested."""
    text = Path(ROOT / "coding_schemes" / "vocational-services.yaml").read_text(encoding="utf-8")
    blocks = dict(
        re.findall(r"^      - id: ([\w-]+)\n((?:^(?!      - id).*\n)*)", text, re.MULTILINE)
    )
    assert list(blocks) == [question.id for question in SERVICES.questions]
    own = {"service-area", "service-population", "service-teams", "service-served",
           "service-helps", "service-hinders"}  # fmt: skip
    named = {name for name, block in blocks.items() if re.search(r"# \[[ABC]\] ", block)}
    assert set(blocks) - named == own
    assert not any("Table 1" in question.help for question in SERVICES.questions)


def test_peer_support_is_an_add_on_or_part_of_the_service() -> None:
    assert codes(SERVICES, "service-peers")[:2] == ["peer-integral", "peer-add-on"]


@needs_domain
def test_kinds_of_service_stages_and_concepts_are_those_of_the_sources() -> None:
    assert listed_after("\nColumns: ", " | ", r"\. Rows:") == list(COLUMNS)
    assert codes(SERVICES, "service-kind")[:5] == list(COLUMNS.values())
    assert listed_after("nine core concepts (", "; ", r"\)") == list(CONCEPTS)
    assert codes(SERVICES, "service-concepts") == list(CONCEPTS.values())
    assert listed_after("three stages (", ", ", r"\)") == list(STAGES)
    assert codes(SERVICES, "service-stages") == list(STAGES.values())
    for fact in ("caseload up to 25", "10-15 places per 100,000", "20 or fewer", "quarterly"):
        assert fact in domain()


# ── sets for studies ──────────────────────────────────────────────────────────────────────────────


@needs_domain
def test_the_set_for_maps_has_the_variables_of_table_2_and_no_other() -> None:
    variables = listed_after(
        "Table 2 coding variables (use as default bibliographic/meta set): ", ";"
    )
    assert variables == list(TABLE_2)
    assert {q.id for q in SCHEMES["map-database"].questions} == set(TABLE_2.values())


def test_the_set_for_maps_offers_every_country_by_its_letters() -> None:
    question = SCHEMES["map-database"].question("md-country")
    assert question
    *countries, _ = question.options
    assert len(countries) > 240
    assert [o.id for o in countries if country_name(o.id) != o.label] == []


def test_equity_asks_for_the_same_characteristics_in_three_parts() -> None:
    scheme = SCHEMES["equity"]
    described, analysed, excluded, *_ = scheme.questions
    assert described.options == analysed.options == excluded.options
    progress = ["place", "race", "occupation", "gender", "religion", "education", "socioeconomic",
                "social-capital"]  # fmt: skip
    assert [o.id for o in described.options][:8] == progress
    assert [o.id for o in described.options][8:11] == [
        "personal",
        "relationships",
        "time-dependent",
    ]


def test_economic_studies_make_no_findings() -> None:
    scheme = SCHEMES["economic-studies"]
    assert [q.id for q in scheme.questions if q.axis or q.of.value == "finding"] == []
    assert [q.id for q in scheme.questions if q.unit in {"people", "persons"}] == []
    asked = {q.id for q in scheme.questions}
    assert {"econ-type", "econ-perspective", "econ-currency", "econ-price-year", "econ-horizon",
            "econ-discounting", "econ-resource-use", "econ-unit-costs", "econ-result",
            } <= asked  # fmt: skip


def test_the_guide_says_when_to_take_which_scheme() -> None:
    page = Path(ROOT / "docs" / "guide" / "which-scheme.md").read_text(encoding="utf-8")
    assert [name for name in SCHEMES if f"`{name}`" not in page] == []
