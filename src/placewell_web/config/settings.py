"""Settings, read once from the environment: the demo, or production; the tests change a few."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import environ
import nhsuk_frontend_jinja
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from placewell_web.config import demo_day, logs

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent

# --- demo or production -------------------------------------------------------------------------------------------
DEMO = env.bool("PLACEWELL_DEMO", default=False)
VAR = Path(env.str("PLACEWELL_VAR", default=str(ROOT / "var"))) / ("demo" if DEMO else "")  # never one file for both
DEMO_SERVICE = "thrive_into_work"
PLACEWELL_SERVICE = env.str("PLACEWELL_SERVICE", default=DEMO_SERVICE)  # an id of the catalogue, or a folder
DEMO_DAY: date | None = None
if DEMO:
    try:
        DEMO_DAY = date.fromisoformat(env.str("DEMO_DAY", default="") or demo_day.usual(PLACEWELL_SERVICE))
    except ValueError:
        raise ImproperlyConfigured(f"DEMO_DAY is a day written like 2019-06-14, not {env.str('DEMO_DAY')!r}.") from None
DEMO_PASSWORD = "placewell-demo-2019"  # noqa: S105  known to everyone; signs in nowhere but in the demo
PRODUCTION = not DEMO
DEBUG = env.bool("DEBUG", default=False)
DEFAULT_SECRET_KEY = "placewell-default-secret-key-of-the-demo-and-tests-never-in-production"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", default=DEFAULT_SECRET_KEY)
HTTPS = env.bool("PLACEWELL_HTTPS", default=PRODUCTION)
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK_HOSTS)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
_DEMO_TARGETS = PACKAGE / "exchange" / "demo" / "targets.toml"  # of the figures of one service
LOCAL_TARGETS = env.str(  # a file of the provider's own goals, where it has any
    "PLACEWELL_LOCAL_TARGETS", default=str(_DEMO_TARGETS) if DEMO and PLACEWELL_SERVICE == DEMO_SERVICE else ""
)
SERVICE_PHONE = env.str("PLACEWELL_PHONE", default="01632 960 147")
SERVICE_HOURS = env.str("PLACEWELL_HOURS", default="Monday to Friday, 9am to 5pm")
EVIDENCE_KEY = env.str("PLACEWELL_EVIDENCE_KEY", default="")  # 32 bytes in base64; the demo has one of its own
DEMO_EVIDENCE_KEY = "cGxhY2V3ZWxsLWRlbW8tZXZpZGVuY2Uta2V5LTMyLWI="
if DEMO and not EVIDENCE_KEY:
    EVIDENCE_KEY = DEMO_EVIDENCE_KEY
TRIAL_FOLDER = Path(env.str("PLACEWELL_TRIAL_FOLDER", default=str(VAR / "trial")))  # genesis, witness, receipts
TRIAL_CUSTODY = env.int("PLACEWELL_TRIAL_CUSTODY", default=0 if DEMO else 2)  # trial.md §3; 0 is for the demo alone
ALLOCATOR_SOCKET = env.str("PLACEWELL_ALLOCATOR_SOCKET", default="")  # of the allocator's process, levels 1 and 2
TRIAL_IDENTITY_KEY = env.str("PLACEWELL_TRIAL_IDENTITY_KEY", default="")  # 32 bytes in base64: keyed trial numbers
DEMO_TRIAL_IDENTITY_KEY = "cGxhY2V3ZWxsLWRlbW8tdHJpYWwtaWRlbnRpdHktMzI="
if DEMO and not TRIAL_IDENTITY_KEY:
    TRIAL_IDENTITY_KEY = DEMO_TRIAL_IDENTITY_KEY
TRIAL_DEMO_KEYS = DEMO  # custody level 0 draws with public keys: no variable can allow it in production
EVALUATOR_KEY = env.str("PLACEWELL_EVALUATOR_KEY", default="")  # file with the evaluator's public key (X25519, PEM)
DEMO_EVALUATOR_KEY = str(VAR / "evaluator" / "demo-public.pem")  # made with the demo's people, the secret one beside it
if DEMO and not EVALUATOR_KEY:
    EVALUATOR_KEY = DEMO_EVALUATOR_KEY
EVALUATOR_CONTACT = env.str("PLACEWELL_EVALUATOR_CONTACT", default="trial@evaluator.example" if DEMO else "")
EVIDENCE_FOLDER = Path(env.str("PLACEWELL_EVIDENCE_FOLDER", default=str(VAR / "evidence")))

# --- apps, in the order of architecture.md; ours before allauth so that its pages are ours ---------------------------
INSTALLED_APPS = [
    "placewell_web.config",
    "placewell_web.exchange",
    "placewell_web.evaluation",
    "placewell_web.reporting",
    "placewell_web.trial",
    "placewell_web.casework",
    "placewell_web.intake",
    "placewell_web.clients",
    "placewell_web.employers",
    "placewell_web.accounts",
    "placewell_web.audit",
    "placewell_web.nhsuk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
MIDDLEWARE = [
    "placewell_web.config.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "placewell_web.config.middleware.Permissions",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "placewell_web.config.middleware.NoStore",
    "placewell_web.config.middleware.Methods",
    "placewell_web.config.middleware.Clock",
    "placewell_web.intake.middleware.PublicFormGuard",
    "placewell_web.casework.middleware.LinkGuard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "placewell_web.accounts.middleware.SessionLimits",
    "placewell_web.accounts.middleware.Viewers",
    "placewell_web.accounts.middleware.TypedAgain",
    "placewell_web.config.middleware.Refusals",
]
ROOT_URLCONF = "placewell_web.config.urls"
WSGI_APPLICATION = "placewell_web.config.wsgi.application"

# --- database ---------------------------------------------------------------------------------------------------------
SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "busy_timeout": "20000",
    "recursive_triggers": "ON",
    "secure_delete": "ON",  # what was deleted is written over: no trace of a survey's rows where they lay before
}
DATABASE_GIVEN = "DATABASE_URL" in env.ENVIRON
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'placewell.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "".join(f"PRAGMA {name}={value};" for name, value in SQLITE_PRAGMAS.items()),
    }
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": env.int("PLACEWELL_POOL", default=8)}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- caches: the rate limits count in it, so production shares one between processes -------------------------------
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if DEMO
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "placewell_cache"}
}

# --- pages ------------------------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            *sorted(PACKAGE.glob("*/templates")),
            Path(nhsuk_frontend_jinja.__file__).parent / "templates",
        ],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "placewell_web.nhsuk.engine.environment",
            "context_processors": ["placewell_web.config.context.page"],
            "autoescape": True,
        },
    }
]
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"  # what collectstatic fills; the demo serves the files where they lie
if DEMO:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEMO

# --- sign-in ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:landing"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "placewell_web.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "placewell_web.accounts.forms.SignInForm",
    "reauthenticate": "placewell_web.accounts.forms.ConfirmForm",
    "change_password": "placewell_web.accounts.forms.NewPasswordForm",
    "reset_password_from_key": "placewell_web.accounts.forms.FirstPasswordForm",
}
MFA_FORMS = {
    "authenticate": "placewell_web.accounts.forms.CodeForm",
    "reauthenticate": "placewell_web.accounts.forms.CodeAgainForm",
    "activate_totp": "placewell_web.accounts.forms.AppForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "placewell_web.accounts.adapter.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator gives the address; nobody signs up
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
MFA_ADAPTER = "placewell_web.accounts.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Placewell"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
SECOND_FACTOR_REQUIRED = not DEMO
EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.console.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend",
)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="placewell@example.org")
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")

# --- sessions and headers ---------------------------------------------------------------------------------------------
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = 15 * 60
SESSION_COOKIE_AGE = 8 * 60 * 60  # the absolute limit
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-placewell" if HTTPS else "placewell"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("PLACEWELL_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # whose address the rate limits count
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a message may name a person: no cookie
CSRF_FAILURE_VIEW = "placewell_web.config.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # fields; files are counted apart
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_PERMISSIONS = 0o600
TEST_RUNNER = "django.test.runner.DiscoverRunner"

logs.set_up(quiet=DEMO)
LOGGING_CONFIG = None
