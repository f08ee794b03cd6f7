"""The site's settings for tests: production's, without what needs HTTPS, a collected static folder or slow hashing."""

import logging
import os
import tempfile
from pathlib import Path

import structlog

from placewell_web.config.settings import *  # noqa: F403

HTTPS = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "placewell", "csrf"
SECURE_HSTS_SECONDS = 0
SECOND_FACTOR_REQUIRED = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EVIDENCE_KEY = DEMO_EVIDENCE_KEY  # noqa: F405
TRIAL_IDENTITY_KEY = DEMO_TRIAL_IDENTITY_KEY  # noqa: F405
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
logging.getLogger("django").setLevel(logging.CRITICAL)
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file of this process, so that threads and the live server meet SQLite's own locks, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"placewell-{os.getpid()}.sqlite3")}  # noqa: F405
EVIDENCE_FOLDER = Path(tempfile.gettempdir()) / "placewell-test-evidence"
TRIAL_DEMO_KEYS = True
TRIAL_CUSTODY = 0
TRIAL_FOLDER = Path(tempfile.gettempdir()) / f"placewell-test-trial-{os.getpid()}"  # never opened: see `open_trial`
