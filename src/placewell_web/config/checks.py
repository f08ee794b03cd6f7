"""Start-up checks: the site refuses to start where a setting would put people's data at risk, with a hint for each."""

from __future__ import annotations
