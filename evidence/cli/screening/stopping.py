"""When reading by title and abstract may end, by rules that stop nobody."""

from typing import Annotated, Any

import typer

from evidence.cli.output import AsJson, print_json, print_listing, with_exit_code
from evidence.cli.reviews import ReviewName, store
from evidence.screening.stopping_rules import STOPPING_RULES, StoppingSettings
from evidence.steps.review.find_review import find_review
from evidence.steps.screening import stopping
from evidence.steps.screening.stopping import Evaluation

USUAL = StoppingSettings()
Target = Annotated[
    float, typer.Option(min=0.5, max=0.999, help="The share of relevant works to be found.")
]
Confidence = Annotated[float, typer.Option(min=0.5, max=0.999, help="How sure to be of it.")]
InARow = Annotated[int, typer.Option(min=1, help="Irrelevant works in a row.")]


@with_exit_code
def screening_stopping(
    review: ReviewName,
    target: Target = USUAL.target,
    confidence: Confidence = USUAL.confidence,
    in_a_row: InARow = USUAL.in_a_row,
    as_json: AsJson = False,
) -> bool:
    """What each rule says of ending to read by title and abstract, and which was chosen."""
    desk = find_review(store(), review)
    wanted = StoppingSettings(target=target, confidence=confidence, in_a_row=in_a_row)
    evaluation = stopping.evaluate(desk, wanted)
    chosen = [
        {"at": f"{event.at:%Y-%m-%d}", "person": event.person, "sentence": event.subject}
        for event in stopping.past_choices(desk)
    ]
    rules = _rules_json(evaluation)
    if as_json:
        print_json(_evaluation_json(evaluation) | {"rules": rules, "chosen": chosen})
        return True
    typer.echo(evaluation.in_short)
    for rule in rules:
        typer.echo("")
        typer.echo(f"{rule['name']} ({rule['source']}): {'reached' if rule['reached'] else 'no'}")
        typer.echo(str(rule["sentence"]))
        typer.echo(f"Takes for granted: {rule['assumes']}")
    typer.echo("")
    print_listing(chosen, "No rule was chosen for the methods yet.")
    return True


def _evaluation_json(evaluation: Evaluation) -> dict[str, Any]:
    curve, sample, unread = evaluation.relevant_read, evaluation.sample, evaluation.unread
    return {
        "works": evaluation.total,
        "read": len(curve),
        "relevant": curve[-1] if curve else 0,
        "by_priority": evaluation.by_priority,
        "in_short": evaluation.in_short,
        "random_sample": {"size": sample.size, "relevant": sample.relevant},
        "relevant_unread": {
            "likeliest": unread.likeliest if unread else None,
            "fewer_than": unread.fewer_than if unread else None,
        },
    }


def _rules_json(evaluation: Evaluation) -> list[dict[str, Any]]:
    return [
        {
            "rule": rule.code,
            "name": rule.name,
            "source": rule.source,
            "assumes": rule.assumes,
            "reached": evaluation.advice[rule.code].reached,
            "p": evaluation.advice[rule.code].p,
            "sentence": evaluation.advice[rule.code].sentence,
        }
        for rule in STOPPING_RULES
        if rule.code in evaluation.advice
    ]
