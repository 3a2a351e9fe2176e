"""The pages, in the order of the work."""

from collections.abc import Mapping
from typing import NoReturn

import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.settings import ROOT

PAGES: dict[str, list[tuple[str, str, str, str]]] = {
    # The sections are the rooms of every floor. A page: file, title, icon, address.
    "Review": [
        ("reviews", "Reviews", ":material/folder_open:", "reviews"),
        ("protocol", "Protocol", ":material/assignment:", "protocol"),
        ("team", "Team", ":material/group:", "team"),
    ],
    "Records": [
        ("importing", "Import", ":material/upload_file:", "import"),
        ("records", "Records", ":material/library_books:", "records"),
        ("duplicates", "Duplicates", ":material/join_inner:", "duplicates"),
    ],
    "Screening": [
        ("screening", "Screening", ":material/rule:", "screening"),
        ("conflicts", "Conflicts", ":material/handshake:", "conflicts"),
        ("stopping", "When to stop", ":material/flag:", "stopping"),
        ("full_texts", "Full texts", ":material/picture_as_pdf:", "full-texts"),
        ("decisions", "Decisions", ":material/swap_horiz:", "decisions"),
    ],
    "Coding": [
        ("studies", "Studies", ":material/link:", "studies"),
        ("coding", "Coding", ":material/edit_note:", "coding"),
        ("reconciling", "Reconcile", ":material/balance:", "reconcile"),
        ("coders", "Coders", ":material/groups:", "coders"),
        ("schemes", "Schemes", ":material/account_tree:", "schemes"),
    ],
    "Practice": [
        ("services", "Services", ":material/storefront:", "services"),
        ("survey", "Survey", ":material/quiz:", "survey"),
        ("fidelity", "Fidelity", ":material/checklist:", "fidelity"),
        ("monitoring", "Monitoring", ":material/monitoring:", "monitoring"),
        ("framework", "Framework", ":material/view_column:", "framework"),
        ("claims", "Claims", ":material/campaign:", "claims"),
        ("principles", "Principles", ":material/format_list_numbered:", "principles"),
    ],
    "Results": [
        ("evidence_map", "Evidence map", ":material/grid_on:", "map"),
        ("stages", "In-depth review", ":material/filter_alt:", "in-depth"),
        ("directions", "Effect directions", ":material/swap_vert:", "directions"),
        ("pooling", "Meta-analysis", ":material/join_left:", "meta-analysis"),
        ("appraisal", "Appraisal", ":material/traffic:", "appraisal"),
        ("summary_of_findings", "Summary of findings", ":material/table_chart:", "summary"),
        ("counts", "Counts", ":material/bar_chart:", "counts"),
        ("themes", "Themes", ":material/sell:", "themes"),
        ("conclusions", "Conclusions", ":material/gavel:", "conclusions"),
        ("report", "Report", ":material/article:", "report"),
        ("publish", "Publish", ":material/public:", "publish"),
    ],
}


def pages() -> dict[str, list[st.Page]]:
    """All pages by section; the first is the front page."""
    return {section: [_page(row) for row in rows] for section, rows in PAGES.items()}


STATEMENT, ITEM = "statement", "item"
"""Parameters of the address by which links open one statement, or one item of a scale."""


def link(
    name: str, label: str, stage: Stage | None = None, at: Mapping[str, str] | None = None
) -> None:
    """A link to a page, by the name of its file.

    Args:
        name: of the file in pages/.
        label: what the link says.
        stage: of screening, that the page opens at; without any, the one that was chosen last.
        at: what of the page it opens at, as parameters of the address.
    """
    row = _row(name)
    query = {"stage": stage.value} if stage else dict(at or {}) or None
    st.page_link(_page(row), label=label, icon=row[2], query_params=query)


def go(name: str) -> NoReturn:
    """Go to a page, by the name of its file, and draw that instead."""
    st.switch_page(_page(_row(name)))


def name_of(page: st.Page) -> str:
    """The name of a page's file."""
    return next(row[0] for rows in PAGES.values() for row in rows if row[1] == page.title)


def _row(name: str) -> tuple[str, str, str, str]:
    return next(row for rows in PAGES.values() for row in rows if row[0] == name)


def _page(row: tuple[str, str, str, str]) -> st.Page:
    name, title, icon, address = row
    return st.Page(
        ROOT / "pages" / f"{name}.py",
        title=title,
        icon=icon,
        url_path=address,
        default=name == "reviews",
    )
