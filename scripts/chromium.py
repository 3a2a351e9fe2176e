"""Make sure that there is a Chromium for the browser tests; print where it is.

The one on PATH, else Debian's package when root on Debian, else Playwright's own download.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """A Chromium that is there already."""
    named = os.environ.get("CHROMIUM")
    on_path = (shutil.which(name) for name in NAMES)
    return named or next((path for path in on_path if path), None)


def install() -> None:
    """Get one."""
    debian = shutil.which("apt-get") and os.path.exists("/etc/debian_version")  # noqa: PTH110
    if debian and os.geteuid() == 0:
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "check": True}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet
        )
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if find() is None:
        print("No Chromium on this machine; installing one for the browser tests …")
        install()
    print(find() or "Playwright's own Chromium")
