"""Personal links, which anyone who holds one may open."""

from django.urls import path

from placewell_web.casework.views import links

urlpatterns = [
    path("l/<str:secret>/", links.open_link, name="link"),
]
