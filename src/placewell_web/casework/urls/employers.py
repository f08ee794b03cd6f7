"""The page of one employer, leads taken for a person, and the weekly tracking sheet."""

from django.urls import path

from placewell_web.casework.views import course_changes, courses, employers, leads, weeks

urlpatterns = [
    path("employers/<uuid:employer>/", employers.show_employer, name="employer"),
    path("employers/leads/<uuid:lead>/take/", leads.take_lead, name="take_lead"),
    path("employers/courses/", courses.show_courses, name="courses"),
    path("employers/courses/new/", courses.add_course, name="add_course"),
    path("employers/courses/<uuid:course>/", courses.show_course, name="course"),
    path("employers/courses/<uuid:course>/change/", course_changes.change_course, name="change_course"),
    path("employers/courses/<uuid:course>/cancel/", course_changes.cancel_course, name="cancel_course"),
    path("employers/courses/<uuid:course>/places/", courses.change_places, name="course_places"),
    path("employers/courses/<uuid:course>/sessions/", courses.add_session, name="add_session"),
    path("employers/courses/sessions/<uuid:session>/", courses.take_register, name="register"),
    path("employers/courses/sessions/<uuid:session>/change/", course_changes.change_session, name="change_session"),
    path("employers/courses/sessions/<uuid:session>/cancel/", course_changes.cancel_session, name="cancel_session"),
    path("employers/courses/sessions/<uuid:session>/undo/", courses.undo_register, name="undo_register"),
    path("my-week/", weeks.show_week, name="week"),
    path("my-week/review/", weeks.review_week, name="review_week"),
    path("my-week/review/undo/", weeks.undo_review, name="undo_week_review"),
]
