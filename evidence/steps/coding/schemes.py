"""The coding schemes of a review, and those that lie ready to be taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from evidence.coding.read_scheme import load
from evidence.coding.scheme import Axis, Judges, Purpose, Rule, Scheme, Take
from evidence.coding.scheme_differences import Difference, differences
from evidence.coding.scheme_edits import Place, places
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid, InvalidScheme
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.store import Role, Write
from evidence.store.area_versions import Area
from evidence.store.coding import scheme_use, schemes
from evidence.store.coding.scheme_use import Use
from evidence.store.coding.schemes import SchemeVersion

PASSED = (
    "{by} kept another version of this scheme meanwhile, so yours was not taken over it. Look at "
    "what yours changes of it, then take it again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeFile:
    """A scheme in the folder of schemes; `fault` says why it cannot be used."""

    file: str
    yaml: str
    scheme: Scheme | None
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenScheme:
    """A scheme that the review codes with, in its newest version.

    Attributes:
        id: of the lineage, on which codings hang.
    """

    id: int
    version: SchemeVersion
    scheme: Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a new version of a scheme changes, and how much was coded there already.

    Attributes:
        difference: of the versions, at one place.
        use: of the place, in the codings that the person may see.
        unseen: how many codings with the scheme they may not see; whether these rest on the place
            is not told, as that would tell what a colleague chose.
    """

    difference: Difference
    use: Use
    unseen: int = 0


def files(settings: Settings) -> list[SchemeFile]:
    """The schemes that lie ready: first those on which maps can rest, those about services last,
    then by file name.
    """
    read_files = [_read_file(path) for path in sorted(Path(settings.schemes).glob("*.y*ml"))]
    return sorted(read_files, key=_place)


def add(desk: Desk, yaml: str, name: str, seen: int | None = None) -> int:
    """Code the review with this scheme, too, or with this version of one; gives its id.

    What was coded with an earlier version stays. The same text again changes nothing.

    Args:
        desk: of who takes it.
        yaml: the text.
        name: of the file, for what is wrong with it.
        seen: the newest version of the scheme that was shown to who takes it; None where the
            review had no scheme of this id.

    Raises:
        InvalidScheme: with every fault.
        Invalid: there is another version by now, which nobody may go over unseen.
    """
    scheme = read(yaml, name)
    with desk.writing(Role.EDITOR, areas=Area.CODING | Area.RESULTS) as w:
        newest = schemes.newest_named(w.connection, desk.review_id, scheme.id)
        if newest is not None and newest.yaml != yaml and newest.id != seen:
            raise Invalid(PASSED.format(by=newest.by))
        return schemes.add(w, scheme.id, scheme.version, yaml)


def version_of(desk: Desk, yaml: str, name: str) -> int | None:
    """The newest version of the scheme of the same id; None where the review has none.

    Raises:
        InvalidScheme: with every fault.
    """
    with desk.reading() as c:
        newest = schemes.newest_named(c, desk.review_id, read(yaml, name).id)
    return newest.id if newest else None


def effects_of(desk: Desk, yaml: str, name: str) -> tuple[Effect, ...]:
    """What taking this text would change in the scheme of the same id; nothing where it is new.

    Nothing is kept. What was coded is counted over the codings that the person may see, place by
    place, and over the others in one number. No answer is dropped, whatever is retired.

    Raises:
        InvalidScheme: with every fault.
        NotAllowed: the person may not change schemes.
    """
    desk.require(Role.EDITOR)
    newer = read(yaml, name)
    older = next((each for each in taken(desk) if each.scheme.id == newer.id), None)
    if older is None:
        return ()
    found = differences(older.scheme, newer)
    if not found:
        return ()
    axes = ((axis, question) for axis in Axis for question in older.scheme.axis(axis))
    on_axis = {(axis, o.id): question.id for axis, question in axes for o in question.walk()}
    with desk.reading() as c:
        places = {(each.question, each.code) for each in found}
        used = scheme_use.of_places(c, older.id, desk.person_id, on_axis, places)
        unseen = scheme_use.unseen(c, older.id, desk.person_id)
    return tuple(
        Effect(difference=each, use=used.get((each.question, each.code), Use()), unseen=unseen)
        for each in found
    )


def choose_rule(desk: Desk, scheme_id: int, question_id: str, take: Take) -> None:
    """Let an overall judgement follow from the others by another rule: a new version of the scheme.

    Judgements that were made stay as they are.

    Raises:
        NotFound: the review has no such scheme.
        Invalid: the question has no rule.
    """
    with desk.writing(Role.EDITOR, areas=Area.CODING | Area.RESULTS) as w:
        now = newest_in(w, scheme_id, {})
        ruled = _ruled(now.scheme, question_id, take)
        if ruled != now.scheme:
            schemes.add(w, now.version.name, ruled.version, as_yaml(ruled))


def taken(desk: Desk) -> list[TakenScheme]:
    """The schemes of the review, in the order in which it took them."""
    with desk.reading() as c:
        newest = schemes.newest(c, desk.review_id)
    return [_taken(version) for version in newest]


def of_studies(desk: Desk) -> list[TakenScheme]:
    """Those of them with which studies, their findings or reviews among them are coded."""
    return [each for each in taken(desk) if not each.scheme.is_about_services]


def of_services(desk: Desk) -> list[TakenScheme]:
    """Those of them that ask about services."""
    return [each for each in taken(desk) if each.scheme.is_about_services]


def questionnaires(desk: Desk) -> list[TakenScheme]:
    """Those of them with which services say what they do, in the order in which it took them."""
    return [each for each in taken(desk) if each.scheme.is_questionnaire]


def get(desk: Desk, scheme_id: int) -> TakenScheme:
    """A scheme of the review; raises NotFound where it has none of this number."""
    with desk.reading() as c:
        return _taken(schemes.newest_of(c, desk.review_id, scheme_id))


def get_or_begun(desk: Desk, scheme_id: int) -> TakenScheme:
    """A scheme of the review, also one that is only begun; raises NotFound."""
    with desk.reading() as c:
        return _taken(schemes.newest_or_begun(c, desk.review_id, scheme_id))


def get_version(desk: Desk, version_id: int) -> TakenScheme:
    """A scheme as it was in this version; raises NotFound where the review has none such."""
    with desk.reading() as c:
        return _taken(schemes.get_version(c, desk.review_id, version_id))


def newest_in(write: Write, scheme_id: int, known: Mapping[int, TakenScheme]) -> TakenScheme:
    """A scheme in its newest version, as it stands in this transaction.

    Args:
        write: on the review that has it.
        scheme_id: of the scheme.
        known: versions that were read already, by their ids.

    Raises:
        NotFound: the review has none of this number.
    """
    newest_id = schemes.newest_id(write.connection, write.review_id, scheme_id)
    if newest_id in known:
        return known[newest_id]
    return _taken(schemes.get_version(write.connection, write.review_id, newest_id))


def versions(desk: Desk, scheme_id: int) -> list[SchemeVersion]:
    """All versions of a scheme, the newest first."""
    with desk.reading() as c:
        return schemes.versions(c, desk.review_id, scheme_id)


def before(desk: Desk, taken: TakenScheme) -> list[TakenScheme]:
    """The versions of a scheme that the review took before this one, the newest first."""
    older = (each for each in versions(desk, taken.id) if each.id < taken.version.id)
    return [_taken(version) for version in older]


def was_taken(desk: Desk, scheme_id: int, scheme: Scheme) -> bool:
    """Whether the review has, or had before it changed it, this scheme as it is here."""
    return any(read(each.yaml, each.name) == scheme for each in versions(desk, scheme_id))


def used_places(desk: Desk, scheme_id: int) -> frozenset[Place]:
    """All ids of questions and options that any version of a scheme has or had."""
    each = (places(read(version.yaml, version.name)) for version in versions(desk, scheme_id))
    return frozenset(place for of_version in each for place in of_version)


def of_results(desk: Desk) -> TakenScheme | None:
    """The scheme on which maps, tables and plots rest: the first that was taken for coding."""
    return first_for_coding(taken(desk))


def of_map(desk: Desk) -> list[TakenScheme]:
    """The schemes whose codes a map can show: first the one on which results rest, then the others
    by which studies, or the reviews among them, are coded or appraised; empty without the first.
    """
    all_taken = of_studies(desk)
    first = first_for_coding(all_taken)
    others = [
        each
        for each in all_taken
        if each.scheme.purpose in (Purpose.CODING, Purpose.APPRAISAL)
        and each.scheme.judges in (Judges.STUDY, Judges.REVIEW)
        and each is not first
    ]
    return [first, *others] if first else []


def first_for_coding(all_taken: Iterable[TakenScheme]) -> TakenScheme | None:
    """Of the schemes of a review, the one on which results rest."""
    coding = (each for each in all_taken if each.scheme.purpose is Purpose.CODING)
    return next((each for each in coding if not each.scheme.is_about_services), None)


def read(yaml: str, name: str) -> Scheme:
    """A scheme from its text; reading is pure, so the same text is read once, also a faulty one.

    Raises:
        InvalidScheme: with its faults.
    """
    outcome = _outcome(yaml, name)
    if isinstance(outcome, InvalidScheme):
        raise InvalidScheme(outcome.faults, outcome.more)
    return outcome


@lru_cache(maxsize=32)
def _outcome(yaml: str, name: str) -> Scheme | InvalidScheme:
    try:
        return load(yaml, name)
    except InvalidScheme as error:
        return error.with_traceback(None)


def _ruled(scheme: Scheme, question_id: str, take: Take) -> Scheme:
    """The scheme with another rule for one overall judgement."""
    question = scheme.question(question_id)
    if question is None or question.rule is None:
        raise Invalid(f"The scheme has no overall judgement {question_id}.")
    ruled = replace(question, rule=Rule(take=take, of=question.rule.of))
    sections = tuple(
        replace(s, questions=tuple(ruled if q.id == question_id else q for q in s.questions))
        for s in scheme.sections
    )
    return replace(scheme, sections=sections)


def _place(ready: SchemeFile) -> tuple[bool, bool]:
    is_about_services = ready.scheme is not None and ready.scheme.is_about_services
    return is_about_services, not _has_findings(ready.scheme)


def _has_findings(scheme: Scheme | None) -> bool:
    return scheme is not None and any(scheme.axis(axis) for axis in Axis)


def taken_version(version: SchemeVersion) -> TakenScheme:
    """A version of a scheme, read."""
    return _taken(version)


def _taken(version: SchemeVersion) -> TakenScheme:
    scheme = read(version.yaml, version.name)
    return TakenScheme(id=version.scheme_id, version=version, scheme=scheme)


def _read_file(path: Path) -> SchemeFile:
    yaml = path.read_text(encoding="utf-8")
    try:
        return SchemeFile(file=path.name, yaml=yaml, scheme=read(yaml, path.name))
    except Invalid as error:
        return SchemeFile(file=path.name, yaml=yaml, scheme=None, fault=str(error))
