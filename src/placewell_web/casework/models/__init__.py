"""What a specialist records: contacts, profiles, plans, applications, jobs, evidence and what became of a person."""

from placewell_web.casework.models.contacts import (
    Appointment as Appointment,
)
from placewell_web.casework.models.contacts import (
    Contact as Contact,
)
from placewell_web.casework.models.contacts import (
    ContactDraft as ContactDraft,
)
from placewell_web.casework.models.contacts import (
    GroupSession as GroupSession,
)
from placewell_web.casework.models.evidence import Evidence as Evidence
from placewell_web.casework.models.job_search import Application as Application
from placewell_web.casework.models.job_search import EmployerContact as EmployerContact
from placewell_web.casework.models.jobs import Job as Job
from placewell_web.casework.models.jobs import JobHours as JobHours
from placewell_web.casework.models.jobs import JobPay as JobPay
from placewell_web.casework.models.jobs import JobProblem as JobProblem
from placewell_web.casework.models.links import PersonalLink as PersonalLink
from placewell_web.casework.models.plans import Plan as Plan
from placewell_web.casework.models.plans import PlanStep as PlanStep
from placewell_web.casework.models.profiles import Profile as Profile
from placewell_web.casework.models.records import Record as Record
from placewell_web.casework.models.records import RecordScope as RecordScope
from placewell_web.casework.models.support import BenefitsAdvice as BenefitsAdvice
from placewell_web.casework.models.support import (
    Destination as Destination,
)
from placewell_web.casework.models.support import (
    Disclosure as Disclosure,
)
from placewell_web.casework.models.support import (
    OnwardReferral as OnwardReferral,
)
from placewell_web.casework.models.support import (
    SupportDecision as SupportDecision,
)
from placewell_web.casework.models.support import (
    WorkMethod as WorkMethod,
)
