"""Facts dated after a day, for everything that can still change: none of them may change a figure as at that day."""

from datetime import timedelta

A_MEETING = {"kind": "appointment", "with_whom": "client", "attendance": "attended"}
A_JOB = {"contract_hours": 20, "competitive": True, "self_employed": False, "occupation": "1", "industry": "A"}
SPECIALISTS = ("s1", "s2")


def with_later_facts(tables, as_at):
    """The tables with a later fact of every kind for every episode, job and document that was there."""
    after = as_at + timedelta(days=1)
    more = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    allocated = {row["episode_id"] for row in tables["allocations"]}
    for row in more["episodes"]:
        row["accepted_on"] = row.get("accepted_on") or after
        row["closed_on"] = row.get("closed_on") or after
    for row in tables["episodes"]:
        own = {"episode_id": row["episode_id"]}
        name = f"later-{row['episode_id']}"
        worked = {"started_on": after, "first_day_worked_on": after, "ended_on": None}
        if row["episode_id"] not in allocated:
            more["allocations"].append({**own, "arm": "ips", "allocated_on": after})
        more["contacts"].append({**own, **A_MEETING, "contact_id": name, "on": after})
        more["profiles"].append({**own, "version": 9, "started_on": after, "completed_on": after})
        more["plans"].append({**own, "version": 9, "kind": "vocational_action", "agreed_on": after, "ended_on": None})
        more["applications"].append({**own, "application_id": name, "on": after})
        more["jobs"].append({**own, **A_JOB, **worked, "job_id": name})
        more["episodes"].append({**row, "episode_id": name, "referred_on": after, "accepted_on": after})
    _to_jobs(more, tables, after)
    _to_documents(more, after)
    return more


def _to_jobs(more, tables, after):
    """Jobs end, hours change, first days at work come: all of it later."""
    spelled = {row["job_id"] for row in tables["job_hours"]}
    for row in more["jobs"]:
        row["first_day_worked_on"] = row["first_day_worked_on"] or after
        row["ended_on"] = row["ended_on"] or max(after, row["first_day_worked_on"])
    for row in more["job_hours"]:
        row["to_on"] = row["to_on"] or max(after, row["from_on"] or after)
    for row in tables["jobs"]:
        if row["job_id"] not in spelled:
            more["job_hours"].append({"job_id": row["job_id"], "from_on": after, "to_on": None, "weekly_hours": 1})


def _to_documents(more, after):
    """What was verified is rejected, what waited is verified, and new documents come.

    A document verified by the person's own specialist is left alone: once another rejects it, who verified it is lost.
    """
    for row in list(more["evidence"]):
        later = {"received_on": after, "status": "verified", "decided_on": after, "verified_on": after}
        more["evidence"].append({**row, **later, "evidence_id": f"later-{row['evidence_id']}", "decided_by": "v9"})
        if row["status"] == "verified" and row["decided_by"] not in SPECIALISTS:
            first = row.get("verified_on") or row["decided_on"]
            row |= {"status": "rejected", "verified_on": first, "decided_on": max(after, first), "decided_by": "v9"}
        elif row["status"] == "received":
            row |= {"status": "verified", "decided_on": after, "verified_on": after, "decided_by": "v9"}
