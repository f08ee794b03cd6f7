"""A validated specification is kept beside its files, and only used while nothing has changed."""

import pickle
import shutil

import pytest

from placewell.specification import SpecificationError, kept, load, loader
from placewell.specification.entries import Entry
from placewell.specification.model import FILES, model_of
from placewell.specification.reading import read_specification


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A catalogue of its own with one service."""
    shutil.copytree(
        loader.CATALOGUE / "thrive_into_work",
        tmp_path / "thrive_into_work",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    monkeypatch.setattr(loader, "CATALOGUE", tmp_path)
    return tmp_path


@pytest.fixture
def folder(catalogue):
    return catalogue / "thrive_into_work"


def again():
    """Load as a new process would."""
    loader._loaded.cache_clear()
    return load("thrive_into_work")


def test_the_first_load_validates_and_keeps_the_second_takes_what_was_kept(folder):
    first, second = again(), again()
    assert type(first).__name__ == "Specification"
    assert isinstance(second, kept.KeptSpecification)
    assert second.hash == first.hash
    assert [file.name for file in (folder / "__pycache__").iterdir()] == [kept.place(folder).name]


@pytest.mark.parametrize("name", FILES)
def test_every_part_is_the_same(folder, name):
    first, second = again(), again()
    assert getattr(second, name) == getattr(first, name)
    assert getattr(second, name) is getattr(second, name)


def test_what_the_model_offers_works_on_what_was_kept(folder):
    first, second = again(), again()
    day = first.service.contract_start
    assert (second.id, second.version) == (first.id, first.version)
    assert second.as_of(day).indicators == first.as_of(day).indicators
    assert second.as_of(day).hash == first.hash
    assert pickle.loads(pickle.dumps(second)).service == first.service


def test_a_changed_file_is_read_afresh(folder):
    before = again()
    file = folder / "service.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('name = "Thrive Into Work"', 'name = "Another"'), encoding="utf-8"
    )
    after = again()
    assert after.service.name == "Another"
    assert after.hash != before.hash


def test_a_fault_is_found_although_a_sound_one_was_kept(folder):
    again()
    (folder / "service.toml").write_text("nonsense", encoding="utf-8")
    with pytest.raises(SpecificationError):
        again()


def test_other_models_make_what_was_kept_useless(folder, tmp_path, monkeypatch):
    again()
    assert kept.read(folder) is not None
    models = tmp_path / "models"
    models.mkdir()
    (models / "entries.py").write_text("changed = True")
    monkeypatch.setattr(kept, "MODELS", models)
    assert kept.read(folder) is None


@pytest.mark.parametrize("held", [b"", b"short", b"\0" * 400])
def test_what_is_not_whole_is_not_used(folder, held):
    again()
    kept.place(folder).write_bytes(held)
    assert kept.read(folder) is None
    assert again().service.id == "thrive_into_work"


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(folder):
    (folder / "__pycache__").write_text("in the way")
    assert again().service.id == "thrive_into_work"
    assert kept.read(folder) is None


def test_a_folder_outside_the_catalogue_is_never_littered(folder, tmp_path):
    other = tmp_path / "elsewhere" / "mine"
    shutil.copytree(folder, other)
    assert load(other).service.id == "thrive_into_work"
    assert not (other / "__pycache__").exists()


def test_a_part_that_does_not_exist(folder):
    again()
    with pytest.raises(AttributeError, match="nonsense"):
        again().nonsense  # noqa: B018


@pytest.mark.parametrize("name", FILES)
def test_every_file_has_its_model(name):
    assert model_of(name).__module__ == f"placewell.specification.{name}"
    assert not issubclass(model_of(name), Entry)


def test_reading_a_folder_gives_the_same_as_loading_it(folder):
    assert read_specification(folder).hash == load("thrive_into_work").hash
