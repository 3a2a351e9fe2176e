"""Which commands there are, and where; a module is imported when its command is called.

So help comes at once, though commands need programs that take seconds to load.
"""

import ast
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS = {
    "read": "files.read_files",
    "dedupe": "files.dedupe_files",
    "rank": "rank.rank_table",
    "agreement": "agreement.agreement_between",
    "directions": "files.directions_of",
    "pool": "pooling.pool_studies",
    "appraisal": "appraisal.appraisal_of",
    "overlap": "overlap.overlap_of",
    "map": "results.maps.map_of",
    "flow": "results.flow.flow_of",
    "counts": "results.counts.counts_of",
    "report": "report.report_of",
    "stages": "planned.stages_of",
    "protocol": "planned.protocol_of",
    "archive": "archive.archive_of",
    "publish": "publishing.publish_of",
    "backup": "server.backups.backup",
    "restore": "server.backups.restore",
    "check": "server.installation.check",
    "move": "server.installation.move",
    "serve": "serve.serve",
    "invite": "server.accounts.invite",
    "person": "server.people.person",
    "review new": "reviews.review_new",
    "review list": "reviews.review_list",
    "review import": "reviews.review_import",
    "review bring-codings": "coding.codings.review_bring_codings",
    "review export": "exports.review_export",
    "review dedupe": "reviews.review_dedupe",
    "review example": "reviews.review_example",
    "review team": "review_parts.review_team",
    "review duplicates": "review_parts.review_duplicates",
    "review studies": "review_parts.review_studies",
    "screening state": "screening.state.screening_state",
    "screening order": "screening.state.screening_order",
    "screening decisions": "screening.decided.screening_decisions",
    "screening conflicts": "screening.decided.screening_conflicts",
    "screening agreement": "screening.decided.screening_agreement",
    "screening full-texts": "screening.state.screening_full_texts",
    "screening stopping": "screening.stopping.screening_stopping",
    "results directions": "results.review_directions.review_directions",
    "results pool": "results.review_pool.review_pool",
    "results appraisal": "results.review_appraisal.review_appraisal",
    "results themes": "results.concluded.review_themes",
    "results conclusions": "results.concluded.review_conclusions",
    "results summary": "results.concluded.review_summary",
    "practice services": "practice.forms.practice_services",
    "practice answers": "practice.forms.practice_answers",
    "practice provision": "practice.forms.practice_provision",
    "practice fidelity": "practice.fidelity_and_monitoring.practice_fidelity",
    "practice monitoring": "practice.fidelity_and_monitoring.practice_monitoring",
    "practice claims": "practice.words.practice_claims",
    "practice principles": "practice.words.practice_principles",
    "schemes list": "review_parts.schemes_list",
    "schemes new": "first_scheme.schemes_new",
    "schemes check": "schemes.schemes_check",
    "schemes convert": "schemes.schemes_convert",
    "codings state": "coding.coded_in_review.codings_state",
    "codings agreement": "coding.coded_in_review.codings_agreement",
    "codings to-reconcile": "coding.coded_in_review.codings_to_reconcile",
    "codings check": "exports.codings_check_file",
}
"""Module and function of each command, in the order of the help."""

GROUPS = {
    "review": "Make, list and fill reviews, and see what they hold.",
    "screening": "Where screening stands, who decided what, and whether it may end.",
    "results": "What the studies of a review come to.",
    "practice": "Services of a review, and what documents say of practice.",
    "schemes": "List, make, check and convert coding schemes.",
    "codings": "How far a review is coded, how coders agree, and codings that left it.",
}
"""What the commands whose names begin alike are for."""


class CommandsByName(TyperGroup):
    """Commands of which only the one that is called is imported."""

    below = ""  # what their names begin with

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the names are always these
        """The first word of each, in the order of COMMANDS; groups last."""
        names = [name.removeprefix(self.below) for name in COMMANDS if name.startswith(self.below)]
        alone = [name for name in names if " " not in name]
        return alone if self.below else [*alone, *GROUPS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """What the help says of a command; None where there is no such command."""
        if not self.below and cmd_name in GROUPS:
            return _group(cmd_name)
        if cmd_name not in self.list_commands(ctx):
            return None
        return TyperCommand(name=cmd_name, help=_docstring(COMMANDS[self.below + cmd_name]))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is called, with its options; what is unknown is told as always."""
        known = self.list_commands(ctx)  # to these a wrong name is likened
        self.commands = {each: TyperCommand(name=each) for each in known}
        name, found, rest = super().resolve_command(ctx, args)
        if found is None or isinstance(found, TyperGroup):
            return name, found, rest
        place, _, function = COMMANDS[f"{self.below}{found.name}"].rpartition(".")
        alone = typer.Typer(add_completion=False)
        alone.command(found.name)(getattr(import_module(f"evidence.cli.{place}"), function))
        return name, typer.main.get_command(alone), rest


def _group(name: str) -> TyperGroup:
    class Below(CommandsByName):
        below = f"{name} "

    return Below(name=name, help=GROUPS[name], no_args_is_help=True)


def _docstring(where: str) -> str:
    """The docstring of a function, read without running its module."""
    module, _, function = where.rpartition(".")
    spec = find_spec(f"evidence.cli.{module}")
    if spec is None or spec.origin is None:
        raise LookupError(where)
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    (found,) = (
        each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == function
    )
    return in_paragraphs(ast.get_docstring(found) or "")


def in_paragraphs(docstring: str) -> str:
    """A docstring whose lines are broken by the terminal, and not as in the source."""
    return "\n\n".join(" ".join(each.split()) for each in docstring.split("\n\n"))
