"""A scheme that judges findings is answered finding by finding, with reasons where it asks."""

from pathlib import Path

import pytest

from evidence.coding.answers import Answer
from evidence.coding.judged_findings import NONE_JUDGED
from evidence.steps.coding import (
    agreement,
    coders,
    coding,
    codings_check,
    codings_export,
    schemes,
)
from evidence.steps.coding.judged_findings import NO_SUCH, UNSEEN
from evidence.steps.coding.reconcile import reconciling
from evidence.steps.desk import Desk
from tests.conftest import ROOT
from tests.steps.coding.test_coding import finding, study_id
from tests.steps.coding.test_desk_messages import Tab
from tests.steps.coding.test_reconciling import Page, third
from tests.steps.conftest import enter

__all__ = ["study_id", "third"]
ROB2 = "risk-of-bias-randomised.yaml"
STREAM = Answer(question="stream", codes=("outcome",))
DOMAINS = ("randomisation", "deviations", "missing", "measurement", "reporting")


@pytest.fixture
def rob2(desk: Desk, study_id: int) -> int:
    """RoB 2, taken beside the scheme with which two findings are coded."""
    for measure in ("Scale A", "Scale B"):
        coding.put_finding(desk, study_id, finding(measure=measure))
    yaml = (ROOT / "coding_schemes" / ROB2).read_text(encoding="utf-8")
    return schemes.add(desk, yaml, ROB2)


class Appraisal(Tab):
    """A tab on the appraisal of the study's findings."""

    def __init__(self, desk: Desk, study_id: int, scheme_id: int) -> None:
        self.desk, self.study_id, self.taken = desk, study_id, schemes.get(desk, scheme_id)

    def findings(self) -> dict[str, str]:
        """Uids by label of the findings that can be judged."""
        return {one["label"]: one["uid"] for one in self.sheet()["judged"]["findings"]}

    def judge(self, uid: str, question: str, code: str, note: str = "") -> None:
        answered = self.say(f"rob2-{question}", "choice", "", code, arm=uid)
        assert answered.accepted
        if note:
            assert self.say(f"rob2-{question}", "note", "", note, arm=uid).accepted

    def judge_all(self, uid: str, code: str = "low", note: str = "p. 3") -> None:
        self.judge(uid, "effect", "assignment")
        for domain in (*DOMAINS, "overall"):
            self.judge(uid, domain, code, note)

    def complete(self) -> dict[str, str]:
        return self.send(self.item("state", after="complete")).refused

    def reopen(self) -> None:
        self.send(self.item("state", after="draft"))


@pytest.fixture
def tab(desk: Desk, study_id: int, rob2: int) -> Appraisal:
    return Appraisal(desk, study_id, rob2)


def why(refused: dict[str, str]) -> str:
    (told,) = refused.values()
    return told


def test_findings_are_offered_by_name_and_answers_hang_on_one(tab: Appraisal) -> None:
    offered = tab.findings()
    assert list(offered) == ["Hope · Scale A · IPS", "Hope · Scale B · IPS"]
    assert why(tab.complete()) == NONE_JUDGED
    first, second = offered.values()
    tab.judge(first, "overall", "high", "Few people")
    tab.judge(second, "overall", "low", "Many people")
    assert {(row[1], row[2], row[5]) for row in tab.answers() if row[3] or row[5]} == {
        ("high", first, ""), ("", first, "Few people"),
        ("low", second, ""), ("", second, "Many people"),
    }  # fmt: skip


def test_every_finding_that_is_judged_is_judged_whole_with_reasons(tab: Appraisal) -> None:
    first, second = tab.findings().values()
    tab.judge_all(first, note="")
    told = why(tab.complete())
    assert "Hope · Scale A · IPS: “Bias arising from the randomisation process” lacks" in told
    assert told.count("write it into its note") == 6
    for domain in (*DOMAINS, "overall"):
        tab.say(f"rob2-{domain}", "note", "", "p. 3", arm=first)
    tab.judge(second, "overall", "low", "p. 4")
    assert "please answer" in why(tab.complete())
    tab.say("rob2-overall", "choice", "low", "", arm=second)
    tab.say("rob2-overall", "note", "p. 4", "", arm=second)
    assert tab.complete() == {}


def test_a_rule_holds_for_each_finding_alone(tab: Appraisal) -> None:
    first, second = tab.findings().values()
    tab.judge_all(first)
    tab.judge_all(second, "high")
    assert tab.complete() == {}
    tab.reopen()
    tab.say("rob2-overall", "choice", "high", "", arm=second)
    sheet = coding.sheet(tab.desk, tab.study_id, tab.taken.id)
    (hint,) = (hint for hint in sheet.hints if "By the rule" in hint)
    assert hint.startswith("Hope · Scale B · IPS: ")
    assert hint.endswith("would be “High risk”.")


def test_nothing_is_said_of_a_finding_that_is_not_there_or_not_ones_own(
    tab: Appraisal, bens_desk: Desk
) -> None:
    place = {
        "question": "rob2-overall",
        "code": "",
        "field": "choice",
        "before": "",
        "after": "low",
    }
    unknown = tab.item("answer", arm="nosuchfinding", **place)
    assert why(tab.send(unknown).refused) == NO_SUCH
    enter(bens_desk)
    theirs = Appraisal(bens_desk, tab.study_id, tab.taken.id)
    assert theirs.findings() == {}
    (uid, *_) = tab.findings().values()
    assert why(theirs.send(theirs.item("answer", arm=uid, **place)).refused) == NO_SUCH


def test_findings_of_the_coding_that_counts_are_judged_by_who_codes_nothing_else(
    tab: Appraisal, desk: Desk, bens_desk: Desk
) -> None:
    coding.set_answer(desk, tab.study_id, STREAM)
    coding.complete(desk, tab.study_id)
    enter(bens_desk)
    theirs = Appraisal(bens_desk, tab.study_id, tab.taken.id)
    assert theirs.findings() == tab.findings()
    coding.set_answer(bens_desk, tab.study_id, STREAM)  # now he codes it himself
    assert theirs.findings() == {}


def test_what_was_judged_of_a_finding_that_went_is_kept_and_can_be_taken_back(
    tab: Appraisal, desk: Desk
) -> None:
    first, _ = tab.findings().values()
    tab.judge(first, "overall", "high", "Few people")
    stored = coding.sheet(desk, tab.study_id).findings[0]
    coding.remove_finding(desk, tab.study_id, stored.id)
    gone = {one["uid"]: one["removed"] for one in tab.sheet()["judged"]["findings"]}
    assert gone[first] is True
    assert ("rob2-overall", "high", first, True, "", "") in tab.answers()
    assert why(tab.say("rob2-missing", "choice", "", "low", arm=first).refused) == NO_SUCH
    assert tab.say("rob2-overall", "choice", "high", "", arm=first).accepted


def test_answers_for_the_whole_study_of_an_earlier_version_stay(desk: Desk, study_id: int) -> None:
    now = (ROOT / "coding_schemes" / ROB2).read_text(encoding="utf-8")
    before = now.replace("judges: finding", "judges: study").replace('"2"', '"1"')
    scheme_id = schemes.add(desk, before, ROB2)
    old = Appraisal(desk, study_id, scheme_id)
    for domain in (*DOMAINS, "overall"):
        assert old.say(f"rob2-{domain}", "choice", "", "low").accepted
        assert old.say(f"rob2-{domain}", "note", "", "p. 3").accepted
    assert old.say("rob2-effect", "choice", "", "assignment").accepted
    assert old.complete() == {}
    schemes.add(desk, now, ROB2, schemes.version_of(desk, now, ROB2))
    newer = Appraisal(desk, study_id, scheme_id)
    assert newer.sheet()["state"] == "complete"
    newer.reopen()
    assert newer.complete() == {}


def test_the_finding_leaves_with_the_judgement_and_comes_back(
    tab: Appraisal, desk: Desk, tmp_path: Path
) -> None:
    first, _ = tab.findings().values()
    (report,) = tab.sheet()["study"]["reports"]
    tab.judge_all(first)
    on = {"question": "rob2-overall", "code": "", "arm": first}
    words = {"document": f"title:{report['work_id']}", "start": 0, "end": 3, "exact": "The"}
    assert tab.send(tab.item("quotation", uid="quote01", on=on, **words)).accepted
    out = tmp_path / "codings"
    codings_export.save(desk, out)
    answers = (out / "answers.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "judged_finding,judged_label" in answers[0]
    (overall,) = (line for line in answers if "rob2-overall" in line and "Low risk" in line)
    assert f",{first},Hope · Scale A · IPS," in overall
    read = codings_check.read(out)
    assert read.problems == ()
    (study,) = read.export.studies
    (judged,) = (each for each in study.codings if each.scheme == "risk-of-bias-randomised")
    assert {answer.arm for answer in judged.answers} == {first}
    assert [quoted.arm for quoted in judged.quotations] == [first]


def test_two_who_judge_the_same_finding_are_compared_and_reconciled(
    tab: Appraisal, desk: Desk, bens_desk: Desk
) -> None:
    coding.set_answer(desk, tab.study_id, STREAM)
    coding.complete(desk, tab.study_id)
    enter(bens_desk)
    theirs = Appraisal(bens_desk, tab.study_id, tab.taken.id)
    first, second = tab.findings().values()
    tab.judge_all(first)
    tab.judge_all(second)
    theirs.judge_all(first, "high")
    assert (tab.complete(), theirs.complete()) == ({}, {})
    found = agreement.differing(desk, tab.taken.id, "rob2-overall")
    assert {(each.question, each.arm) for each in found} == {
        ("rob2-overall", "Hope · Scale A · IPS")
    }
    own = reconciling.sheet(desk, tab.study_id, tab.taken.id)
    assert [one.uid for one in own.judged] == [first, second]
    (overall,) = (
        one.compared
        for one in own.items
        if (one.compared.question, one.compared.arm) == ("rob2-overall", first)
    )
    assert [said.codes for said in overall.said] == [("low",), ("high",)]


def test_after_reconciling_the_agreed_finding_stands_first_and_ones_own_says_what_it_became(
    tab: Appraisal, desk: Desk, bens_desk: Desk, third: Desk
) -> None:
    scheme_id = coding.sheet(desk, tab.study_id).taken.id
    coders.change(desk, scheme_id, 100, before=0)
    first, _ = tab.findings().values()
    tab.judge(first, "overall", "low", "p. 3")
    enter(bens_desk)
    coding.put_finding(bens_desk, tab.study_id, finding(measure="Scale A"))
    for each in (desk, bens_desk):
        coding.set_answer(each, tab.study_id, STREAM)
        coding.complete(each, tab.study_id)
    page = Page(third, tab.study_id, scheme_id)
    page.do("agreeing")
    for measure in ("Scale A", "Scale B"):
        members = page.members(measure)
        page.do("finding", members=members, taken=members[0], seen="")
    page.do("state", after="complete")
    listed = tab.sheet()["judged"]["findings"]
    agreed, _, own = listed
    assert [(one["label"], one["stands"]) for one in listed] == [
        ("Hope · Scale A · IPS", "agreed"),
        ("Hope · Scale B · IPS", "agreed"),
        ("Hope · Scale A · IPS", "own"),
    ]
    assert (own["uid"], own["became"]) == (first, agreed["uid"])
    tab.judge(agreed["uid"], "overall", "low", "p. 3")
    assert tab.say("rob2-overall", "choice", "low", "", arm=first).accepted
    assert tab.say("rob2-overall", "note", "p. 3", "", arm=first).accepted
    assert {one["stands"] for one in tab.sheet()["judged"]["findings"]} == {"agreed"}
    assert tab.say("rob2-overall", "choice", "", "low", arm=first).accepted  # put back, as by Undo
    theirs = Appraisal(bens_desk, tab.study_id, tab.taken.id)
    refused = theirs.say("rob2-overall", "choice", "", "low", arm=first).refused
    assert why(refused) == NO_SUCH
    assert {one["became"] for one in theirs.sheet()["judged"]["findings"]} == {""}


def names(tab: Appraisal) -> set[str]:
    return {one.label for one in coding.sheet(tab.desk, tab.study_id, tab.taken.id).judged}


def test_who_is_to_code_the_findings_does_not_hear_their_names_from_judgements(
    tab: Appraisal, desk: Desk, bens_desk: Desk
) -> None:
    """Neither from one's own of before nor from those of others, whose findings they are."""
    main = schemes.of_results(desk)
    assert main is not None
    coding.set_answer(desk, tab.study_id, STREAM)
    coding.complete(desk, tab.study_id)
    enter(bens_desk)
    theirs = Appraisal(bens_desk, tab.study_id, tab.taken.id)
    first, second = tab.findings().values()
    for each in (tab, theirs):
        each.judge_all(first)
        each.judge_all(second, "low" if each is tab else "high")
        assert each.complete() == {}
    everywhere = names(tab)
    assert everywhere == {"Hope · Scale A · IPS", "Hope · Scale B · IPS"}

    def heard() -> set[str]:
        compared = reconciling.sheet(bens_desk, tab.study_id, tab.taken.id).judged
        differing = agreement.differing(bens_desk, tab.taken.id, "rob2-overall")
        return names(theirs) | {one.label for one in compared} | {one.arm for one in differing}

    assert heard() == everywhere
    coders.give(desk, main.id, bens_desk.person_id, [tab.study_id])
    assert heard() == {UNSEEN}
    coding.set_answer(bens_desk, tab.study_id, STREAM)  # begun
    coders.take_back(desk, main.id, bens_desk.person_id, [tab.study_id])
    assert heard() == {UNSEEN}
    coding.complete(bens_desk, tab.study_id)
    assert heard() == everywhere


def test_judgements_keep_their_names_while_who_coded_the_findings_mends_them(
    tab: Appraisal, desk: Desk, bens_desk: Desk
) -> None:
    """Not where two are asked, as somebody may still have to code them."""
    main = schemes.of_results(desk)
    assert main is not None
    coding.set_answer(desk, tab.study_id, STREAM)
    coding.complete(desk, tab.study_id)
    enter(bens_desk)
    theirs = Appraisal(bens_desk, tab.study_id, tab.taken.id)
    for uid in theirs.findings().values():
        theirs.judge_all(uid)
    coding.reopen(desk, tab.study_id)
    assert names(theirs) == names(tab)
    coders.change(desk, main.id, 100, before=0)
    assert names(theirs) == {UNSEEN}
