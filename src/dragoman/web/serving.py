"""`dragoman serve`: the web app on a port."""

from __future__ import annotations

import socket
from pathlib import Path

LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


class ServeError(Exception):
    """Something the user can mend; its text is one line."""


def password_in(file: Path) -> str:
    """The password in the first line of a file.

    Raises:
        ServeError: there is none, or too short a one.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ServeError(f"{file}: {getattr(error, 'strerror', None) or 'not text'}") from error
    password = lines[0].strip() if lines else ""
    if len(password) < 8:
        raise ServeError(f"{file}: a password of 8 characters or more is wanted, in its first line")
    return password


def serve(place: Path | str, host: str = "127.0.0.1", port: int = 8765, password_file: Path | None = None) -> None:
    """Serve a record until Ctrl-C.

    Args:
        place: the record; it must be there.
        host: the address to listen on; any but this machine's own wants a password.
        port: the port; 0 for any that is free.
        password_file: holds the password in its first line.

    Raises:
        ServeError: no password where one is needed, or the port cannot be had.
        RecordError: the record cannot be used.
    """
    if host not in LOCAL_HOSTS and password_file is None:
        raise ServeError(f"--host {host}: others could reach the record there; give --password-file too")
    password = password_in(password_file) if password_file is not None else None

    import uvicorn

    from dragoman.web.app import create_app

    app = create_app(place, password, hosts=LOCAL_HOSTS if host in LOCAL_HOSTS else ())
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        raise ServeError(f"{host}:{port}: {error.strerror or error}") from error
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/"
    # The record's own name for it hides the password that a database URL may hold.
    print(f"dragoman: {app.state.record.place} at {address} (Ctrl-C stops)", flush=True)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=64,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=3,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()
