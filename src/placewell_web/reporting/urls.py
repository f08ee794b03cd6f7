"""Addresses of figures and of the contract."""

from django.urls import path

from placewell_web.reporting import views

app_name = "reporting"
urlpatterns = [
    path("quarter/", views.show_quarter, name="quarter"),
    path("quarter/return.xlsx", views.download_return, {"form": "xlsx"}, name="return_xlsx"),
    path("quarter/return.csv", views.download_return, {"form": "csv"}, name="return_csv"),
    path("quarter/return.html", views.download_return, {"form": "html"}, name="return_html"),
    path("figures/<slug:indicator>/", views.show_figure, name="figure"),
    path("figures/<slug:indicator>/members.csv", views.download_members, name="members_csv"),
    path("claims/", views.show_claims, name="claims"),
    path("fidelity/", views.show_fidelity, name="fidelity"),
    path("fidelity/<slug:scale>/<slug:item>.csv", views.download_fidelity_members, name="fidelity_csv"),
    path("contract/", views.show_contract, name="contract"),
]
