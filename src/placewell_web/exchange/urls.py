"""Addresses of the exports."""

from django.urls import path

from placewell_web.exchange import views

app_name = "exchange"
urlpatterns = [path("exports/", views.exports, name="exports")]
