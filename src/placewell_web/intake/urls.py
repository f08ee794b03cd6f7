"""Addresses of intake: home, the referral form, the public pages, and the staff's referrals."""

from django.urls import path

from placewell_web.intake.views import comparing, inbox, keying, pages, referrals, returning, sending

app_name = "intake"
urlpatterns = [
    path("", pages.home, name="home"),
    path("refer/", sending.start, name="start"),
    path("refer/who/", sending.who, name="who"),
    path("refer/question/<slug:question>/", sending.question, name="question"),
    path("refer/check/", sending.check, name="check"),
    path("refer/sent/", sending.sent, name="sent"),
    path("refer/save/", returning.save, name="save"),
    path("refer/return/<str:token>/", returning.resume, name="resume"),
    path("pages/accessibility/", pages.accessibility, name="accessibility"),
    path("pages/privacy/", pages.privacy, name="privacy"),
    path("pages/complaints/", pages.complaints, name="complaints"),
    path("pages/languages/", pages.languages, name="languages"),
    path("pages/support/", pages.support, name="support"),
    path("pages/professionals/", pages.professionals, name="professionals"),
    path("pages/employers/", pages.employers, name="employers"),
    path("referrals/", inbox.inbox, name="inbox"),
    path("referrals/new/", keying.key_in, name="key_in"),
    path("referrals/<uuid:episode>/", referrals.referral, name="referral"),
    path("referrals/<uuid:episode>/screen/", referrals.screen, name="screen"),
    path("referrals/<uuid:episode>/override/", referrals.override, name="override"),
    path("referrals/<uuid:episode>/accept/", referrals.accept, name="accept"),
    path("referrals/<uuid:episode>/decline/", referrals.decline, name="decline"),
    path("referrals/<uuid:episode>/assign/", referrals.assign, name="assign"),
    path("referrals/<uuid:episode>/area/", referrals.place, name="place"),
    path("referrals/<uuid:episode>/duplicate/<uuid:question>/", comparing.duplicate, name="duplicate"),
    path("referrals/<uuid:episode>/part/<uuid:merge>/", comparing.part, name="part"),
]
