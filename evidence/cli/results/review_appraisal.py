"""What was judged with an appraisal scheme of a review."""

from typing import Annotated

import typer

from evidence.charts.judgement_bars import judgement_bars_picture
from evidence.charts.traffic_light import traffic_light_picture
from evidence.cli.appraisal import AppraisalPicture, domains_json, print_domains
from evidence.cli.coding.chosen_scheme import chosen_scheme
from evidence.cli.output import AsJson, print_json, with_exit_code
from evidence.cli.pictures import PictureFile, check_picture_file, print_written, write_picture
from evidence.cli.reviews import ReviewName, store
from evidence.errors import Invalid
from evidence.steps.results import appraisals
from evidence.steps.review.find_review import find_review

AppraisalScheme = Annotated[str, typer.Option(help="Id or title of the scheme; else the first.")]


@with_exit_code
def review_appraisal(
    review: ReviewName,
    scheme: AppraisalScheme = "",
    picture: Annotated[
        AppraisalPicture, typer.Option(help="Study by study, or in bars.")
    ] = AppraisalPicture.TRAFFIC_LIGHT,
    out: PictureFile = None,
    as_json: AsJson = False,
) -> bool:
    """How the studies, findings or reviews of a review were judged, such as their risk of bias."""
    check_picture_file(out)
    desk = find_review(store(), review)
    taken = chosen_scheme(appraisals.appraisal_schemes(desk), scheme)
    judged = appraisals.of_complete_codings(desk, taken.id, appraisals.unheard(desk, taken.id))
    if not judged.coded.studies:
        raise Invalid(judged.coded.nothing_to_show)
    table = judged.table
    is_bars = picture is AppraisalPicture.BARS
    drawn = judgement_bars_picture(table) if is_bars else traffic_light_picture(table)
    files = [str(path) for path in write_picture(drawn, out)] if out else []
    if as_json:
        print_json(
            {
                "scheme": taken.scheme.id,
                "title": table.title,
                "rests_on": judged.coded.sentence,
                "judged": len(table.rows),
                "domains": domains_json(table, weighted=False),
                "notes": list(table.notes),
                "files": files,
            }
        )
        return True
    typer.echo(judged.coded.sentence)
    typer.echo(f"{table.title}; {table.unit.counted(len(table.rows))}")
    print_domains(table, weighted=False)
    for note in table.notes:
        typer.echo(note)
    print_written(files)
    return True
