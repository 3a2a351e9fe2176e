"""One run of the rules over a whole review.

Comparing takes a while and locks nothing; only keeping what it came to is a transaction. Whatever
people did in between (decisions, undone imports) is taken in there.
"""

from collections.abc import Mapping

from evidence import dedupe
from evidence.citations.record import Reference
from evidence.dedupe.rules import version
from evidence.steps import jobs
from evidence.steps.apart import chosen
from evidence.steps.desk import Desk, Progress, silent
from evidence.steps.joining import arrange, decided, join, settings_of, to_row
from evidence.store import Write, comparisons, duplicates, forming, works
from evidence.store.comparisons import Comparison


def compare(desk: Desk, progress: Progress = silent) -> None:
    """Compare all records by the rules; what people decided stands."""
    kinds = chosen(desk).kinds
    settings = settings_of(kinds)
    with desk.reading() as c:
        files = comparisons.files(c, desk.review_id)
        ids, references = works.all_references(c, desk.review_id)
        said = duplicates.human(c, desk.review_id)
    with jobs.processes(len(ids)) as executor:
        result = dedupe.find(
            references,
            ids=ids,
            settings=settings,
            decided=decided(said),
            executor=executor,
            progress=_counting(progress, len(ids)),
        )
    with desk.writing() as w:
        there = comparisons.files(w.connection, desk.review_id)
        ran = Comparison(
            files=frozenset(one for one, kept_at in files.items() if there.get(one) == kept_at),
            records=len(ids),
            apart=kinds,
            rules=version(settings),
        )
        comparisons.add(w, ran)
        _keep(w, result, dict(zip(ids, references, strict=True)), said)


def _counting(progress: Progress, records: int) -> Progress:
    def tell(done: float, doing: str) -> None:
        progress(done, f"{doing} · {records:,} records")

    return tell


def _keep(
    write: Write,
    result: dedupe.Result,
    references: Mapping[int, Reference],
    said: Mapping[tuple[int, int], str],
) -> None:
    """Keep what the rules came to; what people did in the meantime is taken in afterwards."""
    c = write.connection
    there = {row.id for row in forming.places(c, write.review_id)}
    verdicts = [to_row(v) for v in result.verdicts if v.a in there and v.b in there]
    duplicates.replace_automatic(write, verdicts)
    groups = [[one for one in group if one in there] for group in result.groups]
    arrange(write, [g for g in groups if g], {i: r for i, r in references.items() if i in there})
    now = duplicates.human(c, write.review_id)
    changed = {one for pair, _ in said.items() ^ now.items() for one in pair}
    torn = {
        one
        for whole, left in zip(result.groups, groups, strict=True)
        if len(left) < len(whole)
        for one in left
    }
    join(write, (changed | torn) & there)
