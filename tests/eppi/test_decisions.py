"""Codes of a report of EPPI-Reviewer are read as decisions."""

import json

import pytest

from evidence.eppi import decisions
from evidence.screening.verdicts import Verdict

REPORT = {
    "CodeSets": [
        {
            "SetName": "Screen on title",
            "SetType": {"SetTypeName": "Screening"},
            "Attributes": {
                "AttributesList": [
                    {"AttributeId": 1, "AttributeName": "INCLUDE", "AttributeType": "Include"},
                    {"AttributeId": 2, "AttributeName": "Not work", "AttributeType": "Exclude"},
                ]
            },
        }
    ],
    "References": [
        {"Title": "Kept", "Authors": "Meyer Eva;", "Year": "2001", "Codes": [{"AttributeId": 1}]},
        {
            "Title": "Left",
            "DOI": "https://doi.org/10.5555/X",
            "Codes": [{"AttributeId": 2, "AdditionalText": "a garden"}, {"AttributeId": 99}],
        },
        {"Title": "Silent"},
    ],
}


def test_eppi_reviewer_codes_are_decisions() -> None:
    data = json.dumps(REPORT).encode()
    assert decisions.is_report(data)
    included, excluded, silent = decisions.read_report(data)
    assert [decision.verdict for decision in included.decisions] == [Verdict.INCLUDE]
    assert (included.reference.year, included.reference.title) == (2001, "Kept")
    (decision,) = excluded.decisions
    assert (decision.verdict, decision.reasons, decision.note) == (
        Verdict.EXCLUDE,
        ("Not work",),
        "a garden",
    )
    assert excluded.reference.doi == "10.5555/x"
    assert silent.decisions == ()


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"[]", b'{"References": 3}', b'{"References": [1, {"Codes": 2}]}'),
        b'{"References": [{"Codes": [{"AttributeId": [1]}]}]}',
        b'{"References": [{"Year": "%s"}]}' % (b"9" * 5000),
    ],
)
def test_a_broken_report_is_no_report(data: bytes) -> None:
    assert all(screened.decisions == () for screened in decisions.read_report(data))
