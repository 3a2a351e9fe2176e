"""How far the studies of a review are coded, and how far their coders agree."""

from typing import Annotated, Any

import typer

from evidence.cli.agreement import (
    FIGURES_SHOWN,
    DifferencesFile,
    FiguresFile,
    difference_json,
    figure_cells,
    figure_json,
    is_unused,
)
from evidence.cli.coding.chosen_scheme import SchemeName, chosen_scheme
from evidence.cli.output import AsJson, print_json, print_listing, print_table, with_exit_code
from evidence.cli.reviews import ReviewName, store
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import agreement, coders, schemes, study_list
from evidence.steps.coding.reconcile import reconciling
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.records.exporting import save_pieces
from evidence.steps.review import membership
from evidence.steps.review.find_review import BY, find_review
from evidence.store.coding.study_table import StudyFilter, StudyLine

FOR_THE_TEAM = (
    f"How far coders agree is for people of the team, and the command line is “{BY}”. Add that "
    "name on the review's page Team, then try again."
)


@with_exit_code
def codings_state(review: ReviewName, scheme: SchemeName = "", as_json: AsJson = False) -> bool:
    """How far each study is coded with a scheme, and by whom."""
    desk = find_review(store(), review)
    taken = chosen_scheme(schemes.of_studies(desk), scheme)
    number = study_list.count(desk, taken.id, StudyFilter())
    page = study_list.page(desk, taken.id, StudyFilter(), limit=max(1, number))
    studies = [_study_json(line, taken) for line in page.lines]
    if as_json:
        complete = page.complete_by_anybody
        print_json({"scheme": taken.scheme.id, "complete": complete, "studies": studies})
        return True
    typer.echo(f"{taken.scheme.title}: {page.complete_by_anybody:,} of {page.found:,} are coded.")
    rows = [
        {
            "study": each["study"],
            "year": each["year"],
            "reports": each["reports"],
            "codings": [f"{one['person']} {one['state']}" for one in each["codings"]],
            "given_to": each["given_to"],
        }
        for each in studies
    ]
    print_listing(rows, "There is no study yet.")
    return True


@with_exit_code
def codings_agreement(
    review: ReviewName,
    scheme: SchemeName = "",
    pilot: Annotated[str, typer.Option(help="Only studies of this pilot, by its name.")] = "",
    out: FiguresFile = None,
    differences: DifferencesFile = None,
    as_json: AsJson = False,
) -> bool:
    """How far the coders of a review agree, for people of its team."""
    desk = find_review(store(), review)
    taken = chosen_scheme(schemes.of_studies(desk), scheme)
    if not membership.standing(desk).belongs:
        raise NotAllowed(FOR_THE_TEAM)
    pilot_id = _pilot_id(desk, taken, pilot)
    measured = agreement.measure(desk, taken.id, pilot_id)
    if out:
        save_pieces([agreement.figures_table(desk, taken.id, pilot_id)], out)
    if differences:
        save_pieces([agreement.differences_table(desk, taken.id, pilot_id)], differences)
    if as_json:
        differing = agreement.differing(desk, taken.id, pilot_id=pilot_id)
        print_json(
            {
                "scheme": taken.scheme.id,
                "coders": list(measured.agreed.coders),
                "studies": measured.agreed.studies,
                "rows": [figure_json(each) for each in measured.agreed.figures],
                "differences": [difference_json(each) for each in differing],
                "sentence": measured.sentence,
                "left_out": [question.name for question in measured.left_out],
            }
        )
        return True
    used = [each for each in measured.agreed.figures if not is_unused(each)]
    print_table([figure_cells(each) for each in used], FIGURES_SHOWN)
    typer.echo(measured.sentence)
    return True


@with_exit_code
def codings_to_reconcile(
    review: ReviewName, scheme: SchemeName = "", as_json: AsJson = False
) -> bool:
    """Studies that several people coded completely, and how far each is reconciled."""
    desk = find_review(store(), review)
    taken = chosen_scheme(schemes.of_studies(desk), scheme)
    studies = [
        {
            "study": each.label,
            "coders": list(each.coders),
            "begun": each.has_begun,
            "agreed": each.is_agreed,
        }
        for each in reconciling.listing(desk, taken.id)
    ]
    still_coded = reconciling.still_coded(desk, taken.id)
    if as_json:
        print_json({"scheme": taken.scheme.id, "still_coded": still_coded, "studies": studies})
        return True
    print_listing(studies, "Nothing is to be reconciled.")
    typer.echo(f"Still being coded: {still_coded:,}.")
    return True


def _study_json(line: StudyLine, taken: TakenScheme) -> dict[str, Any]:
    return {
        "study": line.label,
        "year": line.year,
        "reports": line.reports,
        "codings": [
            {"person": each.person, "state": each.state.value}
            for each in line.codings
            if each.scheme_id == taken.id
        ],
        "given_to": list(line.given_to),
    }


def _pilot_id(desk: Desk, taken: TakenScheme, name: str) -> int | None:
    if not name:
        return None
    by_name = {each.name: each.id for each in coders.page(desk, taken.id).pilots}
    if name not in by_name:
        known = ", ".join(f"“{each}”" for each in by_name)
        raise Invalid(f"The scheme has no pilot “{name}”; it has: {known or 'none'}.")
    return by_name[name]
