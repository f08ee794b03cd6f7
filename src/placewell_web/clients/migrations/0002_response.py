import django.db.models.deletion
import django.db.models.manager
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField()),
                ('form_id', models.UUIDField(help_text='one answered form: response_id in the data set')),
                ('instrument', models.CharField(max_length=30)),
                ('occasion', models.CharField(max_length=30)),
                ('completed_on', models.DateField()),
                ('item', models.CharField(max_length=30)),
                ('answer', models.CharField(blank=True, max_length=200)),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='clients.episode')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form_id', 'item'), name='one_answer_to_an_item')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
