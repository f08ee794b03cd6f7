"""The second opinion on 001's figures: day by day and row by row, from the meanings in words, and slowly."""

from dataclasses import dataclass

EXCLUDED, NOT_DUE, COUNTED, NOT_COUNTED = "excluded", "not_due", "counted", "not_counted"
SERVICE = "workwise"
UNSUITABLE = {"under_age", "not_in_talking_therapies", "no_difficulty_with_work", "other_service_suits_better"}
BEFORE_OPTING_IN = {"no_answer", "changed_mind"}
THERAPISTS = {"talking_therapies", "psychological_therapist"}
HELPED = {
    "retained_in_work", "changed_role", "changed_employer", "returned_to_work", "self_employed",
    "supported_or_permitted_work", "training", "retraining", "mainstream_education", "mainstream_volunteering",
}  # fmt: skip
EVENTS = {
    "off_sick_pay_or_benefits": {"off_sick_pay", "off_benefits"},
    "changed_role_or_employer": {"changed_role", "changed_employer"},
    "voluntary_work": {"mainstream_volunteering"},
    "training_or_education": {"training", "retraining", "mainstream_education"},
    "people_helped": HELPED,
}
ADVICE = {"other_advice": {"benefits_advice", "debt_advice", "legal_advice"}, "legal_advice": {"legal_advice"}}
SESSIONS = {"employer_awareness", "employer_training"}
VISITS = {"awareness", "training"}


@dataclass(frozen=True)
class Asked:
    """A period [start, end) as at a day."""

    start: object
    end: object
    as_at: object

    def judge(self, day, reached=True):
        """The status of something dated: None is not there yet, another period is excluded."""
        if day is None:
            return NOT_DUE
        if not self.start <= day < self.end:
            return EXCLUDED
        return COUNTED if reached else NOT_COUNTED


@dataclass
class Line:
    """One member: subject, episode, person, status, day and locality."""

    subject: str
    episode: str | None
    person: str | None
    status: str
    on: object
    locality: str


def by(day, as_at):
    """A day, if it has come by the as-at day."""
    return day if day is not None and day <= as_at else None


def received(tables, as_at):
    """The service's episodes known on the day, in order, without what comes later."""
    found = []
    for row in tables["episodes"]:
        if row["service_id"] not in (SERVICE, None) or by(row["referred_on"], as_at) is None:
            continue
        known = {**row, **{name: by(row.get(name), as_at) for name in ("opted_in_on", "closed_on", "declined_on")}}
        known["closure_reason"] = row.get("closure_reason") if known["closed_on"] else None
        known["decline_reason"] = row.get("decline_reason") if known["declined_on"] else None
        found.append(known)
    return sorted(found, key=lambda row: (row["referred_on"], row["episode_id"]))


def of_people(lines, proportion=False):
    """A person counts once, by the first episode that does; then the others stand aside."""
    for person in {line.person for line in lines}:
        own = [line for line in lines if line.person == person]
        stands = next((line for line in own if line.status == COUNTED), None)
        if proportion and stands is None:
            stands = next((line for line in own if line.status == NOT_COUNTED), None)
            for line in own:
                if line is not stands and line.status == NOT_COUNTED:
                    line.status = EXCLUDED
        elif stands is not None:
            for line in own:
                if line is not stands:
                    line.status = EXCLUDED
    return lines


def a_line(row, subject, status, on):
    return Line(subject, row["episode_id"], row["person_id"], status, on, row["locality"] or "unknown")


def last_day(asked):
    """The last day of the period, or the as-at day where that is earlier."""
    from datetime import timedelta

    return min(asked.end - timedelta(days=1), asked.as_at)


def pending(tables, asked):
    day = last_day(asked)
    lines = []
    for row in received(tables, asked.as_at):
        if row["referred_on"] > day:
            status = EXCLUDED
        else:
            over = [row[name] for name in ("opted_in_on", "closed_on", "declined_on")]
            status = NOT_COUNTED if any(one is not None and one <= day for one in over) else COUNTED
        lines.append(a_line(row, row["person_id"], status, None))
    return of_people(lines)


def active(tables, asked):
    day = last_day(asked)
    lines = []
    for row in received(tables, asked.as_at):
        if row["opted_in_on"] is None:
            continue
        if row["opted_in_on"] > day:
            status = EXCLUDED
        else:
            over = [row[name] for name in ("closed_on", "declined_on")]
            status = NOT_COUNTED if any(one is not None and one <= day for one in over) else COUNTED
        lines.append(a_line(row, row["person_id"], status, None))
    return of_people(lines)


def how_it_ended(row):
    """The day, and whether it was a closing (which wins on one day)."""
    closed, declined = row["closed_on"], row["declined_on"]
    if closed is not None and (declined is None or closed <= declined):
        return closed, True
    return declined, False


def closed(tables, asked):
    lines = []
    for row in received(tables, asked.as_at):
        day, was_closed = how_it_ended(row)
        reached = was_closed or row["decline_reason"] in BEFORE_OPTING_IN
        lines.append(a_line(row, row["person_id"], asked.judge(day, reached), day))
    return of_people(lines)


def did_not_engage(tables, asked):
    lines = []
    for row in received(tables, asked.as_at):
        day, was_closed = how_it_ended(row)
        reached = row["closure_reason"] == "did_not_engage" if was_closed else row["decline_reason"] in BEFORE_OPTING_IN
        lines.append(a_line(row, row["person_id"], asked.judge(day, reached), day))
    return of_people(lines)


def unsuitable(tables, asked):
    lines = []
    for row in received(tables, asked.as_at):
        day = row["declined_on"]
        lines.append(a_line(row, row["person_id"], asked.judge(day, row["decline_reason"] in UNSUITABLE), day))
    return of_people(lines)


def throughput(tables, asked):
    lines = []
    for row in received(tables, asked.as_at):
        if row["opted_in_on"] is not None:
            day = row["closed_on"]
            status = asked.judge(day, row["closure_reason"] == "completed")
            lines.append(a_line(row, row["person_id"], status, day))
    return of_people(lines, proportion=True)


def people_referred(tables, asked):
    rows = received(tables, asked.as_at)
    return of_people([a_line(r, r["person_id"], asked.judge(r["referred_on"]), r["referred_on"]) for r in rows])


def opted_in(tables, asked):
    rows = [row for row in received(tables, asked.as_at) if row["opted_in_on"] is not None]
    return of_people([a_line(r, r["person_id"], asked.judge(r["opted_in_on"]), r["opted_in_on"]) for r in rows])


def take_up(tables, asked):
    lines = []
    for row in received(tables, asked.as_at):
        status = asked.judge(row["referred_on"], row["opted_in_on"] is not None)
        if status == NOT_COUNTED and row["declined_on"] is None and row["closed_on"] is None:
            status = NOT_DUE
        lines.append(a_line(row, row["episode_id"], status, row["referred_on"]))
    return lines


def first_event(tables, asked, table, column, codes, kinds=None, sources=None):
    lines = []
    for row in received(tables, asked.as_at):
        entry = row["opted_in_on"]
        if entry is None:
            continue
        days = [
            one["on"]
            for one in tables[table]
            if one["episode_id"] == row["episode_id"]
            and by(one["on"], asked.as_at) is not None
            and one["on"] >= entry
            and one[column] in codes
            and (kinds is None or one["kind"] in kinds)
        ]
        day = min(days, default=None)
        status = asked.judge(day)
        if sources is not None and row["source"] not in sources:
            status = EXCLUDED
        lines.append(a_line(row, row["person_id"], status, day))
    return of_people(lines)


def session_rows(tables, asked):
    """Sessions with employers: activities, and contacts for no one person, with the employer of each."""
    found = []
    for row in tables["activities"]:
        own = row["service_id"] in (SERVICE, None)
        if own and by(row["on"], asked.as_at) is not None and row["kind"] in SESSIONS:
            found.append((f"activities:{row['activity_id']}", row, row["organisation_id"]))
    for row in tables["employer_contacts"]:
        of_nobody = row["episode_id"] is None
        if of_nobody and by(row["on"], asked.as_at) is not None and row["purpose"] in VISITS:
            found.append((f"employer_contacts:{row['employer_contact_id']}", row, row["employer_id"]))
    return sorted(found, key=lambda one: (one[1]["on"], one[0]))


def employer_sessions(tables, asked):
    return [
        Line(id, None, None, asked.judge(row["on"]), row["on"], row["locality"] or "unknown")
        for id, row, _ in session_rows(tables, asked)
    ]


def employers_engaged(tables, asked):
    seen, lines = set(), []
    for id, row, employer in session_rows(tables, asked):
        status = asked.judge(row["on"], employer is not None)
        if status == COUNTED and employer in seen:
            status = EXCLUDED
        elif status == COUNTED:
            seen.add(employer)
        lines.append(Line(employer or id, None, None, status, row["on"], row["locality"] or "unknown"))
    return lines


def jobcentre(tables, asked):
    lines = []
    for row in tables["activities"]:
        own = row["service_id"] in (SERVICE, None) and row["kind"] == "jobcentre_liaison"
        if own and by(row["on"], asked.as_at) is not None:
            id = f"activities:{row['activity_id']}"
            lines.append(Line(id, None, None, asked.judge(row["on"]), row["on"], row["locality"] or "unknown"))
    for episode in received(tables, asked.as_at):
        for row in tables["onward_referrals"]:
            sent = row["episode_id"] == episode["episode_id"] and row["to"] == "jobcentre_plus"
            sent = sent and row["kind"] == "referral" and by(row["on"], asked.as_at) is not None
            if sent and episode["opted_in_on"] is not None and row["on"] >= episode["opted_in_on"]:
                lines.append(a_line(episode, "a referral", asked.judge(row["on"]), row["on"]))
    return lines


def an_event(codes, sources=None):
    return lambda tables, asked: first_event(tables, asked, "destinations", "code", codes, sources=sources)


def advice(codes):
    return lambda tables, asked: first_event(tables, asked, "onward_referrals", "to", codes, {"referral"})


INDICATORS = {
    "pending": pending,
    "active": active,
    "closed": closed,
    "did_not_engage": did_not_engage,
    "unsuitable": unsuitable,
    "throughput": throughput,
    "people_referred": people_referred,
    "opted_in": opted_in,
    "take_up": take_up,
    "employer_sessions": employer_sessions,
    "employers_engaged": employers_engaged,
    "jobcentre": jobcentre,
    **{id: an_event(codes, THERAPISTS if id == "people_helped" else None) for id, codes in EVENTS.items()},
    **{id: advice(codes) for id, codes in ADVICE.items()},
}
