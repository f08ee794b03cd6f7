"""What the pages count: facts and answers, and the library's own counts over the same records."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from tests.site.conftest import NOW, World
from tests.site.evaluation.factories import Trial, episode_of

from placewell.evaluation.completeness import completeness
from placewell.evaluation.flow import participant_flow
from placewell.evaluation.recruitment import recruitment
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Role
from placewell_web.accounts.service import current
from placewell_web.clients.models import Response
from placewell_web.evaluation import evaluator_rows as rows
from placewell_web.evaluation import queries
from placewell_web.evaluation.presenters.flow import parts, picture
from placewell_web.evaluation.queries import Scope
from placewell_web.evaluation.queries.people import by_month
from placewell_web.trial.models import LedgerEntry, Meeting, Participant

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
EVERYWHERE = Scope(None, "all areas", TODAY)
DUDLEY = Scope("dudley", "Dudley", TODAY)

FLOW = [
    ("referred", "", "", 17),
    ("referred", "not_held", "", 2),
    ("assessed", "", "", 15),
    ("excluded", "", "", 3),
    ("excluded", "criterion:adult", "", 2),
    ("excluded", "criterion:out_of_work_four_weeks", "", 1),
    ("randomised", "", "", 12),
    ("allocated", "", "ips", 6),
    ("allocated", "received", "ips", 5),
    ("allocated", "not_received", "ips", 1),
    ("allocated", "", "control", 6),
    ("allocated", "received", "control", 5),
    ("follow_up:wellbeing_six_months", "", "ips", 2),
    ("follow_up:wellbeing_six_months", "", "control", 1),
    ("follow_up:wellbeing_six_months", "withdrawn", "ips", 1),
    ("follow_up:wellbeing_six_months", "withdrawn", "control", 0),
]


@pytest.mark.parametrize(("box", "line", "arm", "count"), FLOW)
def test_the_flow_counts(trial: Trial, box: str, line: str, arm: str, count: int) -> None:
    viewer = trial.world.viewer(Role.UNBLINDED)
    found = queries.people(viewer, EVERYWHERE, box, line, arm)
    assert found is not None
    assert found.count == count


@pytest.mark.parametrize("lot", [None, "dudley", "wolverhampton", "sandwell_west_birmingham"])
@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.UNBLINDED])
def test_pages_say_what_the_library_says_of_the_same_records(
    trial: Trial, blinded: Client, unblinded: Client, lot: str | None, role: Role
) -> None:
    client, arms = (unblinded, True) if role == Role.UNBLINDED else (blinded, False)
    tables, facts = rows.tables(), rows.ledger_facts()
    expected = participant_flow(
        tables,
        current(),
        facts,
        TODAY,
        lot=lot,
        arms=arms,
        meetings=rows.meetings(),
        handouts=rows.handouts(),
    )
    page = client.get("/evaluation/flow/", {"area": lot or ""}).content.decode()
    shown = [(row.label, row.shown) for part in parts(expected, {}) for row in part.rows]
    assert table_of(page) == [(label, number) for label, number in shown if number]
    pace = recruitment(tables, current(), facts, TODAY, lot=lot)
    page = client.get("/evaluation/recruitment/", {"area": lot or ""}).content.decode()
    assert f'<dd class="pw-facts__number">{pace.count:,}</dd>' in page
    for month in pace.months:
        cells = [
            str(month.count),
            f"{month.cumulative:,}",
            f"{month.planned:,}",
            *map(str, (month.by_lot[one.lot] for one in pace.lots)),
        ]
        assert month.label + "".join(cells) in squeezed(page)
    whole = completeness(tables, current(), TODAY, lot=lot, ledger=facts)
    assert whole.words in client.get("/evaluation/recruitment/baseline/", {"area": lot or ""}).content.decode()


def table_of(page: str) -> list[tuple[str, str]]:
    """Label and number of every row of the flow's table."""
    found = re.findall(
        r'<tr class="pw-flow-row--\d"><th scope="row"[^>]*>([^<]+)</th><td class="pw-number">(.+?)</td>', page
    )
    return [(label, re.sub(r"<span.*?</span>|<[^>]+>", "", cell)) for label, cell in found]


def squeezed(page: str) -> str:
    """The words of a page's tables, without marks and gaps between cells."""
    return re.sub(r"\s*<[^>]+>\s*", "", page)


def test_a_count_opens_to_its_trial_numbers_with_the_reason(trial: Trial, unblinded: Client) -> None:
    page = unblinded.get("/evaluation/flow/people/", {"box": "allocated", "line": "not_received", "arm": "ips"})
    number = "TIW 004-K04"
    assert (
        f'<th scope="row" class="pw-trial-number">{number}</th><td>No appointment recorded.</td>'
        in page.content.decode()
    )
    person = Participant.unscoped.get(number=number).person
    assert person.surname not in page.content.decode()


def test_who_has_no_number_is_only_counted_by_reason_and_month(trial: Trial, blinded: Client) -> None:
    page = squeezed(blinded.get("/evaluation/flow/people/", {"box": "referred", "line": "not_held"}).content.decode())
    assert "No first meeting by March 2019.August 20182" in page
    assert "With a trial number" not in page


def test_a_count_that_is_not_there_shows_everyone_randomised(trial: Trial, blinded: Client) -> None:
    for asked in ({"box": "nothing"}, {"box": "allocated", "arm": "ips"}, {"box": "randomised", "page": "x"}):
        page = blinded.get("/evaluation/flow/people/", asked).content.decode()
        assert "12 people." in page


@pytest.mark.parametrize("line", ["", "no_answer", "not_due", "withdrawn"])
def test_a_list_of_answers_that_one_arm_alone_gave_is_not_opened_to_the_blinded(
    trial: Trial, blinded: Client, unblinded: Client, line: str
) -> None:
    control = [meeting.episode_id for meeting in Meeting.unscoped.filter(episode__allocation__arm="control")]
    asked = {"box": "follow_up:wellbeing_six_months", "line": line}
    before = blinded.get("/evaluation/flow/people/", asked).content.decode()
    assert "Only counted so far" not in before
    Response.unscoped.filter(occasion="review", episode__in=control).delete()
    queries.forget()
    page = blinded.get("/evaluation/flow/people/", asked).content.decode()
    found = queries.people(trial.world.viewer(Role.EVALUATOR), EVERYWHERE, asked["box"], line, "")
    assert found is not None and found.members == () and found.count is not None
    assert "TIW 0" not in page
    assert ("Only counted so far" in page) is bool(found.count)
    number = "person" if found.count == 1 else "people"
    assert f"{found.count} {number}." in page
    assert (
        "Only counted so far" not in unblinded.get("/evaluation/flow/people/", asked | {"arm": "ips"}).content.decode()
    )


def test_reasons_tell_months_and_no_days() -> None:
    assert by_month("Met on 3 May 2018; due on 12 June 2018.") == "Met in May 2018; due in June 2018."
    assert by_month("No answer by 4 March 2019.") == "No answer by March 2019."
    assert by_month("did not attend") == "did not attend"


def test_withdrawals_by_scope_and_in_time(trial: Trial) -> None:
    viewer = trial.world.viewer(Role.UNBLINDED)
    found = queries.withdrawals(viewer, EVERYWHERE)
    assert {line.scope: (line.count, line.by_arm) for line in found.lines} == {
        "contact": (1, {"ips": 1, "control": 0}),
        "intervention": (1, {"ips": 1, "control": 0}),
    }
    assert queries.told_late(viewer, EVERYWHERE, NOW) == 1
    trial.withdrew(Participant.unscoped.get(number="TIW 001-K01"), "linkage", date(2019, 6, 14), told=None)
    queries.forget()
    assert queries.told_late(viewer, EVERYWHERE, NOW) == 1  # the last is due tomorrow
    assert queries.told_late(viewer, EVERYWHERE, NOW.replace(day=16)) == 2


def test_deviations_of_an_area_and_of_all(trial: Trial) -> None:
    viewer = trial.world.viewer(Role.EVALUATOR)
    person = Participant.unscoped.get(number="TIW 001-K01")
    trial.excluded(episode_of(person), date(2018, 5, 21), "adult", override="Her brother Zed told us")
    queries.forget()
    found = queries.deviations(viewer, EVERYWHERE)
    assert [(one.person, one.kind) for one in found.found] == [
        ("TIW 001-K01", "eligibility_overridden"),
        ("TIW 010-K10", "randomised_in_error"),
    ]
    assert queries.deviations(viewer, Scope("wolverhampton", "Wolverhampton", TODAY)).found == ()
    assert len(queries.deviations(viewer, DUDLEY).found) == 2


def test_whoever_was_told_from_the_sealed_list_counts_in_the_area_of_the_referral(
    trial: Trial, unblinded: Client
) -> None:
    """Their stratum is no area, so every count by area goes by the episode."""
    viewer = trial.world.viewer(Role.UNBLINDED)
    before = {scope: queries.recruitment(viewer, scope).count for scope in (EVERYWHERE, DUDLEY)}
    listed = trial.randomised(date(2018, 5, 22), "ips", listed=True)
    trial.excluded(episode_of(listed), date(2018, 5, 21), "adult", override="why")
    trial.notice("issue", listed, NOW, None, '{"issue":"told_from_the_sealed_list","place":1}')
    queries.forget()
    assert LedgerEntry.objects.get(person=listed.number).stratum == "emergency"
    after = {scope: queries.recruitment(viewer, scope) for scope in (EVERYWHERE, DUDLEY)}
    assert {scope: found.count - before[scope] for scope, found in after.items()} == {EVERYWHERE: 1, DUDLEY: 1}
    assert {line.lot for line in after[EVERYWHERE].lots} == {one.code for one in current().service.lots}
    assert after[EVERYWHERE].planned == 5300
    assert listed.number in {one.person for one in queries.deviations(viewer, DUDLEY).found}
    told = [one for one in queries.notices(viewer, DUDLEY) if one.number == listed.number]
    assert [one.issue for one in told] == ["told_from_the_sealed_list"]
    elsewhere = Scope("wolverhampton", "Wolverhampton", TODAY)
    assert listed.number not in {one.person for one in queries.deviations(viewer, elsewhere).found}
    assert not [one for one in queries.notices(viewer, elsewhere) if one.number == listed.number]
    page = unblinded.get("/evaluation/withdrawals/deviations/").content.decode()
    assert "Issue: the group was told from the sealed list" in page


def test_an_earlier_allocation_is_told_by_the_episode_it_was_drawn_in(trial: Trial) -> None:
    """A participant referred again keeps the arm; the flow stays at the first referral."""
    person = Participant.unscoped.get(number="TIW 003-K03")
    first = episode_of(person)
    again = trial.referred(date(2018, 12, 1), "dudley", person.person)
    trial.met(again, date(2018, 12, 5))
    facts = rows.ledger_facts()
    drawn = dict(facts.allocations.select("person", "episode_id").iter_rows())
    assert drawn["TIW 003-K03"] == str(first.pk)
    assert rows.numbers()[str(again.pk)] == "TIW 003-K03"


def test_the_balance_compares_everyone_by_arm(trial: Trial, unblinded: Client) -> None:
    found = queries.balance(trial.world.viewer(Role.UNBLINDED), EVERYWHERE)
    assert found.arms == {"ips": 6, "control": 6}
    assert "Standardised difference" in unblinded.get("/evaluation/balance/").content.decode()


@pytest.mark.parametrize(
    ("query", "roles"),
    [
        (queries.flow, {Role.EVALUATOR, Role.UNBLINDED}),
        (queries.flow_together, {Role.EVALUATOR, Role.UNBLINDED}),
        (queries.completeness, {Role.EVALUATOR, Role.UNBLINDED}),
        (queries.withdrawals, {Role.EVALUATOR, Role.UNBLINDED}),
        (queries.deviations, {Role.EVALUATOR, Role.UNBLINDED}),
        (queries.corrections, {Role.EVALUATOR, Role.UNBLINDED}),
        (queries.notices, {Role.EVALUATOR, Role.UNBLINDED}),
        (queries.recruitment, {Role.EVALUATOR, Role.UNBLINDED, Role.PROGRAMME}),
        (queries.balance, {Role.UNBLINDED}),
    ],
)
def test_queries_refuse_whoever_has_not_the_right(world: World, query: object, roles: set[Role]) -> None:
    for role in Role:
        if role in roles:
            query(world.viewer(role), EVERYWHERE)
        else:
            with pytest.raises(Refused):
                query(world.viewer(role), EVERYWHERE)


def test_before_the_trial_has_a_ledger_every_page_says_so(
    world: World, blinded: Client, unblinded: Client, frozen: object
) -> None:
    assert "The trial has no ledger yet" in blinded.get("/evaluation/flow/").content.decode()
    assert "simulated when the trial is opened" in blinded.get("/evaluation/integrity/").content.decode()
    for path in ("flow/people/", "recruitment/", "recruitment/baseline/", "balance/", "withdrawals/", "exports/"):
        assert unblinded.get(f"/evaluation/{path}").status_code == 200, path


def test_a_blinded_reader_is_not_told_of_a_withdrawal_that_one_arm_alone_can_make(trial: Trial) -> None:
    told = {role: queries.notices(trial.world.viewer(role), EVERYWHERE) for role in (Role.EVALUATOR, Role.UNBLINDED)}
    assert {one.number for one in told[Role.UNBLINDED]} == {"TIW 006-K06", "TIW 008-K08"}
    assert {one.number for one in told[Role.EVALUATOR]} == {"TIW 006-K06"}


@pytest.mark.parametrize("body", ["no json", "[]", '{"scopes":"contact"}', "{}"])
def test_a_notice_that_names_no_scope_is_shown(trial: Trial, body: str) -> None:
    person = Participant.unscoped.get(number="TIW 001-K01")
    trial.notice("withdrawal", person, NOW, None, body)
    found = queries.notices(trial.world.viewer(Role.EVALUATOR), EVERYWHERE)
    assert [one.scopes for one in found if one.number == person.number] == [frozenset()]


def test_the_drawing_in_the_page_has_every_word_escaped(trial: Trial, unblinded: Client) -> None:
    found = queries.flow(trial.world.viewer(Role.UNBLINDED), EVERYWHERE)
    drawn = picture(found, '<script>alert("x")</script>').__html__()
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
    page = unblinded.get("/evaluation/flow/").content.decode()
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == 1
    assert " style=" not in page


def test_a_difference_beyond_a_tenth_is_marked(trial: Trial, unblinded: Client) -> None:
    """The mark of the state and no other drawing of that name: the page once failed on it."""
    for number in range(3):
        trial.randomised(date(2019, 3, 1 + number), "ips", "dudley")
    found = queries.balance(trial.world.viewer(Role.UNBLINDED), EVERYWHERE)
    assert any(line.notable for item in found.items for line in item.lines)
    assert "beyond a tenth" in unblinded.get("/evaluation/balance/").content.decode()
