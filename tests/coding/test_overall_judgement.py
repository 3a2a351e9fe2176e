from collections.abc import Collection, Sequence
from itertools import product

import pytest

from evidence.coding.answers import Answer
from evidence.coding.overall_judgement import proposals, proposed, unreasoned
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Scheme, Take
from evidence.errors import InvalidScheme

OPTIONS = """\
        options:
          - {id: high, label: High}
          - {id: medium, label: Medium}
          - {id: low, label: Low}
          - {id: unknown, label: Unknown, role: no information}
"""


def question(name: str, more: str = "") -> str:
    return (
        f"      - id: {name}\n        text: Weight {name.upper()}\n        kind: one of\n"
        + more
        + OPTIONS
    )


def text(take: str = "lowest", of: str = "a, b, c") -> str:
    head = "id: w\ntitle: W\nversion: 1\npurpose: appraisal\njudges: study\nsections:\n"
    head += "  - title: All\n    questions:\n"
    rule = f"        rule: {{take: {take}, of: [{of}]}}\n"
    return head + question("a") + question("b") + question("c") + question("d", rule)


def scheme(take: str = "lowest", of: str = "a, b, c") -> Scheme:
    return load(text(take, of), "w.yaml")


def answers(chosen: str, d: str = "", note: str = "") -> list[Answer]:
    codes = {"h": "high", "m": "medium", "l": "low", "u": "unknown"}
    given = [Answer(question=q, codes=(codes[c],)) for q, c in zip("abc", chosen, strict=False)]
    return [*given, Answer(question="d", codes=(d,) if d else (), note=note)]


def follows(take: str, chosen: str, of: str = "a, b, c") -> str:
    asked = scheme(take, of)
    return proposed(asked.questions[-1], answers(chosen))


@pytest.mark.parametrize(
    ("take", "chosen", "expected"),
    [
        ("lowest", "hhh", "high"),
        ("lowest", "hml", "low"),
        ("lowest", "mhh", "medium"),
        ("median", "hml", "medium"),
        ("median", "lhh", "high"),
        ("median", "hll", "low"),
        ("median up to first", "lhh", "low"),
        ("median up to first", "mhh", "medium"),
        ("median up to first", "hll", "low"),
        ("by hand", "hhh", ""),
        ("lowest", "hh", ""),  # one is open
        ("lowest", "hul", ""),  # one cannot be judged
    ],
)
def test_what_follows_from_the_judgements(take: str, chosen: str, expected: str) -> None:
    assert follows(take, chosen) == expected


def test_the_median_of_two_is_rounded_down() -> None:
    assert follows("median", "hl", "a, b") == "low"
    assert follows("median", "lh", "a, b") == "low"


def test_no_rule_proposes_better_than_the_best_or_worse_than_the_worst() -> None:
    ranks = "hml"
    names = {"high": "h", "medium": "m", "low": "l"}
    for take in (Take.LOWEST, Take.MEDIAN, Take.MEDIAN_UP_TO_FIRST):
        for chosen in product(ranks, repeat=3):
            given = sorted(ranks.index(each) for each in chosen)
            follow = ranks.index(names[follows(take, "".join(chosen))])
            assert given[0] <= follow <= given[-1]
            if take is Take.MEDIAN_UP_TO_FIRST:
                assert follow >= ranks.index(chosen[0])


def test_what_follows_is_shown_until_somebody_judges() -> None:
    (shown,) = proposals(scheme(), answers("hml"))
    expected = (
        "By the rule (the worst of Weight A, Weight B and Weight C), “Weight D” would be “Low”."
    )
    assert shown == expected
    assert proposals(scheme(), answers("hml", "high")) == ()
    assert proposals(scheme("by hand"), answers("hml")) == ()


def reasons_missing(
    scheme: Scheme, answers: Sequence[Answer], noted: Collection[str] = ()
) -> tuple[str, ...]:
    return tuple(message for _, message in unreasoned(scheme, answers, noted))


def test_another_judgement_needs_a_reason() -> None:
    assert reasons_missing(scheme(), answers("hml", "low")) == ()
    (missing,) = reasons_missing(scheme(), answers("hml", "high"))
    assert "“Weight D” is “High”" in missing
    assert "it would be “Low”; write the reason" in missing
    assert reasons_missing(scheme(), answers("hml", "high", "C is marginal here.")) == ()
    assert reasons_missing(scheme(), answers("hml", "high", "  ")) == (missing,)
    assert reasons_missing(scheme(), answers("hml")) == ()


def test_by_hand_every_judgement_needs_a_reason() -> None:
    assert len(reasons_missing(scheme("by hand"), answers("hhh", "high"))) == 1
    assert reasons_missing(scheme("by hand"), answers("hhh", "high", "All agree.")) == ()


def test_a_question_that_wants_a_note_has_its_reason_there() -> None:
    wanted = load(text().replace("id: a\n", "id: a\n        note: required\n"), "w.yaml")
    assert wanted.questions[0].needs_reason
    low = Answer(question="a", codes=("low",))
    assert reasons_missing(wanted, [low]) == (
        "“Weight A” lacks its reason; write it into its note.",
    )
    assert reasons_missing(wanted, [Answer(question="a", codes=("low",), note="p. 3")]) == ()
    assert reasons_missing(wanted, [low], noted={"a"}) == ()  # a note on the code
    assert reasons_missing(wanted, [Answer(question="a", note=" ")]) == ()
    both = text().replace("        rule:", "        note: required\n        rule:")
    follows = reasons_missing(load(both, "w.yaml"), answers("hml", "low"))
    assert follows == ("“Weight D” lacks its reason; write it into its note.",)


def faults(yaml: str) -> list[str]:
    with pytest.raises(InvalidScheme) as caught:
        load(yaml, "w.yaml")
    return caught.value.faults


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (text(of="a, x"), "No question above has the id “x”"),
        (text(of="a, d"), "No question above has the id “d”"),
        (text(of="a, a"), "names a question twice"),
        (text(take="best"), "“best” is not a value of “take”"),
        (text().replace("id: medium, label: Medium", "id: middle, label: Medium", 1),
         "“a” has other options"),
        (text().replace("kind: one of", "kind: many of", 1), "“a” is no question `one of`"),
        (text().replace("        rule:", "        of: finding\n        rule:"),
         "Only a question `one of` about the whole study"),
        (text().replace("id: a\n", "id: a\n        of: finding\n        note: required\n"),
         "Only a question about the whole study asks for its reason"),
        (text().replace(", of: [a, b, c]", ""), "“of” is missing in a rule"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_work_is_refused_with_its_line(changed: str, told: str) -> None:
    found = faults(changed)
    assert any(told in fault for fault in found), found
