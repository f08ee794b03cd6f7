"""Where LibreOffice is, or why its tests cannot run."""

import shutil

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
MISSING = "" if SOFFICE else "soffice is not here (Debian: libreoffice-calc-nogui)"
