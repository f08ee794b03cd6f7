"""`make load`: the demo's site, grown to 10,000 people, with twenty users at once; each step's p95 beside its goal.

Runs on the database of DATABASE_URL, else on an SQLite file kept in var/load/. The site is served as
docs/how-to/run-in-production.md says: by granian with two workers of eight threads. Users pause between steps as people
do; the same machine runs the site and this script.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[2]
GOALS = {  # journeys.md, milliseconds, p95
    "caseload": 200,
    "search, three letters": 100,
    "save a contact": 150,
    "save an employer contact": 150,
    "referral, with likenesses": 100,
    "job role as you type": 80,
    "industry as you type": 80,
    "team board": 400,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--contacts", type=int, default=400_000)
    parser.add_argument("--jobs", type=int, default=8_000)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=150)
    parser.add_argument("--warm-up", type=float, default=60, help="seconds not counted: first pages")
    parser.add_argument("--workers", type=int, default=2, help="processes of the site, of eight threads each")
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between two steps of one user, on average")
    given = parser.parse_args()
    folder = ROOT / "var" / "load"
    os.environ |= {
        "PLACEWELL_DEMO": "1",
        "PLACEWELL_VAR": str(folder),
        "DEMO_DAY": "2019-06-14",
        "DJANGO_SETTINGS_MODULE": "benchmarks.load.settings",
    }
    _prepare(given, folder)
    with _served(given.workers) as site:
        took = _walk(given, site)
    return _show(took, given)


def _prepare(given: argparse.Namespace, folder: Path) -> None:
    """The demo and the rest of its people: made once for SQLite, each time for a database that comes and goes.

    Each walk begins with the database as it was made: what an earlier one logged would make the pages of today longer.
    """
    made, walked = (
        folder / f"{given.people}-{given.contacts}-{given.jobs}.sqlite3",
        folder / "demo" / "placewell.sqlite3",
    )
    is_made = "DATABASE_URL" not in os.environ and made.exists()
    if is_made:
        for end in ("-wal", "-shm"):
            walked.with_name(f"{walked.name}{end}").unlink(missing_ok=True)
        shutil.copyfile(made, walked)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    if is_made:
        call_command("migrate", verbosity=0)
        connections.close_all()
        return
    from benchmarks.load.filling import fill
    from placewell_web.audit import clock

    began = time.monotonic()
    call_command("prepare_demo", stdout=open(os.devnull, "w"))  # noqa: SIM115
    fill(given.people, given.contacts, given.jobs, clock.now())
    with connections["default"].cursor() as cursor:  # as a database that has been at work: PostgreSQL vacuums by itself
        cursor.execute("VACUUM ANALYZE" if connections["default"].vendor == "postgresql" else "ANALYZE")
    connections.close_all()
    if "DATABASE_URL" not in os.environ:
        shutil.copyfile(walked, made)
    print(f"made {given.people:,} people in {time.monotonic() - began:.0f} s", flush=True)


@contextmanager
def _served(workers: int) -> Iterator[str]:
    """The site on a free port; its address."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    granian = Path(sys.executable).parent / "granian"
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers), "--no-ws"]
    words += ["--blocking-threads", "8", "--log-level", "error", "placewell_web.config.wsgi:application"]
    server = subprocess.Popen([granian, *words], process_group=0)
    try:
        _wait_until_it_answers(site)
        yield site
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def _wait_until_it_answers(site: str) -> None:
    import requests

    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if requests.get(site, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise SystemExit("The site did not answer within a minute.")


def _walk(given: argparse.Namespace, site: str) -> object:
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.hashers import make_password
    from django.db import connections

    from benchmarks.load.walking import Took, Walker
    from placewell_web.accounts.models import Posting, Role, User
    from placewell_web.audit import clock

    day = clock.now().date()
    posts = Posting.objects.filter(role__in=(Role.SPECIALIST, Role.TEAM_LEADER), to_on=None, from_on__lte=day)
    staff = sorted({(post.user.email, str(post.role)) for post in posts.select_related("user")})
    leaders = [one for one in staff if one[1] == "team_leader"][: max(1, given.users // 7)]
    specialists = [one for one in staff if one[1] == "specialist"]
    random.Random(1).shuffle(specialists)  # of every lot
    chosen = leaders + specialists[: given.users - len(leaders)]
    if len(chosen) < given.users:
        raise SystemExit(f"There are {len(chosen)} specialists and leaders, and {given.users} users are asked for.")
    User.objects.filter(email__in=[email for email, _ in chosen]).update(password=make_password(settings.DEMO_PASSWORD))
    connections.close_all()
    took = Took()
    users = [Walker(site, email, settings.DEMO_PASSWORD, role, took, n) for n, (email, role) in enumerate(chosen)]
    until = time.monotonic() + given.warm_up + given.seconds
    threading.Timer(given.warm_up, took.begin).start()
    threads = [threading.Thread(target=one.walk, args=(until, given.pause)) for one in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def _show(took: object, given: argparse.Namespace) -> int:
    from django.conf import settings

    from benchmarks.load.walking import Took

    assert isinstance(took, Took)
    engine = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    asked = sum(len(times) for times in took.seconds.values())
    print(
        f"\n{engine}: {given.people:,} people, {given.contacts:,} contacts, {given.jobs:,} jobs\n"
        f"{given.users} users at once, {given.pause:g} s between steps, as twenty people at work pause at the least\n"
        f"{asked} requests in {given.seconds:g} s; milliseconds at the user\n"
    )
    print(f"{'':32}{'requests':>10}{'median':>9}{'p95':>9}{'goal':>9}")
    missed = 0
    for step, times in sorted(took.seconds.items()):
        p95 = (quantiles(times, n=20)[-1] if len(times) > 1 else times[0]) * 1000
        goal = GOALS.get(step)
        missed += goal is not None and p95 > goal
        words = "" if goal is None else f"{goal:9}" + ("" if p95 <= goal else "   missed")
        print(f"{step:32}{len(times):10}{median(times) * 1000:9.0f}{p95:9.0f}{words}")
    for words in sorted(set(took.wrong)):
        print(f"WRONG: {words} ({took.wrong.count(words)} times)")
    return 1 if took.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
