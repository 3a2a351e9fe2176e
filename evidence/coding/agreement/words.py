"""Agreement in words for a report, and as tables to take away."""

from collections.abc import Iterable, Iterator, Sequence

from evidence.agreement import PAIR, Scale
from evidence.citations.formats.plain_tables import Cell
from evidence.coding.agreement.disagreements import Difference
from evidence.coding.agreement.figures import Figure, Level
from evidence.coding.agreement.measure import CoderAgreement

FIGURES_HEAD = (
    "level", "within", "name", "coders", "units", "agreed", "percent", "percent_low",
    "percent_high", "positive", "negative", "kappa", "kappa_low", "kappa_high", "pabak", "ac1",
    "alpha", "alpha_scale", "remark",
)  # fmt: skip
CODED_BY = " and "


def sentence(agreed: CoderAgreement, title: str) -> str:
    """What a methods section says of how far people agree; no figure that has no value."""
    figure = next(iter(agreed.figures), None)
    people = f"{len(agreed.coders)} people" if len(agreed.coders) > PAIR else "Two people"
    if figure is None or not figure.units:
        return f"{people} coded no study in common with “{title}”, so agreement was not measured."
    studies = "1 study" if agreed.studies == 1 else f"{agreed.studies:,} studies"
    coded = f"{people} coded the same {studies} with “{title}”"
    codes = sum(1 for each in agreed.figures if each.subject.level is Level.CODE and each.units)
    units = "1 judgement" if figure.units == 1 else f"{figure.units:,} judgements"
    about = f" on {codes:,} codes" if figure.subject.level is Level.SCHEME else ""
    parts = [f"{coded}. In {units}{about} (each on a study or one of its arms) {_agreed(figure)}."]
    values = list(_values(figure))
    if values:
        parts.append(f"{_listed(values)}.")
    used = [each for each in agreed.figures if each.subject.level is Level.SCHEME_USED]
    if used and used[0].alpha is not None and used[0].units != figure.units:
        parts.append(f"Over the codes that somebody used alpha was {used[0].alpha:.2f}.")
    return " ".join(parts)


def _agreed(figure: Figure) -> str:
    words = f"they agreed in {figure.percent or 0:.1%}"
    shares = [
        f"{name} agreement {share:.1%}"
        for name, share in (("positive", figure.positive), ("negative", figure.negative))
        if share is not None
    ]
    return f"{words} ({', '.join(shares)})" if shares else words


def _values(figure: Figure) -> Iterator[str]:
    """Each figure that has a value, in words."""
    if figure.alpha is not None:
        scale = "" if figure.scale is Scale.NOMINAL else f", {figure.scale}"
        yield f"Krippendorff's alpha{scale} was {figure.alpha:.2f}"
    if figure.kappa is not None:
        between = ""
        if figure.kappa_low is not None and figure.kappa_high is not None:
            between = f" (95% interval {figure.kappa_low:.2f} to {figure.kappa_high:.2f})"
        yield f"Cohen's kappa {figure.kappa:.2f}{between}"
    if figure.pabak is not None:
        yield f"PABAK {figure.pabak:.2f}"
    if figure.ac1 is not None:
        yield f"Gwet's AC1 {figure.ac1:.2f}"


def _listed(values: Sequence[str]) -> str:
    first = values[0][0].upper() + values[0][1:]
    if len(values) == 1:
        return first
    return f"{', '.join([first, *values[1:-1]])} and {values[-1]}"


def figure_rows(agreed: CoderAgreement) -> Iterator[tuple[Cell, ...]]:
    """The figures as rows under FIGURES_HEAD; numbers with all their digits."""
    coders = CODED_BY.join(agreed.coders)
    for each in agreed.figures:
        yield (
            each.subject.level,
            each.subject.within,
            each.subject.name,
            coders,
            each.units,
            each.agreed,
            *(
                "" if value is None else value
                for value in (
                    each.percent, each.low, each.high, each.positive, each.negative, each.kappa,
                    each.kappa_low, each.kappa_high, each.pabak, each.ac1, each.alpha,
                )
            ),
            each.scale,
            each.remark,
        )  # fmt: skip


def difference_head(coders: Sequence[str]) -> tuple[str, ...]:
    """What stands above `difference_rows`."""
    return ("study", "label", "arm", "question", *coders)


def difference_rows(
    differences: Iterable[Difference], coders: Sequence[str]
) -> Iterator[tuple[Cell, ...]]:
    """The differences as rows: which study and arm, what was asked, and what each said."""
    for each in differences:
        said_by_each = (each.answers.get(coder, "") for coder in coders)
        yield (each.study, each.label, each.arm, each.asked, *said_by_each)
