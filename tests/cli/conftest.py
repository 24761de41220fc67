"""Commands as a person gives them, on the county's plan, whose file is made once."""

from __future__ import annotations

import pytest

from cypp_desktop.cli import main


@pytest.fixture
def run(capsys):
    """Run a command; its exit status, what it printed, and what it said of problems."""

    def call(*arguments):
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out.strip(), said.err.strip()

    return call


@pytest.fixture(scope="session")
def county_bytes(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "county.cypp"
    main(["new", str(path), "--sample", "county"])
    return path.read_bytes()


@pytest.fixture
def county(tmp_path, county_bytes):
    path = tmp_path / "county.cypp"
    path.write_bytes(county_bytes)
    return path
