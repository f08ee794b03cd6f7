"""The posts people hold, by the names of pages.md."""

from django.db.models import TextChoices


class Role(TextChoices):
    SPECIALIST = "specialist", "Employment specialist"
    TEAM_LEADER = "team_leader", "Team leader"
    MANAGER = "manager", "Service manager"
    PROGRAMME = "programme", "Programme team"
    COMMISSIONER = "commissioner", "Commissioner"
    EVALUATOR = "evaluator", "Evaluator"
    UNBLINDED = "unblinded", "Unblinded trial statistician"
    ADMINISTRATOR = "administrator", "Administrator"
