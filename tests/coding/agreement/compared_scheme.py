"""A scheme with every kind of question, and short ways to write down codings."""

from evidence.coding.agreement.compared import ComparedStudy
from evidence.coding.answer_rows import AnswerRow
from evidence.coding.read_scheme import load

SCHEME = load(
    """\
id: s
title: Support
version: "1"
purpose: coding
judges: study
sections:
  - title: All
    questions:
      - id: design
        text: Which design?
        short: Design
        kind: one of
        options: [{id: trial, label: Trial}, {id: survey, label: Survey}, {id: other, label: Other}]
      - id: support
        text: What was given?
        short: Support
        kind: many of
        options:
          - {id: coach, label: Job coach}
          - {id: peer, label: Peer support, replaces: [buddy]}
          - {id: loan, label: Loan}
      - id: control
        text: What did the others get?
        short: Control
        kind: many of
        when: {question: design, any_of: [trial]}
        options: [{id: usual, label: Usual care}, {id: nothing, label: Nothing}]
      - id: left
        text: How many left?
        short: Left
        kind: number
        unit: people
      - {id: start, text: When did it start?, short: Start, kind: date}
      - {id: remarks, text: Remarks, kind: text}
      - id: blind
        text: Was the assessor blind?
        short: Blinding
        kind: one of
        options:
          - {id: low, label: Low risk, role: high quality}
          - {id: some, label: Some concerns, role: some concerns}
          - {id: high, label: High risk, role: low quality}
          - {id: unknown, label: No information, role: no information}
      - id: drug
        text: Was a drug given?
        short: Drug
        kind: many of
        per: arm
        options: [{id: a, label: Drug A}, {id: b, label: Drug B}]
""",
    "s.yaml",
)


def ticked(question: str, *codes: str, arm: str = "") -> list[AnswerRow]:
    """These codes, ticked."""
    return [AnswerRow(question=question, code=code, arm=arm, chosen=True) for code in codes]


def typed(question: str, value: str, arm: str = "") -> list[AnswerRow]:
    """What was typed."""
    return [AnswerRow(question=question, value=value, arm=arm)]


def study(
    number: int, *codings: list[AnswerRow], arms: dict[str, str] | None = None
) -> ComparedStudy:
    """A study that Anna, Ben, Cleo coded so, in this order."""
    rows = dict(zip(("Anna", "Ben", "Cleo"), codings, strict=False))
    return ComparedStudy(id=str(number), label=f"Study {number}", rows=rows, arms=arms or {})
