"""Code lists, classifications and wage rates: what the codes in the data set mean, in plain words."""

from placewell.vocabulary.classifications import industry_section, occupation_group
from placewell.vocabulary.code_lists import Code, CodeList, code_list, code_lists
from placewell.vocabulary.labels import label, labels
from placewell.vocabulary.minimum_wage import minimum_wage

__all__ = [
    "Code",
    "CodeList",
    "code_list",
    "code_lists",
    "industry_section",
    "label",
    "labels",
    "minimum_wage",
    "occupation_group",
]
