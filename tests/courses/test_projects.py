"""Folders people already have: a project is one course, whole; several courses stay several."""

from .samples import Contents


def slugs(contents: Contents) -> list[str]:
    return [course.slug for course in contents.site().courses]


def test_a_binder_repository_is_one_course(contents: Contents) -> None:
    contents.file("binder/environment.yml", "dependencies: [numpy]")
    contents.lesson("notebooks/a.ipynb")
    contents.lesson("exercises/b.ipynb")
    contents.file("images/x.svg", "<svg/>")
    (course,) = contents.site().courses
    assert [str(lesson.path) for lesson in course.lessons] == ["exercises/b.ipynb", "notebooks/a.ipynb"]
    assert [str(file.path) for file in course.files] == ["images/x.svg"]
    assert course.packages == ("numpy",)


def test_a_jupyter_book_is_one_course_and_what_it_built_is_left_out(contents: Contents) -> None:
    contents.file("_toc.yml", "root: intro")
    contents.lesson("chapters/a.ipynb")
    contents.lesson("_build/jupyter_execute/chapters/a.ipynb")
    (course,) = contents.site().courses
    assert [str(lesson.path) for lesson in course.lessons] == ["chapters/a.ipynb"]


def test_courses_may_share_a_declaration(contents: Contents) -> None:
    contents.file("requirements.txt", "numpy")
    contents.file("site.toml", 'title = "Courses"')
    contents.lesson("one/a.ipynb")
    contents.lesson("two/b.ipynb")
    assert slugs(contents) == ["one", "two"]
    assert [course.packages for course in contents.site().courses] == [("numpy",), ("numpy",)]
