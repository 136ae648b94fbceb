"""The settings under which Voila may face trainees, in one place: the folder's command, the bundle's file, the hub."""

import json
from collections.abc import Iterator
from typing import Any

LOOPBACK = "127.0.0.1"
NO_FILE = "(?!)"  # a pattern that no name matches
ANY_FILE = ".*"
# How long a kernel lives that no page is connected to, in seconds; whoever comes back resumes from the store.
IDLE_SECONDS = 600
CULL_SECONDS = 15
UNSEEN_SECONDS = 60
MOST_KERNELS = 150

# Inline scripts are the page's own; no attribute of an element runs (`script-src-attr`), nothing reaches other hosts.
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self' 'unsafe-inline'", "script-src-attr 'none'",
    "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self'",
    "frame-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'",
))  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}  # fmt: skip

SETTINGS: dict[str, dict[str, Any]] = {
    "Voila": {
        # The page's "I am closed" message carries no token, only the kernel's random id, which no other site knows.
        "tornado_settings": {"disable_check_xsrf": True, "headers": HEADERS},
    },
    "VoilaConfiguration": {
        "template": "kit", "strip_sources": True, "show_tracebacks": False, "allow_template_override": "NO",
        "allow_theme_override": "NO", "file_allowlist": [NO_FILE], "file_denylist": [ANY_FILE],
        "http_keep_alive_timeout": 10, "http_header_envs": ["X-Real-IP"],
    },
    # Stock Voila reads the first, our server the second: a page never looked at is given up sooner than one left.
    "MappingKernelManager": {
        "cull_interval": CULL_SECONDS, "cull_idle_timeout": IDLE_SECONDS, "cull_connected": False, "cull_busy": False,
    },
    "VisitorKernels": {"unseen_seconds": UNSEEN_SECONDS, "away_seconds": IDLE_SECONDS},
    "KernelManager": {"transport_encryption": "auto"},
}  # fmt: skip


def as_options(settings: dict[str, dict[str, Any]] = SETTINGS) -> list[str]:
    """The settings as command-line options, which no file of configuration outweighs."""
    return [option for name, traits in settings.items() for trait, value in traits.items()
            for option in _options(f"--{name}.{trait}", value)]  # fmt: skip


def as_file(settings: dict[str, dict[str, Any]] = SETTINGS) -> str:
    """The settings as Voila reads them from `voila.json`, for whoever starts it by hand or from a hub."""
    settings = {**settings, "Voila": {"ip": LOOPBACK, **settings["Voila"]}}
    return json.dumps(settings, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _options(flag: str, value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        yield f"{flag}={one}"
