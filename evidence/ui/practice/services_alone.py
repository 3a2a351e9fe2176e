"""What services answered where no study stands beside them: practice without research."""

import streamlit as st

from evidence.charts.picture import Cell, PictureTable
from evidence.steps.desk import Desk
from evidence.steps.practice import map_practice
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.practice.practice_map import PracticeMap
from evidence.synthesis.practice.practice_view import AREA, SERVICE
from evidence.synthesis.practice.service import area_key
from evidence.ui.shell import menu
from evidence.ui.shell.pictures import table_with_csv
from evidence.ui.shell.wording import plain

ABOUT = (
    "Practice without research: no study counts yet, so nothing is said here of what was studied. "
    "Once a study counts, the map has a tab Services with both."
)
NO_AREA = "No area named"
NONE_REPORTED, NO_ANSWER = "none reported", "nobody answered"


def services_alone(desk: Desk) -> None:
    """Services by a question and by area; nothing where no service has a complete form."""
    practice = map_practice.of_review(desk, (), ())
    if practice is None:
        return
    st.header("Services")
    st.caption(ABOUT)
    st.caption(plain(practice.caption))
    asked = {each.id: each for each in practice.dimensions if each.id not in (AREA, SERVICE)}
    if not asked:
        return
    ids = list(asked)
    chosen = st.selectbox(
        "Services by",
        ids,
        ids.index(practice.kinds) if practice.kinds in ids else 0,
        format_func=lambda each: asked[each].title,
        key="services-alone",
    )
    table = services_table(practice, asked[chosen])
    table_with_csv(table, "Services by area", "services-by-area")
    menu.link("framework", "See on Framework what is sufficient")


def services_table(practice: PracticeMap, asked: Dimension) -> PictureTable:
    """A row for each answer, a column for each area, and in the cells who gives it there."""
    answered = dict.fromkeys(each.area for each in practice.services)
    named = (h.id for each in practice.dimensions if each.id == AREA for h in each.headings)
    areas = sorted({*answered, *named}, key=area_key)
    rows: list[tuple[Cell, ...]] = [
        (heading.label, *(_there(practice, asked, heading, area) for area in areas))
        for heading in asked.headings
    ]
    head = [area or NO_AREA for area in areas]
    if len({asked.title, *head}) <= len(head):  # a table has no two columns of one name
        head = [f"{at}. {name}" for at, name in enumerate(head, 1)]
    return PictureTable(head=(asked.title, *head), rows=tuple(rows))


def _there(practice: PracticeMap, asked: Dimension, heading: Heading, area: str) -> str:
    if not any(each.area == area for each in practice.services):
        return NO_ANSWER
    found = [
        each.label
        for each in practice.services
        if each.area == area and heading.covers & asked.codes(each.as_study)
    ]
    return f"{len(found):,}: {', '.join(found)}" if found else NONE_REPORTED
