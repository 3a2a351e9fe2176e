"""A map whose every text tries to be something else."""

from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.map_document import (
    Json,
    LongTexts,
    MapAbout,
    MapContent,
    MapNote,
    MapReport,
    map_document,
)
from evidence.synthesis.map_view import MapView
from evidence.synthesis.studies import CodedStudy

ATTACKS = (
    "</script><script>window.hit = 1</script>",
    "<!-- <script> ]]> --><img src=x onerror='window.hit = 2'>",
    "\u2028\u2029\u202e '\"><svg onload=window.hit=3>",
    '=HYPERLINK("http://a.b/"&A1,"x")',
    "javascript:window.hit=4 &lt;b&gt; ${window.hit=5} `",
    "\x00\x07 עברית دراسة 😀",
)  # fmt: skip


KEYS = ("axis:intervention", "axis:outcome", "question:design")


def attack(number: int) -> str:
    """Each text in its turn, with a number so that labels differ."""
    return f"{ATTACKS[number % len(ATTACKS)]} {number}"


def hostile_document(studies: int = 12, texts: LongTexts | None = None) -> Json:
    """The document of a map of so many studies."""
    dimensions = tuple(
        Dimension(
            id=key,
            title=attack(number),
            of=Of.FINDING if key.startswith("axis") else Of.STUDY,
            headings=tuple(
                Heading(id=f"{number}-{at}", label=attack(at + number), depth=int(at > 0),
                        covers=frozenset({f"{number}-{at}"}), help=attack(at + 1))
                for at in range(4)
            ),
        )
        for number, key in enumerate(KEYS)
    )  # fmt: skip
    coded = tuple(
        CodedStudy(
            id=number + 1,
            label=attack(number),
            year=2000 + number,
            codes={"design": frozenset({f"2-{number % 4}"})},
            findings=(
                Finding(intervention=f"0-{number % 4}", outcome=f"1-{(number + 1) % 4}",
                        contrast="arms", direction=Direction.BETTER,
                        quotation=attack(number), note=attack(number)),
            ),
        )
        for number in range(studies)
    )  # fmt: skip
    reports = {
        study.id: (
            MapReport(type="article", title=attack(study.id), authors=(attack(study.id), "Å, B."),
                      journal=attack(study.id), year=2001, doi=f"10.1000/<{study.id}>",
                      link="https://example.org/?a=1&b=\"'<2>", abstract=attack(study.id)),
        )
        for study in coded
    }  # fmt: skip
    return map_document(
        MapContent(
            title=attack(0),
            caption=attack(1),
            searched_to="2026-05-01",
            studies=coded,
            dimensions=dimensions,
            reports=reports,
            notes=(MapNote(study=1, question=attack(1), text=attack(0)),),
            about=MapAbout(question=attack(0), criteria="\n".join(ATTACKS), coding=attack(2),
                           searches=((attack(0), "2026-05-01"), (attack(1), "")), licence=attack(1),
                           citation=attack(2), contact='https://a.b/<x>?q=1"2', next_update="2027"),
            view=MapView(rows=KEYS[0], columns=KEYS[1], segment=KEYS[2]),
        ),
        texts or LongTexts(abstracts=True, quotations=True, notes=True),
    )  # fmt: skip
