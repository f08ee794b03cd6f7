"""How a questionnaire is answered, and why it may stay unanswered: the codes kept, with their words."""

WAYS = {
    "screen": "On this screen, together",
    "paper": "On paper: I key it in",
    "link": "By a personal link, on their own phone or computer",
    "none": "Not answered: they did not want to, or could not",
}
REASONS = {
    "declined": "Did not want to answer",
    "not_reached": "Could not be reached",
    "too_unwell": "Too unwell to answer",
    "not_understood": "Not in a language or form they can use",
}
