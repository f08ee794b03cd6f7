"""What a specialist records: contacts, profiles, plans, applications, jobs, evidence and what became of a person."""

from placewell_web.casework.models.assessment import Assessment as Assessment
from placewell_web.casework.models.assessment import AssessmentPart as AssessmentPart
from placewell_web.casework.models.better_off import BetterOff as BetterOff
from placewell_web.casework.models.better_off import WeeklyAmount as WeeklyAmount
from placewell_web.casework.models.closing import Closing as Closing
from placewell_web.casework.models.closing import SupportRequest as SupportRequest
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
from placewell_web.casework.models.courses import Course as Course
from placewell_web.casework.models.courses import CourseAttendance as CourseAttendance
from placewell_web.casework.models.courses import CoursePlace as CoursePlace
from placewell_web.casework.models.courses import CourseSession as CourseSession
from placewell_web.casework.models.evidence import Confirmation as Confirmation
from placewell_web.casework.models.evidence import Evidence as Evidence
from placewell_web.casework.models.job_search import Application as Application
from placewell_web.casework.models.job_search import EmployerContact as EmployerContact
from placewell_web.casework.models.jobs import Job as Job
from placewell_web.casework.models.jobs import JobHours as JobHours
from placewell_web.casework.models.jobs import JobPay as JobPay
from placewell_web.casework.models.jobs import JobProblem as JobProblem
from placewell_web.casework.models.links import PersonalLink as PersonalLink
from placewell_web.casework.models.plans import Plan as Plan
from placewell_web.casework.models.plans import PlanComment as PlanComment
from placewell_web.casework.models.plans import PlanStep as PlanStep
from placewell_web.casework.models.profiles import Profile as Profile
from placewell_web.casework.models.profiles import ProfileSource as ProfileSource
from placewell_web.casework.models.questionnaires import AnswerCorrection as AnswerCorrection
from placewell_web.casework.models.questionnaires import AskedQuestionnaire as AskedQuestionnaire
from placewell_web.casework.models.questionnaires import EmploymentCheck as EmploymentCheck
from placewell_web.casework.models.questionnaires import QuestionnaireDraft as QuestionnaireDraft
from placewell_web.casework.models.questionnaires import QuestionnaireWording as QuestionnaireWording
from placewell_web.casework.models.records import Record as Record
from placewell_web.casework.models.records import RecordScope as RecordScope
from placewell_web.casework.models.supervision import GroupSupervision as GroupSupervision
from placewell_web.casework.models.supervision import Supervision as Supervision
from placewell_web.casework.models.supervision import SupervisionAction as SupervisionAction
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
from placewell_web.casework.models.surveys import SurveyCode as SurveyCode
from placewell_web.casework.models.surveys import SurveyCount as SurveyCount
from placewell_web.casework.models.surveys import SurveyRemark as SurveyRemark
from placewell_web.casework.models.surveys import SurveyRound as SurveyRound
from placewell_web.casework.models.weeks import LeadTaken as LeadTaken
from placewell_web.casework.models.weeks import WeekReview as WeekReview
from placewell_web.casework.models.work_and_health import AccessToWork as AccessToWork
from placewell_web.casework.models.work_and_health import Adjustment as Adjustment
from placewell_web.casework.models.work_and_health import Barrier as Barrier
