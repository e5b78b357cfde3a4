from dataclasses import replace
from pathlib import Path

import pytest

from answer.settings import AnswerSettings
from index.settings import IndexSettings
from ingest.errors import SettingsInvalid
from ingest.settings import DEFAULT_PATH, IngestSettings, read_settings
from tests.conftest import ROOT


def _read(tmp_path: Path, text: str) -> IngestSettings:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file, "ingest", IngestSettings)


def test_an_absent_table_and_absent_keys_take_the_defaults(tmp_path: Path) -> None:
    assert _read(tmp_path, "") == IngestSettings()
    assert _read(tmp_path, "[ingest]\nprocesses = 3") == IngestSettings(processes=3)


def test_only_the_file_that_nobody_named_may_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings(DEFAULT_PATH, "ingest", IngestSettings) == IngestSettings()
    with pytest.raises(SettingsInvalid) as caught:
        read_settings(tmp_path / "confg.toml", "ingest", IngestSettings)
    assert str(caught.value) == (
        f"{tmp_path / 'confg.toml'}: cannot be read (No such file or directory); name a settings "
        "file"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[ingest]\nmax_passage_tokens = 0", "max_passage_tokens must be a number of at least 1"),
        ("[ingest]\nprocesses = -1", "processes must be a number of at least 0"),
        ("[ingest]\nmax_file_s = -5", "max_file_s must be a number of at least 1"),
    ],
)
def test_a_limit_that_nothing_can_be_done_within_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        _read(tmp_path, text)
    value = text.rpartition(" ")[2]
    assert str(caught.value) == f"config.toml: [ingest] {message}; it is {value}"


@pytest.mark.parametrize("value", ["-1.0", "nan", "inf"])
def test_a_weight_is_a_finite_number_and_takes_nothing_away(tmp_path: Path, value: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[index]\nweight_dense = {value}\n", encoding="utf-8")
    with pytest.raises(SettingsInvalid) as caught:
        read_settings(file, "index", IndexSettings)
    assert str(caught.value) == (
        f"config.toml: [index] weight_dense must be a number of at least 0; it is {value}"
    )


def test_something_must_weigh_in_the_ranking() -> None:
    alone = IndexSettings(weight_lexical=0, weight_dense=0, weight_sentence=0, weight_context=1)
    with pytest.raises(SettingsInvalid, match="are all 0, so nothing would be ranked"):
        replace(alone, weight_context=0)


def test_at_least_one_release_is_kept() -> None:
    with pytest.raises(SettingsInvalid, match="kept_releases must be a number of at least 1"):
        IndexSettings(kept_releases=0)


def test_a_whole_number_may_stand_for_a_fraction(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[index]\nweight_dense = 2\n", encoding="utf-8")
    weight = read_settings(file, "index", IndexSettings).weight_dense
    assert (weight, type(weight)) == (2.0, float)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[ingest]\npasage_tokens = 1",
            (
                "[ingest] pasage_tokens is not a setting; known are max_file_chars, max_file_mib, "
                "max_file_pages, max_file_s, max_memory_mib, max_output_mib, max_page_chars, "
                "max_passage_tokens, ocr, ocr_dpi, ocr_file_s, ocr_languages, ocr_page_s, processes"
            ),
        ),
        ('[ingest]\nprocesses = "3"', "[ingest] processes must be of type int, not '3'"),
        ("[ingest]\nprocesses = 1.5", "[ingest] processes must be of type int, not 1.5"),
        ("[ingest]\nprocesses = true", "[ingest] processes must be of type int, not True"),
        ("ingest = 3", "[ingest] must be a table of settings"),
    ],
)
def test_a_faulty_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        _read(tmp_path, text)
    assert str(caught.value) == f"{tmp_path / 'config.toml'}: {message}"


def test_a_file_that_is_no_toml_is_named_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        _read(tmp_path, "[ingest\n")
    assert str(caught.value).startswith(f"{tmp_path / 'config.toml'}: is no valid TOML (")
    assert "line 1" in str(caught.value)


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(SettingsInvalid, match=r"config\.toml"):
        read_settings(tmp_path / "config.toml", "ingest", IngestSettings)


@pytest.mark.parametrize(
    ("table", "settings_type"),
    [("ingest", IngestSettings), ("index", IndexSettings), ("answer", AnswerSettings)],
)
def test_the_config_file_states_the_defaults(table: str, settings_type: type[object]) -> None:
    assert read_settings(ROOT / "config.toml", table, settings_type) == settings_type()
