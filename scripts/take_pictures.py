"""Takes the README's pictures from a fresh demo, at desktop and phone width, into docs/pictures/."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SITE = ROOT / ".venv" / "bin" / "placewell-site"
PASSWORD = "placewell-demo-2019"
WIDTHS = {"desktop": 1280, "phone": 390}
TALLEST = {"desktop": 1900, "phone": 900}
"""A phone shows one screen, because a bar stays at its bottom."""

# role on the sign-in page (none: no account), name of the picture, address; "first" follows the first person's link
SHOTS = [
    ("", "home", "/"),
    ("", "refer-question", "/refer/"),
    ("Employment specialist", "today", "/today/"),
    ("Employment specialist", "caseload", "/caseload/"),
    ("Employment specialist", "person", "/caseload/?show=in_work first"),
    ("Employment specialist", "contact", "/caseload/ log"),
    ("Team leader", "referrals", "/referrals/"),
    ("Service manager", "quarter", "/quarter/"),
    ("Service manager", "figure", "/figures/job_start_16_and_over/"),
]
TRIAL_DAY = "2018-11-14"
# the same on a day of the trial; "ready" is someone whose group can be decided, "drawn" the page after it was
TRIAL_SHOTS = [
    ("Employment specialist", "trial-meetings", "/trial/meetings/"),
    ("Employment specialist", "trial-review", "/trial/meetings/ ready"),
    ("Employment specialist", "trial-result", "/trial/meetings/ drawn"),
    ("Evaluator", "participant-flow", "/evaluation/flow/"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(var: str, port: int, day: str) -> subprocess.Popen[bytes]:
    """A demo of its own, so that nothing that was entered shows."""
    env = os.environ | {"PLACEWELL_DEMO": "1", "PLACEWELL_VAR": var, "DEMO_DAY": day}
    subprocess.run([SITE, "prepare_demo", "--port", str(port)], env=env, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [SITE, "runserver", "--noreload", f"127.0.0.1:{port}"], env=env, stderr=subprocess.DEVNULL
    )
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.2)
    raise RuntimeError("The demo did not start.")


def take(browser: Browser, base: str, width: str, shots: list[tuple[str, str, str]]) -> None:
    role_now, page = None, None
    for role, name, target in shots:
        if page is None or role != role_now:
            page = browser.new_context(viewport={"width": WIDTHS[width], "height": 900}).new_page()
            page.set_default_timeout(30_000)
            role_now = role
            if role:
                page.goto(f"{base}/accounts/login/")
                page.locator("tr", has_text=role).get_by_role("button").first.click()
                page.wait_for_url(lambda url: "login" not in url)
        address, _, follow = target.partition(" ")
        page.goto(base + address)
        if name == "refer-question":
            page.locator("main").get_by_role("link", name="Start now").or_(
                page.locator("main").get_by_role("button", name="Start now")
            ).first.click()
        if follow == "first":
            page.locator("main tbody a[href^='/people/'], main li a[href^='/people/']").first.click()
        elif follow == "log":
            page.goto(base + str(page.locator("main tbody a[href$='/contact/']").first.get_attribute("href")))
        elif follow in ("ready", "drawn"):
            row = page.locator("main tbody tr", has_text="Next: Randomise").first
            person = str(row.locator("a[href^='/people/']").first.get_attribute("href")).strip("/").split("/")[1]
            page.goto(f"{base}/trial/{person}/review/")
        if follow == "drawn":
            page.locator("main input[type=password]").first.fill(PASSWORD)
            page.locator("main").get_by_role("button", name="Randomise").first.click()
            page.wait_for_url("**/result/")
        page.wait_for_load_state("networkidle")
        whole = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": WIDTHS[width], "height": min(whole, TALLEST[width])}
        page.screenshot(path=PICTURES / f"{name}-{width}.png", clip=clip, full_page=width == "desktop")
        print(f"{name}-{width}.png  {page.url.removeprefix(base)}")


def take_all(browser: Browser, day: str, shots: list[tuple[str, str, str]]) -> None:
    """The pictures of one day, from a demo of that day."""
    with tempfile.TemporaryDirectory() as var:
        port = free_port()
        server = start(var, port, day)
        try:
            for width in WIDTHS:
                take(browser, f"http://127.0.0.1:{port}", width, shots)
        finally:
            server.terminate()
            server.wait(20)


def main(chosen: list[str]) -> int:
    """Take every picture, or with a day (2018-11-14) those of that day alone."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(chromium).exists():
        print("Chromium is not here (Debian: chromium); set CHROMIUM to where it is.", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for day, shots in (("", SHOTS), (TRIAL_DAY, TRIAL_SHOTS)):
            if not chosen or day in chosen:
                take_all(browser, day, shots)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
