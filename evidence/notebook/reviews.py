"""A review of Waymark, and what is counted in it, as tables."""

from types import TracebackType
from typing import Self

import pandas as pd

from evidence.charts.flow.flow_picture import flow_picture
from evidence.errors import Invalid
from evidence.notebook.figure import figure
from evidence.settings import Settings
from evidence.steps.coding import codings_export
from evidence.steps.records import work_tables
from evidence.steps.results import evidence_map, map_document, prisma_flow
from evidence.steps.review import reviews
from evidence.steps.review.find_review import find_review
from evidence.steps.screening import decision_export
from evidence.store import Store
from evidence.store.records.filters import Filter
from evidence.synthesis.flow.flow_notes import flow_rows


class Review:
    """A review, open to be looked at; nothing here changes it.

    It shows what the command line shows: all complete codings, and of works that are not settled
    nobody's decisions. It closes itself in a `with`, or by `close`.

    >>> with Review(1) as review:
    ...     review.title, len(review.works()), len(review.decisions())
    ('Recovery approaches in vocational and training services', 82, 116)
    """

    def __init__(self, name: str | int, database: str = "") -> None:
        """Open a review.

        Args:
            name: its number or its title.
            database: an SQLAlchemy address; empty for that of the app (WAYMARK_DATABASE).

        Raises:
            WaymarkError: there is no such review, or several have this title.
        """
        self._store = Store.open(database or Settings.from_environment().database)
        self._desk = find_review(self._store, str(name))

    @property
    def title(self) -> str:
        """As the page Reviews has it."""
        return reviews.get(self._desk).title

    def works(self) -> pd.DataFrame:
        """A row for each work, with the columns of the file `review export --contents works`."""
        rows = list(work_tables.work_cells(self._desk, Filter()))
        frame = pd.DataFrame(rows, columns=list(work_tables.WORKS_HEAD)).set_index("work_id")
        return frame.astype({"Year": "Int64"})

    def decisions(self) -> pd.DataFrame:
        """A row for each decision of screening, oldest first, as the page Decisions has them."""
        rows = list(decision_export.decision_rows(self._desk))
        return pd.DataFrame(rows, columns=list(decision_export.HEADS))

    def codings(self) -> pd.DataFrame:
        """A row for each answer of each coding: study, coder, question, code, value, note, ..."""
        return self._table("answers")

    def findings(self) -> pd.DataFrame:
        """A row for each finding of each coding: intervention, outcome, contrast, direction, ..."""
        return self._table("findings")

    def coding_tables(self) -> dict[str, pd.DataFrame]:
        """All tables of the export of codings by name; `data_dictionary` explains the columns."""
        found = codings_export.tables(self._desk, on_the_machine=True)
        return {
            name: pd.DataFrame(rows, columns=list(head)) for name, (head, *rows) in found.items()
        }

    def close(self) -> None:
        """Close it; its tables stay."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None,
        _trace: TracebackType | None
    ) -> None:  # fmt: skip
        self.close()

    def __repr__(self) -> str:
        return f"<Review {self._desk.review_id}: {self.title}>"

    def _table(self, name: str) -> pd.DataFrame:
        return self.coding_tables()[name]


def crosstab(review: Review, rows: str = "", columns: str = "") -> pd.DataFrame:
    """How many studies link each row of the evidence map with each column, by complete codings.

    A study counts once in a cell, and in every cell that it belongs to, so that rows and columns do
    not add up to a total.

    Args:
        review: which one.
        rows: an id, such as "intervention", "outcome" or "question:country"; that with which the
            map begins where it is empty.
        columns: as rows.

    Returns:
        Numbers of studies by the labels of rows and columns; `.attrs` has `rests_on` (a sentence)
        and `studies`: the labels of the studies of each cell, by (row, column).

    Raises:
        Invalid: nothing is coded completely, or the map has nothing of that id; the message names
            what it has.

    >>> with Review(1) as review:
    ...     cells = crosstab(review, columns="question:country")
    >>> list(cells.columns)[:3], cells.attrs["rests_on"].startswith("Demonstration")
    (['United Kingdom', 'Ireland', 'United States'], True)
    """
    desk = review._desk  # noqa: SLF001 - of this module
    content = map_document.content(desk, map_document.wanted(desk))
    if content is None or not content.studies:
        raise Invalid(map_document.NOTHING_CODED)
    known = [dimension.id for dimension in content.dimensions]
    for wanted in filter(None, (rows, columns)):
        if wanted not in known:
            raise Invalid(f"The map has no {wanted!r}; it has: {', '.join(known)}.")
    tab = evidence_map.cross_tab(content, rows, columns)
    names = {study.id: study.label for study in content.studies}
    down, across = tab.rows.labels(), tab.columns.labels()
    frame = pd.DataFrame(0, index=list(down.values()), columns=list(across.values()))
    studies: dict[tuple[str, str], set[str]] = {}
    for cell in tab.cells:
        place = (down[cell.row], across[cell.column])
        studies.setdefault(place, set()).update(names[study] for study in cell.studies)
    for (row, column), labels in studies.items():
        frame.loc[row, column] = len(labels)
    frame.attrs = {
        "rests_on": content.caption,
        "studies": {place: sorted(labels) for place, labels in studies.items()},
    }
    return frame


def flow(review: Review) -> pd.DataFrame:
    """How records, reports and studies flow through a review (PRISMA 2020, or ROSES for maps).

    Returns:
        A row for each number of the diagram: `box`, `line` (of what it is a part; empty for the box
        itself) and `n`, missing where it is not known. `.attrs` has `still_open` and `faults`
        (sentences) and `figure`, the diagram.

    >>> with Review(1) as review:
    ...     numbers = flow(review)
    >>> numbers.set_index(["box", "line"]).loc[("Records screened", ""), "n"]
    np.int64(7)
    """
    desk = review._desk  # noqa: SLF001 - of this module
    numbers = prisma_flow.with_uses(desk, prisma_flow.flow(desk))
    frame = pd.DataFrame(flow_rows(numbers), columns=["box", "line", "n"]).astype({"n": "Int64"})
    frame.attrs = {
        "still_open": prisma_flow.still_open(numbers),
        "faults": list(prisma_flow.faults(numbers)),
        "figure": figure(flow_picture(numbers)),
    }
    return frame
