"""Codes found by words, for the forms that ask for them."""

from django.urls import path

from placewell_web.casework.views import codes

urlpatterns = [
    path("codes/occupations/", codes.occupations, name="search_occupation"),
    path("codes/industries/", codes.industries, name="search_industry"),
]
