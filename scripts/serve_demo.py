"""Prepares and serves the demo on 127.0.0.1 until Ctrl-C; what can be wrong with the port is said before that.

The server runs in a process group of its own and is told once to stop: on a Ctrl-C that reaches it and its worker both,
the worker would hear it twice and hang about every other time.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import FrameType

BIN = Path(sys.executable).parent
SERVER = ["--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1", "--blocking-threads", "8", "--no-ws"]
SERVER += ["--log-level", "error", "--workers-kill-timeout", "5"]
APPLICATION = "placewell_web.config.wsgi:application"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def checked_port(text: str) -> int:
    """The port, free to listen on; or the end with one sentence."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT is a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except PermissionError:
            sys.exit(f"Port {port} is for the system alone. Choose a higher one: PORT=8080 make run")
        except OSError:
            another = port + 80 if port + 80 <= 65535 else 8080
            sys.exit(f"Port {port} is in use. Stop what runs there, or choose another: PORT={another} make run")
    return port


class Demo:
    """The one program that runs at the moment, and the wish to stop it."""

    def __init__(self) -> None:
        self.running: subprocess.Popen[bytes] | None = None
        self.is_stopping = False

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Called by a signal: pass it on once."""
        if self.running is not None and not self.is_stopping:
            self.running.terminate()
        self.is_stopping = True

    def run(self, *command: str) -> int:
        """Run a program to its end; its exit status."""
        if self.is_stopping:
            return 0
        self.running = subprocess.Popen(command, env=os.environ | {"PLACEWELL_DEMO": "1"}, process_group=0)
        if self.is_stopping:
            self.running.terminate()
        return self.running.wait()


def main(port: int) -> int:
    demo = Demo()
    for number in STOPS:
        signal.signal(number, demo.stop)
    status = demo.run(f"{BIN}/placewell-site", "prepare_demo", "--port", str(port))
    if status == 0:
        status = demo.run(f"{BIN}/granian", *SERVER, "--port", str(port), APPLICATION)
    if demo.is_stopping:
        print("\nStopped.")
        return 0
    return status


if __name__ == "__main__":
    sys.exit(main(checked_port(sys.argv[1] if len(sys.argv) > 1 else "8000")))
