"""What the reconciling page shows: codings of a study beside each other, as JSON takes them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from evidence.coding.finding_effects import computed_of
from evidence.coding.reconciling import Said
from evidence.steps.coding import desk_sheet
from evidence.steps.coding.reconcile import reconciling
from evidence.steps.coding.reconcile.reconciling import ReconcilingSheet
from evidence.steps.coding.reconcile.reconciling_places import FindingItem, Item
from evidence.steps.desk import Desk
from evidence.store import Store
from evidence.store.coding import scheme_places
from evidence.store.coding.agreed_codings import Chosen, HowAgreed
from evidence.store.coding.quotations import Quotation


def sheet_for(store: Store, person_id: int, study_id: int, scheme_id: int) -> dict[str, Any]:
    """The codings of a study beside each other, for the people of its review.

    Raises:
        NotFound: there is no such study or scheme.
        NotAllowed: the person is not in the team, or may not see the codings yet.
        Invalid: fewer than two people coded it.
    """
    with store.reading_outside() as c:
        review_id = scheme_places.review_of_study(c, study_id)
    return sheet_data(desk_sheet.desk_of_team(store, person_id, review_id), study_id, scheme_id)


def sheet_data(desk: Desk, study_id: int, scheme_id: int) -> dict[str, Any]:
    """The same, at a desk.

    Of each coding what it says, with notes and quotations; of each answer and finding what was
    chosen, and the `seen` that a page has to send back when it chooses anew.
    """
    own = reconciling.sheet(desk, study_id, scheme_id)
    agreed = own.agreed
    return {
        "study": desk_sheet.study_data(desk, own.study),
        "scheme_id": own.taken.id,
        "version_id": own.taken.version.id,
        "coders": [{"coding_id": one.id, "person": one.person} for one in own.codings],
        "state": agreed.state if agreed else "none",
        "is_stale": own.is_stale,
        "seen": own.seen,
        "gone": [dict(one.fields) for one in own.gone],
        "open": own.open,
        "arms": [{"uid": arm.uid, "label": arm.label, "people": arm.people} for arm in own.arms]
        + [{"uid": one.uid, "label": one.label, "people": ""} for one in own.judged],
        "time_points": [{"uid": point.uid, "label": point.label} for point in own.time_points],
        "at_once": asdict(own.at_once) if own.at_once else None,
        "items": [_item(own, one) for one in own.items],
        "findings": [_finding(own, one) for one in own.findings],
    }


def _item(own: ReconcilingSheet, item: Item) -> dict[str, Any]:
    compared = item.compared
    at = (compared.question, compared.arm)
    return {
        "question": compared.question,
        "arm": compared.arm,
        "agrees": compared.agrees,
        "is_asked": item.is_asked,
        "has_changed": item.has_changed,
        "said": [
            _said(said) | {"quotations": _quoted(own, one.id, at)}
            for said, one in zip(compared.said, own.codings, strict=True)
        ],
        "now": _now(own, at),
        **_chosen(item.chosen),
    }


def _said(said: Said) -> dict[str, Any]:
    return {"codes": list(said.codes), "value": said.value, "notes": dict(said.notes)}


def _now(own: ReconcilingSheet, at: tuple[str, str]) -> dict[str, Any]:
    """What the agreed coding says."""
    rows = own.agreed.rows if own.agreed else ()
    here = [row for row in rows if (row.question, row.arm) == at]
    return {
        "codes": [row.code for row in here if row.code and row.chosen],
        "value": next((row.value for row in here if not row.code), ""),
        "notes": {row.code: row.note for row in here if row.note.strip()},
    }


def _finding(own: ReconcilingSheet, item: FindingItem) -> dict[str, Any]:
    group = item.group
    return {
        "key": group.key,
        "members": [
            {
                "coding_id": coding_id,
                "uid": uid,
                "fields": dict(fields),
                "quotations": _quoted(own, coding_id, uid),
                "effect": computed_of(fields, own.taken.scheme).effect,
            }
            for (coding_id, uid), fields in zip(group.members, item.fields, strict=True)
        ],
        "likeness": round(group.likeness, 2),
        "by_hand": group.by_hand,
        "is_swapped": group.is_swapped,
        "maybe_part_of": group.maybe_part_of,
        "differing": list(item.differing),
        "has_changed": item.has_changed,
        "now": dict(item.agreed.fields) if item.agreed else None,
        "faults": _faults(own, item),
        **_chosen(item.chosen),
    }


def _faults(own: ReconcilingSheet, item: FindingItem) -> list[str]:
    """What is wrong with the numbers of an agreed finding, and keeps the study from completing."""
    if item.agreed is None:
        return []
    return [fault.sentence for fault in computed_of(item.agreed.fields, own.taken.scheme).faults]


def _chosen(chosen: Chosen | None) -> dict[str, Any]:
    seen = chosen.client_id if chosen else ""
    if chosen is None or chosen.how is HowAgreed.OPEN:
        return {"seen": seen, "chosen": None}
    return {
        "seen": seen,
        "chosen": {
            "how": chosen.how.value,
            "sources": [[source.coding_id, source.finding] for source in chosen.sources],
            "note": chosen.note,
            "person": chosen.person,
            "at": chosen.at.isoformat() if chosen.at else "",
        },
    }


def _quoted(
    own: ReconcilingSheet, coding_id: int, at: tuple[str, str] | str
) -> list[dict[str, Any]]:
    """The quotations of a coding on an answer (its question and arm), or on a finding (its uid)."""
    quoted: Sequence[Quotation] = own.quoted.get(coding_id, ())
    return [desk_sheet.quotation_data(one) for one in quoted if _is_on(one, at)]


def _is_on(quoted: Quotation, at: tuple[str, str] | str) -> bool:
    if isinstance(at, str):
        return quoted.place is None and quoted.finding_uid == at
    return quoted.place is not None and (quoted.place.question, quoted.place.arm) == at
