"""Services that the documents behind the example name, to be added by whoever wants them."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any

import yaml

from evidence.settings import ROOT
from evidence.steps.desk import Desk
from evidence.steps.practice import services, stated_review
from evidence.synthesis.practice.service import Service

FILE = ROOT / "data" / "founding" / "services.yaml"
_UID = 16  # hexadecimal digits


def not_added(desk: Desk) -> tuple[Service, ...]:
    """Those that the example does not have, nor had and gave away; none for any other review."""
    if stated_review.of_example(desk) is None:
        return ()
    known = {state.service.uid for state in services.history(desk)}
    return tuple(each for each in named_services() if each.uid not in known)


@cache
def named_services() -> tuple[Service, ...]:
    """All of them, each with document and place in its note, and the same uid each time."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(_service(each, content["documents"]) for each in content["services"])


def _service(entry: Mapping[str, str], documents: Mapping[str, Any]) -> Service:
    where = f"{documents[entry['source']]['title']}, {entry['place']}"
    key = f"{entry['provider']} {entry['area']} {entry['name']}"
    return Service(
        uid=sha256(key.encode()).hexdigest()[:_UID],
        name=entry["name"],
        area=entry["area"],
        provider=entry["provider"],
        note=f"{entry['said']} ({where})",
    )
