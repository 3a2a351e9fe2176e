"""Answers and findings of several codings of a study, place by place, with what was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.coding.answer_rows import gather
from evidence.coding.answers import Answer, is_applicable
from evidence.coding.finding_groups import FindingGroup, group
from evidence.coding.reconciling import Compared, compare, rows_taken
from evidence.coding.scheme import Of, Scheme
from evidence.errors import Invalid
from evidence.steps.coding.schemes import TakenScheme
from evidence.store.coding.agreed_codings import Chosen, HowAgreed
from evidence.store.coding.codings import Coding, StoredFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question and arm of which a coding says something, with what was chosen.

    Attributes:
        compared: what each coding says.
        is_asked: whether what is agreed so far calls for the question.
        chosen: the newest choice; one that was taken back has how OPEN. None before the first.
        has_changed: what was taken is not what its coding says by now.
    """

    compared: Compared
    is_asked: bool
    chosen: Chosen | None
    has_changed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something is still to be chosen."""
        is_chosen = self.chosen is not None and self.chosen.how is not HowAgreed.OPEN
        return self.is_asked and (self.has_changed or not is_chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingItem:
    """Findings that are one, with what was chosen.

    Attributes:
        fields: of each member, in the order of the group.
        differing: the fields of which the members say different things.
        agreed: the finding that was chosen, as it stands; None where there is none.
        has_changed: what was taken is not what its coding says by now.
    """

    group: FindingGroup
    fields: tuple[Mapping[str, str], ...]
    differing: tuple[str, ...]
    chosen: Chosen | None
    agreed: StoredFinding | None
    has_changed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something is still to be chosen."""
        closed = {HowAgreed.TAKEN, HowAgreed.OTHER, HowAgreed.DROPPED}
        return self.has_changed or self.chosen is None or self.chosen.how not in closed


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAtOnce:
    """Answers on which all agreed, and that somebody took with one press.

    Attributes:
        client_id: of the message that took them.
        person: who took them.
        places: the question and arm of each, also of those that were chosen anew since.
    """

    client_id: str
    person: str
    places: tuple[tuple[str, str], ...]


def id_at_once(client_id: str, number: int) -> str:
    """The id of the n-th choice of a message that makes several; the first has that of the message,
    so that the message is known when it comes again.
    """
    return f"{client_id}-{number}" if number else client_id


def act_of(client_id: str) -> str:
    """The id of the message that made a choice, if it made several and this is not the first."""
    act, _, number = client_id.rpartition("-")
    return act if number.isdecimal() else ""


def taken_at_once(history: Sequence[Chosen]) -> TakenAtOnce | None:
    """The newest act that took several answers at once and of which one still stands.

    Args:
        history: all that was chosen in a study, the oldest first.
    """
    acts: dict[str, list[Chosen]] = {}
    standing: dict[tuple[str, str], str] = {}
    for one in history:
        if one.question:
            act = act_of(one.client_id)
            acts.setdefault(act if act in acts else one.client_id, []).append(one)
            standing[one.question, one.arm] = one.client_id
    for act, of_act in reversed(acts.items()):
        stands = any(standing[one.question, one.arm] == one.client_id for one in of_act)
        if len(of_act) > 1 and of_act[0].how is HowAgreed.TAKEN and stands:
            places = tuple((one.question, one.arm) for one in of_act)
            return TakenAtOnce(client_id=act, person=of_act[0].person, places=places)
    return None


def items_of(
    taken: TakenScheme,
    both: Sequence[Coding],
    agreed: Coding | None,
    chosen: Mapping[tuple[str, str, str], Chosen],
    arm_uids: Sequence[str],
) -> tuple[Item, ...]:
    """The answers of several codings beside each other, with what was chosen.

    Args:
        taken: the scheme, as it is asked now.
        both: the codings.
        agreed: what they came to so far; None before the first choice.
        chosen: the newest choice of each (question, arm, finding).
        arm_uids: of the study's arms.
    """
    scheme = taken.scheme
    answers = gather(agreed.rows, scheme) if agreed else ()
    agreed_on = {name for (name, _, _), one in chosen.items() if one.how is not HowAgreed.OPEN}
    items = []
    for compared in compare(
        scheme, [one.rows for one in both], _also_listed(scheme, answers, chosen, arm_uids)
    ):
        asked = scheme.question(compared.question)
        # What depends on an answer that is not agreed yet is asked as far as anybody answered it.
        is_asked = (
            asked is None
            or asked.when is None
            or asked.when.question not in agreed_on
            or is_applicable(asked, scheme, answers)
        )
        items.append(
            Item(
                compared=compared,
                is_asked=is_asked,
                chosen=chosen.get((compared.question, compared.arm, "")),
                has_changed=_answer_has_changed(scheme, compared, both, agreed, chosen),
            )
        )
    return tuple(items)


def _also_listed(
    scheme: Scheme,
    answers: Sequence[Answer],
    chosen: Mapping[tuple[str, str, str], Chosen],
    arm_uids: Sequence[str],
) -> list[tuple[str, str]]:
    """Questions and arms of which perhaps no coding says anything: what something was chosen of,
    and what must be answered for the agreed coding to be complete.
    """
    agreed_on = {name for (name, _, _), one in chosen.items() if one.how is not HowAgreed.OPEN}
    places = [(name, arm) for name, arm, uid in chosen if name and not uid]
    for question in scheme.questions:
        if question.of is not Of.STUDY or not question.required:
            continue
        when = question.when
        if when is not None and when.question not in agreed_on:
            continue
        if is_applicable(question, scheme, answers):
            asked_arms = arm_uids if question.per_arm and arm_uids else [""]
            places += [(question.id, arm) for arm in asked_arms]
    return places


def findings_of(
    both: Sequence[Coding],
    chosen: Mapping[tuple[str, str, str], Chosen],
    stored: Mapping[str, StoredFinding],
    labels: Mapping[str, str],
) -> tuple[FindingItem, ...]:
    """The findings of several codings in groups, with what was chosen.

    Args:
        both: the codings.
        chosen: the newest choice of each (question, arm, finding).
        stored: the agreed findings by uid, also those that were taken away.
        labels: of the study's time points by uid.
    """
    fields = {one.id: {each.uid: each.fields for each in one.findings} for one in both}
    of_findings = {uid: one for (_, _, uid), one in chosen.items() if uid}
    by_hand = {
        key: [(source.coding_id, source.finding) for source in one.sources]
        for key, one in of_findings.items()
        if one.how is not HowAgreed.OPEN
    }
    found = []
    for one in group(fields, by_hand, labels):
        members = tuple(fields[coding_id][uid] for coding_id, uid in one.members)
        agreed, choice = stored.get(one.key), of_findings.get(one.key)
        stands = None if agreed is None or agreed.removed else agreed
        found.append(
            FindingItem(
                group=one,
                fields=members,
                differing=_differing(members),
                chosen=choice,
                agreed=stands,
                has_changed=_finding_has_changed(fields, choice, stands),
            )
        )
    return tuple(found)


def _answer_has_changed(
    scheme: Scheme,
    compared: Compared,
    both: Sequence[Coding],
    agreed: Coding | None,
    chosen: Mapping[tuple[str, str, str], Chosen],
) -> bool:
    """Whether the codings from which an answer was taken say something else by now."""
    choice = chosen.get((compared.question, compared.arm, ""))
    if choice is None or choice.how is not HowAgreed.TAKEN or agreed is None:
        return False
    sources = {source.coding_id for source in choice.sources}
    rows = [one.rows for one in both if one.id in sources]
    stands = compare(scheme, [agreed.rows], [(compared.question, compared.arm)])
    (now,) = (one.said[0] for one in stands
              if (one.question, one.arm) == (compared.question, compared.arm))  # fmt: skip
    try:
        taken = rows_taken(scheme, compared.question, compared.arm, rows)
    except Invalid:  # they said the same, and do not any more
        return True
    then = {row.code for row in taken if row.code and row.chosen}
    value = next((row.value for row in taken if not row.code), "")
    return then != set(now.codes) or value != now.value


def _finding_has_changed(
    fields: Mapping[int, Mapping[str, Mapping[str, str]]],
    choice: Chosen | None,
    agreed: StoredFinding | None,
) -> bool:
    """Whether the finding that was taken says something else by now, or is gone."""
    if choice is None or choice.how is not HowAgreed.TAKEN or agreed is None:
        return False
    lead = choice.sources[0]
    now = fields.get(lead.coding_id, {}).get(lead.finding)
    return now is None or {n: text for n, text in now.items() if text} != dict(agreed.fields)


def _differing(members: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    names = dict.fromkeys(name for fields in members for name in fields if name != "position")
    return tuple(
        name for name in names if len({fields.get(name, "").strip() for fields in members}) > 1
    )
