"""Odd reports by chance: what a seed gives is always the same. Everything in them is invented."""

from collections import Counter
from random import Random
from typing import Any

from tests.eppi.made_exports import Object, applied, code_set, highlight, outcome, reference, report

TEXTS = (
    "", "A garden", "  blanks  ", "two\r\nlines", 'with "quotes" inside', '"quoted"', "=1+1",
    "<img src=x onerror=alert(1)>", "\u202ebackwards", "ü 中文 𝜒²", "[¬s]marks[¬e]", "Page 3:",
    "- a: *b*", "a" * 400, "#x", "\x07bell", "NaN", 'Page 2:\n[¬s]"x[¬e]"',
)  # fmt: skip
TYPES = (
    "Not selectable (no checkbox)", "Selectable (show checkbox)", "Selectable (show checkbox)",
    "Outcome", "Intervention", "Comparison", "Outcome classification code", "Include", "Exclude",
    "", "not selectable",
)  # fmt: skip
NUMBERS = (0, 1, 12, 3.5, -2.25, 0.1, 1e-7, 123456.789, 1e300, None, "NaN")
NOT_SELECTABLE = TYPES[0]


class OddReports:
    """Makes reports, and counts what of interest they held."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - no secret
        self.seen: Counter[str] = Counter()
        self.last = self.random.randrange(1, 10**6)
        self.codes: list[Object] = []
        self.parents: set[int] = set()

    def number(self) -> int:
        self.last += self.random.randrange(1, 9)
        return self.last

    def text(self) -> str:
        return self.random.choice(TEXTS)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def report(self) -> Object:
        sets = [self.code_set() for _ in range(self.random.randrange(1, 4))]
        return report(sets, [self.reference() for _ in range(self.random.randrange(1, 5))])

    def code_set(self) -> Object:
        kind = self.random.choice(("Standard", "Standard", "Screening", "Administration"))
        codes = [self.code(1) for _ in range(self.random.randrange(1, 6))]
        number = self.number()
        more = {"SetId": number, "ReviewSetId": number, "SetDescription": self.text()}
        return code_set(self.text(), *codes, **more, SetType={"SetTypeName": kind})

    def code(self, depth: int) -> Object:
        number = self.number()
        made: Object = {
            "AttributeId": number,
            "AttributeName": self.text(),
            "AttributeType": self.random.choice(TYPES),
            "AttributeSetDescription": self.text(),
            "ExtURL": self.random.choice(("", "https://example.org/x", "no address")),
        }
        self.codes.append(made)
        if depth < 5 and self.chance(0.4):
            below = [self.code(depth + 1) for _ in range(self.random.randrange(1, 4))]
            made["Attributes"] = {"AttributesList": below}
            self.parents.add(number)
        return made

    def reference(self) -> Object:
        arms = [(self.number(), self.text()) for _ in range(self.random.randrange(4))]
        times = [(self.number(), "6 months") for _ in range(self.random.randrange(3))]
        documents = [(self.number(), f"{self.text()}.pdf") for _ in range(3)]
        codes = [self.applied(arms, documents) for _ in range(self.random.randrange(12))]
        outcomes = [self.outcome(arms, times) for _ in range(self.random.randrange(4))]
        used = {h["DocTitle"] for c in codes for h in c["ItemAttributeFullTextDetails"]}
        self.seen["references with several documents"] += len(used) > 1
        more: Object = {"Outcomes": outcomes, "ShortTitle": self.text(), "Abstract": self.text()}
        if self.chance(0.3):
            more["Arms"] = [
                {"itemArmId": number, "itemId": 1, "ordering": order, "title": title}
                for order, (number, title) in enumerate(arms)
            ]
        return reference(self.number(), *codes, ItemStatus=self.random.choice("IEDS"), **more)

    def applied(self, arms: list[tuple[int, str]], documents: list[tuple[int, str]]) -> Object:
        code = self.random.choice(self.codes)
        arm, title = self.random.choice([(0, ""), *arms])
        note = self.text()
        number = code["AttributeId"] if self.chance(0.95) else 10**9
        highlights = [
            self.highlight(*self.random.choice(documents)) for _ in range(self.random.randrange(3))
        ]
        self.seen["codes for an arm"] += arm > 0
        self.seen["notes on parents"] += number in self.parents and bool(note.strip())
        is_heading = code["AttributeType"] == NOT_SELECTABLE and number in self.parents
        self.seen["codes on headings"] += is_heading
        self.seen["codes in no set"] += number == 10**9
        return applied(number, note, arm, title, ItemAttributeFullTextDetails=highlights)

    def highlight(self, document: int, title: str) -> Object:
        if self.chance(0.2):
            self.seen["highlights in plain text"] += 1
            start = self.random.randrange(100)
            more = {"TextFrom": start, "TextTo": start + 5, "IsFromPDF": False}
            return highlight(self.text(), ItemDocumentId=document, DocTitle=title, **more)
        words = '"\n"'.join(self.text() for _ in range(self.random.randrange(1, 4)))
        page = self.random.randrange(1, 30)
        text = f'Page {page}:\n[¬s]"{words}[¬e]"'
        return highlight(text, ItemDocumentId=document, DocTitle=title)

    def outcome(self, arms: list[tuple[int, str]], times: list[tuple[int, str]]) -> Object:
        kind = self.random.randrange(-1, 8)
        self.seen[f"outcomes of type {kind}"] += 1
        (arm_1, name_1), (arm_2, name_2) = (self.random.choice([(0, ""), *arms]) for _ in "12")
        time, label = self.random.choice([(0, ""), *times])
        named = [self.random.choice((0, self.random.choice(self.codes)["AttributeId"]))
                 for _ in range(4)]  # fmt: skip
        classes = [{"AttributeId": named[3], "AdditionalText": self.text()}] if named[3] else []
        data: tuple[Any, ...] = tuple(
            self.random.choice(NUMBERS) if self.chance(0.7) else 0 for _ in range(14)
        )
        return outcome(
            self.number(),
            kind,
            data,
            Title=self.text(),
            OutcomeDescription=self.text(),
            ItemArmIdGrp1=arm_1,
            grp1ArmName=name_1,
            ItemArmIdGrp2=arm_2,
            grp2ArmName=name_2,
            ItemTimepointId=time,
            TimepointDisplayValue=label,
            ItemAttributeIdIntervention=named[0],
            ItemAttributeIdControl=named[1],
            ItemAttributeIdOutcome=named[2],
            InterventionText=self.text(),
            OutcomeCodes={"OutcomeItemAttributesList": classes},
        )
