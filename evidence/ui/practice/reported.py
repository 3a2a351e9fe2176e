"""On the page Claims: what documents report of studies, clearly apart from the review's own."""

from functools import partial

import streamlit as st

from evidence.charts.picture import PictureTable
from evidence.steps.desk import Desk
from evidence.steps.practice import claims, stated_review
from evidence.steps.results.report import ReportFormat
from evidence.steps.results.reporting import stated_report
from evidence.synthesis.claims.reported_counts import ReportedCount, reported_counts
from evidence.synthesis.practice.knowledge_review import NO_NUMBERS, KnowledgeReview, StatedTable
from evidence.ui.shell import menu
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.pictures import table_with_csv
from evidence.ui.shell.wording import plain

FILES = {
    ReportFormat.DOCX: (
        "Word document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ReportFormat.HTML: ("Web page", "text/html"),
}
ABOUT = (
    "Numbers of studies that documents report. They are no records of this review and are in none "
    "of its numbers, maps and figures."
)
NO_COUNT = (
    "No claim reports a number of studies. Enter one in the register: its figure is a total, with "
    "the unit “studies”, and those that it is made of are its parts."
)


@fragment
def reported_view(desk: Desk) -> None:
    """Counts that are claims, and beside the example the knowledge review behind it."""
    st.caption(ABOUT)
    st.header("Reported counts")
    counts = reported_counts(line.claim for line in claims.register(desk))
    if counts:
        table_with_csv(counts_table(counts), "Reported counts", "reported-counts")
    else:
        st.info(NO_COUNT, icon=":material/numbers:")
    stated = stated_review.of_example(desk)
    if stated is not None:
        _files(desk)
        _knowledge_review(stated)


def counts_table(counts: tuple[ReportedCount, ...]) -> PictureTable:
    """A row for each count."""
    return PictureTable(
        head=("Studies", "Number", "Parts, added up", "Published", "Reported in"),
        rows=tuple(
            (
                each.total.measure.capitalize(),
                each.total.value,
                each.parts_in_words,
                each.claim.year or "not stated",
                each.claim.where,
            )
            for each in counts
        ),
    )


def _files(desk: Desk) -> None:
    """The knowledge review as a report of its own."""
    st.header("As a report")
    st.caption("In the order of such a review, with document and place behind each sentence.")
    boxes = st.columns(2)
    for box, form, (label, mime) in zip(boxes, FILES, FILES.values(), strict=True):
        box.download_button(
            label,
            partial(stated_report.file_of, desk, form),
            file_name=f"knowledge-review.{form}",
            mime=mime,
            icon=":material/download:",
            on_click="ignore",
            key=f"stated-report-{form}",
        )


def _knowledge_review(stated: KnowledgeReview) -> None:
    st.header("Interventions and outcomes, as the digest words them")
    st.caption(plain(NO_NUMBERS))
    matrix = stated.matrix
    table_with_csv(
        PictureTable(head=matrix.head, rows=matrix.rows()),
        "Interventions and outcomes",
        "reported-matrix",
    )
    st.caption(plain(" ".join((*matrix.notes(), f"Source: {matrix.where}"))))
    st.header("Findings in words")
    st.caption("In our own words. How many services or people answered, the digests seldom say.")
    for part in dict.fromkeys(each.part for each in stated.findings):
        st.subheader(part.capitalize())
        for each in stated.findings:
            if each.part == part:
                st.markdown(f"- {plain(each.text)}")
                st.caption(plain(each.where))
    st.caption(
        "What the digest recommends stands in the ledger, each with what we read it to rest on."
    )
    menu.link("conclusions", "Go to conclusions")
    for short, title in stated.documents.items():
        st.caption(plain(f"{short}: {title}"))
    for number, stated_table in enumerate(stated.tables):
        _table(stated_table, f"reported-table-{number}")


def _table(each: StatedTable, key: str) -> None:
    """A table of another document, with its source."""
    st.header(plain(each.title))
    table_with_csv(PictureTable(head=each.head, rows=each.rows), each.title, key)
    st.caption(plain(f"{each.note} Source: {each.where}"))
