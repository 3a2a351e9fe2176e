"""What became of the things on which statements rest, since somebody last looked at them.

Of each thing is kept how it stood when a statement came to rest on it, or when somebody said that
they saw what had changed. Where it stands otherwise now, the statement is flagged. No flag ends
because time passes: somebody says that they saw it, or the thing stands again as it stood.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evidence.synthesis.certainty.grade import Certainty
from evidence.synthesis.conclusions import report_marks, studies_mark
from evidence.synthesis.conclusions.conclusion import Conclusion, Support, SupportKind
from evidence.synthesis.conclusions.strength_rule import StrengthRule, lowest, why_not

NO_SUPPORT_YET = "It is not said yet on what it rests."
NO_SUPPORT = "It rests on nothing that stands: no study, finding, cell, theme, claim or statement."


class Aspect(StrEnum):
    """What of a thing can change. The codes stand in databases and never change."""

    PRESENCE = "presence"
    INCLUSION = "inclusion"
    REPORTS = "reports"
    SCREENING = "screening"
    CODING = "coding"
    APPRAISAL = "appraisal"
    STUDIES = "studies"
    SERVICES = "services"
    CERTAINTY = "certainty"
    JUDGEMENT = "judgement"
    WORDS = "words"
    VERDICT = "verdict"


THERE, GONE = "there", "gone"
INCLUDED, NOT_INCLUDED = "included", "not included"
NOT_JUDGED = "not judged"

Marks = Mapping[Aspect, str]
"""How a thing stood, by what of it can change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a thing stands now.

    Attributes:
        label: what people call it.
        studies: ids of those behind it.
        certainty: of an outcome or a finding; None where it is not judged.
        is_supported: no, where it is a statement below which nothing stands.
        dated: of several studies behind it, when each was coded or appraised last, by label; the
            mark is the newest of these times.
        names: labels of all studies of the review, by id, by which those that went are named.
    """

    label: str
    marks: Marks
    studies: tuple[int, ...] = ()
    certainty: Certainty | None = None
    is_supported: bool = True
    dated: Mapping[Aspect, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict, compare=False, repr=False)

    def newer(self, aspect: Aspect, before: str) -> tuple[str, ...]:
        """The labels of studies behind it that changed since the mark was kept."""
        return tuple(label for label, at in self.dated.get(aspect, {}).items() if at > before)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSupport:
    """On what a statement rests, with how that stood.

    Attributes:
        label: what people called it then; by it something that is gone can still be named.
        marks: as they were when somebody last looked.
    """

    support: Support
    label: str
    marks: Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something to look at.

    Attributes:
        text: in a sentence.
        support: what changed; None where it is about the whole statement, and lasts until the
            statement itself is changed.
        aspect: what of it changed.
        exchanged: ids of the studies behind it that came or went.
    """

    text: str
    support: Support | None = None
    aspect: Aspect | None = None
    exchanged: frozenset[int] = frozenset()


Standings = Mapping[Support, Standing]


def flags_of(
    conclusion: Conclusion, kept: Mapping[Support, KeptSupport], now: Standings, rule: StrengthRule
) -> tuple[Flag, ...]:
    """All that somebody should look at, before they rely on a statement.

    Args:
        conclusion: the statement.
        kept: how each of its supports stood when somebody last looked.
        now: how everything stands; what is gone has no entry.
        rule: by which strength is given.
    """
    flags = [
        flag
        for support in conclusion.supports
        if support in kept
        for flag in _changes(kept[support], now.get(support))
    ]
    if not any(stands(now.get(support)) for support in conclusion.supports):
        flags.insert(0, Flag(text=NO_SUPPORT if conclusion.supports else NO_SUPPORT_YET))
    over = why_not(rule, conclusion.strength, lowest_certainty(conclusion, now))
    return (*flags, *((Flag(text=over),) if over else ()))


def stands(standing: Standing | None) -> bool:
    """Whether a statement can rest on it: it is there, a study is included, and a statement rests
    on something itself.
    """
    return standing is not None and standing.is_supported and is_there(standing)


def is_there(standing: Standing | None) -> bool:
    """Whether it is there, and a study is included."""
    return standing is not None and standing.marks.get(Aspect.INCLUSION) != NOT_INCLUDED


def lowest_certainty(conclusion: Conclusion, now: Standings) -> Certainty | None:
    """The lowest certainty of the outcomes of a statement; None where it rests on none."""
    return lowest(
        standing.certainty
        for support in conclusion.supports
        if support.kind is SupportKind.OUTCOME and (standing := now.get(support))
    )


def studies_behind(conclusion: Conclusion, now: Standings) -> tuple[int, ...]:
    """Ids of all studies behind a statement, each once."""
    behind = (now[support].studies for support in conclusion.supports if support in now)
    return tuple(dict.fromkeys(study for studies in behind for study in studies))


def marks_of(standing: Standing | None) -> Marks:
    """How a thing stands, to be kept with the statement."""
    if standing is None:
        return {Aspect.PRESENCE: GONE}
    return {**standing.marks, Aspect.PRESENCE: THERE}


def seen(kept: KeptSupport, now: Standing | None, aspects: frozenset[Aspect]) -> KeptSupport:
    """A support of which somebody saw how these aspects of it stand; others are as before."""
    news = marks_of(now)
    if Aspect.PRESENCE in aspects and now is not None:
        return KeptSupport(support=kept.support, label=now.label, marks=news)
    marks = dict(kept.marks) | {each: news[each] for each in aspects if each in news}
    return KeptSupport(support=kept.support, label=kept.label, marks=marks)


def _changes(kept: KeptSupport, now: Standing | None) -> Iterator[Flag]:
    before, after = kept.marks, marks_of(now)
    if before.get(Aspect.PRESENCE) != after[Aspect.PRESENCE]:
        text = _sentence(Aspect.PRESENCE, kept.label, "", after[Aspect.PRESENCE])
        yield Flag(text=text, support=kept.support, aspect=Aspect.PRESENCE)
        return
    if now is None:
        return
    for aspect in Aspect:
        if _is_changed(aspect, before, after):
            yield _change(kept, now, aspect)


def _change(kept: KeptSupport, now: Standing, aspect: Aspect) -> Flag:
    before, after = kept.marks[aspect], now.marks[aspect]
    if aspect is Aspect.STUDIES:
        return Flag(
            text=_studies_sentence(now, before, after),
            support=kept.support,
            aspect=aspect,
            exchanged=studies_mark.exchanged(before, after),
        )
    names = ", ".join(now.newer(aspect, before))
    label = f"{now.label} ({names})" if names else now.label
    text = _sentence(aspect, label, before, after)
    return Flag(text=text, support=kept.support, aspect=aspect)


def _studies_sentence(now: Standing, before: str, after: str) -> str:
    then, new = studies_mark.number_in(before), studies_mark.number_in(after)
    told = (
        f"studies behind it were {then} and are {new} now."
        if then != new
        else f"behind it stand as many studies as before ({new}), but not the same ones."
    )
    return f"{now.label}: {told}{studies_mark.exchange_words(before, after, now.names)}"


def _is_changed(aspect: Aspect, before: Marks, after: Marks) -> bool:
    """Whether it is known of both times, and is another."""
    if aspect not in before or aspect not in after:
        return False
    if aspect is Aspect.REPORTS:
        return not report_marks.is_same(before[aspect], after[aspect])
    if aspect is Aspect.STUDIES:
        return not studies_mark.is_same(before[aspect], after[aspect])
    return before[aspect] != after[aspect]


def _sentence(aspect: Aspect, label: str, before: str, after: str) -> str:
    pattern = _SENTENCES.get((aspect, after)) or _SENTENCES[aspect, ""]
    if aspect is Aspect.REPORTS:
        pattern += report_marks.difference_words(before, after)
    return pattern.replace("{before}", before).replace("{after}", after).replace("{label}", label)


_SENTENCES = {
    (Aspect.PRESENCE, GONE): "{label} is not there any more.",
    (Aspect.PRESENCE, ""): "{label} is there again.",
    (Aspect.INCLUSION, NOT_INCLUDED): "{label} is no longer included.",
    (Aspect.INCLUSION, ""): "{label} is included now.",
    (Aspect.REPORTS, ""): "{label}: its reports changed (linked, taken away, merged or split).",
    (Aspect.SCREENING, ""): "{label}: the newest screening decision on its reports is another.",
    (Aspect.CODING, ""): "{label}: the coding that counts changed.",
    (Aspect.APPRAISAL, ""): "{label}: it was appraised again.",
    (Aspect.SERVICES, ""): "{label}: services behind it were {before} and are {after} now.",
    (Aspect.CERTAINTY, ""): "{label}: certainty was {before} and is {after} now.",
    (Aspect.JUDGEMENT, ""): "{label}: certainty was judged again.",
    (Aspect.WORDS, ""): "{label}: it says something else now.",
    (Aspect.VERDICT, ""): "{label}: whether the cited work supports it was “{before}” and is "
    "“{after}” now.",
}
