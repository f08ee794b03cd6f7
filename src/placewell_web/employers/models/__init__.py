"""Employers the service knows, activity that is not about one person, and services that people are sent on to."""

from placewell_web.employers.models.activities import Activity as Activity
from placewell_web.employers.models.directory import OutsideService as OutsideService
from placewell_web.employers.models.employers import Employer as Employer
from placewell_web.employers.models.employers import EmployerFeedback as EmployerFeedback
from placewell_web.employers.models.employers import EmployerMerge as EmployerMerge
from placewell_web.employers.models.employers import EmployerPerson as EmployerPerson
from placewell_web.employers.models.employers import EmployerStatus as EmployerStatus
from placewell_web.employers.models.leads import EmployerLead as EmployerLead
