"""Answers to questionnaires move to the clients app, where the trial's baseline can be kept too."""

from django.db import migrations

MOVE = """
    INSERT INTO clients_response
        (id, created_at, episode_id, form_id, instrument, occasion, completed_on, item, answer)
    SELECT id, created_at, episode_id, form_id, instrument, occasion, completed_on, item, answer
    FROM casework_response
"""
MOVE_BACK = """
    INSERT INTO casework_response
        (id, created_at, episode_id, form_id, instrument, occasion, completed_on, item, answer)
    SELECT id, created_at, episode_id, form_id, instrument, occasion, completed_on, item, answer
    FROM clients_response
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_recorded_by"),
        ("clients", "0002_response"),
    ]

    operations = [
        migrations.RunSQL(MOVE, MOVE_BACK),
        migrations.DeleteModel(name="Response"),
    ]
