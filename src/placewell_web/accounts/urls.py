"""Addresses of sign-in, of one's own account and of the administrator."""

from django.urls import include, path

from placewell_web.accounts import sign_in, views

account = (
    [
        path("accounts/", views.account, name="account"),
        path("accounts/start/", views.landing, name="landing"),
        path("accounts/second-factor/", views.second_factor, name="second_factor"),
    ],
    "accounts",
)
urlpatterns = [
    path("", include(account)),
    path("accounts/", include(sign_in.urlpatterns)),
]
