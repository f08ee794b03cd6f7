"""Key indicators of 002 as hand-written DuckDB SQL over the same Parquet folder: the yardstick for speed.

Numbers of the contract are written out here on purpose: this is what somebody would write for the one contract.
`python -m benchmarks.sql DIR PERIOD` prints the values as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

INDICATORS = (
    "referrals",
    "met_once",
    "engaged",
    "profile_completed",
    "applied_within_4_weeks",
    "job_starts",
    "job_start_under_16",
    "job_start_16_and_over",
    "six_weeks_total",
    "six_months_total",
)
"""What is written in SQL: counts, a proportion, evidence, and days in work over overlapping jobs; no breakdowns."""

TABLES = ("episodes", "allocations", "contacts", "profiles", "applications", "jobs", "evidence")
FIRST_QUARTER = date(2017, 10, 1)

FACTS = """
create or replace temp table entries as
  with arms as (select e.episode_id, e.person_id, e.referred_on, e.accepted_on, e.specialist_id, a.arm, a.allocated_on,
      exists (select 1 from episodes x join allocations y using (episode_id)
              where x.person_id = e.person_id and y.arm = 'ips' and y.allocated_on <= $as_at) as holds_ips
    from episodes e left join (select * from allocations where allocated_on <= $as_at) a using (episode_id)
    where e.referred_on <= $as_at)
  select episode_id, person_id, referred_on, specialist_id,
    case when arm = 'ips' then allocated_on
         when arm is null and accepted_on <= $as_at and (accepted_on >= date '2019-04-01' or holds_ips)
         then accepted_on end as entered_on
  from arms;
create or replace temp table starts as
  select j.job_id, j.episode_id, n.person_id, n.referred_on, n.specialist_id, j.first_day_worked_on as began,
    case when j.ended_on <= $as_at then j.ended_on else $as_at end as ended, j.contract_hours
  from jobs j join entries n using (episode_id)
  where j.competitive and j.first_day_worked_on between n.entered_on and $as_at;
create or replace temp table firsts as
  select * from starts qualify row_number() over (partition by episode_id order by began, job_id) = 1;
create or replace temp table proved as
  select distinct f.episode_id from firsts f join evidence d on d.episode_id = f.episode_id
  where d.outcome = 'job_start' and (d.job_id is null or d.job_id = f.job_id) and d.about_on >= f.began
    and d.kind in ('contract', 'employer_letter', 'employer_email', 'payslip', 'timesheet', 'self_employment_record',
                   'client_declaration')
    and d.received_on <= $as_at
    and coalesce(d.verified_on, case when d.status = 'verified' then d.decided_on end) <= $as_at
    and not (d.status = 'rejected' and (d.decided_on is null or d.decided_on <= $as_at))
    and (d.decided_by is null or f.specialist_id is null or d.decided_by <> f.specialist_id);
create or replace temp table days_in_work as
  with covered as (select episode_id, began, ended,
      max(ended) over (partition by episode_id order by began, job_id
        rows between unbounded preceding and 1 preceding) as before
    from starts),
  added as (select episode_id, greatest(began, coalesce(before + 1, began)) as from_on, ended from covered
    where ended >= greatest(began, coalesce(before + 1, began))),
  summed as (select *, ended - from_on + 1 as days,
      coalesce(sum(ended - from_on + 1) over (partition by episode_id order by from_on
        rows between unbounded preceding and 1 preceding), 0) as so_far from added)
  select episode_id,
    max(case when so_far < 42 and so_far + days >= 42 then from_on + (41 - so_far)::int end) as six_weeks,
    max(case when so_far < 182 and so_far + days >= 182 then from_on + (181 - so_far)::int end) as six_months
  from summed group by episode_id;
"""

PEOPLE = """
select count(distinct person_id) from ({rows}) where on_day >= $start and on_day < $end
"""
"""A person counts once per period; every condition here is a day of the episode, so the first that counts will do."""

APPOINTMENTS = """
  select n.person_id, n.episode_id, c."on" as on_day,
    row_number() over (partition by n.episode_id order by c."on") as nth
  from contacts c join entries n using (episode_id)
  where c."on" between n.entered_on and $as_at and c.with_whom = 'client' and c.attendance = 'attended'
    and c.kind in ('appointment', 'video', 'call', 'group', 'joint_with_clinician')
"""
PROFILES = """
  select n.person_id, n.episode_id, min(p.completed_on) as on_day from profiles p join entries n using (episode_id)
  where p.completed_on between n.entered_on and $as_at group by n.person_id, n.episode_id
"""
BANDED = """
  select f.person_id, f.began as on_day from firsts f join proved using (episode_id) where f.contract_hours {condition}
"""

QUERIES = {
    "referrals": "select count(*) from episodes where referred_on >= $start and referred_on < $end",
    "met_once": PEOPLE.format(rows=f"select person_id, on_day from ({APPOINTMENTS}) where nth = 1"),
    "engaged": PEOPLE.format(
        rows=f"""select person_id, min(on_day) as on_day from (
          select person_id, episode_id, on_day from ({APPOINTMENTS}) where nth = 3
          union all select person_id, episode_id, on_day from ({PROFILES})) group by person_id, episode_id"""
    ),
    "profile_completed": PEOPLE.format(rows=PROFILES),
    "applied_within_4_weeks": """
      with due as (
        select n.person_id, n.referred_on, n.episode_id, exists (select 1 from applications a
          where a.episode_id = n.episode_id and a."on" between n.entered_on and n.entered_on + 28) as applied
        from entries n where n.entered_on + 28 >= $start and n.entered_on + 28 < $end and n.entered_on + 28 <= $as_at
        qualify row_number() over (partition by n.person_id order by n.referred_on, n.episode_id) = 1)
      select count(*) filter (where applied) / count(*) from due""",
    "job_starts": "select count(*) from starts where began >= $start and began < $end",
    "job_start_under_16": PEOPLE.format(rows=BANDED.format(condition="< 16")),
    "job_start_16_and_over": PEOPLE.format(rows=BANDED.format(condition=">= 16")),
    "six_weeks_total": PEOPLE.format(
        rows="select person_id, six_weeks as on_day from days_in_work join entries using (episode_id)"
    ),
    "six_months_total": PEOPLE.format(
        rows="select person_id, six_months as on_day from days_in_work join entries using (episode_id)"
    ),
}


def opened(connection: Any, folder: Path) -> Any:
    """The folder's tables as views."""
    for table in TABLES:
        connection.execute(f"create view {table} as select * from read_parquet('{folder / table}.parquet')")
    return connection


def sql_figures(connection: Any, start: date, end: date) -> dict[str, Any]:
    """The value of every indicator over [start, end), as at its last day."""
    days = {"start": start, "end": end, "as_at": end - timedelta(days=1)}
    for statement in FACTS.split(";\n"):
        if statement.strip():
            connection.execute(written_out(statement, days))
    return {id: connection.execute(written_out(query, days)).fetchone()[0] for id, query in QUERIES.items()}


def written_out(query: str, days: dict[str, date]) -> str:
    """A statement with its days in place of $start, $end and $as_at."""
    for name, day in days.items():
        query = query.replace(f"${name}", f"date '{day}'")
    return query


def _main(folder: str, period: str) -> None:
    import duckdb

    year, quarter = (int(part) for part in period[1:].split("Q"))
    month = FIRST_QUARTER.month - 1 + ((year - 1) * 4 + quarter - 1) * 3
    start = date(FIRST_QUARTER.year + month // 12, month % 12 + 1, 1)
    end = date(FIRST_QUARTER.year + (month + 3) // 12, (month + 3) % 12 + 1, 1)
    print(json.dumps(sql_figures(opened(duckdb.connect(), Path(folder)), start, end)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
