"""Priority screening, and how far people agree, as tables."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.coding.agreement.words import FIGURES_HEAD, figure_rows
from evidence.errors import Invalid
from evidence.screening.features import Features, Text, describe
from evidence.screening.order_measures import measure
from evidence.screening.priority import rank as ranked
from evidence.screening.simulation import draw_prior
from evidence.screening.simulation import simulate as simulated
from evidence.steps.coding.agreement_of_files import agreement_of_files

LABEL = "label_included"


def rank(works: pd.DataFrame, criteria: str = "", seed: int = 1) -> pd.DataFrame:
    """Put works that nobody has read in the order in which they are likeliest to be relevant.

    Args:
        works: `title`, `abstract` and, if known, `keywords` (a list, or a text with semicolons);
            `label_included` is 1 or True for what was included, 0 or False for what was excluded,
            and missing for what is not read yet.
        criteria: what the review is looking for, in words; it helps while little is decided.
        seed: of all that is left to chance.

    Returns:
        The works without a label, the most promising first, with their index labels and columns,
        and `score`: higher is more promising, and nothing else is meant.

    Raises:
        Invalid: there is no column `title`.

    >>> works = pd.DataFrame({
    ...     "title": ["Hope at work", "Soil of a garden", "Soil and compost", "Work and hope"],
    ...     "label_included": [1, 0, None, None],
    ... })
    >>> rank(works)["title"].tolist()
    ['Work and hope', 'Soil and compost']
    """
    features = _features(works, criteria)
    labels = _labels(works)
    decided = {at: bool(label) for at, label in enumerate(labels) if label is not None}
    order = ranked(features, decided, seed=seed)
    rows = works.iloc[list(order.order)].copy()
    rows["score"] = [order.scores.get(at, 0.0) for at in order.order]
    return rows


def simulate(works: pd.DataFrame, priors: Sequence[Any] = (), seed: int = 1) -> pd.DataFrame:
    """Screen a review of which all was decided once more, in priority order.

    Args:
        works: as for `rank`, each with a label.
        priors: index labels of works that are known before; without, one relevant and one
            irrelevant work are drawn.
        seed: of all that is left to chance.

    Returns:
        The works in the order read, those known before first, with `is_prior`. `.attrs` has `atd`
        (average time to discovery, doi:10.1186/s13643-023-02257-7), `loss`, `wss95` (work saved
        over sampling at 95 % recall, doi:10.1197/jamia.M1929), `recall10`; priors are in none.

    Raises:
        Invalid: a work has no label, or all have the same.

    >>> works = pd.DataFrame({
    ...     "title": ["Hope at work", "Soil of a garden", "Soil and compost", "Work and hope"],
    ...     "label_included": [1, 0, 0, 1],
    ... })
    >>> order = simulate(works, priors=[0, 1])
    >>> order["title"].tolist()[2:], order.attrs["atd"]
    (['Work and hope', 'Soil and compost'], 0.5)
    """
    labels = _labels(works)
    if None in labels:
        row = works.index[labels.index(None)]
        raise Invalid(f"A simulation needs {LABEL} for each work; that of {row} has none.")
    relevant = {at: bool(label) for at, label in enumerate(labels)}
    if len(set(relevant.values())) < 2:  # noqa: PLR2004 - relevant ones and others
        raise Invalid(f"{LABEL} is the same for all works, so no order is better than another.")
    places = {label: at for at, label in enumerate(works.index)}
    known = tuple(places[label] for label in priors) or draw_prior(relevant, seed)
    order = simulated(_features(works), relevant, known, seed=seed).order
    rows = works.iloc[list(order)].copy()
    rows["is_prior"] = [at < len(known) for at in range(len(order))]
    figures = measure([relevant[at] for at in order[len(known) :]])
    rows.attrs["priors"] = [works.index[at] for at in known]
    if figures:
        rows.attrs |= asdict(figures)
    return rows


def agreement(*paths: str | Path) -> pd.DataFrame:
    r"""How far two people agree whose codings or decisions stand in files.

    Args:
        paths: an even number, first those of one person, then those of the other in the same order:
            exports of EPPI-Reviewer, or files with screening decisions.

    Returns:
        A row for each figure, from the whole scheme to one code: how many things both judged
        (`units`), `percent`, `kappa`, `pabak`, `ac1`, `alpha` with intervals; missing where a
        formula has no value. `.attrs` has `sentence`, for a report, `remarks` and `left_out`.

    Raises:
        Invalid: an odd number, kinds that cannot be compared, or a file that cannot be used.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> for name, verdict in (("Anna", "include"), ("Ben", "exclude")):
    ...     table = f"title,year,person,stage,verdict\nHope,2001,{name},title_abstract,{verdict}"
    ...     _ = (folder / name).with_suffix(".csv").write_text(table)
    >>> figures = agreement(folder / "Anna.csv", folder / "Ben.csv")
    >>> figures.loc[0, ["units", "agreed"]].tolist()
    [1, 0]
    """
    found = agreement_of_files([Path(path) for path in paths])
    frame = pd.DataFrame(figure_rows(found.agreed), columns=list(FIGURES_HEAD))
    frame.attrs = {
        "sentence": found.sentence,
        "remarks": list(found.remarks),
        "left_out": list(found.left_out),
    }
    return frame


def _features(works: pd.DataFrame, criteria: str = "") -> Features:
    if "title" not in works.columns:
        raise Invalid(f"There is no column title; there are: {', '.join(map(str, works.columns))}.")
    columns = (_column(works, name) for name in ("title", "abstract", "keywords"))
    texts = [
        Text(id=at, title=title, abstract=abstract, keywords=tuple(filter(None, words.split("; "))))
        for at, (title, abstract, words) in enumerate(zip(*columns, strict=True))
    ]
    return describe(texts, criteria=criteria)


def _column(works: pd.DataFrame, name: str) -> list[str]:
    if name not in works.columns:
        return [""] * len(works)
    return [
        "; ".join(map(str, cell)) if isinstance(cell, list | tuple)
        else "" if pd.isna(cell) else str(cell)
        for cell in works[name]
    ]  # fmt: skip


def _labels(works: pd.DataFrame) -> list[bool | None]:
    if LABEL not in works.columns:
        return [None] * len(works)
    return [None if pd.isna(cell) else bool(cell) for cell in works[LABEL]]
