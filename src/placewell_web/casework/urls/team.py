"""The team board, cover, handover and supervision."""

from django.urls import path

from placewell_web.casework.views import cover, handover, supervision, team

urlpatterns = [
    path("team/", team.show_team, name="team"),
    path("team/<uuid:specialist>/people/", team.show_behind, name="team_people"),
    path("team/<uuid:specialist>/supervision/", supervision.prepare, name="supervision_sheet"),
    path("team/group-supervision/", supervision.hold_group, name="hold_group"),
    path("team/group-supervision/<uuid:group>/", supervision.show_group, name="group_supervision"),
    path("supervision/", supervision.show_own, name="own_supervision"),
    path("supervision/<uuid:supervision>/", supervision.show_supervision, name="supervision"),
    path("supervision/<uuid:supervision>/sign/", supervision.sign, name="sign_supervision"),
    path("supervision/actions/<uuid:action>/done/", supervision.tick_action, name="tick_action"),
    path("team/<uuid:specialist>/hand-over/", handover.hand_over, name="hand_over"),
    path("team/handovers/<uuid:handover>/", handover.show_handover, name="handover"),
    path("team/handovers/<uuid:handover>/undo/", handover.undo_handover, name="undo_handover"),
    path("team/<uuid:specialist>/cover/", cover.arrange_cover, name="cover"),
    path("team/cover/<uuid:cover>/end/", cover.take_cover_back, name="end_cover"),
]
