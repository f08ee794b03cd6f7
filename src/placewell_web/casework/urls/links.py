"""Personal links: as staff give them and take them back, and the address anyone who holds one may open."""

from django.urls import path

from placewell_web.casework.views import giving, links

urlpatterns = [
    path("l/<str:secret>/", links.open_link, name="link"),
    path("people/<uuid:episode>/link/<slug:purpose>/", giving.give_link, name="give_link"),
    path("people/<uuid:episode>/links/", giving.show_links, name="links"),
    path("links/<uuid:link>/take-back/", giving.take_back, name="take_back_link"),
]
