"""The same steps as the pages, for scripts and for checking.

Each command prints a table for people, or JSON with --json. It exits with 0 on success, with 1 when
there was trouble in the data, and with 2 when it was called wrongly.
"""

import typer

from evidence.cli import (
    agreement,
    appraisal,
    archive,
    backups,
    codings,
    counts,
    exports,
    files,
    first_scheme,
    flow,
    maps,
    overlap,
    pooling,
    publishing,
    rank,
    report,
    reviews,
    schemes,
    serve,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
app.command("read")(files.read_files)
app.command("dedupe")(files.dedupe_files)
app.command("rank")(rank.rank_table)
app.command("agreement")(agreement.agreement_between)
app.command("directions")(files.directions_of)
app.command("pool")(pooling.pool_studies)
app.command("appraisal")(appraisal.appraisal_of)
app.command("overlap")(overlap.overlap_of)
app.command("map")(maps.map_of)
app.command("flow")(flow.flow_of)
app.command("counts")(counts.counts_of)
app.command("report")(report.report_of)
app.command("archive")(archive.archive_of)
app.command("publish")(publishing.publish_of)
app.command("backup")(backups.backup)
app.command("restore")(backups.restore)
app.command("serve")(serve.serve)

of_reviews = typer.Typer(no_args_is_help=True, help="Make, list and fill reviews.")
of_reviews.command("new")(reviews.review_new)
of_reviews.command("list")(reviews.review_list)
of_reviews.command("import")(reviews.review_import)
of_reviews.command("bring-codings")(codings.review_bring_codings)
of_reviews.command("export")(exports.review_export)
of_reviews.command("dedupe")(reviews.review_dedupe)
of_reviews.command("example")(reviews.review_example)
app.add_typer(of_reviews, name="review")

of_schemes = typer.Typer(no_args_is_help=True, help="Make, check and convert coding schemes.")
of_schemes.command("new")(first_scheme.schemes_new)
of_schemes.command("check")(schemes.schemes_check)
of_schemes.command("convert")(schemes.schemes_convert)
app.add_typer(of_schemes, name="schemes")

of_codings = typer.Typer(no_args_is_help=True, help="Work on codings that left a review.")
of_codings.command("check")(exports.codings_check_file)
app.add_typer(of_codings, name="codings")
