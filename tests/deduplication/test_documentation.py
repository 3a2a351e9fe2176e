"""The tables of rules in the methods say what the rules say, in their order."""

import re
from collections.abc import Iterable
from pathlib import Path

from evidence.deduplication.all_rules import RULES
from evidence.deduplication.rule_types import Band, Rule
from evidence.deduplication.verdicts import CHAIN, SHARES

METHODS = Path(__file__).parents[2] / "docs" / "methods-dedupe.md"
ROW = re.compile(r"^\| `([a-z-]+)` \| (.+) \|$", re.MULTILINE)


def _table(rules: Iterable[Rule]) -> str:
    return "\n".join(map(_row, rules))


def _row(rule: Rule) -> str:
    row = f"| `{rule.veto or rule.code}` | {rule.says} |"
    return f"{row} {100 * rule.share:.0f} |" if rule.band is Band.POSSIBLE else row


def test_the_tables_of_rules_are_those_of_the_engine() -> None:
    told = METHODS.read_text(encoding="utf-8")
    apart = [rule for rule in RULES if rule.band is Band.DIFFERENT]
    tables = (
        [rule for rule in RULES if rule.band is Band.SAME],
        [rule for rule in RULES if rule.band is Band.POSSIBLE],
        [rule for rule in apart if rule.veto],
        [rule for rule in apart if not rule.veto],
    )

    for rules in tables:
        assert _table(rules) in told, f"the methods should hold this table:\n{_table(rules)}"


def test_the_methods_explain_no_rule_that_is_gone() -> None:
    told = {code for code, _ in ROW.findall(METHODS.read_text(encoding="utf-8"))}

    assert told == {rule.veto or rule.code for rule in RULES}


def test_the_question_about_a_chain_is_explained() -> None:
    assert f"`{CHAIN}`, {100 * SHARES[CHAIN]:.0f} of 100" in METHODS.read_text(encoding="utf-8")
