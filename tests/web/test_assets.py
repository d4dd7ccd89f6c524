"""Static files under content-hashed names: a changed leaf renames all that depend on it."""

import gzip
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from courtsync_web.web.assets import build_assets


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    write(
        folder / "js/pad.js",
        'import { step } from "./rules.js";\nimport { x } from "../web/x.js";\nx(step);\n',
    )
    write(folder / "js/rules.js", "/** A comment of some length. */\nexport const step = 1;\n")
    write(
        folder / "web/x.js",
        'import { step } from "../js/rules.js";\nexport const x = () => step;\n',
    )
    write(folder / "js/home.js", "document.title = 'home';\n")
    write(folder / "css/base.css", "body { background: url(../icons/ball.svg); }\n")
    write(folder / "icons/ball.svg", "<svg/>" * 50)
    write(folder / "vendor/lib/lib.js", 'import "./never-touched.js";')
    write(folder / "vendor/lib/README.md", "not for browsers")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_names_carry_a_hash_and_references_follow(source: Path, tmp_path: Path) -> None:
    assets = build_assets(source, tmp_path / "built")
    css = (assets.folder / assets.names["css/base.css"]).read_text()
    assert f"../{assets.names['icons/ball.svg']}" in css
    assert assets.url("js/pad.js") == f"/static/{assets.names['js/pad.js']}"


def test_a_changed_leaf_renames_everything_above_it_and_nothing_else(
    source: Path, tmp_path: Path
) -> None:
    before = build_assets(source, tmp_path / "built").names
    write(source / "js/rules.js", "export const step = 2;\n")
    after = build_assets(source, tmp_path / "built").names
    renamed = {path for path in before if before[path] != after[path]}
    assert renamed == {"js/pad.js"}


def test_comments_do_not_travel_and_libraries_are_left_as_they_are(
    source: Path, tmp_path: Path
) -> None:
    assets = build_assets(source, tmp_path / "built")
    assert "comment" not in (assets.folder / assets.names["js/pad.js"]).read_text()
    library = (assets.folder / assets.names["vendor/lib/lib.js"]).read_bytes()
    assert library == (source / "vendor/lib/lib.js").read_bytes()
    assert "vendor/lib/README.md" not in assets.names


def test_text_lies_ready_compressed(source: Path, tmp_path: Path) -> None:
    assets = build_assets(source, tmp_path / "built")
    plain = assets.folder / assets.names["icons/ball.svg"]
    assert gzip.decompress(plain.with_name(plain.name + ".gz").read_bytes()) == plain.read_bytes()
    assert brotli.decompress(plain.with_name(plain.name + ".br").read_bytes()) == plain.read_bytes()


def test_a_finished_build_is_used_again(source: Path, tmp_path: Path) -> None:
    first = build_assets(source, tmp_path / "built")
    stamp = first.folder.stat().st_mtime_ns
    again = build_assets(source, tmp_path / "built")
    assert again.folder == first.folder
    assert again.folder.stat().st_mtime_ns == stamp


def test_a_build_of_the_same_sources_is_not_worked_out_again(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build_assets(source, tmp_path / "built")
    monkeypatch.setattr("courtsync_web.web.assets.Build.name_of", None)
    assert build_assets(source, tmp_path / "built") == first


def test_a_build_that_was_lost_is_made_anew(source: Path, tmp_path: Path) -> None:
    first = build_assets(source, tmp_path / "built")
    shutil.rmtree(first.folder)
    assert build_assets(source, tmp_path / "built") == first
    assert first.folder.is_dir()
    for known in (tmp_path / "built").glob("*.json"):
        known.write_text('{"folder": "hal')  # as a full disk leaves it
    assert build_assets(source, tmp_path / "built") == first


def test_only_this_build_and_the_one_before_stay(source: Path, tmp_path: Path) -> None:
    built = tmp_path / "built"
    builds = []
    for step in range(4):
        write(source / "js/rules.js", f"export const step = {step};\n")
        builds.append(build_assets(source, built))
    left = {place.name for place in built.iterdir() if place.is_dir()}
    assert left == {build.folder.name for build in builds[-2:]}
    assert len(list(built.glob("*.json"))) == 2


def test_processes_that_build_into_one_folder_at_once_all_get_the_whole(
    source: Path, tmp_path: Path
) -> None:
    for number in range(100):
        write(source / f"icons/{number}.svg", f"<svg>{number}</svg>" * 200)

    def build(_: int) -> set[str]:
        assets = build_assets(source, tmp_path / "built")
        return {path for path, name in assets.names.items() if not (assets.folder / name).exists()}

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(build, range(4))) == [set()] * 4
    assert not list((tmp_path / "built").glob("*.draft"))


def test_what_another_script_imports_travels_inside_it(source: Path, tmp_path: Path) -> None:
    assets = build_assets(source, tmp_path / "built")
    scripts = {path for path in assets.names if path.endswith(".js")}
    assert scripts == {"js/pad.js", "js/home.js", "vendor/lib/lib.js"}
    assert "step" in (assets.folder / assets.names["js/pad.js"]).read_text()


def test_a_reference_to_nothing_stops_the_build(source: Path, tmp_path: Path) -> None:
    write(source / "js/pad.js", 'import "./gone.js";')
    with pytest.raises(ValueError, match=r"js/pad\.js refers to js/gone\.js"):
        build_assets(source, tmp_path / "built")


def test_modules_that_import_each_other_stop_the_build(source: Path, tmp_path: Path) -> None:
    write(source / "js/ring.js", 'import "./pad.js";')
    write(source / "js/rules.js", 'import "../web/x.js";')
    with pytest.raises(ValueError, match="import each other"):
        build_assets(source, tmp_path / "built")
