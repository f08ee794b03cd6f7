"""The smallest specification that is whole, and a folder of it with something changed, for tests."""

import re
from pathlib import Path

from placewell.specification import Specification, SpecificationError
from placewell.specification.reading import read_specification

FILES = {
    "service": """
id = "small"
name = "Small"
version = "1"
summary = "A small service."
commissioner = "A council"
provider = "A charity"
contract_start = 2018-04-01
contract_end = 2021-03-31
first_quarter_starts = 2018-04-01
clause = "009 §1"

[[document]]
id = "009"
title = "Small"
issued = "2018"
clause = "009 §1"

[[lot]]
id = "north"
name = "North"
clause = "009 §1"

[[phase]]
id = "running"
name = "Running"
start = 2018-04-01
enters_by = "acceptance"
clause = "009 §1"
""",
    "referral": """
clause = "009 §2"

[[source]]
id = "gp"
label = "GP"
refers = "professional"
clause = "009 §2"

[[route]]
id = "gp"
label = "GP"
sources = ["gp"]
channels = ["web"]
sent_to = "The charity"
ends_in = "A meeting"
clause = "009 §2"
""",
    "eligibility": """
clause = "009 §3"
decided_on = "initial_meeting"

[[fact]]
id = "age_years"
type = "number"
label = "Age"
ask = "How old?"
clause = "009 §3"

[[fact]]
id = "wants_work"
type = "boolean"
label = "Wants work"
ask = "Do they?"
clause = "009 §3"

[[criterion]]
id = "adult"
question = "18 or older?"
kind = "inclusion"
needs = ["age_years"]
condition = "age_years >= 18.0"
met = "Old enough."
not_met = "Too young."
not_known = "Ask."
clause = "009 §3"
""",
    "pathway": """
clause = "009 §4"

[support]
combine = "sequential"
job_search = "job_search"
in_work = "in_work"
re_access = true
clause = "009 §4"

[active_case]
contact_days = 28
contact = "two_way"
plan_kind = "vocational_action"
clause = "009 §4"

[[limit]]
id = "job_search"
label = "Nine months"
runs_from = "entry"
months = 9
clause = "009 §4"

[[limit]]
id = "in_work"
label = "Four months"
runs_from = "first_job_start"
months = 4
clause = "009 §4"

[[plan_kind]]
id = "vocational_action"
label = "Plan"
clause = "009 §4"

[[consent_kind]]
id = "trial"
label = "Taking part"
clause = "009 §4"

[[state]]
id = "received"
label = "Received"
open = true
clause = "009 §4"

[[clock]]
id = "first_contact"
kind = "first_contact"
what = "Make contact"
action = "log_contact"
satisfied_by = "a contact"
days = 10
clause = "009 §4"

[[clock]]
id = "stay_in_touch"
kind = "active_contact"
what = "Stay in touch"
action = "log_contact"
satisfied_by = "a contact"
days = 28
clause = "009 §4"
""",
    "outcomes": """
clause = "009 §5"

[entry]
event = "accepted"
clause = "009 §5"

[hours]
boundary = 16
boundary_belongs_to = "upper"
lower = "under_16"
upper = "16_and_over"
clause = "009 §5"

[contact]
appointment_kinds = ["appointment"]
clause = "009 §5"

[[outcome]]
id = "job_start"
kind = "job_start"
name = "Job start"
clause = "009 §5"
""",
    "indicators": """
clause = "009 §6"

[[indicator]]
id = "job_starts"
name = "Job starts"
group = "operational"
subject = "job"
unit = "jobs"
outcome = "job_start"
clause = "009 §6"
""",
    "report": """
clause = "009 §7"
title = "Return"
every = "quarter"

[due]
months_after_end = 1
days_before_meeting = 7
clause = "009 §7"

[[section]]
id = "jobs"
title = "Jobs"
indicators = ["job_starts"]
clause = "009 §7"
""",
}

PAYMENT = """
clause = "009 §8"
contract_value = 1000000
outcome_share_per_cent = 10

[block]
id = "block"
share_per_cent = 90
every = "quarter"
in_arrears = true
clause = "009 §8"

[outcome_payment]
id = "paid"
outcome = "job_start"
amount = 750
subject = "person"
once_in = "programme"
needs_evidence = true
backup_accepted = true
earliest_by = "verified_on"
cap = 100000
cap_payments = 133
clause = "009 §8"

[clawback]
id = "rejected"
line_falls_on = "rejection_day"
frees_place = true
clause = "009 §8"
"""

CRITERION = """
[[criterion]]
id = "{id}"
version = {version}
{dates}
question = "{age} or older?"
kind = "inclusion"
needs = ["age_years"]
condition = "age_years >= {age}.0"
met = "Old enough."
not_met = "Too young."
not_known = "Ask."
clause = "009 §3"
"""
TRIAL = """
clause = "009 §9"
phase = "running"
number_prefix = "SML"
opens_on = 2018-04-01
closes_at = 2019-03-31T23:59:00
planned_participants = 10
person_once = true
irreversible = true
method = "simple"
epoch_size = 10
epochs = 2
guess_budget = 0.6
notice_hours = 24
stratified_by = ["lot"]
trained_in = ["trial_briefing"]

[[arm]]
id = "ips"
label = "IPS"
share = 1
planned = 5
enters_service = true
result = "IPS"
say = "You will work with us."
next_steps = []
clause = "009 §9"

[[arm]]
id = "control"
label = "Control"
share = 1
planned = 5
enters_service = false
result = "A leaflet"
say = "Here is a leaflet."
next_steps = []
clause = "009 §9"
"""
for _kind in ("script", "eligibility", "information", "consent", "baseline", "randomise", "next_step"):
    TRIAL += f"""
[[step]]
id = "{_kind}"
kind = "{_kind}"
label = "The step {_kind}"
clause = "009 §9"
"""
TRIAL += """
[consent_form]
version = "1"
information_version = "1"
information = ["Chance decides."]
clause = "009 §9"

[[consent_form.statement]]
id = "take_part"
text = "I agree to take part."
needed = true
consent = "trial"
clause = "009 §9"

[[baseline]]
id = "wellbeing"
label = "Wellbeing"
kind = "questionnaire"
instrument = "swemwbs"
clause = "009 §9"

[[follow_up]]
id = "later"
label = "Wellbeing later"
instrument = "swemwbs"
occasion = "review"
months = 6
window_days = 30
clause = "009 §9"

[[local_service]]
id = "jobcentre"
label = "Jobcentre"
kind = "jobcentre_plus"
lots = ["north"]
clause = "009 §9"

[[withdrawal]]
id = "contact"
label = "No more contact"
stops = ["contact"]
withdraws = ["trial"]
meaning = [{ covers = "contact", text = "Nobody gets in touch." }]
clause = "009 §9"

[[mistake]]
id = "not_eligible"
kind = "randomised_in_error"
label = "Not eligible"
clause = "009 §9"
"""


def folder_of(place: Path, *changes: tuple[str, str, str], **files: str) -> Path:
    """Write the small specification, with (file, old, new) replaced and whole files added or replaced by name."""
    texts = {**FILES, **files}
    for name, old, new in changes:
        assert old in texts[name], f"{old!r} is not in {name}.toml"
        texts[name] = texts[name].replace(old, new, 1)
    for name, text in texts.items():
        (place / f"{name}.toml").write_text(text, encoding="utf-8")
    return place


def small(place: Path, *changes: tuple[str, str, str], **files: str) -> Specification:
    """The small specification with changes, loaded."""
    return read_specification(folder_of(place, *changes, **files))


def problems(place: Path, *changes: tuple[str, str, str], **files: str) -> tuple[str, ...]:
    """The problems of the small specification with changes; none when it loads."""
    try:
        small(place, *changes, **files)
    except SpecificationError as error:
        return error.problems
    return ()


def without_lines(found: tuple[str, ...]) -> tuple[str, ...]:
    """Problems without the numbers of their lines, which tests would have to count."""
    return tuple(re.sub(r", line \d+\)", ")", problem) for problem in found)
