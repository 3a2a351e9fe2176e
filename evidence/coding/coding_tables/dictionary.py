"""The data dictionary: what tables, columns, questions and codes mean."""

from collections.abc import Iterator, Mapping

from evidence.coding.coding_tables import columns
from evidence.coding.coding_tables.by_coder import headings
from evidence.coding.coding_tables.columns import Column, Kind, Table
from evidence.coding.coding_tables.vocabulary import KnownCode, KnownQuestion, Vocabulary, qualified

Cell = str | int | None
TableRow = tuple[str, tuple[Cell, ...]]


def rows(vocabulary: Vocabulary, of_findings: Mapping[str, str]) -> Iterator[TableRow]:
    """The rows of the tables questions, codes and data_dictionary.

    Args:
        vocabulary: the questions and codes.
        of_findings: the columns of answers about findings, with what they mean.
    """
    for known in sorted(vocabulary.questions.values(), key=lambda each: each.scheme):
        yield columns.QUESTIONS.name, _question_cells(known)
        for code in known.codes.values():
            yield columns.CODES.name, _code_cells(known.id, code)
    extra = {
        columns.BY_CODER.name: headings(vocabulary),
        columns.FINDINGS.name: of_findings,
    }
    for table in columns.TABLES.values():
        yield from _table_rows(table, extra.get(table.name, {}))


def _question_cells(known: KnownQuestion) -> tuple[Cell, ...]:
    question = known.question
    return (
        *(known.scheme, known.id, known.section, question.text, question.short),
        *(question.kind.value, question.unit, _number(question.minimum)),
        *(_number(question.maximum), question.of.value, _yes_no(question.per_arm)),
        question.axis.value if question.axis else "",
        *(_yes_no(question.required), _rule(known), question.help, _yes_no(known.retired)),
    )


def _code_cells(question: str, code: KnownCode) -> tuple[Cell, ...]:
    option = code.option
    role = option.role.value if option.role else ""
    return (
        *(question, option.id, option.label, " > ".join(code.path), role),
        *(_yes_no(option.selectable), option.link, " ".join(option.replaces), option.help),
        _yes_no(code.retired),
    )


def _rule(known: KnownQuestion) -> str:
    rule = known.question.rule
    if rule is None:
        return ""
    return f"{rule.take.value} of {', '.join(qualified(known.scheme, each) for each in rule.of)}"


def _table_rows(table: Table, further: Mapping[str, str]) -> Iterator[TableRow]:
    read_back = not table.for_people
    yield (
        columns.DICTIONARY.name,
        (table.name, "", "table", f"{table.meaning}.", _yes_no(read_back)),
    )
    for column in table.columns:
        yield _column_row(table, column, read_back=read_back)
    for name, meaning in further.items():
        is_label = name.startswith("answer_label.")
        column = Column(name=name, meaning=meaning, for_people=table.for_people or is_label)
        yield _column_row(table, column, read_back=read_back)


def _column_row(table: Table, column: Column, *, read_back: bool) -> TableRow:
    kind = column.kind.value if column.kind is not Kind.TEXT else "text"
    told = _yes_no(read_back and not column.for_people)
    return columns.DICTIONARY.name, (table.name, column.name, kind, column.meaning, told)


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _yes_no(value: bool) -> str:  # noqa: FBT001 - one value, as it stands in the cell
    return "yes" if value else "no"
