"""Addresses of the evaluator's pages."""

from django.urls import path

from placewell_web.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("evaluation/flow/", views.show_flow, name="flow"),
    path("evaluation/flow/diagram.svg", views.download_diagram, name="diagram"),
    path("evaluation/flow/people/", views.show_people, name="people"),
    path("evaluation/recruitment/", views.show_recruitment, name="recruitment"),
    path("evaluation/recruitment/baseline/", views.show_completeness, name="completeness"),
    path("evaluation/balance/", views.show_balance, name="balance"),
    path("evaluation/withdrawals/", views.show_withdrawals, name="withdrawals"),
    path("evaluation/withdrawals/deviations/", views.show_deviations, name="deviations"),
    path("evaluation/integrity/", views.show_integrity, name="integrity"),
    path("evaluation/integrity/anchor.json", views.download_anchor, name="anchor"),
    path("evaluation/integrity/bundle.json", views.download_bundle, name="bundle"),
    path("evaluation/exports/", views.show_exports, name="exports"),
]
