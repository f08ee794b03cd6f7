"""Addresses of sign-in, of one's own account and of the administrator."""

from django.urls import include, path

from placewell_web.accounts.urls import sign_in
from placewell_web.accounts.views import own, practices, training, users

own_pages = (
    [
        path("accounts/", own.account, name="account"),
        path("accounts/start/", own.landing, name="landing"),
        path("accounts/second-factor/", own.second_factor, name="second_factor"),
        path("accounts/not-sent/", own.not_sent, name="not_sent"),
        path("users/", users.users, name="users"),
        path("users/add/", users.add_user, name="add_user"),
        path("teams/", users.teams, name="teams"),
        path("practices/", practices.practices, name="practices"),
        path("practices/add/", practices.add_practice, name="add_practice"),
        path("practices/<slug:practice>/", practices.practice, name="practice"),
        path("practices/<slug:practice>/close/", practices.close_practice, name="close_practice"),
        path("practices/<slug:practice>/open/", practices.open_practice, name="open_practice"),
        path("training/", training.staff_training, name="training"),
        path("training/<uuid:user>/", training.training_of, name="training_of"),
        path("training/take-back/<uuid:training>/", training.take_back, name="take_back_training"),
        path("users/<uuid:user>/", users.user, name="user"),
        path("users/<uuid:user>/posts/add/", users.give_post, name="give_post"),
        path("users/<uuid:user>/switch/<slug:what>/", users.switch, name="switch"),
        path("users/posts/<uuid:post>/end/", users.end_post, name="end_post"),
    ],
    "accounts",
)
urlpatterns = [
    path("", include(own_pages)),
    path("accounts/", include(sign_in.urlpatterns)),
]
