"""Invented abstracts with the notices that databases and publishers add."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.screening.copyright_notices import SIGNS, STATEMENTS, without_notices
from evidence.screening.features import describe
from evidence.screening.word_counts import Text

TOLD = "Allotments feed towns."
EBSCO = (
    "Copyright of Invented Gardens is the property of Invented House and its content may not be "
    "copied or emailed without the copyright holder's permission. However, users may print. "
    "(Copyright applies to all Abstracts.)"
)


@pytest.mark.parametrize(
    "notice",
    [
        "(PsycINFO Database Record (c) 2016 APA, all rights reserved)",
        "(PsycInfo Database Record (c) 2024 APA, all rights reserved).",
        "PsycINFO Database Record (c) 2004 APA, all rights reserved.",
        "(ABSTRACT TRUNCATED AT 250 WORDS)",
        "[ABSTRACT FROM AUTHOR]",
        "[Extracted from the article]",
        "[Copyright &y& Invented House]",
        "[Reprinted by permission of Invented House Inc., copyright holder.]",
        "© 2013 Elsevier B.V. All rights reserved.",
        "Copyright © 2010 John Wiley & Sons, Ltd.",
        "Copyright 2003 Wiley-Liss, Inc",
        "(c) 1999 Invented House, Inc. and its heirs.",
        "Copyright (C) 2001 Invented Science B.V. All rights reserved.",
        "© 2020 The Authors. Published by Elsevier Ltd. All rights are reserved.",
        "© Invented Society of Gardeners.",
        "Licensee MDPI, Basel, Switzerland.",
        "This is an open access article under the CC BY licence, as long as the source is cited.",
        EBSCO,
    ],
)
def test_notices_are_left_out(notice: str) -> None:
    for abstract in (f"{TOLD} {notice}", f"{TOLD}{notice}"):
        assert without_notices(abstract).rstrip(" .") == TOLD.rstrip(".")


PIECES = """copyright|Copyright: |©|(C) |2003|the author|all rights |Rights reserved|psycINFO|İ|é|
 database record|abstract truncated|. |reprinted by permission|For permissions, please|x|\n| |
licensee Elsevier|This is an open-access article|published by Wiley|of a is the property of b|1"""


@given(st.lists(st.sampled_from(PIECES.split("|"))).map("".join))
def test_where_a_statement_may_begin_is_found_before_it_is_looked_for(abstract: str) -> None:
    plain = abstract.replace("(", "").replace("[", "")
    has_sign = any(sign in plain.lower() for sign in SIGNS)
    assert without_notices(plain) == (STATEMENTS.sub(" ", plain) if has_sign else plain)


@pytest.mark.parametrize(
    "abstract",
    [
        "Copyright keeps museums from showing photographs of gardens (copyright law, in short).",
        "We looked for a database of seeds; rights of gardeners were reserved in part.",
        "Three groups had (a) soil, (b) compost, (c) Both of them, or (d) nothing.",
        "Open access to allotments needs the permission of the owner.",
        "Guidelines published by towns say little; the survey was truncated (n = 30).",
        "Data are mean (SD) [95% CI].",
    ],
)
def test_what_a_work_says_stays(abstract: str) -> None:
    assert without_notices(abstract) == abstract


def test_a_notice_at_the_beginning_takes_no_more_than_itself() -> None:
    abstract = f"© 2019 Invented House Ltd. {TOLD} Compost is made. Soil is dug."
    assert without_notices(abstract).strip() == f"{TOLD} Compost is made. Soil is dug."


def test_the_order_learns_without_them() -> None:
    notice = "(PsycINFO Database Record (c) 2016 APA, all rights reserved)"
    features = describe(Text(id=n, title="soil", abstract=f"compost {notice}") for n in range(3))
    assert features.vocabulary == ("soil", "compost")


@pytest.mark.parametrize(
    "piece",
    ["(", "(c)", "© 2019 ", "copyright of ", "[(c) 2019 ", ". ", "published by bmj", "reserved("],
)
def test_no_text_takes_long(piece: str) -> None:
    abstract = "copyright " + piece * (200_000 // len(piece))
    began = process_time()
    without_notices(abstract)
    assert process_time() - began < 2
