"""The founding case stands beside the example as its documents state it; nothing is invented."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import yaml

from evidence.report.live_content import LiveContent, ReportList, ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.report.numerals import in_words
from evidence.report.statements import Statement
from evidence.steps import example
from evidence.steps.desk import Desk
from evidence.steps.practice import claims, stated_review
from evidence.steps.results import coded_studies, report_facts
from evidence.steps.results.concluding import conclusions
from evidence.steps.results.report import ReportFormat
from evidence.steps.results.reporting import stated_report
from evidence.store import Store
from evidence.synthesis.claims.reported_counts import reported_counts
from evidence.synthesis.conclusions.conclusion import POLICY, RESEARCH, SupportKind
from evidence.synthesis.conclusions.flags import NO_SUPPORT_YET
from evidence.synthesis.practice.knowledge_review import INTERPRETATION, Wording
from tests.conftest import ROOT, SHARED
from tests.steps.prepared import example_database

CONTENT = yaml.safe_load(stated_review.FILE.read_text("utf-8"))
NEEDS_SEEDS = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the source documents are not here"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The example, only looked at."""
    path = tmp_path_factory.mktemp("founding") / "example.db"
    path.write_bytes(example_database())
    store = Store.open(f"sqlite:///{path}")
    yield example.load(store)
    store.close()


def test_reported_studies_add_up_and_are_no_records(desk: Desk) -> None:
    register = [line.claim for line in claims.register(desk)]
    assert [
        (
            count.total.value,
            [(part.measure, part.value) for part in count.parts],
            int(count.sum_of_parts or 0),
            count.claim.year,
        )
        for count in reported_counts(register)
    ] == [
        (
            "21",
            [
                ("from the United States", "16"),
                ("from the United Kingdom", "3"),
                ("from Canada", "1"),
                ("from Europe", "1"),
            ],
            21,
            "1991 to 2006",
        ),
        ("6", [("from the United States", "4"), ("from the United Kingdom", "2")], 6,
         "1992 to 2006"),
    ]  # fmt: skip


def test_the_matrix_has_the_wording_of_the_digest_and_no_number(desk: Desk) -> None:
    stated = stated_review.of_example(desk)
    assert stated is not None
    by_wording: dict[Wording, set[tuple[str, str]]] = {}
    for cell in stated.matrix.cells:
        by_wording.setdefault(cell.wording, set()).add((cell.intervention, cell.outcome))
    assert by_wording == {
        Wording.CONSISTENT: {
            ("voluntary", "self-esteem"),
            ("education", "self-esteem"),
            ("education", "studying"),
        },
        Wording.MOST: {
            ("integrated", "quality"),
            ("voluntary", "quality"),
            ("education", "quality"),
            ("integrated", "living"),
            ("integrated", "symptoms"),
        },
        Wording.INCONSISTENT: {
            ("any", "self-esteem"),
            ("any", "capital"),
            ("any", "living"),
            ("any", "quality"),
        },
    }
    assert stated.matrix.rows()[0] == (
        "Self-esteem", "", "Seems consistent", "Seems consistent", "Inconsistent",
    )  # fmt: skip
    assert not re.search(r"\d", repr(stated.matrix.rows()))


def test_thirteen_recommendations_say_that_their_traces_are_an_interpretation(desk: Desk) -> None:
    lines = conclusions.ledger(desk)
    audiences = [line.conclusion.audience for line in lines]
    assert (audiences.count(POLICY), audiences.count(RESEARCH)) == (6, 7)
    untraced = [line for line in lines if not line.conclusion.supports]
    assert [[flag.text for flag in line.flags] for line in untraced] == [[NO_SUPPORT_YET]] * 5
    for line in lines:
        if line.conclusion.supports:
            practice = [s for s in line.conclusion.supports if s.kind is SupportKind.PRACTICE]
            assert practice
            assert all(s.ids[0].startswith(INTERPRETATION) for s in practice)
            assert not line.flags


def test_percentages_of_the_survey_of_views_have_their_base(desk: Desk) -> None:
    survey = [
        line.claim
        for line in claims.register(desk)
        if "Community Care" in line.claim.source and line.claim.people == 241
    ]
    figures = {(f.measure, f.group): (f.value, f.base) for c in survey for f in c.figures}
    assert figures == {
        ("want paid work now", ""): ("61", "those not in employment"),
        ("want paid work later", ""): ("10", "those not in employment"),
        ("no regular daytime activity", ""): ("42", "all who answered"),
        ("in paid work", ""): ("15", "all who answered"),
        ("in voluntary work", ""): ("15", "all who answered"),
        ("in education or training", ""): ("12", "all who answered"),
        ("in paid work", "women"): ("18", "women who answered"),
        ("in paid work", "men"): ("12", "men who answered"),
    }


def test_training_and_tasks_of_service_users_who_were_researchers_are_codes(desk: Desk) -> None:
    loaded = coded_studies.load(desk)
    assert loaded is not None
    (codes,) = (each.codes for each in loaded.studies if each.label.startswith("Still Dreaming"))
    assert codes["research-involvement"] == {"co-researchers"}
    assert codes["researcher-training"] == {"training-not-stated"}
    assert codes["researcher-tasks"] == {
        "task-instruments", "task-interviewing", "task-survey", "task-data-entry",
    }  # fmt: skip


def test_the_report_has_what_documents_report(desk: Desk) -> None:
    facts = report_facts.facts(desk)

    def part(name: str) -> LiveContent:
        return live_content(facts, live_token(name))

    counts, matrix, findings = map(
        part, ("reported-counts", "reported-matrix", "reported-findings")
    )
    assert isinstance(counts, ReportTable)
    assert [row.cells[1] for row in counts.rows] == ["21", "6"]
    assert counts.studies == ()
    assert isinstance(matrix, ReportTable)
    assert (len(matrix.rows), len(matrix.head)) == (6, 5)
    assert isinstance(findings, ReportList)
    assert sum(line.text.startswith("Practice survey: ") for line in findings.lines) == 6


def words_of(part: LiveContent) -> list[str]:
    """The sentences of a live part, as they are printed; those of a table are in its note."""
    if isinstance(part, Statement):
        return [part.text]
    if isinstance(part, ReportList):
        return [line.text for line in part.lines]
    assert isinstance(part, ReportTable)
    return [*part.head, *(cell for row in part.rows for cell in row.cells if cell), part.note]


def test_its_report_is_read_like_the_summary_of_a_knowledge_review(desk: Desk) -> None:
    made = stated_report.stated_report(report_facts.facts(desk))
    assert (made.faults, made.unwritten) == ((), ())
    assert [section.title for section in made.sections] == [
        "Background",
        "Aims",
        "How it was done",
        "What outcome studies say",
        "What process studies say",
        "What services do: the survey of practice",
        "What service users say",
        "Service users as researchers",
        "What is recommended",
        "Documents",
    ]
    for token, content in made.live.items():
        assert words_of(content), token
        assert all(words_of(content)), token
    counts = made.live["reported-studies for part=outcome-studies"]
    (told,) = words_of(counts)
    assert told == (
        "The digest reports 21 outcome evaluations that were judged sound, published 1991 to 2006: "
        "16 from the United States, three from the United Kingdom, one from Canada and one from "
        "Europe (SCIE digest, Key findings, Research review: outcome studies)."
    )
    advised = [
        len(words_of(content))
        for token, content in made.live.items()
        if token.startswith("reported-recommendations")
    ]
    assert advised == [6, 7]
    assert made.labels == {}


def sentences_of(page: str) -> list[str]:
    """Every sentence of a report as a web page, outside tables, headings and its list of titles."""
    body = page[page.index("<h2 id=") : page.index('<h2 id="s-sources"')]
    body = re.sub(r'(?s)<p class="note".*?</p>', "", body)  # of a table
    parts = re.split(r"<[^>]+>", re.sub(r"(?s)<(table|h[2-4])\b.*?</\1>", "", body))
    return list(itertools.chain(*(in_sentences(unescape(part)) for part in parts)))


def in_sentences(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", text.strip()) if each]


def test_each_sentence_of_the_report_leads_to_its_document_and_place(desk: Desk) -> None:
    stated = stated_review.as_its_digest_states_it()
    findings = [each.where for each in stated.findings]
    lines = [line.claim for line in claims.register(desk)]
    places = {
        *findings,
        *(each.where for each in stated.recommendations),
        stated.matrix.where,
        *(f"{stated.short(each.source)}, {each.place}" for each in lines),
        "SCIE digest, Recommendations",
    }
    told = sentences_of(stated_report.file_of(desk, ReportFormat.HTML).decode())
    assert len(told) > len(findings) + len(stated.recommendations) + len(stated.matrix.cells) / 4
    for sentence in told:
        bracket = sentence[sentence.rfind(" (") + 2 :].removesuffix(").")
        assert sentence.endswith(")."), sentence
        assert set(bracket.split("; ")) <= places, sentence


def test_the_example_says_how_many_claims_were_judged_how(desk: Desk) -> None:
    told = live_content(report_facts.facts(desk), live_token("claims-judged"))
    file = yaml.safe_load((ROOT / "data" / "example" / "claims.yaml").read_text("utf-8"))
    verdicts = Counter(each["judgement"]["verdict"] for each in file["claims"])
    assert isinstance(told, Statement)
    assert told.text.startswith(f"Of {len(file['claims'])} published claims ")
    assert {(word, int(n)) for word, n in re.findall("“([^”]+)” for ([0-9]+)", told.text)} == set(
        verdicts.items()
    )


# ── nothing invented ──────────────────────────────────────────────────────────────────────────────


def seed(name: str) -> str:
    (path,) = Path(SHARED / "seeds").glob(f"{name}_*.txt")
    return path.read_text("utf-8").casefold()


@NEEDS_SEEDS
def test_every_number_stands_in_the_document_that_is_named_and_no_ten_words_do() -> None:
    texts = {name: seed(each["seed"]) for name, each in CONTENT["documents"].items()}
    runs = {run for text in texts.values() for run in ten_words(text)}
    texts |= {each["source"]: seed(each["seed"]) for each in CONTENT["tables"]}
    entries = [*CONTENT["findings"], *CONTENT["recommendations"], *CONTENT["matrix"]["cells"]]
    entries += CONTENT["tables"]
    assert len(entries) > 35
    for entry in entries:
        own = f"{entry.get('text', '')} {entry.get('note', '')}"
        for printed in re.findall(r"\d[\d,.]*\d|\d", own):
            assert re.search(rf"(?<!\d){re.escape(printed)}(?!\d)", texts[entry["source"]]), own
        assert not [run for run in ten_words(own) if run in runs]


@NEEDS_SEEDS
def test_the_report_has_no_number_and_no_ten_words_of_its_own(desk: Desk) -> None:
    made = stated_report.stated_report(report_facts.facts(desk))
    sources = {name: seed(each["seed"]) for name, each in CONTENT["documents"].items()}
    shorts = {name: each["short"] for name, each in CONTENT["documents"].items()}
    runs = {run for text in sources.values() for run in ten_words(text)}
    sentences = {name: words_of(each) for name, each in made.live.items()}
    sentences.pop("reported-documents")  # titles
    for told in itertools.chain(*sentences.values()):
        named = [name for name in sources if f"{shorts[name]}, " in told] or list(sources)
        own = re.sub(r"\([^()]*\)\.?$", "", re.sub(r"For [a-z ]+, \d", "", told))
        for printed in re.findall(r"\d[\d,.]*\d|\d", own):
            ways = [printed, *([in_words(int(printed))] if len(printed) < 3 else [])]
            ways += ["quarter"] if printed == "25" else []  # less than a quarter is less than 25 %
            found = "|".join(rf"(?<!\w){re.escape(way)}(?!\w)" for way in ways)
            assert any(re.search(found, sources[name]) for name in named), (printed, told)
        assert not [run for run in ten_words(told) if run in runs], told


@NEEDS_SEEDS
def test_a_table_of_another_document_has_the_cells_of_that_document() -> None:
    for table in CONTENT["tables"]:
        words = set(re.findall(r"\w+", seed(table["seed"])))
        for cell in itertools.chain(*(row[1:] for row in table["rows"])):
            ours = set(re.findall(r"\w+", cell.casefold())) - {"given", "by", "oneself", "websites"}
            assert ours <= words, cell
        assert len(table["rows"]) == 3


@NEEDS_SEEDS
def test_titles_of_documents_stand_in_them() -> None:
    for each in CONTENT["documents"].values():
        assert each["title"].split(" (")[0].casefold() in seed(each["seed"])


def ten_words(text: str) -> list[tuple[str, ...]]:
    """Each run of ten words."""
    words = re.findall(r"[\w%']+", text.casefold())
    return [tuple(words[at : at + 10]) for at in range(len(words) - 9)]
