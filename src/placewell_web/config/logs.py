"""Structured logs, one JSON line an event, without personal data: ids and routes, never names, addresses or answers."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    {"event", "level", "timestamp", "logger", "route", "method", "status", "milliseconds", "user", "error", "where"}
)


def only_allowed(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list, so that a careless call cannot write a name into the log."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def set_up(*, quiet: bool = False) -> None:
    """Send Django's warnings and our events to standard error, each as one JSON line; if `quiet`, errors alone."""
    shared = [structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    structlog.configure(
        processors=[*shared, only_allowed, structlog.processors.JSONRenderer(sort_keys=True)],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR if quiet else logging.INFO),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                _without_message,
                only_allowed,
                structlog.processors.JSONRenderer(sort_keys=True),
            ],
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
        )
    )
    root = logging.getLogger("django")
    root.handlers = [handler]
    root.setLevel(logging.ERROR if quiet else logging.WARNING)
    root.propagate = False
    logging.getLogger("django.request").setLevel(logging.ERROR)  # a refusal's status stands in the request's own line


def _without_message(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Django's messages may hold an address or a form's text: keep the kind of error and where it was raised."""
    record = event.get("_record")
    if record is None or not str(record.name).startswith("django"):
        return event
    event["event"] = record.msg if not record.args else str(record.msg).split("%")[0].strip()
    raised = event.get("exc_info")
    if isinstance(raised, tuple) and raised[1] is not None:
        error, trace = raised[1], raised[2]
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        event["error"] = type(error).__name__
        if trace is not None:
            event["where"] = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
    return event
