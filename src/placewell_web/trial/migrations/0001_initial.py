import django.db.models.deletion
import django.db.models.manager
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clients', '0002_response'),
        ('intake', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('hash', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('seq', models.BigIntegerField(help_text='0 is the genesis, then without a gap', primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('person', models.CharField(blank=True, help_text='the trial number', max_length=16)),
                ('stratum', models.CharField(blank=True, max_length=40)),
                ('n', models.IntegerField(blank=True, null=True)),
                ('arm', models.CharField(blank=True, max_length=20)),
                ('body', models.TextField(help_text='canonical JSON of the entry')),
                ('previous_hash', models.CharField(max_length=64, unique=True)),
                ('hash', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'ordering': ['seq'],
                'indexes': [models.Index(fields=['person', 'seq'], name='ledger_by_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'allocation')), fields=('person',), name='one_allocation_a_person'), models.UniqueConstraint(condition=models.Q(('kind', 'allocation')), fields=('stratum', 'n'), name='one_person_a_slot')],
            },
        ),
        migrations.CreateModel(
            name='LedgerHead',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(default=-1)),
                ('hash', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_ledger_head')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('participant_number', models.CharField(blank=True, max_length=16)),
                ('body', models.TextField(help_text='canonical JSON, or the sealed entry in base64')),
                ('due_at', models.DateTimeField(help_text='the moment by which it must have reached the evaluator')),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['sent_at', 'created_at'], name='notice_to_send')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(help_text='TIW 7K3-M92', max_length=16, unique=True)),
                ('identity_token', models.CharField(db_index=True, max_length=64)),
                ('created_at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='participant', to='clients.person')),
            ],
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=120)),
                ('script_at', models.DateTimeField(blank=True, null=True)),
                ('eligible_at', models.DateTimeField(blank=True, null=True)),
                ('information_version', models.CharField(blank=True, max_length=40)),
                ('informed_at', models.DateTimeField(blank=True, null=True)),
                ('consented_at', models.DateTimeField(blank=True, null=True)),
                ('items_at', models.DateTimeField(blank=True, help_text='when the person items were answered', null=True)),
                ('not_said', models.CharField(blank=True, help_text='items the person preferred not to answer', max_length=400)),
                ('baseline_at', models.DateTimeField(blank=True, null=True)),
                ('baseline_items', models.TextField(blank=True, help_text='canonical JSON of codes and an age as answered here, written by us alone')),
                ('randomised_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ending', models.CharField(blank=True, max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('episode', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='trial_meeting', to='clients.episode')),
                ('screening', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.screening')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='trial.participant')),
            ],
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ErrorReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=30)),
                ('reason', models.CharField(max_length=40)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('stratum', models.CharField(blank=True, help_text='of wrong_stratum: the one that would be right', max_length=40)),
                ('reported_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, max_length=10)),
                ('ledger_seq', models.BigIntegerField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='trial.participant')),
            ],
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SignedConsent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('form_version', models.CharField(max_length=40)),
                ('signed_at', models.DateTimeField()),
                ('signed_on', models.CharField(max_length=10)),
                ('signed_name', models.CharField(max_length=150)),
                ('media_type', models.CharField(blank=True, max_length=100)),
                ('sha256', models.CharField(blank=True, help_text='of the signed paper or the drawn signature', max_length=64)),
                ('storage_name', models.CharField(blank=True, max_length=60)),
                ('hash', models.CharField(help_text='of the form, its answers and the signature: goes into the ledger', max_length=64)),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='consent', to='trial.meeting')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='StatementAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.CharField(max_length=60)),
                ('agreed', models.BooleanField()),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='trial.signedconsent')),
            ],
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('scope', models.CharField(help_text='an id of [[withdrawal]] in trial.toml', max_length=30)),
                ('on', models.DateField(help_text='the day from which it holds')),
                ('recorded_at', models.DateTimeField()),
                ('ledger_seq', models.BigIntegerField(blank=True, null=True)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='trial.participant')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Handout',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('code', models.CharField(blank=True, help_text='the edition, or the service of the directory', max_length=60)),
                ('on', models.DateField()),
                ('given', models.BooleanField(help_text='false: offered and not wanted')),
                ('recorded_at', models.DateTimeField()),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handouts', to='clients.episode')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('episode', 'kind', 'code'), name='one_handout_of_a_kind')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='MeetingDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=60)),
                ('fields', models.TextField(default='{}', help_text='canonical JSON of texts, written by us alone')),
                ('saved_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='trial.meeting')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'step'), name='one_draft_a_step')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('script_at__isnull', True), models.Q(('script_at__gte', models.F('started_at')), ('started_at__isnull', False)), _connector='OR'), name='trial_script_after_started'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('eligible_at__isnull', True), models.Q(('eligible_at__gte', models.F('script_at')), ('script_at__isnull', False)), _connector='OR'), name='trial_eligible_after_script'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('informed_at__isnull', True), models.Q(('eligible_at__isnull', False), ('informed_at__gte', models.F('eligible_at'))), _connector='OR'), name='trial_informed_after_eligible'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('consented_at__isnull', True), models.Q(('consented_at__gte', models.F('informed_at')), ('informed_at__isnull', False)), _connector='OR'), name='trial_consented_after_informed'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('baseline_at__isnull', True), models.Q(('baseline_at__gte', models.F('consented_at')), ('consented_at__isnull', False)), _connector='OR'), name='trial_baseline_after_consented'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('randomised_at__isnull', True), models.Q(('baseline_at__isnull', False), ('randomised_at__gte', models.F('baseline_at'))), _connector='OR'), name='trial_randomised_after_baseline'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='error_report_decided_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('reported_by')), _negated=True), _connector='OR'), name='error_report_second_person'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('participant', 'reason'), name='one_open_report_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='statementanswer',
            constraint=models.UniqueConstraint(fields=('consent', 'statement'), name='one_answer_a_statement'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.UniqueConstraint(fields=('participant', 'scope'), name='one_withdrawal_of_a_scope'),
        ),
    ]
