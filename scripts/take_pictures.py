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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(var: str, port: int) -> subprocess.Popen[bytes]:
    """A demo of its own, so that nothing that was entered shows."""
    env = os.environ | {"PLACEWELL_DEMO": "1", "PLACEWELL_VAR": var}
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


def take(browser: Browser, base: str, width: str) -> None:
    role_now, page = None, None
    for role, name, target in SHOTS:
        if page is None or role != role_now:
            page = browser.new_context(viewport={"width": WIDTHS[width], "height": 900}).new_page()
            page.set_default_timeout(30_000)
            role_now = role
            if role:
                page.goto(f"{base}/accounts/login/")
                page.locator("tr", has_text=role).get_by_role("button").click()
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
        page.wait_for_load_state("networkidle")
        whole = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": WIDTHS[width], "height": min(whole, TALLEST[width])}
        page.screenshot(path=PICTURES / f"{name}-{width}.png", clip=clip, full_page=width == "desktop")
        print(f"{name}-{width}.png  {page.url.removeprefix(base)}")


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(chromium).exists():
        print("Chromium is not here (Debian: chromium); set CHROMIUM to where it is.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as var, sync_playwright() as playwright:
        port = free_port()
        server = start(var, port)
        try:
            flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path=chromium, args=flags)
            for width in WIDTHS:
                take(browser, f"http://127.0.0.1:{port}", width)
        finally:
            server.terminate()
            server.wait(20)
    return 0


if __name__ == "__main__":
    sys.exit(main())
