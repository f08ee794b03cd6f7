"""Made-up words for the demo's records: notes, profiles, plans, employers and practices; all of them invented here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")


def pick(choices: Sequence[T], key: str) -> T:
    """Always the same choice for the same key, whatever order things are made in."""
    return choices[crc32(key.encode()) % len(choices)]


CONTACT_NOTES = (
    "Talked about mornings and travel. The early bus is the hard part; we looked at routes that start after nine.",
    "Went through two adverts together. One was too far, the other goes in this week.",
    "Practised talking about the gap in work. Feels surer about saying it in one sentence.",
    "Tired after a bad week. Agreed to keep it short today and speak again soon.",
    "Good news about the course place. We changed the plan to fit around it.",
    "Checked what earnings would do to Universal Credit. A written sum goes out by post.",
    "Met at the library. Wrote a first version of the CV and a short covering letter.",
    "Spoke about which parts of the condition an employer needs to know, and which not.",
    "Asked about the stool at the till. Will write to the supervisor with the request.",
    "Rang the practice nurse together about the new tablets and the shift pattern.",
    "Settling in. Likes the people; breaks are short. Will ask for a fixed break at eleven.",
    "Looked back at the last job: what went well, what to ask for next time.",
)
MESSAGE_NOTES = (
    "Sent a reminder of the meeting and the address.",
    "Asked for a photo of the latest payslip.",
    "Sent the link to the advert we spoke about.",
    "Checked how the first shift went.",
)
MISSED_NOTES = (
    "Did not come. Rang after ten minutes; no answer. Will text.",
    "No answer. No message left, as asked.",
    "Not there. Texted a new time.",
)
WANTS = (
    "Shop or stock work, days, on a direct bus route",
    "Work with animals or outdoors, part time to begin with",
    "Office work with a quiet desk, mornings",
    "Kitchen work, no late nights",
    "Warehouse work near home, fixed shifts",
    "Care work in the community, school hours",
    "Something practical with hands, small team",
    "Driving or delivery, own round",
)
STRENGTHS = (
    "Careful with stock, kind to customers, speaks Punjabi",
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
    "School kitchens for six years, then caring for her mother",
    "Warehouse picking until the injury in 2016",
    "Reception at a garage, left when it closed",
    "Bar and restaurant work, several short jobs",
    "Has not had a paid job yet; helped in a relative's shop",
    "Trained as a plasterer, then long spells out of work",
)
HEALTH = (
    "Low mood and back pain; better in the afternoons",
    "Anxiety in crowds; manages with a plan",
    "Diabetes; needs regular meals",
    "Fibromyalgia; some days are worse than others",
    "Epilepsy, well controlled; may not drive",
    "Depression, under the practice's care",
)
GOALS = (
    "Find part-time shop work near home by the summer",
    "Get back to kitchen work, days only",
    "Try two kinds of work and choose one",
    "Keep this job and build up the hours",
    "A first paid job, four mornings a week",
)
STEPS = (
    ("Finish the CV together", "both"),
    ("Ask the practice for a letter about lifting", "specialist"),
    ("Visit two employers near the bus station", "specialist"),
    ("Send three applications", "client"),
    ("Work out earnings and benefits in writing", "specialist"),
    ("Practise the interview questions", "both"),
    ("Fill in the Access to Work form", "client"),
)
EMPLOYER_WORDS = (
    ("Marlowe", "Home Store"),
    ("Bridgeway", "Recycling"),
    ("Fernbank", "Care Home"),
    ("Oakline", "Foods"),
    ("Hingley", "Logistics"),
    ("Canalside", "Café"),
    ("Beacon", "Garden Centre"),
    ("Swan", "Laundry"),
    ("Tipton Road", "Tyres"),
    ("Penn", "Bakery"),
    ("Lyde", "Joinery"),
    ("Castle", "Cleaning"),
    ("Rowley", "Engineering"),
    ("Sandhurst", "School Meals"),
    ("Merry", "Books"),
    ("Netherton", "Packaging"),
    ("Aston", "Couriers"),
    ("Gornal", "Farm Shop"),
    ("Soho", "Textiles"),
    ("Harborne", "Pharmacy"),
)
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
PRACTICE_WORDS = (
    "Canal Street Surgery",
    "Lower Gornal Health Centre",
    "Park Row Practice",
    "The Lime Tree Surgery",
    "Station Road Surgery",
    "Beacon Hill Practice",
    "Mill Lane Health Centre",
    "St Anne's Surgery",
    "The Green Practice",
    "Oldbury Road Surgery",
    "Bridge House Practice",
    "Cedar Medical Centre",
    "High Street Surgery",
    "Weaver's Yard Practice",
    "Northgate Surgery",
    "The Willows Practice",
    "Chapel Ash Surgery",
    "Kingfisher Health Centre",
    "Elm Court Practice",
    "Holly Road Surgery",
)
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
    ("risk", "Risk: do not visit at home alone", "A former partner may be there."),
    ("communication", "Large print, 18 point", "Letters and forms. Reads texts without difficulty."),
    ("contact", "Text first, calls after 10 am", "Do not leave voicemail."),
    ("communication", "Interpreter for long meetings", "Polish. Short calls in English are fine."),
    ("communication", "Easy read letters", "Prefers to go through letters together."),
)
