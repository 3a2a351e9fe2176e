"""Types of publication: our words, and the codes that the formats use for them.

A row is our word, the word for people, and the codes of each format. The first code of a row is
the one that an export writes; the others are only read. In `words` stand the names that programs
and databases give to types in plain words, without regard to capitals, blanks and punctuation.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """One type of publication."""

    word: str
    label: str
    ris: tuple[str, ...] = ()
    bibtex: tuple[str, ...] = ()
    csl: tuple[str, ...] = ()
    pubmed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


OTHER = "other"

_TABLE = (
    Type(
        word="article",
        label="Journal article",
        ris=("JOUR", "EJOUR", "ABST", "INPR", "JFULL", "JOURNAL ARTICLE", "ARTICLE"),
        bibtex=("article", "review", "suppperiodical"),
        csl=("article-journal", "article", "review", "periodical"),
        pubmed=(
            *("Journal Article", "Journal Articles", "Review", "Systematic Review"),
            *("Meta-Analysis", "Clinical Trial", "Randomized Controlled Trial", "Case Reports"),
            *("Letter", "Editorial", "Comment", "Comparative Study", "Observational Study"),
            *("Clinical Trial Protocol", "Published Erratum", "Evaluation Study"),
        ),
        words=(
            *(
                "journal",
                "journals",
                "j",
                "scholarly journal",
                "scholarly journals",
                "academic journal",
            ),
            *("periodical", "article in a periodical", "journal full", "serial article"),
            *("electronic article", "original article", "research article", "article in press"),
            *("review article", "case report", "short survey", "note", "erratum", "data paper"),
            *("retraction", "editorial material", "early access", "ieee journals"),
            *("ieee early access articles", "correction", "news item", "retracted"),
        ),
    ),
    Type(
        word="magazine",
        label="Magazine article",
        ris=("MGZN", "MAGAZINE ARTICLE"),
        bibtex=("periodical",),
        csl=("article-magazine",),
        words=("magazine", "magazines", "trade journal", "trade journals", "ieee magazines"),
    ),
    Type(
        word="newspaper",
        label="Newspaper article",
        ris=("NEWS", "NEWSPAPER ARTICLE"),
        csl=("article-newspaper",),
        pubmed=("Newspaper Article", "News"),
        words=("newspaper", "newspapers", "wire feed", "wire feeds"),
    ),
    Type(
        word="book",
        label="Book",
        ris=("BOOK", "EBOOK", "EDBOOK", "CLSWK", "SER", "BOOK, WHOLE"),
        bibtex=("book", "mvbook", "collection", "mvcollection", "reference", "booklet"),
        csl=("book", "collection", "classic"),
        pubmed=("Monograph", "Book", "Books"),
        words=(
            *("b", "books", "monograph", "edited book", "electronic book", "ebook", "serial"),
            *("classical work", "reference book", "book set", "ancient text"),
        ),
    ),
    Type(
        word="chapter",
        label="Chapter in a book",
        ris=("CHAP", "ECHAP", "BOOK SECTION", "BOOK CHAPTER"),
        bibtex=("incollection", "inbook", "bookinbook", "suppbook", "suppcollection"),
        csl=("chapter",),
        pubmed=("Book Chapter",),
        words=("electronic book section", "book part", "book, chapter", "reference entry", "part"),
    ),
    Type(
        word="encyclopedia",
        label="Entry of a reference work",
        ris=("ENCYC", "DICT"),
        bibtex=("inreference",),
        csl=("entry-encyclopedia", "entry-dictionary", "entry"),
        words=("encyclopedia", "dictionary", "encyclopedia article", "dictionary entry"),
    ),
    Type(
        word="conference",
        label="Conference paper",
        ris=("CPAPER", "CONF", "CONFERENCE PAPER", "CONFERENCE PROCEEDINGS"),
        bibtex=("inproceedings", "conference", "proceedings", "mvproceedings"),
        csl=("paper-conference", "speech", "event", "performance"),
        pubmed=("Congress", "Speeches/Meeting Papers", "Collected Works - Proceedings"),
        words=(
            *("conference", "proceedings", "proceeding", "proceedings article", "presentation"),
            *("proceedings paper", "conference abstract", "conference review", "meeting abstract"),
            *("conference proceedings article", "conference papers & proceedings", "poster"),
            *("conferences", "ieee conferences", "conference contribution"),
        ),
    ),
    Type(
        word="thesis",
        label="Thesis",
        ris=("THES", "THESIS", "DISSERTATION"),
        bibtex=("phdthesis", "thesis", "mastersthesis", "bathesis", "dissertation"),
        csl=("thesis",),
        pubmed=(
            *("Academic Dissertation", "Dissertations/Theses"),
            *("Dissertations/Theses - Doctoral Dissertations",),
            *("Dissertations/Theses - Masters Theses",),
        ),
        words=("dissertation/thesis", "dissertations & theses", "doctoral thesis", "phd thesis"),
    ),
    Type(
        word="report",
        label="Report",
        ris=("RPRT", "GOVDOC", "STAND", "REPORT"),
        bibtex=("techreport", "report", "manual", "standard"),
        csl=("report", "standard"),
        pubmed=(
            *("Technical Report", "Reports", "Reports - Research", "Reports - Descriptive"),
            *("Reports - Evaluative", "Government Document", "Guideline", "Practice Guideline"),
        ),
        words=(
            *("reports", "government document", "government documents", "technical report"),
            *("working paper", "working papers", "research report", "ieee standards"),
            *("official publication", "policy report", "guidelines"),
        ),
    ),
    Type(
        word="preprint",
        label="Preprint",
        ris=("UNPB", "MANSCPT"),
        bibtex=("unpublished",),
        csl=("manuscript",),
        pubmed=("Preprint",),
        words=("unpublished work", "unpublished", "posted content", "unpublished material"),
    ),
    Type(
        word="web",
        label="Web page",
        ris=("ELEC", "WEB", "BLOG", "ICOMM", "WEB PAGE"),
        bibtex=("online", "electronic", "www", "webpage"),
        csl=("webpage", "post-weblog", "post"),
        pubmed=("Webcast", "Web Archive"),
        words=(
            *("web site", "website", "web site content", "blog post", "forum post", "web resource"),
            *("blogs, podcasts, & websites", "document from internet site", "electronic source"),
        ),
    ),
    Type(
        word="data",
        label="Data set",
        ris=("DATA", "AGGR", "DBASE"),
        bibtex=("dataset", "data"),
        csl=("dataset",),
        pubmed=("Dataset",),
        words=("data set", "database", "online database", "aggregated database", "data study"),
    ),
    Type(
        word="software",
        label="Software",
        ris=("COMP",),
        bibtex=("software", "program"),
        csl=("software",),
        words=("computer program", "code"),
    ),
    Type(
        word="patent",
        label="Patent",
        ris=("PAT",),
        bibtex=("patent",),
        csl=("patent",),
        pubmed=("Patent",),
        words=("patents",),
    ),
    Type(
        word="legal",
        label="Law, case or bill",
        ris=("CASE", "LEGAL", "BILL", "STAT", "HEAR", "UNBILL"),
        bibtex=("legislation", "jurisdiction", "legal"),
        csl=("legislation", "legal_case", "bill", "hearing", "regulation", "treaty"),
        pubmed=("Legal Case", "Legislation"),
        words=("statute", "legal rule or regulation", "case law"),
    ),
    Type(
        word="media",
        label="Film, sound or picture",
        ris=("VIDEO", "MPCT", "SOUND", "ADVS", "FIGURE", "ART", "SLIDE", "MULTI", "MUSIC", "MAP"),
        bibtex=("video", "movie", "audio", "artwork", "image", "music"),
        csl=("motion_picture", "broadcast", "song", "graphic", "figure", "map", "musical_score"),
        pubmed=("Video-Audio Media", "Interactive Tutorial"),
        words=(
            *("film", "film or broadcast", "audiovisual material", "video recording", "podcast"),
            *("audio recording", "radio broadcast", "tv broadcast", "audio & video works"),
            *("dvd, video, media", "online multimedia"),
        ),
    ),
    Type(
        word=OTHER,
        label="Other",
        ris=("GEN", "PAMP", "PCOMM"),
        bibtex=("misc",),
        csl=("document", "personal_communication", "pamphlet", "interview"),
        words=("generic", "miscellaneous", "pamphlet", "personal communication", "grant"),
    ),
)

TYPES: dict[str, Type] = {row.word: row for row in _TABLE}

_PUNCTUATION = re.compile(r"[\W_]+")


def _bare(words: str) -> str:
    """The name of a type in small letters, without blanks and punctuation."""
    return _PUNCTUATION.sub("", words).casefold()


_RIS = {code: row.word for row in _TABLE for code in row.ris}
_BIBTEX = {code: row.word for row in _TABLE for code in row.bibtex}
_CSL = {code: row.word for row in _TABLE for code in row.csl}
_PUBMED = {_bare(code): row.word for row in _TABLE for code in row.pubmed}
_WORDS = {
    _bare(code): row.word
    for row in reversed(_TABLE)  # where two rows have a name, the first one means it
    for code in (row.word, row.label, *row.ris, *row.bibtex, *row.csl, *row.pubmed, *row.words)
}


def from_ris(code: str) -> str:
    """Our word for a RIS type, empty where the source says none."""
    return (_RIS.get(code.upper()) or from_words(code) or OTHER) if code else ""


def from_bibtex(code: str) -> str:
    """Our word for a BibTeX or BibLaTeX entry type."""
    return _BIBTEX.get(code.lower(), OTHER)


def from_csl(code: str) -> str:
    """Our word for a type of CSL or of Crossref, empty where the source says none."""
    return (_CSL.get(code) or from_words(code) or OTHER) if code else ""


def from_pubmed(codes: Iterable[str]) -> str:
    """Our word for the publication types of a PubMed or ERIC record, of which it has many."""
    words = [_PUBMED[bare] for code in codes if (bare := _bare(code)) in _PUBMED]
    if "preprint" in words:
        return "preprint"
    if words and not {"chapter", "book"}.isdisjoint(words):
        words = [word for word in words if word != "article"]  # a review may be a book
    return min(words, key=list(TYPES).index, default="")


def from_words(text: str) -> str:
    """Our word for a type in plain words; of several parted by semicolons the first known one."""
    for part in text.split(";"):
        if word := _WORDS.get(_bare(part)):
            return word
    return ""
