"""The team board, cover and handover."""

from django.urls import path

from placewell_web.casework.views import cover, handover, team

urlpatterns = [
    path("team/", team.show_team, name="team"),
    path("team/<uuid:specialist>/hand-over/", handover.hand_over, name="hand_over"),
    path("team/handovers/<uuid:handover>/", handover.show_handover, name="handover"),
    path("team/handovers/<uuid:handover>/undo/", handover.undo_handover, name="undo_handover"),
    path("team/<uuid:specialist>/cover/", cover.arrange_cover, name="cover"),
    path("team/cover/<uuid:cover>/end/", cover.take_cover_back, name="end_cover"),
]
