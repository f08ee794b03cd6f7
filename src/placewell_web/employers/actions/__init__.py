"""What is written of employers, activity and the directory: each in one transaction, with its audit entry inside it."""

from placewell_web.employers.actions.employers import change_employer as change_employer
from placewell_web.employers.actions.employers import find_or_add as find_or_add
