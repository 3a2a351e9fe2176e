"""Three topics of different fields, as a newcomer would type them."""

from evidence.coding.first_scheme.topic import TypedTopic

COUNTRIES = {"deu": "Germany", "gbr": "United Kingdom", "usa": "United States"}
VOCATIONAL = TypedTopic(
    title="Vocational recovery in mental health",
    interventions="Individual placement and support\nVoluntary work\nSupported education",
    outcomes="Work:\nPaid job\nEarnings\n\nOther than work:\nSelf-esteem\nQuality of life",
    populations="People with severe mental health problems\nEmployers",
    countries=COUNTRIES,
    has_process=True,
)
MEALS = TypedTopic(
    title="School meals",
    interventions="1. Free lunch\n2. Breakfast club\n3. Rules on what is sold",
    outcomes="- What children eat\n- Weight\n- Attendance\n- Marks at school",
    populations="Primary school\nSecondary school",
    countries=COUNTRIES,
    counted="schools",
)
RIVERS = TypedTopic(
    title="River restoration",
    interventions="Dam removal\nWiederanbindung der Flußaue\nDead wood",
    outcomes="Fish\nInvertebrates\nWater plants\nErosion",
    counted="reaches",
    has_findings=False,
)
ALL = {"vocational": VOCATIONAL, "meals": MEALS, "rivers": RIVERS}
