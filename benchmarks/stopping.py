"""What each stopping rule would have done on reviews that were read to the end.

    python -m benchmarks.stopping                  all sets beside the repository
    python -m benchmarks.stopping --seeds 1 2 3    other beginnings

Each set is screened by the computer in priority order, from one relevant and one irrelevant record
that are in no figure, with five beginnings (two for sets of more than 2,700 records). A rule is
asked after every hundredth of the reading, and the review ends where it is first reached; a rule
that is never reached reads all. Rules that need random records see a reading of which 5 % is
random; the random check begins after 50 irrelevant ones in a row. SAFE begins with random records
instead, as its authors have it, and goes on with the second model (screening/second_model.py). Its
last phase finds nothing here, because the decisions are taken as right.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from benchmarks.priority import SETS, read_set, sets_in
from evidence.screening.features import Features, describe
from evidence.screening.order_measures import measure
from evidence.screening.priority import shuffled
from evidence.screening.second_model import between_means
from evidence.screening.simulation import draw_prior, simulate
from evidence.screening.stopping_rules import (
    STOPPING_RULES,
    Advice,
    ReadingProgress,
    StoppingSettings,
    safe_begins,
)
from evidence.screening.stopping_tests import Sample, recall, sample_of

SHARE = 0.05  # of the reading that is random
LOOKS = 100  # at the rules during a review
RUN = 50  # irrelevant records in a row, after which a random check begins
TARGET = 0.95
MOMENTS = (0.1, 0.2, 0.3, 0.5)  # of a review, at which the interval is compared with the truth
ROUNDING = 1e-9
SEEDS = (1, 2, 3, 4, 5)
LARGE = 2_700  # records; from here on two seeds
SAFE = StoppingSettings(key_papers_missing=0)
NOTHING = Sample(size=0, relevant=0, among=0, relevant_among=0, read=0)
RULES = {rule.code: rule.advise for rule in STOPPING_RULES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review read to its end.

    Attributes:
        order: without the records known before.
        priors: the records known before.
        switched: after so many records the second model took over; None where it never did.
    """

    order: Sequence[int]
    priors: Sequence[int]
    relevant: Mapping[int, bool]
    seed: int
    switched: int | None = None

    def plain(self, read: int) -> ReadingProgress:
        """The review after so many records, for rules that ask for no random sample."""
        reading = [self.relevant[key] for key in self.order[:read]]
        since = None if self.switched is None else max(0, read - self.switched)
        return ReadingProgress(
            reading=reading, total=len(self.order), sample=NOTHING, since_switch=since
        )

    def progress(self, read: int, began: int = 0) -> ReadingProgress:
        """The review after so many records.

        Args:
            read: records read.
            began: so many were read before random sampling began.
        """
        decided = {key: self.relevant[key] for key in (*self.priors, *self.order[:read])}
        before = (*self.priors, *self.order[:began])
        keys = (*self.priors, *self.order)
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


def of_order(code: str, settings: StoppingSettings) -> Judge:
    """A rule that looks at the order alone."""
    return lambda review, read: RULES[code](review.plain(read), settings)


def of_sample(code: str, settings: StoppingSettings) -> Judge:
    """A rule that looks at the random share of the reading, too."""
    return lambda review, read: RULES[code](review.progress(read), settings)


def check_at(review: Review, read: int) -> Advice:
    """The random test, of what was read at random after the cut."""
    began = min(cut(review), read)
    return RULES["random-test"](review.progress(read, began), StoppingSettings(target=TARGET))


def safe_begins_at(review: Review, read: int) -> Advice:
    """SAFE without its second model."""
    still_open = safe_begins(review.progress(read), SAFE)
    return Advice(reached=not still_open, sentence="; ".join(still_open))


PLAIN: dict[str, Judge] = {
    "50 irrelevant in a row": of_order("in-a-row", StoppingSettings(in_a_row=50)),
    "100 irrelevant in a row": of_order("in-a-row", StoppingSettings(in_a_row=100)),
    "200 irrelevant in a row": of_order("in-a-row", StoppingSettings(in_a_row=200)),
    "cautious test, p < 0.05": of_order("cautious-test", StoppingSettings(target=TARGET)),
}
MIXED: dict[str, Judge] = {
    "random test of the 5 % share, p < 0.05": of_sample(
        "random-test", StoppingSettings(target=TARGET)
    ),
    "lower bound of the interval at 95 %": of_sample("interval", StoppingSettings(target=TARGET)),
}
SAFE_BEGINS: dict[str, Judge] = {"SAFE, phases 1 and 2": safe_begins_at}
SAFE_ALL: dict[str, Judge] = {"SAFE, phases 1 to 3": of_sample("safe", SAFE)}
CHECKED: dict[str, Judge] = {"random check after 50 in a row, p < 0.05": check_at}


def looks(total: int) -> range:
    """After how many records to ask the rules."""
    step = max(1, total // LOOKS)
    return range(step, total, step)


def stop(review: Review, judge: Judge) -> Stop:
    """Where a rule first says that reading might end."""
    total = len(review.order)
    relevant = [review.relevant[key] for key in review.order]
    for read in looks(total):
        if judge(review, read).reached:
            share = sum(relevant[:read]) / sum(relevant)
            return Stop(reached=True, recall=share, saved=1 - read / total)
    return Stop(reached=False, recall=1.0, saved=0.0)


def covered(review: Review) -> Iterator[bool]:
    """Whether the interval held the true recall, at four moments of a review."""
    every = sum(review.relevant.values())
    for part in MOMENTS:
        sample = review.progress(int(part * len(review.order))).sample
        truth = (sample.relevant_among + sample.before) / every
        seen = recall(sample)
        yield seen.low - ROUNDING <= truth <= seen.high + ROUNDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Screener:
    """A set that can be screened from a beginning."""

    features: Features
    relevant: Mapping[int, bool]
    priors: Sequence[int]
    seed: int

    def read(self, share: float = 0.0) -> Review:
        """In priority order, with a random share."""
        order = simulate(
            self.features, self.relevant, self.priors, seed=self.seed, random_share=share
        ).order
        return self._review(order[len(self.priors) :])

    def read_safely(self) -> Review:
        """At random to begin with, in priority order until SAFE's second phase is over, and then
        by the second model.
        """
        rest = [key for key in self.relevant if key not in self.priors]
        begun, any_relevant = 0, False
        drawn = shuffled(rest, self.seed)
        while begun < len(rest) and not (any_relevant and begun * 100 >= len(rest)):
            any_relevant = any_relevant or self.relevant[drawn[begun]]
            begun += 1
        first = simulate(
            self.features, self.relevant, (*self.priors, *drawn[:begun]), seed=self.seed
        )
        review = self._review(first.order[len(self.priors) :])
        at = next((at for at in looks(len(rest)) if safe_begins_at(review, at).reached), None)
        if at is None:
            return review
        read = (*self.priors, *review.order[:at])
        then = simulate(
            self.features, self.relevant, read, seed=self.seed, model=between_means
        ).order
        return replace(review, order=then[len(self.priors) :], switched=at)

    def _review(self, order: Sequence[int]) -> Review:
        return Review(order=order, priors=self.priors, relevant=self.relevant, seed=self.seed)


def screeners(path: Path, seeds: Sequence[int] | None) -> Iterator[Screener]:
    """A set, from several beginnings."""
    records = read_set(path)
    relevant = {record.row: record.relevant for record in records}
    features = describe(record.text for record in records)
    for seed in seeds or (SEEDS if len(records) <= LARGE else SEEDS[:2]):
        priors = draw_prior(relevant, seed)
        yield Screener(features=features, relevant=relevant, priors=priors, seed=seed)


def show(
    stops: Mapping[str, Sequence[Stop]],
    held: Sequence[bool],
    costs: Mapping[str, Sequence[float]],
) -> None:
    """Print the table of all sets so far."""
    reviews = len(held) // len(MOMENTS)
    print(f"{f'{reviews} reviews':42s} never  95% found  worst   mean  saved")
    for name, each in stops.items():
        print(
            f"{name:42s} {fmean(not one.reached for one in each):5.0%}"
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
    parser.add_argument("--seeds", type=int, nargs="+")
    args = parser.parse_args()
    paths = sets_in(args.folder, args.sets)
    stops: dict[str, list[Stop]] = {}
    costs: dict[str, list[float]] = {"alone": [], "with a random share": []}
    held: list[bool] = []
    for path in paths:
        for screener in screeners(path, args.seeds):
            plain, mixed, safe = screener.read(), screener.read(SHARE), screener.read_safely()
            readings = (
                (plain, PLAIN),
                (safe if safe.switched is None else replace(safe, switched=None), SAFE_BEGINS),
                (safe, SAFE_ALL),
                (mixed, MIXED),
                (with_check(plain), CHECKED),
            )
            for review, judges in readings:
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
