"""What databases and publishers add to abstracts: whose right it is, where it was cut.

It says where a text came from, not what the work is about, so the order learns without it. What
people read stays as it is.
"""

import re

SIGNS = (
    "©",
    "(c)",
    "copyright",
    "reserved",
    "truncated",
    "database record",
    "abstract from",
    "extracted from",
    "permission",
    "licensee",
    "open access",
    "open-access",
    "published by",
)
"""No notice is without one of these; looking for them first is quick."""

BRACKETED = re.compile(
    r"[(\[][^()\[\]]{0,300}+(?:\([cCsS]\)[^()\[\]]{0,300}+){0,9}+[)\]]"  # "(c)" may be within
)
OF_NOTICE = re.compile(
    r"^\[copyright|database record|rights (?:are )?reserved|truncated at"
    r"|abstract (?:from|truncated)|extracted from the|(?:by|with) permission"
    r"|copyright (?:applies|holder)|(?:©|\(c\)|copyright)[ ,]*(?:\d{4}|the author)",
    re.IGNORECASE,
)

# A statement ends with its sentence; the dots of “B.V.” and of “Inc. and” end none.
REST = r"[^.\n]{0,200}(?:\.(?!\s+[A-Z\[(]|\s*$)[^.\n]{0,100}){0,6}\.?"
MARK = r"\bcopyright[ ,:]*(?:©|\(c\)|(?=\d{4})|(?=the author))|©|\(c\) ?(?=\d{4})"
PUBLISHERS = "elsevier|john wiley|wiley|springer|blackwell|bmj|oxford university|sage|taylor|mosby"
STATEMENTS = re.compile(
    r"\bcopyright of .{1,300}? is the property of .*"  # EBSCO: the last thing in an abstract
    rf"|(?:{MARK})(?-i:{REST})"
    r"|\ball rights (?:are )?reserved\b[^.\n]{0,60}\.?"
    r"|\bpsyc\w+ database record\b[^.\n]{0,80}\.?"
    r"|\babstract truncated\b[^.\n]{0,40}\.?"
    r"|\breprinted (?:by|with) permission\b[^.\n]{0,120}\.?"
    r"|\bfor permissions?,? please\b[^.\n]{0,120}\.?"
    r"|\blicensee (?:mdpi|dove|biomed|springer|elsevier|hindawi|ivyspring|intech)\b[^.\n]{0,80}\.?"
    r"|\bthis is an open[- ]access article\b[^.\n]{0,300}\.?"
    r"|copyright[ :]*$"
    rf"|\bpublished by (?:{PUBLISHERS})\b(?-i:{REST})",
    re.IGNORECASE | re.DOTALL,
)

BEGINNINGS = re.compile(
    r"copyright|©|\(c\)|all rights|psyc|abstract truncated|reprinted|for permission|licensee"
    r"|this is an open|published by"
)
"""What a statement begins with, in small letters; it is found much sooner than a statement."""


def without_notices(abstract: str) -> str:
    """The abstract without what databases and publishers add to it."""
    lower = abstract.lower()
    if not any(sign in lower for sign in SIGNS):
        return abstract
    plain = BRACKETED.sub(_unless_notice, abstract)
    lower = plain.lower()
    beginning = BEGINNINGS.search(lower)
    if not beginning:
        return plain
    # One more character shows whether a word begins there.
    cut = max(0, beginning.start() - 1) if len(lower) == len(plain) else 0
    return plain[:cut] + STATEMENTS.sub(" ", plain[cut:])


def _unless_notice(bracketed: re.Match[str]) -> str:
    return " " if OF_NOTICE.search(bracketed[0]) else bracketed[0]
