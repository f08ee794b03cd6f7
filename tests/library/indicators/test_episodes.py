"""Figures about how episodes stand and move: steps, entry, what is recorded at entry, questionnaires on leaving."""

import pytest
from tests.factories import a_person, an_episode, answers
from tests.library.indicators.asking import ask_figure, ask_members, with_indicator

Q2 = {"as_at": "2019-06-30"}


def statuses(spec, *facts, **asked):
    return {id: row["status"] for id, row in ask_members("asked", *facts, spec=spec, **asked).items()}


REFERRED = [
    an_episode("waits", referred="2019-04-02"),
    an_episode("accepted", entered="2019-05-01", referred="2019-04-02"),
    an_episode("declined", referred="2019-04-02", declined_on="2019-05-02", decline_reason="under_18"),
    an_episode("closed", entered="2019-05-01", closed="2019-06-20", closure_reason="did_not_engage"),
    an_episode("late", entered="2019-07-01", referred="2019-07-01"),
]


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [
        ({"kind": "episode_step", "step": "accepted"}, {"accepted", "closed"}),
        ({"kind": "episode_step", "step": "declined"}, {"declined"}),
        ({"kind": "episode_step", "step": "declined", "reasons": ("under_18",)}, {"declined"}),
        ({"kind": "episode_step", "step": "declined", "reasons": ("has_job_offer",)}, set()),
        ({"kind": "episode_step", "step": "closed", "reasons": ("did_not_engage",)}, {"closed"}),
        ({"kind": "standing", "state": "waiting"}, {"waits"}),
        ({"kind": "standing", "state": "open"}, {"accepted"}),
        ({"kind": "referral", "led_to": "accepted"}, {"accepted", "closed"}),
        ({"kind": "entered"}, {"accepted", "closed"}),
    ],
)
def test_which_episodes_count(outcome, counted):
    spec = with_indicator(outcome, subject="episode", unit="episodes")
    assert {id for id, status in statuses(spec, *REFERRED, **Q2).items() if status == "counted"} == counted


@pytest.mark.parametrize(
    ("outcome", "episode", "reason"),
    [
        ({"kind": "standing", "state": "waiting"}, "accepted", "Entered on 1 May 2019."),
        ({"kind": "standing", "state": "waiting"}, "declined", "Declined on 2 May 2019."),
        ({"kind": "standing", "state": "waiting"}, "waits", "Waits: not yet entered, declined or closed."),
        ({"kind": "standing", "state": "open"}, "closed", "Closed on 20 June 2019."),
        ({"kind": "standing", "state": "open"}, "undone", "Declined on 10 June 2019."),
        ({"kind": "standing", "state": "open"}, "late", "Referred or entered after the day that is looked at."),
        ({"kind": "episode_step", "step": "accepted"}, "waits", "has not been accepted"),
        ({"kind": "episode_step", "step": "closed"}, "accepted", "the episode is still open"),
        (
            {"kind": "episode_step", "step": "closed", "reasons": ("health",)},
            "closed",
            "Closed on 20 June 2019: did not engage.",
        ),
        ({"kind": "referral", "led_to": "accepted"}, "waits", "has not been accepted"),
        ({"kind": "referral", "led_to": "accepted"}, "declined", "Declined on 2 May 2019: under 18."),
        ({"kind": "referral", "led_to": "accepted", "again": True}, "waits", "The first referral of this person."),
    ],
)
def test_why(outcome, episode, reason):
    spec = with_indicator(outcome, subject="episode", unit="episodes")
    undone = an_episode("undone", entered="2019-05-01", declined_on="2019-06-10", closed="2019-06-20")
    found = ask_members("asked", *REFERRED, undone, spec=spec, as_at="2019-07-31")[episode]
    assert found["reason"] == reason


@pytest.mark.parametrize(
    ("columns", "status"),
    [({}, "not_due"), ({"declined_on": "2019-06-10"}, "not_counted"), ({"entered": "2019-06-10"}, "counted")],
)
def test_a_second_referral_is_not_due_until_it_is_decided(columns, status):
    spec = with_indicator({"kind": "referral", "led_to": "accepted", "again": True}, subject="episode", unit="episodes")
    facts = (an_episode("e1", "p1", referred="2019-04-02"), an_episode("e2", "p1", referred="2019-06-03", **columns))
    assert statuses(spec, *facts, **Q2) == {"e1": "not_counted", "e2": status}


@pytest.mark.parametrize(
    ("day", "waiting"),
    [("2019-05-01", {"waits", "declined"}), ("2019-04-30", {"waits", "declined", "accepted", "closed"})],
)
def test_who_waits_is_a_question_about_a_day(day, waiting):
    spec = with_indicator({"kind": "standing", "state": "waiting"}, subject="episode", unit="episodes")
    found = statuses(spec, *REFERRED, as_at=day)
    assert {id for id, status in found.items() if status == "counted"} == waiting


@pytest.mark.parametrize(
    ("flag", "status", "reason"),
    [
        (True, "counted", "Asked: 1 May 2019."),
        (False, "not_counted", "Has a diagnosed long-term condition: no."),
        (None, "not_counted", "Has a diagnosed long-term condition: not recorded."),
    ],
)
def test_what_is_recorded_at_entry(flag, status, reason):
    spec = with_indicator(
        {"kind": "entered", "column": "has_long_term_condition", "codes": ("true",)}, measure="proportion"
    )
    found = ask_members("asked", an_episode("e1", entered="2019-05-01", has_long_term_condition=flag), spec=spec)["e1"]
    assert (found["status"], found["reason"]) == (status, reason)


@pytest.mark.parametrize(
    ("recorded", "reason"),
    [
        ("long_term_sick", "Work status on entry: Out of work, long-term sick or disabled."),
        (None, "Work status on entry: not recorded."),
    ],
)
def test_a_code_recorded_at_entry_is_told_by_its_label(recorded, reason):
    spec = with_indicator(
        {"kind": "entered", "column": "employment_at_entry", "codes": ("in_work",)}, measure="proportion"
    )
    episode = an_episode("e1", entered="2019-05-01", employment_at_entry=recorded)
    assert ask_members("asked", episode, spec=spec)["e1"]["reason"] == reason


EXIT = {"kind": "exit_questionnaire", "instrument": "satisfaction", "occasions": ("exit",)}
RATED = {**EXIT, "item": "overall", "good": ("good", "very_good")}
LEFT = an_episode("e1", entered="2019-04-08", closed="2019-06-20")


def a_form(on, overall="good", occasion="exit", item="overall"):
    return answers("e1", "satisfaction", on, {item: overall}, occasion)


@pytest.mark.parametrize(
    ("episode", "form", "completed", "rated"),
    [
        (LEFT, [], "not_counted", "excluded"),
        (LEFT, a_form("2019-06-20"), "counted", "counted"),
        (LEFT, a_form("2019-06-25", "poor"), "counted", "not_counted"),
        (LEFT, a_form("2019-06-25", None), "counted", "excluded"),
        (LEFT, a_form("2019-06-25", "good", item="waiting_time"), "counted", "excluded"),
        (LEFT, a_form("2019-06-20", occasion="annual"), "not_counted", "excluded"),
        (LEFT, a_form("2019-07-01"), "not_counted", "excluded"),  # after the as-at day
        (LEFT, [*a_form("2019-06-18", "poor"), *a_form("2019-06-19")], "counted", "counted"),  # the last one
        (an_episode("e1", entered="2019-04-08"), a_form("2019-06-20"), "not_due", "not_due"),
        (an_episode("e1", entered="2019-04-08", closed="2019-07-01"), [], "not_due", "not_due"),
        (an_episode("e1", entered="2018-11-08", closed="2019-03-31"), [], "excluded", "excluded"),
    ],
)
def test_the_questionnaire_on_leaving(episode, form, completed, rated):
    for outcome, status in ((EXIT, completed), (RATED, rated)):
        spec = with_indicator(outcome, measure="proportion", unit="proportion")
        assert statuses(spec, *episode, *form, **Q2) == {"e1": status}


SEVEN = [str(n) for n in range(1, 8)]


def swemwbs(on, answer, occasion="review"):
    return answers("e1", "swemwbs", on, dict.fromkeys(SEVEN, answer), occasion)


@pytest.mark.parametrize(
    ("forms", "status", "reason"),
    [
        ([], "not_due", "needs a complete baseline"),
        (
            [*swemwbs("2019-04-08", "3", "baseline"), *swemwbs("2019-06-01", "4")],
            "counted",
            "The later score, 25.03, is better",
        ),
        ([*swemwbs("2019-04-08", "3", "baseline"), *swemwbs("2019-06-01", "3")], "not_counted", "is not better than"),
        ([*swemwbs("2019-04-07", "3", "baseline"), *swemwbs("2019-06-01", "4")], "not_due", ""),  # before entry
    ],
)
def test_a_score_that_must_be_better(forms, status, reason):
    outcome = {"kind": "questionnaire_change", "instrument": "swemwbs", "scale": "metric", "improved": True}
    spec = with_indicator({**outcome, "since_entry": True}, measure="proportion", unit="proportion")
    found = ask_members("asked", an_episode("e1", entered="2019-04-08"), *forms, spec=spec)["e1"]
    assert found["status"] == status
    assert reason in found["reason"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"1": "better", "2": "better"}, "counted"),
        ({"1": "better", "2": "same"}, "not_counted"),
        ({"1": "better"}, "not_due"),
    ],
)
def test_all_items_asked_must_be_good(given, status):
    outcome = {"kind": "answered", "instrument": "self_report", "occasions": ("exit",), "items": ("1", "2")}
    spec = with_indicator({**outcome, "good": ("better",)}, measure="proportion", unit="proportion")
    forms = answers("e1", "self_report", "2019-06-20", given, "exit")
    assert statuses(spec, *an_episode("e1", entered="2019-04-08"), *forms) == {"e1": status}


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2001-05-02", "under_18"),
        ("2001-05-01", "18_24"),
        ("1994-05-02", "18_24"),
        ("1994-05-01", "25_64"),
        ("1954-05-01", "65_and_over"),
        (None, "unknown"),
    ],
)
def test_bands_of_age_on_the_day_of_entry(born, band):
    spec = with_indicator({"kind": "entered"}, breakdowns=("age",))
    age = {"id": "age", "name": "Age", "table": "people", "column": "birth_date", "ages": (18, 25, 65)}
    shown = spec.indicators.breakdowns[0].model_validate({"clause": "002 §17", "everywhere": False, **age})
    counted = spec.indicators.model_copy(update={"breakdowns": (*spec.indicators.breakdowns, shown)})
    spec = type(spec)(**{**vars_of(spec), "indicators": counted})
    facts = [a_person("p", birth_date=born), *an_episode("e1", "p", entered="2019-05-01")]
    found = ask_figure("asked", *facts, spec=spec)
    assert [(cell.key, cell.value) for cell in found.breakdowns["age"]] == [(band, 1)]


def vars_of(spec):
    return {name: getattr(spec, name) for name in spec.__dataclass_fields__}


@pytest.mark.parametrize(("since", "counted"), [("entry", set()), ("referral", {"waits"})])
def test_what_happened_before_entry_may_be_asked_about(since, counted):
    outcome = {"kind": "first_record", "table": "onward_referrals", "column": "to", "codes": ("gp",), "since": since}
    spec = with_indicator(outcome, subject="episode", unit="episodes")
    sent = "onward_referrals", {"episode_id": "waits", "on": "2019-04-05", "to": "gp"}
    found = statuses(spec, *REFERRED, sent, **Q2)
    assert {id for id, status in found.items() if status == "counted"} == counted


@pytest.mark.parametrize(
    ("baseline", "later", "reason"),
    [
        ("1", "2", "The later score, 16, is not better than the baseline, 8."),
        ("2", "1", "The later score, 8, is better than the baseline, 16."),
        ("2", "0", "The later score, 0, is better than the baseline, 16."),
    ],
)
def test_a_whole_score_is_written_as_one(baseline, later, reason):
    outcome = {"kind": "questionnaire_change", "instrument": "phq9", "scale": "total", "improved": True}
    spec = with_indicator(outcome, measure="proportion", unit="proportion")
    forms = [
        answers("e1", "phq9", on, {**dict.fromkeys(map(str, range(1, 9)), answer), "9": "0"}, occasion)
        for on, answer, occasion in (("2019-04-09", baseline, "baseline"), ("2019-06-01", later, "review"))
    ]
    assert ask_members("asked", an_episode("e1", entered="2019-04-08"), *forms, spec=spec)["e1"]["reason"] == reason


@pytest.mark.parametrize(
    ("instrument", "given", "good", "reason"),
    [
        ("peq_treatment", "1", ("3", "4"), "Did not give an answer that counts."),
        ("economic_status", "02", ("01",), "Did not give an answer that counts."),
        ("peq_assessment", "N", ("Y",), "Did not give an answer that counts."),
        ("self_report", "same", ("better",), "Did not answer better."),
        ("peq_treatment", None, ("3", "4"), "has not answered the questionnaire “Patient experience: treatment”"),
        ("satisfaction", None, ("good",), "has not answered the questionnaire “Satisfaction with the service”"),
    ],
)
def test_no_code_of_a_form_stands_in_a_reason(instrument, given, good, reason):
    outcome = {"kind": "answered", "instrument": instrument, "occasions": ("exit",), "items": ("1",), "good": good}
    spec = with_indicator(outcome, measure="proportion", unit="proportion")
    form = [answers("e1", instrument, "2019-06-01", {"1": given}, "exit")] if given else []
    assert ask_members("asked", an_episode("e1", entered="2019-04-08"), *form, spec=spec)["e1"]["reason"] == reason


def test_who_filled_in_no_form_on_leaving_reads_the_name_of_the_form():
    left = an_episode("e1", entered="2019-04-08", closed="2019-06-20")
    found = ask_members("asked", left, spec=with_indicator(EXIT, measure="proportion", unit="proportion"))
    wanted = "The questionnaire “Satisfaction with the service” was not completed on leaving."
    assert found["e1"]["reason"] == wanted
