"""Three of the hardest indicators as hand-written DuckDB SQL over the same Parquet folder, each of another service.

Numbers of the contracts are written out here on purpose: this is what somebody would write for the one figure.
`python -m benchmarks.hardest_sql SERVICE DIR START END` prints the value as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.sql import FACTS, written_out


@dataclass(frozen=True)
class Written:
    """An indicator in SQL: the tables it reads, statements that prepare temporary tables, the query of its value."""

    indicator: str
    tables: tuple[str, ...]
    prepared: str
    query: str


WEEKLY_HOURS = """
create or replace temp table averages as
  with worked as (
    select w.episode_id, w.days, s.job_id, s.contract_hours,
      greatest(s.began, w.from_on) as from_on, least(s.ended, w.to_on) as to_on
    from windows w join starts s using (episode_id)
    where greatest(s.began, w.from_on) <= least(s.ended, w.to_on)),
  spells as (
    select job_id, from_on, least(coalesce(to_on, $as_at), $as_at) as to_on, weekly_hours from job_hours
    where from_on <= $as_at),
  spelled as (
    select o.job_id, sum(least(o.to_on, s.to_on) - greatest(o.from_on, s.from_on) + 1) as days,
      sum((least(o.to_on, s.to_on) - greatest(o.from_on, s.from_on) + 1) * s.weekly_hours) as hours,
      bool_or(s.weekly_hours is null) as not_known
    from worked o join spells s using (job_id)
    where greatest(o.from_on, s.from_on) <= least(o.to_on, s.to_on) group by o.job_id),
  by_job as (
    select o.episode_id, o.days, o.to_on - o.from_on + 1 - coalesce(s.days, 0) as by_contract, o.contract_hours,
      coalesce(s.hours, 0) as by_spell, coalesce(s.not_known, false) as not_known
    from worked o left join spelled s using (job_id))
  select episode_id,
    case when not bool_or(not_known or (by_contract > 0 and contract_hours is null))
      then sum(case when by_contract > 0 then by_contract * contract_hours else 0 end + by_spell) / any_value(days)
    end as weekly_hours
  from by_job group by episode_id;
"""
"""The mean weekly hours of each episode's window: spells for their days, the contract's hours for the others."""

YEAR_IN_WORK = """
create or replace temp table starts as
  with known as (
    select job_id, episode_id, contract_hours, paid_hours_to_date,
      case when started_on <= $as_at then started_on end as begun,
      case when first_day_worked_on <= $as_at then first_day_worked_on end as first_day,
      case when ended_on <= $as_at then ended_on else $as_at end as ended
    from jobs where competitive),
  dated as (
    select *, case when first_day is null and contract_hours < 16 and paid_hours_to_date >= 4 then begun
      else first_day end as began from known)
  select d.job_id, d.episode_id, e.person_id, d.began, d.ended, d.contract_hours
  from dated d join episodes e using (episode_id)
  where e.referred_on <= $as_at and e.accepted_on <= $as_at and d.began >= e.accepted_on;
create or replace temp table windows as
  with milestones as (select episode_id, any_value(person_id) as person_id, min(began) + 364 as due_on
    from starts group by episode_id)
  select m.episode_id, m.person_id, m.due_on, m.due_on - 27 as from_on, m.due_on as to_on, 28 as days
  from milestones m
  where m.due_on >= $start and m.due_on < $end and m.due_on <= $as_at and exists (
    select 1 from starts s where s.episode_id = m.episode_id and m.due_on between s.began and s.ended);
"""

SIX_WEEKS = """
create or replace temp table windows as
  select d.episode_id, n.person_id, n.specialist_id, d.six_weeks, f.began as from_on, d.six_weeks as to_on, 42 as days
  from days_in_work d join entries n using (episode_id) join firsts f using (episode_id)
  where d.six_weeks >= $start and d.six_weeks < $end;
create or replace temp table held as
  select distinct w.episode_id from windows w join evidence d using (episode_id)
  where d.outcome = 'six_weeks' and d.about_on >= w.six_weeks
    and d.kind in ('employer_letter', 'employer_email', 'payslip', 'timesheet', 'self_employment_record',
                   'client_declaration')
    and d.received_on <= $as_at
    and coalesce(d.verified_on, case when d.status = 'verified' then d.decided_on end) <= $as_at
    and not (d.status = 'rejected' and (d.decided_on is null or d.decided_on <= $as_at))
    and (d.decided_by is null or w.specialist_id is null or d.decided_by <> w.specialist_id);
"""

EQ5D = """
create or replace temp table lost as
  select * from (values
    ('mobility', [0, 0.032, 0.058, 0.179, 0.279]), ('self_care', [0, 0.038, 0.060, 0.162, 0.206]),
    ('usual_activities', [0, 0.049, 0.086, 0.184, 0.212]), ('pain', [0, 0.056, 0.066, 0.371, 0.479]),
    ('anxiety', [0, 0.041, 0.126, 0.313, 0.391])) as dimensions(item, of_level);
create or replace temp table entered as
  select e.episode_id, e.person_id, e.employment_at_entry, min(c."on") as entered_on
  from episodes e join contacts c using (episode_id)
  where e.referred_on <= $as_at and c."on" between e.referred_on and $as_at
    and c.with_whom = 'client' and c.attendance = 'attended'
    and c.kind in ('appointment', 'video', 'call', 'group', 'joint_with_clinician')
  group by e.episode_id, e.person_id, e.employment_at_entry;
create or replace temp table forms as
  select r.response_id, r.episode_id, any_value(r.occasion) as occasion, any_value(r.completed_on) as completed_on,
    1 - sum(l.of_level[try_cast(trim(r.answer) as int)]::decimal(6, 3)) as score
  from responses r join entered n using (episode_id) join lost l using (item)
  where r.instrument = 'eq5d5l' and r.completed_on between n.entered_on and $as_at
    and trim(r.answer) in ('1', '2', '3', '4', '5')
  group by r.response_id, r.episode_id having count(*) = 5 and count(distinct r.item) = 5;
create or replace temp table pairs as
  with baselines as (
    select * from forms where occasion = 'baseline'
    qualify row_number() over (partition by episode_id order by completed_on, response_id) = 1)
  select n.person_id, f.completed_on as later_on, f.score > b.score as better
  from forms f join baselines b using (episode_id) join entered n using (episode_id)
  where f.completed_on > b.completed_on
    and n.employment_at_entry not in ('in_work', 'off_sick', 'self_employed', 'not_known')
  qualify row_number() over (partition by f.episode_id order by f.completed_on desc, f.response_id desc) = 1;
"""

HARDEST = {
    "ips_grow": Written(
        "sustained_52_weeks_16_and_over",
        ("episodes", "jobs", "job_hours"),
        YEAR_IN_WORK + WEEKLY_HOURS,
        "select count(distinct person_id) from windows join averages using (episode_id) where weekly_hours >= 16",
    ),
    "nottingham_health_employment": Written(
        "eq5d_improved",
        ("episodes", "contacts", "responses"),
        EQ5D,
        """select count(*) filter (where better) / count(*) from (
          select person_id, bool_or(better) as better from pairs
          where later_on >= $start and later_on < $end group by person_id)""",
    ),
    "thrive_into_work": Written(
        "six_weeks_16_and_over",
        ("episodes", "allocations", "jobs", "job_hours", "evidence"),
        FACTS + SIX_WEEKS + WEEKLY_HOURS,
        """select count(distinct person_id) from windows join averages using (episode_id) join held using (episode_id)
          where weekly_hours >= 16""",
    ),
}
"""By service: hours averaged over a window; a questionnaire scored twice; days in work, their hours, and evidence."""


def opened(connection: Any, folder: Path, tables: Iterable[str]) -> Any:
    """The folder's tables as views."""
    for table in tables:
        connection.execute(f"create view {table} as select * from read_parquet('{folder / table}.parquet')")
    return connection


def sql_value(connection: Any, written: Written, start: date, end: date) -> Any:
    """The value of the indicator over [start, end), as at its last day."""
    days = {"start": start, "end": end, "as_at": end - timedelta(days=1)}
    for statement in written.prepared.split(";\n"):
        if statement.strip():
            connection.execute(written_out(statement, days))
    return connection.execute(written_out(written.query, days)).fetchone()[0]


def _main(service: str, folder: str, start: str, end: str) -> None:
    import duckdb

    written = HARDEST[service]
    connection = opened(duckdb.connect(), Path(folder), written.tables)
    print(json.dumps(sql_value(connection, written, date.fromisoformat(start), date.fromisoformat(end))))


if __name__ == "__main__":
    _main(*sys.argv[1:])
