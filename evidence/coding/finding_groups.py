"""Findings of all coders of a study, grouped: in each group, what is one finding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from evidence.coding.finding_matching import match

Member = tuple[int, str]  # a coding, and the uid of one of its findings
Findings = Mapping[int, Mapping[str, Mapping[str, str]]]  # fields, by coding and uid


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """Findings that are one, or a finding that only one coder has.

    Attributes:
        key: the uid of the agreed finding that comes of it; it stays when a coder takes a member
            away.
        members: at most one of each coding, unless people said so, in the order of the codings.
        by_hand: people said that these are one, or that this one has no partner.
        likeness: how like they are, from 0 to 1, where they were matched.
        is_swapped: one's intervention group is the other's comparison group.
        maybe_part_of: the key of a group that has a finding like this one; "" for none.
    """

    key: str
    members: tuple[Member, ...]
    by_hand: bool = False
    likeness: float = 0.0
    is_swapped: bool = False
    maybe_part_of: str = ""


def key_of(member: Member) -> str:
    """The uid of an agreed finding that comes of a group beginning with this member."""
    coding_id, uid = member
    return blake2b(f"{coding_id} {uid}".encode(), digest_size=10).hexdigest()


def group(
    findings: Findings,
    by_hand: Mapping[str, Sequence[Member]] | None = None,
    time_points: Mapping[str, str] | None = None,
) -> tuple[FindingGroup, ...]:
    """Group the findings of several codings of a study.

    Args:
        findings: by coding and uid, the fields of each finding, in their order.
        by_hand: groups that people made, by their keys; what is not there any more is left out.
        time_points: labels of the study's time points by uid.
    """
    said = _by_hand(findings, by_hand or {})
    groups = [FindingGroup(key=key, members=said[key], by_hand=True) for key in said]
    taken = {member for members in said.values() for member in members}
    matched: list[FindingGroup] = []
    for coding_id, of_coding in findings.items():
        rest = {uid: of_coding[uid] for uid in of_coding if (coding_id, uid) not in taken}
        matched = _joined(findings, matched, coding_id, rest, time_points)
    leads = {key_of(member): one.key for one in (*groups, *matched) for member in one.members}
    matched = [
        replace(one, maybe_part_of=leads[one.maybe_part_of] if len(one.members) == 1 else "")
        if one.maybe_part_of
        else one
        for one in matched
    ]
    members = [(coding_id, uid) for coding_id, of_coding in findings.items() for uid in of_coding]
    place = {member: number for number, member in enumerate(members)}
    return tuple(sorted((*groups, *matched), key=lambda one: place[one.members[0]]))


def _by_hand(
    findings: Findings, by_hand: Mapping[str, Sequence[Member]]
) -> dict[str, tuple[Member, ...]]:
    """The groups that people made, of what is still there, in the order of the codings."""
    order = {coding_id: number for number, coding_id in enumerate(findings)}
    standing = {
        key: [member for member in members if member[1] in findings.get(member[0], {})]
        for key, members in by_hand.items()
    }
    return {
        key: tuple(sorted(members, key=lambda member: order[member[0]]))
        for key, members in standing.items()
        if members
    }


def _joined(
    findings: Findings,
    groups: Sequence[FindingGroup],
    coding_id: int,
    rest: Mapping[str, Mapping[str, str]],
    time_points: Mapping[str, str] | None,
) -> list[FindingGroup]:
    """The groups with the findings of one more coding; the first of a group stands for it."""
    first = [findings[one.members[0][0]][one.members[0][1]] for one in groups]
    members = [(coding_id, uid) for uid in rest]
    joined: list[FindingGroup] = []
    for pair in match(first, list(rest.values()), time_points):
        near = pair.maybe_part_of
        if pair.left is not None and pair.right is not None:
            before = groups[pair.left]
            alone = len(before.members) == 1
            joined.append(
                replace(
                    before,
                    members=(*before.members, members[pair.right]),
                    likeness=pair.likeness if alone else min(before.likeness, pair.likeness),
                    is_swapped=before.is_swapped or pair.is_swapped,
                )
            )
        elif pair.left is not None:
            before = groups[pair.left]
            part_of = before.maybe_part_of or ("" if near is None else key_of(members[near]))
            joined.append(replace(before, maybe_part_of=part_of))
        elif pair.right is not None:
            part_of = "" if near is None else groups[near].key
            alone_key = key_of(members[pair.right])
            joined.append(
                FindingGroup(key=alone_key, members=(members[pair.right],), maybe_part_of=part_of)
            )
    return joined
