"""A return of data whose codes are made to be run by a spreadsheet, or to be taken for numbers and days."""

from placewell.dataset import Dataset
from placewell.periods import parse_period
from placewell.reports import report_object
from placewell.specification import load

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|'/c calc'!A1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "007",
    "1e5",
    "50%",
    "3 April 2019",
    "TRUE",
    "'=1",
    "{=1}",
    "http://evil.example",
    "<b>&amp;</b>",
]


def hostile_report():
    """The specification and the return of a person in each hostile practice, referred from a hostile source."""
    spec = load("thrive_into_work")
    people = [{"person_id": f"p{id}", "gender": text} for id, text in enumerate(HOSTILE)]
    episodes = [
        {
            "episode_id": f"e{id}",
            "person_id": f"p{id}",
            "referred_on": "2019-04-01",
            "gp_practice": text,
            "source": text,
        }
        for id, text in enumerate(HOSTILE)
    ]
    period = parse_period("Y2Q3", spec.service.first_quarter_starts)
    data = Dataset.from_rows({"people": people, "episodes": episodes})
    return spec, report_object(spec, data, period, period.last_day)
