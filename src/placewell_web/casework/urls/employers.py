"""The page of one employer."""

from django.urls import path

from placewell_web.casework.views import employers

urlpatterns = [
    path("employers/<uuid:employer>/", employers.show_employer, name="employer"),
]
