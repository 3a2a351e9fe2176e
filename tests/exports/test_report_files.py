"""The report as HTML and DOCX: whole, linked, numbered, and harmless."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from evidence.exports.report_docx import report_docx
from evidence.exports.report_figures import MOST_PAGES
from evidence.exports.report_html import report_html
from evidence.report.facts import ReviewFacts
from evidence.report.report import report
from evidence.report.usual_sections import Section, usual_sections
from evidence.steps.results.report_pictures import pictures
from evidence.synthesis.themes.theme_tree import (
    Piece,
    PieceKey,
    PieceKind,
    Theme,
    ThemeLevel,
    ThemeTree,
)
from tests.report.made_facts import FACTS, WITH_RESULTS, reference

HOSTILE = "<script>alert(1)</script>\x00\x1f & “q” =1+1 \u202e"


def both(facts: ReviewFacts, sections: tuple[Section, ...]) -> tuple[str, bytes]:
    made = report(facts, sections)
    drawn = pictures(facts, made)
    return report_html(made, drawn).decode(), report_docx(made, drawn)


@cache
def usual() -> tuple[str, bytes]:
    return both(FACTS, usual_sections(FACTS))


def xml(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read("word/document.xml").decode()


def words(document: bytes) -> str:
    found = Document(io.BytesIO(document))
    return "\n".join(
        "".join(run.text or "" for run in p._p.iter(qn("w:t"))) for p in found.paragraphs
    )


def test_both_files_say_the_same_sentences() -> None:
    html, document = usual()
    written = words(document)
    for sentence in (
        "Two of four studies were carried out in the US and one each in the UK and Norway.",
        "Of five reports assessed in full text, one was excluded, for “Wrong outcome”.",
        "All four studies were published between 2001 and 2004.",
    ):
        assert sentence in html
        assert sentence in written


def test_every_link_of_the_html_file_leads_somewhere() -> None:
    html, _ = usual()
    targets = set(re.findall(r' id="([^"]+)"', html))
    links = re.findall(r'href="#([^"]+)"', html)
    assert links
    assert set(links) <= targets
    assert len(targets) == len(re.findall(r' id="([^"]+)"', html))


def test_every_link_of_the_document_leads_somewhere() -> None:
    _, document = usual()
    written = xml(document)
    bookmarks = re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', written)
    links = re.findall(r'w:hyperlink w:anchor="([^"]+)"', written)
    assert links
    assert set(links) <= set(bookmarks)
    assert len(bookmarks) == len(set(bookmarks))


LISTS = (
    Section(key="own", title="Own", text="{{theme-quotations}}\n\n{{included-studies}}"),
    Section(key="mine", title="Studies", text="> {{references of stream=outcome}}"),
    Section(key="references", title="Included studies", text="{{characteristics}}"),
)


@pytest.mark.parametrize("has_list", [True, False])
def test_links_to_studies_lead_to_the_list_of_references_alone_and_nowhere_without_one(
    *, has_list: bool
) -> None:
    key = PieceKey(kind=PieceKind.QUOTATION, id=1)
    said = Piece(key=key, study=1, text="Work helps.", is_quoted=True)
    tree = ThemeTree(
        themes=(Theme(uid="t", level=ThemeLevel.CODE, name="Work"),), pieces={"t": (said,)}
    )
    sections = LISTS if has_list else (LISTS[0], LISTS[2])
    html, document = both(replace(FACTS, themes=tree), sections)
    written = xml(document)
    assert "Work: " in html  # a line about one study, before the references
    lines = re.findall(r'<li id="study-(\d+)"[^>]*>(.*?)</li>', html)
    links = set(re.findall(r'href="#study-(\d+)"', html))
    bookmarks = re.findall(r'w:bookmarkStart [^>]*w:name="study_(\d+)"', written)
    in_document = set(re.findall(r'w:hyperlink w:anchor="study_(\d+)"', written))
    assert [number for number, _ in lines] == bookmarks
    assert links <= in_document == {number for number, _ in lines}
    assert not any("Work helps." in words for _, words in lines)
    assert bool(lines) is has_list
    assert ('href="#s-mine"' in html) is has_list
    assert 'href="#s-references"' not in html.partition("</nav>")[2]


def test_tables_and_figures_are_numbered_and_pictures_have_words() -> None:
    html, document = usual()
    captions = re.findall(r"(Table|Figure) (\d+)\. ", words(document))
    for noun in ("Table", "Figure"):
        numbers = [int(number) for kind, number in captions if kind == noun]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 2
    assert written_alternatives(document)
    assert all(written_alternatives(document))
    assert re.findall(r"<img alt=\"(PRISMA[^\"]+)\"", html)


def test_the_same_figure_of_other_studies_says_of_which() -> None:
    html, document = usual()
    for stream in ("Outcome", "Process"):
        caption = f"Studies by year (Stream: {stream} evaluation)"
        assert f"{caption}</figcaption>" in html
        assert caption in words(document)


def written_alternatives(document: bytes) -> list[str]:
    return re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', xml(document))


def test_text_from_outside_is_text() -> None:
    facts = replace(
        FACTS,
        title=HOSTILE,
        question=HOSTILE,
        reports={1: (reference(1, HOSTILE),)},
        studies=(replace(FACTS.studies[0], label=HOSTILE),),
    )
    html, document = both(facts, usual_sections(facts))
    assert "<script" not in html
    assert "\x00" not in html
    assert "<script>alert(1)</script>" in words(document)


def test_what_cannot_be_filled_stands_out_in_both_files() -> None:
    html, document = both(FACTS, (Section(key="a", title="A", text="So {{nothing}} is."),))
    assert '<span class="missing">{{nothing}}</span>' in html
    assert "So {{nothing}} is." in words(document)


def test_an_empty_review_has_both_files() -> None:
    facts = ReviewFacts(title="Nothing yet", made_on="2026-01-02")
    html, document = both(facts, usual_sections(facts))
    assert "No study was included." in html
    assert "No study was included." in words(document)


def test_what_an_author_writes_comes_through() -> None:
    own = (
        "**Strong** and *soft*, [a page](https://example.org/a?b=c&d).\n\n1. One\n2. Two\n\n> Said"
    )
    html, document = both(FACTS, (Section(key="a", title="A", text=own),))
    assert "<strong>Strong</strong>" in html
    assert 'href="https://example.org/a?b=c&amp;d"' in html
    assert words(document).endswith("Strong and soft, a page.\nOne\nTwo\nSaid")


def test_the_same_facts_give_the_same_files() -> None:
    first, second = usual(), both(FACTS, usual_sections(FACTS))
    assert first[0] == second[0]
    assert xml(first[1]) == xml(second[1])


@pytest.mark.journey
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_turns_the_document_into_pages(tmp_path: Path) -> None:
    _, document = usual()
    path = tmp_path / "report.docx"
    path.write_bytes(document)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def sections_of(document: bytes) -> list[tuple[bool, str]]:
    """The sections of a document: whether each lies across, and its words."""
    found = Document(io.BytesIO(document))
    parts: list[str] = [""]
    for element in found.element.body:
        parts[-1] += "".join(each.text or "" for each in element.iter(qn("w:t")))
        if element.find(f".//{qn('w:sectPr')}") is not None:
            parts.append("")
    widths = [each.orientation is WD_ORIENT.LANDSCAPE for each in found.sections]
    return list(zip(widths, parts, strict=True))


def test_the_contents_lead_to_headings_below_those_of_sections_too() -> None:
    text = "## First\n\nWords.\n\n> ## Quoted\n\n### Deep\n\n## Last\n\nWords."
    _, document = both(FACTS, (Section(key="a", title="All", text=text),))
    found = Document(io.BytesIO(document))
    begin = next(n for n, p in enumerate(found.paragraphs) if p.text == "Contents")
    entries = [(p.text, p.hyperlinks[0].fragment) for p in found.paragraphs[begin + 1 : begin + 4]]
    assert entries == [("All", "s_a"), ("First", "h_1"), ("Last", "h_2")]
    targets = {
        mark.get(qn("w:name")): "".join(
            each.text or "" for each in mark.getparent().iter(qn("w:t"))
        )
        for mark in found.element.body.iter(qn("w:bookmarkStart"))
    }
    assert [targets[fragment] for _, fragment in entries] == ["All", "First", "Last"]


def test_cells_are_as_wide_as_their_columns_and_short_tables_stay_together() -> None:
    """Word goes by the widths of cells, LibreOffice by those of columns."""
    _, document = both(WITH_RESULTS, (Section(key="a", title="A", text="{{directions-table}}"),))
    table = next(t for t in Document(io.BytesIO(document)).tables if len(t.columns) > 4)
    assert len({column.width for column in table.columns}) > 1
    for row in table.rows:
        assert [cell.width for cell in row.cells] == [column.width for column in table.columns]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert all(kept)  # the last row with the note below the table


def test_words_beside_a_number_stand_apart_from_it() -> None:
    """Else `0 1 of 1` could be read as one number."""
    text = "{{directions-table}}"
    _, document = both(WITH_RESULTS, (Section(key="a", title="All", text=text),))
    table = next(t for t in Document(io.BytesIO(document)).tables if len(t.columns) > 4)
    last = [row.cells[-1].paragraphs[0].paragraph_format.left_indent for row in table.rows]
    assert all(last)


def test_what_is_too_wide_stands_across_with_its_heading_and_words() -> None:
    text = (
        "## First\n\nBefore.\n\n## Wide\n\nWords of it.\n\n"
        "{{directions-table}}\n\n{{pooled-table}}\n\n## Last\n\nAfter."
    )
    _, document = both(WITH_RESULTS, (Section(key="a", title="All", text=text),))
    upright, across, last, *_ = sections_of(document)
    assert [upright[0], across[0], last[0]] == [False, True, False]
    assert upright[1].endswith("AllFirstBefore.")
    assert across[1].startswith("WideWords of it.")
    assert "After." in last[1]


def test_results_of_all_kinds_are_written_to_both_files() -> None:
    html, document = both(WITH_RESULTS, usual_sections(WITH_RESULTS))
    written = words(document)
    for sentence in (
        "Three studies report on one pair of intervention and outcome (between groups).",
        "“IPS” (between groups): certainty of the one outcome is not judged",
        "confidence in the one finding is not judged",
        "“Risk of bias” judges studies by one domain.",
        "the pooled standardised mean difference of three studies is",
    ):
        assert sentence in html
        assert sentence in written
    assert "PRISMA 2020: where the report answers it" in html


def test_a_figure_that_nobody_would_leaf_through_is_cut_and_says_so() -> None:
    made = report(FACTS, (Section(key="a", title="A", text="{{years-figure}}"),))
    ((token_id, drawn),) = pictures(FACTS, made).items()
    long = replace(drawn, draw=lambda theme: drawn.draw(theme) * 40)
    html = report_html(made, {token_id: long}).decode()
    document = report_docx(made, {token_id: long})
    assert html.count("<img") == MOST_PAGES == len(written_alternatives(document))
    for file in (html, words(document)):
        assert f"Pages 1 to {MOST_PAGES} of 40. The whole figure is a file" in file
