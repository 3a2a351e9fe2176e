"""Small exports of EPPI-Reviewer, made by hand; everything in them is invented."""

import json
from typing import Any

Object = dict[str, Any]

STANDARD = {"SetTypeName": "Standard", "SetTypeDescription": ""}


def code(
    number: int, name: str, kind: str = "Selectable (show checkbox)", *below: Object
) -> Object:
    made: Object = {"AttributeId": number, "AttributeName": name, "AttributeType": kind}
    return made | ({"Attributes": {"AttributesList": list(below)}} if below else {})


def code_set(name: str, *codes: Object, **more: Any) -> Object:
    made: Object = {"SetName": name, "SetId": 900, "ReviewSetId": 901, "SetType": STANDARD}
    return made | {"Attributes": {"AttributesList": list(codes)}} | more


def applied(number: Any, note: str = "", arm: int = 0, title: str = "", **more: Any) -> Object:
    made: Object = {"AttributeId": number, "AdditionalText": note, "ArmId": arm, "ArmTitle": title}
    return made | more


def highlight(text: str, **more: Any) -> Object:
    made: Object = {"ItemDocumentId": 7, "TextFrom": 0, "TextTo": 0, "Text": text}
    return made | {"IsFromPDF": True, "DocTitle": "Garden.pdf", "ItemArm": ""} | more


def reference(number: int = 1, *codes: Any, **more: Any) -> Object:
    made: Object = {"ItemId": number, "Title": f"Study {number}", "Authors": "Roe Ann; Doe B ; "}
    return made | {"Year": "2020", "TypeName": "Journal, Article", "Codes": list(codes)} | more


def outcome(number: int = 1, kind: int = 1, data: tuple[Any, ...] = (), **more: Any) -> Object:
    numbers = {f"Data{place}": value for place, value in enumerate(data, 1)}
    return {"OutcomeId": number, "OutcomeTypeId": kind, "Title": "Wellbeing"} | numbers | more


def report(sets: Any, references: Any) -> Object:
    return {"CodeSets": sets, "References": references}


def as_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


SETTING = code_set("Setting", code(1, "City"), code(2, "Country"))
"""A set with two codes."""


def page(**constants: Any) -> bytes:
    """A page as EPPI-Mapper writes one."""
    lines = "\n".join(
        f"  const {name} = {json.dumps(value)};\n" for name, value in constants.items()
    )
    return f"<!DOCTYPE html>\n<html><script>var w = 1;\n{lines}</script></html>".encode()
