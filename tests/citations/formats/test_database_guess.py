"""From which database a file comes."""

from pathlib import Path

import pytest

from evidence.citations.formats import read, read_text, tables
from evidence.citations.formats.database_guess import Origins
from evidence.citations.formats.database_names import Origin

DIALECTS = Path(__file__).resolve().parents[2] / "fixtures" / "dialects"
FILES = {
    "cinahl.csv": ("CINAHL", "EBSCOhost"),
    "clinicaltrials.csv": ("ClinicalTrials.gov", ""),
    "cochrane.ris": ("Cochrane Library", "Wiley"),
    "cochrane.txt": ("Cochrane Library", "Wiley"),
    "cochrane_central.csv": ("Cochrane Library", "Wiley"),
    "covidence.csv": ("", "Covidence"),
    "dimensions.csv": ("Dimensions", ""),
    "ebsco.ris": ("CINAHL", "EBSCOhost"),
    "embase.ris": ("Embase", "Embase.com"),
    "endnote.ris": ("PubMed", ""),
    "endnote_8.xml": ("", ""),
    "endnote_x9.xml": ("PubMed", ""),
    "ieee.csv": ("IEEE Xplore", ""),
    "jstor.ris": ("JSTOR", ""),
    "lens.csv": ("Lens.org", ""),
    "lilacs.ris": ("LILACS", ""),
    "openalex.csv": ("OpenAlex", ""),
    "ovid.ris": ("", "Ovid"),  # of two databases
    "ovid_labels.txt": ("", "Ovid"),
    "ovid_tagged.txt": ("", "Ovid"),
    "proquest.ris": ("ProQuest Central", "ProQuest"),
    "publish_or_perish.csv": ("Google Scholar", "Publish or Perish"),
    "pubmed.csv": ("PubMed", ""),
    "pubmed.nbib": ("PubMed", ""),
    "pubmed.xml": ("PubMed", ""),
    "rayyan.csv": ("", "Rayyan"),
    "rayyan.ris": ("", "Rayyan"),
    "scopus.csv": ("Scopus", ""),
    "scopus.ris": ("Scopus", ""),
    "wos.ciw": ("Web of Science", "Clarivate"),
    "wos_columns.csv": ("Web of Science", "Clarivate"),
    "wos_tab.txt": ("Web of Science", "Clarivate"),
    "scopus.bib": ("Scopus", ""),
    "wos.bib": ("Web of Science", "Clarivate"),
    "publish_or_perish.json": ("", ""),  # whose source is the journal
    "ictrp.csv": ("WHO ICTRP", ""),
    "bvs.csv": ("LILACS", ""),
    "refworks.txt": ("", ""),
    "zotero.csv": ("", ""),
    "zotero.ris": ("PubMed", ""),
}


def origin(data: bytes, name: str = "x") -> Origin:
    reading = read(data, name)
    sheets = tables.find_tables(data, name) if reading.format in {"csv", "xlsx"} else ()
    told = Origins(reading.format, [[column.name for column in one.columns] for one in sheets])
    for record in reading.records:
        told.add(record.fields)
    return told.majority()


@pytest.mark.parametrize(("file", "expected"), FILES.items())
def test_a_file_tells_where_it_comes_from(file: str, expected: tuple[str, str]) -> None:
    assert origin((DIALECTS / file).read_bytes(), file) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("DB  - Ovid MEDLINE(R) ALL <1946 to January 12, 2024>", ("MEDLINE", "")),
        (
            "DB  - APA PsycInfo <1806 to January Week 1>\nUR  - http://ovidsp.ovid.com/x?AN=1",
            ("APA PsycInfo", "Ovid"),
        ),
        ("DB  - psyh\nDP  - EBSCOhost", ("APA PsycInfo", "EBSCOhost")),
        ("DB  - xyz\nDP  - EBSCOhost", ("", "EBSCOhost")),  # a code that nobody knows
        ("DB  - Medline\nUR  - https://www.embase.com/x", ("Embase", "Embase.com")),
        ("DB  - An Invented Index", ("An Invented Index", "")),
        ("DP  - DOI.org (Crossref)", ("", "")),
        ("DP  - www.sciencedirect.com", ("ScienceDirect", "")),
        ("DP  - example.org", ("", "")),
        ("UR  - https://ieeexplore.ieee.org/document/1/", ("IEEE Xplore", "")),
        ("UR  - https://notscopus.com/1", ("", "")),
        ("UR  - https://doi.org/10.5555/inv.1", ("", "")),
        ("AN  - WOS:000999990000001", ("Web of Science", "Clarivate")),
        ("DB  - LILACS\nDP  - http://bvsalud.org/", ("LILACS", "BVS (Virtual Health Library)")),
        ("UR  - https://clinicaltrials.gov/study/NCT09999999", ("ClinicalTrials.gov", "")),
    ],
)
def test_what_the_tags_of_ris_say(fields: str, expected: tuple[str, str]) -> None:
    assert origin(f"TY  - JOUR\nTI  - T\n{fields}\nER  - \n".encode()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@article{a, title={T}, source={Scopus}}", "Scopus"),
        ("@article{a, title={T}, biburl={https://dblp.org/rec/x.bib}}", "dblp"),
        ("@misc{a, title={T}, url={https://arxiv.org/1}, biburl={https://dblp.org/x}}", "dblp"),
        ("@article{a, title={T}, Unique-ID={WOS:000999990000001}}", "Web of Science"),
        ("@article{a, title={T}, url={https://doi.org/10.1145/1}}", ""),
        ("PMID- 1\nOWN - NLM\nTI  - T\n", "PubMed"),
        ("OWN - ERIC\nTI  - T\nJT  - J\nPST - x\nSO  - x\n", "ERIC"),
        ("title,source\nT,Journal of Gardens\n", ""),
        ("title,source\nT,Scopus\n", "Scopus"),
        ("title,year,database\nT,2001,An Invented Index\n", "An Invented Index"),
        ('[{"title": "T", "type": "book", "source": "PubMed"}]', "PubMed"),
    ],
)
def test_what_other_formats_say(text: str, expected: str) -> None:
    assert read_text(text, "x").records
    assert origin(text.encode()).database == expected


def test_a_mixed_file_says_nothing_and_a_few_others_do_not_matter() -> None:
    def file(*databases: str) -> bytes:
        entries = (f"TY  - JOUR\nTI  - T\nDB  - {one}\nER  - \n" for one in databases)
        return "".join(entries).encode()

    assert origin(file("Scopus", "Embase")) == ("", "")
    assert origin(file(*["Scopus"] * 9, "Embase")) == ("Scopus", "")
    assert origin(file("Scopus", "", "")) == ("", "")  # most do not say
    assert origin(file("Scopus", "Scopus", "")) == ("Scopus", "")


def test_a_long_row_of_blanks_in_a_name_is_looked_at_once() -> None:
    """What is quadratic would take hours."""
    database = "Ovid" + " " * 1_000_000 + "MEDLINE"
    assert origin(f"TY  - JOUR\nTI  - T\nDB  - {database}\nER  - \n".encode()).database == "MEDLINE"
