"""Addresses of figures and of the contract."""

from django.urls import path

from placewell_web.reporting import views

app_name = "reporting"
urlpatterns = [
    path("quarter/", views.show_quarter, name="quarter"),
    path("figures/<slug:indicator>/", views.show_figure, name="figure"),
    path("figures/<slug:indicator>/members.csv", views.download_members, name="members_csv"),
    path("claims/", views.show_claims, name="claims"),
    path("contract/", views.show_contract, name="contract"),
]
