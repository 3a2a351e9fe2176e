"""Schemes keep their codings over versions, and nothing that was answered is dropped."""

import pytest

from evidence.coding.answers import Answer
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Scheme, Take
from evidence.errors import Invalid, InvalidScheme, NotFound
from evidence.settings import Settings
from evidence.steps.coding import coding, desk_sheet, scheme_versions, schemes, study_list
from evidence.steps.coding.desk_sheet import scheme_data
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies
from evidence.steps.review import reviews
from evidence.store.coding import scheme_use
from evidence.store.coding.scheme_use import Use
from evidence.store.coding.study_table import StudyFilter
from evidence.store.review.reviews import Draft
from tests.conftest import ROOT
from tests.steps.coding.test_coding import SCHEME, finding, study_id
from tests.steps.conftest import enter, take_newest

__all__ = ["study_id"]
WEIGHT = (ROOT / "coding_schemes" / "weight-of-evidence.yaml").read_text(encoding="utf-8")
APPRAISAL = SCHEME.replace("id: small", "id: bias").replace("purpose: coding", "purpose: appraisal")


def test_a_new_version_does_not_empty_the_map(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.put_finding(desk, study_id, finding())
    coding.complete(desk, study_id)
    second = SCHEME.replace('version: "1"', 'version: "2"')
    assert second != SCHEME
    assert take_newest(desk, second, "small.yaml") == coding.sheet(desk, study_id).taken.id
    found = coded_studies.load(desk)
    assert found is not None
    assert found.sentence == "Rests on 1 of 1 study."
    assert [v.version for v in schemes.versions(desk, 1)] == ["2", "1"]


def test_the_same_version_with_another_text_is_a_version_of_its_own(
    desk: Desk, study_id: int
) -> None:
    changed = SCHEME.replace("label: Hope", "label: Hopefulness")
    for _ in range(2):  # the same text again changes nothing
        take_newest(desk, changed, "small.yaml")
    (taken,) = schemes.taken(desk)
    assert taken.version.number == 2
    assert taken.version.version == "1"
    assert "Hopefulness" in taken.version.yaml
    first = schemes.versions(desk, taken.id)[-1]
    assert schemes.get_version(desk, first.id).version.yaml == SCHEME


def test_an_answer_whose_question_or_code_was_retired_is_kept(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="people", value="143"))
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.put_finding(desk, study_id, finding())
    before = coding.sheet(desk, study_id)
    retired = SCHEME.replace("id: people", "id: persons").replace("id: outcome,", "id: outcomes,")
    assert retired.count("id: persons") == retired.count("id: outcomes,") == 1
    take_newest(desk, retired, "small.yaml")
    after = coding.sheet(desk, study_id)
    assert after.answers == before.answers
    assert after.findings == before.findings
    assert not after.faults


def test_two_schemes_are_coded_apart_though_both_ask_the_same(desk: Desk, study_id: int) -> None:
    appraisal = schemes.add(desk, APPRAISAL, "bias.yaml")
    coding.set_answer(desk, study_id, Answer(question="people", value="1"))
    coding.set_answer(desk, study_id, Answer(question="people", value="2"), appraisal)
    assert [each.scheme.purpose.value for each in schemes.taken(desk)] == ["coding", "appraisal"]
    assert coding.sheet(desk, study_id).answers[0].value == "1"
    assert coding.sheet(desk, study_id, appraisal).answers[0].value == "2"
    results = schemes.of_results(desk)
    assert results is not None
    assert results.id != appraisal


def test_a_scheme_of_another_review_is_not_to_be_had(desk: Desk, study_id: int) -> None:
    other = reviews.create(desk.store, desk.person_id, Draft(title="Other"))
    (taken,) = schemes.taken(desk)
    with pytest.raises(NotFound):
        schemes.get(other, taken.id)
    with pytest.raises(NotFound):
        schemes.get_version(other, taken.version.id)
    assert schemes.versions(other, taken.id) == []


def test_an_overall_judgement_is_proposed_and_another_one_needs_a_reason(
    desk: Desk, study_id: int
) -> None:
    weight = schemes.add(desk, WEIGHT, "weight-of-evidence.yaml")
    for letter, code in zip("abc", ("high", "medium", "high"), strict=True):
        coding.set_answer(
            desk, study_id, Answer(question=f"weight-{letter}", codes=(code,)), weight
        )
    assert "would be “Medium”" in coding.sheet(desk, study_id, weight).hints[0]
    coding.set_answer(desk, study_id, Answer(question="weight-d", codes=("high",)), weight)
    with pytest.raises(Invalid, match="write the reason into its note"):
        coding.complete(desk, study_id, weight)
    reasoned = Answer(question="weight-d", codes=("high",), note="B hardly matters here.")
    coding.set_answer(desk, study_id, reasoned, weight)
    coding.complete(desk, study_id, weight)
    assert coding.sheet(desk, study_id, weight).complete


@pytest.mark.parametrize("most_codes", [0, scheme_use.MOST_CODES])
def test_what_a_new_version_touches_is_counted_and_nothing_is_kept(
    desk: Desk, bens_desk: Desk, study_id: int, most_codes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheme_use, "MOST_CODES", most_codes)
    coding.set_answer(desk, study_id, Answer(question="people", value="143"))
    coding.set_answer(desk, study_id, Answer(question="service", codes=("ips", "clubhouse")))
    enter(bens_desk)
    coding.set_answer(bens_desk, study_id, Answer(question="people", note="Not stated."))
    put = coding.put_finding(desk, study_id, finding())
    retired = SCHEME.replace("id: people", "id: persons").replace("{id: ips, label: IPS}", "")
    retired = retired.replace("          - \n", "").replace("label: Hope", "label: Hopefulness")
    effects = {
        (e.difference.change.value, e.difference.question, e.difference.code): e.use
        for e in schemes.effects_of(desk, retired, "small.yaml")
    }
    assert effects == {
        ("retired", "people", ""): Use(answers=1, studies=1),  # Ben's is a draft
        ("added", "persons", ""): Use(),
        ("retired", "service", "ips"): Use(answers=1, findings=1, studies=1),
        ("renamed", "outcome-of", "hope"): Use(findings=1, studies=1),
    }
    assert [version.number for version in schemes.versions(desk, 1)] == [1]
    coding.remove_finding(desk, study_id, put)
    uses = [e.use.findings for e in schemes.effects_of(desk, retired, "small.yaml")]
    assert uses == [0, 0, 0, 0]


def test_what_a_version_touches_tells_nobody_which_codes_an_unseen_colleague_chose(
    desk: Desk, bens_desk: Desk, study_id: int
) -> None:
    coding.set_answer(desk, study_id, Answer(question="service", codes=("ips",)))
    coding.put_finding(desk, study_id, finding())
    enter(bens_desk)
    told = []
    for label in ("label: IPS", "label: Clubhouse", "label: Hope"):
        changed = SCHEME.replace(label, f"{label} now")
        effects = schemes.effects_of(bens_desk, changed, "small.yaml")
        assert {e.use for e in effects} == {Use()}
        told.append(scheme_versions.of_unseen(effects))
    assert told == ["1 coding that you cannot see yet may rest on what changes, too."] * 3
    (effect,) = schemes.effects_of(desk, SCHEME.replace("label: IPS", "label: Ips"), "small.yaml")
    assert (effect.use.answers, effect.unseen) == (1, 0)  # it is her own


def test_a_scheme_that_the_review_does_not_have_touches_nothing(desk: Desk, study_id: int) -> None:
    coding.set_answer(desk, study_id, Answer(question="people", value="143"))
    assert schemes.effects_of(desk, APPRAISAL, "bias.yaml") == ()
    with pytest.raises(InvalidScheme):
        schemes.effects_of(desk, SCHEME.replace("kind: number", "kind: digits"), "small.yaml")


def test_a_faulty_text_is_read_once_and_told_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []

    def counted(text: str, name: str) -> Scheme:
        reads.append(name)
        return load(text, name)

    monkeypatch.setattr(schemes, "load", counted)
    told = set()
    for _ in range(3):
        with pytest.raises(InvalidScheme) as caught:
            schemes.read("id: faulty once", "faulty.yaml")
        told.add(str(caught.value))
    assert (len(reads), len(told)) == (1, 1)


def test_the_rule_of_an_overall_judgement_can_be_set(desk: Desk, study_id: int) -> None:
    weight = schemes.add(desk, WEIGHT, "weight-of-evidence.yaml")
    for letter, code in zip("abc", ("medium", "high", "high"), strict=True):
        coding.set_answer(
            desk, study_id, Answer(question=f"weight-{letter}", codes=(code,)), weight
        )
    for take, proposed in (
        (Take.MEDIAN, "would be “High”"),
        (Take.MEDIAN_UP_TO_FIRST, "would be “Medium”"),
    ):
        schemes.choose_rule(desk, weight, "weight-d", take)
        (hint,) = coding.sheet(desk, study_id, weight).hints
        assert proposed in hint
    schemes.choose_rule(desk, weight, "weight-d", take)  # the same again changes nothing
    assert [version.number for version in schemes.versions(desk, weight)] == [3, 2, 1]
    assert len(coding.sheet(desk, study_id, weight).answers) == 3
    with pytest.raises(Invalid, match="no overall judgement"):
        schemes.choose_rule(desk, weight, "weight-a", Take.LOWEST)


def test_the_scheme_on_which_maps_can_rest_is_offered_first() -> None:
    offered = schemes.files(Settings())
    assert offered[0].file == "recovery-vocational.yaml"
    assert len(offered) == len({offer.file for offer in offered}) > 1
    assert [offer.fault for offer in offered if offer.fault] == []


MERGED = (
    SCHEME.replace(
        "- {id: ips, label: IPS}\n          - {id: clubhouse, label: Clubhouse}",
        "- {id: clubhouse, label: Clubhouse, replaces: [ips]}",
    )
    .replace("{id: process, label: Process study}", "{id: any, label: Any, replaces: [outcome]}")
    .replace("          - {id: outcome, label: Outcome study}\n", "")
    .replace("any_of: [process]", "any_of: [any]")
)


def test_merged_codes_count_as_the_new_one_and_what_is_stored_stays(
    desk: Desk, study_id: int
) -> None:
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",)))
    coding.put_finding(desk, study_id, finding())
    coding.complete(desk, study_id)
    before = coding.sheet(desk, study_id)
    take_newest(desk, MERGED, "small.yaml")
    after = coding.sheet(desk, study_id)
    assert after.rows == before.rows
    assert after.findings == before.findings
    assert after.answers == (Answer(question="stream", codes=("any",)),)
    assert [question.id for question in after.missing] == ["component"]  # asked of what is “any”
    found = coded_studies.load(desk)
    assert found is not None
    (study,) = found.studies
    assert study.codes["stream"] == {"any"}
    assert [each.intervention for each in study.findings] == ["clubhouse"]
    which = StudyFilter(question="stream", code="any")
    assert study_list.page(desk, after.taken.id, which).found == 1
    told = desk_sheet.scheme_for(desk.store, desk.person_id, after.taken.version.id)
    words = {each["question"]: each["labels"] for each in told["retired"]}
    assert words["stream"] == {"outcome": "Outcome study", "process": "Process study"}
    assert told["sections"][0]["questions"][0]["options"][0]["replaces"] == ["outcome"]
    assert (
        desk_sheet.scheme_for(desk.store, desk.person_id, before.taken.version.id)["retired"] == []
    )


def test_the_desk_is_told_by_which_rule_a_judgement_follows(desk: Desk) -> None:
    weight = schemes.get(desk, schemes.add(desk, WEIGHT, "weight-of-evidence.yaml"))
    *_, overall = scheme_data(weight)["sections"]
    (question,) = overall["questions"]
    assert question["rule"] == {"take": "lowest", "of": ["weight-a", "weight-b", "weight-c"]}
    assert scheme_data(weight)["sections"][0]["questions"][0]["rule"] is None


def test_a_text_is_not_taken_over_a_version_that_was_kept_after_it_was_looked_at(
    desk: Desk, bens_desk: Desk, study_id: int
) -> None:
    enter(bens_desk)
    mine = SCHEME.replace("label: Hope", "label: Hopefulness")
    bens = SCHEME.replace("How many people?", "How many people in all?")
    seen = schemes.version_of(desk, mine, "small.yaml")
    schemes.add(bens_desk, bens, "small.yaml", seen)
    for stale in (seen, None):
        with pytest.raises(Invalid, match="Ben kept another version of this scheme meanwhile"):
            schemes.add(desk, mine, "small.yaml", stale)
    assert [each.yaml for each in schemes.versions(desk, 1)] == [bens, SCHEME]
    schemes.add(desk, bens, "small.yaml")  # the same text again changes nothing
    schemes.add(desk, mine, "small.yaml", schemes.version_of(desk, mine, "small.yaml"))
    assert len(schemes.versions(desk, 1)) == 3


def test_a_rule_that_is_chosen_keeps_what_somebody_else_changed_in_that_moment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    weight = schemes.add(desk, WEIGHT, "weight-of-evidence.yaml")
    other = WEIGHT.replace("label: Medium", "label: Middling")
    require = Desk.writing
    raced: list[bool] = []

    def late(self: Desk, *args: object, **more: object) -> object:
        if not raced:
            raced.append(True)
            schemes.add(desk, other, "w.yaml", schemes.get(desk, weight).version.id)
        return require(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Desk, "writing", late)
    schemes.choose_rule(desk, weight, "weight-d", Take.MEDIAN)
    newest = schemes.get(desk, weight)
    assert "Middling" in newest.version.yaml
    assert len(schemes.versions(desk, weight)) == 3
