"""Two studies that two people coded, differently, ready to be reconciled by a third."""

from dataclasses import replace
from typing import Any

from evidence.coding.answers import Answer
from evidence.coding.findings import Direction, Finding
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.coding import coders, coding, desk_messages, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.importing import imports, uploads
from evidence.steps.review import membership, people
from evidence.steps.screening.decisions import decide
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import NewDecision
from tests.steps.coding_progress import progress

YAML = """
id: made
title: Made
version: "1"
purpose: coding
judges: study
sections:
  - title: The study
    questions:
      - {id: country, text: In which country?, kind: one of, options: [{id: pe, label: Peru}, {id: cl, label: Chile}, {id: it, label: Italy}]}
      - {id: people, text: How many took part?, kind: number, required: yes, unit: people}
      - id: service
        text: What was done?
        kind: tree
        axis: intervention
        required: yes
        options:
          - id: garden
            label: Gardening
            options: [{id: flowers, label: Flowers}, {id: trees, label: Trees}]
          - {id: kitchen, label: Kitchen}
      - {id: paid, text: Were they paid?, kind: yes/no, required: yes, when: {question: service, any_of: [garden]}}
      - {id: words, text: In the words of the report, kind: text}
  - title: Findings
    questions:
      - {id: outcome, text: What was measured?, kind: many of, axis: outcome, options: [{id: hope, label: Hope}, {id: sleep, label: Sleep}]}
      - {id: contrast, text: Who with whom?, kind: one of, of: finding, axis: contrast, options: [{id: arms, label: Between arms}, {id: time, label: Before and after}]}
"""  # noqa: E501
HOSTILE = "<img src=x onerror=window.hacked=1> **b** =1+1 \u202e"
ABSTRACT = "Of 143 people 74 gardened. After a year hope was higher in the garden."


def colleague(desk: Desk, name: str) -> Desk:
    """The desk of somebody else in the same review."""
    other = replace(desk, person_id=people.named(desk.store, name).id)
    membership.join(other)
    return other


def asked_of_two(desk: Desk) -> tuple[list[int], list[int], int]:
    """Two studies that two people are asked to code, and nobody began: ids of studies, of their
    works, and of the scheme.
    """
    titles = ("Gardens and paid work", "Kitchens and recovery")
    entries = "".join(
        f"TY  - JOUR\nTI  - {title}\nAB  - {ABSTRACT}\nPY  - 2001\nER  - \n" for title in titles
    )
    look = uploads.add(desk, "a.ris", entries.encode(), Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(preview_id=look, source=SourceDraft(name="A"))])
    works = [work.id for work in records.page(desk, Filter(), 0, 9)]
    for stage in Stage:
        decide(desk, [NewDecision(work_id=work, stage=stage, verdict=Verdict.INCLUDE,
                                  client_id=f"{stage}-{work}") for work in works])  # fmt: skip
    studies.create_each(desk, works)
    scheme_id = schemes.add(desk, YAML, "made.yaml")
    made = [line.study.id for line in progress(desk)]
    coders.change(desk, scheme_id, 100, before=0)
    return made, works, scheme_id


def double_coded(desk: Desk) -> list[int]:
    """Two studies that Ada and Ben coded completely; a third person may reconcile them."""
    made, works, scheme_id = asked_of_two(desk)
    ada, ben = colleague(desk, "Ada"), colleague(desk, "Ben")
    for study_id in made:
        _code(ada, study_id, scheme_id, works[made.index(study_id)])
        _code(ben, study_id, scheme_id, 0)
    return made


def _code(who: Desk, study_id: int, scheme_id: int, quoted_work: int) -> None:
    first = bool(quoted_work)

    def say(question: str, *codes: str, **more: Any) -> None:
        coding.set_answer(who, study_id, Answer(question=question, codes=codes, **more))

    say("country", "pe", note="" if first else f"{HOSTILE} again")
    say("people", value="143" if first else "134", note="" if first else HOSTILE)
    say("service", *(("flowers",) if first else ("flowers", "trees")))
    say("paid", "yes" if first else "no")
    say("words", value="They gardened." if first else "they  gardened.")
    say("outcome", "hope")
    both: dict[str, Any] = {"intervention": "flowers", "contrast": "arms"}
    hope = Finding(outcome="hope", direction=Direction.BETTER if first else Direction.MIXED,
                   measure="Herth Hope Index" if first else f"HHI {HOSTILE}",
                   time="12 months" if first else "1 year", n_intervention=74, **both)  # fmt: skip
    coding.put_finding(who, study_id, hope)
    if first:
        sleep = Finding(outcome="sleep", direction=Direction.BETTER, measure="hours", **both)
        coding.put_finding(who, study_id, sleep)
        start = ABSTRACT.index("143 people")
        quotation = {
            "client_id": f"quoted-{study_id}", "kind": "quotation", "study_id": study_id,
            "scheme_id": scheme_id, "version_id": schemes.get(who, scheme_id).version.id,
            "uid": f"quoted{study_id}", "on": {"question": "people", "code": "", "arm": ""},
            "document": f"abstract:{quoted_work}", "work_id": quoted_work, "page": 0,
            "start": start, "end": start + 10, "exact": "143 people", "prefix": "Of ",
            "suffix": " 74",
        }  # fmt: skip
        outcome = desk_messages.apply(who, [quotation])
        assert not outcome.refused, outcome.refused
    coding.complete(who, study_id)
