"""Claims are written, judged and compared; nothing is written over; the example's are traced."""

import csv
import re
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
import yaml

from evidence.errors import Invalid
from evidence.settings import ROOT
from evidence.steps.coding import studies
from evidence.steps.desk import Desk
from evidence.steps.practice import claim_file, claims
from evidence.steps.practice.claims import new_uid
from evidence.steps.results.concluding import conclusions
from evidence.synthesis.claims.checks import Check
from evidence.synthesis.claims.claim import Claim, ClaimJudgement, ClaimVerdict, NamedWork
from evidence.synthesis.claims.figures import Figure
from evidence.synthesis.conclusions.conclusion import Conclusion, Support, SupportKind
from tests.conftest import SHARED
from tests.steps.coding.test_coding import study_id
from tests.steps.conftest import enter

__all__ = ["study_id"]
OPEN = ClaimJudgement()
SUPPORTED = ClaimJudgement(verdict=ClaimVerdict.SUPPORTS, reason="It says so on page 2.")
DATA = ROOT / "data" / "example" / "claims.yaml"


def figure(value: str) -> Figure:
    return Figure(measure="found work", value=value, base="those who took part")


def added(desk: Desk, *figures: Figure, **more: Any) -> Claim:
    stated = Claim(uid=new_uid(), text="It helps", source="A leaflet", figures=figures, **more)
    claims.add(desk, stated)
    return stated


def test_a_claim_is_written_judged_changed_and_its_judgement_is_marked_as_older(
    desk: Desk, bens_desk: Desk
) -> None:
    enter(bens_desk)
    stated = added(desk, figure("55"))
    claims.add(desk, stated)  # sent twice
    (line,) = claims.register(desk)
    assert line.claim == stated
    assert (line.judgement, line.judged_by) == (OPEN, "")
    claims.judge(bens_desk, stated, SUPPORTED, OPEN)
    claims.judge(bens_desk, stated, SUPPORTED, OPEN)
    (line,) = claims.register(desk)
    assert (line.judgement, line.judged_by, line.is_older) == (SUPPORTED, "Ben", False)
    changed = replace(stated, text="It helps many")
    claims.change(desk, changed, stated)
    (line,) = claims.register(desk)
    assert (line.claim, line.judged_by, line.is_older) == (changed, "Ben", True)
    assert [state.act.value for state in claims.history(desk)] == ["written", "judged", "written"]


def test_claims_that_were_taken_away_need_no_room(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "MOST_CLAIMS", 2)
    gone = added(desk)
    claims.remove(desk, gone)
    two = [(Claim(uid=new_uid(), text=text, source="A leaflet"), OPEN) for text in "ab"]
    claims.add_all(desk, two)
    assert [line.claim.text for line in claims.register(desk)] == ["a", "b"]
    with pytest.raises(Invalid, match="up to 2 claims"):
        claims.add_all(desk, [(Claim(uid=new_uid(), text="c", source="A leaflet"), OPEN)])
    with pytest.raises(Invalid, match="up to 2 claims"):
        added(desk)


def test_nothing_of_a_colleague_is_written_over(desk: Desk, bens_desk: Desk) -> None:
    enter(bens_desk)
    stated = added(desk, figure("55"))
    claims.change(bens_desk, replace(stated, text="Ben's words"), stated)
    with pytest.raises(Invalid, match="meanwhile"):
        claims.change(desk, replace(stated, text="My words"), stated)
    with pytest.raises(Invalid, match="meanwhile"):
        claims.judge(desk, stated, SUPPORTED, OPEN)
    with pytest.raises(Invalid, match="meanwhile"):
        claims.remove(desk, stated)
    (line,) = claims.register(desk)
    claims.judge(bens_desk, line.claim, SUPPORTED, OPEN)
    with pytest.raises(Invalid, match="meanwhile"):
        claims.judge(desk, line.claim, replace(SUPPORTED, reason="Mine"), OPEN)
    with pytest.raises(Invalid, match="meanwhile"):
        claims.undo(desk, stated.uid, line.state.number)
    assert claims.register(desk)[0].judgement == SUPPORTED


def test_each_change_can_be_undone_and_what_was_judged_stays_with_who_judged_it(
    desk: Desk, bens_desk: Desk
) -> None:
    def undo() -> None:
        newest = claims.history(desk)[0]
        claims.undo(desk, newest.claim.uid, newest.number)

    enter(bens_desk)
    stated = added(desk)
    claims.judge(bens_desk, stated, SUPPORTED, OPEN)
    claims.change(desk, replace(stated, text="Other words"), stated)
    undo()
    (line,) = claims.register(desk)
    assert (line.claim, line.judgement, line.judged_by) == (stated, SUPPORTED, "Ben")
    claims.remove(desk, stated)
    assert claims.register(desk) == ()
    undo()
    assert claims.register(desk)[0].claim == stated
    other = added(desk)
    undo()
    assert other.uid not in {each.claim.uid for each in claims.register(desk)}
    undo()
    assert other.uid in {each.claim.uid for each in claims.register(desk)}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"text": " "}, "your own words"),
        ({"source": "\u200b"}, "Name the document"),
        ({"figures": (Figure(measure="found work", value="55"),)}, "lacks its base"),
        ({"figures": (Figure(measure="found work", value="many", unit=""),)}, "no figure"),
        ({"people": 0}, "whole number"),
        ({"text": "x" * 2_001}, "up to 2,000 characters"),
        ({"population": "x" * 501}, "“population” can have up to 500"),
        ({"figures": (figure("5"),) * 21}, "up to 20 figures"),
        ({"cited": NamedWork(work=10**6)}, "not in the review"),
        ({"uid": "<b>"}, "reload the page"),
    ],
)
def test_what_cannot_be_a_claim_is_refused_in_words(
    desk: Desk, more: dict[str, Any], told: str
) -> None:
    stated = replace(Claim(uid=new_uid(), text="It helps", source="A leaflet"), **more)
    with pytest.raises(Invalid) as refused:
        claims.add(desk, stated)
    assert told in str(refused.value)
    assert claims.register(desk) == ()


def test_a_judgement_needs_a_reason(desk: Desk) -> None:
    stated = added(desk)
    with pytest.raises(Invalid, match="Give a reason"):
        claims.judge(desk, stated, ClaimJudgement(verdict=ClaimVerdict.DOES_NOT), OPEN)


def test_reports_of_one_study_are_the_same_work_for_the_checks(desk: Desk, study_id: int) -> None:
    (report, *_) = studies.listing(desk)[0].reports
    added(desk, figure("55"), cited=NamedWork(work=report.work_id, year="1901"))
    second = added(desk, figure("61"))
    assert {each.check for each in _found(desk)} == {Check.DATES}
    traced = ClaimJudgement(
        verdict=ClaimVerdict.PARTLY, reason="Read", traced=NamedWork(work=report.work_id)
    )
    claims.judge(desk, second, traced, OPEN)
    assert {each.check for each in _found(desk)} == {Check.OTHER_VALUE, Check.DATES}
    assert claims.register(desk)[0].studies == (study_id,)


def _found(desk: Desk) -> tuple[Any, ...]:
    return claims.conflicts_among(claims.register(desk))


def test_a_statement_that_rests_on_a_claim_is_flagged_when_it_is_judged_otherwise(
    desk: Desk,
) -> None:
    stated = added(desk, figure("55"))
    on_claim = Support(kind=SupportKind.CLAIM, ids=(stated.uid,))
    conclusions.add(
        desk, Conclusion(uid=conclusions.new_uid(), text="Offer it.", supports=(on_claim,))
    )
    (line,) = conclusions.ledger(desk)
    assert not line.flags
    assert "nobody has looked up" in line.supports[on_claim]
    claims.judge(desk, stated, replace(SUPPORTED, verdict=ClaimVerdict.DOES_NOT), OPEN)
    (line,) = conclusions.ledger(desk)
    assert "was “not looked up” and is “does not” now" in line.flags[0].text
    claims.change(desk, replace(stated, text="It harms"), stated)
    assert any("says something else now" in each.text for each in conclusions.ledger(desk)[0].flags)
    claims.remove(desk, claims.register(desk)[0].claim)
    (line,) = conclusions.ledger(desk)
    assert any("not there any more" in each.text for each in line.flags)


def test_the_table_has_a_row_for_each_figure_and_no_formula(desk: Desk) -> None:
    added(desk, figure("55"), figure("28"), population="=1+1")
    added(desk)
    lines = claims.register(desk)
    text = claim_file.as_csv(lines, claims.conflicts_among(lines)).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["Value"] for row in rows] == ["55", "28", ""]
    assert rows[0]["Of whom"] == "those who took part"
    assert not rows[0]["About whom"].startswith("=")


# ── the example's claims ──────────────────────────────────────────────────────────────────────────


def test_every_percentage_of_the_example_has_its_base_and_every_claim_its_place() -> None:
    content = yaml.safe_load(DATA.read_text("utf-8"))
    for entry in content["claims"]:
        assert entry["place"]
        assert entry["judgement"]["reason"]
        for each in entry.get("figures") or ():
            assert "%" not in each.get("unit", "%") or each["base"]


SEEDS = {
    "leaflet": "004", "guidance": "003", "finding": "002", "care": "001", "scie": "000",
}  # fmt: skip
WORDS = {"21": "twenty-one", "6": "six", "3": "three", "1": "one", "4": "four", "2": "two",
         "25": "quarter", "16": "16", "60": "60"}  # fmt: skip


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the source documents are not here")
def test_every_figure_of_the_example_stands_in_its_source_and_no_ten_words_do() -> None:
    texts = {path.name[:3]: path.read_text("utf-8") for path in (SHARED / "seeds").glob("*.txt")}
    content = yaml.safe_load(DATA.read_text("utf-8"))
    runs = {run for text in texts.values() for run in _runs(text)}
    for entry in content["claims"]:
        if entry["source"] in SEEDS:
            source = texts[SEEDS[entry["source"]]].casefold()
            for each in entry.get("figures") or ():
                for printed in re.findall(r"\d[\d,.]*\d|\d", str(each["value"])):
                    ways = (printed, f"{printed}.0", WORDS.get(printed, printed))
                    found = "|".join(map(re.escape, ways))
                    whole = rf"(?<![\w,.])(?:{found})(?!\w|[,.]\d)"
                    assert re.search(whole, source), (entry["text"], printed)
        own = (entry["text"], entry["judgement"]["reason"], entry.get("population", ""))
        assert not [run for words in own for run in _runs(words) if run in runs]


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"[\w%']+", text.casefold())
    return [tuple(words[at : at + 10]) for at in range(len(words) - 9)]
