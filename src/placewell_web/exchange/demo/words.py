"""Made-up words for the demo's records: notes, profiles, plans, employers and practices; all of them invented here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")


def pick(choices: Sequence[T], key: str) -> T:
    """Always the same choice for the same key, whatever order things are made in."""
    return choices[crc32(key.encode()) % len(choices)]


SEARCH_NOTES = (
    "Talked about mornings and travel. The early bus is the hard part; we looked at routes that start after nine.",
    "Went through two adverts together. One was too far, the other goes in this week.",
    "Practised talking about the gap in work. Feels surer about saying it in one sentence.",
    "Tired after a bad week. Agreed to keep it short today and speak again soon.",
    "Good news about the course place. We changed the plan to fit around it.",
    "Checked what earnings would do to Universal Credit. A written sum goes out by post.",
    "Met at the library. Wrote a first version of the CV and a short covering letter.",
    "Spoke about which parts of the condition an employer needs to know, and which not.",
    "Looked back at the last job: what went well, what to ask for next time.",
)
WORK_NOTES = (
    "Settling in. Likes the people; breaks are short. Will ask for a fixed break at eleven.",
    "Asked about the stool at the till. Will write to the supervisor with the request.",
    "Rang the practice nurse together about the new tablets and the shift pattern.",
    "Went through the first payslip line by line. The tax code is right.",
    "Two early shifts swapped for late ones. Sleeping better, back less stiff.",
    "Met in the break. The supervisor is pleased; more hours may come in the summer.",
)
MESSAGE_NOTES = (
    "Sent a reminder of the meeting and the address.",
    "Sent the link to the advert we spoke about.",
    "Asked which day suits next week.",
)
WORK_MESSAGES = (
    "Asked for a photo of the latest payslip.",
    "Checked how the first shift went.",
    "Sent a reminder of the meeting and the address.",
)
MISSED_NOTES = (
    "Did not come. Rang after ten minutes; no answer. Will text.",
    "No answer. No message left, as asked.",
    "Not there. Texted a new time.",
)
WANTS = (
    "Shop or stock work, days, on a direct bus route",
    "Work with animals, part time to begin with",
    "Office work, a quiet desk, mornings",
    "Kitchen work, no late nights",
    "Warehouse work near home, fixed shifts",
    "Care work in the community, school hours",
    "Something practical, small team",
    "Delivery work, own round",
)
STRENGTHS = (
    "Careful with stock, kind to customers",
    "Keeps calm in a rush, never late",
    "Good with numbers and lists",
    "Learns by doing, notices when something is wrong",
    "Patient with children and older people",
    "Strong, steady, likes routine",
)
NEEDS = (
    "A seat for part of the shift; notice of changes",
    "Written instructions rather than spoken ones",
    "A short break each hour",
    "No lone working in the first month",
    "A start after nine on clinic days",
    "Somewhere quiet to go for five minutes",
)
WORKED = (
    "School kitchens for six years, then caring for a parent",
    "Warehouse picking until the injury in 2016",
    "Reception at a garage, left when it closed",
    "Bar and restaurant work, several short jobs",
    "No paid job yet; helped in a relative's shop",
    "Trained as a plasterer, then long spells out of work",
)
HEALTH = {
    "anxiety_or_depression": (
        "Low mood in the mornings; better in the afternoons",
        "Anxiety in crowds; manages with a plan",
        "Depression, under the practice's care; sleep is the hard part",
    ),
    "other_mental_health": ("Good and bad weeks; knows the early signs and whom to ring",),
    "severe_mental_illness": ("Well since the new treatment; keeps every clinic day",),
    "musculoskeletal": ("Back pain after an hour on the feet", "Stiff knees; no ladders, lifting up to 10 kg"),
    "chronic_pain": ("Pain that comes and goes; short breaks help",),
    "heart_or_circulation": ("Heart condition, stable; no heavy lifting",),
    "respiratory": ("Asthma; no dust or strong cleaning products",),
    "diabetes": ("Diabetes; needs regular meals",),
    "epilepsy": ("Epilepsy, well controlled; does not drive",),
    "fatigue": ("Tires quickly; some days are worse than others",),
}
OTHER_HEALTH = ("Steady at present; knows what helps", "Some days are worse than others; plans around them")
SEARCH_GOALS = (
    "Find part-time shop work near home by the summer",
    "Get back to kitchen work, days only",
    "Try two kinds of work and choose one",
    "A first paid job, four mornings a week",
)
WORK_GOALS = (
    "Keep this job and build up the hours",
    "Settle in, with a break at eleven each day",
    "Keep this job through the winter",
)
LONGER = (
    "Two interviews are booked for next month.",
    "Was in hospital for six weeks and is well again.",
    "A trial shift went well; the manager decides this month.",
)
STEPS = (
    ("Finish the CV together", "{person} and {specialist}"),
    ("Ask the practice for a letter about lifting", "{specialist}"),
    ("Visit two employers near the bus station", "{specialist}"),
    ("Send three applications", "{person}"),
    ("Work out earnings and benefits in writing", "{specialist}"),
    ("Practise the interview questions", "{person} and {specialist}"),
    ("Fill in the Access to Work form", "{person}"),
)
PART_STEPS = {  # by the part of the plan they stand under
    "health_support": (
        ("Keep the sleep diary for two weeks", "{person}"),
        ("Go over what to do on a bad day, in writing", "{person} and {specialist}"),
    ),
    "direct_referrals": (
        ("Refer to physiotherapy for the back", "{specialist}"),
        ("Refer to psychological therapies", "{specialist}"),
    ),
    "workplace_adjustments": (
        ("Agree a phased return with the manager", "{person} and {specialist}"),
        ("Ask the manager for a seat at the till", "{person}"),
    ),
    "signposting": (
        ("Fill in the Access to Work form", "{person}"),
        ("Go to the job club on Thursday", "{person}"),
    ),
    "housing_debt_welfare_skills": (
        ("See the debt adviser about the rent", "{person}"),
        ("Work out what sick pay does to benefits", "{specialist}"),
    ),
    "digital_self_care": (
        ("Try the breathing app before shifts", "{person}"),
        ("Look at the online pain course together", "{person} and {specialist}"),
    ),
}
EMPLOYER_NAMES = (
    "Marlowe",
    "Bridgeway",
    "Fernbank",
    "Oakline",
    "Hingley",
    "Canalside",
    "Beacon",
    "Swan",
    "Tipton Road",
    "Penn",
    "Lyde",
    "Castle",
    "Rowley",
    "Sandhurst",
    "Merry Hill Lane",
    "Netherton",
    "Aston",
    "Gornal",
    "Soho Road",
    "Harborne",
)
EMPLOYER_KINDS = {  # by SIC 2007 section
    "C": ("Foods", "Bakery", "Joinery", "Packaging"),
    "F": ("Builders", "Roofing"),
    "G": ("Home Store", "Garden Centre", "Pharmacy", "Books"),
    "H": ("Couriers", "Logistics"),
    "I": ("Café", "Kitchen", "Hotel"),
    "M": ("Surveyors", "Design Office"),
    "N": ("Cleaning", "Office Services"),
    "O": ("Council Depot", "Housing Office"),
    "P": ("Primary School", "Training Centre"),
    "Q": ("Care Home", "Home Care", "Day Centre"),
    "R": ("Leisure Centre", "Theatre"),
    "S": ("Laundry", "Salon"),
}
EMPLOYER_CONTACTS = ("Carol Finch", "Dev Anand", "Mrs Rook", "Piotr Lis", "Shirley Beck", "Mo Karim", "Jean Tonks")
EMPLOYER_NEEDS = (
    "Part-time mornings; trains on the job.",
    "Weekend shifts before Christmas, two weeks' notice.",
    "Happy to meet people for a trial shift.",
    "Driving licence helps, not needed.",
)
ROLES = ("Shop assistant", "Kitchen assistant", "Cleaner", "Care assistant", "Office assistant", "Warehouse operative")
EMPLOYER_PLACES = (
    "Wolverhampton",
    "Dudley",
    "West Bromwich",
    "Smethwick",
    "Selly Oak",
    "Tipton",
    "Stourbridge",
    "Bilston",
)
PRACTICE_PLACES = (
    "Canal Street",
    "Lower Gornal",
    "Park Row",
    "Lime Tree",
    "Station Road",
    "Beacon Hill",
    "Mill Lane",
    "St Anne's",
    "The Green",
    "Oldbury Road",
    "Bridge House",
    "Weaver's Yard",
    "Northgate",
    "Chapel Ash",
    "Kingfisher",
    "Elm Court",
    "Holly Road",
)
PRACTICE_KINDS = ("Surgery", "Health Centre", "Practice", "Medical Centre")
STAFF_NAMES = (
    "Leah Morgan",
    "Owen Price",
    "Sana Doyle",
    "Joti Bhatti",
    "Marcus Lowe",
    "Ruth Adeyemi",
    "Priya Nair",
    "Tom Hackett",
    "Grace Okoro",
    "Callum Byrne",
    "Nadia Hussain",
    "Peter Lindqvist",
    "Amina Yusuf",
    "Rob Whitlock",
    "Hannah Clarke",
    "Dev Malhotra",
    "Ellen Shaw",
    "Kofi Mensah",
    "Zara Siddiqui",
    "Liam Foster",
    "Maria Silva",
    "Jack Turner",
    "Fatima Noor",
    "Ben Carter",
    "Olu Adebayo",
    "Sian Hughes",
    "Imran Aziz",
    "Clare Dunn",
    "Victor Chen",
    "Holly Marsh",
    "Yusuf Demir",
    "Anna Kowalska",
    "Gemma Reid",
    "Samir Patel",
    "Beth Lane",
    "Noel Grant",
    "Rosa Lopez",
    "Kit Walsh",
    "Mina Das",
    "Paul Everett",
)
JOB_TITLES = {
    "1": "Shop supervisor",
    "2": "Teaching assistant",
    "3": "Support worker",
    "4": "Office assistant",
    "5": "Kitchen assistant",
    "6": "Care assistant",
    "7": "Shop assistant",
    "8": "Van driver",
    "9": "Stock assistant",
}
ALERTS = (
    ("risk", "Do not visit at home alone", "A former partner may be there."),
    ("communication", "Large print, 18 point", "Letters and forms. Reads texts without difficulty."),
    ("contact", "Text first, calls after 10 am", "Do not leave voicemail."),
    ("communication", "Interpreter for long meetings", "Polish. Short calls in English are fine."),
    ("communication", "Easy read letters", "Prefers to go through letters together."),
)


def employer_name(number: int, industry: str, taken: Collection[str]) -> str:
    """A name that tells the industry, and that no other employer has."""
    kinds = EMPLOYER_KINDS.get(industry[:1], EMPLOYER_KINDS["G"])
    for step in range(len(EMPLOYER_NAMES) * len(kinds)):
        first = EMPLOYER_NAMES[(number + step) % len(EMPLOYER_NAMES)]
        name = f"{first} {kinds[(number + step // len(EMPLOYER_NAMES)) % len(kinds)]}"
        if name not in taken:
            return name
    return f"{EMPLOYER_NAMES[number % len(EMPLOYER_NAMES)]} {kinds[0]} {number}"
