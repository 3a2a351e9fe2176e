"""Types of publication: our words, and the codes that the formats use for them.

A row is our word, the word for people, and the codes of each format. The first code of a row is
the one that an export writes; the others are only read.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """One type of publication."""

    word: str
    label: str
    ris: tuple[str, ...] = ()
    bibtex: tuple[str, ...] = ()


OTHER = "other"

_TABLE = (
    Type(
        word="article",
        label="Journal article",
        ris=("JOUR", "EJOUR", "ABST", "INPR", "JFULL", "JOURNAL ARTICLE", "ARTICLE"),
        bibtex=("article", "review", "suppperiodical"),
    ),
    Type(
        word="magazine",
        label="Magazine article",
        ris=("MGZN", "MAGAZINE ARTICLE"),
        bibtex=("periodical",),
    ),
    Type(word="newspaper", label="Newspaper article", ris=("NEWS", "NEWSPAPER ARTICLE")),
    Type(
        word="book",
        label="Book",
        ris=("BOOK", "EBOOK", "EDBOOK", "CLSWK", "SER", "BOOK, WHOLE"),
        bibtex=("book", "mvbook", "collection", "mvcollection", "reference", "booklet"),
    ),
    Type(
        word="chapter",
        label="Chapter in a book",
        ris=("CHAP", "ECHAP", "BOOK SECTION", "BOOK CHAPTER"),
        bibtex=("incollection", "inbook", "bookinbook", "suppbook", "suppcollection"),
    ),
    Type(
        word="encyclopedia",
        label="Entry of a reference work",
        ris=("ENCYC", "DICT"),
        bibtex=("inreference",),
    ),
    Type(
        word="conference",
        label="Conference paper",
        ris=("CPAPER", "CONF", "CONFERENCE PAPER", "CONFERENCE PROCEEDINGS"),
        bibtex=("inproceedings", "conference", "proceedings", "mvproceedings"),
    ),
    Type(
        word="thesis",
        label="Thesis",
        ris=("THES", "THESIS", "DISSERTATION"),
        bibtex=("phdthesis", "thesis", "mastersthesis", "bathesis", "dissertation"),
    ),
    Type(
        word="report",
        label="Report",
        ris=("RPRT", "GOVDOC", "STAND", "REPORT"),
        bibtex=("techreport", "report", "manual", "standard"),
    ),
    Type(word="preprint", label="Preprint", ris=("UNPB", "MANSCPT"), bibtex=("unpublished",)),
    Type(
        word="web",
        label="Web page",
        ris=("ELEC", "WEB", "BLOG", "ICOMM", "WEB PAGE"),
        bibtex=("online", "electronic", "www", "webpage"),
    ),
    Type(word="data", label="Data set", ris=("DATA", "AGGR", "DBASE"), bibtex=("dataset", "data")),
    Type(word="software", label="Software", ris=("COMP",), bibtex=("software", "program")),
    Type(word="patent", label="Patent", ris=("PAT",), bibtex=("patent",)),
    Type(
        word="legal",
        label="Law, case or bill",
        ris=("CASE", "LEGAL", "BILL", "STAT", "HEAR", "UNBILL"),
        bibtex=("legislation", "jurisdiction", "legal"),
    ),
    Type(
        word="media",
        label="Film, sound or picture",
        ris=("VIDEO", "MPCT", "SOUND", "ADVS", "FIGURE", "ART", "SLIDE", "MULTI", "MUSIC", "MAP"),
        bibtex=("video", "movie", "audio", "artwork", "image", "music"),
    ),
    Type(word=OTHER, label="Other", ris=("GEN", "PAMP", "PCOMM"), bibtex=("misc",)),
)

TYPES: dict[str, Type] = {row.word: row for row in _TABLE}

_RIS = {code: row.word for row in _TABLE for code in row.ris}
_BIBTEX = {code: row.word for row in _TABLE for code in row.bibtex}


def from_ris(code: str) -> str:
    """Our word for a RIS type, empty where the source says none."""
    return _RIS.get(code.upper(), OTHER) if code else ""


def from_bibtex(code: str) -> str:
    """Our word for a BibTeX or BibLaTeX entry type."""
    return _BIBTEX.get(code.lower(), OTHER)
