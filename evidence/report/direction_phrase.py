"""What studies say of one outcome, with how many stand behind it and how sure the share is."""

from evidence.report.numerals import series, within
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.direction_words import STATED, Agreement, DirectionWord
from evidence.synthesis.sign_test import out_of_reach, p_text
from evidence.synthesis.within_study import EffectDirection


def direction_phrase(word: DirectionWord, rules: DirectionRules) -> str:
    """`consistent favourable, in three of three studies with a stated direction (…)`."""
    if word.word is Agreement.NO_STUDIES:
        return "no studies"
    unstated = len(word.studies.get(EffectDirection.NOT_STATED, ()))
    if word.word is Agreement.NOT_STATED:
        return f"direction not stated, in {within(unstated)} {_studies(unstated)}"
    counts = [
        f"{within(len(word.studies[each]))} {each}" for each in STATED if word.studies.get(each)
    ]
    if word.direction is not None:
        among = len(word.studies[word.direction])
        told = f"{word.text}, in {_of(among, word.stated)} {_studies(word.stated)}"
    else:
        told = f"{word.text}, {series(counts)} of {within(word.stated)} {_studies(word.stated)}"
    told += " with a stated direction"
    if word.word is Agreement.FEW:
        least = within(rules.least_studies)
        told = f"few studies, {series(counts)}; a word needs {least} with a stated direction"
    elif word.test is not None:
        told += f" ({_tested(word)})"
    if unstated:
        told += f"; {within(unstated)} more {'does' if unstated == 1 else 'do'} not state it"
    return told


def _tested(word: DirectionWord) -> str:
    test = word.test
    if test is None:
        return ""
    share = f"{_of(test.favourable, test.clear)} clear directions favourable, "
    if word.direction is EffectDirection.FAVOURABLE and test.clear == word.stated:
        share = ""  # as it stands before
    share += f"95% interval {test.low:.0%} to {test.high:.0%}; "
    if out_of_reach(test.clear):
        return f"{share}with so few, p < 0.05 is out of reach"
    return f"{share}sign test p {p_text(test.p)}"


def _of(number: int, total: int) -> str:
    return f"{within(number)} of {within(total)}"


def _studies(number: int) -> str:
    return "study" if number == 1 else "studies"
