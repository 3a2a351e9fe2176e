"""Deciding which works belong to a review: verdicts, the order of reading, when to stop.

The doors, each a module (so that who only needs verdicts does not load the rest):

    verdicts    stages, verdicts, what votes come to
    priority    describe(texts) once -> Features; rank(features, decided, seed=…) -> Ranking;
                terms(features, ranking.line, work) -> why a work stands where it stands
    stopping    sample_of(keys, decided, seed=…) -> Sample; recall(sample) -> an interval
    rules       STOPPING_RULES as data; advise(progress) -> what each rule says
    simulation  simulate(features, relevant, prior, seed=…) -> a review that was read, in order
"""
