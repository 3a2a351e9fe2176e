"""What coding many studies at once would do, and what was done last, is said in sentences."""

from datetime import UTC, datetime

import pytest

from evidence.coding.read_scheme import load
from evidence.steps.coding.bulk_coding import BulkCode, BulkLine, BulkPreview, Happens
from evidence.steps.coding.schemes import TakenScheme
from evidence.store.coding.schemes import SchemeVersion
from evidence.store.coding.study_table import StudyFilter
from evidence.store.coding.undo_coding_acts import StandingAct
from evidence.ui.coding.bulk_coding import act_words, bulk_sentences, preview_table
from evidence.ui.coding.code_choice import paths
from tests.steps.coding.test_coding import SCHEME

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture
def taken() -> TakenScheme:
    version = SchemeVersion(
        id=1, scheme_id=1, name="small", version="1", yaml=SCHEME, by="Anna", at=NOW, number=1
    )
    return TakenScheme(id=1, version=version, scheme=load(SCHEME, "small.yaml"))


def line(study_id: int, happens: Happens, *others: str, begins: bool = False) -> BulkLine:
    return BulkLine(
        study_id=study_id, label=f"Study {study_id}", happens=happens, others=others, begins=begins
    )


def act(**more: object) -> StandingAct:
    fields = {
        "act": "a", "at": NOW, "question": "service", "code": "ips", "on": True, "study": "A",
        "source": "", "stands": (1, 2), "changed": 0,
    }  # fmt: skip
    return StandingAct(**{**fields, **more})  # type: ignore[arg-type]


def test_numbers_and_words_agree() -> None:
    one = BulkPreview(lines=(
        line(1, Happens.CHANGES, begins=True), line(2, Happens.AS_WANTED),
        line(3, Happens.COMPLETE),
    ))  # fmt: skip
    assert bulk_sentences(BulkPreview(), on=True) == ["No study gets the code."]
    assert bulk_sentences(one, on=True) == [
        "1 study gets the code.",
        "1 coding of yours begins with it.",
        "1 study has it already.",
        "1 coding is complete and stays as it is.",
    ]
    several = BulkPreview(lines=(
        line(1, Happens.GIVES_WAY, "x"), line(2, Happens.GIVES_WAY, "x"),
        line(3, Happens.CHANGES, "y"), line(4, Happens.COMPLETE), line(5, Happens.COMPLETE),
    ))  # fmt: skip
    assert bulk_sentences(several, on=True) == [
        "3 studies get the code.",
        "2 studies have another answer, which gives way, because the question takes one only.",
        "1 study has other codes of the question, too; these stay.",
        "2 codings are complete and stay as they are.",
    ]
    off = BulkPreview(lines=(line(1, Happens.CHANGES), line(2, Happens.AS_WANTED)))
    assert bulk_sentences(off, on=False) == [
        "1 study loses the code.", "1 study does not have it.",
    ]  # fmt: skip


def test_the_preview_names_each_study_and_first_those_that_change(taken: TakenScheme) -> None:
    seen = BulkPreview(lines=(
        line(1, Happens.COMPLETE), line(2, Happens.CHANGES, "clubhouse", begins=True),
    ))  # fmt: skip
    bulk = BulkCode(scheme_id=1, which=StudyFilter(), question="service", code="ips", on=True)
    assert preview_table(taken, bulk, seen).to_numpy().tolist() == [
        ["Study 2", "gets the code; its coding begins", "Clubhouse"],
        ["Study 1", "complete, stays as it is", ""],
    ]


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (act(), "Last done: “IPS” (Which service?) was put on in 2 studies, 2026-01-02 03:04 UTC."),
        (act(stands=(1,), on=False),
         "Last done: “IPS” (Which service?) was taken off in “A”, 2026-01-02 03:04 UTC."),
        (act(stands=(1,), changed=2),
         ("Last done: “IPS” (Which service?) was put on in 3 studies, 2026-01-02 03:04 UTC. 2 "
          "studies were changed or completed since; undoing leaves these as they are.")),
        (act(stands=(), changed=1, source="B"),
         ("Last done: Your answers of “B” were copied into “A”, 2026-01-02 03:04 UTC. All of it "
          "was changed or completed since, so it cannot be undone at once.")),
        (act(question="gone", code="x", stands=(1,)),
         ("Last done: “x” of a question that the scheme does not have any more was put on in “A”, "
          "2026-01-02 03:04 UTC.")),
    ],
)  # fmt: skip
def test_what_was_done_last_is_said(taken: TakenScheme, done: StandingAct, words: str) -> None:
    assert act_words(taken, done) == words


def test_a_code_in_a_tree_is_named_with_what_stands_above_it(taken: TakenScheme) -> None:
    question = taken.scheme.question("service")
    assert question is not None
    assert paths(question) == {"ips": "IPS", "clubhouse": "Clubhouse"}
    tree = SCHEME.replace("kind: many of\n        axis: intervention", "kind: tree").replace(
        "label: IPS}", "label: IPS, options: [{id: fid, label: High fidelity}]}"
    )
    in_tree = load(tree, "small.yaml").question("service")
    assert in_tree is not None
    assert paths(in_tree)["fid"] == "High fidelity  (IPS)"
