"""Exports that hold everything, made of odd signs."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from evidence.coding.coding_tables.exported import (
    About,
    Export,
    ExportedAnswer,
    ExportedArm,
    ExportedCoding,
    ExportedFinding,
    ExportedQuotation,
    ExportedReport,
    ExportedScheme,
    ExportedStudy,
    ExportedTimePoint,
)
from evidence.coding.coding_tables.finding_columns import FINDING_FIELDS

Made = TypeVar("Made")
NOW = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
COUNTRY = """\
      - id: country
        text: Which country?
        kind: one of
        options: [{id: uk, label: United Kingdom}, {id: other, label: "=Other"}]
"""
MERGED = COUNTRY.replace("label: United Kingdom", "label: United Kingdom, replaces: [wales]")
FIRST = f"""\
id: small
title: A small scheme
version: "1"
purpose: coding
judges: study
sections:
  - title: All
    questions:
{COUNTRY}\
      - id: retired
        text: What is no longer asked?
        kind: text
      - id: lost
        text: How many left?
        kind: number
        unit: people
        per: arm
      - id: service
        text: Which service?
        kind: tree
        axis: intervention
        options:
          - id: supported
            label: Supported work
            selectable: no
            options: [{{id: ips, label: IPS, role: primary study, replaces: [place]}}]
      - id: hope
        text: Which outcome?
        kind: many of
        axis: outcome
        of: finding
        options: [{{id: hope, label: Hope}}]
      - id: site
        text: At which site?
        kind: one of
        of: finding
        options: [{{id: north, label: North}}, {{id: south, label: South}}]
"""
SECOND = FIRST.replace(COUNTRY, MERGED).replace('version: "1"', 'version: "2"').replace(
    """\
      - id: retired
        text: What is no longer asked?
        kind: text
""",
    "",
).replace("text: At which site?", "text: Where?")  # fmt: skip
OTHER = f"""\
id: other
title: Another scheme
version: "1"
purpose: appraisal
judges: finding
sections:
  - title: All
    questions:
{COUNTRY}\
      - id: chance
        text: Was it left to chance?
        kind: one of
        options: [{{id: good, label: Good}}, {{id: bad, label: Bad, replaces: [poor]}}]
      - id: overall
        text: Overall?
        kind: one of
        rule: {{take: lowest, of: [chance]}}
        options: [{{id: good, label: Good}}, {{id: bad, label: Bad}}]
"""
SCHEMES = tuple(
    ExportedScheme(
        name=name, number=number, version=str(number), yaml=yaml, added_by="Anna", added_at=NOW
    )
    for name, number, yaml in (("small", 1, FIRST), ("small", 2, SECOND), ("other", 1, OTHER))
)
VERSIONS = {"small": (1, 2), "other": (1,)}
QUESTIONS = {
    "small": ("country", "retired", "lost", "service", "never-there"),
    "other": ("country", "never-there"),
}

ODD = st.text(
    st.sampled_from(
        list("aZ 9.,;:|/\\{}[]()$%&#_~^=+-@'\"`<>*?!\t\r\n\x01\x0b\x0c\x1a\x1e\x7f\x85\xa0")
        + list("éßÅ中́\u200b\u2028\ufeff\ufdd0\ufffe\uffff😀–—‘’“”")
    ),
    max_size=12,
)
WORDS = st.sampled_from(
    [
        *("001", "1e5", "TRUE", "false", "2026-11-30", "12-May", "1.23E+12", "#N/A", "None", "-"),
        *("=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''", '="0012"', "'", "a\r\nb"),
        *("_x0041_", "_x005F_", "x005F_", "\\u0041"),
        *("\\", "\\\\", "]]>", "&amp;", "<b>", " ", "\n"),
        *("[whole text: long_texts, number 1]", "a … [whole text: long_texts, number 99]"),
        *("yes", "no", "; ", "a,b", 'say "no"', "x" * 32_000, "y" * 32_768, "😀" * 16_500),
        *("=" + "z" * 40_000, "_x0041_" * 6_000, "\\" * 40_000, "\x01" * 33_000, "=\n" * 20_000),
    ]
)  # fmt: skip
TEXTS = st.one_of(ODD, WORDS)
UIDS = st.text(st.sampled_from("abc019-"), min_size=1, max_size=6)
MOMENTS = st.integers(0, 10**9).map(lambda number: NOW + timedelta(microseconds=number))
NUMBERS = st.integers(1, 2**53)
FIELDS = st.dictionaries(
    st.sampled_from(
        [
            *FINDING_FIELDS,
            *("answer.site", "answer_note.site", "answer.never-there", "answer_note.country"),
        ]
    ),
    TEXTS.filter(bool),
    max_size=6,
)


def unique(made: st.SearchStrategy[Made], *names: str) -> st.SearchStrategy[tuple[Made, ...]]:
    """A few of these, no two of which are the same thing."""
    lists = st.lists(
        made, max_size=3, unique_by=lambda each: tuple(getattr(each, name) for name in names)
    )
    return lists.map(tuple)


@st.composite
def codings(draw: st.DrawFn, number: int) -> ExportedCoding:
    """A coding, with answers whose code or question no version has, for arms, and only noted."""
    scheme = draw(st.sampled_from(sorted(VERSIONS)))
    seen = {"scheme_version": st.sampled_from(VERSIONS[scheme]), "changed_at": MOMENTS}
    answers = st.builds(
        ExportedAnswer,
        question=st.sampled_from(QUESTIONS[scheme]),
        code=st.sampled_from(["", "uk", "other", "ips", "supported", "gone"]),
        arm=st.sampled_from(["", "a1", "a2"]),
        chosen=st.booleans(),
        value=TEXTS,
        note=TEXTS,
        **seen,
    )
    findings = draw(unique(st.builds(ExportedFinding, uid=UIDS, fields=FIELDS, **seen), "uid"))
    uids = [finding.uid for finding in findings]
    source = {
        "uid": UIDS, "work_id": NUMBERS, "part": st.sampled_from(["title", "abstract", "file"]),
        "document": TEXTS, "sha256": UIDS, "page": st.integers(0, 999),
        "start": st.integers(0, 10**6), "end": st.integers(0, 10**6), "exact": TEXTS,
        "prefix": TEXTS, "suffix": TEXTS,
    }  # fmt: skip
    on_answers = st.builds(
        ExportedQuotation,
        question=st.sampled_from(QUESTIONS[scheme]),
        code=st.sampled_from(["", "uk"]),
        arm=st.sampled_from(["", "a1"]),
        **source,
    )
    on_findings = [st.builds(ExportedQuotation, finding=st.sampled_from(uids), **source)]
    complete = draw(st.booleans())
    return ExportedCoding(
        id=number,
        scheme=scheme,
        coder_id=draw(st.integers(1, 3)),
        coder=draw(TEXTS),
        state="complete" if complete else "draft",
        changed_at=draw(MOMENTS),
        completed_at=draw(MOMENTS) if complete else None,
        is_agreed=draw(st.booleans()),
        answers=draw(unique(answers, "question", "code", "arm")),
        findings=findings,
        quotations=draw(unique(st.one_of(on_answers, *(on_findings if uids else [])), "uid")),
    )


@st.composite
def exports(draw: st.DrawFn) -> Export:
    """An export of up to three studies."""
    studies = []
    ids = iter(draw(st.lists(NUMBERS, min_size=9, max_size=9, unique=True)))
    for number in draw(st.lists(NUMBERS, max_size=3, unique=True)):
        reports = st.builds(
            ExportedReport, work_id=NUMBERS, title=TEXTS, authors=TEXTS,
            year=st.none() | st.integers(1900, 2026), journal=TEXTS, doi=TEXTS,
        )  # fmt: skip
        arms = st.builds(
            ExportedArm, uid=st.sampled_from(["a1", "a2", "a3"]), label=TEXTS, people=TEXTS,
            removed=st.booleans(),
        )  # fmt: skip
        points = st.builds(ExportedTimePoint, uid=UIDS, label=TEXTS, removed=st.booleans())
        studies.append(
            ExportedStudy(
                id=number,
                label=draw(TEXTS),
                kind=draw(st.sampled_from(["study", "practice"])),
                reports=draw(unique(reports, "work_id")),
                arms=draw(unique(arms, "uid")),
                time_points=draw(unique(points, "uid")),
                codings=tuple(draw(codings(next(ids))) for _ in range(draw(st.integers(0, 3)))),
            )
        )
    about = About(
        review=draw(TEXTS), person=draw(TEXTS), made_at=draw(MOMENTS), withheld=draw(NUMBERS)
    )
    return Export(about=about, schemes=SCHEMES, studies=tuple(studies))


EVERYTHING = Export(
    about=About(review="Work and recovery", person="Anna", made_at=NOW, withheld=2),
    schemes=SCHEMES,
    studies=(
        ExportedStudy(
            id=7,
            label="=Drake 1996",
            kind="study",
            reports=(
                ExportedReport(work_id=3, title="A title", authors="Drake", year=1996, doi="10/x"),
                ExportedReport(work_id=4, title="A later one", year=1999),
            ),
            arms=(ExportedArm(uid="a1", label="IPS", people="74"),
                  ExportedArm(uid="a2", label="Usual", removed=True)),
            time_points=(ExportedTimePoint(uid="t1", label="18 months"),),
            codings=(
                ExportedCoding(
                    id=11, scheme="small", coder_id=1, coder="Anna", state="complete",
                    changed_at=NOW, completed_at=NOW,
                    answers=(
                        ExportedAnswer(question="country", code="uk", chosen=True,
                                       scheme_version=1, changed_at=NOW),
                        ExportedAnswer(question="country", code="other", note="perhaps",
                                       scheme_version=1, changed_at=NOW),
                        ExportedAnswer(question="retired", value="001", scheme_version=1,
                                       changed_at=NOW),
                        ExportedAnswer(question="lost", arm="a1", value="1e5", scheme_version=2,
                                       changed_at=NOW),
                        ExportedAnswer(question="lost", arm="a2", value="4", scheme_version=2,
                                       changed_at=NOW),
                        ExportedAnswer(question="country", code="wales", chosen=True,
                                       scheme_version=1, changed_at=NOW),
                    ),
                    findings=(
                        ExportedFinding(
                            uid="f1", scheme_version=2, changed_at=NOW,
                            fields={"intervention": "place", "outcome": "hope",
                                    "direction": "better",
                                    "numbers.mean1": "1.20", "answer.site": "north south",
                                    "answer_note.site": "both", "answer.gone": "x"},
                        ),
                    ),
                    quotations=(
                        ExportedQuotation(uid="q1", question="country", code="uk", work_id=3,
                                          part="file", document="a.pdf", sha256="ab", page=2,
                                          start=5, end=9, exact="-ten", prefix="b", suffix="c"),
                        ExportedQuotation(uid="q2", finding="f1", work_id=3, part="abstract",
                                          start=0, end=4, exact="Hope"),
                    ),
                ),
                ExportedCoding(id=12, scheme="other", coder_id=1, coder="Anna", state="draft",
                               changed_at=NOW,
                               answers=(ExportedAnswer(question="country", code="other",
                                                       chosen=True, scheme_version=1,
                                                       changed_at=NOW),)),
                ExportedCoding(id=13, scheme="small", coder_id=2, coder="Ben", state="complete",
                               changed_at=NOW, completed_at=NOW),
            ),
        ),
        ExportedStudy(id=8, label="Nobody coded this", kind="study"),
    ),
)  # fmt: skip
"""By hand: something of everything."""
