"""The small fields of what was also covered in a contact and stands for a row of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from placewell.vocabulary import labels
from placewell_web.casework.actions.covered import COVERED, BenefitsAdviceFacts, CoveredFacts, JobProblemFacts
from placewell_web.casework.actions.job_search import ApplicationFacts, DisclosureFacts, EmployerContactFacts
from placewell_web.casework.forms.occasion import OccasionForm
from placewell_web.nhsuk.fields import ChoiceField, DateField, ManyChoiceField, PlainCharField, TickField

NEEDS = {
    "employer_contact": (
        ("employer_name", "Enter the name of the employer you were in contact with."),
        ("employer_purpose", "Choose what the contact with the employer was for."),
    ),
    "application": (("application_by", "Choose who sent the application."),),
    "disclosure": (("disclosure_decision", "Choose what was decided about telling an employer."),),
    "benefits_advice": (("advice_about", "Choose what the benefits advice was about."),),
    "job_problem": (("problem_kind", "Choose what kind of problem it is."),),
}


def _employer(label: str) -> PlainCharField:
    return PlainCharField(label=label, max_length=200, widget=forms.TextInput(attrs={"list": "employers"}))


def _job_name(job: Any) -> str:
    return f"{job.title or 'Job'} at {job.employer.name}" if job.employer else job.title or "Job"


class CoveredForm(OccasionForm):
    """Of one contact: chips, and under each that is chosen the little that its row needs."""

    covered = ManyChoiceField(label="Also covered", choices=COVERED)
    employer_name = _employer("Employer")
    employer_purpose = ChoiceField(label="What it was for", choices=(), as_list=True)
    employer_face_to_face = TickField(label="Face to face")
    application_employer = _employer("Applied to")
    application_role = PlainCharField(label="Job applied for", max_length=120)
    application_by = ChoiceField(label="Who applied", choices=())
    disclosure_decision = ChoiceField(label="Tell an employer about their condition?", choices=())
    disclosure_to = ChoiceField(label="Whom to tell", choices=(), as_list=True)
    advice_about = ChoiceField(label="Advice about", choices=())
    problem_job = ChoiceField(label="In which job", choices=())
    problem_kind = ChoiceField(label="What kind of problem", choices=(), as_list=True)
    problem_known_on = DateField(
        label="Day you learned of it", help_text="Leave empty if it was the day of this contact."
    )

    def offer(self, called: str, jobs: Sequence[Any] = ()) -> None:
        """Set the lists, some of which name the person; `jobs`: those a problem may be in, the likeliest first."""
        self.choose_from("problem_job", [(str(job.pk), _job_name(job)) for job in jobs] if len(jobs) > 1 else [])
        self.choose_from("employer_purpose", [("", "Choose"), *labels("employer_contact_purpose").items()])
        self.choose_from("application_by", [("client", called), ("specialist", "I did")])
        self.choose_from("disclosure_decision", list(labels("disclosure_decision").items()))
        self.choose_from("disclosure_to", [("", "Choose"), *labels("disclosed_to").items()])
        self.choose_from("advice_about", list(labels("benefits_advice_about").items()))
        self.choose_from("problem_kind", [("", "Choose"), *labels("job_problem_kind").items()])

    def check_covered(self, said: Mapping[str, Any]) -> None:
        """Each chip that is chosen has what its row needs."""
        for code in said.get("covered") or ():
            for name, sentence in NEEDS.get(code, ()):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        asks_which = "job_problem" in (said.get("covered") or ()) and self.fields["problem_job"].choices  # type: ignore[attr-defined]
        if asks_which and not said.get("problem_job") and "problem_job" not in self.errors:
            self.add_error("problem_job", "Choose which job the problem is in.")
        on, known = said.get("on"), said.get("problem_known_on")
        if "job_problem" in (said.get("covered") or ()) and on and known and known > on:
            self.add_error("problem_known_on", "The day you learned of the problem must not be after the contact.")

    def covered_codes(self) -> tuple[str, ...]:
        """What is chosen, in the order of the chips."""
        return tuple(code for code, _ in COVERED if code in self.cleaned_data["covered"])

    def covered_facts(self) -> CoveredFacts:
        """The rows that go with the contact."""
        made = {
            "application": self._application,
            "employer_contact": self._employer_contact,
            "disclosure": self._disclosure,
            "benefits_advice": self._benefits_advice,
            "job_problem": self._job_problem,
        }
        chosen = self.covered_codes()
        return CoveredFacts(**{code: make() for code, make in made.items() if code in chosen})  # type: ignore[operator]

    def _application(self) -> ApplicationFacts:
        said = self.cleaned_data
        return ApplicationFacts(
            said["on"], said["application_by"], said["application_employer"], said["application_role"]
        )

    def _employer_contact(self) -> EmployerContactFacts:
        said = self.cleaned_data
        return EmployerContactFacts(
            said["on"], said["employer_name"], said["employer_purpose"], said["employer_face_to_face"]
        )

    def _disclosure(self) -> DisclosureFacts:
        said = self.cleaned_data
        return DisclosureFacts(said["on"], said["disclosure_decision"], said["disclosure_to"])

    def _benefits_advice(self) -> BenefitsAdviceFacts:
        return BenefitsAdviceFacts(self.cleaned_data["on"], self.cleaned_data["advice_about"])

    def _job_problem(self) -> JobProblemFacts:
        said = self.cleaned_data
        return JobProblemFacts(said["problem_known_on"] or said["on"], said["problem_kind"], said["problem_job"])
