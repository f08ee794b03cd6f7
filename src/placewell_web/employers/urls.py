"""Addresses of employers; the page of one employer is casework's, because it shows contacts and jobs."""

from django.urls import path

from placewell_web.employers.views import activities, directory, employers, leads, relationship

app_name = "employers"

urlpatterns = [
    path("employers/", employers.show_list, name="list"),
    path("employers/new/", employers.add, name="add"),
    path("employers/<uuid:employer>/change/", employers.change, name="change"),
    path("employers/<uuid:employer>/people/new/", relationship.add_person, name="add_person"),
    path("employers/people/<uuid:person>/", relationship.change_person, name="change_person"),
    path("employers/people/<uuid:person>/left/", relationship.person_left, name="person_left"),
    path("employers/<uuid:employer>/relationship/", relationship.set_relationship, name="relationship"),
    path("employers/<uuid:employer>/owner/", relationship.hand_over, name="hand_over"),
    path("employers/<uuid:employer>/feedback/", relationship.add_feedback, name="feedback"),
    path("employers/<uuid:employer>/same/", relationship.merge, name="merge"),
    path("employers/same/<uuid:merge>/undo/", relationship.undo_merge, name="undo_merge"),
    path("employers/leads/", leads.show_leads, name="leads"),
    path("employers/leads/new/", leads.add_lead, name="add_lead"),
    path("employers/leads/<uuid:lead>/close/", leads.close_lead, name="close_lead"),
    path("employers/leads/<uuid:lead>/open/", leads.open_again, name="open_lead"),
    path("employers/activities/", activities.show_activities, name="activities"),
    path("employers/activities/new/", activities.add_activity, name="add_activity"),
    path("employers/activities/<uuid:activity>/undo/", activities.undo_activity, name="undo_activity"),
    path("employers/directory/", directory.show_directory, name="directory"),
    path("employers/directory/new/", directory.add_service, name="add_service"),
    path("employers/directory/<uuid:service>/", directory.change_service, name="change_service"),
    path("employers/directory/<uuid:service>/confirm/", directory.confirm_service, name="confirm_service"),
    path("employers/directory/<uuid:service>/end/", directory.end_service, name="end_service"),
]
