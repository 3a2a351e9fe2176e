"""What two careful people might code of twenty studies, and which findings are the same.

Every study, name, number and quotation here is invented. The pairs that one wants were written down
by hand before anybody looked at how `evidence.coding.finding_matching` decides; they judge it, and
it is not to be tuned to them. Why, and what came of it: docs/decisions/two-coders.md.

Each line of a coder is a finding: outcome | measure | time | direction, significance | more fields.
Significance is `sig`, `ns` (not significant) or nothing. Fields are written `name value`, parted by
`;`; these stand for several: `n 74 69`, `arms A B`, `means mean sd mean sd`, `table events total
events total`, `effect value low high`. A line that ends in a backslash goes on in the next.
Findings are counted from 0, as the program counts them: 0-2 is the left's first, the right's third.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Fields = Mapping[str, str]
Pair = tuple[int, int]
Pairs = frozenset[Pair]

_SEVERAL = MappingProxyType({
    "n": ("n_intervention", "n_comparison"),
    "arms": ("arm_intervention", "arm_comparison"),
    "means": ("numbers.mean1", "numbers.sd1", "numbers.mean2", "numbers.sd2"),
    "table": ("numbers.events1", "numbers.total1", "numbers.events2", "numbers.total2"),
    "effect": ("numbers.effect", "numbers.low", "numbers.high"),
})  # fmt: skip
_ARMS = MappingProxyType({
    "A": "5f0c91b27ae4d386", "B": "c83e10d94b6f72a5", "C": "19b7d2e6f5a08c43",
    "D": "a2f46c0e8d915b37",
})  # fmt: skip
_SIGNIFICANCE = MappingProxyType({"sig": "significant", "ns": "not significant"})
_KINDS = ("means", "table", "effect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An invented study as two people coded it.

    Attributes:
        study: its invented name.
        about: what goes wrong between the two, in one line.
        left, right: the findings of the two people, in their order.
        wanted: which finding of the left is which of the right, by their places.
        others: other answers that sensible people might give, each a whole set of pairs.
        left_in_right: a finding of the left that is perhaps a part of one of the right; each as
            (left, right).
        right_in_left: the same the other way round, also as (left, right).
        swapped: pairs in which one's intervention group is the other's comparison group.
        doubt: why people could disagree; "" where they hardly could.
        time_points: labels of the study's time points by uid.
    """

    study: str
    about: str
    left: tuple[Fields, ...]
    right: tuple[Fields, ...]
    wanted: Pairs
    others: tuple[Pairs, ...] = ()
    left_in_right: Pairs = frozenset()
    right_in_left: Pairs = frozenset()
    swapped: Pairs = frozenset()
    doubt: str = ""
    time_points: Fields = field(default_factory=dict)

    @property
    def answers(self) -> tuple[Pairs, ...]:
        """All answers that are right, the first choice first."""
        return (self.wanted, *self.others)


def pairs(text: str) -> Pairs:
    split = (pair.split("-") for pair in text.split())
    return frozenset((int(left), int(right)) for left, right in split)


def coder(
    lines: str, intervention: str = "ips", contrast: str = "allocated-arms"
) -> tuple[Fields, ...]:
    return tuple(
        _finding(line, {"intervention": intervention, "contrast": contrast})
        for line in lines.strip().splitlines()
    )


def _finding(line: str, usual: Fields) -> Fields:
    outcome, measure, time, said, more = (part.strip() for part in line.split("|"))
    direction, _, significance = said.partition(", ")
    fields = {**usual, "outcome": outcome, "measure": measure, "time": time}
    fields |= {"direction": direction, "significance": _SIGNIFICANCE.get(significance, "")}
    for part in filter(None, more.split("; ")):
        name, _, text = part.strip().partition(" ")
        names = _SEVERAL.get(name)
        values = [_ARMS.get(value, value) for value in text.split()] if names else [text]
        fields |= dict(zip(names or (name,), values, strict=True))
        if name in _KINDS:
            fields["numbers_kind"] = name
    return {name: value for name, value in fields.items() if value}


EXAMPLES = (
    Example(
        study="Ashdown (invented)",
        about="The same four findings in another order, the time worded in other ways.",
        left=coder("""
self-esteem | Rosenberg Self-Esteem Scale | 18 months | better, ns | n 83 79; \
means 31.2 5.1 29.8 4.9; quotation Self-esteem did not differ between the groups at 18 months.
quality-of-life | MANSA | 18 months | better, sig | n 83 79; means 4.8 0.9 4.4 1.0
symptoms | BPRS | 18 months | worse, ns | n 83 79; means 38.1 9.0 37.0 8.7; benefit lower
hospitalisation | Days in hospital | 18 months | better, sig | n 85 80; means 9 21.3 17 30.2; \
benefit lower
"""),
        right=coder("""
hospitalisation | days in psychiatric hospital | over 18 months | better, sig | n 85 80; \
means 9.0 21.3 17.0 30.2
symptoms | BPRS | 18 mo | no change, ns | n 83 79; note Authors say "unchanged".
self-esteem | RSES | 18-month follow-up | better, ns | n 83 79; means 31.2 5.1 29.8 4.9
quality-of-life | MANSA | 1.5 years | better, sig | n 83 79; means 4.8 0.9 4.4 1.0
"""),
        wanted=pairs("0-2 1-3 2-1 3-0"),
    ),
    Example(
        study="Birkmoor (invented)",
        about="Two or four scales for an outcome: full names, abbreviations, versions; no numbers.",
        left=coder("""
symptoms | Brief Psychiatric Rating Scale, 24 items | 12 months | better, ns |
symptoms | PANSS total | 12 months | better, ns |
symptoms | HADS-D | 12 months | better, sig | quotation Depression was lower (p = 0.03).
symptoms | HADS-A | 12 months | worse, ns |
quality-of-life | MANSA | 12 months | better, ns |
quality-of-life | EQ-5D-3L | 12 months | worse, ns |
"""),
        right=coder("""
quality-of-life | EuroQol (EQ-5D) | 12 months | worse, ns |
quality-of-life | Manchester Short Assessment of Quality of Life | 12 months | better, ns |
symptoms | Hospital Anxiety and Depression Scale, anxiety | 12 months | worse, ns |
symptoms | Hospital Anxiety and Depression Scale, depression | 12 months | better, sig | \
printed.p 0.03
symptoms | Positive and Negative Syndrome Scale | 12 months | better, ns |
symptoms | BPRS-E | 12 months | no change, ns |
"""),
        wanted=pairs("0-5 1-4 2-3 3-2 4-1 5-0"),
    ),
    Example(
        study="Carrow (invented)",
        about="Another code for the same outcome, three times; the scale tells which it is.",
        left=coder("""
social-inclusion | Social Inclusion Scale | 12 months | better, sig |
self-efficacy | Mental Health Confidence Scale | 12 months | better, ns | n 41 39; \
means 66.0 12.4 63.2 13.1
global-functioning | GAF | 12 months | better, ns |
social-functioning | Social Functioning Scale | 12 months | worse, ns |
"""),
        right=coder("""
confidence | MHCS | 12 months | better, ns | n 41 39; means 66.0 12.4 63.2 13.1
social-functioning | SFS | 12 months | worse, ns |
social-capital | Social Inclusion Scale | 1 year | better, sig |
social-functioning | Global Assessment of Functioning | 12 months | better, ns |
"""),
        wanted=pairs("0-2 1-0 2-3 3-1"),
    ),
    Example(
        study="Dunmere (invented)",
        about="One gives numbers, the other only where things went; one outcome more on the right.",
        left=coder("""
gaining-employment | Worked at least one day | 24 months | better, sig | table 41 90 27 92
hours | Hours in open employment | 24 months | better, sig | n 90 92; means 310 402 188 296
tenure | Days in longest job | 24 months | better, ns | n 41 27; means 122 140 101 133
hospitalisation | Readmitted | 24 months | better, sig | table 18 90 29 92; benefit lower
"""),
        right=coder("""
gaining-employment | | 24 months | better, sig | printed.p 0.02
hospitalisation | | 24 months | better, ns |
hours | hours worked | 2 years | better, sig |
tenure | | 24 months | better |
drop-out | | 24 months | better, sig |
"""),
        wanted=pairs("0-0 1-2 2-3 3-1"),
    ),
    Example(
        study="Eastry (invented)",
        about="Numbers mistyped: a point moved, groups in each other's columns, 16 for 61.",
        left=coder("""
self-esteem | RSES | 6 months | better, ns | n 58 61; means 31.2 5.1 29.8 4.9
hope | Herth Hope Index | 6 months | better, sig | n 58 61; means 36.4 5.0 33.9 5.6
quality-of-life | WHOQOL-BREF | 6 months | worse, ns | n 57 61; means 54.0 12.2 56.1 13.0
empowerment | Empowerment Scale | 6 months | better, ns | n 58 60; means 2.9 0.4 2.8 0.5
"""),
        right=coder("""
self-esteem | RSES | 6 months | better, ns | n 58 61; means 3.12 5.1 29.8 4.9
hope | Herth Hope Index | 6 months | worse, sig | n 61 58; means 33.9 5.6 36.4 5.0
quality-of-life | WHOQOL | 6 months | worse, ns | n 57 16; means 54.0 122 56.1 13.0
empowerment | Rogers' Empowerment Scale | 6 months | better, ns | n 58 60; means 2.9 0.4 2.8 0.5
"""),
        wanted=pairs("0-0 1-1 2-2 3-3"),
    ),
    Example(
        study="Fenwater (invented)",
        about="One codes the whole scale, the other its three subscales.",
        left=coder("""
symptoms | PANSS | 12 months | mixed, ns | note Positive better, the others worse.
quality-of-life | QOLI | 12 months | better, ns |
"""),
        right=coder("""
symptoms | PANSS positive | 12 months | better, ns | n 50 52; means 14.1 4.8 15.0 5.2
symptoms | PANSS negative | 12 months | worse, ns | n 50 52; means 17.7 5.9 17.0 5.5
symptoms | PANSS general psychopathology | 12 months | worse, ns | n 50 52; means 33.8 8.0 33.1 8.6
quality-of-life | Lehman's Quality of Life Interview, general satisfaction | 12 months | \
better, ns | n 50 51; means 4.6 1.3 4.4 1.4
"""),
        wanted=pairs("1-3"),
        others=(pairs("0-0 1-3"), pairs("0-1 1-3"), pairs("0-2 1-3")),
        right_in_left=pairs("0-0 0-1 0-2"),
        doubt="Some would put one subscale beside the whole scale and the others below it.",
    ),
    Example(
        study="Gannock (invented)",
        about="One codes everybody, the other women and men.",
        left=coder("""
gaining-employment | Any open job | 18 months | better, sig | n 120 118; table 58 120 36 118
hours | Hours per week | 18 months | better, ns | n 58 36; means 21.0 9.9 18.4 10.3
"""),
        right=coder("""
gaining-employment | Open job | 18 months | better, sig | n 51 50; table 27 51 14 50; \
answer.subgroup women
gaining-employment | Open job | 18 months | better, ns | n 69 68; table 31 69 22 68; \
answer.subgroup men
hours | hours a week | 18 months | better, ns | n 58 36; means 21.0 9.9 18.4 10.3
"""),
        wanted=pairs("1-2"),
        right_in_left=pairs("0-0 0-1"),
    ),
    Example(
        study="Hollinbeck (invented)",
        about="One merges two time points into a finding, the other keeps them apart.",
        left=coder("""
self-esteem | RSES | 12 and 24 months | better, ns |
symptoms | BPRS | 12 and 24 months | worse, ns |
gaining-employment | | 24 months | better, sig |
"""),
        right=coder("""
self-esteem | RSES | 12 months | better, ns | n 62 60; means 29.9 5.4 28.8 5.0
self-esteem | RSES | 24 months | better, ns | n 55 51; means 30.3 5.2 29.1 5.6
symptoms | BPRS | 12 months | worse, ns | n 62 60; means 41.0 9.7 40.2 9.1
symptoms | BPRS | 24 months | no change, ns | n 55 51; means 39.9 9.0 39.9 9.4
gaining-employment | Worked in the open market | 24 months | better, sig | table 30 64 17 63
"""),
        wanted=pairs("2-4"),
        others=tuple(
            pairs(f"{esteem} {symptoms} 2-4")
            for esteem in ("", "0-0", "0-1")
            for symptoms in ("", "1-2", "1-3")
            if esteem or symptoms
        ),
        right_in_left=pairs("0-0 0-1 1-2 1-3"),
        doubt="Some would put one of the two times beside the merged finding, the other below it.",
    ),
    Example(
        study="Inverley (invented)",
        about="Arms swapped: one codes placement against training, the other training against it.",
        left=coder("""
gaining-employment | Open job | 12 months | better, sig | arms A B; table 33 64 17 66
self-esteem | RSES | 12 months | worse, ns | arms A B; n 64 66; means 29.0 5.5 30.1 5.2
symptoms | PANSS | 12 months | better, ns | arms A B
quality-of-life | MANSA | 12 months | better, ns | arms A B; n 63 66; means 4.7 0.9 4.6 0.9
"""),
        right=coder(
            """
gaining-employment | In open work | 12 months | worse, sig | arms B A; table 17 66 33 64
quality-of-life | MANSA | 12 months | worse, ns | arms B A; n 66 63; means 4.6 0.9 4.7 0.9
symptoms | PANSS total | 12 months | worse, ns | arms B A
self-esteem | Rosenberg | 12 months | better, ns | arms B A; n 66 64; means 30.1 5.2 29.0 5.5
""",
            intervention="prevocational-training",
        ),
        wanted=pairs("0-0 1-3 2-2 3-1"),
        swapped=pairs("0-0 1-3 2-2 3-1"),
    ),
    Example(
        study="Jarrowby (invented)",
        about="Three arms, two of one intervention; the right has a comparison more, no numbers.",
        left=coder("""
gaining-employment | Open job | 12 months | better, sig | arms A C; table 24 50 12 51
gaining-employment | Open job | 12 months | better, sig | arms B C; table 29 49 12 51
hospitalisation | Days in hospital | 12 months | better, ns | arms A C; n 50 51; means 8 19 12 24
hospitalisation | Days in hospital | 12 months | worse, ns | arms B C; n 49 51; means 14 26 12 24
"""),
        right=coder("""
hospitalisation | inpatient days | 12 months | better, ns | arms A C
gaining-employment | Competitive job | 12 months | better, ns | arms B A
gaining-employment | Competitive job | 12 months | better, sig | arms A C
hospitalisation | inpatient days | 12 months | worse, ns | arms B C
gaining-employment | Competitive job | 12 months | better, sig | arms B C
"""),
        wanted=pairs("0-2 1-4 2-0 3-3"),
    ),
    Example(
        study="Kelmarsh (invented)",
        about="Three arms, which one coder left empty; another code for one of the interventions.",
        left=coder("""
tenure | Weeks in job | 18 months | better, ns | arms A C; n 31 18; means 24.0 17.1 20.5 16.8
tenure | Weeks in job | 18 months | better, ns | intervention clubhouse; arms B C; n 25 18; \
means 26.2 18.0 20.5 16.8
earnings | Total earnings | 18 months | better, sig | arms A C; n 60 58; means 3120 4010 1810 2650
earnings | Total earnings | 18 months | better, ns | intervention clubhouse; arms B C; n 59 58; \
means 2460 3380 1810 2650
"""),
        right=coder(
            """
earnings | Earnings | 18 months | better, ns | intervention clubhouse; note Against usual services.
earnings | Earnings | 18 months | better, sig | note Against usual services.
tenure | Job tenure in weeks | 18 months | better, ns | n 31 18
tenure | Job tenure in weeks | 18 months | better, ns | intervention clubhouse; n 25 18
gaining-employment | | 18 months | better, sig |
""",
            intervention="supported-employment-other",
        ),
        wanted=pairs("0-2 1-3 2-1 3-0"),
    ),
    Example(
        study="Lythbourne (invented)",
        about="Two scales at three time points, by uid and by name; one of the six missing.",
        time_points={
            "7d1e4f90ab23c658": "T1 (6 months)",
            "e02b96c5d7418fa3": "T2 (12 months)",
            "46a8f3b10c9de572": "T3 (18 months)",
        },
        left=coder("""
symptoms | BPRS | 7d1e4f90ab23c658 | worse, ns | n 44 46; means 42.0 9.9 41.1 9.2; benefit lower
symptoms | BPRS | e02b96c5d7418fa3 | better, ns | n 43 44; means 39.7 9.1 40.6 9.8; benefit lower
symptoms | BPRS | 46a8f3b10c9de572 | better, ns | n 40 39; means 38.2 8.8 40.0 9.0; benefit lower
self-esteem | RSES | 7d1e4f90ab23c658 | better, ns | n 44 46; means 28.1 5.0 27.9 5.3
self-esteem | RSES | e02b96c5d7418fa3 | better, ns | n 43 44; means 29.0 5.2 28.3 5.1
self-esteem | RSES | 46a8f3b10c9de572 | better, sig | n 40 39; means 30.9 4.9 28.2 5.4
"""),
        right=coder("""
self-esteem | Rosenberg scale | T1 | better, ns |
self-esteem | Rosenberg scale | T2 | better, ns |
self-esteem | Rosenberg scale | T3 | better, sig |
symptoms | Brief Psychiatric Rating Scale | T1 | worse, ns |
symptoms | Brief Psychiatric Rating Scale | T3 | better, ns |
"""),
        wanted=pairs("0-3 2-4 3-0 4-1 5-2"),
    ),
    Example(
        study="Marlpit (invented)",
        about="Three arms: one keeps the two placement arms apart, the other takes them together.",
        left=coder("""
gaining-employment | Open job | 12 months | better, sig | arms A C; n 48 48; table 27 48 14 48
gaining-employment | Open job | 12 months | better, ns | arms B C; n 48 48; table 22 48 14 48
hope | Herth Hope Index | 12 months | better, ns | arms A C
hope | Herth Hope Index | 12 months | better, ns | arms B C
service-satisfaction | CSQ-8 | 12 months | better, sig | arms A C; n 45 40; means 27.0 4.1 24.8 4.9
"""),
        right=coder("""
gaining-employment | Open job | 12 months | better, sig | arm_comparison 19b7d2e6f5a08c43; \
n 96 48; table 49 96 14 48; note Both placement arms together.
hope | HHI | 12 months | better, ns | arm_comparison 19b7d2e6f5a08c43; \
note Both placement arms together.
service-satisfaction | Client Satisfaction Questionnaire | 12 months | better, sig | arms A C; \
n 45 40; means 27.0 4.1 24.8 4.9
"""),
        wanted=pairs("4-2"),
        others=(pairs("4-2 2-1"), pairs("4-2 3-1")),
        left_in_right=pairs("0-0 1-0 2-1 3-1"),
        doubt="Where the right has no numbers (hope), some would pair it with one of the two.",
    ),
    Example(
        study="Nethercote (invented)",
        about="Adjusted and unadjusted results, both coded by one, partly by the other.",
        left=coder("""
hospitalisation | Any admission | 12 months | better, ns | effect 0.62 0.36 1.07; \
numbers.effect_kind OR; adjusted no
hospitalisation | Any admission | 12 months | better, ns | effect 0.71 0.40 1.26; \
numbers.effect_kind OR; adjusted yes
gaining-employment | Any job | 12 months | better, sig | effect 2.10 1.20 3.68; \
numbers.effect_kind OR; adjusted no
gaining-employment | Any job | 12 months | better, sig | effect 1.95 1.08 3.52; \
numbers.effect_kind OR; adjusted yes
"""),
        right=coder("""
hospitalisation | Readmission | 12 months | better, ns | effect 0.71 0.40 1.26; \
numbers.effect_kind OR; adjusted yes
gaining-employment | Any job | 12 months | better, sig | effect 1.95 1.08 3.52; \
numbers.effect_kind OR; adjusted yes
gaining-employment | Any job | 12 months | better, sig | effect 2.10 1.20 3.68; \
numbers.effect_kind OR; note Crude.
"""),
        wanted=pairs("1-0 2-2 3-1"),
    ),
    Example(
        study="Orlestone (invented)",
        about="One leaves measure and time empty; the other has two scales for symptoms.",
        left=coder("""
symptoms | BPRS | 12 months | worse, ns | n 66 70; means 40.2 9.9 39.0 9.3; benefit lower
symptoms | CES-D | 12 months | better, ns | n 65 70; means 18.8 10.2 20.1 11.0; benefit lower
self-esteem | RSES | 12 months | better, ns | n 66 70; means 29.4 5.0 28.9 5.3
quality-of-life | QOLI | 12 months | better, ns | n 66 70; means 4.5 1.2 4.4 1.3
social-functioning | SFS | 12 months | worse, ns | n 64 68; means 104 11 105 12
"""),
        right=coder("""
quality-of-life | | | better, ns |
self-esteem | | | better, ns |
symptoms | | | worse, ns |
hope | | | better |
"""),
        wanted=pairs("0-2 2-1 3-0"),
        others=(pairs("2-1 3-0"),),
        left_in_right=pairs("1-2"),
        doubt="Only the direction says which scale of symptoms it is; some would leave that open.",
    ),
    Example(
        study="Pendry (invented)",
        about="Outcomes that were measured and not reported, which one calls partly reported.",
        left=coder("""
gaining-employment | Any job | 9 months | better, sig | table 22 47 11 45
self-esteem | RSES | 9 months | | reporting measured only
hope | Herth Hope Index | 9 months | | reporting measured only
quality-of-life | | | | reporting measured only
"""),
        right=coder("""
self-esteem | Rosenberg Self-Esteem Scale | | | reporting measured only
hope | HHI | 9 months | not stated, ns | reporting partly
gaining-employment | | 9 months | better, sig | table 22 47 11 45
drop-out | | 9 months | | reporting measured only
"""),
        wanted=pairs("0-2 1-0 2-1"),
    ),
    Example(
        study="Quarndon (invented)",
        about="The same scale at the same time in other contrasts, which are never one finding.",
        left=coder(
            """
self-esteem | RSES | 18 months | better, sig | n 61 108; means 31.0 4.8 28.7 5.3
""",
            intervention="competitive-work",
            contrast="work-status",
        ),
        right=coder("""
self-esteem | RSES | 18 months | better, sig | n 85 84; means 29.6 5.1 29.4 5.4
self-esteem | Rosenberg Self-Esteem Scale | 18 months | better, ns | \
intervention competitive-work; contrast work-status
self-esteem | RSES | 18 months | better, sig | contrast before-after
"""),
        wanted=pairs("0-1"),
    ),
    Example(
        study="Rushall (invented)",
        about="One codes one finding for all non-vocational outcomes, the other six.",
        left=coder("""
non-vocational-together | | 12 months | not stated, ns | \
quotation No differences were seen in non-vocational outcomes.
"""),
        right=coder("""
self-esteem | RSES | 12 months | not stated, ns | \
quotation No differences were seen in non-vocational outcomes.
quality-of-life | MANSA | 12 months | not stated, ns |
symptoms | PANSS | 12 months | not stated, ns |
social-functioning | SFS | 12 months | not stated, ns |
hope | HHI | 12 months | not stated, ns |
empowerment | Empowerment Scale | 12 months | not stated, ns |
"""),
        wanted=frozenset(),
        right_in_left=pairs("0-0 0-1 0-2 0-3 0-4 0-5"),
    ),
    Example(
        study="Silverholme (invented)",
        about="Three outcomes at up to three times: weeks here, months and years there.",
        left=coder("""
gaining-employment | Any open job | week 26 | better, sig | table 21 80 10 81
gaining-employment | Any open job | week 52 | better, sig | table 33 80 17 81
gaining-employment | Any open job | week 104 | better, sig | table 42 80 27 81
hours | Hours worked | week 26 | better, ns | n 80 81; means 70 140 48 120
hours | Hours worked | week 52 | better, ns | n 80 81; means 180 290 121 240
hours | Hours worked | week 104 | better, sig | n 80 81; means 420 560 260 430
self-esteem | RSES | week 26 | worse, ns | n 71 74; means 28.0 5.1 28.6 5.0
self-esteem | RSES | week 52 | better, ns | n 69 70; means 29.2 5.3 28.9 5.2
"""),
        right=coder("""
gaining-employment | Competitive job | 6 months | better, sig | table 21 80 10 81
gaining-employment | Competitive job | 1 year | better, sig |
gaining-employment | Competitive job | 2 years | better, sig | table 42 80 27 81
hours | Total hours | 6-month follow-up | better, ns |
hours | Total hours | 24 months | better, ns |
self-esteem | Rosenberg Self-Esteem Scale | 12 months | better, ns | n 69 70; \
means 29.2 5.3 28.9 5.2
self-esteem | Rosenberg Self-Esteem Scale | 6 months | better, ns |
"""),
        wanted=pairs("0-0 1-1 2-2 3-3 5-4 6-6 7-5"),
    ),
    Example(
        study="Thornleigh (invented)",
        about="End of treatment, and a follow-up given as a range: by uid, in words, as a month.",
        time_points={
            "b5c07e2918f4d36a": "End of treatment (6 months)",
            "3e9a61d8470bfc25": "Follow-up (12–18 months)",
        },
        left=coder("""
quality-of-life | WHOQOL-BREF | b5c07e2918f4d36a | better, ns | n 38 40; means 55.1 12.0 53.9 12.6
quality-of-life | WHOQOL-BREF | 12–18 months | better, sig | n 33 34; means 58.8 11.7 53.0 12.2
social-inclusion | SCOPE | b5c07e2918f4d36a | better, ns |
social-inclusion | SCOPE | 3e9a61d8470bfc25 | better, ns |
"""),
        right=coder("""
social-inclusion | Social and Communities Opportunities Profile | end of treatment | better, ns |
social-inclusion | Social and Communities Opportunities Profile | last follow-up | worse, ns |
quality-of-life | WHO Quality of Life, short form | 18 months | better, sig | n 33 34; \
means 58.8 11.7 53.0 12.2
quality-of-life | WHO Quality of Life, short form | post | better, ns |
"""),
        wanted=pairs("0-3 1-2 2-0 3-1"),
    ),
)  # fmt: skip
