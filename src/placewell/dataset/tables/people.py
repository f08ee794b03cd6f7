"""Tables about who the people are, how they came in, and what they agreed to."""

from placewell.dataset.columns import Table, day, flag, identifying, key, number, parent, text

PEOPLE = Table(
    "people",
    "person",
    (
        key("person_id", "The person's id in the data set; tells nothing about who they are", "002 §17.9"),
        identifying("birth_date", "Date of birth", "002 App. 6 viii", "date"),
        identifying("first_name", "First name", "002 App. 6 vi"),
        identifying("surname", "Surname", "002 App. 6 vii"),
        identifying("email", "E-mail address", "002 App. 6 ix"),
        identifying("phone", "Telephone number", "002 App. 6 x"),
        identifying("postcode", "Full postcode", "002 §16.3"),
        identifying("nhs_number", "NHS number, ten digits", "002 §9.3"),
        text("region", "Region the person lives in", "002 App. 6 v", codes="region"),
        text("gender", "Gender as the person states it", "002 App. 6 xi", codes="gender"),
        text("ethnicity", "Ethnic category as the person states it", "002 App. 6 xii", codes="ethnicity"),
        text("religion", "Religion or belief", "002 App. 6 xiii", codes="religion"),
        text("sexual_orientation", "Sexual orientation", "002 App. 6 xiv", codes="sexual_orientation"),
        text("education", "Highest qualification", "002 App. 6 xv", codes="education"),
        text("postcode_district", "First half of the postcode, such as WV1", "002 App. 6 v"),
    ),
    "002 App. 6, person items i–xvii",
)

EPISODES = Table(
    "episodes",
    "referral, to its closure",
    (
        key("episode_id", "The referral's id", "002 App. 6 i"),
        parent("person_id", "people", "Who was referred", "002 §9.3"),
        text("service_id", "The service referred to", "002 §1.5"),
        text("lot", "The contract lot (site) that received the referral", "002 §1.5"),
        text("locality", "Locality within the lot or service area", "002 §1.5; 001 §2.2"),
        text("team_id", "Team that works with the person", "002 App. 7 Org 4"),
        text("gp_practice", "Code of the GP practice", "002 §17.10 iv"),
        day("referred_on", "Day the referral was received", "002 App. 6 i"),
        text("source", "Who or what referred the person", "002 App. 6 ii", codes="source"),
        text("route", "How the referral came in", "002 App. 1", codes="route"),
        text("prompted_by", "What prompted the referral", "002 App. 1", codes="prompted_by"),
        day("accepted_on", "Day the service accepted the referral", "002 §9.11"),
        day("declined_on", "First day on which the referral was no longer open because it was declined", "002 §9.3"),
        text("decline_reason", "Why the referral was declined", "001 reporting table"),
        day("opted_in_on", "Day the person opted in", "001 reporting"),
        text("specialist_id", "The named specialist", "002 §9.12 iv"),
        text("primary_condition", "Main health condition", "002 App. 6 iii", codes="primary_condition"),
        flag("has_long_term_condition", "Has a diagnosed long-term condition", "004 §8.2"),
        flag("has_common_mental_health_problem", "Has a common mental health problem at assessment", "004 §8.3"),
        flag("has_autism", "Is on the autistic spectrum", "004 §8.3"),
        flag("has_learning_disability", "Has a learning disability", "004 §8.3"),
        text("employment_at_entry", "Work status on entry", "004 §8.1", codes="employment_at_entry"),
        text("time_since_last_worked", "Time since last in work", "002 App. 6 xvi", codes="time_since_last_worked"),
        day("closed_on", "First day on which the episode is no longer open", "002 §9.10 x"),
        text("closure_reason", "Why the episode was closed", "002 App. 7 Sv 14"),
        text("follows", "The referral of the same person that this one goes on from", "002 §9.3, §9.10 ix"),
        flag("shares", "What was known in that one is shared with this one, as the person agreed", "002 §9.10 ix"),
    ),
    "002 §9, App. 1, App. 6",
)

CONSENTS = Table(
    "consents",
    "consent given",
    (
        parent("episode_id", "episodes", "The episode in which it was given", "002 §11.3"),
        text("kind", "What was consented to", "002 App. 6 iv", codes="consent_kind", expected=True),
        text("form_version", "Version of the form signed", "002 §11.4"),
        day("given_on", "Day consent was given", "002 §11.3", expected=True),
        day("withdrawn_on", "First day on which consent no longer holds", "002 §11.9"),
    ),
    "002 §11",
)

ALLOCATIONS = Table(
    "allocations",
    "person randomised (at most one in a service)",
    (
        key("episode_id", "The episode that was randomised", "002 §11.6", refers_to="episodes"),
        text("arm", "The arm decided by chance", "002 §11.6", codes="arm", expected=True),
        day("allocated_on", "Day of randomisation", "002 §11.6", expected=True),
    ),
    "002 §11",
)

SCREENINGS = Table(
    "screenings",
    "eligibility criterion decided for an episode",
    (
        parent("episode_id", "episodes", "The episode screened", "002 Fig. 1"),
        text("criterion", "Id of the criterion in the service's specification", "002 Fig. 1", expected=True),
        day("decided_on", "Day the criterion was decided", "002 Fig. 1", expected=True),
        text("answer", "Whether the criterion is met", "002 Fig. 1", codes="screening_answer", expected=True),
        text("reason", "Why, in words", "002 Fig. 1"),
        text("specification_version", "Version of the specification decided under", "002 §16.8"),
    ),
    "002 §10, Fig. 1",
)

BENEFITS = Table(
    "benefits",
    "benefit a person said they receive or do not, on a day",
    (
        parent("episode_id", "episodes", "The episode in which it was recorded", "002 App. 6 xvii"),
        day("on", "Day it was recorded", "002 App. 6 xvii", expected=True),
        text("benefit", "The benefit", "002 App. 6 xvii", codes="benefit", expected=True),
        flag("received", "Whether the person receives it", "002 App. 6 xvii"),
    ),
    "002 App. 6 xvii",
)

RESPONSES = Table(
    "responses",
    "answer to one question of a questionnaire",
    (
        key("response_id", "Id of the answered form: all its answers share it", "002 Fig. 2"),
        parent("episode_id", "episodes", "The episode in which it was answered", "002 Fig. 2"),
        text("instrument", "The questionnaire", "002 Fig. 2", codes="instrument", expected=True),
        text("occasion", "When in the episode it was asked", "002 Fig. 2", codes="occasion"),
        day("completed_on", "Day the form was completed", "002 Fig. 2", expected=True),
        key("item", "The question's short name or number", "002 Fig. 2"),
        text("answer", "The answer's code or number", "002 Fig. 2"),
    ),
    "002 Fig. 2; 004 §8",
)

EMPLOYMENT_CHECKS = Table(
    "employment_checks",
    "observation of a person's work status",
    (
        parent("episode_id", "episodes", "The episode observed", "004 §8.1"),
        day("on", "Day observed", "004 §8.1", expected=True),
        text("status", "Work status that day", "004 §8.1", codes="work_status", expected=True),
        number("weekly_hours", "Hours worked a week", "004 §8.1"),
        flag("on_sick_pay", "Receives sick pay", "001 reporting"),
        flag("on_benefits", "Receives out-of-work benefits", "001 reporting"),
    ),
    "004 §8.1; 001 reporting",
)

TABLES = (PEOPLE, EPISODES, CONSENTS, ALLOCATIONS, SCREENINGS, BENEFITS, RESPONSES, EMPLOYMENT_CHECKS)
