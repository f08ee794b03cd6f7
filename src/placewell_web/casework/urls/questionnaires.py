"""Questionnaires of a person, their words, checks of work, and the confidential survey."""

from django.urls import path

from placewell_web.casework.views import answering_survey, employment_checks, questionnaires, surveys, wordings

PERSON = "people/<uuid:episode>/"
ASKED = f"{PERSON}questionnaires/<uuid:asked>/"

urlpatterns = [
    path(f"{PERSON}questionnaires/", questionnaires.show_questionnaires, name="questionnaires"),
    path(f"{PERSON}questionnaires/ask/", questionnaires.ask, name="ask_questionnaire"),
    path(ASKED, questionnaires.answer, name="answer_questionnaire"),
    path(f"{ASKED}draft/", questionnaires.save_draft, name="questionnaire_draft"),
    path(f"{PERSON}questionnaires/forms/<uuid:form>/", questionnaires.show_form, name="questionnaire_form"),
    path(f"{PERSON}work-checks/", employment_checks.add_check, name="check_work"),
    path(f"{PERSON}work-checks/<uuid:check>/undo/", employment_checks.undo_check, name="undo_check"),
    path("questionnaire-wording/", wordings.show_wordings, name="wordings"),
    path("questionnaire-wording/<uuid:wording>/remove/", wordings.remove_wording, name="remove_wording"),
    path("surveys/", surveys.show_surveys, name="surveys"),
    path("surveys/<uuid:round>/", surveys.show_survey, name="survey"),
    path("survey/thanks/", answering_survey.thank, name="survey_thanks"),
    path("survey/<str:code>/", answering_survey.answer_survey, name="answer_survey"),
]
