"""MEDLINE as PubMed writes it (.nbib), and as PubMed Central and ERIC do; often saved as .txt.

A tag takes four columns and a hyphen; longer values go on below, indented by six blanks; a blank
line ends an entry. What the tags mean is in nbib_fields.py.
"""

import re

from evidence.citations.formats.blank_ended import BlankEnded
from evidence.citations.formats.dialect import Dialect
from evidence.citations.formats.entry_starts import GAP, REST, starts
from evidence.citations.formats.format import Format, marks, opening_line
from evidence.citations.formats.nbib_fields import reference

_START = "PMID"
_TELLING = ("OWN", "PMC", "TI", "TT", "BTI")  # PubMed Central begins with PMC, ERIC with OWN
_BEHIND = r"-(?=[ \t\xa0]|$)[ \t\xa0]*"

DIALECT = Dialect(
    tagged=re.compile(rf"([A-Z]{{4}}(?= ?-)|[A-Z]{{3}}(?= -)|[A-Z]{{2}}(?=  -)) *{_BEHIND}(.*)"),
    start=_START,
    telling=frozenset(_TELLING),
    blank_ends=True,
    wraps=re.compile(r"[ \t]{2,}\S"),
)
_HEADING = re.compile(r"\s*(?:\d{1,6}\s*[.:]?|<\d+>)\s*")  # some programs number the entries

read = BlankEnded(
    dialect=DIALECT, reference=reference, key=frozenset({"PMID"}), heading=_HEADING
).read


# The count looks at bytes. Behind a blank line, text that is neither tagged nor indented ends an
# entry, and so do the tags that open one.
_END_OF_TAG = "-(?=[ \t\n]|\xc2\xa0|\\Z)"
_TAG = f"(?:[A-Z]{{4}} ?|[A-Z]{{3}} |[A-Z]{{2}}  ){_END_OF_TAG}"
_TELLING_TAG = f"(?:{'|'.join(tag.ljust(4) for tag in _TELLING)}){_END_OF_TAG}"
_MARK = re.compile(
    (
        f"\n{GAP}(?:(?P<start>PMID ?{_END_OF_TAG})|(?P<telling>{_TELLING_TAG})"
        f"|(?(gap)(?P<text>(?!{_TAG}|[ \t]{{2,}})[^\n])|(?!))|{REST})"
    ).encode("latin-1")
)
_TAGGED_ROW = re.compile(_TAG.encode("latin-1"))


def count(clean: bytes) -> int:
    """Entry starts: each `PMID`, and each run of lines that opens an entry without one."""
    return starts(clean, _MARK, _TAGGED_ROW)


_RECOGNISED = re.compile(rb"\n(?:PMID ?|OWN |FAU |STAT|DCOM|PMC )- ")


def recognise(clean: bytes) -> int:
    """How many lines have a tag that RIS does not have, for every entry about one."""
    if b"PMID" not in clean and b"OWN " not in clean and b"FAU " not in clean:
        return 0
    return sum(1 for _ in marks(_RECOGNISED, clean))


FORMAT = Format(
    name="nbib",
    label="PubMed (nbib)",
    recognise=recognise,
    opening=opening_line(_RECOGNISED),
    beginnings=(b"PMID", b"OWN ", b"FAU ", b"STAT", b"DCOM", b"PMC "),
    read=read,
    count=count,
)
