"""Process logs: one JSON object a line, without names, addresses, bodies or query strings."""

import json
import logging
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    """Writes what happened and where; never arguments of a request (they may hold personal data)."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "t": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        if record.exc_info and record.exc_info[0]:
            # The message of an exception may quote what a person typed; its type and place never do.
            line["error"] = record.exc_info[0].__name__
            line["at"] = _innermost_frame(record)
        return json.dumps(line, ensure_ascii=True)


def _event(record: logging.LogRecord) -> str:
    """Our own events as they are; of other libraries the template alone, for its arguments may be personal."""
    if record.name.startswith("netral"):
        return record.getMessage()
    status = getattr(record, "status_code", None)  # Django's, whose template is "%s: %s"
    return f"HTTP {status}" if status else str(record.msg)


def _innermost_frame(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    if not trace:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 3)[-1]}:{trace.tb_lineno}"
