"""A flow made by hand with the numbers of the picture, for tests of the diagram."""

from datetime import date

import polars as pl

from placewell.evaluation.boxes import PEOPLE, Box, Flow, Line


def of(count):
    """So many people without a name."""
    return pl.DataFrame({"id": [f"x{n}" for n in range(count)], "reason": [""] * count}, schema=PEOPLE)


def line(label, count=None, depth=0, share=None):
    return Line(label, label, None if count is None else of(count), depth, share)


EXCLUDED = [
    ("Did not meet the criteria", 1094, 0),
    ("out of work for less than 4 weeks", 318, 1),
    ("in work, job in jeopardy", 241, 1),
    ("on a state-funded programme", 214, 1),
    ("GP practice not in the area", 187, 1),
    ("condition excluded", 71, 1),
    ("has a job offer", 51, 1),
    ("under 18", 12, 1),
    ("Declined to take part", 836, 0),
    ("Baseline not completed", 161, 0),
    ("Other reasons", 31, 0),
]
ARMS = [
    (
        "ips",
        "Allocated to IPS",
        2544,
        [
            ("Received IPS (first appointment held)", 2301, 0),
            ("Did not receive it", 243, 0),
            ("did not attend", 171, 1),
            ("no longer wanted it", 39, 1),
            ("moved away", 29, 1),
            ("randomised in error", 4, 1),
        ],
        (1742, [("No answer", 381), ("Consent withdrawn", 64), ("Not due yet", 357)], (1742, 2123)),
    ),
    (
        "control",
        "Allocated to control",
        2540,
        [
            ("Given the booklet and sign-posted", 2512, 0),
            ("Not given", 28, 0),
            ("left before it was given", 19, 1),
            ("declined it", 6, 1),
            ("randomised in error", 3, 1),
        ],
        (1633, [("No answer", 467), ("Consent withdrawn", 88), ("Not due yet", 352)], (1633, 2100)),
    ),
]
PENDING = (
    "By the arm allocated, whatever was received",
    "Last follow-up is due on 30 September 2019",
    "No outcome by arm until the data set is locked",
)


def column(arm, title, total, allocated, follow_up):
    answered, rest, share = follow_up
    lines = (*(line(*one) for one in rest), line("Answered, of those due and not withdrawn", share=share))
    return (
        Box("allocated", "allocation", title, of(total), tuple(line(*one) for one in allocated), arm),
        Box("follow_up", "follow_up", "Answered at 6 months", of(answered), lines, arm),
        Box("analysed", "analysis", "Analysed", None, tuple(map(line, PENDING)), arm, "not due"),
    )


def picture(arms=ARMS, excluded=EXCLUDED, notes=None):
    """The flow of mockups/consort-desktop.png; other arms or exclusions for other shapes."""
    return Flow(
        as_at=date(2019, 6, 14),
        lot=None,
        arms=True,
        referred=Box("referred", "enrolment", "Referred", of(9418), (line("First meeting not held", 2212),)),
        assessed=Box("assessed", "enrolment", "Assessed for eligibility", of(7206)),
        excluded=Box("excluded", "enrolment", "Excluded", of(2122), tuple(line(*one) for one in excluded)),
        randomised=Box("randomised", "enrolment", "Randomised", of(5084)),
        columns=tuple(column(*arm) for arm in arms),
        people=PEOPLE.to_frame(),
        notes=notes
        if notes is not None
        else (
            "Each excluded person has one reason, the first that applies in the order shown. "
            "Withdrawn: before the six-month questionnaire.",
        ),
        definitions=(),
    )
