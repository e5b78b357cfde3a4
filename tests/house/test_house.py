"""The rules of the house that a machine can check."""

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from access.settings import AccessSettings
from answer.language_model import LanguageModelSettings
from answer.settings import AnswerSettings
from eval.runs import read_run
from index.settings import IndexSettings
from ingest.settings import IngestSettings, read_settings
from staff.settings import StaffSettings
from tests.conftest import ROOT
from tests.readme import COMMANDS, EVAL_RUN, run_command
from ui.settings import UiSettings
from usage.record_settings import RecordSettings
from usage.settings import UsageSettings

PACKAGES = (
    "ingest",
    "index",
    "reader",
    "training",
    "answer",
    "usage",
    "access",
    "eval",
    "staff",
    "ui",
    "benchmarks",
    "app",
)
SETTINGS = {
    "ingest": IngestSettings,
    "index": IndexSettings,
    "answer": AnswerSettings,
    "language_model": LanguageModelSettings,
    "ui": UiSettings,
    "usage": UsageSettings,
    "staff": StaffSettings,
    "access": AccessSettings,
    "record": RecordSettings,
}
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_brings_a_package_of_our_name(package: str) -> None:
    owners = set(importlib.metadata.packages_distributions().get(package, []))
    assert owners == {"shared-safety-assistant"}


def test_the_readme_has_commands_to_run() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("command", [command for command in COMMANDS if command != EVAL_RUN])
def test_the_commands_of_the_readme_work(command: str, starter_index: Path) -> None:
    of_an_index = command.startswith(("python -m index ", "python -m answer "))
    run_command(command, *(["--index", str(starter_index)] if of_an_index else []))


def test_the_readme_command_that_asks_all_questions_works(starter_run: Path) -> None:
    assert read_run(starter_run).header.question_set == "starter.jsonl"


def test_the_make_targets_that_the_documents_name_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"):
        named = re.findall(r"`make (\w+)", (ROOT / name).read_text("utf-8"))
        assert set(named) <= targets, name
    assert {"run", "test", "setup", "corpus", "bench"} <= targets


def test_make_clean_takes_away_nothing_that_cannot_be_made_again(tmp_path: Path) -> None:
    cached = ("var/index/cache/builds.sqlite", "var/encoders/encoder.onnx", ".ruff_cache/x")
    lasting = (
        "corpus/guide.pdf",
        "var/access/staff.json",
        "var/eval/sets/ours.jsonl",
        "var/index/current",
        "var/index/history.jsonl",
        "var/index/releases/000001/pages.jsonl",
        "var/record.sqlite",
        "var/staff/comparison.json",
        "var/usage.sqlite",
    )
    for name in (*cached, *lasting):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    subprocess.run(
        ["make", "--file", ROOT / "Makefile", "clean"], cwd=tmp_path, check=True, timeout=60
    )
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == set(lasting)


def test_the_links_of_the_documents_lead_somewhere() -> None:
    for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "corpus" / "README.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"


@pytest.mark.parametrize("table", SETTINGS)
def test_config_toml_names_every_setting_with_its_default(table: str) -> None:
    settings_type = SETTINGS[table]
    stated = tomllib.loads((ROOT / "config.toml").read_text("utf-8"))[table]
    defaults = settings_type()
    assert set(stated) == {field.name for field in fields(defaults)}
    assert read_settings(ROOT / "config.toml", table, settings_type) == defaults


def test_every_dependency_is_pinned_and_justified() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0].lower()) for line in LOCK.splitlines()}
    for name in project["dependencies"] + project["optional-dependencies"]["dev"]:
        assert name.lower() in pinned, name
        assert name in contributing, name


def test_the_lock_pins_every_line_to_one_release() -> None:
    lines = [line for line in LOCK.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.!]+", line) for line in lines)


def test_the_starter_digest_is_what_its_sources_make() -> None:
    result = subprocess.run(
        [sys.executable, "corpus/src/build.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
