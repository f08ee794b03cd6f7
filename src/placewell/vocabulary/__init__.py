"""Code lists, classifications and wage rates: what the codes in the data set mean, in plain words."""

from placewell.vocabulary.classifications import industry_section, occupation_group
from placewell.vocabulary.code_lists import Code, CodeList, code_list, code_lists
from placewell.vocabulary.hourly_pay import PERIODS, hourly_pay
from placewell.vocabulary.labels import label, labels
from placewell.vocabulary.minimum_wage import minimum_wage
from placewell.vocabulary.search import FoundCode, search_industries, search_occupations, warm_searches

__all__ = [
    "PERIODS",
    "Code",
    "CodeList",
    "FoundCode",
    "code_list",
    "code_lists",
    "hourly_pay",
    "industry_section",
    "label",
    "labels",
    "minimum_wage",
    "occupation_group",
    "search_industries",
    "search_occupations",
    "warm_searches",
]
