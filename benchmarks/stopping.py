"""What each stopping rule would have done on reviews that were read to the end.

    python -m benchmarks.stopping                  all sets beside the repository
    python -m benchmarks.stopping --seeds 1 2 3    more beginnings

Each set is screened by the computer in priority order, from one relevant and one irrelevant record
that are in no figure. A rule is asked after every hundredth of the reading, and the review ends
where it is first reached; a rule that is never reached reads all. Rules that need random records
see a reading of which 5 % is random; the random check begins after 50 irrelevant ones in a row.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from benchmarks.priority import SETS, read_set
from evidence.screening.features import describe
from evidence.screening.measures import measure
from evidence.screening.priority import shuffled
from evidence.screening.rules import STOPPING_RULES, Advice, Progress, Settings
from evidence.screening.simulation import draw_known, simulate
from evidence.screening.stopping import Sample, recall, sample_of

SHARE = 0.05  # of the reading that is random
LOOKS = 100  # at the rules during a review
RUN = 50  # irrelevant records in a row, after which a random check begins
TARGET = 0.95
MOMENTS = (0.1, 0.2, 0.3, 0.5)  # of a review, at which the interval is compared with the truth
ROUNDING = 1e-9
NOTHING = Sample(size=0, relevant=0, among=0, found=0, read=0)
RULES = {rule.code: rule.judge for rule in STOPPING_RULES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review read to its end.

    Attributes:
        order: without the records known before.
        known: those.
    """

    order: Sequence[int]
    known: Sequence[int]
    relevant: Mapping[int, bool]
    seed: int

    def plain(self, read: int) -> Progress:
        """The review after so many records, for rules that ask for no random sample."""
        reading = [self.relevant[key] for key in self.order[:read]]
        return Progress(reading=reading, total=len(self.order), sample=NOTHING)

    def progress(self, read: int, began: int = 0) -> Progress:
        """The review after so many records.

        Args:
            read: records read.
            began: so many were read before random sampling began.
        """
        decided = {key: self.relevant[key] for key in (*self.known, *self.order[:read])}
        before = (*self.known, *self.order[:began])
        keys = (*self.known, *self.order)
        sample = sample_of(keys, decided, seed=self.seed, before=before)
        return replace(self.plain(read), sample=sample)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Where a rule would have ended a review: what was found by then, and what was left unread."""

    reached: bool
    recall: float
    saved: float


Judge = Callable[[Review, int], Advice]


def cut(review: Review) -> int:
    """After how many records the first long run of irrelevant ones is over."""
    run = 0
    for read, key in enumerate(review.order, 1):
        run = 0 if review.relevant[key] else run + 1
        if run == RUN:
            return read
    return len(review.order)


def with_check(review: Review) -> Review:
    """The review read in random order from the first long run of irrelevant records on."""
    at = cut(review)
    return replace(review, order=(*review.order[:at], *shuffled(review.order[at:], review.seed)))


def of_order(code: str, settings: Settings) -> Judge:
    """A rule that looks at the order alone."""
    return lambda review, read: RULES[code](review.plain(read), settings)


def of_sample(code: str, settings: Settings) -> Judge:
    """A rule that looks at the random share of the reading, too."""
    return lambda review, read: RULES[code](review.progress(read), settings)


def check_at(review: Review, read: int) -> Advice:
    """The random test, of what was read at random after the cut."""
    began = min(cut(review), read)
    return RULES["random-test"](review.progress(read, began), Settings(target=TARGET))


PLAIN: dict[str, Judge] = {
    "50 irrelevant in a row": of_order("in-a-row", Settings(in_a_row=50)),
    "100 irrelevant in a row": of_order("in-a-row", Settings(in_a_row=100)),
    "200 irrelevant in a row": of_order("in-a-row", Settings(in_a_row=200)),
    "cautious test, p < 0.05": of_order("cautious-test", Settings(target=TARGET)),
}
MIXED: dict[str, Judge] = {
    "SAFE, its first two phases": of_sample("safe", Settings()),
    "random test of the 5 % share, p < 0.05": of_sample("random-test", Settings(target=TARGET)),
    "lower bound of the interval at 95 %": of_sample("interval", Settings(target=TARGET)),
}
CHECKED: dict[str, Judge] = {"random check after 50 in a row, p < 0.05": check_at}


def looks(total: int) -> range:
    """After how many records to ask the rules."""
    step = max(1, total // LOOKS)
    return range(step, total, step)


def stop(review: Review, judge: Judge) -> Stop:
    """Where a rule first says that reading might end."""
    total = len(review.order)
    found = [review.relevant[key] for key in review.order]
    for read in looks(total):
        if judge(review, read).reached:
            share = sum(found[:read]) / sum(found)
            return Stop(reached=True, recall=share, saved=1 - read / total)
    return Stop(reached=False, recall=1.0, saved=0.0)


def covered(review: Review) -> Iterator[bool]:
    """Whether the interval held the true recall, at four moments of a review."""
    every = sum(review.relevant.values())
    for part in MOMENTS:
        sample = review.progress(int(part * len(review.order))).sample
        truth = (sample.found + sample.before) / every
        seen = recall(sample)
        yield seen.low - ROUNDING <= truth <= seen.high + ROUNDING


def reviews(path: Path, seeds: Sequence[int]) -> Iterator[tuple[Review, Review]]:
    """A set in priority order, from several beginnings: alone, and with a random share."""
    records = read_set(path)
    relevant = {record.row: record.relevant for record in records}
    features = describe(record.text for record in records)
    for seed in seeds:
        known = draw_known(relevant, seed)
        both = []
        for share in (0.0, SHARE):
            order = simulate(features, relevant, known, seed=seed, random_share=share).order
            rest = order[len(known) :]
            both.append(Review(order=rest, known=known, relevant=relevant, seed=seed))
        yield both[0], both[1]


def show(
    stops: Mapping[str, Sequence[Stop]],
    held: Sequence[bool],
    costs: Mapping[str, Sequence[float]],
) -> None:
    """Print the table of all sets so far."""
    reviews = len(held) // len(MOMENTS)
    print(f"{f'{reviews} reviews':42s} fires  95% found  worst   mean  saved")
    for name, each in stops.items():
        print(
            f"{name:42s} {fmean(one.reached for one in each):5.0%}"
            f"  {fmean(one.recall >= TARGET - ROUNDING for one in each):8.0%}"
            f"  {min(one.recall for one in each):6.3f}  {fmean(one.recall for one in each):6.3f}"
            f"  {fmean(one.saved for one in each):6.3f}"
        )
    print(f"The interval held the true recall in {fmean(held):.1%} of {len(held)} looks.")
    for name, values in costs.items():
        print(f"Average time to discovery {name}: {fmean(values):.4f}")
    print(flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", help="names of sets; all of the folder without")
    parser.add_argument("--folder", type=Path, default=SETS)
    parser.add_argument("--seeds", type=int, nargs="+", default=(1, 2))
    chosen = parser.parse_args()
    paths = [
        path
        for path in sorted(chosen.folder.glob("*.csv"))
        if not chosen.sets or path.stem in chosen.sets
    ]
    if not paths:
        sys.exit(f"No sets in {chosen.folder}.")
    stops: dict[str, list[Stop]] = {}
    costs: dict[str, list[float]] = {"alone": [], "with a random share": []}
    held: list[bool] = []
    for path in paths:
        for plain, mixed in reviews(path, chosen.seeds):
            asked = ((plain, PLAIN), (mixed, MIXED), (with_check(plain), CHECKED))
            for review, judges in asked:
                for name, judge in judges.items():
                    stops.setdefault(name, []).append(stop(review, judge))
            held += covered(mixed)
            for name, review in zip(costs, (plain, mixed), strict=True):
                measured = measure([review.relevant[key] for key in review.order])
                costs[name] += [measured.atd] if measured else []
        print(f"{path.stem} is read.", file=sys.stderr, flush=True)
        show(stops, held, costs)


if __name__ == "__main__":
    main()
