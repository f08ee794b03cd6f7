"""The team board."""

from django.urls import path

from placewell_web.casework.views import team

urlpatterns = [
    path("team/", team.show_team, name="team"),
]
