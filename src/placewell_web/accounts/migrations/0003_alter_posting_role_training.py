import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_practice_closing'),
    ]

    operations = [
        migrations.AlterField(
            model_name='posting',
            name='role',
            field=models.CharField(choices=[('specialist', 'Employment specialist'), ('team_leader', 'Team leader'), ('manager', 'Service manager'), ('programme', 'Programme team'), ('commissioner', 'Commissioner'), ('evaluator', 'Evaluator'), ('unblinded', 'Unblinded trial statistician'), ('administrator', 'Administrator')], max_length=20),
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('course', models.CharField(max_length=40)),
                ('completed_on', models.DateField()),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'course'], name='training_by_user')],
                'constraints': [models.UniqueConstraint(fields=('user', 'course', 'completed_on'), name='training_once_a_day'), models.CheckConstraint(condition=models.Q(('expires_on__isnull', True), ('expires_on__gt', models.F('completed_on')), _connector='OR'), name='training_expires_after_it_is_completed')],
            },
        ),
    ]
