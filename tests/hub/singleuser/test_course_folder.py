from pathlib import Path

from fallback_hub.singleuser.course_folder import prepare_folder
from fallback_hub.singleuser.surroundings import Surroundings


def home(tmp_path: Path) -> Surroundings:
    data = tmp_path / "data"
    for name in ("reads.fastq", "deep/more/x.bam", ".hidden"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("of the course")
    return Surroundings("rna", tmp_path / "home", "", data=data)


def test_data_the_site_doesnt_carry_is_linked_in(tmp_path: Path) -> None:
    surroundings = home(tmp_path)
    prepare_folder(surroundings)
    prepare_folder(surroundings)
    assert (surroundings.folder / "reads.fastq").read_text() == "of the course"
    assert (surroundings.folder / "deep/more/x.bam").is_symlink()
    assert not (surroundings.folder / "deep/more").is_symlink()  # the person's own files can stand beside
    assert not (surroundings.folder / ".hidden").exists()
    assert surroundings.folder.stat().st_mode & 0o077 == 0


def test_a_persons_own_files_stay(tmp_path: Path) -> None:
    surroundings = home(tmp_path)
    surroundings.folder.mkdir(parents=True)
    (surroundings.folder / "reads.fastq").write_text("mine")
    (surroundings.folder / "deep").write_text("a file")
    prepare_folder(surroundings)
    assert (surroundings.folder / "reads.fastq").read_text() == "mine"
    assert (surroundings.folder / "deep").read_text() == "a file"


def test_no_folder_is_entered_through_a_link(tmp_path: Path) -> None:
    surroundings = home(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    surroundings.folder.mkdir(parents=True)
    (surroundings.folder / "deep").symlink_to(outside)
    prepare_folder(surroundings)
    assert not any(outside.iterdir())


def test_without_data_there_is_the_folder(tmp_path: Path) -> None:
    surroundings = Surroundings("rna", tmp_path, "", data=tmp_path / "gone")
    prepare_folder(surroundings)
    assert list(surroundings.folder.iterdir()) == []
