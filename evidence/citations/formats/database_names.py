"""By what the databases and platforms are known in the files that they export.

Each row of the tables begins with the name for people; anybody can add one.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

# The tags, columns or elements of all formats that name a database, and those that name a platform
# (or, in Zotero and EndNote, whatever a record came from).
DATABASE = frozenset(
    {
        "DB",
        "%~",
        "remote-database-name",
        "database",
        "database name",
        "source database",
        "databases",
    }
)
PROVIDER = frozenset({"DP", "DS", "%W", "remote-database-provider", "library catalog"})
CATALOGUE = frozenset({"source"})
OWN_ADDRESS = frozenset({"biburl"})  # of the entry, and not of the work
ADDRESS = frozenset(
    {
        *("UR", "L1", "L2", "LK", "XL", "%U", "URL", "url", "link", "plink", "study url"),
        *("urls/related-urls/url", "urls/web-urls/url", "documenturl", "dimensions url"),
        *("pdf link", "id", "embase link", "urls"),
    }
)

# What a name begins with, without "Ovid" and in small letters: the database.
_BEGINNINGS = """
MEDLINE = medline
Embase = embase
PubMed = pubmed, nlm, pubmed.gov
APA PsycInfo = psycinfo, apa psycinfo
Scopus = scopus
Web of Science = web of science, wos
Cochrane Library = cochrane library, the cochrane library
Google Scholar = google scholar
"""

# The database codes of EBSCOhost; a code that is missing here names no database.
_CODES = """
CINAHL = ccm, cin20, rzh, jlh, c8h, cul
Academic Search Premier = aph
Academic Search Complete = a9h
Academic Search Ultimate = asn
APA PsycInfo = psyh
APA PsycArticles = pdh
Psychology and Behavioral Sciences Collection = pbh
MEDLINE = cmedm, mnh, mdc, mdl
ERIC = eric
Education Research Complete = ehh
SocINDEX = snh, sih
SPORTDiscus = s3h, sph
Business Source Premier = buh
Business Source Complete = bth
EconLit = ecn, eoh
GreenFILE = 8gh
Library, Information Science & Technology Abstracts = lxh
"""

# Where a web address leads: the database, and behind the bar its platform.
_HOSTS = """
Scopus = scopus.com
Embase | Embase.com = embase.com
Cochrane Library | Wiley = cochranelibrary.com
PubMed = pubmed.ncbi.nlm.nih.gov, ncbi.nlm.nih.gov/pubmed
Europe PMC = europepmc.org
Web of Science | Clarivate = webofscience.com, webofknowledge.com, isiknowledge.com
IEEE Xplore = ieeexplore.ieee.org
ACM Digital Library = dl.acm.org, doi.acm.org
JSTOR = jstor.org
ERIC = eric.ed.gov
ScienceDirect = sciencedirect.com
SpringerLink = link.springer.com
Wiley Online Library = onlinelibrary.wiley.com
Taylor & Francis Online = tandfonline.com
SAGE Journals = journals.sagepub.com
Lens.org = lens.org
Dimensions = app.dimensions.ai
OpenAlex = openalex.org
Epistemonikos = epistemonikos.org
SciELO = scielo.br, scielo.org
Google Scholar = scholar.google.com
Semantic Scholar = semanticscholar.org
ClinicalTrials.gov = clinicaltrials.gov
WHO ICTRP = trialsearch.who.int, apps.who.int/trialsearch
dblp = dblp.org, dblp.uni-trier.de
arXiv = arxiv.org
CORE = core.ac.uk
 | Ovid = ovidsp.ovid.com, ovidweb.cgi
 | EBSCOhost = ebscohost.com, research.ebsco.com
 | ProQuest = proquest.com
 | BVS (Virtual Health Library) = bvsalud.org
"""

# Columns that one exporter alone has, of all those in a row; the first row that fits counts.
_COLUMNS = """
Scopus = eid, source title
Embase | Embase.com = embase accession id
Embase | Embase.com = title, author names, pui
Cochrane Library | Wiley = cochrane review group code
Web of Science | Clarivate = ut unique wos id
PubMed = pmid, first author, create date
IEEE Xplore = document title, ieee terms
Dimensions = publication id, dimensions url
Lens.org = lens id
SpringerLink = item title, item doi
Google Scholar | Publish or Perish = gsrank, title
ClinicalTrials.gov = nct number, study title
WHO ICTRP = trialid, public title
 | Covidence = covidence, title
 | Rayyan = key, title, location, pubmed id, pmc id
"""

REGISTERS = frozenset({"ClinicalTrials.gov", "WHO ICTRP"})
# Of these the address stands above what the record says of its database: their own search covers
# MEDLINE's records, too.
WHOLE = frozenset({"Embase", "Scopus", "Cochrane Library"})
# What a record says where the program that wrote it, or a resolver, is all that is known.
NO_DATABASE = re.compile(
    r"(?:https?://)?(?:[\w.-]*doi\.org|crossref|zotero|mendeley|endnote|citavi|datacite"
    r"|[\w-]+(?:\.[\w-]+)+/?$)",
    re.IGNORECASE,
)


class Origin(NamedTuple):
    """Where records come from; an empty word where they do not say, or differ."""

    database: str = ""
    platform: str = ""

    @property
    def is_register(self) -> bool:
        """Whether it is a register of studies."""
        return self.database in REGISTERS

    @property
    def name(self) -> str:
        """A name for the source; empty where there is none."""
        tools = ("Rayyan", "Covidence")  # which join the files of several databases
        return self.database or (self.platform if self.platform in tools else "")


def _rows(table: str) -> Iterator[tuple[Origin, list[str]]]:
    """Each row of a table as a database or platform, and what it is known by."""
    for row in table.strip("\n").split("\n"):
        head, _, names = row.partition(" = ")
        database, _, platform = head.partition("|")
        yield Origin(database.strip(), platform.strip()), names.split(", ")


def _by_name(table: str) -> Mapping[str, Origin]:
    return MappingProxyType({name: origin for origin, names in _rows(table) for name in names})


BEGINNINGS = _by_name(_BEGINNINGS)
CODES = _by_name(_CODES)
HOSTS = _by_name(_HOSTS)
COLUMNS: tuple[tuple[Origin, frozenset[str]], ...] = tuple(
    (origin, frozenset(names)) for origin, names in _rows(_COLUMNS)
)
PLATFORMS: Mapping[str, str] = MappingProxyType(
    {
        platform.partition(" (")[0].casefold(): platform
        for (database, platform), _ in _rows(_HOSTS)
        if not database
    }
)
