"""Read a commissioning framework from YAML or a table, or say everything that is wrong with it."""

from dataclasses import fields
from decimal import Decimal, InvalidOperation

import yaml

from evidence.coding.yaml_reader import MAX_HELP, YamlReader
from evidence.errors import Invalid
from evidence.synthesis.practice.framework import (
    PRODUCTS,
    ROWS,
    Base,
    CaseloadLimit,
    Counted,
    Framework,
    FrameworkComparison,
    FrameworkQuestions,
    FrameworkService,
    PartyProducts,
    ServiceElement,
    SuggestedLevel,
)

SHOWN = 12  # faults in one message
_FRAMEWORK = {
    "title": True,
    "source": True,
    "place": True,
    "questions": False,
    "services": True,
    "caseloads": False,
    "comparisons": False,
    "complete_service": False,
    "products": False,
}
_TEXT_ROWS = ("provision", "people")
_QUESTIONS = dict.fromkeys((each.name for each in fields(FrameworkQuestions)), False)
_SERVICE = {"kind": True, "name": True, **dict.fromkeys(ROWS, False)}
_SERVICE |= {"level": True, "is_caseload_bounded": False}
_LEVEL = {"of": True, "per": True, "least": True, "most": False}
_CASELOAD = {"version": True, "most": True, "source": True}
_COMPARISON = {"text": True, "answers": False, "question": False, "least": False}
_COMPLETE = {"source": True, "place": True, "elements": True, "agreements": False}
_PRODUCTS = {"source": True, "place": True, "parties": True}
_PARTY = {"name": True, "answer": True, **dict.fromkeys(PRODUCTS, False)}


def read_framework(text: str, name: str) -> Framework:
    """The framework of a file.

    Raises:
        Invalid: with the faults, each with file and line.
    """
    reader = YamlReader(name)
    return framework_of(reader, reader.open(text))


def framework_of(reader: YamlReader, root: yaml.Node | None) -> Framework:
    """The framework of a tree of nodes; raises Invalid with the faults."""
    read = None if root is None else _framework(reader, root)
    faults = reader.listed()
    if read is None or faults:
        more = f"\n… and {len(faults) - SHOWN} more." if len(faults) > SHOWN else ""
        raise Invalid("\n".join(faults[:SHOWN]) + more)
    return read


def _framework(reader: YamlReader, root: yaml.Node) -> Framework:
    values = reader.fields(root, "a framework", _FRAMEWORK)
    complete = _part(reader, values, "complete_service", _COMPLETE)
    products = _part(reader, values, "products", _PRODUCTS)
    asked = _part(reader, values, "questions", _QUESTIONS)
    services = tuple(
        _service(reader, node) for node in reader.items(values.get("services"), "services")
    )
    _refuse_twice(reader, values.get("services"), "kind")
    _refuse_twice(reader, values.get("caseloads"), "version")
    _refuse_twice(reader, values.get("comparisons"), "text")
    return Framework(
        title=reader.text(values.get("title"), "title"),
        source=reader.text(values.get("source"), "source"),
        place=reader.text(values.get("place"), "place"),
        services=services,
        caseloads=tuple(
            _caseload(reader, node) for node in reader.items(values.get("caseloads"), "caseloads")
        ),
        comparisons=tuple(
            _comparison(reader, node)
            for node in reader.items(values.get("comparisons"), "comparisons")
        ),
        complete_source=reader.text(complete.get("source"), "source"),
        complete_place=reader.text(complete.get("place"), "place"),
        elements=tuple(
            _element(reader, node) for node in reader.items(complete.get("elements"), "elements")
        ),
        agreements=_texts(reader, complete.get("agreements"), "agreements"),
        products_source=reader.text(products.get("source"), "source"),
        products_place=reader.text(products.get("place"), "place"),
        parties=tuple(
            _party(reader, node) for node in reader.items(products.get("parties"), "parties")
        ),
        asked=FrameworkQuestions(**{key: reader.text(node, key) for key, node in asked.items()}),
    )


def _refuse_twice(reader: YamlReader, parts: yaml.Node | None, key: str) -> None:
    """Two entries of one id could not be told apart."""
    seen: set[str] = set()
    for part in parts.value if isinstance(parts, yaml.SequenceNode) else ():
        pairs = part.value if isinstance(part, yaml.MappingNode) else ()
        ids = [each for name, each in pairs if name.value == key]
        for node in ids:
            if str(node.value) in seen:
                reader.fault(node, f"“{str(node.value)[:40]}” is there twice as “{key}”; keep one.")
            seen.add(str(node.value))


def _part(
    reader: YamlReader, values: dict[str, yaml.Node], key: str, keys: dict[str, bool]
) -> dict[str, yaml.Node]:
    node = values.get(key)
    return {} if node is None else reader.fields(node, f"“{key}”", keys)


def _texts(reader: YamlReader, node: yaml.Node | None, key: str) -> tuple[str, ...]:
    return tuple(reader.text(each, key, MAX_HELP) for each in reader.items(node, key))


def _service(reader: YamlReader, node: yaml.Node) -> FrameworkService:
    values = reader.fields(node, "a service of a framework", _SERVICE)
    bounded = reader.word(values.get("is_caseload_bounded"), "is_caseload_bounded", ("yes", "no"))
    return FrameworkService(
        kind=reader.text(values.get("kind"), "kind"),
        name=reader.text(values.get("name"), "name"),
        rows={key: _row(reader, values.get(key), key) for key in ROWS},
        level=_level(reader, values.get("level"), node),
        is_caseload_bounded=bounded == "yes",
    )


def _row(reader: YamlReader, node: yaml.Node | None, key: str) -> tuple[str, ...]:
    """What stands in a row; a row of one text may be empty, as in the source."""
    if node is None:
        return ()
    if key not in _TEXT_ROWS:
        return _texts(reader, node, key)
    if isinstance(node, yaml.ScalarNode) and not node.value.strip():
        return ()
    return (reader.text(node, key),)


def _level(reader: YamlReader, node: yaml.Node | None, parent: yaml.Node) -> SuggestedLevel:
    values = {} if node is None else reader.fields(node, "a level", _LEVEL)
    of = reader.word(values.get("of"), "of", [each.value for each in Counted])
    per = reader.word(values.get("per"), "per", [each.value for each in Base])
    least = _amount(reader, values.get("least"), "least", parent)
    most = values.get("most")
    return SuggestedLevel(
        of=Counted(of) if of else Counted.SERVICES,
        per=Base(per) if per else Base.AREA,
        least=least,
        most=None if most is None else _amount(reader, most, "most", parent),
    )


def _caseload(reader: YamlReader, node: yaml.Node) -> CaseloadLimit:
    values = reader.fields(node, "a caseload", _CASELOAD)
    return CaseloadLimit(
        version=reader.text(values.get("version"), "version"),
        most=_amount(reader, values.get("most"), "most", node),
        source=reader.text(values.get("source"), "source"),
    )


def _comparison(reader: YamlReader, node: yaml.Node) -> FrameworkComparison:
    """Answers or a number, never both or none."""
    values = reader.fields(node, "a comparison", _COMPARISON)
    text = reader.text(values.get("text"), "text")
    is_number = bool(values.keys() & {"question", "least"})
    if is_number == ("answers" in values):
        reader.fault(node, "Compare with “answers”, or with “question” and “least”.")
    if not is_number:
        return FrameworkComparison(
            text=text, answers=_texts(reader, values.get("answers"), "answers")
        )
    return FrameworkComparison(
        text=text,
        question=reader.text(values.get("question"), "question"),
        least=_amount(reader, values.get("least"), "least", node),
    )


def _element(reader: YamlReader, node: yaml.Node) -> ServiceElement:
    values = reader.fields(node, "an element", {"name": True, "answers": True})
    return ServiceElement(
        name=reader.text(values.get("name"), "name"),
        answers=_texts(reader, values.get("answers"), "answers"),
    )


def _party(reader: YamlReader, node: yaml.Node) -> PartyProducts:
    values = reader.fields(node, "a party", _PARTY)
    return PartyProducts(
        name=reader.text(values.get("name"), "name"),
        answer=reader.text(values.get("answer"), "answer"),
        products={key: _texts(reader, values.get(key), key) for key in PRODUCTS},
    )


def _amount(reader: YamlReader, node: yaml.Node | None, key: str, parent: yaml.Node) -> Decimal:
    written = reader.text(node, key)
    try:
        amount = Decimal(written)
    except InvalidOperation:
        amount = Decimal("NaN")
    if amount.is_finite() and amount > 0:
        return amount
    reader.fault(node or parent, f"“{key}” should be a number above 0.")
    return Decimal(1)
