"""The units behind the figures, in words."""

from evidence.coding.agreement.disagreements import differences
from evidence.coding.agreement.measure import agreement
from tests.coding.agreement.compared_scheme import SCHEME, study, ticked, typed

PAIR = ("Anna", "Ben")
STUDIES = [
    study(
        1,
        [*ticked("support", "coach", "peer", arm="x"), *typed("left", "12")],
        [*ticked("support", "peer", arm="x"), *typed("left", "12.5")],
        arms={"x": "Coached"},
    ),
    study(2, ticked("design", "trial"), ticked("design", "survey")),
    study(3, ticked("design", "trial"), ticked("design", "trial")),
]


def test_each_difference_says_where_and_what_each_said() -> None:
    found = list(differences(SCHEME, STUDIES, PAIR))
    assert [(each.label, each.arm, each.subject, dict(each.answers)) for each in found] == [
        ("Study 1", "Coached", "Support: Job coach", {"Anna": "yes", "Ben": "no"}),
        ("Study 1", "", "Left", {"Anna": "12 people", "Ben": "12.5 people"}),
        ("Study 2", "", "Design", {"Anna": "Trial", "Ben": "Survey"}),
    ]


def test_there_are_as_many_as_the_figures_say() -> None:
    figures = agreement(SCHEME, STUDIES, PAIR).figures
    by_subject = {(each.subject.question, each.subject.code): each.differing for each in figures}
    found = [(each.question, each.code) for each in differences(SCHEME, STUDIES, PAIR)]
    assert all(found.count(subject) == by_subject[subject] for subject in set(found))
