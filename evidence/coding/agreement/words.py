"""Agreement in words for a report, and as tables to take away."""

from collections.abc import Iterable, Iterator, Sequence

from evidence.agreement_formulas import PAIR, Scale
from evidence.citations.formats.plain_tables import Cell
from evidence.coding.agreement.disagreements import Difference
from evidence.coding.agreement.figures import Figure, Level
from evidence.coding.agreement.measure import CoderAgreement
from evidence.coding.scheme import Purpose, Scheme

FIGURES_HEAD = (
    "level", "within", "name", "coders", "units", "agreed", "by_one", "percent", "percent_low",
    "percent_high", "positive", "negative", "kappa", "kappa_low", "kappa_high", "pabak", "ac1",
    "alpha", "alpha_scale", "remark",
)  # fmt: skip
CODED_BY = " and "


def sentence(agreed: CoderAgreement, scheme: Scheme) -> str:
    """What a methods section says of how far people agree; no figure that has no value.

    Of a scheme it is said over all codes; where that has no meaning, question by question.
    """
    screened = scheme.purpose is Purpose.SCREENING
    people = f"{len(agreed.coders)} people" if len(agreed.coders) > PAIR else "Two people"
    act = "screened" if screened else "coded"
    with_scheme = "" if screened else f" with “{scheme.title}”"
    if not any(figure.units for figure in agreed.figures):
        nothing = "nothing in common" if screened else "no study in common"
        return f"{people} {act} {nothing}{with_scheme}, so agreement was not measured."
    noun = "work" if screened else "study"
    same = noun if agreed.studies == 1 else _number(agreed.studies, noun)
    parts = [f"{people} {act} the same {same}{with_scheme}."]
    every, used = next(iter(agreed.scheme_figures), None), agreed.scheme_figures[1:]
    if every is not None:
        codes = sum(each.subject.level is Level.CODE and each.units > 0 for each in agreed.figures)
        on = f" on {_number(codes, 'code')} (each on a study or one of its arms)"
        parts += _said(every, on)
        if used[0].alpha is not None and used[0].units != every.units:
            parts.append(f"Over the codes that somebody used alpha was {used[0].alpha:.2f}.")
    else:
        for figure in agreed.figures:
            if figure.subject.level is Level.QUESTION and figure.units:
                parts += _said(figure, f" on “{figure.subject.name}”")
    return " ".join(parts)


def _said(figure: Figure, on: str) -> Iterator[str]:
    yield f"In {_number(figure.units, 'judgement')}{on} {_agreed(figure)}."
    values = list(_values(figure))
    if values:
        yield f"{_listed(values)}."


def _number(number: int, noun: str) -> str:
    nouns = {"study": "studies"}.get(noun, f"{noun}s")
    return f"1 {noun}" if number == 1 else f"{number:,} {nouns}"


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
            each.by_one,
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
        yield (each.study, each.label, each.arm, each.subject, *said_by_each)
