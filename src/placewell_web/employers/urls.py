"""Addresses of employers; the page of one employer is casework's, because it shows contacts and jobs."""

from django.urls import path

from placewell_web.employers import views

app_name = "employers"

urlpatterns = [
    path("employers/", views.show_list, name="list"),
    path("employers/new/", views.add, name="add"),
    path("employers/<uuid:employer>/change/", views.change, name="change"),
]
