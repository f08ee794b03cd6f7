"""Puts made-up histories together: people, referrals, the course of support, and every table that follows from it."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import TABLES, Dataset
from placewell.specification import Specification
from placewell.synthetic import (
    answers,
    around_jobs,
    checks,
    contacts,
    course,
    drawn,
    events,
    identities,
    jobs,
    localities,
    mix,
    opting_in,
    payments,
    proofs,
    records,
    referrals,
    reviews,
    spending,
    staff,
    teams,
    teamwork,
    therapy_forms,
)
from placewell.synthetic.calendar import Calendar, calendar_of
from placewell.synthetic.cut import up_to
from placewell.synthetic.dice import Dice
from placewell.synthetic.habits import habits_of

TIMES_REFERRED = 3
"""A person is referred at most this many times."""
CASES_WITHOUT_A_LIMIT = 20


def make(
    spec: Specification, people: int, seed: int, through: date | None = None, arms: drawn.Arms | None = None
) -> Dataset:
    """That many made-up people of a service, with everything that happened up to `through` (none: the contract's end).

    The same arguments give the same data set, byte for byte when written. Histories agree with the specification:
    its lots, the trial's dates, the limits of support, the caseload limit, the criteria. Source: 002 §§7–11, App. 6–7.
    `arms`: gives the arms of everyone drawn in a lot, in the order of the day and the episode's id, so that the data
    agree with a ledger; the same people are drawn on the same days with it and without (none: by the seed).
    """
    calendar = calendar_of(spec, through)
    dice = Dice(seed, ("n",))
    lots = tuple(lot.id for lot in spec.service.lots)
    persons = identities.of_age(identities.people(people, lots, dice), spec.service.contract_start)
    episodes = _episodes(persons, spec, lots, calendar, dice, arms)
    given, hired = staff.assigned(episodes, _full_caseload(spec), teams.naming(spec))
    episodes = episodes.join(given, on="e", how="left", maintain_order="left").join(
        hired.select("specialist_id", "team_id"), on="specialist_id", how="left", maintain_order="left"
    )
    episodes = teams.followed(episodes, "met_on", spec)
    frames = {"people": persons, "episodes": episodes, "allocations": episodes.filter(pl.col("arm").is_not_null())}
    frames |= _support(persons, episodes, spec, dice)
    frames |= _service(hired, spec, lots, calendar, dice)
    frames["employer_contacts"] = localities.visits(
        frames["employer_contacts"], frames["postings"], hired, spec, calendar.through, dice
    )
    known = Dataset(_as_on(frames, calendar.through))
    claimed = payments.claims(spec, known, calendar.through)
    if claimed is None:
        return known
    return Dataset({**known.frames, **_as_on({"claims": claimed}, calendar.through)})


def _as_on(frames: dict[str, pl.DataFrame], through: date) -> dict[str, pl.DataFrame]:
    return up_to({name: _declared(name, frame) for name, frame in frames.items()}, through)


def _episodes(
    persons: pl.DataFrame,
    spec: Specification,
    lots: tuple[str, ...],
    calendar: Calendar,
    dice: Dice,
    arms: drawn.Arms | None,
) -> pl.DataFrame:
    """Every referral with its course; people who come back get another."""
    shares, habits = mix.mix_of(spec), habits_of(spec)
    rounds = _rounds(persons, spec, calendar, dice)
    if arms is not None:
        rounds = _rounds(persons, spec, calendar, dice, drawn.given_by(arms, rounds))
    together = pl.concat(rounds).sort("e")
    described = referrals.described(together, spec.id, lots, shares, habits, dice)
    return localities.placed(opting_in.described(described, spec, dice), spec, dice)


def _rounds(
    persons: pl.DataFrame, spec: Specification, calendar: Calendar, dice: Dice, given: pl.DataFrame | None = None
) -> list[pl.DataFrame]:
    """The first referral of everyone, then those of who comes back; `given`: the arms that a ledger has drawn."""
    shares, habits, lots = mix.mix_of(spec), habits_of(spec), tuple(lot.id for lot in spec.service.lots)
    latest = referrals.first_referrals(persons, calendar, dice)
    rounds = []
    for _ in range(TIMES_REFERRED):
        met = opting_in.entered(referrals.decided(latest, calendar, shares, habits, dice, given), spec)
        rounds.append(opting_in.supported(course.course(met, calendar, shares, habits, dice), spec, dice))
        latest = referrals.referred_again(rounds[-1], lots, calendar, dice)
    return rounds


def _support(persons: pl.DataFrame, episodes: pl.DataFrame, spec: Specification, dice: Dice) -> dict[str, pl.DataFrame]:
    """The tables about each person's way through the service."""
    habits = habits_of(spec)
    entered = episodes.filter(pl.col("entered_on").is_not_null())
    looking = entered.filter(~pl.col("employment_at_entry").is_in(habits.employed))
    people = persons.height
    job_rows = jobs.jobs(entered, persons.select("n", "birth_date"), people, dice)
    profile_rows = course.profiles(entered if habits.has_profiles else entered.head(0), dice)
    leader = staff.leader_of(pl.col("team_id"), teams.leaders(spec))
    verifiers = episodes.select("e", leader.alias("verifier"))
    employer = jobs.employer_contacts(looking, people, dice)
    applied = jobs.applications(looking, people, dice)
    checked = checks.employment_checks(episodes, habits.employed, spec, dice)
    planned = course.plans(entered, profile_rows, dice)
    if not habits.has_profiles:
        planned = course.plans_from_the_start(entered, habits.plan, dice)
    proved = tuple(rule.outcome for rule in spec.outcomes.evidence)
    documents = proofs.evidence(job_rows, profile_rows, verifiers, proved, dice)
    spells, pay = jobs.hours_spells(job_rows, dice), around_jobs.job_pay(job_rows, dice)
    spoken = contacts.contacts(episodes, habits, dice)
    criteria = [(one.id, one.met, one.not_met) for one in spec.eligibility.criteria]
    return {
        "consents": records.consents(episodes, dice),
        "screenings": records.screenings(episodes, criteria, spec.version),
        "benefits": records.benefits(episodes, dice),
        "responses": pl.concat(
            [answers.responses(episodes, spec, dice), therapy_forms.responses(episodes, spec, dice)]
        ),
        "jobs": jobs.by_hours_paid(job_rows, spec, dice),
        "job_hours": spells,
        "job_pay": pay,
        "job_problems": around_jobs.job_problems(job_rows, spoken, dice),
        "benefits_advice": around_jobs.benefits_advice(entered, job_rows, spells, pay, dice),
        "evidence": documents if spec.pathway.evidence_kinds else documents.head(0),
        "contacts": spoken,
        "profiles": profile_rows,
        "plans": planned,
        **({} if checked is None else {"employment_checks": checked}),
        "applications": applied.with_columns(("AP" + pl.col("suffix")).alias("application_id")),
        "employer_contacts": employer.with_columns(("EC" + pl.col("suffix")).alias("employer_contact_id")),
        "destinations": events.destinations(entered, records.destinations(entered, spec, dice), spec, dice),
        "onward_referrals": events.onward_referrals(
            entered, records.onward_referrals(episodes, spec, dice), spec, dice
        ),
        "work_methods": records.work_methods(entered, dice),
        "disclosures": records.disclosures(entered, job_rows, dice),
    }


def _service(
    hired: pl.DataFrame, spec: Specification, lots: tuple[str, ...], calendar: Calendar, dice: Dice
) -> dict[str, pl.DataFrame]:
    """The tables about staff and what they do for no single person."""
    first = spec.service.contract_start
    leaders = teams.leaders(spec)
    posts = staff.postings(hired, lots, first, leaders)
    held = reviews.fidelity_reviews(spec, calendar.through, dice)
    agreed = reviews.fidelity_actions(held, spec, dice)
    return {
        **({} if held is None else {"fidelity_reviews": held}),
        **({} if agreed is None else {"fidelity_actions": agreed}),
        "postings": teams.posted(posts, spec),
        "supervisions": teamwork.supervisions(posts, calendar.through, dice, leaders),
        "training": teamwork.training(posts, spec.trial is not None, dice),
        "practice_links": teamwork.practice_links(hired, posts, lots),
        "activities": localities.sessions(teamwork.activities(posts, spec, calendar.through, dice), hired, spec, dice),
        "costs": spending.by_budget(
            spec, teamwork.costs(hired, posts, spec.id, first, calendar.through), calendar.through, dice
        ),
    }


def _full_caseload(spec: Specification) -> int:
    """One below the most cases a full-time specialist may have in the first year, where the service sets a limit."""
    limits = spec.pathway.caseload_limits
    return (limits[0].maximum if limits else CASES_WITHOUT_A_LIMIT) - 1


def _declared(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of the data set in their order and type; what was not made up is absent."""
    return frame.select(
        (pl.col(column.name) if column.name in frame.columns else pl.lit(None))
        .cast(column.polars_type)
        .alias(column.name)
        for column in TABLES[name].columns
    )
