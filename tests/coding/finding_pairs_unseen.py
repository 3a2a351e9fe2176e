"""Ten more studies as two careful people might code them, written after the pairing was mended.

Whoever wrote them had not read `evidence.coding.finding_matching` nor what came of the first set,
so they show how the pairing does on what it was not mended by. Every study, name, number and
quotation is invented. The form, and what is wanted, as in `finding_pairs`; what came of it:
docs/decisions/two-coders.md. They are not to be changed because of how they come out.

A finding that has its own counterpart is not also named as a part of another one.
"""

from tests.coding.finding_pairs import Example, coder, pairs

UNSEEN = (
    Example(
        study="Tarnby (invented)",
        about="Supported education: terms against T1 and T2, three other codes, a typo in a mean.",
        left=coder("""
education | Enrolled in a course | end of second term | better, sig | n 52 50; table 31 52 18 50
education | Credits earned | end of second term | better, ns | n 52 50; means 9.4 8.1 7.0 7.7
coping-with-study | Study Stress Inventory | end of second term | better, ns | n 47 44; \
means 41.2 10.3 44.0 11.1; benefit lower
self-efficacy | College Academic Self-Efficacy Scale | end of first term | better, ns | n 49 46; \
means 98.6 20.4 96.1 19.7
self-efficacy | College Academic Self-Efficacy Scale | end of second term | better, sig | \
n 47 44; means 106.3 19.9 97.5 20.8
hope | Herth Hope Index | end of second term | better, ns | n 47 43; means 35.9 5.2 34.8 5.6
drop-out | Left the programme | end of second term | better, ns | table 8 52 14 50; benefit lower
""", intervention="supported-education-individual"),
        right=coder("""
drop-out | withdrew before the exams | T2 | better, ns | table 8 52 14 50
other-vocational | course credits | T2 | better, ns | n 52 50; means 9.4 8.1 7.9 7.7
confidence | CASES | T2 | better, sig | n 47 44; means 106.3 19.9 97.5 20.8
coping-with-study | stress of studying (SSI) | T2 (9 months) | better, ns | n 47 44
education | On a mainstream course | T2 (9 months) | better, sig | table 31 52 18 50
""", intervention="supported-education"),
        wanted=pairs("0-4 1-1 2-3 4-2 6-0"),
    ),
    Example(
        study="Ulverton (invented)",
        about="Clubhouse, one group before and after; the right also compares by work status.",
        left=coder("""
quality-of-life | WHOQOL-BREF psychological | one year after joining | better, sig | \
n_intervention 64; means 52.3 13.0 46.1 12.8
quality-of-life | WHOQOL-BREF social relationships | one year after joining | better, ns | \
n_intervention 64; means 50.9 15.2 48.0 14.9
hospitalisation | Admitted at least once | year after joining against year before | better, sig | \
table 11 64 23 64; benefit lower
hospitalisation | Bed days | year after joining against year before | better, sig | \
means 6 18 15 31; benefit lower
social-capital | People in the network | one year after joining | better, ns | \
n_intervention 61; means 7.4 4.0 6.6 3.8
""", intervention="clubhouse", contrast="before-after"),
        right=coder("""
self-esteem | Rosenberg | 12 months | better, sig | intervention competitive-work; \
contrast work-status
quality-of-life | WHOQOL-BREF psychological | 12 months | better, sig | \
intervention competitive-work; contrast work-status; n 19 45; means 57.0 12.1 50.3 12.9
hospitalisation | inpatient days per year | 12 months | better, sig |
hospitalisation | members with an admission | 12 months | better, sig | table 11 64 23 64
quality-of-life | WHOQOL domain 2 | 12 months | better, sig | numbers.mean1 52.3; \
numbers.mean2 46.1; note SDs only in a figure.
quality-of-life | WHOQOL domain 3 | 12 months | better, ns |
social-inclusion | size of social network | 12 months | better, ns |
""", intervention="clubhouse", contrast="before-after"),
        wanted=pairs("0-4 1-5 2-3 3-2 4-6"),
    ),
    Example(
        study="Vardal (invented)",
        about="Peer groups in a crossover; one turns the arms in period 2, the other does not.",
        left=coder("""
empowerment | Rogers Empowerment Scale | end of period 1 (12 weeks) | better, sig | arms A B; \
n 33 34; means 2.95 0.35 2.78 0.37
empowerment | Rogers Empowerment Scale | end of period 2 (24 weeks) | better, ns | arms B A; \
n 31 30; means 2.93 0.36 2.90 0.33
hope | Herth Hope Index | end of period 1 (12 weeks) | better, ns | arms A B; n 33 34; \
means 36.1 5.0 34.9 5.4
hope | Herth Hope Index | end of period 2 (24 weeks) | worse, ns | arms B A
social-capital | UCLA Loneliness Scale | both periods, crossover analysis | better, sig | \
effect -2.1 -3.9 -0.3; numbers.effect_kind MD; benefit lower
""", intervention="peer-support"),
        right=coder("""
hope | HHI | 3 months | better, ns | arms A B; n 33 34
hope | HHI | 6 months | worse, ns | arms B A
empowerment | Empowerment Scale (28 items) | 6 months | worse, ns | arms A B; n 30 31; \
means 2.90 0.33 2.93 0.36
empowerment | Empowerment Scale (28 items) | 3 months | better, sig | arms A B; n 33 34; \
means 2.95 0.35 2.78 0.37
social-inclusion | loneliness (UCLA) | 6 months | better, sig | printed.p 0.02; \
quotation Loneliness fell while people were in the groups (p = 0.02).
""", intervention="peer-support"),
        wanted=pairs("0-3 1-2 2-0 3-1 4-4"),
        swapped=pairs("1-2"),
    ),
    Example(
        study="Wexmoor (invented)",
        about="A social firm and a workshop at one time: means against medians, another contrast.",
        left=coder("""
earnings | Pay per week (£) | at interview | better, sig | n 46 58; means 148 71 39 22
hours | Hours per week | at interview | better, sig | n 46 58; means 22.4 8.1 17.9 6.6
tenure | Months in present job | at interview | worse, ns | n 46 58; means 26 22 41 37
service-satisfaction | Indiana Job Satisfaction Scale | at interview | better, ns | n 46 57
quality-of-life | Lancashire Quality of Life Profile | at interview | better, ns | n 45 57; \
means 4.7 0.8 4.5 0.9
self-esteem | Rosenberg | at interview | no change, ns | n 46 58; means 29.1 5.0 29.1 5.4
""", intervention="social-firm", contrast="cross-sectional"),
        right=coder("""
tenure | Median months in post | | worse, ns | numbers.mean1 19; numbers.mean2 30; note Medians.
earnings | Median weekly wage | | better, sig | numbers.mean1 135; numbers.mean2 32; note Medians.
hours | Median hours a week | | better, sig | numbers.mean1 22; numbers.mean2 18; note Medians.
quality-of-life | LQoLP | | better, ns |
other-vocational | Job satisfaction (IJSS) | | better, ns |
income | Living on benefits alone | | better, sig | table 12 46 51 58; benefit lower
""", intervention="social-firm", contrast="centres-not-randomised"),
        wanted=pairs("0-1 1-2 2-0 3-4 4-3"),
    ),
    Example(
        study="Yarrowdale (invented)",
        about="Advice on benefits: printed effects against raw numbers, months against weeks.",
        left=coder("""
income | Weekly income | 6 months | better, sig | effect 18.4 6.1 30.7; \
numbers.effect_kind MD; adjusted yes
income | Weekly income | 12 months | better, ns | effect 11.0 -3.2 25.2; \
numbers.effect_kind MD; adjusted yes
income | In debt | 12 months | better, ns | effect 0.71 0.49 1.04; numbers.effect_kind RR; \
benefit lower
earnings | Monthly earnings | 12 months | better, ns | effect 61 -12 134; \
numbers.effect_kind MD; adjusted yes
gaining-employment | In paid work | 12 months | better, sig | effect 1.62 1.02 2.58; \
numbers.effect_kind RR
symptoms | GHQ-12 | 12 months | better, ns | effect -0.8 -1.9 0.3; \
numbers.effect_kind MD; benefit lower
""", intervention="benefits-counselling"),
        right=coder("""
gaining-employment | any paid job | 52 weeks | better, sig | table 37 118 22 114
income | income per week, £ | 26 weeks | better, sig | n 118 114; means 231 60 213 58
income | income per week, £ | 52 weeks | better, ns | n 109 106; means 240 66 228 63
income | problem debts | 52 weeks | better, ns | table 30 109 41 106
symptoms | General Health Questionnaire | 52 weeks | better, ns | n 107 105; \
means 3.4 3.6 4.3 3.9
housing | behind with the rent | 52 weeks | better, ns | table 9 109 14 106
""", intervention="benefits-counselling"),
        wanted=pairs("0-1 1-2 2-3 4-0 5-4"),
    ),
    Example(
        study="Zennick (invented)",
        about="Two by two arms: one takes each against usual training, the other a main effect.",
        left=coder("""
gaining-employment | Paid job, any | 24 months | better, sig | arms A D; table 21 40 9 41
gaining-employment | Paid job, any | 24 months | better, ns | arms B D; table 16 39 9 41
gaining-employment | Paid job, any | 24 months | better, ns | arms C D; \
intervention other-intervention; table 11 40 9 41
other-non-vocational | MCCB composite | 6 months | better, sig | arms A D; n 37 36; \
means 38.4 10.1 33.2 10.6
other-non-vocational | MCCB composite | 6 months | worse, ns | arms B D; n 35 36; \
means 32.7 9.8 33.2 10.6
other-non-vocational | MCCB composite | 6 months | better, sig | arms C D; \
intervention other-intervention; n 36 36; means 38.9 10.9 33.2 10.6
""", intervention="work-placement-paid"),
        right=coder("""
gaining-employment | worked for pay | 2 years | better, sig | table 37 79 20 81; \
arm_intervention both placement arms; arm_comparison both classroom arms
other-non-vocational | cognition (MATRICS battery) | 6 months | better, sig | arms A D
other-non-vocational | cognition (MATRICS battery) | 6 months | worse, sig | arms D C; \
intervention prevocational-training
gaining-employment | worked for pay | 2 years | better, sig | arms A D; table 21 40 9 41
other-non-vocational | cognition (MATRICS battery) | 6 months | worse, ns | arms A C
""", intervention="work-placement-paid"),
        wanted=pairs("0-3 3-1 5-2"),
        left_in_right=pairs("1-0"),
        swapped=pairs("5-2"),
    ),
    Example(
        study="Aldermoss (invented)",
        about="Peer mentors from the ward on: a hazard ratio, events, a typo, symptoms split up.",
        left=coder("""
hospitalisation | Readmitted | 30 days after discharge | better, ns | table 9 70 13 72; \
benefit lower
hospitalisation | Readmitted | 12 months after discharge | better, sig | table 25 70 38 72; \
benefit lower
hospitalisation | Time to readmission | 12 months after discharge | better, sig | \
effect 0.58 0.36 0.95; numbers.effect_kind HR; benefit lower
symptoms | Brief Symptom Inventory | at discharge | no change, ns | n 70 72; \
means 1.42 0.71 1.42 0.69; benefit lower
symptoms | Brief Symptom Inventory | 12 months after discharge | better, ns | n 58 55; \
means 1.10 0.66 1.21 0.70; benefit lower
service-satisfaction | CSQ-8 | at discharge | better, sig | n 68 70; means 25.9 4.4 23.6 5.0
""", intervention="peer-support"),
        right=coder("""
symptoms | BSI, Global Severity Index | T0 (leaving the ward) | no change, ns | n 70 72
service-satisfaction | Client Satisfaction Questionnaire | T0 (leaving the ward) | better, sig |
relapse | Rehospitalised | T1 (one month) | better, ns | table 9 70 13 72
relapse | Rehospitalised | T2 (one year) | better, sig | effect 0.58 0.36 0.95; \
numbers.effect_kind HR
symptoms | BSI, Global Severity Index | T2 (one year) | better, ns | n 23 21; \
answer.subgroup first admission
symptoms | BSI, Global Severity Index | T2 (one year) | no change, ns | n 35 34; \
answer.subgroup earlier admissions
relapse | Rehospitalised | T2 (one year) | better, sig | table 25 70 38 70
""", intervention="peer-support"),
        wanted=pairs("0-2 1-6 2-3 3-0 5-1"),
        others=(pairs("0-2 1-6 2-3 3-0 4-4 5-1"), pairs("0-2 1-6 2-3 3-0 4-5 5-1")),
        right_in_left=pairs("4-4 4-5"),
        doubt="Some would put one of the two subgroups beside the finding about everybody.",
    ),
    Example(
        study="Brockhurst (invented)",
        about="Costs: in pounds and thousands of pounds, one by one and all care together.",
        left=coder("""
service-cost | Psychiatric inpatient care, £ | 12 months | better, ns | n 88 86; \
means 2140 6020 3310 7480; benefit lower
service-cost | Community mental health care, £ | 12 months | worse, ns | n 88 86; \
means 1620 1210 1490 1180; benefit lower
service-cost | Medication, £ | 12 months | better, ns | n 88 86; means 340 390 400 420; \
benefit lower
service-cost | Programme and job centre, £ | 12 months | worse, sig | n 88 86; \
means 2050 640 780 510; benefit lower
quality-of-life | QALYs (EQ-5D-5L) | 12 months | better, ns | n 81 77; means 0.61 0.20 0.59 0.21
earnings | Gross earnings, £ | 12 months | better, sig | n 88 86; means 2900 4100 1700 3300
hospitalisation | Nights in hospital | 12 months | better, ns | n 88 86; means 5.1 14.6 8.0 18.3; \
benefit lower
""", intervention="integrated-services"),
        right=coder("""
earnings | Earnings in the year (thousand £) | one year | better, sig | means 2.9 4.1 1.7 3.3
service-cost | All mental health care (thousand £) | one year | better, ns | \
means 4.1 6.4 5.2 7.9; note Wards, teams and drugs.
service-cost | Vocational support (thousand £) | one year | worse, sig | means 2.1 0.6 0.8 0.5
quality-of-life | quality-adjusted life years | one year | better, ns | printed.p 0.41
""", intervention="integrated-services"),
        wanted=pairs("3-2 4-3 5-0"),
        left_in_right=pairs("0-1 1-1 2-1"),
    ),
    Example(
        study="Colverstone (invented)",
        about="Specialists in teams, by cluster: crude, adjusted and per protocol; a time more.",
        left=coder("""
gaining-employment | Any open job | 18 months | better, sig | effect 1.94 1.20 3.14; \
numbers.effect_kind OR; adjusted no
gaining-employment | Any open job | 18 months | better, sig | effect 1.71 1.02 2.87; \
numbers.effect_kind OR; adjusted yes
gaining-employment | Any open job | 18 months | better, sig | effect 2.60 1.40 4.83; \
numbers.effect_kind OR; adjusted yes; answer.subgroup Met the specialist three times or more
self-efficacy | GSE | 18 months | better, ns | effect 0.9 -0.4 2.2; \
numbers.effect_kind MD; adjusted yes
symptoms | CORE-OM | 18 months | better, ns | effect -0.07 -0.21 0.07; \
numbers.effect_kind MD; adjusted yes; benefit lower
drop-out | Lost to the team | 18 months | worse, ns | table 30 140 22 133; benefit lower
""", intervention="employment-specialist"),
        right=coder("""
gaining-employment | competitive employment | 9 months | better, ns | n 140 133
gaining-employment | competitive employment | 1.5 years | better, sig | effect 2.6 1.4 4.8; \
note Per protocol.
gaining-employment | competitive employment | 1.5 years | better, sig | effect 1.71 1.02 2.87; \
adjusted yes; note With a random effect for the team.
confidence | Generalised Self-Efficacy Scale | 1.5 years | better, ns |
service-use | disengaged from services | 1.5 years | worse, ns |
symptoms | Clinical Outcomes in Routine Evaluation | 1.5 years | better, ns | printed.p 0.33
""", intervention="employment-specialist"),
        wanted=pairs("1-2 2-1 3-3 4-5 5-4"),
    ),
    Example(
        study="Dunnock (invented)",
        about="People by whether they work, three groups: one in detail, the other in three lines.",
        left=coder("""
symptoms | BPRS thought disturbance | 18 months | better, sig | n 51 72; means 7.1 3.0 8.9 3.8; \
benefit lower
self-esteem | RSES | 18 months | better, sig | n 51 72; means 31.0 4.6 28.2 5.3
self-esteem | RSES | 18 months | no change, ns | intervention non-competitive-work; n 26 72; \
means 28.2 5.0 28.2 5.3
quality-of-life | Satisfaction with finances (QOLI) | 18 months | better, sig | n 51 72; \
means 4.4 1.4 3.6 1.5
quality-of-life | Satisfaction with leisure (QOLI) | 18 months | better, sig | n 51 72; \
means 5.0 1.2 4.4 1.3
quality-of-life | Satisfaction with finances (QOLI) | 18 months | worse, ns | \
intervention non-competitive-work; n 26 72; means 3.5 1.5 3.6 1.5
hospitalisation | Days in hospital | 18 months | better, ns | n 51 72; means 3 11 6 19; \
benefit lower
""", intervention="competitive-work", contrast="work-status"),
        right=coder("""
hospitalisation | hospital days | | better, ns |
non-vocational-together | several scales | 18-month follow-up | better, sig | \
quotation People in open jobs did better on most scales.
non-vocational-together | several scales | 18-month follow-up | not stated, ns | \
intervention non-competitive-work; quotation Those in sheltered jobs did not differ.
""", intervention="competitive-work", contrast="work-status"),
        wanted=pairs("6-0"),
        left_in_right=pairs("0-1 1-1 2-2 3-1 4-1 5-2"),
    ),
)  # fmt: skip
