"""What must agree between the entries: ids, references, dates and sums."""

import pytest
from tests.library.specification.small import FILES, PAYMENT, TRIAL, problems, without_lines

GOVERNANCE = """
clause = "009 §9"

[[register]]
id = "incidents"
label = "Incidents"
one_row_per = "incident"
clause = "009 §9"

[[duty]]
id = "report"
label = "Report"
kept_in = "incidents"
runs_from = "occurred"
hours = 24
tell = "the host"
clause = "009 §9"
"""
GROUPING = """
[[lot_grouping]]
id = "one"
name = "One"
groups = [{ id = "a", name = "A", lots = ["north", "south"], clause = "009 §1" }]
clause = "009 §1"
"""
SECOND_PHASE = """
[[phase]]
id = "after"
name = "After"
start = 2019-04-01
enters_by = "acceptance"
clause = "009 §1"
"""
EXPECTATION = """
[[expectation]]
id = "jobs"
label = "People who get a job"
share_from = "1/2"
share_to = "1/3"
months_from = 2
months_to = 6
clause = "009 §1"
"""
EVIDENCE = """
[[evidence]]
id = "proof"
outcome = "six_weeks"
accepted = ["payslip"]
clause = "009 §5"
"""
ROWS = """
[[outcome]]
id = "meeting"
kind = "each_appointment"
name = "Meeting"
clause = "009 §5"
"""
COUNTED = """
[[indicator]]
id = "meetings"
name = "Meetings"
group = "operational"
subject = "{subject}"
outcome = "{outcome}"
clause = "009 §6"
"""
RECORD = """
[[outcome]]
id = "told"
kind = "first_record"
table = "disclosures"
column = "decision"
codes = ["yes"]
met_by = ["perhaps"]
name = "Told"
clause = "009 §5"
"""
FORBIDDEN = """
[[forbidden_fact]]
id = "wants_work"
label = "Wants work"
clause = "009 §3"
"""
TRANSITION = """
[[transition]]
id = "go"
origins = ["received"]
target = "gone"
label = "Go"
by = ["manager"]
clause = "009 §4"
"""


def test_optional_files_that_agree(tmp_path):
    assert problems(tmp_path, payment=PAYMENT, trial=TRIAL, governance=GOVERNANCE) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "referral",
            'sources = ["gp"]',
            'sources = ["gp", "nurse"]',
            "route[0].sources[1] (“gp”): there is no source 'nurse'",
        ),
        (
            "report",
            '["job_starts"]',
            '["job_stars"]',
            "section[0].indicators[0] (“jobs”): there is no indicator 'job_stars'",
        ),
        (
            "pathway",
            'kind = "first_contact"',
            'kind = "first_contact"\noutcome = "job"',
            "clock[0].outcome (“first_contact”): there is no outcome 'job'",
        ),
        (
            "pathway",
            'job_search = "job_search"',
            'job_search = "search"',
            "pathway.toml: support.job_search: there is no limit 'search'",
        ),
        (
            "pathway",
            'plan_kind = "vocational_action"',
            'plan_kind = "a_plan"',
            "pathway.toml: active_case.plan_kind: there is no such plan_kind",
        ),
        (
            "pathway",
            "[[plan_kind]]",
            '[[plan_part]]\nid = "health"\nlabel = "Health"\nclause = "009 §1"\nkinds = ["return"]\n\n[[plan_kind]]',
            "plan_part[0].kinds[0] (“health”): there is no plan_kind 'return'",
        ),
        (
            "indicators",
            'outcome = "job_start"',
            'outcome = "job_star"',
            "indicator[0].outcome (“job_starts”): there is no outcome 'job_star'",
        ),
        (
            "indicators",
            'outcome = "job_start"',
            'outcome = "job_start"\nband = "over_16"',
            "indicator[0].band (“job_starts”): there is no band of hours 'over_16'",
        ),
        (
            "indicators",
            'outcome = "job_start"',
            'outcome = "job_start"\nbreakdowns = ["shoe_size"]',
            "indicator[0].breakdowns[0] (“job_starts”): there is no breakdown 'shoe_size'",
        ),
        (
            "indicators",
            'outcome = "job_start"',
            'outcome = "job_start"\ntarget = { basis = "year", amount = 9, lot = "south", clause = "009 §8" }',
            "indicator[0].target.lot (“job_starts”): there is no lot 'south'",
        ),
        (
            "indicators",
            'outcome = "job_start"',
            'outcome = "job_start"\nevidence = true',
            "asks for evidence, but outcomes.toml says of none what proves job_start: add [[evidence]]",
        ),
        (
            "report",
            '["job_starts"]',
            '["job_starts"]\nbreakdowns = ["shoe_size"]',
            "section[0].breakdowns[0] (“jobs”): there is no breakdown 'shoe_size'",
        ),
        (
            "eligibility",
            'needs = ["age_years"]',
            'needs = ["age_years", "age"]',
            "criterion[0].needs[1] (“adult”): there is no fact 'age'",
        ),
        (
            "eligibility",
            "age_years >= 18.0",
            "age_years >= 18",
            "criterion[0].condition (“adult”): does not compile (1:11: found no matching overload",
        ),
        (
            "eligibility",
            "age_years >= 18.0",
            "wants_work",
            "does not compile (1:1: undeclared reference to 'wants_work'",
        ),
        ("eligibility", "age_years >= 18.0", "age_years", "does not compile (answers DOUBLE, not yes or no)"),
        ("eligibility", "age_years >= 18.0", "age_years >=", "does not compile (1:13: Syntax error"),
        (
            "service",
            'clause = "009 §1"\n\n[[lot]]',
            'clause = "008 §1"\n\n[[lot]]',
            "document[0].clause (“009”): '008 §1' does not begin",
        ),
        ("service", "contract_end = 2021-03-31", "contract_end = 2018-01-01", "contract_end is before contract_start"),
        (
            "service",
            "first_quarter_starts = 2018-04-01",
            "first_quarter_starts = 2017-04-01",
            "service.toml: first_quarter_starts: is not within the contract",
        ),
        (
            "service",
            "start = 2018-04-01\nenters",
            "start = 2018-04-01\nend = 2017-01-01\nenters",
            "a phase cannot end before it starts",
        ),
    ],
)
def test_what_does_not_agree(tmp_path, file, old, new, said):
    found = problems(tmp_path, (file, old, new))
    assert len(found) == 1
    assert said in without_lines(found)[0]


@pytest.mark.parametrize(
    ("file", "added", "said"),
    [
        ("service", GROUPING, "there is no lot 'south'"),
        ("service", EXPECTATION, "share_to and months_to must not be under share_from and months_from"),
        ("outcomes", EVIDENCE, "evidence[0].outcome (“proof”): there is no outcome 'six_weeks'"),
        ("outcomes", RECORD, "outcome[1].met_by (“told”): 'perhaps' does not stand in codes"),
        ("service", SECOND_PHASE, "phase[1].start (“after”): begins on 2019-04-01, before running has ended"),
        (
            "eligibility",
            FORBIDDEN,
            "fact[1].id (“wants_work”): wants_work is a fact that screening must not use",
        ),
        ("pathway", TRANSITION, "transition[0].target (“go”): there is no state 'gone'"),
        ("report", '[[footnote]]\nid = "f"\ntext = "x"\nabout = ["a"]\nclause = "009 §7"', "there is no indicator 'a'"),
        (
            "report",
            '[[recipient]]\nid = "r"\nlabel = "x"\nreceives = ["a"]\nclause = "009 §7"',
            "there is no delivery 'a'",
        ),
    ],
)
def test_what_is_added_must_agree(tmp_path, file, added, said):
    found = problems(tmp_path, **{file: FILES[file] + added})
    assert len(found) == 1
    assert said in without_lines(found)[0]


@pytest.mark.parametrize(
    ("outcome", "subject", "said"),
    [
        ("meeting", "contact", None),
        ("meeting", "person", "is 'person', but meeting counts one of contact, activity"),
        ("job_start", "job", None),
        ("job_start", "contact", "is 'contact', but job_start counts one of person, episode, job, record"),
    ],
)
def test_what_is_counted_row_by_row_has_rows_as_its_subjects(tmp_path, outcome, subject, said):
    counted = FILES["indicators"] + COUNTED.format(outcome=outcome, subject=subject)
    found = problems(tmp_path, outcomes=FILES["outcomes"] + ROWS, indicators=counted)
    assert [said in line for line in found] == ([True] if said else [])


ASKING = """
[[outcome]]
id = "weeks"
kind = "weeks_in_work"
weeks = 6
requires = {requires}
name = "Weeks"
clause = "009 §5"
"""


@pytest.mark.parametrize(
    ("requires", "missing"),
    [(["job_start"], []), (["engaged", "job_start"], ["engaged"]), (["weeks"], ["weeks"]), (["a", "b"], ["a", "b"])],
)
def test_an_outcome_asks_for_others_that_there_are(tmp_path, requires, missing):
    found = problems(tmp_path, outcomes=FILES["outcomes"] + ASKING.format(requires=requires))
    said = (
        "outcomes.toml: outcome[1].requires (“weeks”): there is no other outcome {!r}: correct it, or add the outcome"
    )
    assert list(without_lines(found)) == [said.format(one) for one in missing]


def test_an_indicator_names_a_group_that_there_is(tmp_path):
    found = problems(tmp_path, ("indicators", 'outcome = "job_start"', 'outcome = "job_start"\namong = "in_work"'))
    assert "indicator[0].among (“job_starts”): there is no group 'in_work'" in without_lines(found)[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "share_per_cent = 90",
            "share_per_cent = 80",
            "outcome_share_per_cent: and block.share_per_cent do not make 100",
        ),
        ("cap = 100000", "cap = 90000", "outcome_payment.cap (“paid”): is not the outcome share of contract_value"),
        ("cap_payments = 133", "cap_payments = 134", "is 134, but cap / amount gives 133: correct one of them"),
        ('outcome = "job_start"', 'outcome = "job"', "outcome_payment.outcome (“paid”): there is no outcome 'job'"),
        ("amount = 750", "amount = 750.005", "payment.toml: outcome_payment.amount"),
    ],
)
def test_sums_of_the_payment(tmp_path, old, new, said):
    found = problems(tmp_path, ("payment", old, new), payment=PAYMENT)
    assert said in without_lines(found)[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('phase = "running"', 'phase = "trial"', "trial.toml: phase: there is no phase 'trial'"),
        ("2019-03-31T23:59:00", "2018-03-31T23:59:00", "closes_at is before opens_on"),
    ],
)
def test_the_trial_must_agree(tmp_path, old, new, said):
    assert said in problems(tmp_path, ("trial", old, new), trial=TRIAL)[0]


def test_a_duty_names_a_register_that_is_kept(tmp_path):
    found = problems(tmp_path, ("governance", 'kept_in = "incidents"', 'kept_in = "accidents"'), governance=GOVERNANCE)
    assert without_lines(found) == (
        "governance.toml: duty[0].kept_in (“report”): there is no register 'accidents': "
        "correct it, or add the register",
    )


def test_a_lot_with_a_cap_exists(tmp_path):
    cap = '\n[[lot_cap]]\nid = "south"\nlot = "south"\ncap = 1\nclause = "009 §8"\n'
    assert "there is no lot 'south'" in problems(tmp_path, payment=PAYMENT + cap)[0]


ROW = "report.toml: section[1].matrix.row[0].indicator (“list”): "
LOT = """
[[breakdown]]
id = "lot"
name = "Lot"
table = "episodes"
column = "lot"
clause = "009 §6"
"""
MATRIX = """
[[section]]
id = "list"
title = "List"
clause = "009 §7"

[section.matrix]
across = "{across}"

[[section.matrix.row]]
indicator = "{indicator}"
words = "In the words of the list"
clause = "009 §7"
"""


@pytest.mark.parametrize(
    ("across", "indicator", "told"),
    [
        ("lot", "job_starts", ()),
        ("lot", "job_ends", (f"{ROW}there is no indicator 'job_ends' to "
                             "compute: correct it, or add the indicator",)),
        ("planet", "job_starts", (f"{ROW}job_starts has no breakdown "
                                  "'planet': add it to the indicator's own",)),
    ],
)  # fmt: skip
def test_a_matrix_has_rows_that_are_computed_across_a_breakdown_of_theirs(across, indicator, told, tmp_path):
    added = FILES["report"] + MATRIX.format(across=across, indicator=indicator)
    broken_down = FILES["indicators"] + LOT
    assert without_lines(problems(tmp_path, report=added, indicators=broken_down)) == told


def test_a_matrix_without_the_file_of_indicators_is_not_looked_into(tmp_path):
    added = FILES["report"] + MATRIX.format(across="lot", indicator="job_starts")
    (found,) = problems(tmp_path, ("indicators", 'unit = "jobs"', 'unit = "cats"'), report=added)
    assert "cats" in found


LOCALITY = """
[[locality]]
id = "valley"
name = "The valley"
lots = ["{lot}"]
clause = "009 §1"
"""


@pytest.mark.parametrize(("lot", "wrong"), [("north", 0), ("south", 1)])
def test_a_locality_belongs_to_a_lot(lot, wrong, tmp_path):
    found = problems(tmp_path, service=FILES["service"] + LOCALITY.format(lot=lot))
    assert len(found) == wrong
    assert all("there is no lot 'south'" in problem for problem in found)


MEASURED = """
[[fidelity_item]]
id = "caseload"
group = "staffing"
number = 1
label = "Caseload"
clause = "009 §9"

[[fidelity_measure]]
id = "leaders"
item = "caseload"
kind = "leaders"
label = "Specialists to a leader"
unit = "people"
ratio = "specialists"
clause = "009 §9"

[[ratio]]
id = "specialists"
label = "Specialists to a leader"
at_most = 10
clause = "009 §9"
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('item = "caseload"', 'item = "workload"', "item (“leaders”): there is no fidelity_item 'workload'"),
        ('ratio = "specialists"', 'ratio = "people"', "ratio (“leaders”): there is no ratio 'people'"),
        ('unit = "people"', 'unit = "people"\nclocks = ["tick"]', "clocks[0] (“leaders”): there is no clock 'tick'"),
    ],
)
def test_a_fidelity_measure_names_what_there_is(tmp_path, old, new, said):
    assert problems(tmp_path, governance=GOVERNANCE + MEASURED) == ()
    found = problems(tmp_path, ("governance", old, new), governance=GOVERNANCE + MEASURED)
    assert len(found) == 1
    assert f"fidelity_measure[0].{said}" in without_lines(found)[0]


SUPERVISED = """
[[staff_clock]]
id = "supervision"
kind = "supervision"
what = "Supervise"
action = "record_supervision"
satisfied_by = "supervision"
codes = ["group"]
ratio = "specialists"
clause = "009 §9"
"""
BOTH = 'ratio = "specialists"\nevery_days = 7'


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('ratio = "people"', "staff_clock[0].ratio (“supervision”): there is no ratio 'people'"),
        (BOTH, "staff_clock[0] (“supervision”): how often is not clear: give it a ratio or every_days"),
        ("", "staff_clock[0] (“supervision”): how often is not clear: give it a ratio or every_days"),
        ("every_days = 0", "staff_clock[0].every_days (“supervision”): is 0"),
    ],
)
def test_a_clock_of_staff_says_how_often_in_one_way(tmp_path, new, said):
    governance, pathway = GOVERNANCE + MEASURED, FILES["pathway"] + SUPERVISED
    assert problems(tmp_path, governance=governance, pathway=pathway) == ()
    assert (
        problems(tmp_path, governance=governance, pathway=pathway.replace('ratio = "specialists"', "every_days = 7"))
        == ()
    )
    found = problems(tmp_path, ("pathway", 'ratio = "specialists"', new), governance=governance, pathway=pathway)
    assert len(found) == 1
    assert said in without_lines(found)[0]
