"""The commissioning framework on the page, and beside it what services of each area provide."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from evidence.charts.picture import Cell, PictureTable
from evidence.exports.picture_files import table_csv
from evidence.steps.desk import Desk
from evidence.steps.practice import frameworks, ratings
from evidence.steps.practice import provision as steps
from evidence.steps.practice.provision import KindInArea, LocalProvision
from evidence.steps.practice.provision_tables import (
    NO_AREA,
    SIGNS,
    comparison_table,
    provision_grid,
    provision_table,
)
from evidence.steps.practice.ratings import RatingLine
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.practice.comparisons import Met, not_asked, without_text
from evidence.synthesis.practice.framework import PRODUCTS, ROWS, Framework
from evidence.synthesis.practice.provision import ElementProvision, Provision, Verdict
from evidence.synthesis.practice.rating import RatedThing
from evidence.ui.practice.beginning import begin_with
from evidence.ui.practice.framework_file import framework_file
from evidence.ui.practice.ratings import rating_words, ratings_part
from evidence.ui.practice.sufficiency import sufficiency_view
from evidence.ui.shell import menu
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.pictures import table_with_csv
from evidence.ui.shell.wording import number, plain, plain_lines

ABOUT = (
    "Which kinds of service an area should have, as a commissioning framework suggests, and beside "
    "it what services report in their forms, area by area."
)
AREAS, LINKS, RULES, TABLE, COMPLETE, PRODUCT = (
    "Areas",
    "Links and signs",
    "What is sufficient",
    "The framework",
    "A complete service",
    "Parties and products",
)
LINKS_ABOUT = (
    "With whom services should work closely, how often forums should meet, and by which signs it "
    "shows how well services do, beside what services of that kind answer. Met: a service of the "
    "area says so. Not met: those who answered say otherwise. Not said: none says so, and one left "
    "the question open."
)
SILENT_SHOWN = 20  # names of services without a form
NOTHING = (
    "No service has a complete form that says what kind of service it is. Such forms are filled in "
    "on the page Survey."
)
NOT_ASKED = (
    "No scheme of this review asks services what kind they are, so nothing can be compared yet."
)
COLOURS = {Verdict.ENOUGH: "green", Verdict.UNKNOWN: "gray", Verdict.UNANSWERED: "gray"}
RULE = (
    "“Sufficient” begins at the lower end of the rule that stands beside it. It is no judgement of "
    "how good or how suitable a service is. What a form leaves open is never taken as 0."
)


@fragment
def framework_page(desk: Desk) -> None:
    """The framework, and what is there of it."""
    st.caption(ABOUT)
    view = st.segmented_control(
        "Show",
        [AREAS, LINKS, RULES, TABLE, COMPLETE, PRODUCT],
        default=AREAS,
        key="framework-view",
        required=True,
    )
    if view == TABLE:
        may_change = membership.standing(desk).role >= Role.EDITOR
        known = frameworks.current(desk)
        _framework(known)
        framework_file(desk, known, may_change=may_change)
        return
    local = steps.local_provision(desk)
    if view == RULES:
        may_change = membership.standing(desk).role >= Role.EDITOR
        sufficiency_view(desk, local, may_change=may_change)
        return
    if view == AREAS:
        _areas(desk, local)
    elif view == LINKS:
        _links(local)
    elif view == COMPLETE:
        _complete(local)
    else:
        _products(local)
    _silence(desk, local)


def _areas(desk: Desk, local: LocalProvision) -> None:
    if not local.provisions:
        return
    rated = ratings.listing(desk)
    kinds = steps.with_ratings(local.provisions, rated)
    areas = list(dict.fromkeys(each.area for each in local.provisions))
    st.markdown(
        f"{number(len(local.reports), 'service')} in {number(len(areas), 'area')}: "
        f"{number(local.gaps, 'gap')}.{_unanswered(local)}"
    )
    known = local.framework
    suggested = f"Where no other source is told, the rule is from {known.source}: {known.place}."
    st.caption(f"{RULE} {plain(f'{suggested} {local.when_set}')}")
    grid = provision_grid(local)
    st.table(_frame(grid.head, grid.rows))
    _csv(grid, "provision-grid")
    for area in areas:
        st.subheader(plain(area or NO_AREA))
        there = [pair for pair in zip(local.provisions, kinds, strict=True) if pair[0].area == area]
        if all(each.is_unanswered for each, _ in there):
            _no_answer(there)
            continue
        for each, kind in there:
            _line(each, kind.ratings)
    with st.expander("As a table"):
        table_with_csv(provision_table(local, rated), "Provision by area", "provision")
    things = {
        RatedThing(kind=each.kind, area=each.area): f"{each.name}, {each.area or NO_AREA}"
        for each in sorted(kinds, key=lambda kind: kind.provision is Verdict.UNANSWERED)
    }
    may_rate = membership.standing(desk).role >= Role.REVIEWER
    ratings_part(desk, things, of_services=False, may_rate=may_rate)


def _unanswered(local: LocalProvision) -> str:
    """That a gap is not known where nobody answered; empty where somebody did everywhere."""
    if not local.unanswered:
        return ""
    return (
        f" In {number(local.unanswered, 'area')} nobody answered, so what is missing there is not "
        "known."
    )


def _no_answer(there: Sequence[tuple[Provision, KindInArea]]) -> None:
    """One line for all kinds, since of each nothing is known; then how people rated them."""
    (first, _), *_ = there
    parts = [first.why]
    parts += [f"population {each.population}" for each, _ in there if each.population][:1]
    parts += [f"clinical teams {each.teams}" for each, _ in there if each.teams][:1]
    badge = f":gray-badge[{SIGNS[first.verdict]} {first.verdict}]"
    rated = [
        f"{each.kind.name}: {rating_words(line, with_thing=line.is_of_service)}"
        for each, kind in there
        for line in kind.ratings
    ]
    told = ["; ".join(parts), *rated]
    st.markdown("  \n".join([f"{badge} {plain(told[0])}", *map(plain, told[1:])]))


def _line(each: Provision, rated: Sequence[RatingLine]) -> None:
    colour = COLOURS.get(each.verdict, "orange")
    told = f":{colour}-badge[{SIGNS[each.verdict]} {each.verdict}] **{plain(each.kind.name)}**"
    parts = [f"sufficient from {each.rule.words}"]
    if each.rule.level != each.kind.level:
        parts.append(f"{each.rule.source} (the framework suggests {each.kind.level.words})")
    if each.numbers:
        parts.append(f"reported {each.numbers}")
    parts += [part for part in (each.why,) if part]
    if each.population:
        parts.append(f"population {each.population}")
    if each.teams:
        parts.append(f"clinical teams {each.teams}")
    if each.caseloads:
        parts.append(f"caseload {each.caseloads}")
    if each.overlap:
        parts.append(each.overlap)
    lines = ["; ".join(parts)]
    lines += [rating_words(line, with_thing=line.is_of_service) for line in rated]
    st.markdown("  \n".join([told, *map(plain, lines)]))


def _links(local: LocalProvision) -> None:
    """Links, meetings and signs of success that are suggested, beside what services answer."""
    known = local.framework
    reading = " Which answers count is our reading." if known == frameworks.shipped() else ""
    st.caption(plain(f"{LINKS_ABOUT} {known.source}: {known.place}.{reading}"))
    if not known.comparisons:
        st.info("This framework says of no link or sign by which answers it is met.")
    elif local.compared:
        counts = Counter(each.verdict for each in local.compared)
        st.markdown(", ".join(f"{counts[met]:,} {met}" for met in Met) + ".")
        table_with_csv(comparison_table(local), "Links and signs", "links-and-signs")
    lost = without_text(known)
    if lost:
        told = f"The framework compares what stands in none of its rows: {'; '.join(lost)}."
        st.warning(plain(told))
    open_texts = not_asked(known)
    if open_texts:
        st.markdown("**Suggested, too** (forms do not ask for it)")
        lines = (f"{kind}, {ROWS[row]}: {'; '.join(texts)}" for kind, row, texts in open_texts)
        st.markdown("\n".join(f"- {plain(each)}" for each in lines))


def _framework(known: Framework) -> None:
    st.caption(plain(f"{known.title}. {known.source}: {known.place}.{_own_words(known)}"))
    head = ("", *(each.name for each in known.services))
    rows: list[tuple[Cell, ...]] = [
        (name, *(_items(each.rows[key]) for each in known.services)) for key, name in ROWS.items()
    ]
    st.table(_frame(head, rows))
    _csv(PictureTable(head=head, rows=tuple(rows)), "framework")


def _own_words(known: Framework) -> str:
    """That the shipped framework is told in other words than its sources."""
    return " In our own words." if known == frameworks.shipped() else ""


def _complete(local: LocalProvision) -> None:
    known = local.framework
    if not known.elements:
        st.info("This framework names no elements of a complete service.")
        return
    told = f"{known.complete_source}, {known.complete_place}."
    if known == frameworks.shipped():
        told += " Which answers count as an element is our reading."
    st.caption(plain(told))
    _reported(local.elements, [each.name for each in known.elements], "Element", "complete-service")
    if known.agreements:
        st.markdown("**What organisations of an area should agree on**")
        _reported(local.agreements, list(known.agreements), "Agreement", "agreements")
        _not_compared(known, known.agreements)


def _products(local: LocalProvision) -> None:
    known = local.framework
    if not known.parties:
        st.info("This framework has no products for parties.")
        return
    told = f"{known.products_source}, {known.products_place}.{_own_words(known)}"
    st.caption(plain(told))
    head = ("Party", *PRODUCTS.values())
    rows: list[tuple[Cell, ...]] = [
        (each.name, *(_items(each.products[key]) for key in PRODUCTS)) for each in known.parties
    ]
    st.table(_frame(head, rows))
    _csv(PictureTable(head=head, rows=tuple(rows)), "products")
    if local.parties:
        st.markdown("**Whom services report to support**")
    _reported(local.parties, [each.name for each in known.parties], "Party", "parties")
    if local.products:
        st.markdown("**What services report to offer them**")
        _reported(local.products, [], "To whom, and what", "products-offered")
    _not_compared(known, [each.text(column) for each in known.parties for column in PRODUCTS])


def _not_compared(known: Framework, texts: Sequence[str]) -> None:
    """What no answer can be held against, which is then not called missing."""
    compared = {each.text for each in known.comparisons}
    left = [each for each in texts if each not in compared]
    if left:
        st.caption(plain(f"The framework names no answers that would say so: {'; '.join(left)}."))


def _reported(given: Sequence[ElementProvision], names: list[str], what: str, file: str) -> None:
    """For each area and name the services that report it, gaps marked."""
    if not given:
        st.markdown("\n".join(f"- {plain(name)}" for name in names))
        return
    rows: list[tuple[Cell, ...]] = [
        (
            each.area or NO_AREA,
            each.element,
            f"{SIGNS[each.verdict]} {', '.join(each.services) or each.verdict}",
        )
        for each in given
    ]
    table_with_csv(PictureTable(head=("Area", what, "Reported by"), rows=tuple(rows)), what, file)


def _silence(desk: Desk, local: LocalProvision) -> None:
    """Which services are in no comparison, and where forms are filled in."""
    if not local.reports:
        if steps.is_asked(desk):
            st.info(NOTHING, icon=":material/assignment:")
            menu.link("survey", "Go to survey")
        else:
            st.info(NOT_ASKED, icon=":material/assignment:")
            if local.framework.asked == frameworks.shipped().asked:
                begin_with(desk, "vocational-services.yaml", "Vocational services")
            else:
                menu.link("schemes", "Go to schemes")
    if local.silent:
        count = number(len(local.silent), "service has", "services have")
        names = ", ".join(local.silent[:SILENT_SHOWN]) + ", …" * (len(local.silent) > SILENT_SHOWN)
        st.caption(plain(f"{count} no complete form that says what kind it is: {names}."))


def _items(items: Sequence[str]) -> str:
    """What stands in a cell, a line each; several have a dot before them."""
    return "\n".join(f"• {each}" for each in items) if len(items) > 1 else (*items, "–")[0]


def _frame(head: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> pd.DataFrame:
    """A table whose first column heads its rows; every text stands for itself."""
    body = [[plain_lines(str(cell)) for cell in row[1:]] for row in rows]
    names = [plain(str(row[0])) for row in rows]
    return pd.DataFrame(body, columns=[plain(each) for each in head[1:]], index=names)


def _csv(table: PictureTable, name: str) -> None:
    st.download_button(
        "CSV",
        partial(table_csv, table),
        f"{name}.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
        key=f"{name}-csv",
    )
