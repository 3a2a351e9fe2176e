"""Effect directions and meta-analysis of tables."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import pandas as pd

from evidence.charts.forest_plot import forest_picture
from evidence.charts.funnel_plot import funnel_picture
from evidence.errors import Invalid
from evidence.notebook.figure import Figure, figure
from evidence.steps.records import without_review
from evidence.synthesis.direction_rows import from_rows, read_rows
from evidence.synthesis.pooling.choices import Choices, Questions
from evidence.synthesis.pooling.flat_figures import flat_figures
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool_table import pool_table
from evidence.synthesis.pooling.table_forest import table_forest
from evidence.synthesis.pooling.unit_of_analysis import Unit

Choice = TypeVar("Choice", bound=StrEnum)
FRAME = "table"  # how messages call a table that is no file


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooling:
    """A meta-analysis.

    Attributes:
        figures: all of them, not rounded: `estimate`, `ci_low`, `ci_high`, `tau2`, `I2`, `pi_low`,
            ...; missing where a method has none. The names are those of `pool --json`.
        forest, funnel: its plots.
    """

    figures: pd.Series
    forest: Figure
    funnel: Figure


def directions(table: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Each study's direction on each outcome, from its findings, by the usual rules.

    Args:
        table: `study`, `outcome`, `direction` of each finding; `n_intervention` and `contrast`
            may be added. A frame or a CSV file.

    Returns:
        A row for each contrast, study and outcome: `direction`, `findings` (how many) and `size`
        (by the people of the intervention group). `.attrs["outcomes"]` has what all studies say on
        each outcome with the sign test, and `.attrs["problems"]` what could not be understood.

    >>> found = directions(pd.DataFrame({"study": ["Ito", "Oda"], "outcome": "Hope",
    ...                                  "direction": ["better", "worse"]}))
    >>> found[["study", "direction", "findings"]].values.tolist()
    [['Ito', 'favourable', 1], ['Oda', 'unfavourable', 1]]
    """
    if isinstance(table, pd.DataFrame):
        rows, problems = read_rows(table.to_csv(index=False).splitlines(keepends=True), FRAME)
        results = from_rows(rows)
    else:
        results, problems = without_review.directions(Path(table))
    found, summaries = [], []
    for result in results:
        contrast = ", ".join(result.contrasts)
        outcomes = {heading.id: heading.label for heading in result.outcomes}
        found += [
            (contrast, result.studies[each.study], outcomes[each.outcome], str(each.direction),
             each.total, each.band)
            for each in result.effects
        ]  # fmt: skip
        summaries += [
            (contrast, outcomes[each.outcome], each.favourable, each.unfavourable, each.conflicting,
             each.no_change, each.not_stated, each.test.p if each.test else None, each.sentence)
            for each in result.summaries
        ]  # fmt: skip
    frame = pd.DataFrame(
        found, columns=["contrast", "study", "outcome", "direction", "findings", "size"]
    )
    frame.attrs = {
        "outcomes": pd.DataFrame(
            summaries,
            columns=["contrast", "outcome", "favourable", "unfavourable", "conflicting",
                     "no_change", "not_stated", "p", "sentence"],
        ),
        "problems": list(map(str, problems)),
    }  # fmt: skip
    return frame


def pool(  # noqa: PLR0913 - a choice of the analysis each, named where it is called
    table: pd.DataFrame | str | Path,
    *,
    measure: str = "",
    method: str = "REML",
    test: str = "",
    level: float = 0.95,
    study: str = "",
    subgroup: str = "",
    moderator: str = "",
    title: str = "",
) -> Pooling:
    """Pool effects of studies (meta-analysis).

    Args:
        table: a row for each study: `yi` and `vi`, or the columns of a measure (metafor's: `ai`,
            `bi`, `ci`, `di`; `m1i`, `sd1i`, `n1i`, `m2i`, `sd2i`, `n2i`; `ri`, `ni`). A frame or a
            CSV file.
        measure: which one is computed from its columns, such as "SMD" or "OR"; empty for yi and vi.
        method: "FE", "MH", "PETO", "DL", "PM", "REML", "SJ" or "HE".
        test: "z" or "knha"; empty for Knapp and Hartung's with random effects from 3 studies on.
        level: of the intervals, between 0 and 1.
        study: the column that names the study of each row, where one has several.
        subgroup: the column that names the group of each study.
        moderator: the column with a number for each study.
        title: of the plots.

    Raises:
        Invalid: the table, or what was chosen, cannot be; the message says what to do.

    >>> pooled = pool(pd.DataFrame({"study": ["a", "b", "c"], "yi": [0.2, 0.3, 0.1],
    ...                             "vi": [0.04, 0.05, 0.02]}), method="FE")
    >>> round(pooled.figures["estimate"], 3)
    0.168
    """
    if isinstance(table, pd.DataFrame):
        content, name = table.to_csv(index=False).encode(), FRAME
    else:
        content, name = Path(table).read_bytes(), Path(table).name
    choices = Choices(
        measure=_one_of(PooledMeasure, measure) if measure else None,
        method=_one_of(Method, method),
        test=_one_of(EffectTest, test) if test else None,
        level=level,
    )
    questions = Questions(subgroup=subgroup, moderator=moderator)
    pooled = pool_table(content, name, choices, Unit(study=study), questions)
    drawn, words = table_forest(pooled, ("", "")), title or Path(name).stem
    return Pooling(
        figures=pd.Series(flat_figures(pooled), dtype=object),
        forest=figure(forest_picture(drawn, words)),
        funnel=figure(funnel_picture(drawn, words)),
    )


def _one_of(kinds: type[Choice], word: str) -> Choice:
    try:
        return kinds(word)
    except ValueError as error:
        known = ", ".join(str(each) for each in kinds)
        raise Invalid(f"“{word}” is none of {known}.") from error
